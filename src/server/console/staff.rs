//! Who makes a request: the session behind the cookie, and what its owner may do.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::problem::Problem;
use super::request::at;
use super::secret::digest;
use super::tokens::{Bearer, Scope, bearer};
use crate::server::conversation::now_ms;
use crate::server::{App, Client};
use crate::store::accounts::{self, Account, Role, Session};

/// A session ends after this time without use.
pub(super) const IDLE_MS: i64 = 12 * 3_600_000;

/// A session ends after this time whatever happens.
pub(super) const LONGEST_MS: i64 = 14 * 86_400_000;

/// How exactly it is known when somebody was last here.
const SEEN_MS: i64 = 60_000;

/// The cookie of a session. Over TLS its name begins with `__Host-`, so that no other host can set it.
const COOKIE: &str = "mujib_session";

/// The language of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    En,
    /// Arabic.
    Ar,
    /// Persian.
    Fa,
}

impl Locale {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Ar => "ar",
            Locale::Fa => "fa",
        }
    }

    fn from_name(name: &str) -> Self {
        [Locale::Ar, Locale::Fa].into_iter().find(|locale| locale.name() == name).unwrap_or(Locale::En)
    }
}

/// The colours of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has them.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn from_name(name: &str) -> Self {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == name).unwrap_or(Theme::Auto)
    }
}

/// Somebody of the staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// Its id.
    pub id: Uuid,
    /// What one signs in with.
    pub login: String,
    /// What others see.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// The language of its console.
    pub locale: Locale,
    /// The colours of its console.
    pub theme: Theme,
    /// Whether it may not sign in.
    pub disabled: bool,
    /// Whether the password was given by somebody else: until it is changed, nothing else is possible.
    pub must_change_password: bool,
    /// When it was made (RFC 3339, UTC).
    pub created_at: String,
    /// When it was last here, to the minute.
    pub last_seen_at: Option<String>,
}

impl From<Account> for User {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            login: account.login,
            display_name: account.display_name,
            role: account.role,
            locale: Locale::from_name(&account.locale),
            theme: Theme::from_name(&account.theme),
            disabled: account.disabled,
            must_change_password: account.must_change,
            created_at: at(account.created_ms),
            last_seen_at: account.seen_ms.map(at),
        }
    }
}

/// Who makes a request, when that is known for sure. A handler that takes it answers nobody else: 401 `signed_out`
/// without a session, 403 `password_must_change` to who has to choose a password first.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who.
    pub user: User,
    /// What they may do.
    pub role: Role,
    /// Their session.
    pub session: Uuid,
}

impl Staff {
    /// Lets through who may do at least what `least` may.
    ///
    /// # Errors
    /// 403 `role_too_low`.
    pub fn require(&self, least: Role) -> Result<(), Problem> {
        if self.role >= least {
            return Ok(());
        }
        let role = least.name();
        let detail = format!("This takes the role {role} or a higher one. Ask an administrator.");
        Err(Problem::new(StatusCode::FORBIDDEN, "role_too_low", detail))
    }
}

/// [`Staff`] who may still have to choose a password: for signing out and for choosing it.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
    /// When the session ends if it is not used, in ms since 1970.
    pub expires_ms: i64,
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let secure = parts.extensions.get::<Client>().is_some_and(|client| client.secure);
        let token = cookie(&parts.headers, secure).ok_or_else(signed_out)?;
        let token = digest(token);
        let found =
            app.store.read(move |connection| accounts::session_of(connection, &token).map_err(Problem::from));
        let now = now_ms();
        let (session, account) =
            found.await?.filter(|(session, _)| expires_ms(session) > now).ok_or_else(signed_out)?;
        let (id, owner) = (session.id, account.id);
        if now - session.seen_ms >= SEEN_MS {
            let app = Arc::clone(app);
            // Not waited for: that somebody is here is worth no delay, and a failure is in the log.
            tokio::spawn(async move {
                let seen = move |transaction: &rusqlite::Transaction<'_>| {
                    accounts::seen(transaction, id, owner, now).map_err(Problem::from)
                };
                let _unseen = app.store.transact(seen).await;
            });
        }
        let expires_ms = (now + IDLE_MS).min(session.created_ms + LONGEST_MS);
        let user = User::from(account);
        Ok(Self { staff: Staff { role: user.role, user, session: id }, expires_ms })
    }
}

