//! Editing the knowledge in the console of a real server: drafts, review, publishing, and what patients then get.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::Command;

use serde_json::{Value, json};
use support::clinic::Clinic;
use support::console::{PASSWORD, Staff, code};
use support::{Answer, Client, Server, Setup, get, post_ask};

const SUN: &str = "الشمس بعد الجلسة";
const OLD: &str = "لا شمس ليومين";
const NEW: &str = "لا شمس لأسبوع كامل [1].";

fn setup(clinic: &Clinic) -> Setup {
    let questions = clinic.questions().display().to_string();
    Setup::default()
        .knowledge(&clinic.knowledge())
        .data(&clinic.data())
        .set("MUJIB_QUESTIONS", &questions)
        .set("MUJIB_COUNTRY", "IR")
}

/// The address of an entry.
fn at(kind: &str, id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let id = id
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") });
    format!("/knowledge/entries/{kind}/{}", id.collect::<String>())
}

/// An entry and its tag.
#[track_caller]
fn entry(staff: &Staff<'_>, kind: &str, id: &str) -> (Value, String) {
    let answer = staff.get(&at(kind, id));
    assert_eq!(answer.status, 200, "{answer:?}");
    (answer.json(), answer.header("etag").to_owned())
}

fn put(staff: &Staff<'_>, kind: &str, id: &str, tag: &str, body: &Value) -> Answer {
    staff.send_with("PUT", &format!("{}/draft", at(kind, id)), &[("if-match", tag)], Some(body))
}

/// Writes a draft in which `change` is made to what patients have.
#[track_caller]
fn draft(staff: &Staff<'_>, kind: &str, id: &str, change: impl Fn(&mut Value)) -> Value {
    let (now, tag) = entry(staff, kind, id);
    let mut content = now["published"].clone();
    change(&mut content);
    let written = put(staff, kind, id, &tag, &json!({"content": content, "reason": "أوضح"}));
    assert_eq!(written.status, 200, "{written:?}");
    written.json()
}

fn step(staff: &Staff<'_>, kind: &str, id: &str, step: &str) -> Answer {
    staff.post(&format!("{}/draft/{step}", at(kind, id)), &json!({"reason": "noch einmal"}))
}

/// Submits a draft, has it approved by somebody else, and builds the candidate of all that is approved.
#[track_caller]
fn candidate(editor: &Staff<'_>, reviewer: &Staff<'_>, kind: &str, id: &str) -> Value {
    for (who, what) in [(editor, "submit"), (reviewer, "approve")] {
        let stepped = step(who, kind, id, what);
        assert_eq!(stepped.status, 200, "{what}: {stepped:?}");
    }
    let built = reviewer.post("/knowledge/candidates", &json!({}));
    assert_eq!(built.status, 201, "{built:?}");
    built.json()
}

fn publish(staff: &Staff<'_>, candidate: &Value) -> Answer {
    let id = candidate["id"].as_str().expect("an id");
    staff.post(&format!("/knowledge/candidates/{id}/publish"), &json!({"reason": "نشر"}))
}

fn version(server: &Server) -> Value {
    get(server, "/version").json()["knowledge"].clone()
}

fn ask(server: &Server, text: &str) -> Value {
    post_ask(server, &json!({"text": text})).json()
}

#[track_caller]
fn says(reply: &Value, words: &str) {
    assert!(reply["text"].as_str().expect("a text").contains(words), "{words} in {reply}");
}

