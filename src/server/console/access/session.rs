//! Signing in and out.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, at};
use crate::server::console::secret;
use crate::server::console::staff::{IDLE_MS, SignedIn, User, new_session, set_cookie};
use crate::server::conversation::now_ms;
use crate::server::{App, Client};
use crate::store::{accounts, audit};

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// Who.
    pub user: User,
    /// When the session ends if it is not used (RFC 3339, UTC).
    pub expires_at: String,
}

/// What one signs in with.
#[derive(Deserialize, ToSchema)]
pub struct SignIn {
    /// The login; capitals do not matter.
    login: String,
    /// The password.
    password: String,
}

/// Says who is signed in.
#[utoipa::path(get, path = "/session", tag = "access", operation_id = "session_get", responses(
    (status = 200, description = "Who", body = Session),
    (status = 401, description = "`signed_out`", body = Details),
))]
pub(super) async fn current(signed_in: SignedIn) -> Json<Session> {
    Json(Session { user: signed_in.staff.user, expires_at: at(signed_in.expires_ms) })
}

/// Signs in: sets the session's cookie.
#[utoipa::path(post, path = "/session", tag = "access", operation_id = "session_begin", request_body = SignIn, responses(
    (status = 200, description = "Who", body = Session),
    (status = 401, description = "`wrong_credentials`", body = Details),
    (status = 429, description = "`locked`: after failures there is a time to wait", body = Details),
))]
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Body(SignIn { login, password }): Body<SignIn>,
) -> Result<Response, Problem> {
    let login = super::names::as_login(&login);
    admit(&app, &login, &client)?;
    let wanted = login.clone();
    let found =
        app.store.read(move |connection| accounts::by_login(connection, &wanted).map_err(Problem::from));
    let (account, hash) = found.await?.filter(|(account, _)| !account.disabled).unzip();
    // Takes as long when there is no such login, so that nobody learns which there are.
    let right = secret::verify(&app.console.hashing, password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        app.console.failures.failed(&login, client.address);
        tracing::warn!(client = crate::server::limits::network(client.address), "a sign-in failed");
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "wrong_credentials",
            "Login and password do not belong together.",
        ));
    };
    app.console.failures.succeeded(&login);
    let user = begin(&app, &client, &headers, account, "session.begin").await?;
    Ok(user)
}

/// Refuses who has to wait after failures.
pub(super) fn admit(app: &App, login: &str, client: &Client) -> Result<(), Problem> {
    let Some(wait) = app.console.failures.wait(login, client.address) else { return Ok(()) };
    let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
    let detail = "There were too many failures. Wait a little, then try again.";
    Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "locked", detail).retry_after(ms))
}

/// Begins a session of `account` and answers with it and its cookie.
pub(super) async fn begin(
    app: &App,
    client: &Client,
    headers: &HeaderMap,
    mut account: accounts::Account,
    action: &'static str,
) -> Result<Response, Problem> {
    let id = account.id;
    let (session, digest, token) = new_session(id, client.address, headers)?;
    let login = account.login.clone();
    app.store
        .transact(move |transaction| {
            accounts::begin(transaction, &digest, &session)?;
            accounts::seen(transaction, session.id, id, session.seen_ms)?;
            audit::record(transaction, Some(id), action, &login, &json!({}))?;
            Ok::<_, Problem>(())
        })
        .await?;
    let now = now_ms();
    account.seen_ms = Some(now);
    let body = Session { user: account.into(), expires_at: at(now + IDLE_MS) };
    let cookie = set_cookie(Some(&token), client.secure).ok_or_else(Problem::internal)?;
    Ok(([(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

/// Signs out: ends the session and takes its cookie away.
#[utoipa::path(delete, path = "/session", tag = "access", operation_id = "session_end", responses(
    (status = 204, description = "Nobody is signed in here any more"),
))]
pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    signed_in: Result<SignedIn, Problem>,
) -> Result<Response, Problem> {
    // A session that ended already is no reason to keep the cookie.
    if let Ok(SignedIn { staff, .. }) = signed_in {
        let (session, account, login) = (staff.session, staff.user.id, staff.user.login);
        app.store
            .transact(move |transaction| {
                accounts::end(transaction, session)?;
                audit::record(transaction, Some(account), "session.end", &login, &json!({}))?;
                Ok::<_, Problem>(())
            })
            .await?;
    }
    let cookie = set_cookie(None, client.secure).ok_or_else(Problem::internal)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
