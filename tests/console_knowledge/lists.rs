//! What staff find, and what is said about it while they write.

use serde_json::{Value, json};

use crate::desk::{draft, entry, setup};
use crate::support::clinic::Clinic;
use crate::support::console::Staff;

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
