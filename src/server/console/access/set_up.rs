//! The first administrator: made through a link that the server prints once.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use super::session::{Session, admit, begin};
use super::users::account;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::Body;
use crate::server::console::secret::{self, NewPassword};
use crate::server::conversation::now_ms;
use crate::server::{App, Client};
use crate::store::accounts::Role;
use crate::store::{Store, accounts, audit};

/// What failures of the set-up are counted under, besides the address.
const FAILURES: &str = "\u{0}set-up";

/// Whether nobody can sign in yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetUp {
    /// Whether the first administrator has still to be made.
    pub needed: bool,
}

/// The first administrator.
#[derive(Deserialize, ToSchema)]
pub struct FirstUser {
    /// The token of the link.
    token: String,
    /// What they will sign in with.
    login: String,
    /// What others see.
    display_name: String,
    /// Their password.
    password: String,
}

/// Makes a link for the first administrator while there is nobody, and gives back its token: `None` once there is
/// somebody. A link made before is void.
///
/// # Errors
/// If the store cannot be read or written.
pub async fn link(store: &Store) -> Result<Option<String>, Problem> {
    let (token, digest) = secret::token()?;
    let made = move |transaction: &rusqlite::Transaction<'_>| {
        if accounts::any(transaction)? {
            accounts::void_link(transaction)?;
            return Ok::<_, Problem>(false);
        }
        accounts::set_up_link(transaction, &digest, now_ms())?;
        Ok(true)
    };
    Ok(store.transact(made).await?.then_some(token))
}

/// Says whether the first administrator has still to be made.
#[utoipa::path(get, path = "/setup", tag = "access", operation_id = "setup_get", responses((status = 200, description = "Whether", body = SetUp)))]
pub(super) async fn needed(State(app): State<Arc<App>>) -> Result<Json<SetUp>, Problem> {
    let any = app.store.read(|connection| accounts::any(connection).map_err(Problem::from)).await?;
    Ok(Json(SetUp { needed: !any }))
}

/// Makes the first administrator, who is then signed in. The link ends with it.
#[utoipa::path(post, path = "/setup", tag = "access", operation_id = "setup_do", request_body = FirstUser, responses(
    (status = 200, description = "Made and signed in", body = Session),
    (status = 403, description = "`wrong_link`", body = Details),
    (status = 409, description = "`already_set_up`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
    (status = 429, description = "`locked`", body = Details),
))]
pub(super) async fn set_up(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Body(first): Body<FirstUser>,
) -> Result<Response, Problem> {
    admit(&app, FAILURES, &client)?;
    let digest = secret::digest(&first.token);
    // Before anything that costs time: only who has the link may make the server hash passwords.
    app.store.read(move |connection| may_set_up(connection, &digest)).await.inspect_err(|problem| {
        if problem.code() == "wrong_link" {
            app.console.failures.failed(FAILURES, client.address);
        }
    })?;
    let account = account(&first.login, &first.display_name, Role::Administrator, false)?;
    let password = NewPassword::chosen(first.password, &account.login)?;
    let hash = secret::hash(&app.console.hashing, password).await?;
    let made = account.clone();
    app.store
        .transact(move |transaction| {
            may_set_up(transaction, &digest)?;
            accounts::insert(transaction, &made, &hash)?;
            accounts::void_link(transaction)?;
            let detail = json!({"role": made.role, "by": "link"});
            audit::record(transaction, Some(made.id), "user.create", &made.login, &detail)?;
            Ok::<_, Problem>(())
        })
        .await?;
    tracing::info!("the first administrator is made");
    begin(&app, &client, &headers, account, "session.begin").await
}

/// Checks that there is nobody yet and that the link is the one that was printed.
fn may_set_up(connection: &rusqlite::Connection, digest: &[u8; 32]) -> Result<(), Problem> {
    if accounts::any(connection)? {
        let detail = "There is an administrator already. Sign in, or ask them for an account.";
        return Err(Problem::conflict("already_set_up", detail));
    }
    let right = accounts::link(connection)?.is_some_and(|link| link.ct_eq(digest).into());
    if right {
        return Ok(());
    }
    let detail = "This link is not the one that the server printed when it last started.";
    Err(Problem::new(StatusCode::FORBIDDEN, "wrong_link", detail))
}
