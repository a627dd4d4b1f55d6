//! Which web pages may talk to the server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::{Answer, Client, Server, Setup, http};
use tokio_tungstenite::tungstenite::Error;

/// The status of an upgrade with `headers`; 101 if it is let in.
async fn upgrade(server: &Server, headers: &[(&'static str, &str)]) -> u16 {
    match Client::connect_with(server, headers).await {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

fn ask_from(server: &Server, origin: &str) -> Answer {
    http(server, "POST", "/v1/ask", &[("origin", origin)], &json!({"text": "كم جلسة؟"}).to_string())
}

#[tokio::test]
async fn only_own_pages_by_default() {
    let server = Server::start();
    let own = format!("http://{}", server.address);
    for (origin, status) in [
        (own.as_str(), 101),
        ("https://clinic.example", 403),
        ("null", 403),
        ("http://127.0.0.1:1", 403),
        (&format!("{own}.evil.example"), 403),
    ] {
        assert_eq!(upgrade(&server, &[("origin", origin)]).await, status, "{origin}");
    }
    assert_eq!(upgrade(&server, &[]).await, 101, "no browser");
    assert_eq!(ask_from(&server, &own).status, 200);
    let refused = ask_from(&server, "https://clinic.example");
    assert_eq!((refused.status, refused.json()["code"].as_str()), (403, Some("forbidden")));
    assert_eq!(refused.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn other_pages_that_are_allowed() {
    let server = Setup::default()
        .set("MUJIB_ALLOWED_ORIGINS", "https://clinic.example, https://www.clinic.example/")
        .start();
    for (origin, status) in [
        ("https://clinic.example", 101),
        ("https://www.clinic.example", 101),
        ("http://clinic.example", 403),
        ("https://clinic.example:8443", 403),
    ] {
        assert_eq!(upgrade(&server, &[("origin", origin)]).await, status, "{origin}");
    }
    let answer = ask_from(&server, "https://clinic.example");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "https://clinic.example");

    let ask = [("origin", "https://clinic.example"), ("access-control-request-method", "POST")];
    let before = http(&server, "OPTIONS", "/v1/ask", &ask, "");
    assert_eq!(before.status, 204);
    assert_eq!(before.header("access-control-allow-headers"), "content-type");
    let foreign = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    let before = http(&server, "OPTIONS", "/v1/ask", &foreign, "");
    assert_eq!(before.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_token_that_nobody_gave_is_unauthorized() {
    let server = Server::start();
    assert_eq!(upgrade(&server, &[("authorization", "Bearer abc")]).await, 401);
    assert_eq!(upgrade(&server, &[("authorization", "Basic abc")]).await, 101, "a proxy's matter");
    let refused = http(
        &server,
        "POST",
        "/v1/ask",
        &[("authorization", "bearer abc")],
        &json!({"text": "كم جلسة؟"}).to_string(),
    );
    assert_eq!((refused.status, refused.json()["code"].as_str()), (401, Some("unauthorized")));
}
