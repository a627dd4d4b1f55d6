//! What was not answered well reaches staff, grouped.

use serde_json::{Value, json};

use crate::staff::{Clinic, Events};
use crate::support::{Client, Setup, post_ask};

/// Asks each of `texts` in a conversation of its own and waits until the lists know of it; the replies.
fn asked(clinic: &Clinic, events: &mut Events, texts: &[&str]) -> Vec<Value> {
    let ask = |text: &&str| {
        let reply = clinic.asked(text);
        events.happened(&reply["conversation"], "listed");
        reply
    };
    texts.iter().map(ask).collect()
}

#[test]
fn messages_alike_meet_whatever_their_spelling() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "editor");
    let mut events = sara.watch();
    for (kind, lang, spellings) in [
        (
            "unanswered",
            "ar",
            ["كم سعر الجلسة؟", "السلام عليكم، كم سعر الجلسه", "کم سعر الجلسة ؟؟", "كم سعرُ الجلسة لو سمحتم؟"],
        ),
        (
            "unanswered",
            "fa",
            ["قیمت جلسه چنده؟", "سلام قيمت جلسه چنده", "قیمتِ جلسه چنده", "قیمت جلسه چنده لطفا؟"],
        ),
        (
            "emergency",
            "ar",
            ["لا أستطيع التنفس", "لا استطيع التنفس!!", "لا أستطيع التنفّس", "السلام عليكم لا أستطيع التنفس"],
        ),
    ] {
        asked(&clinic, &mut events, &spellings);
        let groups = sara.items(&format!("/inbox?kind={kind}&lang={lang}"));
        assert_eq!(groups.len(), 1, "{groups:?}");
        let group = &groups[0];
        assert_eq!((&group["count"], &group["state"]), (&json!(4), &json!("new")), "{group}");
        assert_eq!(group["sample"], json!(spellings[3]));
        let detail = sara.get(&format!("/inbox/{}", group["id"]));
        let texts: Vec<&Value> =
            detail["messages"].as_array().expect("messages").iter().map(|m| &m["text"]).collect();
        assert_eq!(texts, spellings.iter().rev().collect::<Vec<_>>());
    }
    let counts = sara.get("/inbox")["counts"].clone();
    assert_eq!(counts, json!({"unanswered": {"new": 2}, "emergency": {"new": 1}}));
    let near = &sara.items("/inbox?kind=unanswered&lang=ar")[0]["nearest"];
    assert!(near[0]["pair"].is_string() && near[0]["question"]["fa"].is_string(), "{near}");
}

#[test]
fn an_answered_question_is_in_no_group_until_a_thumb_is_down() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "editor");
    let mut events = sara.watch();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        let reply = patient.ask("m1", "كم عدد الجلسات التي أحتاجها؟").await;
        assert_eq!(reply["outcome"], "answer");
        events.happened(&json!(started.conversation), "listed");
        assert!(sara.items("/inbox").is_empty());
        for (helpful, count) in [(false, 1), (true, 0), (false, 1)] {
            patient.say(json!({"type": "feedback", "reply": reply["id"], "helpful": helpful})).await;
            events.counted("disliked", "new", count);
            assert_eq!(sara.items("/inbox?kind=disliked").len() as i64, count);
            let side = if helpful { "up" } else { "down" };
            assert_eq!(sara.items(&format!("/conversations?feedback={side}")).len(), 1);
        }
    });
}

