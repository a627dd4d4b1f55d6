//! Persons of the staff in conversations: coming, speaking, leaving.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::{Summary, shown};
use super::living;
use super::transcript::summary;
use crate::server::console::presence::leave_when_away;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, Path};
use crate::server::console::staff::Staff;
use crate::server::conversation::{Committed, Conversation, Ended, Staffer, StayError};
use crate::server::{App, wire};
use crate::store::accounts::Role;
use crate::store::{Place, takeover};

/// Characters of what is said at once, at most.
const TEXT_CHARS: usize = 4000;

impl From<StayError> for Problem {
    fn from(error: StayError) -> Self {
        match error {
            StayError::Ended(Ended::Forgotten) => Self::not_found(),
            StayError::Ended(_) => Self::busy(),
            StayError::Taken(here) => {
                Self::conflict("taken", format!("{} is in this conversation.", here.name))
            }
            StayError::NotHere => {
                Self::conflict("not_taken", "Take the conversation first: nobody of the staff is in it.")
            }
        }
    }
}

/// Does `step` in the conversation and waits for its commit; `false` if there was nothing to do. A conversation whose
/// write had failed before is read anew once.
async fn act(
    app: &App,
    id: Uuid,
    step: impl Fn(&Arc<Conversation>, Place<'_>) -> Result<Option<Committed>, StayError>,
) -> Result<bool, Problem> {
    let conversation = living(app, id).await?;
    let done = match step(&conversation, app.store.place()?) {
        Err(StayError::Ended(Ended::Failed)) => {
            drop(conversation);
            step(&living(app, id).await?, app.store.place()?)?
        }
        done => done?,
    };
    let Some(committed) = done else { return Ok(false) };
    // Without a word the writer is gone: the server stops.
    committed.await.map_err(|_| Problem::busy())??;
    Ok(true)
}

async fn now(app: &App, staff: &Staff, id: Uuid) -> Result<Json<Summary>, Problem> {
    let row = app.store.read(move |connection| summary(connection, id)).await?;
    Ok(Json(shown(app, staff.user.id, row)))
}

/// Comes into a conversation: the patient is told, and automatic answers wait until the release. Red flags are still
/// answered at once. Taking what is one's own changes nothing.
#[utoipa::path(post, path = "/conversations/{id}/take", tag = "conversations", operation_id = "conversation_take", params(("id" = Uuid, Path)), responses(
    (status = 200, description = "The conversation now", body = Summary),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`taken`: somebody else is in it", body = Details),
))]
pub(super) async fn take(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Json<Summary>, Problem> {
    staff.require(Role::Editor)?;
    let staffer = Staffer { id: staff.user.id, name: staff.user.display_name.as_str().into() };
    act(&app, id, |conversation, place| conversation.take(place, staffer.clone())).await?;
    now(&app, &staff, id).await
}

/// Leaves a conversation: the patient is told, and automatic answers go on. Reviewers may also end the stay of others.
#[utoipa::path(post, path = "/conversations/{id}/release", tag = "conversations", operation_id = "conversation_release", params(("id" = Uuid, Path)), responses(
    (status = 200, description = "The conversation now", body = Summary),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`taken`: somebody else is in it", body = Details),
))]
pub(super) async fn release(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Json<Summary>, Problem> {
    staff.require(Role::Editor)?;
    let may_end_others = staff.role >= Role::Reviewer;
    let by = staff.user.id;
    act(&app, id, |conversation, place| match conversation.with() {
        Some(here) if here.id != by && !may_end_others => Err(StayError::Taken(here)),
        _ => conversation.release(place, Some(by)),
    })
    .await?;
    now(&app, &staff, id).await
}

/// What to say to a patient.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// The sender's own id of it, 1 to 64 characters. The same id again is said once.
    #[schema(min_length = 1, max_length = 64)]
    id: String,
    /// The words: at most 4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// That something is said.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidNow {
    /// Whether it had been said before.
    pub again: bool,
}

/// Says something to the patient. Only who took the conversation may.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "conversations", operation_id = "conversation_say", params(("id" = Uuid, Path)),
    request_body = Saying, responses(
    (status = 200, description = "It is stored and on its way", body = SaidNow),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`taken`, `not_taken`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn say(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Body(Saying { id: own, text }): Body<Saying>,
) -> Result<Json<SaidNow>, Problem> {
    staff.require(Role::Editor)?;
    if !wire::is_id(&own) {
        return Err(Problem::invalid("id", "1 to 64 characters"));
    }
    if wire::is_blank(&text) || text.chars().count() > TEXT_CHARS {
        return Err(Problem::invalid("text", "1 to 4000 characters, some of them visible"));
    }
    let by = staff.user.id;
    let is_new = act(&app, id, |conversation, place| conversation.say(place, by, &own, &text)).await?;
    Ok(Json(SaidNow { again: !is_new }))
}

/// Shows the patient that the person who took the conversation is typing. To be repeated every few seconds.
#[utoipa::path(post, path = "/conversations/{id}/typing", tag = "conversations", operation_id = "conversation_typing", params(("id" = Uuid, Path)), responses(
    (status = 204, description = "Shown, if the patient is connected"),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`taken`, `not_taken`", body = Details),
))]
pub(super) async fn types(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    staff.require(Role::Editor)?;
    living(&app, id).await?.staff_types(staff.user.id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the stays of `staff`, who is not there any more.
pub(in crate::server::console) async fn leave_all(app: &App, staff: Uuid) {
    let open = app.store.read(|connection| takeover::open_stays(connection).map_err(Problem::from)).await;
    let Ok(open) = open else { return };
    for (id, _) in open.into_iter().filter(|(_, owner)| *owner == staff) {
        let left = act(app, id, |conversation, place| match conversation.with() {
            Some(here) if here.id == staff => conversation.release(place, None),
            _ => Ok(None),
        });
        match left.await {
            Ok(_) => {
                tracing::info!(conversation = %id, "automatic answers go on: the person is not there any more");
            }
            Err(problem) => {
                tracing::warn!(conversation = %id, code = problem.code(), "a stay could not be ended");
            }
        }
    }
}

/// After a start: gives those who were in conversations time to come back.
pub(in crate::server) async fn await_those_who_were_here(app: Arc<App>) {
    let open = app.store.read(|connection| takeover::open_stays(connection).map_err(Problem::from)).await;
    let staff: HashSet<Uuid> = open.unwrap_or_default().into_iter().map(|(_, staff)| staff).collect();
    for staff in staff {
        tokio::spawn(leave_when_away(Arc::clone(&app), staff));
    }
}
