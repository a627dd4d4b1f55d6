//! What the frames of one connection mean: the chat protocol, without the socket.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use uuid::Uuid;

use super::App;
use super::conversation::{Asked, Conversation, Ended, Peer, Sender, now_ms};
use super::held::Held;
use super::hub::{Opened, Wish};
use super::limits::Meter;
use super::line::{Gone, Line};
use super::notice::Code;
use super::refusal::Refusal;
use super::socket::Right;
use super::wire::{self, Request};
use crate::language::Lang;
use crate::store::{self, Masked, Place, Write};

/// Frames read at once for a client that resumes.
const PAGE: i64 = 100;

/// Whether the connection goes on after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It does.
    GoOn,
    /// The client floods: close it.
    Flood,
}

/// One connection's part in the protocol.
pub struct Session {
    app: Arc<App>,
    peer: Arc<Peer>,
    meter: Meter,
    address: IpAddr,
    right: Right,
    lang: Lang,
    held: Held,
    /// Frames of this connection whose commit is under way. Each ends as one [`super::conversation::Out`].
    pub in_flight: usize,
    /// Messages that were taken.
    pub asked: u64,
}

impl Session {
    /// The session of a new connection.
    #[must_use]
    pub fn new(app: Arc<App>, peer: Arc<Peer>, (address, right): (IpAddr, Right), lang: Lang) -> Self {
        let limits = &app.settings.limits;
        let (meter, held) = match right {
            Right::Patient => (Meter::new(limits), Held::one()),
            Right::Integration(_) => (Meter::of_integration(limits), Held::many()),
        };
        Self { app, peer, meter, address, right, lang, held, in_flight: 0, asked: 0 }
    }

    /// The id of the conversation that this connection holds, if it holds one only.
    #[must_use]
    pub fn conversation_id(&self) -> Option<Uuid> {
        self.held.only().map(|conversation| conversation.id)
    }