#[test]
fn staff_work_through_groups() {
    let clinic = Clinic::open();
    let (sara, layla) = (clinic.staff("sara", "editor"), clinic.staff("layla", "viewer"));
    let mut events = sara.watch();
    asked(&clinic, &mut events, &["كم سعر الجلسة؟", "قیمت جلسه چنده؟", "لا أستطيع التنفس"]);
    let ids: Vec<Value> = sara.items("/inbox").iter().map(|group| group["id"].clone()).collect();
    assert_eq!(ids.len(), 3);

    layla.refused("PATCH", "/inbox", &json!({"ids": ids, "state": "done"}), 403, "role_too_low");
    for (body, field) in [
        (json!({"ids": [], "state": "done"}), "ids"),
        (json!({"ids": ids}), "state"),
        (json!({"ids": ids, "note": "x".repeat(2001)}), "note"),
        (json!({"ids": ids, "assignee": "0192f0c0-0000-7000-8000-000000000000"}), "assignee"),
    ] {
        let answer = sara.send("PATCH", "/inbox", &body);
        assert_eq!((answer.status, answer.json()["fields"][field].is_string()), (422, true), "{answer:?}");
    }
    sara.refused("PATCH", "/inbox", &json!({"ids": ids, "state": "lost"}), 400, "bad_request");

    let me = sara.get("/session")["user"]["id"].clone();
    let mut all = ids.clone();
    all.push(json!(999_999));
    let changed = sara.did(
        "PATCH",
        "/inbox",
        &json!({"ids": all, "state": "in_work", "assignee": me, "note": "<b>ثمن</b>"}),
    );
    assert_eq!(changed["items"].as_array().map(Vec::len), Some(3), "those that there are");
    events.counted("unanswered", "in_work", 2);
    for group in sara.items("/inbox?state=in_work") {
        assert_eq!((&group["assignee"]["name"], &group["note"]), (&json!("sara"), &json!("<b>ثمن</b>")));
    }
    sara.did("PATCH", "/inbox", &json!({"ids": [ids[0]], "assignee": null, "note": null}));
    let one = sara.get(&format!("/inbox/{}", ids[0]));
    assert_eq!(
        (&one["assignee"], &one["note"], &one["state"]),
        (&Value::Null, &Value::Null, &json!("in_work"))
    );

    // What is done opens again with the next message; what is ignored does not.
    sara.did("PATCH", "/inbox", &json!({"ids": ids, "state": "done"}));
    let emergency = sara.items("/inbox?kind=emergency")[0]["id"].clone();
    sara.did("PATCH", "/inbox", &json!({"ids": [emergency], "state": "ignored"}));
    asked(&clinic, &mut events, &["كم سعر الجلسه", "لا أستطيع التنفس"]);
    let states = |kind: &str| sara.items(&format!("/inbox?kind={kind}&lang=ar"))[0]["state"].clone();
    assert_eq!((states("unanswered"), states("emergency")), (json!("new"), json!("ignored")));

    let audit = clinic.staff("root", "administrator").get("/audit?action=inbox.change");
    assert!(audit["items"].as_array().is_some_and(|items| items.len() == 8), "{audit}");
    assert!(!audit.to_string().contains("ثمن"), "notes are no part of the record");
}

