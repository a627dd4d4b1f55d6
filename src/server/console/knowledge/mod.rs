//! The knowledge as staff edit it: entries, drafts, review, publishing.

mod add;
mod candidates;
mod check;
mod drafts;
mod entries;
mod history;
mod overview;
mod pairs;
mod probes;
mod publish;
mod questions;
mod review;
mod sources;
mod withdraw;

use std::sync::Arc;

use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Event;
use super::access::Who;
use super::problem::{Fault, Problem};
use super::request::at;
use crate::knowledge::{Edit, EntryKind, Problem as Finding, overlay};
use crate::server::App;
use crate::server::edition::Edition;
use crate::store::revisions::{self, State};

pub use add::{Expected, add_form, add_question, add_variant};
pub(super) use candidates::{Workshop, drafted};
pub use questions::AskedBefore;

/// Characters of a reason or a note.
const NOTE_CHARS: usize = 2000;

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(overview::overview))
        .routes(routes!(pairs::list))
        .routes(routes!(sources::list))
        .routes(routes!(entries::list))
        .routes(routes!(entries::look))
        .routes(routes!(drafts::put, drafts::discard))
        .routes(routes!(drafts::roll_back))
        .routes(routes!(review::submit))
        .routes(routes!(review::give_back))
        .routes(routes!(review::approve))
        .routes(routes!(check::check))
        .routes(routes!(candidates::build))
        .routes(routes!(candidates::look))
        .routes(routes!(publish::publish))
        .routes(routes!(withdraw::withdraw))
        .routes(routes!(withdraw::restore))
        .routes(routes!(history::list))
        .routes(routes!(history::look))
        .routes(routes!(questions::list, questions::add))
        .routes(routes!(questions::remove))
}

/// A revision of one entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Revision {
    /// Its number; later ones are greater.
    pub number: i64,
    /// The kind of its entry.
    pub kind: EntryKind,
    /// The id of its entry.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// Who began it.
    pub author: Who,
    /// Who read it last.
    pub reviewer: Option<Who>,
    /// Why it is made.
    pub reason: String,
    /// The reviewer's words, if it was given back.
    pub note: Option<String>,
    /// When it was begun (RFC 3339, UTC).
    pub created_at: String,
    /// When it last changed.
    pub changed_at: String,
    /// When patients got it.
    pub published_at: Option<String>,
}

impl Revision {
    /// As staff see it; `None` for a kind that this program does not know.
    fn of(stored: &revisions::Revision) -> Option<Self> {
        let who = |hand: &revisions::Hand| Who { id: hand.id, display_name: hand.name.clone() };
        Some(Self {
            number: stored.number,
            kind: EntryKind::from_name(&stored.kind)?,
            id: stored.entry.clone(),
            state: stored.state,
            author: who(&stored.author),
            reviewer: stored.reviewer.as_ref().map(who),
            reason: stored.reason.clone(),
            note: stored.note.clone(),
            created_at: at(stored.created_ms),
            changed_at: at(stored.changed_ms),
            published_at: stored.published_ms.map(at),
        })
    }
}

/// A revision that is on its way, with what it says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Draft {
    /// The revision.
    #[serde(flatten)]
    pub revision: Revision,
    /// What patients are to have; `null` takes the entry out.
    #[schema(value_type = Option<Object>)]
    pub content: Option<Value>,
}

/// One entry, as patients have it and as it is to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
    /// The file that it stands in; `null` for one that is not published yet.
    pub file: Option<String>,
    /// What patients have; `null` for one that is not published yet.
    #[schema(value_type = Option<Object>)]
    pub published: Option<Value>,
    /// The revision that is on its way.
    pub draft: Option<Draft>,
    /// Whether the file was changed beneath what staff published.
    pub conflict: bool,
    /// What the file holds, where that is not what patients have.
    #[schema(value_type = Option<Object>)]
    pub beneath: Option<Value>,
}

