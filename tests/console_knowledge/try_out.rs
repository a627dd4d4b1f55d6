//! Trying questions: what patients get, why, and what becomes of a judgement.

use serde_json::{Value, json};

use crate::desk::{SUN, ask, setup, version};
use crate::support::clinic::Clinic;
use crate::support::console::{Staff, code};

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