#[tokio::test]
async fn a_correction_lives_from_draft_to_rollback() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let (sara, reza) = (boss.hire("sara", "editor"), boss.hire("reza", "reviewer"));
    let mut patient = Client::connect(&server).await;
    patient.start(json!({})).await;
    says(&patient.ask("m1", SUN).await, OLD);

    // Broken content is kept as a draft, but nobody is asked to read it.
    let broken = draft(&sara, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!("لا شمس."));
    assert_eq!(
        (&broken["draft"]["state"], &broken["draft"]["author"]["display_name"]),
        (&json!("draft"), &json!("sara"))
    );
    let refused = step(&sara, "pair", "after-sun", "submit");
    assert_eq!((refused.status, code(&refused).as_str()), (422, "has_problems"));
    let problem = &refused.json()["problems"][0];
    assert_eq!(problem["what"], "the ar answer of after-sun never uses its citation [1]", "{problem}");
    assert_eq!((&problem["field"], &problem["file"]), (&json!("ar.answer"), &json!("topics/care.toml")));
    assert_eq!(code(&step(&reza, "pair", "after-sun", "approve")), "has_problems");

    draft(&sara, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!(NEW));
    assert_eq!(code(&step(&reza, "pair", "after-sun", "approve")), "not_in_review");
    assert_eq!(step(&sara, "pair", "after-sun", "submit").status, 200);
    assert_eq!(code(&step(&sara, "pair", "after-sun", "submit")), "not_a_draft");
    assert_eq!(code(&step(&sara, "pair", "after-sun", "approve")), "role_too_low");
    let returned = step(&reza, "pair", "after-sun", "return").json();
    assert_eq!(
        (&returned["draft"]["state"], &returned["draft"]["note"]),
        (&json!("returned"), &json!("noch einmal"))
    );
    // Who wrote in it may not approve it, whoever began it.
    draft(&reza, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!(NEW));
    assert_eq!(step(&sara, "pair", "after-sun", "submit").status, 200);
    assert_eq!(code(&step(&reza, "pair", "after-sun", "approve")), "own_draft");
    assert_eq!(step(&boss, "pair", "after-sun", "approve").json()["draft"]["state"], "approved");

    let open = sara.get("/knowledge").json()["open"].clone();
    assert_eq!(open, json!({"draft": 0, "in_review": 0, "approved": 1}));
    let built = reza.post("/knowledge/candidates", &json!({})).json();
    assert_eq!((&built["publishable"], &built["why_not"]), (&json!(true), &json!([])), "{built}");
    let changed = &built["questions"]["changed"];
    assert_eq!((changed.as_array().map(Vec::len), &changed[0]["id"]), (Some(1), &json!("sun-ar")), "{built}");
    assert_eq!(
        (&changed[0]["verdict"], &built["safety"]),
        (&json!("other"), &json!({"total": 2, "failed": []}))
    );
    says(&patient.ask("m2", SUN).await, OLD);
    assert_eq!(code(&publish(&sara, &built)), "role_too_low");
    let published = publish(&reza, &built);
    assert_eq!(published.status, 200, "{published:?}");
    let reply = patient.ask("m3", SUN).await;
    says(&reply, "لأسبوع كامل");
    assert_eq!((&reply["knowledge"], &published.json()["version"]), (&built["version"], &built["version"]));
    assert_eq!(version(&server), built["version"]);

    let history = sara.get("/knowledge/history?kind=pair&id=after-sun").json();
    let [only] = history["items"].as_array().expect("a list").as_slice() else { panic!("{history}") };
    assert_eq!(
        (&only["state"], &only["reviewer"]["display_name"]),
        (&json!("published"), &boss.user["display_name"])
    );
    let change = sara.get(&format!("/knowledge/revisions/{}", only["number"])).json();
    assert_eq!(change["after"]["ar"]["answer"], NEW);
    assert!(change["before"]["ar"]["answer"].as_str().is_some_and(|answer| answer.starts_with(OLD)));

    // A restart keeps it; going back goes the way of every change.
    drop((patient, server));
    let server = setup(&clinic).start();
    assert_eq!(version(&server), built["version"]);
    says(&ask(&server, SUN), "لأسبوع كامل");
    let (sara, reza) = (Staff::sign_in(&server, "sara", PASSWORD), Staff::sign_in(&server, "reza", PASSWORD));
    let back = sara
        .post(&format!("{}/rollback", at("pair", "after-sun")), &json!({"revision": 0, "reason": "كان أصح"}));
    assert_eq!(back.status, 200, "{back:?}");
    let again = sara
        .post(&format!("{}/rollback", at("pair", "after-sun")), &json!({"revision": 0, "reason": "كان أصح"}));
    assert_eq!(code(&again), "draft_exists");
    let built = candidate(&sara, &reza, "pair", "after-sun");
    assert_eq!(publish(&reza, &built).status, 200);
    says(&ask(&server, SUN), OLD);

    // The files change beneath what was published, which stays and is told of.
    assert_eq!(sara.get("/knowledge").json()["conflicts"], json!([]));
    clinic.edit("topics/care.toml", OLD, "لا شمس لثلاثة أيام");
    server.signal("HUP");
    server.log.wait_for("files changed beneath");
    server.log.wait_for("reload: ");
    assert_eq!(sara.get("/knowledge").json()["conflicts"], json!([{"kind": "pair", "id": "after-sun"}]));
    says(&ask(&server, SUN), OLD);
    let (now, _) = entry(&sara, "pair", "after-sun");
    assert_eq!(now["conflict"], true);
    assert!(now["beneath"]["ar"]["answer"].as_str().is_some_and(|answer| answer.contains("لثلاثة")), "{now}");

    // What else changes in the files is taken up with it.
    clinic.edit("topics/sessions.toml", "من ثلاث إلى خمس", "من أربع إلى ست");
    server.signal("HUP");
    server.log.wait_for("new knowledge answers from now on");
    says(&ask(&server, "عدد الجلسات"), "من أربع إلى ست");
    says(&ask(&server, SUN), OLD);
}

