use serde_json::json;

use super::*;
use crate::knowledge::entries::{Entry, entries, tests::files};

fn edit(kind: EntryKind, id: &str, content: Value) -> Edit {
    Edit { kind, id: id.into(), content: Some(content) }
}

fn entry(files: &Files, kind: EntryKind, id: &str) -> Option<Entry> {
    entries(files).into_iter().find(|e| e.kind == kind && e.id == id)
}

/// The content of an entry after `change`, through the file and back.
#[track_caller]
fn check(kind: EntryKind, id: &str, change: impl Fn(&mut Value)) -> Files {
    let mut files = files();
    let mut content = entry(&files, kind, id).unwrap().content;
    change(&mut content);
    apply(&mut files, [&edit(kind, id, content.clone())]).unwrap();
    assert_eq!(entry(&files, kind, id).unwrap().content, content, "{files:?}");
    files
}

#[test]
fn what_is_the_same_leaves_the_files_as_they_are() {
    for Entry { kind, id, content, .. } in entries(&files()) {
        let mut after = files();
        apply(&mut after, [&edit(kind, &id, content)]).unwrap();
        assert_eq!(after.version(), files().version(), "{kind:?} {id}: {after:?}");
    }
}

#[test]
fn every_kind_can_be_changed() {
    check(EntryKind::Topic, "care", |c| c["title"]["fa"] = json!("پس از جلسه"));
    check(EntryKind::Source, "leaflet", |c| c["url"] = json!("https://clinic.example/leaflet"));
    check(EntryKind::Passage, "leaflet#p1", |c| c["gist"]["ar"] = json!("جديد"));
    check(EntryKind::Concept, "sun", |c| c["latin"] = json!(["sun", "shams"]));
    check(EntryKind::Smalltalk, "greeting", |c| c["ar"]["forms"] = json!(["سلام", "مرحبا"]));
    check(EntryKind::Courtesy, "courtesy", |c| c["fa"] = json!(["ممنون"]));
    check(EntryKind::Outside, "price", |c| c["fa"]["reply"] = json!("نمی‌دانیم"));
    check(EntryKind::Disclaimer, "general", |c| c["ar"] = json!("معلومات عامة"));
    check(EntryKind::Text, "contact", |c| c["ar"] = json!("هاتف 123"));
    check(EntryKind::Text, "foreign_english", |c| c["en"] = json!("Sorry, {emergency}."));
    check(EntryKind::EmergencyText, "crisis", |c| c["fa"] = json!("همین\n\nحالا \"{emergency}\""));
    check(EntryKind::EmergencyNumber, "IR", |c| c["checked"] = json!("2026-12-01"));
    check(EntryKind::Decline, "dose", |c| c["ar"] = json!("الطبيب"));
    check(EntryKind::Sign, "fever", |c| c["fa"] = json!(["تب"]));
}

