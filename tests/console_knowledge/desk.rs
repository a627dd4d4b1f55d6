//! The clinic whose knowledge is edited, and the steps that every change takes.

use serde_json::{Value, json};

use crate::support::clinic::Clinic;
use crate::support::console::Staff;
use crate::support::{Answer, Server, Setup, get, post_ask};

pub const SUN: &str = "الشمس بعد الجلسة";
pub const OLD: &str = "لا شمس ليومين";
pub const NEW: &str = "لا شمس لأسبوع كامل [1].";

pub fn setup(clinic: &Clinic) -> Setup {
    let questions = clinic.questions().display().to_string();
    Setup::default()
        .knowledge(&clinic.knowledge())
        .data(&clinic.data())
        .set("MUJIB_QUESTIONS", &questions)
        .set("MUJIB_COUNTRY", "IR")
}

/// The address of an entry.
pub fn at(kind: &str, id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let id = id
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") });
    format!("/knowledge/entries/{kind}/{}", id.collect::<String>())
}

/// An entry and its tag.
#[track_caller]
pub fn entry(staff: &Staff<'_>, kind: &str, id: &str) -> (Value, String) {
    let answer = staff.get(&at(kind, id));
    assert_eq!(answer.status, 200, "{answer:?}");
    (answer.json(), answer.header("etag").to_owned())
}

pub fn put(staff: &Staff<'_>, kind: &str, id: &str, tag: &str, body: &Value) -> Answer {
    staff.send_with("PUT", &format!("{}/draft", at(kind, id)), &[("if-match", tag)], Some(body))
}

/// Writes a draft in which `change` is made to what patients have.
#[track_caller]
pub fn draft(staff: &Staff<'_>, kind: &str, id: &str, change: impl Fn(&mut Value)) -> Value {
    let (now, tag) = entry(staff, kind, id);
    let mut content = now["published"].clone();
    change(&mut content);
    let written = put(staff, kind, id, &tag, &json!({"content": content, "reason": "أوضح"}));
    assert_eq!(written.status, 200, "{written:?}");
    written.json()
}

pub fn step(staff: &Staff<'_>, kind: &str, id: &str, step: &str) -> Answer {
    staff.post(&format!("{}/draft/{step}", at(kind, id)), &json!({"reason": "noch einmal"}))
}

/// Submits a draft, has it approved by somebody else, and builds the candidate of all that is approved.
#[track_caller]
pub fn candidate(editor: &Staff<'_>, reviewer: &Staff<'_>, kind: &str, id: &str) -> Value {
    for (who, what) in [(editor, "submit"), (reviewer, "approve")] {
        let stepped = step(who, kind, id, what);
        assert_eq!(stepped.status, 200, "{what}: {stepped:?}");
    }
    let built = reviewer.post("/knowledge/candidates", &json!({}));
    assert_eq!(built.status, 201, "{built:?}");
    built.json()
}

pub fn publish(staff: &Staff<'_>, candidate: &Value) -> Answer {
    let id = candidate["id"].as_str().expect("an id");
    staff.post(&format!("/knowledge/candidates/{id}/publish"), &json!({"reason": "نشر"}))
}

pub fn version(server: &Server) -> Value {
    get(server, "/version").json()["knowledge"].clone()
}

pub fn ask(server: &Server, text: &str) -> Value {
    post_ask(server, &json!({"text": text})).json()
}

#[track_caller]
pub fn says(reply: &Value, words: &str) {
    assert!(reply["text"].as_str().expect("a text").contains(words), "{words} in {reply}");
}
