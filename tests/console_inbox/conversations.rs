//! Lists of conversations, transcripts, export and erasure.

use serde_json::{Value, json};

use crate::staff::Clinic;
use crate::support::{Client, Started, post_ask};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// Ids of what `query` finds.
fn found(staff: &crate::staff::Staff<'_>, query: &str) -> Vec<Value> {
    staff.items(&format!("/conversations?{query}")).iter().map(|item| item["id"].clone()).collect()
}

#[test]
fn conversations_are_filtered_searched_and_paged() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "viewer");
    let mut events = sara.watch();
    let mut asked = |text: &str| {
        let reply = clinic.asked(text);
        events.happened(&reply["conversation"], "listed");
        reply["conversation"].clone()
    };
    let answered = asked("كم عدد الجلسات التي أحتاجها؟");
    let refused = asked("قیمت جلسه چنده؟");
    let urgent = asked("لا أستطيع التنفس");
    let handed = runtime().block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "fa", "channel": "web"})).await;
        patient.say(json!({"type": "handoff", "contact": "0912 345 67 89"})).await;
        let told = patient.hear().await;
        assert_eq!((&told["from"], &told["event"]), (&json!("system"), &Value::Null), "{told}");
        events.happened(&json!(started.conversation), "listed");
        let live = sara.items("/conversations?handoff=waiting");
        assert_eq!((&live[0]["live"], &live[0]["channel"]), (&json!(true), &json!("web")), "{live:?}");
        json!(started.conversation)
    });

    let all = [&handed, &urgent, &refused, &answered];
    for (query, expected) in [
        ("", all.to_vec()),
        ("lang=ar", vec![&urgent, &answered]),
        ("outcome=no_answer", vec![&refused]),
        ("emergency=true", vec![&urgent]),
        ("emergency=false&lang=fa", vec![&handed, &refused]),
        ("handoff=waiting", vec![&handed]),
        ("handoff=taken", vec![]),
        ("feedback=up", vec![]),
        // «قيمت» on an Arabic keyboard, and two words in another order.
        ("q=%D9%82%D9%8A%D9%85%D8%AA", vec![&refused]),
        ("q=%DA%86%D9%86%D8%AF%D9%87%20%D9%82%DB%8C%D9%85%D8%AA", vec![&refused]),
        ("q=%25", vec![]),
        ("from=2000-01-01&to=2999-12-31", all.to_vec()),
        ("from=2999-01-01", vec![]),
        ("to=2000-01-01", vec![]),
    ] {
        assert_eq!(found(&sara, query).iter().collect::<Vec<_>>(), expected, "{query}");
    }
    assert_eq!(
        found(&sara, &format!("q={}", urgent.as_str().expect("an id"))),
        std::slice::from_ref(&urgent)
    );
    let seen = sara.one_by_one("/conversations?to=2999-12-31");
    assert_eq!(seen.iter().map(|item| &item["id"]).collect::<Vec<_>>(), all);
    for (query, status) in
        [("from=yesterday", 422), ("outcome=magic", 400), ("cursor=1", 400), ("lang=en", 400)]
    {
        let answer = sara.send("GET", &format!("/conversations?{query}"), &Value::Null);
        assert_eq!(answer.status, status, "{query}: {answer:?}");
    }
    let one = &sara.items("/conversations?outcome=no_answer")[0];
    assert_eq!(one["outcomes"], json!({"no_answer": 1}));
    assert_eq!(
        (&one["excerpt"], &one["live"], &one["with"]),
        (&json!("قیمت جلسه چنده؟"), &json!(false), &Value::Null)
    );
}

