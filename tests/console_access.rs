//! Who may use the console: the first administrator, signing in, sessions, people, roles.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::console::{PASSWORD, Staff, code, from_page, link_token, try_sign_in};
use support::{Server, Setup, get, http};

#[test]
fn the_link_makes_one_administrator() {
    let data = tempfile::tempdir().expect("a folder");
    let start = || Setup::default().data(data.path()).start();
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
    for wrong in [void.as_str(), "", "0"] {
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
    let server = Server::start();
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
    let server = Setup::default().set("MUJIB_TRUSTED_PROXIES", "127.0.0.1").start();
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
    let server = Setup::default().set("MUJIB_CONSOLE_SIGN_IN_DELAY_MS", "60000").start();
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
    let server = Setup::default().set("MUJIB_CONSOLE_SIGN_IN_DELAY_MS", "1").start();
    drop(Staff::set_up(&server));
    for _ in 0..3 {
        try_sign_in(&server, "boss", "not the password");
    }
    let in_time = (0..10_000).any(|_| try_sign_in(&server, "boss", PASSWORD).status == 200);
    assert!(in_time);
}

#[test]
fn changes_come_only_from_the_consoles_own_pages() {
    let server = Setup::default().set("MUJIB_ALLOWED_ORIGINS", "https://clinic.example").start();
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
    let server = Server::start();
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
    check("POST", "/session", json, &format!("\"{}\"", "x".repeat(2 << 20)), 413, "too_large");
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

#[test]
fn sessions_are_listed_and_revoked() {
    let server = Server::start();
    let boss = Staff::set_up(&server);
    let mona = boss.hire("mona", "viewer");
    let other = Staff::sign_in(&server, "mona", PASSWORD);
    let listed = mona.get("/sessions").json();
    let items = listed["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert!(items.iter().all(|item| item["user"]["display_name"] == "mona"));
    assert_eq!(items.iter().filter(|item| item["current"] == true).count(), 1);
    assert!(!listed.to_string().contains(mona.cookie.split('=').nth(1).expect("a value")));

    let bosses = boss.get("/sessions").json()["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(code(&mona.send("DELETE", &format!("/sessions/{bosses}"), None)), "not_found");
    assert_eq!(boss.get("/session").status, 200, "taken back whole");
    let id = mona.user["id"].as_str().expect("an id");
    assert_eq!(
        code(&other.get(&format!("/sessions?user={}", boss.user["id"].as_str().unwrap()))),
        "role_too_low"
    );
    assert_eq!(boss.get(&format!("/sessions?user={id}")).json()["items"].as_array().map(Vec::len), Some(2));

    assert_eq!(mona.send("DELETE", "/sessions", None).status, 204);
    assert_eq!(code(&other.get("/session")), "signed_out");
    let left = boss.get(&format!("/sessions?user={id}")).json()["items"][0]["id"].clone();
    let path = format!("/sessions/{}", left.as_str().expect("an id"));
    assert_eq!(boss.send("DELETE", &path, None).status, 204);
    assert_eq!(code(&mona.get("/session")), "signed_out");
    assert_eq!(code(&boss.send("DELETE", &path, None)), "not_found");
}

#[test]
fn passwords_are_changed() {
    let server = Server::start();
    let boss = Staff::set_up(&server);
    let made = boss.post("/users", &json!({"login": "mona", "display_name": "منى", "role": "editor"})).json();
    assert_eq!(made["user"]["must_change_password"], true);
    let given = made["password"].as_str().expect("a password");
    let mona = Staff::sign_in(&server, "mona", given);
    assert_eq!(mona.get("/session").status, 200);
    for (method, path) in [("GET", "/users"), ("GET", "/settings"), ("PATCH", "/me"), ("GET", "/sessions")] {
        let body = (method == "PATCH").then(|| json!({"theme": "dark"}));
        assert_eq!(code(&mona.send(method, path, body.as_ref())), "password_must_change", "{path}");
    }
    let other = Staff::sign_in(&server, "mona", given);
    let change = |current: &str, new: &str| {
        mona.send("PUT", "/password", Some(&json!({"current": current, "new": new})))
    };
    assert_eq!(code(&change("something else entirely", PASSWORD)), "wrong_password");
    for new in ["short", "monamonamona", "mona.mona123", given] {
        let refused = change(given, new);
        let fine = new == "monamonamona";
        assert!(refused.status == 422 || fine, "{new} {refused:?}");
        assert!(refused.json()["fields"]["new"].is_string(), "{new}");
    }
    assert_eq!(change(given, PASSWORD).status, 204);
    assert_eq!(mona.get("/users").status, 200);
    assert_eq!(code(&other.get("/session")), "signed_out");
    assert_eq!(code(&try_sign_in(&server, "mona", given)), "wrong_credentials");
    assert_eq!(try_sign_in(&server, "mona", PASSWORD).status, 200);
    let own = format!("/users/{}/password", boss.user["id"].as_str().expect("an id"));
    assert_eq!(code(&boss.post(&own, &json!({}))), "own_password");
}

#[test]
fn there_is_always_an_administrator() {
    let server = Server::start();
    let boss = Staff::set_up(&server);
    let own = format!("/users/{}", boss.user["id"].as_str().expect("an id"));
    for change in [json!({"role": "reviewer"}), json!({"disabled": true})] {
        assert_eq!(code(&boss.send("PATCH", &own, Some(&change))), "last_administrator");
    }
    let second = boss.hire("second", "administrator");
    let path = format!("/users/{}", second.user["id"].as_str().expect("an id"));
    let changed = second.send("PATCH", &own, Some(&json!({"role": "viewer", "display_name": "سابقًا"})));
    assert_eq!((changed.status, changed.json()["role"].as_str()), (200, Some("viewer")));
    assert_eq!(code(&boss.get("/audit")), "role_too_low", "at once");
    assert_eq!(code(&second.send("PATCH", &path, Some(&json!({"disabled": true})))), "last_administrator");
    let disabled = second.send("PATCH", &own, Some(&json!({"disabled": true})));
    assert_eq!(disabled.json()["disabled"], true);
    assert_eq!(code(&boss.get("/session")), "signed_out", "at once");
    assert_eq!(code(&try_sign_in(&server, "boss", PASSWORD)), "wrong_credentials");
    let taken = second.post("/users", &json!({"login": "BOSS", "display_name": "x", "role": "viewer"}));
    assert_eq!((taken.status, code(&taken).as_str()), (409, "login_taken"));
}

#[test]
fn every_change_is_recorded() {
    let server = Server::start();
    let boss = Staff::set_up(&server);
    drop(boss.hire("mona", "editor"));
    assert_eq!(boss.send("PATCH", "/me", Some(&json!({"locale": "ar", "theme": "dark"}))).status, 200);
    let all = boss.get("/audit").json();
    let actions: Vec<&str> =
        all["items"].as_array().expect("items").iter().map(|item| item["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions,
        ["user.change", "password.change", "session.begin", "user.create", "session.begin", "user.create"]
    );
    let created = boss.get("/audit?action=user.create&limit=1").json();
    assert_eq!(created["items"][0]["target"], "mona");
    assert_eq!(created["items"][0]["actor"]["display_name"], "مدير العيادة");
    assert_eq!(created["items"][0]["detail"]["role"], "editor");
    let next = created["next"].as_str().expect("more");
    let rest = boss.get(&format!("/audit?action=user.create&limit=1&cursor={next}")).json();
    assert_eq!((&rest["items"][0]["target"], &rest["next"]), (&json!("boss"), &Value::Null));
    let mona = boss.get("/users").json()["items"][1]["id"].as_str().expect("an id").to_owned();
    assert_eq!(boss.get(&format!("/audit?actor={mona}")).json()["items"].as_array().map(Vec::len), Some(2));
    for (query, some) in
        [("from=2026-01-01", true), ("to=2026-01-01", false), ("action=us", true), ("action=%25", false)]
    {
        let found = boss.get(&format!("/audit?{query}")).json();
        assert_eq!(found["items"].as_array().is_some_and(|items| !items.is_empty()), some, "{query}");
    }
}

/// Least role of every route, and a body that it can read. A new route needs a row; `open` needs nobody.
const ROUTES: [(&str, &str, &str, &str); 23] = [
    ("GET", "/setup", "open", ""),
    ("POST", "/setup", "open", r#"{"token":"","login":"x","display_name":"x","password":""}"#),
    ("GET", "/session", "viewer", ""),
    ("POST", "/session", "open", r#"{"login":"nobody-at-all","password":""}"#),
    ("DELETE", "/session", "open", ""),
    ("GET", "/sessions", "viewer", ""),
    ("DELETE", "/sessions", "viewer", ""),
    ("DELETE", "/sessions/{id}", "viewer", ""),
    ("PATCH", "/me", "viewer", "{}"),
    ("PUT", "/password", "viewer", r#"{"current":"","new":""}"#),
    ("GET", "/users", "viewer", ""),
    ("POST", "/users", "administrator", r#"{"login":"","display_name":"","role":"viewer"}"#),
    ("PATCH", "/users/{id}", "administrator", "{}"),
    ("POST", "/users/{id}/password", "administrator", ""),
    ("GET", "/audit", "administrator", ""),
    ("GET", "/settings", "viewer", ""),
    (
        "PUT",
        "/settings",
        "administrator",
        r#"{"allowed_origins":[],"country":null,"retention_days":30,"widget":{},"office_hours":{"time_zone":"UTC","days":[],"closed":[]}}"#,
    ),
    ("GET", "/tokens", "administrator", ""),
    ("POST", "/tokens", "administrator", r#"{"name":"","scopes":[]}"#),
    ("DELETE", "/tokens/{id}", "administrator", ""),
    ("GET", "/overview", "viewer", ""),
    ("GET", "/overview.csv", "viewer", ""),
    ("GET", "/nowhere", "open", ""),
];

#[test]
fn every_route_knows_its_role() {
    let server = Server::start();
    let boss = Staff::set_up(&server);
    let roles = ["viewer", "editor", "reviewer", "administrator"];
    let people: Vec<Staff<'_>> = roles.iter().map(|role| boss.hire(role, role)).collect();
    for (method, path, least, body) in ROUTES {
        let path = path.replace("{id}", "00000000-0000-0000-0000-000000000000");
        let body = (!body.is_empty()).then(|| serde_json::from_str::<Value>(body).expect("JSON"));
        let said = |answer: &support::Answer| {
            if answer.header("content-type") == "application/problem+json" {
                code(answer)
            } else {
                String::new()
            }
        };
        if least != "open" {
            let nobody = from_page(&server, method, &path, body.as_ref());
            assert_eq!(said(&nobody), "signed_out", "{method} {path}");
        }
        for (role, staff) in roles.iter().zip(&people) {
            // Signing out is for sessions that nobody needs any more.
            if (method, path.as_str()) == ("DELETE", "/session") {
                continue;
            }
            let answer = staff.send(method, &path, body.as_ref());
            let too_low =
                roles.iter().position(|own| own == role) < roles.iter().position(|own| *own == least);
            let expected = if too_low { "role_too_low" } else { "" };
            let found = said(&answer);
            let refused = ["role_too_low", "signed_out", "internal"].contains(&found.as_str());
            assert_eq!(if refused { found.as_str() } else { "" }, expected, "{method} {path} as {role}");
        }
    }
}

#[test]
fn the_table_of_roles_has_every_route() {
    let document = get(&Server::start(), "/api/v1/openapi.json").json();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let path = path.strip_prefix("/api/v1").expect("below /api/v1");
        for method in item.as_object().expect("methods").keys() {
            let method = method.to_uppercase();
            let known = ROUTES.iter().any(|row| (row.0, row.1) == (method.as_str(), path));
            assert!(known, "ROUTES lacks a row for {method} {path}");
        }
    }
}

#[test]
fn secrets_are_nowhere_in_clear() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::default().data(data.path()).set("MUJIB_LOG_LEVEL", "trace").start();
    let link = link_token(&server);
    let body = json!({"token": link, "login": "boss", "display_name": "frotz", "password": PASSWORD});
    let made = from_page(&server, "POST", "/setup", Some(&body));
    let cookie = made.header("set-cookie").split([';', '=']).nth(1).expect("a value").to_owned();
    let boss = Staff::sign_in(&server, "boss", PASSWORD);
    let user = boss.post("/users", &json!({"login": "mona", "display_name": "x", "role": "viewer"})).json();
    let token = boss.post("/tokens", &json!({"name": "x", "scopes": ["chat"]})).json();
    try_sign_in(&server, "xyzzy-login", "xyzzy-password");
    try_sign_in(&server, "boss", "plugh-password");
    boss.get("/nowhere/quux?quux");
    let secrets = [
        link.as_str(),
        PASSWORD,
        &cookie,
        boss.cookie.split('=').nth(1).expect("a value"),
        user["password"].as_str().expect("a password"),
        token["token"].as_str().expect("a token"),
        "xyzzy-password",
        "plugh-password",
    ];
    server.signal("TERM");
    assert!(server.wait().success());
    let log = server.log.rest();
    assert!(log.contains("/api/v1/session"), "routes are named");
    for word in secrets.iter().chain(&["xyzzy-login", "quux", "frotz"]) {
        assert!(!log.contains(word), "the log holds {word:?}");
    }
    for entry in std::fs::read_dir(data.path()).expect("listed") {
        let path = entry.expect("entry").path();
        if path.is_file() {
            let bytes = std::fs::read(&path).expect("read");
            for secret in secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{} holds {secret:?}", path.display());
            }
        }
    }
}

fn user_command(data: &std::path::Path, args: &[&str], input: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mujib"))
        .env_clear()
        .arg("user")
        .args(args)
        .arg("--data")
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // It may refuse before it reads.
    let _unread = child.stdin.take().expect("its input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("ended");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn people_are_managed_from_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let check = |args: &[&str], input: &str, status: i32, words: &str| {
        let (code, said) = user_command(&data, args, input);
        assert_eq!(code, Some(status), "{args:?} {said}");
        assert!(said.contains(words), "{args:?} {said}");
        assert!(!said.contains(PASSWORD), "{said}");
    };
    let password = format!("{PASSWORD}\n");
    check(&["list"], "", 0, "there is nobody yet");
    check(&["add", "boss", "--role", "administrator"], "short\n", 1, "at least 12 characters");
    check(&["add", "b", "--role", "administrator"], &password, 1, "2 to 64 letters");
    check(&["add", "Boss", "--role", "administrator", "--name", "مدير"], &password, 0, "boss is added");
    check(&["add", "boss"], &password, 1, "boss is there already");
    check(&["password", "nobody"], &password, 1, "nobody signs in");

    let server = Setup::default().data(&data).start();
    assert_eq!(
        code(&from_page(
            &server,
            "POST",
            "/setup",
            Some(&json!({
                "token": "", "login": "x", "display_name": "x", "password": PASSWORD
            }))
        )),
        "already_set_up"
    );
    let boss = Staff::sign_in(&server, "boss", PASSWORD);
    check(&["add", "mona"], &password, 0, "mona is added as viewer");
    assert_eq!(
        boss.get("/users").json()["items"].as_array().map(Vec::len),
        Some(2),
        "beside a running server"
    );
    check(&["list"], "", 0, "boss\tadministrator\tمدير");
    check(&["password", "boss"], "another long password\n", 0, "sessions ended: 1");
    assert_eq!(code(&boss.get("/session")), "signed_out");
    let boss = Staff::sign_in(&server, "boss", "another long password");
    let items = boss.get("/audit?action=password.reset").json();
    assert_eq!((&items["items"][0]["actor"], &items["items"][0]["target"]), (&Value::Null, &json!("boss")));
}
