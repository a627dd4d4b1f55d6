//! What goes around every request: who asks, what browsers may do, and one line in the log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::access::{Origin, client_address, is_secure};
use super::console::RouteName;
use super::limits::network;
use super::listener::Peer;

/// The policy for the console: its own parts, pictures of the clinic from anywhere safe, framed by nobody.
const CONSOLE_POLICY: &str = "default-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'; \
                              form-action 'self'; frame-ancestors 'none'";

/// The policy for the page that documents the API.
const DOCUMENTS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                                object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Who asks.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// The address, behind trusted proxies.
    pub(super) address: IpAddr,
    /// The web page, if one asks.
    pub(super) origin: Origin,
    /// Whether it came over TLS, at least to a proxy.
    pub(super) secure: bool,
}

/// Finds out who asks, answers a browser's question beforehand, and adds what browsers must know.
pub(super) async fn guard(
    State(app): State<Arc<App>>,
    ConnectInfo(Peer { address: peer, .. }): ConnectInfo<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let access = &app.settings.access;
    let address = client_address(access, peer.ip(), request.headers());
    let origin = Origin::of(&app.clinic.load().allowed_origins, request.headers());
    let secure = is_secure(access, peer.ip(), request.headers());
    request.extensions_mut().insert(Client { address, origin: origin.clone(), secure });
    let method = request.method().clone();
    let area = Area::of(request.uri().path());
    let route = route(request.uri().path());

    let preflight =
        method == Method::OPTIONS && request.headers().contains_key("access-control-request-method");
    let mut response =
        if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    add_headers(&app, area, secure, &mut response);
    if area == Area::Open {
        add_cors(&origin, preflight, &mut response);
    }
    let route = response.extensions().get::<RouteName>().map_or(route, |name| name.0.as_str());
    log(&method, route, &response, address, started);
    response
}

/// Whose pages a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    /// The chat and its pages: other sites may be allowed to use them.
    Open,
    /// The console and its API: this server's own pages only.
    Staff,
    /// The page that documents the API. Its ready-made script sets styles in place.
    Documents,
}

impl Area {
    fn of(path: &str) -> Self {
        let within = |folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if within("/api/v1/docs") {
            Area::Documents
        } else if within("/console") || within("/api") {
            Area::Staff
        } else {
            Area::Open
        }
    }
}

/// The path as it may be logged: what a stranger puts into a path is no business of the log.
fn route(path: &str) -> &'static str {
    const ROUTES: [&str; 8] = [
        "/v1/chat",
        "/v1/ask",
        "/v1/widget",
        "/healthz",
        "/readyz",
        "/version",
        "/openapi.json",
        "/asyncapi.json",
    ];
    ROUTES.into_iter().find(|route| *route == path).unwrap_or("page")
}

fn add_headers(app: &App, area: Area, secure: bool, response: &mut Response) {
    let headers = response.headers_mut();
    let policy = match area {
        Area::Open => app.clinic.load().content_security_policy.clone(),
        Area::Staff => HeaderValue::from_static(CONSOLE_POLICY),
        Area::Documents => HeaderValue::from_static(DOCUMENTS_POLICY),
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
}

/// What browsers must know about pages of other sites.
fn add_cors(origin: &Origin, preflight: bool, response: &mut Response) {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Origin::Allowed(page) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page.clone());
        if preflight {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
        } else {
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
        }
    }
}

fn log(method: &Method, route: &str, response: &Response, address: IpAddr, started: Instant) {
    let (status, client) = (response.status().as_u16(), network(address));
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Methods are free text too; only the known ones are named.
    let method = match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    if matches!(route, "/healthz" | "/readyz") {
        tracing::debug!(method, route, status, ms, client, "request");
    } else {
        tracing::info!(method, route, status, ms, client, "request");
    }
}

/// The policy for pages: nothing from anywhere else but the clinic's logo, and framed only by the pages that may connect.
#[must_use]
pub(super) fn content_security_policy(allowed_origins: &[String], logo: Option<&str>) -> HeaderValue {
    let framed_by = allowed_origins.join(" ");
    let pictures = logo.map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; img-src 'self' data:{pictures}; object-src 'none'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self' {framed_by}"
    );
    // Origins hold only letters of hosts, which the settings have checked.
    HeaderValue::from_str(policy.trim_end())
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'; frame-ancestors 'self'"))
}