#[test]
fn a_transcript_is_what_the_patient_saw() {
    let clinic = Clinic::open();
    let (sara, layla) = (clinic.staff("sara", "reviewer"), clinic.staff("layla", "editor"));
    let mut events = sara.watch();
    let (started, reply): (Started, Value) = runtime().block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        let reply = patient.ask("m1", "كم عدد الجلسات؟ رقمي 0791234567").await;
        patient
            .say(json!({"type": "feedback", "reply": reply["id"], "helpful": false, "comment": "mail a@b.example"}))
            .await;
        events.counted("disliked", "new", 1);
        patient.say(json!({"type": "handoff", "contact": "0791234567"})).await;
        patient.hear().await;
        (started, reply)
    });
    let path = format!("/conversations/{}", started.conversation);
    let shown = sara.get(&path);
    let entries = shown["entries"].as_array().expect("entries");
    let from: Vec<&str> = entries.iter().filter_map(|entry| entry["from"].as_str()).collect();
    assert_eq!(from, ["bot", "patient", "bot", "system"], "{shown}");
    assert_eq!(entries[2]["reply"], reply, "exactly as the patient got it");
    let words = entries[1]["text"].as_str().expect("words");
    assert!(words.starts_with("كم عدد الجلسات") && !words.contains("0791234567"), "{words}");
    let judged = &entries[2]["feedback"];
    assert_eq!(judged["helpful"], false);
    assert!(!judged.to_string().contains("a@b.example"), "{judged}");
    assert_eq!((&shown["contact"], &shown["earlier"]), (&json!("0791234567"), &Value::Null));

    let export = layla.send("GET", &format!("{path}/export"), &Value::Null);
    assert!(export.header("content-disposition").starts_with("attachment; filename=\"conversation-"));
    assert_eq!(export.json()["entries"], shown["entries"]);
    layla.refused("DELETE", &path, &Value::Null, 403, "role_too_low");
    sara.did("DELETE", &path, &Value::Null);
    sara.refused("GET", &path, &Value::Null, 404, "not_found");
    sara.refused("DELETE", &path, &Value::Null, 404, "not_found");
    sara.refused("GET", "/conversations/x", &Value::Null, 404, "not_found");
    assert!(sara.items("/conversations").is_empty() && sara.items("/inbox").is_empty());
    let audit = clinic.staff("root", "administrator").get("/audit?action=conversation.");
    let actions: Vec<&Value> =
        audit["items"].as_array().expect("items").iter().map(|item| &item["action"]).collect();
    assert_eq!(actions, [&json!("conversation.erase"), &json!("conversation.export")]);
    let left = clinic.stored(&["عدد الجلسات", "0791234567", "کم عدد"]);
    // The knowledge asks how many sessions too, but only its replies are stored.
    assert!(!left.contains(&"0791234567".to_owned()) && !left.contains(&"کم عدد".to_owned()), "{left:?}");
}

#[test]
fn a_long_conversation_is_shown_in_parts() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "viewer");
    let mut events = sara.watch();
    let conversation = runtime().block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        for n in 0..450 {
            patient.ask(&format!("m{n}"), &format!("شكرا {n}")).await;
        }
        events.happened(&json!(started.conversation), "listed");
        started.conversation
    });
    let last = sara.get(&format!("/conversations/{conversation}"));
    let earlier = last["earlier"].as_i64().expect("there is more");
    assert_eq!(earlier, 52, "400 of 451 frames are shown");
    let first = sara.get(&format!("/conversations/{conversation}?before={earlier}"));
    assert_eq!(first["earlier"], Value::Null);
    let seqs = |part: &Value| -> Vec<i64> {
        let entries = part["entries"].as_array().expect("entries").iter();
        entries.filter(|entry| entry["from"] == "bot").filter_map(|entry| entry["seq"].as_i64()).collect()
    };
    let all: Vec<i64> = seqs(&first).into_iter().chain(seqs(&last)).collect();
    assert_eq!(all, (1..=451).collect::<Vec<i64>>());
    let export = sara.get(&format!("/conversations/{conversation}/export"));
    assert_eq!(seqs(&export).len(), 451);
}

#[test]
fn nothing_is_shown_to_nobody() {
    let clinic = Clinic::open();
    let reply = post_ask(&clinic.server, &json!({"text": "كم سعر الجلسة؟"})).json();
    let conversation = reply["conversation"].as_str().expect("an id");
    for (method, path) in [
        ("GET", "/inbox".to_owned()),
        ("GET", "/inbox/1".to_owned()),
        ("PATCH", "/inbox".to_owned()),
        ("GET", "/conversations".to_owned()),
        ("GET", format!("/conversations/{conversation}")),
        ("GET", format!("/conversations/{conversation}/export")),
        ("DELETE", format!("/conversations/{conversation}")),
        ("POST", format!("/conversations/{conversation}/take")),
        ("POST", format!("/conversations/{conversation}/release")),
        ("POST", format!("/conversations/{conversation}/messages")),
        ("POST", format!("/conversations/{conversation}/typing")),
        ("GET", "/events".to_owned()),
        ("GET", "/presence".to_owned()),
        ("PUT", "/presence".to_owned()),
    ] {
        let origin = format!("http://{}", clinic.server.address);
        let headers =
            [("origin", origin.as_str()), ("x-mujib-console", "1"), ("content-type", "application/json")];
        let answer = crate::support::http(&clinic.server, method, &format!("/api/v1{path}"), &headers, "{}");
        assert_eq!((answer.status, &answer.json()["code"]), (401, &json!("signed_out")), "{method} {path}");
    }
}
