//! What the chat widget has to know before it opens: how the clinic presents itself, and whom to call.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use crate::config::Widget;

/// What the widget is told where nothing is limited: a number that JavaScript can hold.
const MOST_CHARS: usize = 1_000_000;

/// How the widget presents itself. A page's own attributes win over these.
#[derive(Debug, Serialize, ToSchema)]
pub struct Look {
    /// What the clinic set.
    #[serde(flatten)]
    pub widget: Widget,
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
    let look = Look {
        widget: clinic.widget.clone(),
        emergency,
        text_chars: app.settings.limits.text_chars.min(MOST_CHARS),
    };
    ([(header::CACHE_CONTROL, "no-cache")], Json(look))
}
