//! The pages of the console and the documents of its API.

use crate::support::{Server, Setup, document, get, http};

#[test]
fn pages_of_the_console_are_served_safely() {
    let server = Setup::small().set("MUJIB_ALLOWED_ORIGINS", "https://clinic.example").start();
    for path in ["/console/", "/console/anything/below", "/api/v1/setup", "/api/v1/nowhere"] {
        let page = http(&server, "GET", path, &[("origin", "https://clinic.example")], "");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path} {policy}");
        assert_eq!(page.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
    }
    assert_eq!(get(&server, "/console/").status, 200);
    assert_eq!(get(&server, "/console/anything/below").body, get(&server, "/console/").body);
    assert_eq!(get(&server, "/console/assets/none.js").status, 404);
    let moved = get(&server, "/console");
    assert_eq!((moved.status, moved.header("location")), (308, "/console/"));
    assert_eq!(get(&server, "/consoles").status, 404);
}

#[test]
fn the_documentation_loads_nothing_from_elsewhere() {
    let server = Server::start_small();
    assert_eq!(get(&server, "/api/v1/docs").header("location"), "/api/v1/docs/");
    let page = http(&server, "GET", "/api/v1/docs/", &[("accept-encoding", "identity")], "");
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'self'") && !policy.contains("script-src"), "{policy}");
    let initializer = get(&server, "/api/v1/docs/swagger-initializer.js");
    assert_eq!(initializer.status, 200);
    assert_eq!(get(&server, "/api/v1/docs/swagger-ui-bundle.js").status, 200);
}

#[test]
fn the_document_is_up_to_date() {
    let made = get(&Server::start_small(), "/api/v1/openapi.json").json();
    assert_eq!(made["openapi"].as_str().map(|version| &version[..4]), Some("3.1."));
    let pretty = serde_json::to_string_pretty(&made).expect("JSON") + "\n";
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/console-openapi.json");
    #[expect(clippy::disallowed_methods, reason = "a wish of whoever runs the tests, no setting of mujib")]
    let bless = std::env::var_os("MUJIB_BLESS").is_some();
    if bless {
        std::fs::write(&file, &pretty).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == pretty,
        "docs/ is behind the code; run MUJIB_BLESS=1 cargo test --test console_settings"
    );
    let operations = made["paths"].as_object().expect("paths").values();
    let operations = operations.flat_map(|item| item.as_object().expect("methods").values());
    let names: Vec<&str> =
        operations.map(|operation| operation["operationId"].as_str().expect("a name")).collect();
    let different: std::collections::HashSet<&&str> = names.iter().collect();
    assert_eq!(different.len(), names.len(), "each operation has a name of its own: {names:?}");
    assert!(document::refers_to_what_it_holds(&made) > 50);
}
