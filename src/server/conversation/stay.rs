//! A person of the staff in a conversation. The automatic answers wait meanwhile; the screen for red flags does not.

use std::sync::Arc;

use axum::extract::ws::Utf8Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{Asked, Conversation, Ended, Happening, Out, Sender, Sent, State, now_ms};
use crate::server::{notice, wire};
use crate::store::{FrameKind, Heard, Masked, Place, Step, Word, Write, WriteError};

/// Somebody of the staff, as a conversation knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffer {
    /// The account.
    pub id: Uuid,
    /// What patients see.
    pub name: Arc<str>,
}

/// Why a person cannot come, speak or leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    /// The conversation takes no more.
    #[error("the conversation is over or must be read anew")]
    Ended(Ended),
    /// Somebody else is in it.
    #[error("somebody else of the staff is in the conversation")]
    Taken(Staffer),
    /// Nobody is in it.
    #[error("nobody of the staff is in the conversation; take it first")]
    NotHere,
}

/// Ends with the commit of what was queued.
pub type Committed = oneshot::Receiver<Result<Utf8Bytes, WriteError>>;

/// The id of the frame for what a member of the staff sent under an id of their own: the same for the same, so that
/// what is sent twice is said once.
fn frame_id(conversation: Uuid, staff: Uuid, own: &str) -> Uuid {
    let digest = Sha256::new()
        .chain_update(conversation.as_bytes())
        .chain_update(staff.as_bytes())
        .chain_update(own.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, from)| *byte = from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl Conversation {
    /// The person of the staff who is here.
    #[must_use]
    pub fn with(&self) -> Option<Staffer> {
        self.state().with.clone()
    }

    /// Lets `staffer` come, and tells the patient. `None` if they are here already.
    ///
    /// # Errors
    /// [`StayError`].
    pub fn take(
        self: &Arc<Self>,
        place: Place<'_>,
        staffer: Staffer,
    ) -> Result<Option<Committed>, StayError> {
        let mut state = self.open_state()?;
        match &state.with {
            Some(here) if here.id == staffer.id => return Ok(None),
            Some(here) => return Err(StayError::Taken(here.clone())),
            None => {}
        }
        let words = notice::came(state.lang(), &staffer.name);
        let body = wire::event_body("taken", &staffer.name, &words);
        let step = Step::Take { staff: staffer.id, name: Arc::clone(&staffer.name) };
        state.with = Some(staffer);
        Ok(Some(self.word(&mut state, place, Uuid::now_v7(), body, step, Happening::Taken)))
    }

    /// Lets whoever is here leave, and tells the patient that automatic answers go on. `by`: who of the staff did it,
    /// if it was not the server. `None` if nobody is here.
    ///
    /// # Errors
    /// [`StayError::Ended`].
    pub fn release(
        self: &Arc<Self>,
        place: Place<'_>,
        by: Option<Uuid>,
    ) -> Result<Option<Committed>, StayError> {
        let mut state = self.open_state()?;
        let Some(staffer) = state.with.take() else { return Ok(None) };
        let words = notice::left(state.lang(), &staffer.name);
        let body = wire::event_body("released", &staffer.name, &words);
        let step = Step::Release { by };
        Ok(Some(self.word(&mut state, place, Uuid::now_v7(), body, step, Happening::Released)))
    }

    /// Says `text` in the name of `staff`, who has to be here. `own` is the sender's id of it; `None` if that was
    /// said before.
    ///
    /// # Errors
    /// [`StayError`].
    pub fn say(
        self: &Arc<Self>,
        place: Place<'_>,
        staff: Uuid,
        own: &str,
        text: &str,
    ) -> Result<Option<Committed>, StayError> {
        let mut state = self.open_state()?;
        let id = frame_id(self.id, staff, own);
        if state.said.contains(&id) {
            return Ok(None);
        }
        let name = match &state.with {
            Some(here) if here.id == staff => Arc::clone(&here.name),
            Some(here) => return Err(StayError::Taken(here.clone())),
            None => return Err(StayError::NotHere),
        };
        state.said.insert(id);
        let body = wire::staff_body(&name, text);
        Ok(Some(self.word(&mut state, place, id, body, Step::Speak { staff }, Happening::Message)))
    }

    /// Shows the patient that `staff`, who has to be here, is typing.
    ///
    /// # Errors
    /// [`StayError`].
    pub fn staff_types(&self, staff: Uuid) -> Result<(), StayError> {
        let state = self.open_state()?;
        match &state.with {
            Some(here) if here.id == staff => {
                let text = Utf8Bytes::from(wire::staff_typing_json(&self.name, &here.name));
                for peer in &state.listeners {
                    peer.put(Out::Frame { text: text.clone(), own: false });
                }
            }
            Some(here) => return Err(StayError::Taken(here.clone())),
            None => return Err(StayError::NotHere),
        }
        drop(state);
        self.registry.witness.tell(self.id, Happening::StaffTyping);
        Ok(())
    }

    /// Takes note that the patient is typing.
    pub fn patient_types(&self) {
        self.registry.witness.tell(self.id, Happening::Typing);
    }

    /// Whether a connection of the patient is open.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !self.state().listeners.is_empty()
    }

    fn open_state(&self) -> Result<std::sync::MutexGuard<'_, State>, StayError> {
        let state = self.state();
        match state.ended {
            None | Some(Ended::Panicked) => Ok(state),
            Some(ended) => Err(StayError::Ended(ended)),
        }
    }

    /// Queues a frame of the staff or about them.
    fn word(
        self: &Arc<Self>,
        state: &mut State,
        place: Place<'_>,
        id: Uuid,
        body: crate::store::Body,
        step: Step,
        happening: Happening,
    ) -> Committed {
        let frame = crate::store::Frame { id, ..state.next_frame(FrameKind::Message, None, body) };
        let text = Utf8Bytes::from(wire::frame_json(&self.name, &frame));
        let sent = Sent { seq: frame.seq, text, in_reply_to: None, happening };
        let (told, tell) = oneshot::channel();
        let this = Arc::clone(self);
        place.put(
            Write::Word(Box::new(Word { conversation: self.id, frame, step })),
            Box::new(move |result| this.settle(result, sent, Sender::Request(told))),
        );
        tell
    }

    /// Queues a message that the person here answers.
    pub(super) fn hear(
        self: &Arc<Self>,
        state: &mut State,
        place: Place<'_>,
        message: String,
        text: Masked,
        sender: Sender,
    ) -> Asked {
        state.heard += 1;
        let received = Utf8Bytes::from(wire::received_json(&self.name, &message));
        let in_reply_to = Some(message.clone());
        let heard = Heard {
            conversation: self.id,
            number: state.heard,
            after_seq: state.last_seq,
            message,
            text,
            received_ms: now_ms(),
        };
        let this = Arc::clone(self);
        let done =
            move |result: Result<(), WriteError>| this.settle_heard(result, received, in_reply_to, sender);
        place.put(Write::Heard(Box::new(heard)), Box::new(done));
        Asked::Kept
    }

    /// Called by the store: whoever sent the message hears that it is kept. It has no `seq`, so nobody else does.
    fn settle_heard(
        &self,
        result: Result<(), WriteError>,
        text: Utf8Bytes,
        in_reply_to: Option<String>,
        sender: Sender,
    ) {
        if let Err(error) = result {
            self.fail(in_reply_to, &sender);
            if let Sender::Request(told) = sender {
                let _unheard = told.send(Err(error));
            }
            return;
        }
        self.registry.witness.tell(self.id, Happening::Message);
        match sender {
            Sender::Connection(number) => {
                let state = self.state();
                if let Some(peer) = state.listeners.iter().find(|listener| listener.number == number) {
                    peer.put(Out::Frame { text, own: true });
                }
            }
            Sender::Request(told) => {
                let _unheard = told.send(Ok(text));
            }
        }
    }
}