/// How an entry is now; `None` where there is none, and none on its way.
fn entry(
    edition: &Edition,
    connection: &Connection,
    kind: EntryKind,
    id: &str,
) -> rusqlite::Result<Option<Entry>> {
    let found = edition.shelf().get(kind, id);
    let draft = revisions::open(connection, kind.name(), id)?
        .and_then(|stored| Some(Draft { revision: Revision::of(&stored)?, content: parsed(stored.content) }));
    if found.is_none() && draft.is_none() {
        return Ok(None);
    }
    let published = found.map(|entry| entry.content.clone());
    let beneath = edition.beneath(kind, id).filter(|file| published.as_ref() != Some(*file)).cloned();
    Ok(Some(Entry {
        kind,
        id: id.to_owned(),
        file: found.map(|entry| entry.file.clone()),
        published,
        draft,
        conflict: edition.conflicts().iter().any(|(k, i)| *k == kind && i == id),
        beneath,
    }))
}

/// Stored JSON; nothing for nothing.
fn parsed(json: Option<String>) -> Option<Value> {
    json.and_then(|json| serde_json::from_str(&json).ok())
}

/// What an entry's draft makes of it. Whether a pair is withdrawn is decided at once and by no draft, so that an old
/// draft cannot bring an answer back.
fn edit(edition: &Edition, kind: EntryKind, id: &str, content: Option<Value>) -> Edit {
    let mut content = content;
    if let (EntryKind::Pair, Some(Value::Object(members))) = (kind, &mut content) {
        let live = edition.shelf().get(kind, id).and_then(|entry| entry.content.get("withdrawn"));
        match live {
            Some(withdrawn) => drop(members.insert("withdrawn".into(), withdrawn.clone())),
            None => drop(members.remove("withdrawn")),
        }
    }
    Edit { kind, id: id.to_owned(), content }
}

/// What revisions make of their entries, in order.
fn edits<'a>(edition: &Edition, revisions: impl IntoIterator<Item = &'a revisions::Revision>) -> Vec<Edit> {
    revisions
        .into_iter()
        .filter_map(|stored| {
            let kind = EntryKind::from_name(&stored.kind)?;
            Some(edit(edition, kind, &stored.entry, parsed(stored.content.clone())))
        })
        .collect()
}

/// Findings in the words of `mujib check`. Those of `about` in `files` are told of the field that they are about.
fn faults(
    findings: Vec<Finding>,
    files: &crate::knowledge::Files,
    about: Option<(EntryKind, &str)>,
) -> Vec<Fault> {
    findings
        .into_iter()
        .map(|Finding { file, line, what, mend }| {
            let field = about.and_then(|(kind, id)| overlay::field_at(files.text(&file)?, kind, id, line));
            Fault { what, mend, field, file: Some(file), line: (line > 0).then_some(line) }
        })
        .collect()
}

/// Runs what takes long on a thread for that.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        tracing::error!("work on the knowledge broke off");
        Problem::internal()
    })
}

/// The edition that answers, laid out: the writer's thread must not wait for that.
pub(super) async fn edition(app: &App) -> Result<Arc<Edition>, Problem> {
    let edition = app.publisher.edition();
    if !edition.is_laid_out() {
        let edition = Arc::clone(&edition);
        aside(move || edition.lay_out()).await?;
    }
    Ok(edition)
}

/// A reason or a note, trimmed.
fn words(field: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid(field, "Say why in a few words."));
    }
    if text.chars().count() > NOTE_CHARS {
        return Err(Problem::invalid(field, format!("At most {NOTE_CHARS} characters.")));
    }
    Ok(text.to_owned())
}

/// Tells everyone who watches that something of the knowledge changed.
fn tell(app: &App) {
    let data = json!({"version": app.publisher.edition().version()});
    // Nobody may be watching.
    let _unheard = app.console.events.send(Event { name: "knowledge", data });
}

/// Tells everyone who watches of each new version, wherever it comes from, for as long as the server runs.
pub(in crate::server) async fn tell_versions(app: Arc<App>) {
    let mut versions = app.publisher.versions();
    while versions.changed().await.is_ok() {
        tell(&app);
    }
}

/// An entry as the record of changes names it.
fn target(kind: EntryKind, id: &str) -> String {
    format!("{}/{id}", kind.name())
}
