//! The figures of the overview.

use serde_json::{Value, json};

use crate::settings::put;
use crate::support::Setup;
use crate::support::console::{PASSWORD, Staff, code};

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
    let boss = Staff::sign_in(&server, "boss", PASSWORD);
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