#[test]
fn nothing_is_published_while_a_red_flag_fails() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let (sara, reza) = (boss.hire("sara", "editor"), boss.hire("reza", "reviewer"));
    let before = version(&server);
    draft(&sara, "sign", "breath", |sign| sign["ar"] = json!(["كلمة أخرى"]));
    let built = candidate(&sara, &reza, "sign", "breath");
    assert_eq!(built["publishable"], false, "{built}");
    assert_eq!(built["why_not"][0]["code"], "red_flag_fails");
    assert_eq!(built["safety"]["failed"][0]["id"], "flag-ar", "{built}");
    let worse = &built["questions"]["changed"][0];
    assert_eq!((&worse["id"], &worse["verdict"]), (&json!("flag-ar"), &json!("worse")));
    let refused = publish(&reza, &built);
    assert_eq!((refused.status, code(&refused).as_str()), (409, "red_flag_fails"));
    assert_eq!(version(&server), before);
    assert_eq!(ask(&server, "عندي ضيق تنفس الآن")["outcome"], "emergency");

    // A miss that staff found holds everything up until it is mended.
    let miss = json!({"text": "صدري مقفول", "lang": "ar", "got": {"outcome": "no_answer"}, "right": false,
                      "should": {"outcome": "emergency"}, "add": "question"});
    let added = sara.post("/try/verdict", &miss).json();
    assert_eq!(added["question"]["set"], "safety", "{added}");
    draft(&sara, "sign", "breath", |sign| sign["ar"] = json!(["ضيق تنفس", "تعب"]));
    let built = candidate(&sara, &reza, "sign", "breath");
    assert_eq!(
        (&built["safety"]["total"], &built["why_not"][0]["code"]),
        (&json!(3), &json!("red_flag_fails"))
    );
    draft(&sara, "sign", "breath", |sign| sign["ar"] = json!(["ضيق تنفس", "صدري مقفول"]));
    let built = candidate(&sara, &reza, "sign", "breath");
    assert_eq!(publish(&reza, &built).status, 200, "{built}");
    assert_eq!(ask(&server, "صدري مقفول")["outcome"], "emergency");
    let id = added["question"]["id"].as_str().expect("an id");
    assert_eq!(code(&sara.send("DELETE", &format!("/knowledge/questions/{id}"), None)), "role_too_low");
    assert_eq!(reza.send("DELETE", &format!("/knowledge/questions/{id}"), None).status, 204);
}

