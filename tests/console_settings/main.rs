//! The clinic's settings, tokens for integrations, the overview, the API's documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::console::{Staff, code};
use support::{Answer, Client, Server, Setup, get, http, post_ask};
use tokio_tungstenite::tungstenite::Error;

/// The settings with `changes`, and their tag.
fn changed(staff: &Staff<'_>, changes: &[(&str, Value)]) -> (Value, String) {
    let answer = staff.get("/settings");
    let mut settings = answer.json();
    settings.as_object_mut().expect("an object").remove("fixed");
    for (pointer, value) in changes {
        *settings.pointer_mut(pointer).expect("a setting") = value.clone();
    }
    (settings, answer.header("etag").to_owned())
}

fn put(staff: &Staff<'_>, changes: &[(&str, Value)]) -> Answer {
    let (settings, tag) = changed(staff, changes);
    staff.send_with("PUT", "/settings", &[("if-match", &tag)], Some(&settings))
}

#[test]
fn two_people_do_not_overwrite_each_other() {
    let server = Server::start_small();
    let boss = Staff::set_up(&server);
    let (settings, tag) = changed(&boss, &[("/retention_days", json!(60))]);
    let send = |headers: &[(&str, &str)]| boss.send_with("PUT", "/settings", headers, Some(&settings));
    let missing = send(&[]);
    assert_eq!((missing.status, code(&missing).as_str()), (428, "precondition_required"));
    for wrong in ["\"0\"", "*", ""] {
        let refused = send(&[("if-match", wrong)]);
        assert_eq!((refused.status, code(&refused).as_str()), (412, "changed_meanwhile"), "{wrong}");
        assert_eq!(refused.json()["current"]["retention_days"], 30);
    }
    let done = send(&[("if-match", &tag)]);
    assert_eq!((done.status, &done.json()["retention_days"]), (200, &json!(60)));
    assert_ne!(done.header("etag"), tag);
    assert_eq!(code(&send(&[("if-match", &tag)])), "changed_meanwhile");
    let weak = format!("W/{}", done.header("etag"));
    assert_eq!(send(&[("if-match", &weak)]).status, 200, "compressed on the way");
    assert_eq!(boss.get("/settings").header("etag"), done.header("etag"), "nothing changed, nothing new");
    let recorded = boss.get("/audit?action=settings").json();
    assert_eq!(recorded["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(recorded["items"][0]["detail"], json!({"retention_days": 60}));
}

#[tokio::test]
async fn settings_are_in_force_at_once_and_after_a_restart() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::small().data(data.path()).start();
    let boss = Staff::set_up(&server);
    let clinic = [("origin", "https://clinic.example")];
    let emergency = json!({"text": "عندي ضيق تنفس الآن"});
    assert!(Client::connect_with(&server, &clinic).await.is_err());
    assert!(!post_ask(&server, &emergency).json()["text"].as_str().unwrap().contains("115"));
    let hours = json!({
        "time_zone": "Asia/Riyadh", "closed": ["2026-12-25"],
        "days": [{"day": "sun", "from": "09:00", "to": "17:00"}],
    });
    let done = put(
        &boss,
        &[
            ("/allowed_origins", json!(["https://Clinic.example/"])),
            ("/country", json!("ir")),
            ("/widget/name_ar", json!(" عيادة <b>نور</b> ")),
            ("/widget/accent", json!("#0B7A75")),
            ("/widget/logo", json!("https://pictures.example/logo.svg")),
            ("/office_hours", hours.clone()),
        ],
    );
    assert_eq!(done.status, 200, "{done:?}");
    let check = |settings: &Value| {
        assert_eq!(settings["allowed_origins"], json!(["https://clinic.example"]));
        assert_eq!((&settings["country"], &settings["retention_days"]), (&json!("IR"), &json!(30)));
        assert_eq!(settings["widget"]["name_ar"], "عيادة <b>نور</b>");
        assert_eq!((&settings["widget"]["phone"], &settings["office_hours"]), (&Value::Null, &hours));
    };
    check(&done.json());
    assert!(Client::connect_with(&server, &clinic).await.is_ok());
    assert!(post_ask(&server, &emergency).json()["text"].as_str().unwrap().contains("115"));
    let look = http(&server, "GET", "/v1/widget", &clinic, "");
    assert_eq!((&look.json()["accent"], &look.json()["emergency"]), (&json!("#0b7a75"), &json!("115")));
    assert_eq!(look.header("access-control-allow-origin"), "https://clinic.example");
    let policy = get(&server, "/").header("content-security-policy").to_owned();
    assert!(policy.contains("img-src 'self' data: https://pictures.example;"), "{policy}");
    assert!(policy.contains("frame-ancestors 'self' https://clinic.example"), "{policy}");
    server.signal("TERM");
    assert!(server.wait().success());

    let server = Setup::small().data(data.path()).start();
    let boss = Staff::sign_in(&server, "boss", support::console::PASSWORD);
    check(&boss.get("/settings").json());
    assert!(post_ask(&server, &emergency).json()["text"].as_str().unwrap().contains("115"));
}

#[test]
fn what_a_flag_or_the_environment_sets_stays() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), "country = 'IR'\n[widget]\nphone = '+98 21 0000'\n").expect("written");
    let server = Setup::small()
        .set("MUJIB_CONFIG", file.path().to_str().expect("a path"))
        .set("MUJIB_WIDGET_NAME_FA", "کلینیک نور")
        .flag("--allowed-origins")
        .flag("https://a.example")
        .start();
    let boss = Staff::set_up(&server);
    let settings = boss.get("/settings").json();
    assert_eq!(settings["fixed"], json!(["allowed_origins", "widget.name_fa"]));
    assert_eq!((&settings["country"], &settings["widget"]["phone"]), (&json!("IR"), &json!("+98 21 0000")));
    for (pointer, value, field) in [
        ("/allowed_origins", json!([]), "allowed_origins"),
        ("/widget/name_fa", json!("دیگر"), "widget.name_fa"),
    ] {
        let refused = put(&boss, &[(pointer, value)]);
        assert_eq!((refused.status, code(&refused).as_str()), (422, "invalid"), "{field}");
        assert!(refused.json()["fields"][field].is_string(), "{refused:?}");
    }
    let done = put(&boss, &[("/country", Value::Null), ("/widget/phone", json!(""))]);
    assert_eq!((&done.json()["country"], &done.json()["widget"]["phone"]), (&Value::Null, &Value::Null));
    assert_eq!(done.json()["widget"]["name_fa"], "کلینیک نور");
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let server = Server::start_small();
    let boss = Staff::set_up(&server);
    for (pointer, value, field) in [
        ("/allowed_origins", json!(["clinic.example"]), "allowed_origins"),
        ("/allowed_origins", json!(["https://a.example,https://b.example"]), "allowed_origins"),
        ("/allowed_origins", json!(["https://a.example; script-src *"]), "allowed_origins"),
        ("/country", json!("Iran"), "country"),
        ("/retention_days", json!(0), "retention_days"),
        ("/retention_days", json!(3651), "retention_days"),
        ("/widget/accent", json!("red"), "widget.accent"),
        ("/widget/logo", json!("javascript:alert(1)"), "widget.logo"),
        ("/widget/name_ar", json!("ا".repeat(61)), "widget.name_ar"),
        ("/office_hours/time_zone", json!("Mars/Base"), "office_hours"),
        ("/office_hours/days", json!([{"day": "sat", "from": "17:00", "to": "09:00"}]), "office_hours"),
        ("/office_hours/closed", json!(["tomorrow"]), "office_hours"),
    ] {
        let refused = put(&boss, &[(pointer, value.clone())]);
        assert_eq!((refused.status, code(&refused).as_str()), (422, "invalid"), "{value}");
        assert!(refused.json()["fields"][field].is_string(), "{refused:?}");
    }
    let two = put(&boss, &[("/country", json!("Iran")), ("/retention_days", json!(0))]).json();
    assert_eq!(two["fields"].as_object().map(serde_json::Map::len), Some(2), "all at once");
}

