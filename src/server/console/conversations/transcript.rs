//! Everything that was said in one conversation, as the patient saw it; its export and its end.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::{Summary, shown};
use super::living;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Path, Query, at};
use crate::server::console::staff::Staff;
use crate::server::{App, wire};
use crate::store::accounts::Role;
use crate::store::transcripts::{self, Said, ToPerson};
use crate::store::{FrameKind, Write, audit};

/// Frames shown at once: those of the longest ordinary conversation, many times over.
const FRAMES: i64 = 400;

/// Frames in an export, at most.
const EXPORTED: i64 = 100_000;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The patient.
    Patient,
    /// The automatic assistant.
    Bot,
    /// Somebody of the staff.
    Staff,
    /// The system, about persons.
    System,
}

/// What a patient thought of a reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rating {
    /// Thumb up or down.
    pub helpful: bool,
    /// What the patient wrote with it, with identifiers masked.
    pub comment: Option<String>,
}

/// Something that was said.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TranscriptEntry)]
pub struct Entry {
    /// Its place; the patient's words have that of the reply to them, and null where a person was to answer.
    pub seq: Option<i64>,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who said it.
    pub from: Speaker,
    /// Who of the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the system tells of: `taken` or `released`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The words; the patient's with identifiers masked.
    pub text: String,
    /// The reply, exactly as the patient got it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<wire::Reply>)]
    pub reply: Option<Value>,
    /// What the patient thought of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Rating>,
}

/// A conversation with what was said in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transcript {
    /// The conversation.
    #[serde(flatten)]
    pub conversation: Summary,
    /// In order.
    pub entries: Vec<Entry>,
    /// Hand this back as `before` for what was said before; null: that is all.
    pub earlier: Option<i64>,
    /// How the patient wants to be reached, unmasked: it was left on purpose.
    pub contact: Option<String>,
}

/// Which part of a long conversation.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// The `earlier` of the part after it.
    before: Option<i64>,
}

fn string(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(Into::into)
}

fn to_person(heard: ToPerson) -> Entry {
    Entry {
        seq: None,
        at: at(heard.at_ms),
        from: Speaker::Patient,
        name: None,
        event: None,
        text: heard.text,
        reply: None,
        feedback: None,
    }
}

/// A frame after what it answers.
fn entries_of(conversation: &str, said: Said) -> impl Iterator<Item = Entry> {
    let Said { frame, patient, thumb } = said;
    let seq = Some(frame.seq);
    let asked =
        patient.map(|(text, at_ms)| Entry { seq, ..to_person(ToPerson { after_seq: 0, text, at_ms }) });
    // What mujib stored is JSON; anything else shows as a frame without words.
    let value: Value = serde_json::from_str(&wire::stored_json(conversation, &frame)).unwrap_or_default();
    let text = string(&value, "text").unwrap_or_default();
    let is_reply = frame.kind == FrameKind::Reply;
    let from = match string(&value, "from").as_deref() {
        _ if is_reply => Speaker::Bot,
        Some("staff") => Speaker::Staff,
        _ => Speaker::System,
    };
    let answer = Entry {
        seq,
        at: at(frame.sent_ms),
        from,
        name: string(&value, "name"),
        event: string(&value, "event"),
        text,
        reply: is_reply.then_some(value),
        feedback: thumb.map(|(helpful, comment)| Rating { helpful, comment }),
    };
    asked.into_iter().chain([answer])
}