#[test]
fn without_a_question_of_safety_nothing_is_published() {
    let clinic = Clinic::new();
    let nowhere = clinic.folder("no-such-folder").display().to_string();
    let server = setup(&clinic).set("MUJIB_QUESTIONS", &nowhere).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    let empty = boss.post("/knowledge/candidates", &json!({})).json();
    assert_eq!(empty["why_not"][0]["code"], "nothing_to_publish", "{empty}");
    draft(&sara, "text", "contact", |text| text["ar"] = json!("هاتف العيادة"));
    let built = candidate(&sara, &boss, "text", "contact");
    assert_eq!(built["why_not"][0]["code"], "no_safety_questions");
    assert!(built["why_not"][0]["detail"].as_str().is_some_and(|detail| detail.contains("MUJIB_QUESTIONS")));
    assert_eq!(code(&publish(&boss, &built)), "no_safety_questions");
    let question =
        json!({"text": "تنگی نفس دارم", "lang": "fa", "expected": {"outcome": "emergency"}, "set": "safety"});
    assert_eq!(sara.post("/knowledge/questions", &question).status, 201);
    let built = boss.post("/knowledge/candidates", &json!({})).json();
    assert_eq!(publish(&boss, &built).status, 200, "{built}");
}

#[test]
fn two_editors_never_overwrite_each_other() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let (sara, ali) = (boss.hire("sara", "editor"), boss.hire("ali", "editor"));
    let (now, tag) = entry(&sara, "pair", "pain");
    let content = |answer: &str| {
        let mut content = now["published"].clone();
        content["fa"]["answer"] = json!(answer);
        json!({"content": content})
    };
    let path = format!("{}/draft", at("pair", "pain"));
    let blind = ali.send("PUT", &path, Some(&content("بی‌خبر [1].")));
    assert_eq!((blind.status, code(&blind).as_str()), (428, "precondition_required"));
    assert_eq!(put(&sara, "pair", "pain", &tag, &content("کم [1].")).status, 200);
    let late = put(&ali, "pair", "pain", &tag, &content("زیاد [1]."));
    assert_eq!((late.status, code(&late).as_str()), (412, "changed_meanwhile"));
    assert_eq!(late.json()["current"]["draft"]["content"]["fa"]["answer"], "کم [1].");
    assert_eq!(code(&put(&ali, "pair", "pain", "*", &content("زیاد [1]."))), "changed_meanwhile");
    let late = ali.send_with("DELETE", &path, &[("if-match", &tag)], None);
    assert_eq!(late.status, 412, "{late:?}");
    let (_, tag) = entry(&ali, "pair", "pain");
    assert_eq!(put(&ali, "pair", "pain", &tag, &content("زیاد [1].")).status, 200);
    let (_, tag) = entry(&ali, "pair", "pain");
    assert_eq!(ali.send_with("DELETE", &path, &[("if-match", &tag)], None).status, 204);
    assert_eq!(entry(&ali, "pair", "pain").0["draft"], Value::Null);

    // A candidate that was built before somebody changed what it publishes is none any more.
    draft(&sara, "pair", "pain", |pair| pair["fa"]["answer"] = json!("اندک [1]."));
    let built = candidate(&sara, &boss, "pair", "pain");
    draft(&ali, "pair", "pain", |pair| pair["fa"]["answer"] = json!("بسیار [1]."));
    assert_eq!(code(&publish(&boss, &built)), "stale_candidate");
}

