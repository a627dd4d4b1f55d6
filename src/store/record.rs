//! What is written and what is read back: plain values.

use std::sync::Arc;
use std::time::Instant;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Text of a patient in which identifiers are masked: the only form in which it can be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    /// `text` with its identifiers masked.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(crate::safety::mask(text).into_owned())
    }

    /// The masked text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The masked text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

/// What kind of frame a patient sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// The engine's.
    Reply,
    /// A person's or the system's.
    Message,
}

impl FrameKind {
    /// The `type` on the wire, and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            FrameKind::Reply => "reply",
            FrameKind::Message => "message",
        }
    }

    /// The kind of a stored name. Anything that is no reply is a message.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        if name == "reply" { FrameKind::Reply } else { FrameKind::Message }
    }
}

/// What a [`Part`] is stored under: the first 16 bytes of the SHA-256 of its JSON.
pub(super) type Key = [u8; 16];

/// A piece of JSON that many patients get: stored once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub(super) key: Key,
    pub(super) json: Arc<str>,
}

impl Part {
    /// The part of this JSON.
    #[must_use]
    pub fn new(json: impl Into<Arc<str>>) -> Self {
        let json = json.into();
        let mut key = Key::default();
        key.iter_mut().zip(Sha256::digest(json.as_bytes())).for_each(|(byte, from)| *byte = from);
        Self { key, json }
    }
}

/// What of a frame does not depend on its conversation: a JSON object.
#[derive(Debug, Clone)]
pub enum Body {
    /// Put together of what many patients get.
    Shared {
        /// An object of at least one field.
        main: Part,
        /// The objects in the field `disclaimers` that it gets besides, in their order; without any it gets none.
        disclaimers: Vec<Part>,
    },
    /// For this conversation only; erased with it.
    Own(Arc<str>),
}

impl Body {
    /// A body that many patients may get as a whole.
    #[must_use]
    pub fn shared(json: impl Into<Arc<str>>) -> Self {
        Body::Shared { main: Part::new(json), disclaimers: Vec::new() }
    }

    /// Bytes of its JSON, or a few more.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Body::Shared { main, disclaimers } => {
                let listed: usize = disclaimers.iter().map(|part| part.json.len() + 1).sum();
                main.json.len() + listed + 20
            }
            Body::Own(json) => json.len(),
        }
    }

    /// Appends the object's fields, without its braces, to `json`.
    pub fn fields_onto(&self, json: &mut String) {
        let (main, disclaimers) = match self {
            Body::Shared { main, disclaimers } => (&main.json, disclaimers.as_slice()),
            Body::Own(own) => (own, &[][..]),
        };
        json.push_str(inner(main));
        for (at, part) in disclaimers.iter().enumerate() {
            json.push_str(if at == 0 { r#","disclaimers":["# } else { "," });
            json.push_str(&part.json);
        }
        if !disclaimers.is_empty() {
            json.push(']');
        }
    }
}

/// A JSON object without its braces; empty for what is none.
pub(crate) fn inner(json: &str) -> &str {
    json.strip_prefix('{').and_then(|json| json.strip_suffix('}')).unwrap_or_default()
}

/// A frame that a patient should see.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its place in the conversation, from 1.
    pub seq: i64,
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: FrameKind,
    /// The client's id of the message it answers.
    pub in_reply_to: Option<String>,
    /// When it was sent, in ms since 1970.
    pub sent_ms: i64,
    /// How sure a reply is, from 0 to 1; `None` for what is no reply.
    pub confidence: Option<f32>,
    /// Everything else.
    pub body: Body,
}

/// A new conversation.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its id.
    pub id: Uuid,
    /// SHA-256 of its resume token.
    pub token: [u8; 32],
    /// Where it takes place, if the client said so.
    pub channel: Option<String>,
    /// The language of the client's page, if it said so.
    pub locale: Option<&'static str>,
    /// When it was opened, in ms since 1970.
    pub created_ms: i64,
    /// Its first frame.
    pub greeting: Option<Frame>,
}

/// A message and its reply. They are committed together.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The conversation.
    pub conversation: Uuid,
    /// What the patient wrote.
    pub text: Masked,
    /// When it came, in ms since 1970.
    pub received_ms: i64,
    /// The same, to measure how long it took.
    pub received: Instant,
    /// The reply; it names the client's id of the message.
    pub frame: Frame,
    /// The conversation's context after the reply, as JSON.
    pub context: String,
}

