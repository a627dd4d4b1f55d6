//! The frames of the chat protocol, version 1, as they are on the wire.
//!
//! The engine's types never learn JSON: they are converted here by hand.

mod compose;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::notice::Code;
use crate::dialogue::{Citation, Disclaimer, Outcome, Suggestion};
use crate::language::Lang;

pub use compose::{
    event_body, forgotten_json, frame_json, is_received, received_json, reply_body, staff_body,
    staff_typing_json, started_json, stored_json, system_body, with_field,
};

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;

/// Characters of a client's own id, at most.
pub const ID_CHARS: usize = 64;

/// Characters of a comment or a contact, at most; the rest is cut off.
pub const NOTE_CHARS: usize = 1000;

/// Opens a conversation, or resumes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Start {
    /// The conversation to resume. Left out: a new one is opened.
    pub conversation: Option<String>,
    /// The token that came with the conversation's first `started`.
    pub resume_token: Option<String>,
    /// The last `seq` that the client has. Everything later is sent again; left out: everything.
    pub after: Option<i64>,
    /// The language of the client's page: `ar` or `fa`. Any other is ignored.
    pub locale: Option<String>,
    /// Where the conversation takes place, as in `web`.
    pub channel: Option<String>,
}

/// A patient's message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Ask {
    /// The client's own id, at most 64 characters. The same id again gets the same reply.
    #[schema(max_length = 64, min_length = 1)]
    pub id: String,
    /// What the patient wrote.
    pub text: String,
    /// May be left out on a connection that holds one conversation.
    pub conversation: Option<String>,
    /// The language of the client's page: `ar` or `fa`. Any other is ignored.
    pub locale: Option<String>,
}

/// A thumb up or down on a reply.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Feedback {
    /// The reply's `id`.
    pub reply: String,
    /// Up or down.
    pub helpful: bool,
    /// What the patient wrote with it.
    pub comment: Option<String>,
    /// May be left out on a connection that holds one conversation.
    pub conversation: Option<String>,
}

/// The patient asks for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Handoff {
    /// May be left out on a connection that holds one conversation.
    pub conversation: Option<String>,
    /// How the patient wants to be reached.
    pub contact: Option<String>,
}

/// The patient is typing; shown to staff while they are in the conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Typing {
    /// May be left out on a connection that holds one conversation.
    pub conversation: Option<String>,
}

/// The patient asks for the conversation to be erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Forget {
    /// May be left out on a connection that holds one conversation.
    pub conversation: Option<String>,
}

/// Any frame from a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Opens or resumes a conversation.
    Start(Start),
    /// A patient's message.
    Ask(Ask),
    /// A thumb up or down.
    Feedback(Feedback),
    /// The patient asks for a person.
    Handoff(Handoff),
    /// The patient is typing.
    Typing(Typing),
    /// The patient asks for erasure.
    Forget(Forget),
}

/// A frame that is none; with the client's id, if one could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFrame {
    /// The client's id of the message.
    pub id: Option<String>,
}

/// Every field that a client's frame may have. One flat pass: a tagged enum would buffer the whole frame.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    text: Option<String>,
    conversation: Option<String>,
    resume_token: Option<String>,
    after: Option<i64>,
    #[serde(default, deserialize_with = "string_or_none")]
    locale: Option<String>,
    #[serde(default, deserialize_with = "string_or_none")]
    channel: Option<String>,
    reply: Option<String>,
    helpful: Option<bool>,
    comment: Option<String>,
    contact: Option<String>,
}

/// A string; anything else counts as left out, because the field is only a hint.
pub(super) fn string_or_none<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(text) => Some(text),
        _ => None,
    })
}

impl Request {
    /// The conversation that it names, as the client wrote it.
    #[must_use]
    pub fn conversation(&self) -> Option<&str> {
        match self {
            Request::Start(start) => start.conversation.as_deref(),
            Request::Ask(ask) => ask.conversation.as_deref(),
            Request::Feedback(feedback) => feedback.conversation.as_deref(),
            Request::Handoff(handoff) => handoff.conversation.as_deref(),
            Request::Typing(typing) => typing.conversation.as_deref(),
            Request::Forget(forget) => forget.conversation.as_deref(),
        }
    }

    /// Reads a frame. Unknown fields are ignored.
    ///
    /// # Errors
    /// [`BadFrame`] if it is no JSON object, of no known type, lacks a field, or its id is empty or too long.
    pub fn parse(text: &str) -> Result<Self, BadFrame> {
        let fields: Fields = serde_json::from_str(text).map_err(|_| BadFrame { id: salvage_id(text) })?;
        let id = fields.id;
        if id.as_deref().is_some_and(|id| !is_id(id)) {
            return Err(BadFrame { id: None });
        }
        let conversation = fields.conversation;
        Ok(match fields.kind.as_str() {
            "start" => Request::Start(Start {
                conversation,
                resume_token: fields.resume_token,
                after: fields.after,
                locale: fields.locale,
                channel: fields.channel,
            }),
            "ask" => match (id, fields.text) {
                (Some(id), Some(text)) => Request::Ask(Ask { id, text, conversation, locale: fields.locale }),
                (id, _) => return Err(BadFrame { id }),
            },
            "feedback" => match (fields.reply, fields.helpful) {
                (Some(reply), Some(helpful)) => {
                    let comment = fields.comment.map(cut_note);
                    Request::Feedback(Feedback { reply, helpful, comment, conversation })
                }
                _ => return Err(BadFrame { id }),
            },
            "handoff" => Request::Handoff(Handoff { conversation, contact: fields.contact.map(cut_note) }),
            "typing" => Request::Typing(Typing { conversation }),
            "forget" => Request::Forget(Forget { conversation }),
            _ => return Err(BadFrame { id }),
        })
    }
}