#[test]
fn a_change_touches_nothing_else_and_keeps_comments() {
    let files = check(EntryKind::Pair, "after-sun", |c| {
        c["ar"]["answer"] = json!("لا، **ليومين** [1].\n\n- الظل\n- القبعة \\ \"واقية\"");
        c["ar"]["variants"] = json!(["الشمس بعد الجلسة", "أقدر أطلع بالشمس؟", "متى أتشمس؟"]);
        c["review_by"] = json!("2028-01-01");
        c["withdrawn"] = json!(true);
        c["facts"] = json!([]);
    });
    let text = files.text("topics/care.toml").unwrap();
    for kept in [
        "# Reviewed in autumn.",
        "# The first pair.",
        "review_by = 2028-01-01 # by the head nurse",
        "\n  \"الشمس بعد الجلسة\",",
        "# short",
        "\n  \"أقدر أطلع بالشمس؟\"",
        "variants = [\"آفتاب بعد از جلسه\"]",
        "[[pair]]\nid = \"after-pool\"",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    let original = entries::tests::files();
    let (_, behind) = original.text("topics/care.toml").unwrap().split_once("after-pool").unwrap();
    assert!(text.ends_with(behind), "the pair behind it is as it was: {text}");
}

#[test]
fn hostile_texts_stay_texts() {
    for text in [
        "<script>alert(1)</script>",
        "\u{202e}gnp.txt\u{202c}\u{200f}",
        "\"\"\"\n[[pair]]\nid = \"x\"\n",
        "'''\r\n\t\u{0}\u{7}\u{1b}",
        "\\u0041 \\ ${x} {{y}}",
        "  اول\n",
        "\nسطر",
        &"طويل ".repeat(20_000),
    ] {
        let edited = check(EntryKind::Pair, "after-sun", |c| {
            c["fa"]["answer"] = json!(text);
            c["fa"]["variants"] = json!([text, "x"]);
        });
        assert_eq!(entries(&edited).len(), entries(&files()).len());
    }
}

#[test]
fn entries_are_added_moved_and_taken_out() {
    let mut files = files();
    let pair = entry(&files, EntryKind::Pair, "after-sun").unwrap().content;
    let mut other = pair.clone();
    other["id"] = json!("after-sea");
    other["topic"] = json!("travel");
    let source = json!({"id": "poster", "lang": "fa", "kind": "article", "title": {"ar": "م", "fa": "پ"}});
    let passage = json!({"id": "p2", "section": {"ar": "م", "fa": "پ"}, "locator": "top", "gist": {"ar": "م", "fa": "پ"}});
    let edits = [
        edit(EntryKind::Topic, "travel", json!({"id": "travel", "title": {"ar": "سفر", "fa": "سفر"}})),
        edit(EntryKind::Pair, "after-sea", other.clone()),
        edit(EntryKind::Source, "poster", source),
        edit(EntryKind::Passage, "poster#p2", passage),
        edit(
            EntryKind::EmergencyNumber,
            "SA",
            json!({"country": "SA", "number": "997", "source": "list", "checked": "2026-11-21"}),
        ),
        Edit { kind: EntryKind::Disclaimer, id: "general".into(), content: None },
        Edit { kind: EntryKind::Disclaimer, id: "gone-already".into(), content: None },
    ];
    apply(&mut files, &edits).unwrap();
    assert_eq!(entry(&files, EntryKind::Pair, "after-sea").unwrap().content, other);
    assert_eq!(entry(&files, EntryKind::Pair, "after-sea").unwrap().file, "topics/travel.toml");
    assert_eq!(entry(&files, EntryKind::Passage, "poster#p2").unwrap().file, "sources/poster.toml");
    assert_eq!(entry(&files, EntryKind::EmergencyNumber, "SA").unwrap().content["number"], "997");
    assert!(entry(&files, EntryKind::Disclaimer, "general").is_none());
    let found: toml::Table = toml::from_str(files.text("policy.toml").unwrap()).unwrap();
    assert!(found["number"].as_array().unwrap()[1]["checked"].is_datetime());

    let mut moved = pair;
    moved["topic"] = json!("travel");
    apply(&mut files, [&edit(EntryKind::Pair, "after-sun", moved)]).unwrap();
    let ids: Vec<(String, String)> =
        entries(&files).into_iter().filter(|e| e.kind == EntryKind::Pair).map(|e| (e.id, e.file)).collect();
    let pairs = [("after-pool", "care"), ("after-sea", "travel"), ("after-sun", "travel")];
    assert_eq!(ids, pairs.map(|(id, topic)| (id.to_owned(), format!("topics/{topic}.toml"))));
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let sun = entry(&files(), EntryKind::Pair, "after-sun").unwrap().content;
    let with = |name: &str, value: Value| {
        let mut content = sun.clone();
        content[name] = value;
        content
    };
    for (bad, says) in [
        (edit(EntryKind::Pair, "after-sun", with("id", json!("other"))), "by which the entry is known"),
        (edit(EntryKind::Pair, "after-sun", with("topic", json!("no-such"))), "which there is not"),
        (edit(EntryKind::Pair, "after-sun", json!("text")), "is no object"),
        (edit(EntryKind::Pair, "after-sun", with("subject", json!([null]))), "holds nothing"),
        (edit(EntryKind::Topic, "../../etc/passwd", json!({})), "cannot be the id"),
        (edit(EntryKind::Topic, "", json!({})), "cannot be the id"),
        (edit(EntryKind::Pair, "عربي", json!({"topic": "care"})), "cannot be the id"),
        (edit(EntryKind::Passage, "p7", json!({"source": "leaflet"})), "cannot be the id"),
        (edit(EntryKind::Decline, "no-such", json!({"ar": "", "fa": ""})), "there is no personal"),
        (Edit { kind: EntryKind::Topic, id: "care".into(), content: None }, "cannot be taken out"),
    ] {
        let mut after = files();
        let good = edit(EntryKind::Text, "contact", json!({"ar": "١", "fa": "۲"}));
        let problems = apply(&mut after, [&good, &bad]).unwrap_err();
        assert!(problems.len() == 1 && problems[0].what.contains(says), "{problems:?}");
        assert_eq!(after.version(), files().version());
    }
}

#[test]
fn lines_are_fields() {
    let files = files();
    let text = files.text("topics/care.toml").unwrap();
    let line = |words: &str| {
        let before = text.split_once(words).unwrap_or_else(|| panic!("{words} stands in the file")).0;
        before.lines().count().max(1)
    };
    for (words, field) in [
        ("asks = \"after\"", Some("asks")),
        ("cites = [", Some("cites.0")),
        ("  \"متى أتشمس؟\"", Some("ar.variants.1")),
        ("بل الظل", Some("ar.answer")),
        ("question = \"آفتاب؟\"", Some("fa.question")),
        ("id = \"care\"", None),
        ("id = \"after-pool\"", None),
    ] {
        let at = text.lines().position(|l| l.contains(words.trim())).map_or_else(|| line(words), |at| at + 1);
        assert_eq!(field_at(text, EntryKind::Pair, "after-sun", at).as_deref(), field, "{words}");
    }
    let policy = files.text("policy.toml").unwrap();
    let contact = policy.lines().position(|l| l.starts_with("contact")).unwrap() + 1;
    assert_eq!(field_at(policy, EntryKind::Text, "contact", contact).as_deref(), Some(""));
}
