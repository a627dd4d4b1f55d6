//! Taking an answer back at once, and giving it again.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;

use super::publish::Reason;
use super::{Entry, aside, entry, faults, target, words};
use crate::dialogue::OpenError;
use crate::knowledge::{Edit, EntryKind, fingerprint};
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, Path, Tagged};
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::server::edition::Edition;
use crate::store::accounts::Role;
use crate::store::{audit, revisions};

/// Takes a pair's answer back at once. Who asks for it is told that there is no answer.
#[utoipa::path(post, path = "/knowledge/pairs/{id}/withdraw", tag = "knowledge", operation_id = "knowledge_withdraw",
    params(("id" = String, Path)), request_body = Reason,
    responses(
        (status = 200, description = "The pair, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: patients have no such pair", body = Details),
        (status = 409, description = "`withdrawn_already`", body = Details),
        (status = 422, description = "`invalid`, `has_problems`", body = Details),
    ))]
pub(super) async fn withdraw(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<String>,
    Body(why): Body<Reason>,
) -> Result<Tagged<Entry>, Problem> {
    switch(app, staff, id, why, true).await
}

/// Gives a withdrawn pair's answer again, at once.
#[utoipa::path(post, path = "/knowledge/pairs/{id}/restore", tag = "knowledge", operation_id = "knowledge_restore",
    params(("id" = String, Path)), request_body = Reason,
    responses(
        (status = 200, description = "The pair, and its ETag", body = Entry),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: there is no such pair", body = Details),
        (status = 409, description = "`not_withdrawn`", body = Details),
        (status = 422, description = "`invalid`, `has_problems`", body = Details),
    ))]
pub(super) async fn restore(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<String>,
    Body(why): Body<Reason>,
) -> Result<Tagged<Entry>, Problem> {
    switch(app, staff, id, why, false).await
}

async fn switch(
    app: Arc<App>,
    staff: Staff,
    id: String,
    why: Reason,
    withdrawn: bool,
) -> Result<Tagged<Entry>, Problem> {
    staff.require(Role::Reviewer)?;
    let reason = words("reason", &why.reason)?;
    // Once committed it has to be swapped in, whether or not the client still waits.
    let switching = tokio::spawn(async move { commit(&app, &staff, id, reason, withdrawn).await });
    switching.await.map_err(|_| Problem::internal())?.map(Tagged)
}

async fn commit(
    app: &Arc<App>,
    staff: &Staff,
    id: String,
    reason: String,
    withdrawn: bool,
) -> Result<Entry, Problem> {
    let turn = app.publisher.turn().await;
    let live = super::edition(app).await?;
    let kind = EntryKind::Pair;
    let now = live.shelf().get(kind, &id).ok_or_else(Problem::not_found)?;
    if (now.content["withdrawn"] == true) == withdrawn {
        return Err(if withdrawn {
            Problem::conflict("withdrawn_already", "Patients do not have this answer any more.")
        } else {
            Problem::conflict("not_withdrawn", "Patients have this answer.")
        });
    }
    let before = now.content.clone();
    let mut content = before.clone();
    if let Some(members) = content.as_object_mut() {
        members.remove("withdrawn");
        if withdrawn {
            members.insert("withdrawn".into(), json!(true));
        }
    }
    let edit = Edit { kind, id: id.clone(), content: Some(content.clone()) };
    let edition = built(app, &live, edit).await?;
    let draft = revisions::Draft {
        kind: kind.name(),
        entry: id.clone(),
        before: Some(before.to_string()),
        content: Some(content.to_string()),
        beneath: fingerprint(live.beneath(kind, &id)),
        author: staff.user.id,
        reason,
        now_ms: now_ms(),
    };
    let (who, next) = (staff.user.id, Arc::clone(&edition));
    let entry = app
        .store
        .transact(move |transaction| {
            let number = revisions::write_published(transaction, &draft)?;
            let action = if withdrawn { "knowledge.withdraw" } else { "knowledge.restore" };
            audit::record(transaction, Some(who), action, &target(kind, &id), &json!({"revision": number}))?;
            entry(&next, transaction, kind, &id)?.ok_or_else(Problem::internal)
        })
        .await?;
    turn.swap(edition);
    drop(turn);
    app.console.workshop.forget();
    Ok(entry)
}

/// The edition with one pair switched. Nothing is trained for it, so it is there at once.
async fn built(app: &App, live: &Arc<Edition>, edit: Edit) -> Result<Arc<Edition>, Problem> {
    let (live, index, settings) =
        (Arc::clone(live), app.publisher.places().index.clone(), app.publisher.settings());
    aside(move || {
        let edition = live.with(&[edit], &index, &settings).map_err(|error| match error {
            OpenError::Knowledge(findings) => {
                let detail = "The knowledge would have problems.";
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "has_problems", detail).faults(faults(
                    findings,
                    live.files(),
                    None,
                ))
            }
            OpenError::Index(error) => {
                tracing::error!(%error, "the knowledge without a pair cannot be built");
                Problem::internal()
            }
        })?;
        edition.lay_out();
        Ok(Arc::new(edition))
    })
    .await?
}
