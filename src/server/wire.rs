//! The frames of the chat protocol, version 1, as they are on the wire.
//!
//! The engine's types never learn JSON: they are converted here by hand. A reply's body is serialized once,
//! and the same text goes to the store, to the patient and to everyone who resumes later.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::notice::Code;
use crate::dialogue::{self, Citation, Disclaimer, Outcome, Suggestion};
use crate::language::Lang;
use crate::store::{Body, Frame, FrameKind, StoredFrame};

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
    /// Who of the staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the patient reads.
    pub text: String,
    /// RFC 3339, in UTC.
    pub sent_at: String,
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

/// The part of a reply that does not depend on its conversation.
#[derive(Serialize)]
struct ReplyBody<'a> {
    outcome: Outcome,
    lang: Lang,
    dir: &'a str,
    text: &'a str,
    citations: &'a [Citation],
    disclaimers: &'a [Disclaimer],
    suggestions: &'a [Suggestion],
    pair: Option<&'a str>,
    confidence: f32,
    knowledge: &'a str,
}

/// The engine's reply as a body that many patients may get.
///
/// # Errors
/// Never for the engine's types, which have no map with keys that are no strings.
pub fn reply_body(reply: &dialogue::Reply) -> Result<Body, serde_json::Error> {
    let json = serde_json::to_string(&ReplyBody {
        outcome: reply.outcome,
        lang: reply.lang,
        dir: "rtl",
        text: &reply.text,
        citations: &reply.citations,
        disclaimers: &reply.disclaimers,
        suggestions: &reply.suggestions,
        pair: reply.pair.as_deref(),
        confidence: reply.confidence,
        knowledge: &reply.knowledge,
    })?;
    Ok(Body::shared(json))
}

/// The system's words as a body of one conversation.
#[must_use]
pub fn system_body(text: &str) -> Body {
    Body::Own(serde_json::json!({"from": "system", "text": text}).to_string().into())
}

/// A frame to be sent: the head that belongs to the conversation around the body.
#[must_use]
pub fn frame_json(conversation: &str, frame: &Frame) -> String {
    join(
        Head {
            kind: frame.kind,
            conversation,
            seq: frame.seq,
            id: frame.id,
            in_reply_to: frame.in_reply_to.as_deref(),
            sent_ms: frame.sent_ms,
        },
        frame.body.json(),
    )
}

/// A stored frame to be sent again: the same text as the first time.
#[must_use]
pub fn stored_json(conversation: &str, frame: &StoredFrame) -> String {
    join(
        Head {
            kind: frame.kind,
            conversation,
            seq: frame.seq,
            id: frame.id,
            in_reply_to: frame.in_reply_to.as_deref(),
            sent_ms: frame.sent_ms,
        },
        &frame.body,
    )
}

struct Head<'a> {
    kind: FrameKind,
    conversation: &'a str,
    seq: i64,
    id: Uuid,
    in_reply_to: Option<&'a str>,
    sent_ms: i64,
}

fn join(head: Head<'_>, body: &str) -> String {
    let mut json = String::with_capacity(body.len() + 320);
    // Writing to a string cannot fail.
    let _ok = write!(
        json,
        r#"{{"type":"{}","conversation":"{}","seq":{},"id":"{}","in_reply_to":{},"#,
        head.kind.name(),
        head.conversation,
        head.seq,
        head.id,
        quoted(head.in_reply_to),
    );
    let inner = body.strip_prefix('{').and_then(|body| body.strip_suffix('}')).unwrap_or_default();
    json.push_str(inner);
    if !inner.is_empty() {
        json.push(',');
    }
    let _ok = write!(json, r#""sent_at":"{}"}}"#, rfc3339(head.sent_ms));
    json
}

/// `json`, an object, with one more string in it.
#[must_use]
pub fn with_field(json: &str, name: &str, value: &str) -> String {
    let inner = json.strip_suffix('}').unwrap_or(json);
    format!("{inner},\"{name}\":{}}}", quoted(Some(value)))
}

/// A `started` frame; `greeting` is a reply's JSON.
#[must_use]
pub fn started_json(
    conversation: &str,
    token: &str,
    seq: i64,
    knowledge: &str,
    greeting: Option<&str>,
) -> String {
    let mut json = format!(
        r#"{{"type":"started","conversation":"{conversation}","resume_token":{},"seq":{seq},"protocol":{PROTOCOL},"knowledge":{}"#,
        quoted(Some(token)),
        quoted(Some(knowledge)),
    );
    if let Some(greeting) = greeting {
        json.push_str(r#","greeting":"#);
        json.push_str(greeting);
    }
    json.push('}');
    json
}

/// A `forgotten` frame.
#[must_use]
pub fn forgotten_json(conversation: &str) -> String {
    format!(r#"{{"type":"forgotten","conversation":"{conversation}"}}"#)
}

/// A JSON string, or `null`.
fn quoted(text: Option<&str>) -> String {
    serde_json::to_string(&text).unwrap_or_else(|_| "null".into())
}

/// A time in ms since 1970 as RFC 3339 in UTC.
fn rfc3339(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

#[cfg(test)]
#[path = "wire/tests.rs"]
mod tests;
