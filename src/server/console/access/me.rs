//! What people change about themselves.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::names::check_name;
use super::session::admit;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::Body;
use crate::server::console::secret::{self, NewPassword};
use crate::server::console::staff::{Locale, SignedIn, Staff, Theme, User};
use crate::server::{App, Client};
use crate::store::{accounts, audit};

/// What is to be changed; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MeChange {
    /// What others see.
    display_name: Option<String>,
    /// The language of the console.
    locale: Option<Locale>,
    /// The colours of the console.
    theme: Option<Theme>,
}

/// An old and a new password.
#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The one in force.
    current: String,
    /// The one to be.
    new: String,
}

/// Changes one's own name, language or colours.
#[utoipa::path(patch, path = "/me", tag = "access", operation_id = "me_change", request_body = MeChange, responses(
    (status = 200, description = "How it is now", body = User),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(change): Body<MeChange>,
) -> Result<Json<User>, Problem> {
    let name = change.display_name.as_deref().map(check_name).transpose();
    let name = name.map_err(|error| Problem::invalid("display_name", error.to_string()))?;
    let changed = app.store.transact(move |transaction| {
        let mut account = accounts::by_id(transaction, staff.user.id)?.ok_or_else(Problem::not_found)?;
        let mut detail = Map::new();
        if let Some(name) = name {
            detail.insert("display_name".into(), Value::from(name.as_str()));
            account.display_name = name;
        }
        if let Some(locale) = change.locale {
            detail.insert("locale".into(), Value::from(locale.name()));
            account.locale = locale.name().into();
        }
        if let Some(theme) = change.theme {
            detail.insert("theme".into(), Value::from(theme.name()));
            account.theme = theme.name().into();
        }
        if !detail.is_empty() {
            accounts::update(transaction, &account)?;
            audit::record(transaction, Some(account.id), "user.change", &account.login, &detail.into())?;
        }
        Ok::<_, Problem>(account)
    });
    Ok(Json(changed.await?.into()))
}

/// Changes one's own password and ends one's other sessions.
#[utoipa::path(put, path = "/password", tag = "access", operation_id = "password_change", request_body = PasswordChange, responses(
    (status = 204, description = "Changed"),
    (status = 403, description = "`wrong_password`: the current one is another", body = Details),
    (status = 422, description = "`invalid`", body = Details),
    (status = 429, description = "`locked`", body = Details),
))]
pub(super) async fn change_password(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    SignedIn { staff, .. }: SignedIn,
    Body(PasswordChange { current, new }): Body<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let user = staff.user;
    admit(&app, &user.login, &client)?;
    let id = user.id;
    let hash = app.store.read(move |connection| accounts::password(connection, id).map_err(Problem::from));
    let hash = hash.await?;
    let same = current == new;
    if !secret::verify(&app.console.hashing, current, hash).await? {
        // Somebody at an open screen could try passwords here.
        app.console.failures.failed(&user.login, client.address);
        let detail = "The current password is another.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "wrong_password", detail)
            .field("current", "the password that is in force"));
    }
    if same {
        return Err(Problem::invalid("new", "take another password than the current one"));
    }
    let new =
        NewPassword::chosen(new, &user.login).map_err(|error| Problem::invalid("new", error.to_string()))?;
    let hash = secret::hash(&app.console.hashing, new).await?;
    app.store
        .transact(move |transaction| {
            accounts::set_password(transaction, id, &hash, false)?;
            let ended = accounts::end_others(transaction, id, Some(staff.session))?;
            let detail = json!({"sessions_ended": ended});
            audit::record(transaction, Some(id), "password.change", &user.login, &detail)?;
            Ok::<_, Problem>(StatusCode::NO_CONTENT)
        })
        .await
}
