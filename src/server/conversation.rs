//! One conversation while someone is in it: its context, its last `seq`, and who listens.
//!
//! What a message changes is changed here at once, under the conversation's lock, and its write is queued
//! under the same lock; so the store commits a conversation's frames in the order of their `seq`, and tells
//! of them in that order. A frame is sent to anyone only after its commit.

mod peer;
mod stay;
mod witness;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::ws::Utf8Bytes;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::hub::Registry;
use super::notice::{self, Promise};
use super::wire;
use crate::dialogue::{Context, Engine, Message, Outcome};
use crate::language::Lang;
use crate::search::Likeness;
use crate::store::{Body, Frame, FrameKind, Handoff, Masked, Place, Turn, Write, WriteError};

pub use peer::{Out, Peer};
pub use stay::{Committed, Staffer, StayError};
pub use witness::{Happening, Watch, Witness};

/// Who sent a message.
pub enum Sender {
    /// A connection, by its number. It hears of the reply by listening.
    Connection(u64),
    /// A single request.
    Request(oneshot::Sender<Result<Utf8Bytes, WriteError>>),
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is answered; the reply follows its commit.
    New,
    /// It is kept for the person who is in the conversation; a word of that follows its commit.
    Kept,
    /// It was answered before.
    Again,
}

/// Why a conversation takes no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The patient had it erased.
    Forgotten,
    /// A write failed, so what is here is ahead of the store. It must be read anew.
    Failed,
    /// The engine panicked over this message; the conversation itself goes on.
    Panicked,
}

/// One conversation.
#[derive(Debug)]
pub struct Conversation {
    /// Its id.
    pub id: Uuid,
    /// Its id as on the wire.
    pub name: Arc<str>,
    state: Mutex<State>,
    registry: Arc<Registry>,
}

/// What a conversation is made from, new or read back.
#[derive(Debug)]
pub struct Beginning {
    /// SHA-256 of its resume token.
    pub token: [u8; 32],
    /// The language of the client's page.
    pub locale: Option<Lang>,
    /// Its context.
    pub context: Context,
    /// The `seq` of its last frame.
    pub last_seq: i64,
    /// The client's ids of its messages.
    pub messages: HashSet<u64>,
    /// The person of the staff who is in it.
    pub with: Option<Staffer>,
    /// The number of messages without a reply.
    pub heard: i64,
    /// Ids of what staff and system said.
    pub said: HashSet<Uuid>,
}

#[derive(Debug)]
struct State {
    token: [u8; 32],
    locale: Option<Lang>,
    context: Context,
    /// Of the last frame that was made.
    last_seq: i64,
    /// Of the last frame that was committed and sent.
    sent_seq: i64,
    /// Hashes of the client's ids of all messages. Two ids with one hash are told apart by the store.
    messages: HashSet<u64>,
    with: Option<Staffer>,
    /// Messages without a reply.
    heard: i64,
    /// Ids of frames that staff sent, so that each is said once.
    said: HashSet<Uuid>,
    listeners: Vec<Arc<Peer>>,
    ended: Option<Ended>,
}

/// A frame that waits for its commit.
struct Sent {
    seq: i64,
    text: Utf8Bytes,
    in_reply_to: Option<String>,
    happening: Happening,
}

/// SHA-256 of a resume token: all that is kept of it.
#[must_use]
pub fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

impl Conversation {
    /// A conversation from its beginning. Only the hub makes them, so that there is one of each.
    pub(super) fn new(id: Uuid, beginning: Beginning, registry: Arc<Registry>) -> Self {
        let Beginning { token, locale, context, last_seq, messages, with, heard, said } = beginning;
        let state = State {
            token,
            locale,
            context,
            last_seq,
            sent_seq: last_seq,
            messages,
            with,
            heard,
            said,
            listeners: Vec::new(),
            ended: None,
        };
        Self { id, name: id.hyphenated().to_string().into(), state: Mutex::new(state), registry }
    }

