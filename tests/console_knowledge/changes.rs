//! Changes on their way: from the draft to what patients get, back, and past each other.

use serde_json::{Value, json};

use crate::desk::{
    NEW, OLD, SUN, ask, at, candidate, draft, entry, publish, put, says, setup, step, version,
};
use crate::support::Client;
use crate::support::clinic::Clinic;
use crate::support::console::{PASSWORD, Staff, code};

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