/// Whether `id` may be a client's own.
#[must_use]
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && (id.len() <= ID_CHARS || id.chars().count() <= ID_CHARS)
}

/// Whether `text` shows nothing: only white space and characters that are never drawn.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}')
    })
}

fn cut_note(note: String) -> String {
    match note.char_indices().nth(NOTE_CHARS) {
        Some((end, _)) => note.get(..end).unwrap_or_default().to_owned(),
        None => note,
    }
}

/// The id of a frame that cannot be read whole, so that the client knows which message was refused.
fn salvage_id(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value.get("id")?.as_str().filter(|id| is_id(id)).map(Into::into)
}

/// A conversation is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {
    /// `started`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub conversation: String,
    /// With it the conversation is resumed on another connection. To be kept secret.
    pub resume_token: String,
    /// The last one so far; 0 if there is none.
    pub seq: i64,
    /// 1.
    pub protocol: u32,
    /// The version of the knowledge that answers.
    pub knowledge: String,
    /// The first words of a new conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greeting: Option<Reply>,
}

/// The reply to a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// `reply`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The conversation.
    pub conversation: String,
    /// Its place among all frames of the conversation that a patient should see.
    pub seq: i64,
    /// Its own id.
    pub id: Uuid,
    /// The client's id of the message; null in a greeting.
    pub in_reply_to: Option<String>,
    /// What kind of reply it is.
    pub outcome: Outcome,
    /// The language of the message and of this reply: `ar` or `fa`.
    #[schema(value_type = String)]
    pub lang: Lang,
    /// `rtl`.
    pub dir: String,
    /// What the patient reads: a small subset of Markdown.
    pub text: String,
    /// In the order of their markers.
    pub citations: Vec<Citation>,
    /// The general one first.
    pub disclaimers: Vec<Disclaimer>,
    /// Questions that the patient may ask next, best first.
    pub suggestions: Vec<Suggestion>,
    /// The pair that answers.
    pub pair: Option<String>,
    /// Of the answers given with confidence c about a share c are right.
    pub confidence: f32,
    /// The version of the knowledge that answered.
    pub knowledge: String,
    /// RFC 3339, in UTC.
    pub sent_at: String,
    /// Only in the answer of `POST /v1/ask` that opened a conversation: with it the conversation goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
}

/// Words of a person or of the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// `message`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The conversation.
    pub conversation: String,
    /// Its place among all frames of the conversation that a patient should see.
    pub seq: i64,
    /// Its own id.
    pub id: Uuid,
    /// Null.
    pub in_reply_to: Option<String>,
    /// `staff` or `system`.
    pub from: String,
    /// Who of the staff speaks, came or left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the system tells of: `taken`: a person is here, and automatic answers wait; `released`: the person has
    /// left, and they go on. Left out where it tells of neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What the patient reads.
    pub text: String,
    /// RFC 3339, in UTC.
    pub sent_at: String,
}

/// A message is kept for the person who is in the conversation; nothing answers it automatically. The same `id` again
/// gets the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// `received`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The conversation.
    pub conversation: String,
    /// The client's id of the message.
    pub in_reply_to: String,
}

/// The person in the conversation is typing. Not kept, and not sent again to who resumes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffTyping {
    /// `typing`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The conversation.
    pub conversation: String,
    /// `staff`.
    pub from: String,
    /// Who of the staff.
    pub name: String,
}

/// A conversation is erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forgotten {
    /// `forgotten`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The conversation that was.
    pub conversation: String,
}

/// Something was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Error {
    /// `error`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The client's id of the message that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<String>,
    /// What is wrong.
    pub code: Code,
    /// One sentence for the patient, in the conversation's language.
    pub message: String,
    /// When it is worth trying again, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

impl Error {
    /// The frame for `code` in `lang`.
    #[must_use]
    pub fn new(code: Code, lang: Lang, in_reply_to: Option<String>, retry_after_ms: Option<u64>) -> Self {
        let message = code.sentence(lang).to_owned();
        Self { kind: "error".into(), in_reply_to, code, message, retry_after_ms }
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| r#"{"type":"error","code":"internal"}"#.into())
    }
}

#[cfg(test)]
#[path = "wire/tests.rs"]
mod tests;