    /// Whether `token` is this conversation's. Takes the same time for any wrong one.
    #[must_use]
    pub fn is_token(&self, token: &str) -> bool {
        token_digest(token).ct_eq(&self.state().token).into()
    }

    /// The language of what is said here besides replies.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.state().lang()
    }

    /// Why it takes no more, if it does not.
    #[must_use]
    pub fn ended(&self) -> Option<Ended> {
        self.state().ended
    }

    /// Lets `peer` hear of every frame later than the `seq` that comes back.
    pub fn listen(&self, peer: &Arc<Peer>, locale: Option<Lang>) -> i64 {
        let mut state = self.state();
        if locale.is_some() {
            state.locale = locale;
        }
        if !state.listeners.iter().any(|listener| listener.number == peer.number) {
            state.listeners.push(Arc::clone(peer));
        }
        state.sent_seq
    }

    /// The end of [`Conversation::listen`].
    pub fn leave(&self, peer: &Peer) {
        self.state().listeners.retain(|listener| listener.number != peer.number);
    }

    /// Whether a message of this id was answered before.
    #[must_use]
    pub fn has_answered(&self, hash: u64) -> bool {
        self.state().messages.contains(&hash)
    }

    /// Answers a message and queues both. The engine is pure and takes microseconds, so it is called here,
    /// under the lock: the next message must be read with this one's context. What an embedding model says of the
    /// message was asked before, for nothing under this lock may wait.
    ///
    /// # Errors
    /// [`Ended`].
    pub fn ask(
        self: &Arc<Self>,
        engine: &Engine,
        place: Place<'_>,
        ask: wire::Ask,
        hash: u64,
        likeness: Option<&Likeness>,
        sender: Sender,
    ) -> Result<Asked, Ended> {
        let (received_ms, received) = (now_ms(), Instant::now());
        let wire::Ask { id, text, locale, conversation: _ } = ask;
        let mut state = self.state();
        if let Some(ended) = state.ended {
            return Err(ended);
        }
        if state.messages.contains(&hash) {
            return Ok(Asked::Again);
        }
        let locale = locale.as_deref().and_then(Lang::from_code).or(state.locale);
        let masked = Masked::new(&text);
        let message = Message { text, locale };
        let reply =
            catch_unwind(AssertUnwindSafe(|| engine.reply_with_likeness(&state.context, &message, likeness)));
        let outcome = reply.as_ref().ok().map(|reply| reply.outcome);
        if state.with.is_some() && outcome != Some(Outcome::Emergency) {
            state.locale = locale;
            state.messages.insert(hash);
            return Ok(self.hear(&mut state, place, id, masked, sender));
        }
        let body = reply.map(|reply| (wire::reply_body(&reply), reply.confidence, reply.context));
        let Ok((Ok(body), confidence, context)) = body else {
            tracing::error!(conversation = %self.id, "the engine panicked over a message");
            return Err(Ended::Panicked);
        };
        let Ok(context_json) = serde_json::to_string(&context) else { return Err(Ended::Panicked) };

        state.context = context;
        state.locale = locale;
        state.messages.insert(hash);
        let frame = state.next_frame(FrameKind::Reply, Some(id.clone()), body);
        let frame = Frame { confidence: Some(confidence), ..frame };
        let text = Utf8Bytes::from(wire::frame_json(&self.name, &frame));
        let happening =
            if outcome == Some(Outcome::Emergency) { Happening::Emergency } else { Happening::Message };
        let sent = Sent { seq: frame.seq, text, in_reply_to: Some(id), happening };
        let turn =
            Turn { conversation: self.id, text: masked, received_ms, received, frame, context: context_json };
        let this = Arc::clone(self);
        place.put(Write::Turn(Box::new(turn)), Box::new(move |result| this.settle(result, sent, sender)));
        Ok(Asked::New)
    }

    /// Records that the patient asks for a person, and answers honestly.
    ///
    /// # Errors
    /// [`Ended`].
    pub fn hand_off(
        self: &Arc<Self>,
        place: Place<'_>,
        contact: Option<String>,
        promise: &Promise,
        sender: Sender,
    ) -> Result<(), Ended> {
        let contact = contact.filter(|contact| !wire::is_blank(contact));
        let mut state = self.state();
        if let Some(ended) = state.ended {
            return Err(ended);
        }
        let words = match &state.with {
            Some(here) => notice::is_here(state.lang(), &here.name),
            None => notice::handoff(state.lang(), contact.is_some(), promise),
        };
        let frame = state.next_frame(FrameKind::Message, None, wire::system_body(&words));
        let text = Utf8Bytes::from(wire::frame_json(&self.name, &frame));
        let sent = Sent { seq: frame.seq, text, in_reply_to: None, happening: Happening::Handoff };
        let this = Arc::clone(self);
        place.put(
            Write::Handoff(Box::new(Handoff { conversation: self.id, contact, frame })),
            Box::new(move |result| this.settle(result, sent, sender)),
        );
        Ok(())
    }

    /// Erases the conversation. Everyone who listens is told once it is done.
    ///
    /// # Errors
    /// [`Ended`] if it is over already.
    pub fn forget(self: &Arc<Self>, place: Place<'_>, asked_by: u64) -> Result<(), Ended> {
        let mut state = self.state();
        if let Some(ended) = state.ended {
            return Err(ended);
        }
        state.ended = Some(Ended::Forgotten);
        let this = Arc::clone(self);
        let done = move |result: Result<(), WriteError>| {
            if result.is_err() {
                return this.fail(None, &Sender::Connection(asked_by));
            }
            this.registry.witness.tell(this.id, Happening::Erased);
            let text = Utf8Bytes::from(wire::forgotten_json(&this.name));
            for peer in std::mem::take(&mut this.state().listeners) {
                let own = peer.number == asked_by;
                peer.put(Out::Forgotten { conversation: this.id, text: text.clone(), own });
            }
        };
        place.put(Write::Forget(self.id), Box::new(done));
        Ok(())
    }

    /// Called by the store, in the order of `seq`: the frame goes out, or the conversation has failed.
    fn settle(&self, result: Result<(), WriteError>, sent: Sent, sender: Sender) {
        let Sent { seq, text, in_reply_to, happening } = sent;
        if let Err(error) = result {
            self.fail(in_reply_to, &sender);
            if let Sender::Request(told) = sender {
                // Nobody waits for it if the request is gone.
                let _unheard = told.send(Err(error));
            }
            return;
        }
        let own = if let Sender::Connection(number) = &sender { *number } else { 0 };
        let mut state = self.state();
        state.sent_seq = seq;
        for peer in &state.listeners {
            peer.put(Out::Frame { text: text.clone(), own: peer.number == own });
        }
        drop(state);
        self.registry.witness.tell(self.id, happening);
        if let Sender::Request(told) = sender {
            let _unheard = told.send(Ok(text));
        }
    }

    /// What is here is ahead of the store: nobody may use it any more.
    fn fail(&self, in_reply_to: Option<String>, sender: &Sender) {
        let mut state = self.state();
        state.ended = Some(Ended::Failed);
        if let Sender::Connection(number) = sender
            && let Some(peer) = state.listeners.iter().find(|listener| listener.number == *number)
        {
            peer.put(Out::Failed { in_reply_to });
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The engine's panics are caught, so the state is whole even if the lock is poisoned.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.registry.remove(self.id);
    }
}

impl State {
    fn lang(&self) -> Lang {
        self.context.lang.or(self.locale).unwrap_or(Lang::Ar)
    }

    fn next_frame(&mut self, kind: FrameKind, in_reply_to: Option<String>, body: Body) -> Frame {
        self.last_seq += 1;
        let id = Uuid::now_v7();
        Frame { seq: self.last_seq, id, kind, in_reply_to, sent_ms: now_ms(), confidence: None, body }
    }
}