#[test]
fn new_pairs_and_passages_come_together() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    let passage = json!({"source": "leaflet", "id": "p4", "section": {"ar": "ق", "fa": "ب"}, "locator": "p4",
                         "gist": {"ar": "الماء", "fa": "آب"}});
    let mut pair = entry(&sara, "pair", "pain").0["published"].clone();
    pair["id"] = json!("water");
    pair["cites"] = json!(["leaflet#p4"]);
    for (lang, words) in [("ar", "الماء"), ("fa", "آب")] {
        let variants: Vec<String> = (1..=6).map(|at| format!("{words} {at}{at} ؟")).collect();
        pair[lang] =
            json!({"question": format!("{words}؟"), "variants": variants, "answer": format!("{words} [1].")});
    }
    for (kind, id, content) in [("passage", "leaflet#p4", &passage), ("pair", "water", &pair)] {
        let body = json!({"content": content, "reason": "جديد"});
        for odd in ["سؤال", "w/../x", "a b", ".."] {
            assert_eq!(code(&put(&sara, kind, odd, "*", &body)), "unwritable", "{odd}");
        }
        let made = put(&sara, kind, id, "*", &body);
        assert_eq!((made.status, &made.json()["published"]), (200, &Value::Null), "{made:?}");
    }
    // Alone either would be refused: a pair without its passage, a passage that nobody cites.
    for (kind, id) in [("passage", "leaflet#p4"), ("pair", "water")] {
        for (who, what) in [(&sara, "submit"), (&boss, "approve")] {
            let stepped = step(who, kind, id, what);
            assert_eq!(stepped.status, 200, "{kind} {what}: {stepped:?}");
        }
    }
    let drafts = sara.get("/knowledge/pairs?state=approved").json();
    assert_eq!((&drafts["items"][0]["id"], &drafts["total"]), (&json!("water"), &json!(1)));
    let built = boss.post("/knowledge/candidates", &json!({})).json();
    assert_eq!(publish(&boss, &built).status, 200, "{built}");
    says(&ask(&server, "الماء؟"), "الماء [1]");
    let sources = sara.get("/knowledge/sources").json();
    assert_eq!(sources["items"][0]["passages"][3]["cited_by"], json!(["water"]), "{sources}");
}

#[tokio::test]
async fn an_answer_is_withdrawn_and_restored_at_once() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    let mut patient = Client::connect(&server).await;
    patient.start(json!({})).await;
    says(&patient.ask("m1", SUN).await, OLD);
    draft(&sara, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!(NEW));
    let why = json!({"reason": "خطأ في المصدر"});
    assert_eq!(code(&sara.post("/knowledge/pairs/after-sun/withdraw", &why)), "role_too_low");
    assert_eq!(code(&boss.post("/knowledge/pairs/no-such/withdraw", &why)), "not_found");
    assert_eq!(code(&boss.post("/knowledge/pairs/after-sun/withdraw", &json!({"reason": " "}))), "invalid");
    let gone = boss.post("/knowledge/pairs/after-sun/withdraw", &why);
    assert_eq!(gone.status, 200, "{gone:?}");
    let reply = patient.ask("m2", SUN).await;
    assert_eq!((&reply["outcome"], &reply["pair"]), (&json!("no_answer"), &Value::Null), "{reply}");
    says(&reply, "لا جواب موثق.");
    assert_eq!(code(&boss.post("/knowledge/pairs/after-sun/withdraw", &why)), "withdrawn_already");

    // The draft that was on its way brings nothing back.
    let built = candidate(&sara, &boss, "pair", "after-sun");
    assert_eq!(publish(&boss, &built).status, 200, "{built}");
    assert_eq!(patient.ask("m3", SUN).await["outcome"], "no_answer");
    let list = sara.get("/knowledge/pairs?state=withdrawn").json();
    assert_eq!(list["items"][0]["id"], "after-sun", "{list}");

    assert_eq!(boss.post("/knowledge/pairs/after-sun/restore", &why).status, 200);
    says(&patient.ask("m4", SUN).await, "لأسبوع كامل");
    assert_eq!(code(&boss.post("/knowledge/pairs/after-sun/restore", &why)), "not_withdrawn");
}

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
fn lists_are_found_whatever_the_keyboard() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let ids = |query: &str| {
        let list = boss.get(&format!("/knowledge/pairs?{query}")).json();
        list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|p| p["id"].as_str().expect("an id").to_owned())
            .collect::<Vec<_>>()
    };
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    for (query, found) in [
        (String::new(), vec!["after-sun", "pain", "sessions-count"]),
        (format!("q={}", encoded("الشمس ممنوعه")), vec!["after-sun"]),
        (format!("q={}", encoded("جلسه‌هاي")), vec![]),
        (format!("q={}", encoded("تعداد جلسه‌ها")), vec!["sessions-count"]),
        (format!("q={}", encoded("تعداد جلسهها")), vec!["sessions-count"]),
        ("q=PAIN".into(), vec!["pain"]),
        ("topic=sessions".into(), vec!["sessions-count"]),
        ("state=draft".into(), vec![]),
        ("review_due=true".into(), vec![]),
    ] {
        assert_eq!(ids(&query), found, "{query}");
    }
    let first = boss.get("/knowledge/pairs?limit=2").json();
    let next = first["next"].as_str().expect("more");
    let second = boss.get(&format!("/knowledge/pairs?limit=2&cursor={next}")).json();
    assert_eq!(
        (&second["items"][0]["id"], &second["next"], &second["total"]),
        (&json!("sessions-count"), &Value::Null, &json!(3))
    );
    let kinds = boss.get("/knowledge").json()["kinds"].clone();
    for kind in kinds.as_array().expect("a list") {
        let list = boss.get(&format!("/knowledge/entries?kind={}", kind.as_str().expect("a name"))).json();
        let known = ["courtesy"].contains(&kind.as_str().expect("a name"));
        assert!(known || !list["items"].as_array().expect("a list").is_empty(), "{kind}: {list}");
    }
    let draft = draft(&boss, "pair", "pain", |pair| pair["ar"]["answer"] = json!("ألم بسيط [1]."));
    assert_eq!(draft["draft"]["state"], "draft");
    assert_eq!(boss.get("/knowledge/pairs?state=draft").json()["items"][0]["parity"], "ar_changed");
}

