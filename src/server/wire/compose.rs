//! Frames from the server as text. The parts of a reply's body are serialized once, and the same text goes to the
//! store, to the patient and to everyone who resumes later; only the head around it belongs to the conversation.

use std::fmt::Write as _;

use serde::Serialize;
use uuid::Uuid;

use super::PROTOCOL;
use crate::dialogue::{self, Citation, Disclaimer, Outcome, Suggestion};
use crate::language::Lang;
use crate::store::{Body, Frame, FrameKind, Part, StoredFrame, inner};

/// The part of a reply that depends neither on its conversation nor on the words of the question, so that few
/// different ones have to be stored. The disclaimers depend on what the conversation told of before; each is a part of
/// its own.
#[derive(Serialize)]
struct ReplyBody<'a> {
    outcome: Outcome,
    lang: Lang,
    dir: &'a str,
    text: &'a str,
    citations: &'a [Citation],
    suggestions: &'a [Suggestion],
    pair: Option<&'a str>,
    knowledge: &'a str,
    /// An empty list, where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    disclaimers: Option<[Disclaimer; 0]>,
}

/// The engine's reply as a body that is put together of what many patients get.
///
/// # Errors
/// Never for the engine's types, which have no map with keys that are no strings.
pub fn reply_body(reply: &dialogue::Reply) -> Result<Body, serde_json::Error> {
    let main = serde_json::to_string(&ReplyBody {
        outcome: reply.outcome,
        lang: reply.lang,
        dir: "rtl",
        text: &reply.text,
        citations: &reply.citations,
        suggestions: &reply.suggestions,
        pair: reply.pair.as_deref(),
        knowledge: &reply.knowledge,
        disclaimers: reply.disclaimers.is_empty().then_some([]),
    })?;
    let disclaimers = reply.disclaimers.iter().map(|one| serde_json::to_string(one).map(Part::new));
    Ok(Body::Shared { main: Part::new(main), disclaimers: disclaimers.collect::<Result<_, _>>()? })
}

/// The system's words as a body of one conversation.
#[must_use]
pub fn system_body(text: &str) -> Body {
    Body::Own(serde_json::json!({"from": "system", "text": text}).to_string().into())
}

/// What the system says of somebody of the staff: `event` is `taken` or `released`.
#[must_use]
pub fn event_body(event: &str, name: &str, text: &str) -> Body {
    let body = serde_json::json!({"from": "system", "event": event, "name": name, "text": text});
    Body::Own(body.to_string().into())
}

/// The words of somebody of the staff.
#[must_use]
pub fn staff_body(name: &str, text: &str) -> Body {
    Body::Own(serde_json::json!({"from": "staff", "name": name, "text": text}).to_string().into())
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
            confidence: frame.confidence,
        },
        frame.body.size(),
        |json| frame.body.fields_onto(json),
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
            confidence: frame.confidence,
        },
        frame.body.len(),
        |json| json.push_str(inner(&frame.body)),
    )
}

struct Head<'a> {
    kind: FrameKind,
    conversation: &'a str,
    seq: i64,
    id: Uuid,
    in_reply_to: Option<&'a str>,
    sent_ms: i64,
    confidence: Option<f32>,
}

/// A frame with a body of about `size` bytes, whose fields `put_fields` appends.
fn join(head: Head<'_>, size: usize, put_fields: impl FnOnce(&mut String)) -> String {
    let mut json = String::with_capacity(size + 320);
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
    let head_ends = json.len();
    put_fields(&mut json);
    if json.len() > head_ends {
        json.push(',');
    }
    if let Some(confidence) = head.confidence {
        let _ok = write!(json, r#""confidence":{confidence},"#);
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

/// A `received` frame.
#[must_use]
pub fn received_json(conversation: &str, message: &str) -> String {
    let message = quoted(Some(message));
    format!(r#"{{"type":"received","conversation":"{conversation}","in_reply_to":{message}}}"#)
}

/// Whether `json`, an answer to a message, is a `received` frame.
#[must_use]
pub fn is_received(json: &str) -> bool {
    json.starts_with(r#"{"type":"received","#)
}

/// A `typing` frame of the staff.
#[must_use]
pub fn staff_typing_json(conversation: &str, name: &str) -> String {
    let name = quoted(Some(name));
    format!(r#"{{"type":"typing","conversation":"{conversation}","from":"staff","name":{name}}}"#)
}

/// A JSON string, or `null`.
fn quoted(text: Option<&str>) -> String {
    serde_json::to_string(&text).unwrap_or_else(|_| "null".into())
}

/// A time in ms since 1970 as RFC 3339 in UTC.
fn rfc3339(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}
