//! The clinic's settings: in force at once, kept, checked, and fixed by flags.

use serde_json::{Value, json};

use crate::support::console::{PASSWORD, Staff, code};
use crate::support::{Answer, Client, Server, Setup, get, http, post_ask};

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

/// Writes the settings with `changes`.
pub fn put(staff: &Staff<'_>, changes: &[(&str, Value)]) -> Answer {
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
    assert_eq!(put(&boss, &[("/widget/phone", json!("+98 21 1"))]).status, 200);
    let recorded = boss.get("/audit?action=settings").json();
    let detail = &recorded["items"][0]["detail"];
    assert_eq!(*detail, json!({"widget": {"phone": "+98 21 1"}}), "nothing that stayed");
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
    let boss = Staff::sign_in(&server, "boss", PASSWORD);
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