#[test]
fn trying_shows_what_patients_get_and_why() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let try_out = |body: Value| {
        let answer = boss.post("/try", &body);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    };
    for text in
        [SUN, "تعداد جلسه‌ها", "بكم الجلسة؟", "عندي ضيق تنفس الآن", "hello there my friend", "personalrequest2"]
    {
        let (tried, asked) = (try_out(json!({"text": text})), ask(&server, text));
        for field in [
            "type",
            "outcome",
            "lang",
            "dir",
            "text",
            "citations",
            "disclaimers",
            "suggestions",
            "pair",
            "knowledge",
        ] {
            assert_eq!(tried["reply"][field], asked[field], "{field} of {text}");
        }
        // One is 1 in the one JSON and 1.0 in the other.
        assert_eq!(tried["reply"]["confidence"].as_f64(), asked["confidence"].as_f64(), "{text}");
    }
    let tried = try_out(json!({"text": SUN}));
    let why = &tried["explanation"];
    assert_eq!((&why["lang"], &why["candidates"][0]["pair"]), (&json!("ar"), &json!("after-sun")), "{why}");
    assert_eq!(why["decided"], json!({"rule": "one pair answers", "detail": "after-sun"}));
    let features = why["candidates"][0]["features"].as_array().expect("features");
    let sum: f64 = features.iter().map(|feature| feature["share"].as_f64().expect("a number")).sum();
    let score = why["candidates"][0]["score"].as_f64().expect("a number");
    assert!((sum - score).abs() < 1e-3, "the shares of {features:?} sum up to {score}");
    assert_eq!(why["candidates"][0]["confidence"], tried["reply"]["confidence"]);
    assert!(why["evidence"].as_array().is_some_and(|evidence| !evidence.is_empty()), "{why}");
    let flag = try_out(json!({"text": "تنگی نفس دارم"}))["explanation"].clone();
    assert_eq!(
        (&flag["screen"]["flags"], &flag["decided"]["rule"]),
        (&json!(["breathing"]), &json!("red flag"))
    );
    // A conversation goes on with the context that came.
    let followed = try_out(
        json!({"text": "الأول", "context": {"offered": ["pain"], "outcome": "clarify", "lang": "ar"}}),
    );
    assert_eq!(followed["reply"]["pair"], "pain", "{followed}");
    assert_eq!(code(&boss.post("/try", &json!({"text": SUN, "context": {"offered": 3}}))), "invalid");
    assert_eq!(code(&boss.post("/try", &json!({"text": " \u{200f}"}))), "invalid");
    assert_eq!(code(&boss.post("/try", &json!({"text": SUN, "version": "no-such"}))), "invalid");

    // Against a draft, and what becomes of a judgement.
    let variant = json!({"text": "كم زيارة للعيادة؟", "lang": "ar", "got": {"outcome": "no_answer"}, "right": false,
                         "should": {"outcome": "answer", "pair": "sessions-count"}, "add": "variant", "reason": "يسألون هكذا"});
    let added = boss.post("/try/verdict", &variant);
    assert_eq!(added.status, 200, "{added:?}");
    assert_eq!(added.json()["revision"]["state"], "draft");
    assert_eq!(code(&boss.post("/try/verdict", &variant)), "known_already");
    let tried = try_out(json!({"text": "كم زيارة للعيادة؟", "version": "draft"}));
    assert_eq!(tried["reply"]["pair"], "sessions-count", "{tried}");
    assert_ne!(tried["reply"]["knowledge"], version(&server));
    assert_eq!(code(&boss.post("/try/verdict", &json!({"text": "x", "lang": "ar", "got": {"outcome": "answer"}, "right": false, "add": "variant"}))), "invalid");
}

