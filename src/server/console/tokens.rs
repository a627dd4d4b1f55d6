//! Tokens for integrations: made and revoked by administrators, shown once, known here by their hash.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::access::{Who, check_name};
use super::problem::{Details, Problem};
use super::request::{Body, List, Path, at};
use super::secret;
use super::staff::Staff;
use crate::server::App;
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::{ReadError, WriteError, audit, tokens as store};

/// What every token begins with, so that one that leaked is known for what it is.
const PREFIX: &str = "mujib_";

/// How exactly it is known when a token was last used.
const USED_MS: i64 = 60_000;

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Scope {
    /// Holds conversations for many patients over `/v1/chat` and `/v1/ask`, without being a web page.
    #[serde(rename = "chat")]
    Chat,
    /// Reads topics, pairs, entries and sources under `/api/v1/knowledge`, as staff do, and changes nothing.
    #[serde(rename = "knowledge:read")]
    KnowledgeRead,
}

impl Scope {
    const ALL: [Scope; 2] = [Scope::Chat, Scope::KnowledgeRead];

    const fn name(self) -> &'static str {
        match self {
            Scope::Chat => "chat",
            Scope::KnowledgeRead => "knowledge:read",
        }
    }
}

/// A token, without what it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Token {
    /// What it is called by.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub created_by: Who,
    /// When (RFC 3339, UTC).
    pub created_at: String,
    /// When it ends; `null`: when it is revoked.
    pub expires_at: Option<String>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<String>,
}

impl From<store::Token> for Token {
    fn from(token: store::Token) -> Self {
        let has = |scope: &Scope| token.scopes.split(' ').any(|name| name == scope.name());
        Self {
            id: token.id,
            scopes: Scope::ALL.into_iter().filter(has).collect(),
            name: token.name,
            created_by: Who { id: token.created_by.0, display_name: token.created_by.1 },
            created_at: at(token.created_ms),
            expires_at: token.expires_ms.map(at),
            last_used_at: token.used_ms.map(at),
        }
    }
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewToken {
    /// What people call it.
    name: String,
    /// What it is good for; at least one.
    scopes: Vec<Scope>,
    /// When it ends (RFC 3339); left out: when it is revoked.
    #[serde(default)]
    expires_at: Option<String>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    /// What the program sends as `Authorization: Bearer`. Shown only here.
    pub token: String,
    /// The rest about it.
    #[serde(flatten)]
    pub about: Token,
}

/// Lists the tokens, the newest first.
#[utoipa::path(get, path = "/tokens", tag = "settings", operation_id = "tokens_list", responses(
    (status = 200, description = "The tokens", body = List<Token>),
    (status = 403, description = "`role_too_low`", body = Details),
))]
pub(super) async fn list(State(app): State<Arc<App>>, staff: Staff) -> Result<Json<List<Token>>, Problem> {
    staff.require(Role::Administrator)?;
    let all = app.store.read(|connection| store::list(connection).map_err(Problem::from)).await?;
    Ok(Json(List::whole(all.into_iter().map(Token::from).collect())))
}

/// Makes a token and shows it, this once.
#[utoipa::path(post, path = "/tokens", tag = "settings", operation_id = "tokens_create", request_body = NewToken, responses(
    (status = 201, description = "Made", body = MadeToken),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn create(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(new): Body<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    staff.require(Role::Administrator)?;
    let name = check_name(&new.name).map_err(|error| Problem::invalid("name", error.to_string()))?;
    if new.scopes.is_empty() {
        return Err(Problem::invalid("scopes", "at least one"));
    }
    let now = now_ms();
    let expires = new.expires_at.as_deref().map(str::parse::<Timestamp>).transpose();
    let expires_ms = expires.ok().flatten().map(Timestamp::as_millisecond);
    if new.expires_at.is_some() && expires_ms.is_none_or(|expires| expires <= now) {
        return Err(Problem::invalid("expires_at", "a later time than now, in RFC 3339"));
    }
    let given = Scope::ALL.into_iter().filter(|scope| new.scopes.contains(scope));
    let made = store::Token {
        id: Uuid::now_v7(),
        name,
        scopes: given.map(Scope::name).collect::<Vec<_>>().join(" "),
        created_by: (staff.user.id, staff.user.display_name),
        created_ms: now,
        expires_ms,
        used_ms: None,
    };
    let (secret, _) = secret::token()?;
    let token = format!("{PREFIX}{secret}");
    let digest = secret::digest(&token);
    let about = Token::from(made.clone());
    app.store
        .transact(move |transaction| {
            store::insert(transaction, &made, &digest)?;
            let detail = json!({"id": made.id, "scopes": made.scopes});
            audit::record(transaction, Some(staff.user.id), "token.create", &made.name, &detail)?;
            Ok::<_, Problem>(())
        })
        .await?;
    Ok((StatusCode::CREATED, Json(MadeToken { token, about })))
}

/// Revokes a token: no new connection is let in with it.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "settings", operation_id = "tokens_revoke", params(("id" = Uuid, Path)), responses(
    (status = 204, description = "Revoked"),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`", body = Details),
))]
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    staff.require(Role::Administrator)?;
    app.store
        .transact(move |transaction| {
            let name = store::delete(transaction, id)?.ok_or_else(Problem::not_found)?;
            let detail = json!({"id": id});
            audit::record(transaction, Some(staff.user.id), "token.revoke", &name, &detail)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// Whether a program may do what `scope` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// It shows no token.
    None,
    /// Its token is good for it; what that is called by.
    Good(Uuid),
    /// Its token is unknown, over, or for something else.
    Bad,
}

/// Looks at the token that comes with a request.
///
/// # Errors
/// If the store cannot be read.
pub async fn bearer(app: &Arc<App>, headers: &HeaderMap, scope: Scope) -> Result<Bearer, ReadError> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    // Other schemes, such as a test site's Basic, are a proxy's matter.
    let shown = value
        .map(|value| value.split_once(' ').unwrap_or((value, "")))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = shown else { return Ok(Bearer::None) };
    let digest = secret::digest(token.trim());
    let found =
        app.store.read(move |connection| store::by_digest(connection, &digest).map_err(ReadError::from));
    let now = now_ms();
    let token = found.await?.filter(|token| {
        token.expires_ms.is_none_or(|expires| expires > now)
            && token.scopes.split(' ').any(|name| name == scope.name())
    });
    let Some(token) = token else { return Ok(Bearer::Bad) };
    let id = token.id;
    if token.used_ms.is_none_or(|used| now - used >= USED_MS) {
        let app = Arc::clone(app);
        // Not waited for: a failure is in the log, and the next use says it again.
        tokio::spawn(async move {
            let used = move |transaction: &rusqlite::Transaction<'_>| {
                store::used(transaction, id, now).map_err(|_| WriteError::Refused)
            };
            let _unsaid = app.store.transact(used).await;
        });
    }
    Ok(Bearer::Good(id))
}
