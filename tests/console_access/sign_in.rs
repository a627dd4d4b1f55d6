//! The first administrator, signing in and out, and what guards both.

use serde_json::{Value, json};

use crate::support::console::{PASSWORD, Staff, code, from_page, link_token, try_sign_in};
use crate::support::{Server, Setup, get, http, wait_until};

#[test]
fn the_link_makes_one_administrator() {
    let data = tempfile::tempdir().expect("a folder");
    let start = || Setup::small().data(data.path()).start();
    let server = start();
    assert_eq!(get(&server, "/api/v1/setup").json(), json!({"needed": true}));
    let void = link_token(&server);
    drop(server);

    let mut server = start();
    let token = link_token(&server);
    assert_ne!(token, void, "a start makes a new link");
    let make = |token: &str, password: &str| {
        let body = json!({"token": token, "login": "Mona.H", "display_name": "منى", "password": password});
        from_page(&server, "POST", "/setup", Some(&body))
    };
    for wrong in [void.as_str(), ""] {
        assert_eq!(code(&make(wrong, PASSWORD)), "wrong_link");
    }
    let short = make(&token, "short");
    assert_eq!((short.status, code(&short).as_str()), (422, "invalid"));
    assert!(short.json()["fields"]["password"].is_string());
    let made = make(&token, PASSWORD);
    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(made.json()["user"]["login"], "mona.h");
    assert_eq!(made.json()["user"]["role"], "administrator");
    assert_eq!(code(&make(&token, PASSWORD)), "already_set_up");
    assert_eq!(get(&server, "/api/v1/setup").json(), json!({"needed": false}));
    server.signal("TERM");
    assert!(server.wait().success());

    let mut server = start();
    assert_eq!(try_sign_in(&server, "MONA.H", PASSWORD).status, 200, "kept, and capitals do not matter");
    server.signal("TERM");
    assert!(server.wait().success());
    assert!(!server.output.rest().contains("token="), "no link while there is somebody");
}

#[test]
fn signing_in_and_out() {
    let server = Server::start_small();
    let boss = Staff::set_up(&server);
    assert_eq!(code(&get(&server, "/api/v1/session")), "signed_out");
    let session = boss.get("/session");
    assert_eq!(session.json()["user"]["login"], "boss");
    assert_eq!(session.header("cache-control"), "no-store");
    assert!(session.json()["expires_at"].as_str().is_some_and(|at| at.ends_with('Z')));

    let unknown = try_sign_in(&server, "nobody", PASSWORD);
    let wrong = try_sign_in(&server, "boss", "something else entirely");
    assert_eq!((unknown.status, wrong.status), (401, 401));
    assert_eq!(unknown.body, wrong.body, "nobody learns which logins there are");
    assert_eq!(code(&wrong), "wrong_credentials");

    let answer = try_sign_in(&server, " Boss ", PASSWORD);
    let cookie = answer.header("set-cookie");
    for part in ["mujib_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "no TLS here");
    let again = Staff::sign_in(&server, "boss", PASSWORD);
    let out = again.send("DELETE", "/session", None);
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(code(&again.get("/session")), "signed_out");
    assert_eq!(boss.get("/session").status, 200, "other sessions go on");
    let forged = Staff { server: &server, cookie: "mujib_session=0000".into(), user: Value::Null };
    assert_eq!(code(&forged.get("/session")), "signed_out");
}

#[test]
fn over_tls_the_cookie_is_of_this_host_only() {
    let server = Setup::small().set("MUJIB_TRUSTED_PROXIES", "127.0.0.1").start();
    drop(Staff::set_up(&server));
    let origin = format!("https://{}", server.address);
    let headers = [
        ("origin", origin.as_str()),
        ("x-mujib-console", "1"),
        ("x-forwarded-proto", "https"),
        ("content-type", "application/json"),
    ];
    let body = json!({"login": "boss", "password": PASSWORD}).to_string();
    let answer = http(&server, "POST", "/api/v1/session", &headers, &body);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-mujib_session=") && cookie.contains("; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let plain = get(&server, "/api/v1/setup");
    assert_eq!(plain.header("strict-transport-security"), "");
}

#[test]
fn failures_lock_out_for_a_while() {
    let server = Setup::small().set("MUJIB_CONSOLE_SIGN_IN_DELAY_MS", "60000").start();
    let boss = Staff::set_up(&server);
    drop(boss.hire("mona", "viewer"));
    for _ in 0..3 {
        assert_eq!(code(&try_sign_in(&server, "mona", "not the password")), "wrong_credentials");
    }
    let locked = try_sign_in(&server, "mona", PASSWORD);
    assert_eq!((locked.status, code(&locked).as_str()), (429, "locked"));
    let wait = locked.json()["retry_after_ms"].as_u64().expect("a time");
    assert!((1..=60_001).contains(&wait), "{wait}");
    assert!(locked.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=61).contains(&seconds)));
    assert_eq!(try_sign_in(&server, "boss", PASSWORD).status, 200, "others are not locked out");
    let id = boss.get("/users").json()["items"][1]["id"].as_str().expect("an id").to_owned();
    let given = boss.post(&format!("/users/{id}/password"), &json!({})).json()["password"].clone();
    let given = given.as_str().expect("a password");
    assert_eq!(try_sign_in(&server, "mona", given).status, 200, "a new password ends the wait");
}

