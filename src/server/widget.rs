//! What the chat widget has to know before it opens: how the clinic presents itself, and whom to call.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;

/// What the widget is told where nothing is limited: a number that JavaScript can hold.
const MOST_CHARS: usize = 1_000_000;

/// How the widget presents itself. A page's own attributes win over these.
#[derive(Debug, Serialize, ToSchema)]
pub struct Look {
    /// The clinic's name in Arabic.
    pub name_ar: Option<String>,
    /// The clinic's name in Persian.
    pub name_fa: Option<String>,
    /// The clinic's colour, as in `#0b7a75`.
    pub accent: Option<String>,
    /// Address of the clinic's logo.
    pub logo: Option<String>,
    /// The clinic's telephone number, as it is dialled.
    pub phone: Option<String>,
    /// What stands under the name, in Arabic; left out, the widget's own words.
    pub subtitle_ar: Option<String>,
    /// The same in Persian.
    pub subtitle_fa: Option<String>,
    /// What stands on the button, in Arabic.
    pub launcher_ar: Option<String>,
    /// The same in Persian.
    pub launcher_fa: Option<String>,
    /// What stands in the empty field, in Arabic.
    pub placeholder_ar: Option<String>,
    /// The same in Persian.
    pub placeholder_fa: Option<String>,
    /// First questions in Arabic, parted by `|`.
    pub starters_ar: Option<String>,
    /// The same in Persian.
    pub starters_fa: Option<String>,
    /// The ambulance's number in the clinic's country, if the knowledge holds a reviewed one.
    pub emergency: Option<String>,
    /// Characters of one message, at most.
    pub text_chars: usize,
}

/// Says how the widget presents itself, whom to call in an emergency, and how long a message may be.
#[utoipa::path(get, path = "/v1/widget", responses((status = 200, description = "The widget's look", body = Look)))]
pub(super) async fn look(State(app): State<Arc<App>>) -> impl IntoResponse {
    let clinic = app.clinic.load();
    let engine = app.engine.load();
    let policy = &engine.knowledge().policy;
    let emergency =
        clinic.country.as_deref().and_then(|country| policy.emergency_number(country)).map(Into::into);
    let widget = clinic.widget.clone();
    let look = Look {
        name_ar: widget.name_ar,
        name_fa: widget.name_fa,
        accent: widget.accent,
        logo: widget.logo,
        phone: widget.phone,
        subtitle_ar: widget.subtitle_ar,
        subtitle_fa: widget.subtitle_fa,
        launcher_ar: widget.launcher_ar,
        launcher_fa: widget.launcher_fa,
        placeholder_ar: widget.placeholder_ar,
        placeholder_fa: widget.placeholder_fa,
        starters_ar: widget.starters_ar,
        starters_fa: widget.starters_fa,
        emergency,
        text_chars: app.settings.limits.text_chars.min(MOST_CHARS),
    };
    ([(header::CACHE_CONTROL, "no-cache")], Json(look))
}