    /// The language for words of the server: the conversation's, else the page's.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.held.only().map_or(self.lang, |conversation| conversation.lang())
    }

    /// The language for words about the conversation of `id`, if it is held.
    fn lang_of(&self, id: Option<Uuid>) -> Lang {
        let named = id.and_then(|id| self.held.get(id));
        named.map_or_else(|| self.lang(), |conversation| conversation.lang())
    }

    /// All conversations are over for this connection.
    pub fn let_go(&mut self) {
        self.held.take_all().iter().for_each(|conversation| conversation.leave(&self.peer));
    }

    /// One conversation is over for this connection.
    pub fn let_go_of(&mut self, id: Uuid) {
        if let Some(conversation) = self.held.take(id) {
            conversation.leave(&self.peer);
        }
    }

    /// Does what `text`, a frame, asks for. What is answered at once goes to `line`; what is answered
    /// after a commit comes through the connection's outbox.
    ///
    /// # Errors
    /// [`Gone`] if the client does not take what is sent.
    pub async fn handle(&mut self, text: &str, line: &mut Line) -> Result<Flow, Gone> {
        let mut about = None;
        let (id, result) = match Request::parse(text) {
            Err(bad) => (bad.id, Err(Refusal::from(Code::BadFrame))),
            Ok(request) => {
                let id = if let Request::Ask(ask) = &request { Some(ask.id.clone()) } else { None };
                about = request.conversation().and_then(|name| Uuid::try_parse(name).ok());
                let result = match self.admit(&request) {
                    Err(refusal) => Err(refusal),
                    Ok(()) => self.obey(request, line).await?,
                };
                (id, result)
            }
        };
        match result {
            Ok(()) => Ok(Flow::GoOn),
            Err(refusal) => self.refuse_in(self.lang_of(about), &refusal, id, line).await,
        }
    }

    /// Tells the client that something was refused that was about no conversation.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn refuse(&mut self, refusal: &Refusal, line: &mut Line) -> Result<Flow, Gone> {
        self.refuse_in(self.lang(), refusal, None, line).await
    }

    async fn refuse_in(
        &mut self,
        lang: Lang,
        refusal: &Refusal,
        id: Option<String>,
        line: &mut Line,
    ) -> Result<Flow, Gone> {
        line.send(refusal.frame(lang, id).json().into()).await?;
        let floods = refusal.code.is_clients() && self.meter.strike();
        Ok(if floods { Flow::Flood } else { Flow::GoOn })
    }

    /// Takes note of a ping or a pong; too many of them are a flood too.
    #[must_use]
    pub fn noise(&self) -> Flow {
        if self.meter.frame().is_err() && self.meter.strike() { Flow::Flood } else { Flow::GoOn }
    }

    /// Checks the limits that a frame counts towards.
    fn admit(&self, request: &Request) -> Result<(), Refusal> {
        self.meter.frame().map_err(Refusal::limited)?;
        let is_message = match request {
            Request::Ask(_) | Request::Feedback(_) | Request::Handoff(_) => true,
            Request::Start(start) => start.conversation.is_none(),
            Request::Typing(_) | Request::Forget(_) => false,
        };
        if is_message {
            self.meter.message().map_err(Refusal::limited)?;
            match self.right {
                Right::Patient => self.app.gate.message(self.address),
                Right::Integration(token) => self.app.gate.message_of(token),
            }
            .map_err(Refusal::limited)?;
        }
        Ok(())
    }

    async fn obey(&mut self, request: Request, line: &mut Line) -> Result<Result<(), Refusal>, Gone> {
        Ok(match request {
            Request::Start(start) => return self.start(start, line).await,
            Request::Ask(ask) => return self.ask(ask, line).await,
            Request::Feedback(feedback) => self.feedback(feedback).await,
            Request::Handoff(handoff) => self.hand_off(handoff).await,
            Request::Typing(typing) => self
                .held(typing.conversation.as_deref())
                .await
                .map(|conversation| conversation.patient_types()),
            Request::Forget(forget) => self.forget(forget).await,
        })
    }

    async fn start(&mut self, start: wire::Start, line: &mut Line) -> Result<Result<(), Refusal>, Gone> {
        let locale = start.locale.as_deref().and_then(Lang::from_code);
        self.lang = locale.unwrap_or(self.lang);
        let Some(name) = &start.conversation else {
            if !self.held.has_room(None) {
                return Ok(Err(Code::TooManyConversations.into()));
            }
            return match self.open(Wish { locale, channel: start.channel, greeting: true }).await {
                Ok(started) => line.send(started.into()).await.map(Ok),
                Err(refusal) => Ok(Err(refusal)),
            };
        };
        match self.resumable(name, start.resume_token.as_deref().unwrap_or_default()).await {
            Ok((conversation, token)) => {
                let until = conversation.listen(&self.peer, locale);
                self.held.put(Arc::clone(&conversation));
                let knowledge = self.app.engine.load();
                let started =
                    wire::started_json(&conversation.name, &token, until, knowledge.version(), None);
                drop(knowledge);
                line.send(started.into()).await?;
                self.replay(&conversation, start.after.unwrap_or(0), until, line).await
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// The conversation of `name`, if `token` opens it and this connection has room for it.
    async fn resumable(&self, name: &str, token: &str) -> Result<(Arc<Conversation>, String), Refusal> {
        let id = Uuid::try_parse(name).map_err(|_| Code::UnknownConversation)?;
        if !self.held.has_room(Some(id)) {
            return Err(Code::TooManyConversations.into());
        }
        let conversation = self.app.hub.find(id).await?.ok_or(Code::UnknownConversation)?;
        if !conversation.is_token(token) {
            return Err(Code::Forbidden.into());
        }
        Ok((conversation, token.to_owned()))
    }

    /// Sends the frames later than `after` up to `until`, in order. Later ones wait in the outbox.
    async fn replay(
        &self,
        conversation: &Conversation,
        after: i64,
        until: i64,
        line: &mut Line,
    ) -> Result<Result<(), Refusal>, Gone> {
        let mut after = after.max(0);
        while after < until {
            let frames = match self.app.store.frames_after(conversation.id, after, PAGE).await {
                Ok(frames) => frames,
                Err(error) => return Ok(Err(error.into())),
            };
            let Some(last) = frames.last() else { break };
            after = last.seq;
            for frame in frames.iter().filter(|frame| frame.seq <= until) {
                line.feed(wire::stored_json(&conversation.name, frame).into()).await?;
            }
            line.flush().await?;
        }
        Ok(Ok(()))
    }

    /// Opens a conversation and gives back its `started` frame, once it is committed.
    async fn open(&mut self, wish: Wish) -> Result<String, Refusal> {
        let engine = self.app.engine.load_full();
        let Opened { conversation, token, greeting, write } = self.app.hub.begin(&engine, wish);
        self.app.store.write(write).await?;
        let seq = conversation.listen(&self.peer, None);
        let started =
            wire::started_json(&conversation.name, &token, seq, engine.version(), greeting.as_deref());
        self.held.put(conversation);
        Ok(started)
    }

    async fn ask(&mut self, ask: wire::Ask, line: &mut Line) -> Result<Result<(), Refusal>, Gone> {
        if wire::is_blank(&ask.text) {
            return Ok(Err(Code::Empty.into()));
        }
        if self.app.settings.limits.too_long(&ask.text) {
            return Ok(Err(Code::TooLong.into()));
        }
        if self.held.is_empty() && ask.conversation.is_none() {
            let locale = ask.locale.as_deref().and_then(Lang::from_code);
            self.lang = locale.unwrap_or(self.lang);
            match self.open(Wish { locale, channel: None, greeting: true }).await {
                Ok(started) => line.send(started.into()).await?,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        match self.answer(ask).await {
            Ok(Some(again)) => line.send(again).await.map(Ok),
            Ok(None) => Ok(Ok(())),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Answers a message; gives back the stored reply if it was answered before.
    async fn answer(&mut self, ask: wire::Ask) -> Result<Option<Utf8Bytes>, Refusal> {
        let conversation = self.held(ask.conversation.as_deref()).await?;
        let hash = self.app.hub.hash(&ask.id);
        let id = ask.id.clone();
        let engine = self.app.engine.load_full();
        let likeness = self.app.likeness(&engine, &conversation, hash, &ask.text).await;
        let place = self.app.store.place()?;
        let sender = Sender::Connection(self.peer.number);
        let asked = conversation.ask(&engine, place, ask, hash, likeness.as_ref(), sender)?;
        if asked != Asked::Again {
            self.in_flight += 1;
            self.asked += 1;
            return Ok(None);
        }
        match self.app.hub.again(&conversation, &id).await? {
            Some(reply) => Ok(Some(reply.into())),
            None => Err(Code::Internal.into()),
        }
    }

    async fn feedback(&mut self, feedback: wire::Feedback) -> Result<(), Refusal> {
        let conversation = self.held(feedback.conversation.as_deref()).await?;
        let reply = Uuid::try_parse(&feedback.reply).map_err(|_| Code::BadFrame)?;
        if !self.app.store.has_reply(conversation.id, reply).await? {
            return Err(Code::BadFrame.into());
        }
        let feedback = store::Feedback {
            conversation: conversation.id,
            reply,
            helpful: feedback.helpful,
            comment: feedback.comment.as_deref().map(Masked::new),
            given_ms: now_ms(),
        };
        Ok(self.app.store.write(Write::Feedback(Box::new(feedback))).await?)
    }

    async fn hand_off(&mut self, handoff: wire::Handoff) -> Result<(), Refusal> {
        let conversation = self.held(handoff.conversation.as_deref()).await?;
        let place = self.app.store.place()?;
        let promise = self.app.promise();
        conversation.hand_off(place, handoff.contact, &promise, Sender::Connection(self.peer.number))?;
        self.in_flight += 1;
        tracing::info!(conversation = %conversation.id, "a patient asks for a person");
        Ok(())
    }

    async fn forget(&mut self, forget: wire::Forget) -> Result<(), Refusal> {
        let conversation = self.held(forget.conversation.as_deref()).await?;
        let place: Place<'_> = self.app.store.place()?;
        conversation.forget(place, self.peer.number)?;
        self.in_flight += 1;
        tracing::info!(conversation = %conversation.id, "a conversation is erased at the patient's wish");
        Ok(())
    }

    /// The conversation that a frame is about: one that this connection holds. Where it holds one only, that need
    /// not be named.
    async fn held(&mut self, name: Option<&str>) -> Result<Arc<Conversation>, Refusal> {
        let Some(name) = name else {
            let missing = if self.held.is_empty() { Code::UnknownConversation } else { Code::BadFrame };
            let only = self.held.only().cloned().ok_or(missing)?;
            return self.living(only).await;
        };
        let id = Uuid::try_parse(name).map_err(|_| Code::UnknownConversation)?;
        match self.held.get(id).cloned() {
            Some(held) => self.living(held).await,
            // Another conversation is opened by its token, not by its name.
            None => match self.app.hub.find(id).await? {
                Some(_) => Err(Code::Forbidden.into()),
                None => Err(Code::UnknownConversation.into()),
            },
        }
    }

    /// `held`, read anew if a write of it had failed.
    async fn living(&mut self, held: Arc<Conversation>) -> Result<Arc<Conversation>, Refusal> {
        match held.ended() {
            None | Some(Ended::Panicked) => Ok(held),
            Some(Ended::Forgotten) => Err(Code::UnknownConversation.into()),
            Some(Ended::Failed) => {
                // Finding it waits until all that was under way has failed and been told of here; only then
                // may this connection stop listening to the old one.
                let found = self.app.hub.find(held.id).await?;
                self.let_go_of(held.id);
                let found = found.ok_or(Code::UnknownConversation)?;
                found.listen(&self.peer, None);
                self.held.put(Arc::clone(&found));
                Ok(found)
            }
        }
    }
}
