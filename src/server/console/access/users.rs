//! People and their roles: for administrators.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::names::{check_login, check_name};
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, List, Path};
use crate::server::console::secret::{self, NewPassword};
use crate::server::console::staff::{Staff, User};
use crate::server::conversation::now_ms;
use crate::store::accounts::{self, Account, Role};
use crate::store::audit;

/// Somebody new.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewUser {
    /// What they will sign in with.
    login: String,
    /// What others see.
    display_name: String,
    /// What they may do.
    role: Role,
}

/// Somebody new and their first password.
#[derive(Serialize, ToSchema)]
pub struct Made {
    /// Who.
    pub user: User,
    /// The password, shown only here. It must be changed at the first sign-in.
    pub password: String,
}

/// A new password.
#[derive(Serialize, ToSchema)]
pub struct Shown {
    /// The password, shown only here. It must be changed at the next sign-in.
    pub password: String,
}

/// What is to be changed; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UserChange {
    /// What they may do.
    role: Option<Role>,
    /// Whether they may not sign in. Their sessions end at once.
    disabled: Option<bool>,
    /// What others see.
    display_name: Option<String>,
}

/// A new account, checked.
pub(super) fn account(login: &str, name: &str, role: Role, must_change: bool) -> Result<Account, Problem> {
    Ok(Account {
        id: Uuid::now_v7(),
        login: check_login(login).map_err(|error| Problem::invalid("login", error.to_string()))?,
        display_name: check_name(name)
            .map_err(|error| Problem::invalid("display_name", error.to_string()))?,
        role,
        must_change,
        locale: "en".into(),
        theme: "auto".into(),
        disabled: false,
        created_ms: now_ms(),
        seen_ms: None,
    })
}

/// Lists everybody, by login.
#[utoipa::path(get, path = "/users", tag = "access", operation_id = "users_list", responses((status = 200, description = "Everybody", body = List<User>)))]
pub(super) async fn list(State(app): State<Arc<App>>, _staff: Staff) -> Result<Json<List<User>>, Problem> {
    let all = app.store.read(|connection| accounts::list(connection).map_err(Problem::from)).await?;
    Ok(Json(List::whole(all.into_iter().map(User::from).collect())))
}

/// Adds somebody.
#[utoipa::path(post, path = "/users", tag = "access", operation_id = "users_create", request_body = NewUser, responses(
    (status = 201, description = "Added", body = Made),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 409, description = "`login_taken`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn create(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(new): Body<NewUser>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    staff.require(Role::Administrator)?;
    let account = account(&new.login, &new.display_name, new.role, true)?;
    let (password, hash) = random(&app).await?;
    let user = User::from(account.clone());
    app.store
        .transact(move |transaction| {
            if !accounts::insert(transaction, &account, &hash)? {
                return Err(Problem::conflict("login_taken", "Somebody else signs in with this login."));
            }
            let detail = json!({"role": account.role});
            audit::record(transaction, Some(staff.user.id), "user.create", &account.login, &detail)?;
            Ok(())
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Made { user, password })))
}

/// Changes what somebody may do, or what they are called.
#[utoipa::path(patch, path = "/users/{id}", tag = "access", operation_id = "users_change", params(("id" = Uuid, Path)), request_body = UserChange, responses(
    (status = 200, description = "How it is now", body = User),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`last_administrator`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Body(change): Body<UserChange>,
) -> Result<Json<User>, Problem> {
    staff.require(Role::Administrator)?;
    let name = change.display_name.as_deref().map(check_name).transpose();
    let name = name.map_err(|error| Problem::invalid("display_name", error.to_string()))?;
    let changed = app.store.transact(move |transaction| {
        let mut account = accounts::by_id(transaction, id)?.ok_or_else(Problem::not_found)?;
        let mut detail = Map::new();
        if let Some(role) = change.role {
            detail.insert("role".into(), json!({"from": account.role, "to": role}));
            account.role = role;
        }
        if let Some(disabled) = change.disabled {
            detail.insert("disabled".into(), Value::from(disabled));
            account.disabled = disabled;
        }
        if let Some(name) = name {
            detail.insert("display_name".into(), Value::from(name.as_str()));
            account.display_name = name;
        }
        let rules = account.role == Role::Administrator && !account.disabled;
        if !rules && accounts::other_administrators(transaction, id)? == 0 {
            let detail =
                "Nobody else can manage people and settings. Make somebody else administrator first.";
            return Err(Problem::conflict("last_administrator", detail));
        }
        if !detail.is_empty() {
            accounts::update(transaction, &account)?;
            if account.disabled {
                accounts::end_others(transaction, id, None)?;
            }
            audit::record(transaction, Some(staff.user.id), "user.change", &account.login, &detail.into())?;
        }
        Ok(account)
    });
    Ok(Json(changed.await?.into()))
}

/// Gives somebody a new password, for who has forgotten theirs; ends their sessions.
#[utoipa::path(post, path = "/users/{id}/password", tag = "access", operation_id = "users_new_password", params(("id" = Uuid, Path)), responses(
    (status = 200, description = "The new password", body = Shown),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`", body = Details),
    (status = 409, description = "`own_password`: one's own is changed with the current one", body = Details),
))]
pub(super) async fn new_password(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Json<Shown>, Problem> {
    staff.require(Role::Administrator)?;
    if id == staff.user.id {
        return Err(Problem::conflict("own_password", "Change your own password with the current one."));
    }
    let (password, hash) = random(&app).await?;
    let login = app.store.transact(move |transaction| {
        let account = accounts::by_id(transaction, id)?.ok_or_else(Problem::not_found)?;
        accounts::set_password(transaction, id, &hash, true)?;
        let detail = json!({"sessions_ended": accounts::end_others(transaction, id, None)?});
        audit::record(transaction, Some(staff.user.id), "password.reset", &account.login, &detail)?;
        Ok::<_, Problem>(account.login)
    });
    // Whoever was locked out may try the new one at once.
    app.console.failures.succeeded(&login.await?);
    Ok(Json(Shown { password }))
}

async fn random(app: &App) -> Result<(String, String), Problem> {
    let password = NewPassword::random()?.into_shown();
    // What is random is like no login.
    let hash = secret::hash(&app.console.hashing, NewPassword::chosen(password.clone(), "\u{0}")?).await?;
    Ok((password, hash))
}
