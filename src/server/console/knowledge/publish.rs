//! Publishing: a candidate answers from now on, and after a restart too.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::candidates::Built;
use super::{Revision, edit, parsed, words};
use crate::knowledge::{EntryKind, fingerprint};
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, Path};
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::server::edition::Edition;
use crate::store::accounts::Role;
use crate::store::audit;
use crate::store::revisions::{self, State as Stands};

/// Why it is published.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Reason {
    /// In a few words, for the record of changes.
    pub(super) reason: String,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct Published {
    /// The version that answers from now on.
    pub version: String,
    /// What patients got.
    pub revisions: Vec<Revision>,
}

/// Lets a candidate answer. Refused while a question of safety fails, and if anything changed since it was built.
#[utoipa::path(post, path = "/knowledge/candidates/{id}/publish", tag = "knowledge", operation_id = "knowledge_publish",
    params(("id" = Uuid, Path)), request_body = Reason,
    responses(
        (status = 200, description = "Published", body = Published),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: build it again", body = Details),
        (status = 409, description = "`red_flag_fails`, `no_safety_questions`, `has_problems`, `not_approved`, \
                                     `nothing_to_publish`, `stale_candidate`", body = Details),
        (status = 422, description = "`invalid`", body = Details),
    ))]
pub(super) async fn publish(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Body(why): Body<Reason>,
) -> Result<Json<Published>, Problem> {
    staff.require(Role::Reviewer)?;
    let reason = words("reason", &why.reason)?;
    let built = app.console.workshop.find(id).ok_or_else(Problem::not_found)?;
    if let Some(why) = built.shown.why_not.first() {
        return Err(Problem::conflict(why.code, why.detail.clone()).faults(built.shown.problems.clone()));
    }
    let edition = built.edition.clone().ok_or_else(stale)?;
    // Once committed it has to be swapped in, whether or not the client still waits.
    let publishing = tokio::spawn(async move { commit(&app, &staff, &built, edition, reason).await });
    publishing.await.map_err(|_| Problem::internal())?.map(Json)
}

fn stale() -> Problem {
    let detail = "The knowledge or one of the revisions changed since this was built. Build it again.";
    Problem::conflict("stale_candidate", detail)
}

async fn commit(
    app: &Arc<App>,
    staff: &Staff,
    built: &Arc<Built>,
    edition: Arc<Edition>,
    reason: String,
) -> Result<Published, Problem> {
    let turn = app.publisher.turn().await;
    // Taken only now, so that nothing can come between: each edition builds on the one before.
    let live = super::edition(app).await?;
    if live.version() != built.over {
        return Err(stale());
    }
    let version = edition.version().to_owned();
    let revisions = {
        let (built, who, version) = (Arc::clone(built), staff.user.id, version.clone());
        app.store
            .transact(move |transaction| {
                let now_ms = now_ms();
                let mut published = Vec::new();
                for read in &built.revisions {
                    let now = revisions::by_number(transaction, read.number)?.ok_or_else(stale)?;
                    if now.state != Stands::Approved || now.content != read.content {
                        return Err(stale());
                    }
                    let kind = EntryKind::from_name(&now.kind).ok_or_else(Problem::internal)?;
                    let beneath = fingerprint(live.beneath(kind, &now.entry));
                    // As it was built: a pair that was withdrawn since the draft was written stays so.
                    let content = edit(&live, kind, &now.entry, parsed(now.content)).content;
                    let content = content.map(|content| content.to_string());
                    revisions::publish(transaction, now.number, content.as_deref(), &beneath, now_ms)?;
                    let now = revisions::by_number(transaction, read.number)?;
                    published.extend(now.as_ref().and_then(Revision::of));
                }
                let numbers: Vec<i64> = published.iter().map(|revision| revision.number).collect();
                let detail = json!({"revisions": numbers, "reason": reason});
                audit::record(transaction, Some(who), "knowledge.publish", &version, &detail)?;
                Ok::<_, Problem>(published)
            })
            .await?
    };
    turn.swap(edition);
    drop(turn);
    app.console.workshop.forget();
    tracing::info!(
        knowledge = version,
        revisions = revisions.len(),
        "published: new knowledge answers from now on"
    );
    Ok(Published { version, revisions })
}
