//! Review: a draft is read by somebody else before it can be published.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::check::problems_of;
use super::{Entry, aside, edit, edits, entry, parsed, target, tell, words};
use crate::knowledge::EntryKind;
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, Path, Tagged};
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::audit;
use crate::store::revisions::{self, Revision, State as Stands};

/// Why a draft is given back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GivenBack {
    /// What has to be done about it.
    reason: String,
}

/// Asks for a draft to be read. It has to be without problems and to say why it is made.
#[utoipa::path(post, path = "/knowledge/entries/{kind}/{id}/draft/submit", tag = "knowledge", operation_id = "knowledge_submit",
    params(("kind" = EntryKind, Path), ("id" = String, Path)),
    responses(
        (status = 200, description = "The entry, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: there is no draft", body = Details),
        (status = 409, description = "`not_a_draft`, `changed_meanwhile`", body = Details),
        (status = 422, description = "`has_problems`, in the words of `mujib check`; `invalid`", body = Details),
    ))]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Editor)?;
    let draft = sound(&app, kind, &id).await?;
    if draft.reason.is_empty() {
        return Err(Problem::invalid("reason", "Say why in a few words."));
    }
    step(&app, &staff, kind, id, Step { read: draft, to: Stands::InReview, note: None }).await
}

/// Gives a draft back to who wrote it.
#[utoipa::path(post, path = "/knowledge/entries/{kind}/{id}/draft/return", tag = "knowledge", operation_id = "knowledge_return",
    params(("kind" = EntryKind, Path), ("id" = String, Path)), request_body = GivenBack,
    responses(
        (status = 200, description = "The entry, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: there is no draft", body = Details),
        (status = 409, description = "`not_in_review`, `changed_meanwhile`", body = Details),
        (status = 422, description = "`invalid`", body = Details),
    ))]
pub(super) async fn give_back(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
    Body(back): Body<GivenBack>,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Reviewer)?;
    let note = words("reason", &back.reason)?;
    let read = open(&app, kind, &id).await?;
    step(&app, &staff, kind, id, Step { read, to: Stands::Returned, note: Some(note) }).await
}

/// Finds a draft good. Nobody approves what they wrote in.
#[utoipa::path(post, path = "/knowledge/entries/{kind}/{id}/draft/approve", tag = "knowledge", operation_id = "knowledge_approve",
    params(("kind" = EntryKind, Path), ("id" = String, Path)),
    responses(
        (status = 200, description = "The entry, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: there is no draft", body = Details),
        (status = 409, description = "`own_draft`, `not_in_review`, `changed_meanwhile`", body = Details),
        (status = 422, description = "`has_problems`, in the words of `mujib check`", body = Details),
    ))]
pub(super) async fn approve(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Reviewer)?;
    let read = sound(&app, kind, &id).await?;
    step(&app, &staff, kind, id, Step { read, to: Stands::Approved, note: None }).await
}

/// One step of a revision: what was read, where it goes, and the words that go with it.
struct Step {
    read: Revision,
    to: Stands,
    note: Option<String>,
}

async fn step(
    app: &App,
    staff: &Staff,
    kind: EntryKind,
    id: String,
    step: Step,
) -> Result<Tagged<Entry>, Problem> {
    let edition = super::edition(app).await?;
    let who = staff.user.id;
    let Step { read, to, note } = step;
    let stepped = app
        .store
        .transact(move |transaction| {
            let now = revisions::open(transaction, kind.name(), &id)?.ok_or_else(Problem::not_found)?;
            let (fits, code, detail) = match to {
                Stands::InReview => (
                    matches!(now.state, Stands::Draft | Stands::Returned),
                    "not_a_draft",
                    "It was submitted already.",
                ),
                Stands::Returned => (
                    matches!(now.state, Stands::InReview | Stands::Approved),
                    "not_in_review",
                    "It does not wait to be read.",
                ),
                _ => (now.state == Stands::InReview, "not_in_review", "It does not wait to be read."),
            };
            if !fits {
                return Err(Problem::conflict(code, detail));
            }
            if now.content != read.content || now.number != read.number {
                return Err(Problem::conflict(
                    "changed_meanwhile",
                    "Somebody changed it meanwhile. Read it again.",
                ));
            }
            if to == Stands::Approved && revisions::has_written(transaction, now.number, who)? {
                let detail = "Whoever wrote in a draft may not approve it. Ask somebody else to read it.";
                return Err(Problem::conflict("own_draft", detail));
            }
            let reviewer = (to != Stands::InReview).then_some(who);
            revisions::set_state(transaction, now.number, to, reviewer, note.as_deref(), now_ms())?;
            let action = match to {
                Stands::InReview => "knowledge.submit",
                Stands::Returned => "knowledge.return",
                _ => "knowledge.approve",
            };
            audit::record(
                transaction,
                Some(who),
                action,
                &target(kind, &id),
                &json!({"revision": now.number}),
            )?;
            entry(&edition, transaction, kind, &id)?.ok_or_else(Problem::not_found)
        })
        .await?;
    tell(app);
    Ok(Tagged(stepped))
}

/// The open revision of an entry.
async fn open(app: &App, kind: EntryKind, id: &str) -> Result<Revision, Problem> {
    let id = id.to_owned();
    let read = app
        .store
        .read(move |connection| revisions::open(connection, kind.name(), &id).map_err(Problem::from));
    read.await?.ok_or_else(Problem::not_found)
}

/// The open revision of an entry, if it is without problems.
async fn sound(app: &Arc<App>, kind: EntryKind, id: &str) -> Result<Revision, Problem> {
    let draft = open(app, kind, id).await?;
    let edition = super::edition(app).await?;
    let others = app.store.read(|connection| revisions::all_open(connection).map_err(Problem::from)).await?;
    let problems = {
        let (draft, id) = (draft.clone(), id.to_owned());
        aside(move || {
            let own = edit(&edition, kind, &id, parsed(draft.content));
            let others = edits(&edition, others.iter().filter(|other| other.number != draft.number));
            problems_of(&edition, &own, &others)
        })
        .await?
    };
    if problems.is_empty() {
        return Ok(draft);
    }
    let detail = "The draft has problems; mend them first.";
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "has_problems", detail).faults(problems))
}
