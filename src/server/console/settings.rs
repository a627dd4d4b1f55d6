//! The clinic's settings: seen by all staff, changed by administrators, in force at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problem::{Details, Problem};
use super::request::{Body, IfMatch, Tagged};
use super::staff::Staff;
use crate::config::hours::Written;
use crate::config::{self, OfficeHours, Widget};
use crate::server::App;
use crate::server::clinic::Clinic;
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::audit;
use crate::store::settings::{self as store, Stored};

/// Origins, at most.
const ORIGINS: usize = 100;

/// The clinic's settings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Settings {
    /// Web pages elsewhere that may talk to this server, as in `https://clinic.example`; `*` for any.
    pub allowed_origins: Vec<String>,
    /// ISO 3166 code of the clinic's country, in capitals: whose emergency number is told.
    pub country: Option<String>,
    /// Days after its last message that a conversation is erased.
    pub retention_days: u32,
    /// How the chat widget presents itself.
    pub widget: Widget,
    /// When staff are there.
    pub office_hours: Written,
    /// Names of settings that a flag or the environment fixes: they cannot be changed here.
    pub fixed: Vec<&'static str>,
}

/// The clinic's settings as they are to be, all of them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewSettings {
    /// Web pages elsewhere that may talk to this server.
    allowed_origins: Vec<String>,
    /// ISO 3166 code of the clinic's country.
    country: Option<String>,
    /// Days that a conversation is kept: 1 to 3650.
    retention_days: u32,
    /// How the chat widget presents itself.
    widget: Widget,
    /// When staff are there.
    office_hours: Written,
}

/// Names here, and the keys of the settings file. Those of the widget are the same.
const NAMES: [(&str, &str); 3] = [
    ("allowed_origins", "allowed_origins"),
    ("country", "country"),
    ("retention_days", "store.retention_days"),
];

/// Names of settings that a flag or the environment fixes.
fn fixed(app: &App) -> Vec<&'static str> {
    let names = NAMES.into_iter().chain(Widget::keys().map(|key| (key, key)));
    names.filter(|(_, key)| app.settings.fixed.contains(key)).map(|(name, _)| name).collect()
}

fn shown(app: &App, clinic: &Clinic) -> Settings {
    Settings {
        allowed_origins: clinic.allowed_origins.clone(),
        country: clinic.country.clone(),
        retention_days: clinic.retention_days,
        widget: clinic.widget.clone(),
        office_hours: clinic.office_hours.written().clone(),
        fixed: fixed(app),
    }
}

/// Says how the clinic is set.
#[utoipa::path(get, path = "/settings", tag = "settings", operation_id = "settings_get", responses(
    (status = 200, description = "The settings; with an ETag", body = Settings),
))]
pub(super) async fn get(State(app): State<Arc<App>>, _staff: Staff) -> Tagged<Settings> {
    Tagged(shown(&app, &app.clinic.load()))
}

/// Sets the clinic's settings. They are in force when this answers.
#[utoipa::path(put, path = "/settings", tag = "settings", operation_id = "settings_put", request_body = NewSettings,
    params(("If-Match" = String, Header, description = "The ETag that came with the settings")),
    responses(
        (status = 200, description = "How they are now; with an ETag", body = Settings),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 412, description = "`changed_meanwhile`", body = Details),
        (status = 422, description = "`invalid`", body = Details),
        (status = 428, description = "`precondition_required`", body = Details),
    )
)]
pub(super) async fn put(
    State(app): State<Arc<App>>,
    staff: Staff,
    believed: IfMatch,
    Body(new): Body<NewSettings>,
) -> Result<Tagged<Settings>, Problem> {
    staff.require(Role::Administrator)?;
    // One change at a time, from what is believed to what is in force.
    let _alone = app.console.setting.lock().await;
    let before = app.clinic.load_full();
    believed.check(&shown(&app, &before))?;
    let wanted = checked(new)?;
    refuse_fixed(&app, &wanted)?;
    let stored = over_base(&app, &wanted);
    let after = Clinic::new(&app.settings, &stored);
    let (old, now) = (shown(&app, &before), shown(&app, &after));
    let differences = differences(&old, &now);
    if !differences.is_empty() {
        let actor = staff.user.id;
        app.store
            .transact(move |transaction| {
                store::keep(transaction, &stored, now_ms())?;
                audit::record(transaction, Some(actor), "settings.change", "settings", &differences.into())?;
                Ok::<_, Problem>(())
            })
            .await?;
        app.adopt(after);
    }
    Ok(Tagged(now))
}