/// The status of an upgrade with `headers`; 101 if it is let in.
async fn upgrade(server: &Server, headers: &[(&'static str, &str)]) -> u16 {
    match Client::connect_with(server, headers).await {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn an_integration_signs_in_by_its_token() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::small().data(data.path()).start();
    let boss = Staff::set_up(&server);
    let made = boss.post("/tokens", &json!({"name": "واتساب", "scopes": ["chat"]}));
    assert_eq!(made.status, 201);
    let token = made.json()["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("mujib_") && token.len() == 70);
    let listed = boss.get("/tokens");
    assert!(!listed.body.contains(&token), "shown once");
    assert_eq!(listed.json()["items"][0]["last_used_at"], Value::Null);

    let bearer = format!("Bearer {token}");
    assert_eq!(upgrade(&server, &[("authorization", &bearer)]).await, 101);
    let foreign = [("authorization", bearer.as_str()), ("origin", "https://elsewhere.example")];
    assert_eq!(upgrade(&server, &foreign).await, 101, "it is no page");
    for wrong in ["Bearer mujib_0", &bearer[..bearer.len() - 1], "Bearer "] {
        assert_eq!(upgrade(&server, &[("authorization", wrong)]).await, 401);
    }
    let ask = json!({"text": "كم جلسة؟"}).to_string();
    let answer = http(&server, "POST", "/v1/ask", &foreign, &ask);
    assert_eq!(answer.status, 200, "{answer:?}");
    let until_used = || boss.get("/tokens").json()["items"][0]["last_used_at"].is_string();
    assert!((0..10_000).any(|_| until_used()));

    let later =
        boss.post("/tokens", &json!({"name": "x", "scopes": ["chat"], "expires_at": "2999-01-01T00:00:00Z"}));
    let later_bearer = format!("Bearer {}", later.json()["token"].as_str().expect("a token"));
    assert_eq!(upgrade(&server, &[("authorization", &later_bearer)]).await, 101);
    for (body, field) in [
        (json!({"name": " ", "scopes": ["chat"]}), "name"),
        (json!({"name": "x", "scopes": []}), "scopes"),
        (json!({"name": "x", "scopes": ["chat"], "expires_at": "2020-01-01T00:00:00Z"}), "expires_at"),
        (json!({"name": "x", "scopes": ["chat"], "expires_at": "soon"}), "expires_at"),
    ] {
        assert!(boss.post("/tokens", &body).json()["fields"][field].is_string(), "{body}");
    }
    assert_eq!(code(&boss.post("/tokens", &json!({"name": "x", "scopes": ["everything"]}))), "bad_request");

    let path = format!("/tokens/{}", made.json()["id"].as_str().expect("an id"));
    assert_eq!(boss.send("DELETE", &path, None).status, 204);
    assert_eq!(upgrade(&server, &[("authorization", &bearer)]).await, 401, "revoked");
    assert_eq!(code(&boss.send("DELETE", &path, None)), "not_found");
    server.signal("TERM");
    assert!(server.wait().success());

    let database = rusqlite::Connection::open(data.path().join("mujib.db")).expect("opened");
    database.execute("UPDATE api_token SET expires_ms = 1", []).expect("written");
    drop(database);
    let server = Setup::small().data(data.path()).start();
    assert_eq!(upgrade(&server, &[("authorization", &later_bearer)]).await, 401, "over");
}

#[tokio::test]
async fn an_integration_holds_many_conversations() {
    let server = Setup::small().set("MUJIB_LIMITS_MESSAGES_PER_MINUTE", "2").start();
    let boss = Staff::set_up(&server);
    let made = boss.post("/tokens", &json!({"name": "x", "scopes": ["chat"]})).json();
    let bearer = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let mut line = Client::connect_with(&server, &[("authorization", &bearer)]).await.expect("in");
    let arabic = line.start(json!({"locale": "ar", "channel": "whats-app"})).await;
    assert_eq!(line.ask("1", "كم جلسة؟").await["conversation"], arabic.conversation, "the only one");
    let persian = line.start(json!({"locale": "fa"})).await;
    assert_ne!(arabic.conversation, persian.conversation);
    let ask = |conversation: &str, id: &str, text: &str| json!({"type": "ask", "id": id, "conversation": conversation, "text": text});
    line.refused(json!({"type": "ask", "id": "2", "text": "كم جلسة؟"}), "bad_frame").await;
    for round in 0..3 {
        for (known, text) in [(&arabic, "كم جلسة؟"), (&persian, "چند جلسه؟")] {
            line.say(ask(&known.conversation, &format!("m{round}"), text)).await;
            let reply = line.hear().await;
            assert_eq!(
                (&reply["type"], &reply["conversation"]),
                (&json!("reply"), &json!(known.conversation))
            );
        }
    }
    line.say(json!({"type": "forget", "conversation": arabic.conversation})).await;
    assert_eq!(line.hear().await["conversation"], arabic.conversation);
    line.refused(ask(&arabic.conversation, "9", "كم جلسة؟"), "unknown_conversation").await;
    assert_eq!(
        line.ask("again", "چند جلسه؟").await["conversation"],
        persian.conversation,
        "the only one left"
    );

    let mut patient = Client::connect(&server).await;
    let own = patient.start(json!({})).await;
    line.refused(ask(&own.conversation, "9", "كم جلسة؟"), "forbidden").await;
    patient.refused(json!({"type": "start"}), "too_many_conversations").await;
    line.say(json!({"type": "start", "conversation": own.conversation, "resume_token": own.token})).await;
    assert_eq!(line.hear().await["type"], "started", "by its token");
}

#[test]
fn the_overview_counts() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::small().data(data.path()).start();
    drop(Staff::set_up(&server));
    server.signal("TERM");
    assert!(server.wait().success());
    let database = rusqlite::Connection::open(data.path().join("mujib.db")).expect("opened");
    // Lately, so that the retention leaves it.
    let day = (jiff::Timestamp::now().as_millisecond() / 86_400_000 - 5) * 86_400_000;
    let name = |ms: i64| jiff::Timestamp::from_millisecond(ms).expect("a time").to_string()[..10].to_owned();
    let (first, second) = (name(day), name(day + 86_400_000));
    let facts = [
        (0, "ar", "answer", Some("sessions-count"), 1000, Some(1)),
        (1, "ar", "answer", Some("sessions-count"), 3000, None),
        (2, "ar", "answer", Some("no-such-pair"), 2000, Some(0)),
        (3, "fa", "no_answer", None, 4000, None),
        (86_399_999, "fa", "emergency", None, 5000, None),
        (86_400_000, "fa", "smalltalk", None, 90_000, None),
    ];
    database
        .execute("INSERT INTO conversation (id, token, created_ms) VALUES (x'00', x'00', ?)", [day])
        .expect("written");
    database
        .execute(
            "INSERT INTO conversation_fact (conversation, started_ms, last_ms) VALUES (x'00', ?, ?)",
            [day, day + 86_400_000],
        )
        .expect("written");
    for (seq, (after, lang, outcome, pair, took_us, helpful)) in facts.into_iter().enumerate() {
        database
            .execute(
                "INSERT INTO turn_fact (conversation, seq, at_ms, lang, outcome, pair, confidence, took_us, helpful) \
                 VALUES (x'00', ?, ?, ?, ?, ?, 0.5, ?, ?)",
                rusqlite::params![seq as i64 + 1, day + after, lang, outcome, pair, took_us, helpful],
            )
            .expect("written");
    }
    database
        .execute(
            "INSERT INTO inbox_group (kind, lang, key, count, first_ms, last_ms, changed_ms) \
             VALUES ('unanswered', 'fa', x'01', 7, ?1, ?1, ?1)",
            [day],
        )
        .expect("written");
    drop(database);

    let server = Setup::small().data(data.path()).set("TZ", "UTC").start();
    let boss = Staff::sign_in(&server, "boss", support::console::PASSWORD);
    let zone = json!({"time_zone": "UTC", "days": [], "closed": []});
    assert_eq!(put(&boss, &[("/office_hours", zone)]).status, 200);
    let overview = boss.get(&format!("/overview?from={first}&to={first}")).json();
    assert_eq!(
        overview["days"],
        json!([
            {"day": first, "lang": "ar", "outcome": "answer", "count": 3},
            {"day": first, "lang": "fa", "outcome": "emergency", "count": 1},
            {"day": first, "lang": "fa", "outcome": "no_answer", "count": 1},
        ])
    );
    assert_eq!(
        overview["totals"],
        json!({"messages": 5, "conversations": 1, "answered_share": 0.75, "emergencies": 1, "helpful": 1, "unhelpful": 1})
    );
    assert_eq!(overview["latency"], json!({"median_ms": 3.0, "p99_ms": 5.0}));
    let pairs = &overview["pairs"];
    assert_eq!((&pairs[0]["pair"], &pairs[0]["count"]), (&json!("sessions-count"), &json!(2)));
    assert!(pairs[0]["question"]["fa"].is_string() && pairs[1]["question"].is_null());
    assert_eq!(overview["unanswered"][0]["count"], 7);
    let both = boss.get(&format!("/overview.csv?from={first}&to={second}"));
    assert_eq!(both.header("content-type"), "text/csv; charset=utf-8");
    assert!(both.header("content-disposition").starts_with("attachment"));
    assert_eq!(both.body.lines().count(), 5, "{}", both.body);
    assert!(both.body.contains(&format!("{second},fa,smalltalk,1\r\n")), "{}", both.body);
    let empty = boss.get("/overview?from=2020-01-01&to=2020-01-31").json();
    assert_eq!((&empty["days"], &empty["latency"]), (&json!([]), &Value::Null));
    assert_eq!(empty["totals"]["answered_share"], Value::Null);
    for query in ["from=2026-11-19&to=2026-11-18", "from=2020-01-01&to=2026-01-01", "from=x", "to=9999-12-31"]
    {
        assert_eq!(code(&boss.get(&format!("/overview?{query}"))), "invalid", "{query}");
    }
    assert_eq!(boss.get("/overview").status, 200);
}

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
    let mut references = Vec::new();
    collect(&made, &mut references);
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        assert!(made.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(Into::into));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
