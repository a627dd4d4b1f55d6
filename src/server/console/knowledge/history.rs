//! What became of every entry: its revisions, with what each changed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Revision, parsed};
use crate::knowledge::EntryKind;
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{List, Page, Path, Query};
use crate::server::console::staff::Staff;
use crate::store::revisions::{self, State as Stands};

/// Which revisions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Those of one kind of entry.
    kind: Option<EntryKind>,
    /// Those of the entry of this id.
    id: Option<String>,
    /// Those that one account began.
    author: Option<Uuid>,
    /// Those that stand so.
    state: Option<Stands>,
}

/// A revision with what it changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionChange {
    /// The revision.
    pub revision: Revision,
    /// What patients had when it was begun; `null`: nothing.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// What it gives them; `null`: nothing.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
}

/// Lists revisions, latest first.
#[utoipa::path(get, path = "/knowledge/history", tag = "knowledge", operation_id = "knowledge_history", params(Which, Page),
    responses((status = 200, description = "The revisions", body = List<Revision>)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<List<Revision>>, Problem> {
    let filter = revisions::Filter {
        kind: which.kind.map(|kind| kind.name().to_owned()),
        entry: which.id,
        author: which.author,
        state: which.state,
        before: page.after()?,
    };
    let limit = page.sql_limit();
    let found = app
        .store
        .read(move |connection| revisions::list(connection, &filter, limit).map_err(Problem::from))
        .await?;
    let items = found.iter().filter_map(Revision::of).collect();
    Ok(Json(List::cut(items, &page, |revision: &Revision| revision.number)))
}

/// A revision with what it changes.
#[utoipa::path(get, path = "/knowledge/revisions/{number}", tag = "knowledge", operation_id = "knowledge_revision",
    params(("number" = i64, Path)),
    responses(
        (status = 200, description = "The revision", body = RevisionChange),
        (status = 404, description = "`not_found`", body = Details),
    ))]
pub(super) async fn look(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(number): Path<i64>,
) -> Result<Json<RevisionChange>, Problem> {
    let found =
        app.store.read(move |connection| revisions::by_number(connection, number).map_err(Problem::from));
    let stored = found.await?.ok_or_else(Problem::not_found)?;
    let revision = Revision::of(&stored).ok_or_else(Problem::not_found)?;
    Ok(Json(RevisionChange { revision, before: parsed(stored.before), after: parsed(stored.content) }))
}