/// A patient asked for a person.
#[derive(Debug, Clone)]
pub struct Handoff {
    /// The conversation.
    pub conversation: Uuid,
    /// How the patient wants to be reached. Left on purpose, hence not masked.
    pub contact: Option<String>,
    /// What the patient is told.
    pub frame: Frame,
}

/// A message to the person of the staff who is in the conversation: it has no reply.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The conversation.
    pub conversation: Uuid,
    /// Its order among these, from 1.
    pub number: i64,
    /// The `seq` of the conversation's last frame when it came.
    pub after_seq: i64,
    /// The client's id of it.
    pub message: String,
    /// What the patient wrote.
    pub text: Masked,
    /// When it came, in ms since 1970.
    pub received_ms: i64,
}

/// A frame of the staff or about them, and what it means.
#[derive(Debug, Clone)]
pub struct Word {
    /// The conversation.
    pub conversation: Uuid,
    /// What the patient sees.
    pub frame: Frame,
    /// What it means.
    pub step: Step,
}

/// What somebody of the staff does in a conversation.
#[derive(Debug, Clone)]
pub enum Step {
    /// Comes into it.
    Take {
        /// The account.
        staff: Uuid,
        /// As the patient sees it.
        name: Arc<str>,
    },
    /// Says something.
    Speak {
        /// The account.
        staff: Uuid,
    },
    /// Leaves it.
    Release {
        /// Who of the staff ended it; `None`: the server, because nobody was there any more.
        by: Option<Uuid>,
    },
}

/// A thumb up or down. A second one on the same reply replaces the first.
#[derive(Debug, Clone)]
pub struct Feedback {
    /// The conversation.
    pub conversation: Uuid,
    /// The reply's id.
    pub reply: Uuid,
    /// Up or down.
    pub helpful: bool,
    /// What the patient wrote with it.
    pub comment: Option<Masked>,
    /// When, in ms since 1970.
    pub given_ms: i64,
}

/// Anything that the console writes.
pub struct Work(
    /// Does it; `false` takes it back.
    pub(super) Box<dyn FnOnce(&rusqlite::Transaction<'_>) -> bool + Send>,
);

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

/// What can be written.
#[derive(Debug)]
pub enum Write {
    /// A new conversation.
    Open(Box<Opening>),
    /// A message and its reply.
    Turn(Box<Turn>),
    /// A patient asked for a person.
    Handoff(Box<Handoff>),
    /// A thumb up or down.
    Feedback(Box<Feedback>),
    /// A message to a person.
    Heard(Box<Heard>),
    /// A frame of the staff.
    Word(Box<Word>),
    /// Erases a conversation and everything of it.
    Forget(Uuid),
    /// Erases conversations whose last message is older than a time in ms, if they still are.
    Expire(Vec<Uuid>, i64),
    /// Erases the parts of these keys, which no frame needs.
    Prune(Vec<Vec<u8>>),
    /// Writes the pulse, to see that writing works; the time in ms since 1970.
    Pulse(i64),
    /// What the console writes.
    Work(Work),
    /// Nothing; acknowledged when everything before it is committed or has failed.
    Barrier,
    /// Ends the writer after everything before it.
    Close,
}

/// A conversation as it was stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// SHA-256 of its resume token.
    pub token: Vec<u8>,
    /// The language of the client's page, if it said so.
    pub locale: Option<String>,
    /// Its context after the last message, as JSON; `{}` before the first.
    pub context: String,
    /// The `seq` of its last frame; 0 if it has none.
    pub last_seq: i64,
    /// When it last changed, in ms since 1970.
    pub updated_ms: i64,
    /// The client's ids of all its messages, in no order.
    pub messages: Vec<String>,
    /// The person of the staff who is in it: account and name.
    pub with: Option<(Uuid, String)>,
    /// The number of messages to persons.
    pub heard: i64,
    /// Ids of the frames of staff and system.
    pub said: Vec<Uuid>,
}

/// A frame as it was stored.
#[derive(Debug, Clone)]
pub struct StoredFrame {
    /// Its place in the conversation, from 1.
    pub seq: i64,
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: FrameKind,
    /// The client's id of the message it answers.
    pub in_reply_to: Option<String>,
    /// When it was sent, in ms since 1970.
    pub sent_ms: i64,
    /// How sure a reply is, from 0 to 1; `None` for what is no reply.
    pub confidence: Option<f32>,
    /// Everything else, as a JSON object.
    pub body: String,
}
