//! Texts that try to be more than text, and people who try to do more than they may.

use serde_json::json;

use crate::desk::{at, draft, entry, put, setup};
use crate::support::clinic::Clinic;
use crate::support::console::{Staff, code};
use crate::support::get;

#[test]
fn texts_stay_texts_everywhere() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    let long = "كلمة ".repeat(8000);
    for text in [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u{202e}gnp.exe\u{202c}\u{2066}\u{200f}",
        "\"\"\"\n[[pair]]\nid = \"x\"\n'''",
        "{{7*7}} ${7*7} %00 \\u0000",
        long.as_str(),
    ] {
        let answer = format!("{text} [1].");
        let written = draft(&sara, "pair", "pain", |pair| pair["fa"]["answer"] = json!(answer));
        assert_eq!(written["draft"]["content"]["fa"]["answer"], answer);
        let read = sara.get(&at("pair", "pain"));
        assert_eq!(read.header("content-type"), "application/json");
        assert_eq!(read.json()["draft"]["content"]["fa"]["answer"], answer);
        let short: String = text.chars().take(500).collect();
        let tried = sara.post("/try", &json!({"text": short, "version": "live"}));
        assert_eq!(tried.status, 200, "{tried:?}");
        let checked = sara.post(
            "/knowledge/check",
            &json!({"kind": "pair", "id": "pain", "content": written["draft"]["content"]}),
        );
        assert_eq!(checked.status, 200, "{checked:?}");
        let question =
            json!({"text": short, "lang": "fa", "expected": {"outcome": "no_answer"}, "set": "evaluation"});
        let added = sara.post("/knowledge/questions", &question);
        assert!(matches!(added.status, 201), "{added:?}");
        assert_eq!(added.json()["text"], short.trim());
        assert_eq!(
            code(&sara.post(&format!("{}/draft/return", at("pair", "pain")), &json!({"reason": text}))),
            "role_too_low"
        );
    }
    for (body, status) in [
        (json!({"content": "text"}), 422),
        (json!({"content": [1]}), 422),
        (json!({"content": {"id": "other"}}), 422),
        (json!({"content": {}, "reason": "x".repeat(3000)}), 422),
        (json!([]), 400),
        (json!({"reason": "no content"}), 400),
        (json!({"content": {"facts": ["x".repeat(1_100_000)]}}), 413),
    ] {
        let (_, tag) = entry(&sara, "pair", "pain");
        assert_eq!(put(&sara, "pair", "pain", &tag, &body).status, status);
    }
    for path in [
        "/knowledge/entries/no-such/x",
        "/knowledge/entries/pair/%00",
        "/knowledge/revisions/99",
        "/knowledge/revisions/x",
    ] {
        assert_eq!(sara.get(path).status, 404, "{path}");
    }
    assert_eq!(sara.get("/knowledge/pairs?q=%E2%80%AE%25%5C&cursor=zz").status, 400);
}

#[test]
fn only_staff_of_the_right_role_get_in() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let viewer = boss.hire("nour", "viewer");
    for path in [
        "/knowledge",
        "/knowledge/pairs",
        "/knowledge/sources",
        "/knowledge/entries",
        "/knowledge/history",
        "/knowledge/questions",
        &at("pair", "pain"),
    ] {
        assert_eq!(get(&server, &format!("/api/v1{path}")).status, 401, "{path}");
        assert_eq!(viewer.get(path).status, 200, "{path}");
    }
    assert_eq!(code(&put(&viewer, "pair", "pain", "*", &json!({"content": {}}))), "role_too_low");
    for (path, body) in [
        ("/knowledge/candidates", json!({})),
        ("/knowledge/check", json!({"kind": "pair", "id": "pain", "content": {}})),
        (
            "/knowledge/questions",
            json!({"text": "x", "lang": "ar", "expected": {"outcome": "answer"}, "set": "safety"}),
        ),
        ("/knowledge/pairs/pain/withdraw", json!({"reason": "x"})),
        ("/knowledge/pairs/pain/restore", json!({"reason": "x"})),
        (
            "/try/verdict",
            json!({"text": "سؤال", "lang": "ar", "got": {"outcome": "answer", "pair": "pain"}, "right": true, "add": "variant"}),
        ),
    ] {
        assert_eq!(code(&viewer.post(path, &body)), "role_too_low", "{path}");
    }
    // Every change is on record, and no text of a draft in it.
    draft(&boss, "pair", "pain", |pair| pair["fa"]["answer"] = json!("رازی در متن [1]."));
    let record = boss.get("/audit?action=knowledge").json();
    assert_eq!(
        (&record["items"][0]["action"], &record["items"][0]["target"]),
        (&json!("knowledge.draft"), &json!("pair/pain"))
    );
    assert!(!record.to_string().contains("رازی"));
}
