//! The protocol as documents for machines, made from the Rust types: OpenAPI 3.1 for HTTP, AsyncAPI 3 for
//! the chat socket. The files in `docs/` are these; a test holds them to it.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, schema::Schema};
use utoipa::{OpenApi, PartialSchema, ToSchema};

use super::{ask, health, widget, wire};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "mujib",
        description = "Answers patients' questions in Arabic and Persian from a clinic's reviewed pairs. \
                       Chat is at `/v1/chat` over a WebSocket, see the AsyncAPI document."
    ),
    paths(ask::ask, health::healthz, health::readyz, health::version, widget::look)
)]
struct Http;

/// The OpenAPI document, with its keys in a fixed order.
#[must_use]
pub fn openapi() -> Value {
    // utoipa's types always serialize; an empty document would fail the test that compares it.
    serde_json::to_value(Http::openapi()).unwrap_or_default()
}

/// A frame as a message of the AsyncAPI document.
struct Message {
    name: &'static str,
    /// Its `type` on the wire.
    kind: &'static str,
    summary: &'static str,
    from_client: bool,
    /// Its name among the schemas.
    schema: String,
}

fn message<T: ToSchema>(name: &'static str, from_client: bool, summary: &'static str) -> Message {
    Message { name, kind: name, summary, from_client, schema: T::name().into_owned() }
}

/// The AsyncAPI document, with its keys in a fixed order.
#[must_use]
pub fn asyncapi() -> Value {
    let messages = [
        message::<wire::Start>("start", true, "Opens a conversation, or resumes one"),
        message::<wire::Ask>("ask", true, "A patient's message"),
        message::<wire::Feedback>("feedback", true, "A thumb up or down on a reply"),
        message::<wire::Handoff>("handoff", true, "The patient asks for a person"),
        message::<wire::Typing>("typing", true, "The patient is typing"),
        message::<wire::Forget>("forget", true, "The patient asks for erasure"),
        message::<wire::Started>("started", false, "A conversation is open"),
        message::<wire::Reply>("reply", false, "The reply to a message"),
        message::<wire::Message>("message", false, "Words of the staff or of the system"),
        message::<wire::Received>("received", false, "A message is kept for the person who is here"),
        Message {
            kind: "typing",
            ..message::<wire::StaffTyping>("staffTyping", false, "The person who is here is typing")
        },
        message::<wire::Forgotten>("forgotten", false, "The conversation is erased"),
        message::<wire::Error>("error", false, "Something was refused"),
    ];
    let references = |from_client: bool| -> Vec<Value> {
        messages
            .iter()
            .filter(|message| message.from_client == from_client)
            .map(|message| json!({"$ref": format!("#/channels/chat/messages/{}", message.name)}))
            .collect()
    };
    let of_channel: Map<String, Value> = messages
        .iter()
        .map(|message| {
            (message.name.into(), json!({"$ref": format!("#/components/messages/{}", message.name)}))
        })
        .collect();
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "mujib chat",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "JSON text frames over a WebSocket, version 1. Unknown fields are ignored by both \
                            sides; a field is added, never renamed or given a new meaning, within version 1.",
            "license": {"name": env!("CARGO_PKG_LICENSE")}
        },
        "defaultContentType": "application/json",
        "channels": {
            "chat": {
                "address": "/v1/chat",
                "messages": of_channel,
                "bindings": {"ws": {"method": "GET"}}
            }
        },
        "operations": {
            "fromClient": {
                "action": "receive",
                "channel": {"$ref": "#/channels/chat"},
                "messages": references(true)
            },
            "toClient": {
                "action": "send",
                "channel": {"$ref": "#/channels/chat"},
                "messages": references(false)
            }
        },
        "components": {
            "messages": messages.iter().map(described).collect::<Map<String, Value>>(),
            "schemas": schemas()
        }
    })
}

/// A message: its type as a constant, and the fields of its schema.
fn described(message: &Message) -> (String, Value) {
    let Message { name, kind, summary, schema, .. } = message;
    let of_type = json!({
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "const": kind}}
    });
    let fields = json!({"$ref": format!("#/components/schemas/{schema}")});
    ((*name).into(), json!({"name": name, "summary": summary, "payload": {"allOf": [of_type, fields]}}))
}

fn schemas() -> Map<String, Value> {
    let mut all: Vec<(String, RefOr<Schema>)> = Vec::new();
    add::<wire::Start>(&mut all);
    add::<wire::Ask>(&mut all);
    add::<wire::Feedback>(&mut all);
    add::<wire::Handoff>(&mut all);
    add::<wire::Typing>(&mut all);
    add::<wire::Forget>(&mut all);
    add::<wire::Started>(&mut all);
    add::<wire::Reply>(&mut all);
    add::<wire::Message>(&mut all);
    add::<wire::Received>(&mut all);
    add::<wire::StaffTyping>(&mut all);
    add::<wire::Forgotten>(&mut all);
    add::<wire::Error>(&mut all);
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?))).collect()
}

/// A type's schema and those that it refers to.
fn add<T: ToSchema + PartialSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
    all.push((T::name().into_owned(), T::schema()));
    T::schemas(all);
}

/// A document as an answer.
pub(super) fn file(document: Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}
