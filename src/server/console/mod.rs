//! The staff's console: its API under `/api/v1` and what its parts share. One file or folder an area.

mod access;
mod conversations;
mod events;
mod inbox;
pub(super) mod knowledge;
mod openapi;
mod overview;
mod presence;
mod problem;
mod request;
mod secret;
mod settings;
mod sign_in;
mod staff;
pub(super) mod tokens;
mod try_out;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::broadcast;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::Origin;
use super::{App, Client};
use crate::config;

pub use access::{check_login, check_name, link};
pub(super) use conversations::await_those_who_were_here;
pub use events::Event;
pub(super) use inbox::gather;
pub(super) use presence::promise;
pub use problem::Problem;
pub use secret::{NewPassword, PasswordError, hash_password};
pub(super) use staff::end_old;
pub use try_out::{Explained, laid_out};

/// The API's address.
pub(super) const API: &str = "/api/v1";

/// Bytes of a body, at most: the longest entry of the knowledge, many times over.
const BODY_BYTES: usize = 1 << 20;

/// The longest that a request may take. Trying new knowledge out asks it hundreds of questions.
const REQUEST: Duration = Duration::from_secs(120);

/// Events that a slow reader may be behind before it loses some.
const EVENTS: usize = 128;

/// The header without which nothing is changed: a form of another page cannot send it.
const MARK: &str = "x-mujib-console";

/// What the console keeps in memory.
#[derive(Debug)]
pub(super) struct Console {
    /// What happens, for everyone who watches.
    events: broadcast::Sender<Event>,
    /// Who is here.
    people: presence::People,
    /// Who failed to sign in lately.
    failures: sign_in::Failures,
    /// Passwords are checked one at a time or two: each takes 19 MiB.
    hashing: Arc<tokio::sync::Semaphore>,
    /// Versions of the knowledge that are tried out before anybody else gets them.
    workshop: knowledge::Workshop,
    /// Held while settings are changed.
    setting: tokio::sync::Mutex<()>,
}

impl Console {
    pub(super) fn new(settings: &config::Console) -> Self {
        Self {
            events: broadcast::Sender::new(EVENTS),
            people: presence::People::default(),
            failures: sign_in::Failures::new(settings.sign_in_delay),
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            workshop: knowledge::Workshop::default(),
            setting: tokio::sync::Mutex::default(),
        }
    }

    /// Tells whoever watches. Nobody watching is no failure.
    fn tell(&self, event: Event) {
        let _unheard = self.events.send(event);
    }

    /// Lets go of what is of no use any more. To be called now and then.
    pub(super) fn tidy(&self) {
        self.failures.tidy();
    }
}

/// All areas of the API, without the address that they share.
fn areas() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::head())
        .merge(access::router())
        .merge(knowledge::router())
        .merge(try_out::router())
        .routes(routes!(overview::overview))
        .routes(routes!(overview::csv))
        .merge(inbox::router())
        .merge(conversations::router())
        .routes(routes!(events::events))
        .routes(routes!(presence::look, presence::set))
        .routes(routes!(settings::get, settings::put))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
}

/// The API with its documents, to be merged into the server's router.
pub(super) fn router() -> Router<Arc<App>> {
    let (api, _) = areas().split_for_parts();
    let api = api
        .route("/openapi.json", get(openapi::document))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This address does not take that method.",
            )
        })
        .route_layer(axum::middleware::from_fn(name_route))
        .layer(axum::middleware::from_fn(guard))
        .layer(DefaultBodyLimit::max(BODY_BYTES));
    Router::new()
        .nest(API, api)
        .merge(openapi::page())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST))
}

/// The route as it stands in the code, for the log: a path may hold anything.
#[derive(Debug, Clone)]
pub(super) struct RouteName(pub(super) MatchedPath);

async fn name_route(path: MatchedPath, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(RouteName(path));
    response
}

/// Lets a change through only from a page of this server, and keeps answers out of caches.
async fn guard(Extension(client): Extension<Client>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !is_own_page(&client.origin, &request) {
        return Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden_origin",
            "Changes are taken only from the console's own pages.",
        )
        .into_response();
    }
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn is_own_page(origin: &Origin, request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let own = match origin {
        Origin::Own => true,
        Origin::None => header("sec-fetch-site") == Some("same-origin"),
        Origin::Allowed(_) | Origin::Foreign => false,
    };
    // A browser that says both must say the same.
    let sites_agree = header("sec-fetch-site").is_none_or(|site| site == "same-origin");
    own && sites_agree && header(MARK) == Some("1")
}

fn panicked(_cause: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request of the console panicked");
    Problem::internal().into_response()
}