fn checked(new: NewSettings) -> Result<Stored, Problem> {
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    if new.allowed_origins.len() > ORIGINS || new.allowed_origins.iter().any(|origin| origin.contains(',')) {
        wrong.insert("allowed_origins", format!("at most {ORIGINS} origins"));
    }
    let origins = config::origins(&new.allowed_origins.join(","))
        .map_err(|expected| wrong.insert("allowed_origins", expected))
        .unwrap_or_default();
    let country = new.country.as_deref().map(str::trim).filter(|country| !country.is_empty());
    let country = country.map_or(Ok(None), config::country);
    let country = country.map_err(|expected| wrong.insert("country", expected)).unwrap_or_default();
    if !(1..=config::RETENTION_DAYS).contains(&new.retention_days) {
        wrong.insert("retention_days", format!("1 to {} days", config::RETENTION_DAYS));
    }
    let widget = new.widget.checked().map_err(|(field, expected)| wrong.insert(field, expected));
    let hours = OfficeHours::new(new.office_hours)
        .map(|hours| hours.written().clone())
        .map_err(|error| wrong.insert("office_hours", error.to_string()));
    if !wrong.is_empty() {
        let problem = Problem::new(
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Correct the fields that are named.",
        );
        return Err(wrong
            .into_iter()
            .fold(problem, |problem, (field, expected)| problem.field(field, expected)));
    }
    Ok(Stored {
        allowed_origins: Some(origins),
        country: Some(country),
        retention_days: Some(new.retention_days),
        widget: widget.ok(),
        office_hours: hours.ok(),
    })
}

/// Refuses another value for what a flag or the environment sets: it would be kept and never be in force.
fn refuse_fixed(app: &App, wanted: &Stored) -> Result<(), Problem> {
    let base = Clinic::new(&app.settings, &Stored::default());
    let (wanted_widget, base_widget) = (wanted.widget.clone().unwrap_or_default(), base.widget);
    let same = |name: &str| match name {
        "allowed_origins" => wanted.allowed_origins.as_ref() == Some(&base.allowed_origins),
        "country" => wanted.country.as_ref() == Some(&base.country),
        "retention_days" => wanted.retention_days == Some(base.retention_days),
        key => wanted_widget.get(key) == base_widget.get(key),
    };
    let refused: Vec<&str> = fixed(app).into_iter().filter(|name| !same(name)).collect();
    let Some((first, rest)) = refused.split_first() else { return Ok(()) };
    let words = "a flag or the environment sets this; change it there";
    Err(rest.iter().fold(Problem::invalid(first, words), |problem, name| problem.field(name, words)))
}

/// Only what differs from flags, environment and file is stored, so that a later change of the file still counts for
/// what nobody changed here.
fn over_base(app: &App, wanted: &Stored) -> Stored {
    let base = Clinic::new(&app.settings, &Stored::default());
    let mut stored = wanted.clone();
    stored.allowed_origins = stored.allowed_origins.filter(|origins| *origins != base.allowed_origins);
    stored.country = stored.country.filter(|country| *country != base.country);
    stored.retention_days = stored.retention_days.filter(|days| *days != base.retention_days);
    stored.widget = stored.widget.filter(|widget| *widget != base.widget);
    stored.office_hours = stored.office_hours.filter(|hours| *hours != *base.office_hours.written());
    stored
}

/// What changed: name, and how it is now; of what has fields, only those that changed.
fn differences(old: &Settings, now: &Settings) -> Map<String, Value> {
    let fields = |settings: &Settings| match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    changed(&fields(old), fields(now))
}

fn changed(old: &Map<String, Value>, now: Map<String, Value>) -> Map<String, Value> {
    let differs = |(name, value): (String, Value)| match (old.get(&name), value) {
        (Some(before), value) if *before == value => None,
        (Some(Value::Object(before)), Value::Object(value)) => {
            Some((name, Value::Object(changed(before, value))))
        }
        (_, value) => Some((name, value)),
    };
    now.into_iter().filter_map(differs).collect()
}