#[test]
fn groups_are_found_and_paged() {
    let clinic = Clinic::open();
    let sara = clinic.staff("sara", "viewer");
    let mut events = sara.watch();
    let texts = ["كم سعر الجلسة؟", "كم سعر الجلسة؟", "قیمت جلسه چنده؟", "سعر الليزر كم؟", "لا أستطيع التنفس"];
    asked(&clinic, &mut events, &texts);
    let found = |query: &str| {
        let items = sara.items(&format!("/inbox?{query}"));
        items.into_iter().map(|group| group["sample"].as_str().expect("words").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("sort=count&limit=1"), [texts[0]]);
    assert_eq!(found("sort=first").last().map(String::as_str), Some(texts[0]));
    assert_eq!(found("q=%D8%A7%D9%84%D9%84%D9%8A%D8%B2%D8%B1"), [texts[3]], "الليزر");
    // «قيمت» on an Arabic keyboard.
    assert_eq!(found("q=%D9%82%D9%8A%D9%85%D8%AA"), [texts[2]]);
    assert!(found("q=%25").is_empty() && found("q=zzz").is_empty(), "no wildcard");
    for sort in ["last", "count", "first"] {
        let path = format!("/inbox?sort={sort}");
        let ids = |groups: Vec<Value>| groups.iter().map(|group| group["id"].to_string()).collect::<Vec<_>>();
        let seen = ids(sara.one_by_one(&path));
        assert_eq!((seen.len(), seen), (4, ids(sara.items(&path))), "{sort}");
    }
    sara.refused("GET", "/inbox?cursor=zz", &Value::Null, 400, "bad_cursor");
    sara.refused("GET", "/inbox/123456", &Value::Null, 404, "not_found");
}

#[test]
fn what_was_said_before_is_gathered_after_a_start() {
    let clinic = Clinic::open();
    for _ in 0..3 {
        clinic.asked("كم سعر الجلسة؟");
    }
    // Whether the killed server gathered them or not, the next one has each once.
    let clinic = clinic.killed(Setup::default());
    let sara = clinic.staff("sara", "viewer");
    let mut events = sara.watch();
    asked(&clinic, &mut events, &["كم سعر الجلسة؟"]);
    let group = sara.items("/inbox").pop().expect("a group");
    assert_eq!(group["count"], 4, "{group}");
}

#[test]
fn what_a_patient_forgets_leaves_the_inbox_and_the_files() {
    let clinic = Clinic::open();
    {
        let sara = clinic.staff("sara", "reviewer");
        let mut events = sara.watch();
        let mut ask = |text: &str| {
            let answer = post_ask(&clinic.server, &json!({"text": text})).json();
            events.happened(&answer["conversation"], "listed");
            answer
        };
        let stays = ask("كم سعر الجلسة؟");
        let goes = ask("كم سعر الجلسة SECRETWORD؟");
        let alone = ask("سعر ANOTHERWORD");
        let forgotten = goes["conversation"].clone();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let mut patient = Client::connect(&clinic.server).await;
            let token = goes["resume_token"].clone();
            patient.start(json!({"conversation": forgotten, "resume_token": token, "after": 99})).await;
            patient.say(json!({"type": "forget"})).await;
            assert_eq!(patient.hear().await["type"], "forgotten");
        });
        events.happened(&forgotten, "erased");
        sara.did(
            "DELETE",
            &format!("/conversations/{}", alone["conversation"].as_str().expect("an id")),
            &Value::Null,
        );
        let inbox = sara.get("/inbox").to_string();
        assert!(!inbox.contains("SECRETWORD") && !inbox.contains("ANOTHERWORD"), "{inbox}");
        assert_eq!(
            sara.items("/inbox?kind=unanswered").iter().map(|g| g["count"].as_i64()).sum::<Option<i64>>(),
            Some(1)
        );
        let left = sara.items("/conversations");
        assert_eq!((left.len(), &left[0]["id"]), (1, &stays["conversation"]));
    }
    let left = clinic.stored(&["SECRETWORD", "secretword", "ANOTHERWORD", "anotherword"]);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn groups_become_knowledge() {
    let clinic = Clinic::open();
    let (sara, layla) = (clinic.staff("sara", "editor"), clinic.staff("layla", "viewer"));
    let mut events = sara.watch();
    asked(&clinic, &mut events, &["كم سعر الباقة السداسية الذهبية؟", "لا أستطيع التنفس"]);
    let id = |kind: &str| sara.items(&format!("/inbox?kind={kind}"))[0]["id"].clone();
    let at = |id: &Value, what: &str| format!("/inbox/{id}/{what}");
    let (price, breath) = (id("unanswered"), id("emergency"));

    let outside = json!({"entry": "price"});
    layla.refused("POST", &at(&price, "outside"), &outside, 403, "role_too_low");
    sara.refused("POST", &at(&price, "outside"), &json!({"entry": "no-such"}), 404, "not_found");
    sara.refused("POST", &at(&json!(999_999), "outside"), &outside, 404, "not_found");
    let settled = sara.did("POST", &at(&price, "outside"), &outside);
    assert_eq!(
        (&settled["revision"]["kind"], &settled["group"]["state"]),
        (&json!("outside"), &json!("done"))
    );
    sara.refused("POST", &at(&price, "outside"), &outside, 409, "known_already");
    let entry = sara.get("/knowledge/entries/outside/price");
    assert!(entry.to_string().contains("السداسية"), "in the draft");

    let pair = json!({"pair": "sessions-count", "text": "كم مرة أحضر في الباقة السداسية؟"});
    layla.refused("POST", &at(&price, "attach"), &pair, 403, "role_too_low");
    sara.refused("POST", &at(&price, "attach"), &json!({"pair": "no-such"}), 404, "not_found");
    let settled = sara.did("POST", &at(&price, "attach"), &pair);
    assert_eq!((&settled["revision"]["id"], &settled["question"]), (&json!("sessions-count"), &Value::Null));

    layla.refused("POST", &at(&breath, "missed_flag"), &json!({}), 403, "role_too_low");
    let settled = sara.did("POST", &at(&breath, "missed_flag"), &json!({}));
    assert_eq!(
        (&settled["question"]["set"], &settled["group"]["state"]),
        (&json!("safety"), &json!("in_work"))
    );
    assert_eq!(settled["question"]["expected"]["outcome"], "emergency");
}
