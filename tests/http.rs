//! The HTTP side: one question, health, versions, pages, documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{Server, Setup, document, get, http, post_ask};

#[test]
fn one_question_one_reply() {
    let server = Server::start();
    let answer = post_ask(&server, &json!({"text": "چند جلسه؟", "locale": "fa"}));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let reply = answer.json();
    assert_eq!((&reply["type"], &reply["lang"]), (&json!("reply"), &json!("fa")));

    let more = |id: &str, token: &Value| {
        let body =
            json!({"text": "ممنون", "id": id, "conversation": reply["conversation"], "resume_token": token});
        post_ask(&server, &body)
    };
    let second = more("m2", &reply["resume_token"]).json();
    assert_eq!((&second["seq"], &second["in_reply_to"]), (&json!(2), &json!("m2")));
    assert_eq!(more("m2", &reply["resume_token"]).json(), second);
    assert_eq!(more("m3", &json!("wrong")).status, 403);
    assert_eq!(more("m3", &Value::Null).status, 403);
}

#[test]
fn errors_have_a_status_and_a_code() {
    let server = Server::start();
    let unknown = "01920000-0000-7000-8000-000000000000";
    let long = json!({"text": "س".repeat(4001), "locale": "fa"}).to_string();
    let huge = json!({"text": "س".repeat(100_000)}).to_string();
    for (body, status, code) in [
        ("", 400, "bad_frame"),
        ("{", 400, "bad_frame"),
        ("[1]", 400, "bad_frame"),
        (r#"{"text":5}"#, 400, "bad_frame"),
        (r#"{"text":"x","id":""}"#, 400, "bad_frame"),
        (r#"{"text":" "}"#, 400, "empty"),
        (long.as_str(), 413, "too_long"),
        (huge.as_str(), 413, "too_long"),
        (&json!({"text": "x", "conversation": unknown}).to_string(), 404, "unknown_conversation"),
        (r#"{"text":"x","conversation":"y"}"#, 404, "unknown_conversation"),
    ] {
        let answer = http(&server, "POST", "/v1/ask", &[], body);
        let error = answer.json();
        assert_eq!((answer.status, error["code"].as_str()), (status, Some(code)), "{body:.60}");
        assert_eq!(error["type"], "error");
        assert!(error["message"].is_string());
    }
    let error = http(&server, "POST", "/v1/ask", &[], &long).json();
    assert!(error["message"].as_str().is_some_and(|words| words.contains("لطفاً")), "in Persian: {error}");
    assert_eq!(get(&server, "/v1/ask").status, 405);
    assert_eq!(get(&server, "/nothing").status, 404);
    assert!([400, 426].contains(&get(&server, "/v1/chat").status), "no upgrade");
}

#[test]
fn health_and_versions() {
    let server = Server::start();
    assert_eq!(get(&server, "/healthz").status, 200);
    let ready = get(&server, "/readyz");
    assert_eq!((ready.status, &ready.json()["ready"]), (200, &json!(true)));
    let version = get(&server, "/version").json();
    assert_eq!(version["protocol"], 1);
    assert_eq!(version["mujib"], env!("CARGO_PKG_VERSION"));
    let reply = post_ask(&server, &json!({"text": "كم جلسة؟"})).json();
    assert_eq!(version["knowledge"], reply["knowledge"]);
}

#[test]
fn pages_are_served_safely() {
    let server = Server::start();
    let page = get(&server, "/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(get(&server, "/index.html").body, page.body);
    let tag = page.header("etag");
    assert!(tag.len() > 10);
    let again = http(&server, "GET", "/", &[("if-none-match", tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd"] {
        assert_eq!(get(&server, path).status, 404, "{path}");
    }
}

#[test]
fn the_widget_learns_how_the_clinic_looks() {
    let look = get(&Server::start(), "/v1/widget");
    assert_eq!((look.status, look.header("cache-control")), (200, "no-cache"));
    assert_eq!((&look.json()["name_ar"], &look.json()["emergency"]), (&Value::Null, &Value::Null));
    assert_eq!(look.json()["text_chars"], 4000);

    let dressed = Setup::default()
        .set("MUJIB_WIDGET_NAME_FA", "کلینیک نور")
        .set("MUJIB_WIDGET_ACCENT", "#7A1FA2")
        .set("MUJIB_COUNTRY", "IR")
        .set("MUJIB_ALLOWED_ORIGINS", "https://clinic.example")
        .start();
    let look = http(&dressed, "GET", "/v1/widget", &[("origin", "https://clinic.example")], "");
    assert_eq!(look.header("access-control-allow-origin"), "https://clinic.example");
    let look = look.json();
    assert_eq!((&look["name_fa"], &look["accent"]), (&json!("کلینیک نور"), &json!("#7a1fa2")));
    assert_eq!(look["emergency"], "115");
    let foreign = http(&dressed, "GET", "/v1/widget", &[("origin", "https://evil.example")], "");
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

/// The file in `docs/` is what the server gives. `MUJIB_BLESS=1 cargo test` writes it anew.
fn check_document(server: &Server, path: &str, file: &str) {
    let made = get(server, path).json();
    let pretty = serde_json::to_string_pretty(&made).expect("JSON") + "\n";
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    #[expect(clippy::disallowed_methods, reason = "a wish of whoever runs the tests, no setting of mujib")]
    let bless = std::env::var_os("MUJIB_BLESS").is_some();
    if bless {
        std::fs::write(&file, &pretty).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == pretty, "docs/ is behind the code; run MUJIB_BLESS=1 cargo test --test http");
}

#[test]
fn documents_are_up_to_date() {
    let server = Server::start();
    check_document(&server, "/openapi.json", "openapi.json");
    check_document(&server, "/asyncapi.json", "asyncapi.json");
}

#[test]
fn documents_refer_only_to_what_they_hold() {
    let server = Server::start();
    for path in ["/openapi.json", "/asyncapi.json"] {
        let made = get(&server, path).json();
        assert!(document::refers_to_what_it_holds(&made) > 5, "{path}");
    }
}
