//! Who may do what: every route against every role.

use serde_json::Value;

use crate::support::console::{Staff, code, from_page};
use crate::support::{Answer, Server, get};

/// Least role of every route, and a body that it can read. A new route needs a row; `open` needs nobody, and a `stream`
/// is for everybody who is signed in and never ends.
const ROUTES: [(&str, &str, &str, &str); 63] = [
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
    ("GET", "/events", "stream", ""),
    ("GET", "/presence", "viewer", ""),
    ("PUT", "/presence", "editor", r#"{"available":false}"#),
    ("GET", "/inbox", "viewer", ""),
    ("GET", "/inbox/{id}", "viewer", ""),
    ("PATCH", "/inbox", "editor", r#"{"ids":[0],"state":"done"}"#),
    ("POST", "/inbox/{id}/attach", "editor", r#"{"pair":"x"}"#),
    ("POST", "/inbox/{id}/outside", "editor", r#"{"entry":"x"}"#),
    ("POST", "/inbox/{id}/missed_flag", "editor", "{}"),
    ("GET", "/conversations", "viewer", ""),
    ("GET", "/conversations/{id}", "viewer", ""),
    ("GET", "/conversations/{id}/export", "viewer", ""),
    ("DELETE", "/conversations/{id}", "reviewer", ""),
    ("POST", "/conversations/{id}/take", "editor", ""),
    ("POST", "/conversations/{id}/release", "editor", ""),
    ("POST", "/conversations/{id}/messages", "editor", r#"{"id":"1","text":"x"}"#),
    ("POST", "/conversations/{id}/typing", "editor", ""),
    ("GET", "/knowledge", "viewer", ""),
    ("GET", "/knowledge/pairs", "viewer", ""),
    ("GET", "/knowledge/sources", "viewer", ""),
    ("GET", "/knowledge/entries", "viewer", ""),
    ("GET", "/knowledge/entries/{kind}/{id}", "viewer", ""),
    ("PUT", "/knowledge/entries/{kind}/{id}/draft", "editor", r#"{"content":null}"#),
    ("DELETE", "/knowledge/entries/{kind}/{id}/draft", "editor", ""),
    ("POST", "/knowledge/entries/{kind}/{id}/draft/submit", "editor", ""),
    ("POST", "/knowledge/entries/{kind}/{id}/draft/return", "reviewer", r#"{"reason":"x"}"#),
    ("POST", "/knowledge/entries/{kind}/{id}/draft/approve", "reviewer", ""),
    ("POST", "/knowledge/entries/{kind}/{id}/rollback", "editor", r#"{"revision":9,"reason":"x"}"#),
    ("POST", "/knowledge/check", "editor", r#"{"kind":"pair","id":"none","content":null}"#),
    ("POST", "/knowledge/candidates", "editor", r#"{"revisions":[9]}"#),
    ("GET", "/knowledge/candidates/{id}", "viewer", ""),
    ("POST", "/knowledge/candidates/{id}/publish", "reviewer", r#"{"reason":"x"}"#),
    ("POST", "/knowledge/pairs/{id}/withdraw", "reviewer", r#"{"reason":"x"}"#),
    ("POST", "/knowledge/pairs/{id}/restore", "reviewer", r#"{"reason":"x"}"#),
    ("GET", "/knowledge/history", "viewer", ""),
    ("GET", "/knowledge/revisions/{number}", "viewer", ""),
    ("GET", "/knowledge/questions", "viewer", ""),
    (
        "POST",
        "/knowledge/questions",
        "editor",
        r#"{"lang":"ar","text":" ","expected":{"outcome":"no_answer"},"set":"evaluation"}"#,
    ),
    ("DELETE", "/knowledge/questions/{id}", "reviewer", ""),
    ("POST", "/try", "viewer", r#"{"text":"كم جلسة؟"}"#),
    (
        "POST",
        "/try/verdict",
        "editor",
        r#"{"text":" ","lang":"ar","got":{"outcome":"no_answer"},"right":true,"add":"question"}"#,
    ),
];

#[test]
fn every_route_knows_its_role() {
    let server = Server::start_small();
    let boss = Staff::set_up(&server);
    let roles = ["viewer", "editor", "reviewer", "administrator"];
    let people: Vec<Staff<'_>> = roles.iter().map(|role| boss.hire(role, role)).collect();
    for (method, path, least, body) in ROUTES {
        let id = if path.starts_with("/inbox/") { "9" } else { "00000000-0000-0000-0000-000000000000" };
        let path = path.replace("{id}", id);
        let path = path.replace("{kind}", "pair").replace("{number}", "9");
        let body = (!body.is_empty()).then(|| serde_json::from_str::<Value>(body).expect("JSON"));
        let said = |answer: &Answer| {
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
            // A session is needed to the end of the table.
            if (method, path.as_str()) == ("DELETE", "/session") || least == "stream" {
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
    let document = get(&Server::start_small(), "/api/v1/openapi.json").json();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let path = path.strip_prefix("/api/v1").expect("below /api/v1");
        for method in item.as_object().expect("methods").keys() {
            let method = method.to_uppercase();
            let known = ROUTES.iter().any(|row| (row.0, row.1) == (method.as_str(), path));
            assert!(known, "ROUTES lacks a row for {method} {path}");
        }
    }
}
