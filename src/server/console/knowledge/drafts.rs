//! Drafts: writing what an entry is to say, giving it up, going back to what it once said.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Entry, NOTE_CHARS, aside, edit, entry, faults, target, tell, words};
use crate::knowledge::{EntryKind, fingerprint};
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, IfMatch, Path, Tagged};
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::server::edition::Edition;
use crate::store::accounts::Role;
use crate::store::audit;
use crate::store::revisions::{self, State as Stands};

/// What an entry is to say.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDraft {
    /// Its members, as `published` shows them; `null` takes it out.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<Object>)]
    content: Option<Value>,
    /// Why it is changed. May be left out until the draft is submitted.
    #[serde(default)]
    reason: Option<String>,
}

/// Which revision to go back to.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RollBack {
    /// The revision whose content the draft gets; 0 for what the file holds.
    revision: i64,
    /// Why.
    reason: String,
}

/// Writes the draft of an entry, and begins it if there is none. What was in review or approved is a draft again.
/// For an entry that there is not yet, `If-Match` is `*`.
#[utoipa::path(put, path = "/knowledge/entries/{kind}/{id}/draft", tag = "knowledge", operation_id = "knowledge_draft_put",
    params(("kind" = EntryKind, Path), ("id" = String, Path), ("If-Match" = String, Header)), request_body = NewDraft,
    responses(
        (status = 200, description = "The entry with the draft, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 412, description = "`changed_meanwhile`, with the entry in `current`", body = Details),
        (status = 422, description = "`unwritable`: it can be put into no file; `invalid`", body = Details),
        (status = 428, description = "`precondition_required`", body = Details),
    ))]
pub(super) async fn put(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
    if_match: IfMatch,
    Body(new): Body<NewDraft>,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Editor)?;
    let edition = super::edition(&app).await?;
    let reason = new.reason.map(|reason| reason.trim().to_owned());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > NOTE_CHARS) {
        return Err(Problem::invalid("reason", format!("At most {NOTE_CHARS} characters.")));
    }
    writable(&edition, kind, &id, new.content.clone()).await?;
    let written = app
        .store
        .transact(move |transaction| {
            let now = entry(&edition, transaction, kind, &id)?;
            match &now {
                None if if_match.is_any() => {}
                now => if_match.check(now)?,
            }
            let old_reason = now.and_then(|entry| entry.draft).map(|draft| draft.revision.reason);
            let reason = reason.or(old_reason).unwrap_or_default();
            let draft = draft(&edition, kind, &id, new.content, staff.user.id, reason);
            let number = revisions::write(transaction, &draft)?;
            let detail = json!({"revision": number});
            audit::record(transaction, Some(staff.user.id), "knowledge.draft", &target(kind, &id), &detail)?;
            entry(&edition, transaction, kind, &id)?.ok_or_else(Problem::internal)
        })
        .await?;
    tell(&app);
    Ok(Tagged(written))
}

/// Refuses what can be put into no file.
async fn writable(
    edition: &Arc<Edition>,
    kind: EntryKind,
    id: &str,
    content: Option<Value>,
) -> Result<(), Problem> {
    let (edition, id) = (Arc::clone(edition), id.to_owned());
    aside(move || {
        let edit = edit(&edition, kind, &id, content);
        edition.merged_with(&[edit]).map(drop).map_err(|findings| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unwritable",
                "This cannot be written into the knowledge's files.",
            )
            .faults(faults(findings, edition.files(), None))
        })
    })
    .await?
}

/// What is stored of a draft over `edition`.
pub(super) fn draft(
    edition: &Edition,
    kind: EntryKind,
    id: &str,
    content: Option<Value>,
    author: uuid::Uuid,
    reason: String,
) -> revisions::Draft {
    let content = edit(edition, kind, id, content).content;
    revisions::Draft {
        kind: kind.name(),
        entry: id.to_owned(),
        before: edition.shelf().get(kind, id).map(|entry| entry.content.to_string()),
        content: content.map(|content| content.to_string()),
        beneath: fingerprint(edition.beneath(kind, id)),
        author,
        reason,
        now_ms: now_ms(),
    }
}

/// Gives up the draft of an entry.
#[utoipa::path(delete, path = "/knowledge/entries/{kind}/{id}/draft", tag = "knowledge", operation_id = "knowledge_draft_delete",
    params(("kind" = EntryKind, Path), ("id" = String, Path), ("If-Match" = String, Header)),
    responses(
        (status = 204, description = "Given up"),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: there is no draft", body = Details),
        (status = 412, description = "`changed_meanwhile`, with the entry in `current`", body = Details),
        (status = 428, description = "`precondition_required`", body = Details),
    ))]
pub(super) async fn discard(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
    if_match: IfMatch,
) -> Result<StatusCode, Problem> {
    staff.require(Role::Editor)?;
    let edition = super::edition(&app).await?;
    app.store
        .transact(move |transaction| {
            let now = entry(&edition, transaction, kind, &id)?.ok_or_else(Problem::not_found)?;
            let number =
                now.draft.as_ref().map(|draft| draft.revision.number).ok_or_else(Problem::not_found)?;
            if_match.check(&now)?;
            revisions::set_state(transaction, number, Stands::Discarded, None, None, now_ms())?;
            let detail = json!({"revision": number});
            audit::record(
                transaction,
                Some(staff.user.id),
                "knowledge.discard",
                &target(kind, &id),
                &detail,
            )?;
            Ok::<_, Problem>(())
        })
        .await?;
    tell(&app);
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a draft with what a revision once said. It goes the way of every draft.
#[utoipa::path(post, path = "/knowledge/entries/{kind}/{id}/rollback", tag = "knowledge", operation_id = "knowledge_rollback",
    params(("kind" = EntryKind, Path), ("id" = String, Path)), request_body = RollBack,
    responses(
        (status = 200, description = "The entry with the draft, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: no such revision of this entry", body = Details),
        (status = 409, description = "`draft_exists`: another change is on its way", body = Details),
        (status = 422, description = "`invalid`", body = Details),
    ))]
pub(super) async fn roll_back(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path((kind, id)): Path<(EntryKind, String)>,
    Body(back): Body<RollBack>,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Editor)?;
    let reason = words("reason", &back.reason)?;
    let edition = super::edition(&app).await?;
    let written = app
        .store
        .transact(move |transaction| {
            if revisions::open(transaction, kind.name(), &id)?.is_some() {
                let detail = "Another change of this entry is on its way. Publish it or give it up first.";
                return Err(Problem::conflict("draft_exists", detail));
            }
            let content = match back.revision {
                0 => edition.beneath(kind, &id).cloned(),
                number => {
                    let old = revisions::by_number(transaction, number)?
                        .filter(|old| old.kind == kind.name() && old.entry == id)
                        .ok_or_else(Problem::not_found)?;
                    super::parsed(old.content)
                }
            };
            let draft = draft(&edition, kind, &id, content, staff.user.id, reason);
            let number = revisions::write(transaction, &draft)?;
            let detail = json!({"revision": number, "to": back.revision});
            audit::record(
                transaction,
                Some(staff.user.id),
                "knowledge.rollback",
                &target(kind, &id),
                &detail,
            )?;
            entry(&edition, transaction, kind, &id)?.ok_or_else(Problem::not_found)
        })
        .await?;
    tell(&app);
    Ok(Tagged(written))
}