/// What was said between `after` and `until`, in order.
fn entries(
    connection: &Connection,
    id: Uuid,
    after: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<Entry>, Problem> {
    let conversation = id.hyphenated().to_string();
    let mut heard = transcripts::heard(connection, id)?.into_iter().peekable();
    while heard.next_if(|heard| after > 0 && heard.after_seq <= after).is_some() {}
    let mut entries = Vec::new();
    let frames = transcripts::frames(connection, id, after, limit)?;
    for said in frames.into_iter().take_while(|said| said.frame.seq <= until) {
        let seq = said.frame.seq;
        while let Some(heard) = heard.next_if(|heard| heard.after_seq < seq) {
            entries.push(to_person(heard));
        }
        entries.extend(entries_of(&conversation, said));
    }
    entries.extend(heard.filter(|heard| heard.after_seq <= until).map(to_person));
    Ok(entries)
}

/// The conversation in the list's form.
pub(super) fn summary(connection: &Connection, id: Uuid) -> Result<transcripts::Summary, Problem> {
    let filter = transcripts::Filter { only: Some(id), ..transcripts::Filter::default() };
    transcripts::list(connection, &filter, 1)?.pop().ok_or_else(Problem::not_found)
}

/// Shows a conversation with what was said in it.
#[utoipa::path(get, path = "/conversations/{id}", tag = "conversations", operation_id = "conversation_get", params(("id" = Uuid, Path), Part), responses(
    (status = 200, description = "It", body = Transcript),
    (status = 404, description = "`not_found`: it never was, is erased, or nothing was said in it yet", body = Details),
))]
pub(super) async fn look(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Query(part): Query<Part>,
) -> Result<Json<Transcript>, Problem> {
    let until = part.before.map_or(i64::MAX, |before| before.saturating_sub(1));
    let (row, after, entries, contact) = app
        .store
        .read(move |connection| {
            let row = summary(connection, id)?;
            let after = transcripts::seq_before_last(connection, id, until, FRAMES)?;
            let entries = entries(connection, id, after, until, FRAMES)?;
            Ok::<_, Problem>((row, after, entries, transcripts::contact(connection, id)?))
        })
        .await?;
    let conversation = shown(&app, staff.user.id, row);
    let earlier = (after > 0).then_some(after + 1);
    Ok(Json(Transcript { conversation, entries, earlier, contact }))
}

/// Exports a conversation, as a file.
#[utoipa::path(get, path = "/conversations/{id}/export", tag = "conversations", operation_id = "conversation_export", params(("id" = Uuid, Path)), responses(
    (status = 200, description = "A JSON file with all of it", body = Transcript),
    (status = 404, description = "`not_found`", body = Details),
))]
pub(super) async fn export(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Response, Problem> {
    let (row, entries, contact) = app
        .store
        .read(move |connection| {
            let row = summary(connection, id)?;
            let entries = entries(connection, id, 0, i64::MAX, EXPORTED)?;
            Ok::<_, Problem>((row, entries, transcripts::contact(connection, id)?))
        })
        .await?;
    record(&app, &staff, id, "conversation.export").await?;
    let conversation = shown(&app, staff.user.id, row);
    let transcript = Transcript { conversation, entries, earlier: None, contact };
    // Letters of a UUID: always a header's value.
    let name = HeaderValue::from_str(&format!("attachment; filename=\"conversation-{id}.json\""));
    let name = name.map_err(|_| Problem::internal())?;
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(transcript)).into_response())
}

/// Erases a conversation and everything that was made of it.
#[utoipa::path(delete, path = "/conversations/{id}", tag = "conversations", operation_id = "conversation_erase", params(("id" = Uuid, Path)), responses(
    (status = 204, description = "It is no more"),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`", body = Details),
))]
pub(super) async fn erase(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    staff.require(Role::Reviewer)?;
    let conversation = living(&app, id).await?;
    record(&app, &staff, id, "conversation.erase").await?;
    let place = app.store.place()?;
    // Asked for by no connection: number 0 is none. Over already is as good.
    let _over = conversation.forget(place, 0);
    app.store.write(Write::Barrier).await?;
    if app.store.conversation(id).await?.is_some() {
        return Err(Problem::internal());
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn record(app: &App, staff: &Staff, id: Uuid, action: &'static str) -> Result<(), Problem> {
    let actor = staff.user.id;
    app.store
        .transact(move |tx| {
            audit::record(tx, Some(actor), action, &id.hyphenated().to_string(), &json!({}))
                .map_err(Problem::from)
        })
        .await
}
