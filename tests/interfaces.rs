//! One form on every interface: what a terminal, staff and programs are given for the same question.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::Command;

use serde_json::{Value, json};
use support::clinic::Clinic;
use support::console::{Staff, code};
use support::{Answer, Setup, http, post_ask};

/// What `mujib ask` writes for `text` with the clinic's knowledge.
fn terminal(clinic: &Clinic, arguments: &[&str], text: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_mujib"))
        .env("MUJIB_KNOWLEDGE", clinic.knowledge())
        .env("MUJIB_INDEX", clinic.folder("index"))
        .env("MUJIB_COUNTRY", "IR")
        .arg("ask")
        .args(arguments)
        .arg(text)
        .output()
        .expect("run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A reply without what differs each time.
fn lasting(mut reply: Value) -> Value {
    let fields = reply.as_object_mut().expect("an object");
    for name in ["id", "sent_at", "seq", "conversation", "in_reply_to", "resume_token"] {
        fields.remove(name);
    }
    // 1 and 1.0 are one number, but not one JSON.
    reply["confidence"] = json!(reply["confidence"].as_f64());
    reply
}

#[test]
fn a_terminal_shows_the_reply_and_its_reasons_as_the_protocols_have_them() {
    let clinic = Clinic::new();
    let server = Setup::default()
        .knowledge(&clinic.knowledge())
        .data(&clinic.data())
        .set("MUJIB_COUNTRY", "IR")
        .start();
    let boss = Staff::set_up(&server);
    for text in ["الشمس بعد الجلسة", "تعداد جلسه‌ها", "بكم الجلسة؟", "تنگی نفس دارم", "سلام"]
    {
        let asked = post_ask(&server, &json!({"text": text})).json();
        let tried = boss.post("/try", &json!({"text": text})).json();
        let mut shown = terminal(&clinic, &["--json", "--explain"], text);
        let explanation = shown.as_object_mut().expect("an object").remove("explanation");
        assert_eq!(explanation, Some(tried["explanation"].clone()), "{text}");
        for name in asked.as_object().expect("an object").keys().filter(|name| *name != "resume_token") {
            assert!(shown.get(name).is_some(), "{name} is missing for {text}");
        }
        assert_eq!(lasting(shown), lasting(asked), "{text}");
        assert_eq!(terminal(&clinic, &["--json"], text).get("explanation"), None, "{text}");
    }
}

#[test]
fn a_program_reads_the_knowledge_with_a_token_for_it_and_no_more() {
    let clinic = Clinic::new();
    let server = Setup::default().knowledge(&clinic.knowledge()).data(&clinic.data()).start();
    let boss = Staff::set_up(&server);
    let token = |scope: &str| {
        let made = boss.post("/tokens", &json!({"name": "موقع العيادة", "scopes": [scope]}));
        assert_eq!((made.status, &made.json()["scopes"]), (201, &json!([scope])));
        format!("Bearer {}", made.json()["token"].as_str().expect("a token"))
    };
    let (reading, chatting) = (token("knowledge:read"), token("chat"));
    let send = |bearer: &str, method: &str, path: &str| -> Answer {
        http(&server, method, &format!("/api/v1{path}"), &[("authorization", bearer)], "")
    };
    for path in [
        "/knowledge",
        "/knowledge/pairs",
        "/knowledge/sources",
        "/knowledge/entries?kind=pair",
        "/knowledge/entries/pair/after-sun",
    ] {
        let answer = send(&reading, "GET", path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        assert_eq!(answer.json(), boss.get(path).json(), "{path}");
        for wrong in [chatting.as_str(), "Bearer mujib_0", "Bearer "] {
            assert_eq!(code(&send(wrong, "GET", path)), "bad_token", "{path}");
        }
        let nobody = http(&server, "GET", &format!("/api/v1{path}"), &[], "");
        assert_eq!(code(&nobody), "signed_out", "{path}");
    }
    for path in ["/knowledge/history", "/inbox", "/conversations", "/settings", "/audit", "/users"] {
        assert_eq!(code(&send(&reading, "GET", path)), "signed_out", "{path}");
    }
    let asked = http(
        &server,
        "POST",
        "/v1/ask",
        &[("authorization", &reading), ("content-type", "application/json")],
        &json!({"text": "سلام"}).to_string(),
    );
    assert_eq!(asked.status, 401, "{asked:?}");
}

#[test]
fn every_way_to_ask_a_new_pair_is_held_against_the_others() {
    let clinic = Clinic::new();
    let server = Setup::default().knowledge(&clinic.knowledge()).data(&clinic.data()).start();
    let boss = Staff::set_up(&server);
    let mut content = boss.get("/knowledge/entries/pair/pain").json()["published"].clone();
    content["ar"]["question"] = json!("كيف أركن السيارة أمام المبنى؟");
    content["ar"]["variants"] =
        json!(["موقف السيارات", "أين الموقف", "عدد الجلسات المطلوب", "الشمس بعد الجلسه", "باص", "مترو"]);
    content["fa"]["question"] = json!("پارکینگ کجاست؟");
    content["fa"]["variants"] =
        json!(["جای پارک", "پارک ماشین", "تعداد جلسه‌ها", "اتوبوس", "مترو کجاست", "تاکسی"]);
    let checked =
        boss.post("/knowledge/check", &json!({"kind": "pair", "id": "parking", "content": content}));
    assert_eq!(checked.status, 200, "{checked:?}");
    let near = checked.json()["near"].clone();
    let near: Vec<(&str, &str)> = near
        .as_array()
        .expect("a list")
        .iter()
        .map(|near| (near["text"].as_str().expect("a text"), near["pair"].as_str().expect("a pair")))
        .collect();
    for found in [
        ("عدد الجلسات المطلوب", "sessions-count"),
        ("الشمس بعد الجلسه", "after-sun"),
        ("تعداد جلسه‌ها", "sessions-count"),
    ] {
        assert!(near.contains(&found), "{found:?} is not in {near:?}");
    }
    assert!(near.iter().all(|(text, _)| !text.contains("موقف")), "{near:?}");
}
