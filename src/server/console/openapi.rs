//! The console's API as an OpenAPI 3.1 document made from the Rust types, and a page that shows it.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::{API, areas, problem};
use crate::server::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "mujib console",
        description = "What the staff's console calls. Every address may also answer with a problem (RFC 9457). \
                       A change needs the session's cookie, the header `X-Mujib-Console: 1`, and to come from a \
                       page of this server; what has an ETag is changed with If-Match."
    ),
    components(schemas(problem::Details))
)]
struct Head;

/// The document without any address.
pub(super) fn head() -> utoipa::openapi::OpenApi {
    Head::openapi()
}

/// The OpenAPI document of the console's API, with its keys in a fixed order.
#[must_use]
pub fn openapi() -> Value {
    let (_, whole) = utoipa_axum::router::OpenApiRouter::<Arc<App>>::with_openapi(head())
        .nest(API, areas())
        .split_for_parts();
    // utoipa's types always serialize; an empty document would fail the test that compares it.
    serde_json::to_value(whole).unwrap_or_default()
}

/// Made when it is asked for, which is seldom, instead of being kept.
pub(super) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi().to_string()).into_response()
}

/// The page, with all its parts, at `/api/v1/docs/`.
pub(super) fn page() -> Router<Arc<App>> {
    let config = Config::from("/api/v1/openapi.json").try_it_out_enabled(false);
    SwaggerUi::new("/api/v1/docs").config(config).into()
}
