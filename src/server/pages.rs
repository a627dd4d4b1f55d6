//! The web pages and the widget: part of the release program, read from `web/dist` by a development one.

use std::borrow::Cow;

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

/// What `make web` builds. Missing in a checkout where it has not run; the program compiles all the same.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Pages;

/// What `/` shows where the pages are not built.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>mujib</title>\n\
     <h1>mujib is running</h1>\n<p>Its web pages are not built. Run <code>make web</code> \
     (Node.js 20 or newer), then build and start the server again. Chat and API work without them.</p>\n\
     </html>\n";

/// Names in these folders change with their content, so browsers may keep them for good.
const HASHED: [&str; 2] = ["assets/", "console/assets/"];

/// The console: one page, whatever stands behind its address.
const CONSOLE: &str = "console/index.html";

/// The one name that other sites' pages hold: a release reaches them within minutes.
const WIDGET: &str = "widget.js";

/// The file that a path names; `/` is `index.html`.
pub(super) async fn page(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    if path == "console" && !uri.path().ends_with('/') {
        // What the page refers to stands below this address.
        return Redirect::permanent("/console/").into_response();
    }
    let is_console = path == "console" || path.starts_with("console/");
    let known = Pages::get(path).map(|file| (path, file));
    let missing_asset = HASHED.iter().any(|folder| path.starts_with(folder));
    let fallback =
        || Pages::get(CONSOLE).filter(|_| is_console && !missing_asset).map(|file| (CONSOLE, file));
    match known.or_else(fallback) {
        Some((path, EmbeddedFile { data, metadata })) => send(path, data, metadata.sha256_hash(), &headers),
        None if path == "index.html" || (is_console && !missing_asset) => {
            let path = "index.html";
            let data = NOT_BUILT.as_bytes();
            send(path, Cow::Borrowed(data), Sha256::digest(data).into(), &headers)
        }
        None => (StatusCode::NOT_FOUND, "not found\n").into_response(),
    }
}

fn send(path: &str, data: Cow<'static, [u8]>, hash: [u8; 32], headers: &HeaderMap) -> Response {
    let tag = etag(hash);
    let caching = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, cache_control(path).into()),
        (header::HeaderName::from_static("cross-origin-resource-policy"), shared_with(path).into()),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(header::CONTENT_TYPE, content_type(path))], data).into_response()
}

fn cache_control(path: &str) -> &'static str {
    if HASHED.iter().any(|folder| path.starts_with(folder)) {
        "public, max-age=31536000, immutable"
    } else if path == WIDGET {
        "public, max-age=300"
    } else {
        // A page may change with every release, so browsers ask each time, and mostly get 304.
        "no-cache"
    }
}

/// A page of another site that isolates itself may still load the widget and its font, but nothing of the console.
fn shared_with(path: &str) -> &'static str {
    if path.starts_with("console/") { "same-origin" } else { "cross-origin" }
}

fn etag(hash: [u8; 32]) -> String {
    use std::fmt::Write as _;
    let mut tag = String::from("\"");
    for byte in hash.iter().take(16) {
        // Writing to a string cannot fail.
        let _ok = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Whether the browser has the file already. Compression on the way may have made the tag a weak one.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known
        .split(',')
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == tag || known == "*")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
