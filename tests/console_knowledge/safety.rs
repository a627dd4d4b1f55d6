//! What keeps a change from being published.

use serde_json::json;

use crate::desk::{ask, candidate, draft, publish, setup, version};
use crate::support::clinic::Clinic;
use crate::support::console::{Staff, code};

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