impl FromRequestParts<Arc<App>> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let SignedIn { staff, .. } = SignedIn::from_request_parts(parts, app).await?;
        if staff.user.must_change_password {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "password_must_change",
                "Choose a password of your own first.",
            ));
        }
        Ok(staff)
    }
}

/// Who may read the knowledge: staff, or a program with a token of the scope `knowledge:read`. 401 `bad_token` for a
/// token that is not good for it.
#[derive(Debug, Clone, Copy)]
pub struct Reader;

impl FromRequestParts<Arc<App>> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        match bearer(app, &parts.headers, Scope::KnowledgeRead).await? {
            Bearer::Good(_) => Ok(Self),
            Bearer::Bad => {
                let detail =
                    "The token is unknown, over, or lacks the scope knowledge:read. Ask an administrator.";
                Err(Problem::new(StatusCode::UNAUTHORIZED, "bad_token", detail))
            }
            Bearer::None => Staff::from_request_parts(parts, app).await.map(|_| Self),
        }
    }
}

/// Whether a session goes on: for streams that outlive the request which began them.
///
/// # Errors
/// If the database cannot be read.
pub async fn is_still_in(app: &App, session: Uuid) -> Result<bool, Problem> {
    let found =
        app.store.read(move |connection| accounts::session_by_id(connection, session).map_err(Problem::from));
    let now = now_ms();
    // A stream that is watched is a use of its session, but not one that keeps it for ever.
    Ok(found.await?.is_some_and(|session| session.created_ms + LONGEST_MS > now))
}

/// Ends sessions that are over. To be called now and then.
pub(in crate::server) async fn end_old(app: &App) {
    let now = now_ms();
    let ended = app.store.transact(move |transaction| {
        accounts::end_old(transaction, now - IDLE_MS, now - LONGEST_MS).map_err(Problem::from)
    });
    // A failure is in the log, and the next hour tries again.
    if let Ok(ended @ 1..) = ended.await {
        tracing::info!(ended, "sessions that were over are ended");
    }
}

/// When `session` ends if it is not used any more, in ms since 1970.
fn expires_ms(session: &Session) -> i64 {
    (session.seen_ms + IDLE_MS).min(session.created_ms + LONGEST_MS)
}

fn signed_out() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "signed_out", "Nobody is signed in here. Sign in again.")
}

const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-mujib_session" } else { COOKIE }
}

/// The value of the session's cookie.
fn cookie(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let name = cookie_name(secure);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value)
}

/// The header that gives a browser its session, or takes it away with `None`.
pub(super) fn set_cookie(token: Option<&str>, secure: bool) -> Option<HeaderValue> {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    let (value, age) = match token {
        Some(token) => (token, LONGEST_MS / 1000),
        None => ("", 0),
    };
    // Letters of a token and numbers: always a header's value.
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}"))
        .ok()
}

/// Begins a session of `account`: what is to be stored, and the cookie's value.
pub(super) fn new_session(
    account: Uuid,
    address: IpAddr,
    headers: &HeaderMap,
) -> Result<(Session, [u8; 32], String), Problem> {
    let (token, digest) = super::secret::token()?;
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let now = now_ms();
    let session = Session {
        id: Uuid::now_v7(),
        account,
        created_ms: now,
        seen_ms: now,
        address: address.to_canonical().to_string(),
        agent: agent.chars().take(200).collect(),
    };
    Ok((session, digest, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        for (line, secure, value) in [
            ("mujib_session=a", false, Some("a")),
            ("x=1; mujib_session=a; y=2", false, Some("a")),
            ("xmujib_session=a", false, None),
            ("mujib_session=a", true, None),
            ("mujib_session=a; __Host-mujib_session=b", true, Some("b")),
            ("__Host-mujib_session=b", false, None),
            ("mujib_session", false, None),
            ("", false, None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, line.parse().expect("a header"));
            assert_eq!(cookie(&headers, secure), value, "{line}");
        }
    }
}
