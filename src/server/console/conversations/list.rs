//! The list of conversations.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialogue::Outcome;
use crate::language::Lang;
use crate::server::App;
use crate::server::console::inbox::words;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{List, Page, Query, at, span};
use crate::server::console::staff::Staff;
use crate::store::transcripts;

/// Characters of an excerpt, at most.
const EXCERPT_CHARS: usize = 160;

/// A thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Thumb {
    /// Helpful.
    Up,
    /// Not helpful.
    Down,
}

/// How it stands with a person in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandoffState {
    /// The patient asked for one, and nobody came yet.
    Waiting,
    /// One is here.
    Taken,
    /// One was here.
    Done,
}

impl HandoffState {
    const fn name(self) -> &'static str {
        match self {
            HandoffState::Waiting => "waiting",
            HandoffState::Taken => "taken",
            HandoffState::Done => "done",
        }
    }
}

/// Which conversations.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Something was said on this day (`2026-11-21`, in the clinic's time zone) or later; or an instant in RFC 3339.
    from: Option<String>,
    /// The last was said on this day or before.
    to: Option<String>,
    /// Only those in a language: `ar` or `fa`.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
    /// Only those with a reply of this outcome.
    outcome: Option<Outcome>,
    /// Only those with such a thumb.
    #[param(inline)]
    feedback: Option<Thumb>,
    /// Only those with an emergency, or without.
    emergency: Option<bool>,
    /// Only those where it stands so with a person.
    handoff: Option<HandoffState>,
    /// Words of the patient, however they are spelt; or the id of a conversation.
    q: Option<String>,
}

/// Thumbs of a conversation.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Thumbs {
    /// Up.
    pub up: i64,
    /// Down.
    pub down: i64,
}

/// A conversation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ConversationSummary)]
pub struct Summary {
    /// Its id.
    pub id: Uuid,
    /// When it was opened (RFC 3339, UTC).
    pub started_at: String,
    /// When something was said last.
    pub last_at: String,
    /// The language of its last message.
    pub lang: Option<String>,
    /// Where it takes place, as in `web`.
    pub channel: Option<String>,
    /// How many messages were answered.
    pub turns: i64,
    /// How many replies there are of each outcome; what there is none of is left out.
    pub outcomes: BTreeMap<String, i64>,
    /// Whether a message told of a red flag.
    pub emergency: bool,
    /// Thumbs.
    pub feedback: Thumbs,
    /// How it stands with a person; null: none was asked for or came.
    #[schema(value_type = Option<HandoffState>)]
    pub handoff: Option<String>,
    /// Whether the patient is connected now.
    pub live: bool,
    /// The name of the staff member who is in it.
    pub with: Option<String>,
    /// Whether that is whoever asks.
    pub mine: bool,
    /// The patient's first words, with identifiers masked.
    pub excerpt: String,
}

/// A stored conversation as `viewer` is shown it.
pub(super) fn shown(app: &App, viewer: Uuid, row: transcripts::Summary) -> Summary {
    let [_, _, _, emergency, _, _] = row.outcomes;
    let outcomes = transcripts::OUTCOMES.into_iter().zip(row.outcomes).filter(|(_, count)| *count > 0);
    let mut excerpt: String = row.excerpt.chars().take(EXCERPT_CHARS).collect();
    if excerpt.len() < row.excerpt.len() {
        excerpt.push('…');
    }
    Summary {
        id: row.id,
        started_at: at(row.started_ms),
        last_at: at(row.last_ms),
        lang: row.lang,
        channel: row.channel,
        turns: row.turns,
        outcomes: outcomes.map(|(outcome, count)| (outcome.to_owned(), count)).collect(),
        emergency: emergency > 0,
        feedback: Thumbs { up: row.thumbs.0, down: row.thumbs.1 },
        handoff: row.handoff,
        live: app.hub.is_live(row.id),
        mine: row.with.as_ref().is_some_and(|(staff, _)| *staff == viewer),
        with: row.with.map(|(_, name)| name),
        excerpt,
    }
}

/// Lists conversations in which something was said, the latest first.
#[utoipa::path(get, path = "/conversations", tag = "conversations", operation_id = "conversations_list", params(Filter, Page), responses(
    (status = 200, description = "A page of them", body = List<Summary>),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    staff: Staff,
    Query(filter): Query<Filter>,
    Query(page): Query<Page>,
) -> Result<Json<List<Summary>>, Problem> {
    let (from_ms, until_ms) = span(filter.from.as_deref(), filter.to.as_deref(), &app.time_zone())?;
    let only = filter.q.as_deref().and_then(|q| Uuid::try_parse(q.trim()).ok());
    let wanted = transcripts::Filter {
        from_ms,
        until_ms,
        lang: filter.lang.map(Lang::code),
        outcome: filter.outcome.map(Outcome::name),
        feedback: filter.feedback.map(|thumb| thumb == Thumb::Up),
        emergency: filter.emergency,
        handoff: filter.handoff.map(HandoffState::name),
        words: if only.is_some() { Vec::new() } else { words(filter.q.as_deref()) },
        only,
        after: page.after()?,
    };
    let limit = page.sql_limit();
    let rows = app
        .store
        .read(move |connection| transcripts::list(connection, &wanted, limit).map_err(Problem::from))
        .await?;
    let list = List::cut(rows, &page, |row| (row.last_ms, row.id));
    let items = list.items.into_iter().map(|row| shown(&app, staff.user.id, row)).collect();
    Ok(Json(List { items, next: list.next, total: None }))
}
