//! Sessions, passwords, people, and the record of what they change.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::console::{PASSWORD, Staff, code, from_page, try_sign_in};
use crate::support::{Server, Setup};

#[test]
fn sessions_are_listed_and_revoked() {
    let server = Server::start_small();
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
    let server = Server::start_small();
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
        assert_eq!(refused.status, 422, "{new} {refused:?}");
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
    let server = Server::start_small();
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
    let server = Server::start_small();
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

    let server = Setup::small().data(&data).start();
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
