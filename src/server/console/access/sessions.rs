//! Where people are signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{List, Path, Query, at};
use crate::server::console::staff::{IDLE_MS, Staff};
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::{accounts, audit};

/// One place where somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    /// What it is called by.
    pub id: Uuid,
    /// Who.
    pub user: Who,
    /// When they signed in.
    pub created_at: String,
    /// When they were last here, to the minute.
    pub last_seen_at: String,
    /// The address they signed in from.
    pub address: String,
    /// What their browser calls itself.
    pub agent: String,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// Somebody, in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Who {
    /// The account's id.
    pub id: Uuid,
    /// What others see.
    pub display_name: String,
}

/// Whose sessions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// An account's id: for administrators. Left out: one's own.
    user: Option<Uuid>,
}

/// Lists where somebody is signed in, latest used first.
#[utoipa::path(get, path = "/sessions", tag = "access", operation_id = "sessions_list", params(Whose), responses(
    (status = 200, description = "The sessions", body = List<Place>),
    (status = 403, description = "`role_too_low`", body = Details),
))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    staff: Staff,
    Query(whose): Query<Whose>,
) -> Result<Json<List<Place>>, Problem> {
    let user = whose.user.unwrap_or(staff.user.id);
    if user != staff.user.id {
        staff.require(Role::Administrator)?;
    }
    let since_ms = now_ms() - IDLE_MS;
    let sessions = app
        .store
        .read(move |connection| accounts::sessions(connection, Some(user), since_ms).map_err(Problem::from));
    let places = sessions.await?.into_iter().map(|(session, account)| Place {
        id: session.id,
        user: Who { id: account.id, display_name: account.display_name },
        created_at: at(session.created_ms),
        last_seen_at: at(session.seen_ms),
        address: session.address,
        agent: session.agent,
        current: session.id == staff.session,
    });
    Ok(Json(List::whole(places.collect())))
}

/// Ends one session: one's own, or for administrators anybody's.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "access", operation_id = "sessions_revoke", params(("id" = Uuid, Path)), responses(
    (status = 204, description = "Ended"),
    (status = 404, description = "`not_found`", body = Details),
))]
pub(super) async fn end(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    app.store
        .transact(move |transaction| {
            let owner = accounts::end(transaction, id)?.ok_or_else(Problem::not_found)?;
            // The error takes the end back. It does not say whether there is such a session.
            if owner != staff.user.id && staff.role < Role::Administrator {
                return Err(Problem::not_found());
            }
            let target = owner.to_string();
            audit::record(
                transaction,
                Some(staff.user.id),
                "session.revoke",
                &target,
                &json!({"sessions": 1}),
            )?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// Ends all one's sessions but the one that asks.
#[utoipa::path(delete, path = "/sessions", tag = "access", operation_id = "sessions_revoke_others", responses((status = 204, description = "Ended")))]
pub(super) async fn end_others(State(app): State<Arc<App>>, staff: Staff) -> Result<StatusCode, Problem> {
    app.store
        .transact(move |transaction| {
            let user = staff.user.id;
            let ended = accounts::end_others(transaction, user, Some(staff.session))?;
            let detail = json!({"sessions": ended});
            audit::record(transaction, Some(user), "session.revoke", &user.to_string(), &detail)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