#[test]
fn what_is_written_is_checked_as_it_is_typed() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let pair = entry(&boss, "pair", "pain").0["published"].clone();
    let check = |change: &dyn Fn(&mut Value)| {
        let mut content = pair.clone();
        change(&mut content);
        let answer =
            boss.post("/knowledge/check", &json!({"kind": "pair", "id": "pain", "content": content}));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    };
    assert_eq!(check(&|_| ()), json!({"problems": [], "near": []}));
    for (field, value, says, at) in [
        ("asks", json!("howmuch"), "which is not known", "asks"),
        ("cites", json!(["leaflet#p3", "leaflet#p9"]), "no passage of its source", "cites.0"),
        ("risk", json!(["no-such"]), "which has no disclaimer", "risk.0"),
        ("review_by", json!("soon"), "expected", "review_by"),
        ("colour", json!("red"), "unknown field", "colour"),
    ] {
        let found = check(&|content| content[field] = value.clone());
        let told = found["problems"].as_array().expect("a list").iter().any(|problem| {
            problem["what"].as_str().is_some_and(|what| what.contains(says)) && problem["field"] == at
        });
        assert!(told, "{says} at {at}: {found}");
    }
    let near = check(&|content| content["ar"]["variants"][0] = json!("هل الشمس ممنوعه الان؟"))["near"].clone();
    assert_eq!(
        (&near[0]["pair"], &near[0]["like"]),
        (&json!("after-sun"), &json!("هل الشمس ممنوعة؟")),
        "{near}"
    );
    let twice = check(&|content| content["ar"]["variants"][0] = json!("كم جلسة أحتاج"));
    assert!(twice["problems"].to_string().contains("stands in"), "{twice}");
}

#[test]
fn the_merged_knowledge_is_written_back_as_files() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    draft(&sara, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!(NEW));
    let built = candidate(&sara, &boss, "pair", "after-sun");
    assert_eq!(publish(&boss, &built).status, 200);
    let out = clinic.folder("merged");
    let run = |arguments: &[&str], knowledge: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujib"));
        command.env_clear().current_dir(clinic.folder(".")).args(arguments);
        command.env("MUJIB_KNOWLEDGE", knowledge).env("MUJIB_DATA", clinic.data());
        let output = command.output().expect("it runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let target = out.display().to_string();
    // Beside the running server.
    let (well, said) = run(&["export", "--as", "files", "--out", &target], &clinic.knowledge());
    assert!(well && said.contains("1 published changes"), "{said}");
    let (well, said) = run(&["check"], &out);
    assert!(well && said.contains(built["version"].as_str().expect("a version")), "{said}");
    let care = std::fs::read_to_string(out.join("topics/care.toml")).expect("written");
    for kept in [NEW, "# Reviewed in autumn.", "# by the head nurse"] {
        assert!(care.contains(kept), "{kept} in {care}");
    }
    let (well, said) = run(&["export", "--as", "files"], &clinic.knowledge());
    assert!(!well && said.contains("--out"), "{said}");

    // Files that have caught up are no conflict.
    std::fs::copy(out.join("topics/care.toml"), clinic.knowledge().join("topics/care.toml")).expect("copied");
    server.signal("HUP");
    server.log.wait_for("the knowledge has not changed");
    assert_eq!(boss.get("/knowledge").json()["conflicts"], json!([]));
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
