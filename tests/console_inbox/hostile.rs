//! What a patient typed is text wherever staff see it: script, markup, reordering marks, very long messages.

use serde_json::{Value, json};

use crate::staff::Clinic;
use crate::support::Client;

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script> كم سعر الجلسة",
    "\"><img src=x onerror=alert(1)> قیمت جلسه",
    "\u{202e}قلب\u{202c} سعر \u{2066}x\u{2069} الليزر",
    "{{constructor.constructor('alert(1)')()}} كم السعر",
    "]]>\r\nevent: inbox\r\ndata: {}\r\n\r\n كم ثمن البوتوكس",
    "=HYPERLINK(\"http://evil.example\") كم ثمن الليزر؟ '; DROP TABLE frame; --",
];

#[test]
fn what_is_typed_comes_back_as_it_was_typed_and_as_json() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "viewer");
    let mut events = sara.watch();
    let long = format!("كم سعر {}", "ا ب ".repeat(400));
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let reply = clinic.asked(text);
        events.happened(&reply["conversation"], "listed");
        let conversation = reply["conversation"].as_str().expect("an id");
        for path in [
            format!("/conversations/{conversation}"),
            format!("/conversations/{conversation}/export"),
            "/inbox".to_owned(),
            "/conversations".to_owned(),
        ] {
            let answer = sara.send("GET", &path, &Value::Null);
            assert_eq!(answer.header("content-type"), "application/json", "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        }
        let shown = sara.get(&format!("/conversations/{conversation}"));
        assert_eq!(shown["entries"][0]["text"], json!(text), "as it was typed");
        let excerpt = shown["excerpt"].as_str().expect("words");
        assert!(
            excerpt.chars().count() <= 161 && text.starts_with(excerpt.trim_end_matches('…')),
            "{excerpt}"
        );
    }
    let samples: Vec<String> = sara
        .items("/inbox?limit=200")
        .iter()
        .map(|group| group["sample"].as_str().expect("words").to_owned())
        .collect();
    assert!(
        samples.iter().any(|sample| sample.contains("<script>") || sample.contains("onerror")),
        "{samples:?}"
    );
    // Hostile searches find nothing they should not, and break nothing.
    for q in ["%27%20OR%201%3D1%20--", "%25%25", "_", "%00", "%22%2A", "%E2%80%AE"] {
        let answer = sara.send("GET", &format!("/conversations?q={q}"), &Value::Null);
        assert_eq!(answer.status, 200, "{q}: {answer:?}");
    }
}

#[test]
fn a_name_and_words_of_staff_reach_the_patient_as_text() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "editor");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        patient.ask("m1", "مرحبا").await;
        let at = |what: &str| format!("/conversations/{}/{what}", started.conversation);
        sara.did("POST", &at("take"), &Value::Null);
        patient.hear().await;
        for (n, text) in HOSTILE.into_iter().enumerate() {
            sara.did("POST", &at("messages"), &json!({"id": n.to_string(), "text": text}));
            assert_eq!(patient.hear().await["text"], json!(text));
            patient.post(&format!("p{n}"), text).await;
            assert_eq!(patient.hear().await["type"], "received");
        }
        let shown = sara.get(&format!("/conversations/{}", started.conversation));
        let texts: Vec<&Value> =
            shown["entries"].as_array().expect("entries").iter().map(|e| &e["text"]).collect();
        for text in HOSTILE {
            assert_eq!(texts.iter().filter(|own| **own == text).count(), 2, "{text}");
        }
    });
}
