//! No password and no token is in the log or in the database.

use serde_json::json;

use crate::support::Setup;
use crate::support::console::{PASSWORD, Staff, from_page, link_token, try_sign_in};

#[test]
fn secrets_are_nowhere_in_clear() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::small().data(data.path()).set("MUJIB_LOG_LEVEL", "trace").start();
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
