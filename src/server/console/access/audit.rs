//! The record of what staff changed: for administrators.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::sessions::Who;
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{List, Page, Query, at, span};
use crate::server::console::staff::Staff;
use crate::store::accounts::Role;
use crate::store::audit;

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    /// Its number; later ones are greater.
    pub id: i64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who; `null` for the command line.
    pub actor: Option<Who>,
    /// What was done, as in `user.create`.
    pub action: String,
    /// To what: an id, a login, a name.
    pub target: String,
    /// More about it.
    pub detail: Value,
}

/// Which changes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Those of one account.
    actor: Option<Uuid>,
    /// Those whose action begins so: `user` or `user.create`.
    action: Option<String>,
    /// Not before this day or instant.
    from: Option<String>,
    /// Not after this day, or before this instant.
    to: Option<String>,
}

/// Lists what was changed, latest first.
#[utoipa::path(get, path = "/audit", tag = "access", operation_id = "audit_list", params(Which, Page), responses(
    (status = 200, description = "The changes", body = List<Change>),
    (status = 403, description = "`role_too_low`", body = Details),
))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    staff: Staff,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<List<Change>>, Problem> {
    staff.require(Role::Administrator)?;
    let (from_ms, until_ms) = span(which.from.as_deref(), which.to.as_deref(), &app.time_zone())?;
    let (actor, action) = (which.actor, which.action);
    let filter = audit::Filter { actor, action, from_ms, until_ms, before: page.after()? };
    let limit = page.sql_limit();
    let entries =
        app.store.read(move |connection| audit::list(connection, &filter, limit).map_err(Problem::from));
    let changes = entries.await?.into_iter().map(|entry| Change {
        id: entry.id,
        at: at(entry.at_ms),
        actor: entry.actor.map(|(id, display_name)| Who { id, display_name }),
        action: entry.action,
        target: entry.target,
        detail: serde_json::from_str(&entry.detail).unwrap_or(Value::Null),
    });
    Ok(Json(List::cut(changes.collect(), &page, |change| change.id)))
}