#[test]
fn a_lock_out_ends() {
    let server = Setup::small().set("MUJIB_CONSOLE_SIGN_IN_DELAY_MS", "1").start();
    drop(Staff::set_up(&server));
    for _ in 0..3 {
        try_sign_in(&server, "boss", "not the password");
    }
    wait_until("the lock-out ends", || try_sign_in(&server, "boss", PASSWORD).status == 200);
}

#[test]
fn changes_come_only_from_the_consoles_own_pages() {
    let server = Setup::small().set("MUJIB_ALLOWED_ORIGINS", "https://clinic.example").start();
    let boss = Staff::set_up(&server);
    let own = format!("http://{}", server.address);
    let check = |headers: &[(&str, &str)], status: u16| {
        let mut all = vec![("content-type", "application/json"), ("cookie", boss.cookie.as_str())];
        all.extend(headers);
        let answer = http(&server, "PATCH", "/api/v1/me", &all, r#"{"theme":"dark"}"#);
        assert_eq!(answer.status, status, "{headers:?} {answer:?}");
        if status == 403 {
            assert_eq!(code(&answer), "forbidden_origin");
        }
        assert_eq!(answer.header("access-control-allow-origin"), "", "for no other page");
    };
    let mark = ("x-mujib-console", "1");
    check(&[("origin", &own), mark], 200);
    check(&[("sec-fetch-site", "same-origin"), mark], 200);
    check(&[("origin", &own), ("sec-fetch-site", "same-origin"), mark], 200);
    check(&[("origin", &own)], 403);
    check(&[("origin", &own), ("x-mujib-console", "0")], 403);
    check(&[mark], 403);
    check(&[("origin", "null"), mark], 403);
    check(&[("origin", "https://evil.example"), mark], 403);
    check(&[("origin", "https://clinic.example"), mark], 403);
    check(&[("origin", &own), ("sec-fetch-site", "cross-site"), mark], 403);
    check(&[("sec-fetch-site", "same-site"), mark], 403);
    check(&[("sec-fetch-site", "none"), mark], 403);
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    let server = Server::start_small();
    let boss = Staff::set_up(&server);
    let own = format!("http://{}", server.address);
    let check = |method: &str, path: &str, kind: &str, body: &str, status: u16, expected: &str| {
        let headers = [
            ("origin", own.as_str()),
            ("x-mujib-console", "1"),
            ("cookie", boss.cookie.as_str()),
            ("content-type", kind),
        ];
        let answer = http(&server, method, &format!("/api/v1{path}"), &headers, body);
        assert_eq!((answer.status, code(&answer).as_str()), (status, expected), "{method} {path}");
        assert!(!answer.body.contains("48151623"), "what was sent is not said again: {answer:?}");
    };
    let json = "application/json";
    check("POST", "/session", json, "{", 400, "bad_request");
    check("POST", "/session", json, r#"{"login": "boss", "password": 48151623}"#, 400, "bad_request");
    check("POST", "/session", json, r#"{"login": "48151623"}"#, 400, "bad_request");
    check("POST", "/session", "text/plain", "{}", 415, "unsupported_media_type");
    check("POST", "/session", json, &format!("\"{}\"", "x".repeat(1 << 20)), 413, "too_large");
    check("GET", "/nowhere/48151623", json, "", 404, "not_found");
    check("PATCH", "/session", json, "{}", 405, "method_not_allowed");
    check("PATCH", "/users/48151623", json, "{}", 404, "not_found");
    check("PATCH", "/users/00000000-0000-0000-0000-000000000000", json, "{}", 404, "not_found");
    check("GET", "/audit?cursor=48151623", json, "", 400, "bad_cursor");
    check("GET", "/audit?limit=x48151623", json, "", 400, "bad_request");
    check("GET", "/audit?from=48151623", json, "", 422, "invalid");
    check("GET", "/sessions?user=48151623", json, "", 400, "bad_request");
    check("POST", "/users", json, r#"{"login":"a b","display_name":"x","role":"viewer"}"#, 422, "invalid");
    check("POST", "/users", json, r#"{"login":"ab","display_name":" ","role":"viewer"}"#, 422, "invalid");
    check(
        "POST",
        "/users",
        json,
        r#"{"login":"ab","display_name":"x","role":"48151623"}"#,
        400,
        "bad_request",
    );
}
