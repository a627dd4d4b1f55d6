//! Whether the server lives, whether it can answer, and what it is.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::conversation::now_ms;
use super::{App, wire};
use crate::store::Write;

/// A store that takes longer than this for one row is not ready.
const PULSE: Duration = Duration::from_secs(2);

/// What the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    /// The version of mujib.
    pub mujib: &'static str,
    /// The version of the chat protocol.
    pub protocol: u32,
    /// The version of the knowledge that answers.
    pub knowledge: String,
}

/// Whether the server can answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether all is well.
    pub ready: bool,
    /// Whether knowledge is loaded.
    pub knowledge: bool,
    /// Whether the store takes writes.
    pub store: bool,
    /// Whether the server is about to stop.
    pub stopping: bool,
}

/// Says that the process lives.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It lives", body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// Says whether questions can be answered: knowledge is loaded and the store takes writes.
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, description = "Ready", body = Readiness),
        (status = 503, description = "Not ready", body = Readiness),
    )
)]
pub(super) async fn readyz(State(app): State<Arc<App>>) -> (StatusCode, Json<Readiness>) {
    let pulse = tokio::time::timeout(PULSE, app.store.write(Write::Pulse(now_ms()))).await;
    let store = matches!(pulse, Ok(Ok(())));
    let stopping = app.is_stopping();
    // There is no server without an engine: it is opened before the first request.
    let readiness = Readiness { ready: store && !stopping, knowledge: true, store, stopping };
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}

/// Names the versions of mujib, of the protocol and of the knowledge.
#[utoipa::path(get, path = "/version", responses((status = 200, description = "The versions", body = Version)))]
pub(super) async fn version(State(app): State<Arc<App>>) -> Json<Version> {
    let knowledge = app.engine.load().version().to_owned();
    Json(Version { mujib: env!("CARGO_PKG_VERSION"), protocol: wire::PROTOCOL, knowledge })
}
