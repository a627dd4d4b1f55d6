//! Entries: the tables of the files that staff edit one at a time, as JSON.

mod kind;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::files::{File, Files};

pub use kind::EntryKind;
pub(super) use kind::Shape;

/// One table of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id, unique within its kind.
    pub id: String,
    /// The file that it stands in.
    pub file: String,
    /// What it holds; always an object.
    pub content: Value,
}

/// What TOML calls a list of ways to say it, in different files; in JSON it is always `forms`.
pub(super) const FORMS: [&str; 3] = ["forms", "phrases", "questions"];

/// All entries of `files`, in the order of [`EntryKind::ALL`] and of the files. Files that are no TOML have none.
#[must_use]
pub fn entries(files: &Files) -> Vec<Entry> {
    let parsed: Vec<(&File, toml::Table)> =
        files.iter().filter_map(|file| Some((file, toml::from_str(&file.text).ok()?))).collect();
    EntryKind::ALL
        .into_iter()
        .flat_map(|kind| {
            parsed.iter().filter(move |(file, _)| holds(kind, &file.name)).flat_map(move |(file, table)| {
                of_table(kind, table).into_iter().map(move |(id, content)| Entry {
                    kind,
                    id,
                    file: file.name.clone(),
                    content,
                })
            })
        })
        .collect()
}

/// Whether entries of `kind` stand in the file `name`.
pub(super) fn holds(kind: EntryKind, name: &str) -> bool {
    kind.file().map_or_else(|| name.starts_with(kind.folder()), |file| file == name)
}

/// The entries of one kind in a file, with their ids.
fn of_table(kind: EntryKind, file: &toml::Table) -> Vec<(String, Value)> {
    let head = |table: &str| file.get(table).and_then(|t| t.get("id")).and_then(toml::Value::as_str);
    let rows = |table: &str| file.get(table).and_then(toml::Value::as_array).into_iter().flatten();
    let id_of = |row: &toml::Value, key: &str| row.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    match kind.shape() {
        Shape::Rows { table, key } => rows(table)
            .filter_map(|row| {
                let own = id_of(row, key)?;
                let mut content = object(row);
                match kind {
                    EntryKind::Pair => {
                        content.insert("topic".into(), json!(head("topic")?));
                        Some((own, Value::Object(content)))
                    }
                    EntryKind::Passage => {
                        let source = head("source")?;
                        content.insert("source".into(), json!(source));
                        Some((format!("{source}#{own}"), Value::Object(content)))
                    }
                    _ => Some((own, Value::Object(content))),
                }
            })
            .collect(),
        Shape::Head { table } => {
            let Some(own) = file.get(table) else { return Vec::new() };
            let id = id_of(own, "id").unwrap_or_else(|| table.to_owned());
            vec![(id, Value::Object(object(own)))]
        }
        Shape::Members { table } => {
            let members = file.get(table).and_then(toml::Value::as_table).into_iter().flatten();
            members.map(|(key, value)| (key.clone(), member(value))).collect()
        }
        Shape::Part { table, key, part } => rows(table)
            .filter_map(|row| Some((id_of(row, key)?, Value::Object(object(row.get(part)?)))))
            .collect(),
    }
}

/// A member's content: an object as it is, a text under `en`.
fn member(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!({ "en": text }),
        value => Value::Object(object(value)),
    }
}

fn object(value: &toml::Value) -> Map<String, Value> {
    match json_of(value) {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// TOML as JSON; dates as text, lists of ways to say it under one name.
fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(yes) => json!(yes),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.iter().map(json_of).collect()),
        toml::Value::Table(table) => {
            let name =
                |key: &String| if FORMS.contains(&key.as_str()) { FORMS[0].into() } else { key.clone() };
            Value::Object(table.iter().map(|(key, value)| (name(key), json_of(value))).collect())
        }
    }
}

/// A fingerprint of an entry's content, by which it is told whether it changed; that of nothing is empty. The order
/// of members does not count.
#[must_use]
pub fn fingerprint(content: Option<&Value>) -> String {
    let Some(content) = content else { return String::new() };
    let mut hash = Sha256::new();
    feed(&mut hash, content);
    hash.finalize().iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn feed(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<&String> = members.keys().collect();
            keys.sort();
            hash.update(b"{");
            for key in keys {
                hash.update((key.len() as u64).to_le_bytes());
                hash.update(key.as_bytes());
                feed(hash, members.get(key).unwrap_or(&Value::Null));
            }
            hash.update(b"}");
        }
        Value::Array(items) => {
            hash.update(b"[");
            items.iter().for_each(|item| feed(hash, item));
            hash.update(b"]");
        }
        plain => {
            let text = plain.to_string();
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One entry of every kind.
    pub(in crate::knowledge) fn files() -> Files {
        let topic = r#"# Reviewed in autumn.
[topic]
id = "care"
title = { ar = "عناية", fa = "مراقبت" }

# The first pair.
[[pair]]
id = "after-sun"
asks = "after"
subject = ["treatment"]
cites = ["leaflet#p1"]
review_by = 2027-11-01 # by the head nurse

[pair.ar]
question = "هل أتعرض للشمس؟"
variants = [
  "الشمس بعد الجلسة", # short
  "متى أتشمس؟",
]
answer = """لا [1].

بل الظل."""

[pair.fa]
question = "آفتاب؟"
variants = ["آفتاب بعد از جلسه"]
answer = "نه [1]."

[[pair]]
id = "after-pool"
asks = "after"
subject = ["treatment"]
cites = ["leaflet#p1"]
review_by = 2027-11-01
[pair.ar]
question = "المسبح؟"
variants = []
answer = "لا [1]."
[pair.fa]
question = "استخر؟"
variants = []
answer = "نه [1]."
"#;
        let source = "[source]\nid = \"leaflet\"\nlang = \"ar\"\nkind = \"article\"\ntitle = { ar = \"ن\", fa = \"ب\" }\n\n\
                      [[passage]]\nid = \"p1\"\nsection = { ar = \"ن\", fa = \"ب\" }\nlocator = \"line 1\"\ngist = { ar = \"ن\", fa = \"ب\" }\n";
        let smalltalk = "[courtesy]\nar = [\"شكرا\"]\nfa = []\n\n[[smalltalk]]\nid = \"greeting\"\n[smalltalk.ar]\n\
                         phrases = [\"سلام\"]\nreply = \"أهلا\"\n[smalltalk.fa]\nphrases = [\"سلام\"]\nreply = \"سلام\"\n";
        let outside = "[[outside]]\nid = \"price\"\nnear = [\"after-sun\"]\n[outside.ar]\nquestions = [\"بكم؟\"]\n\
                       reply = \"لا\"\n[outside.fa]\nquestions = [\"چند؟\"]\nreply = \"نه\"\n";
        let policy = "[[sign]]\nid = \"fever\"\nar = [\"حمى\"]\n\n[[personal]]\nkind = \"dose\"\nrules = [{ all = [\"fever\"] }]\n\
                      [personal.decline]\nar = \"لا\"\nfa = \"نه\"\n\n[[disclaimer]]\ncode = \"general\"\nar = \"عام\"\nfa = \"عام\"\n\n\
                      [texts]\ncontact = { ar = \"الاستقبال\", fa = \"پذیرش\" }\nforeign_english = \"Sorry.\"\n\n\
                      [emergency.crisis]\nar = \"الآن\"\nfa = \"حالا\"\n\n\
                      [[number]]\ncountry = \"IR\"\nnumber = \"115\"\nsource = \"list\"\nchecked = 2026-11-21\n";
        let lexicon = "[[concept]]\nid = \"sun\"\nkind = \"thing\"\nar = [\"شمس\"]\nfa = [\"آفتاب\"]\n";
        [
            ("topics/care.toml", topic),
            ("sources/leaflet.toml", source),
            ("smalltalk.toml", smalltalk),
            ("outside.toml", outside),
            ("policy.toml", policy),
            ("lexicon.toml", lexicon),
        ]
        .into_iter()
        .map(|(name, text)| File { name: name.into(), text: text.into() })
        .collect()
    }

    #[test]
    fn every_kind_is_found() {
        let found: Vec<String> =
            entries(&files()).iter().map(|e| format!("{} {}", e.kind.name(), e.id)).collect();
        let wanted = [
            "pair after-sun",
            "pair after-pool",
            "topic care",
            "source leaflet",
            "passage leaflet#p1",
            "concept sun",
            "smalltalk greeting",
            "courtesy courtesy",
            "outside price",
            "disclaimer general",
            "text contact",
            "text foreign_english",
            "emergency_text crisis",
            "emergency_number IR",
            "decline dose",
            "sign fever",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn contents_are_json() {
        let all = entries(&files());
        let content = |kind: EntryKind, id: &str| {
            all.iter().find(|e| e.kind == kind && e.id == id).map(|e| e.content.clone()).unwrap()
        };
        let pair = content(EntryKind::Pair, "after-sun");
        assert_eq!((&pair["topic"], &pair["review_by"]), (&json!("care"), &json!("2027-11-01")));
        assert_eq!(pair["ar"]["answer"], "لا [1].\n\nبل الظل.");
        assert_eq!(content(EntryKind::Smalltalk, "greeting")["fa"]["forms"], json!(["سلام"]));
        assert_eq!(content(EntryKind::Text, "foreign_english"), json!({"en": "Sorry."}));
        assert_eq!(content(EntryKind::Decline, "dose"), json!({"ar": "لا", "fa": "نه"}));
        assert_eq!(content(EntryKind::Passage, "leaflet#p1")["source"], "leaflet");
    }

    #[test]
    fn kinds_have_one_name() {
        for kind in EntryKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(EntryKind::from_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn fingerprints_tell_contents_apart() {
        let one = fingerprint(Some(&json!({"a": ["b", "c"], "d": 1})));
        assert_eq!(one, fingerprint(Some(&serde_json::from_str(r#"{"d":1,"a":["b","c"]}"#).unwrap())));
        for other in
            [json!({"a": ["bc"], "d": 1}), json!({"a": ["b", "c"], "d": "1"}), json!({"a": ["b"], "c": 1})]
        {
            assert_ne!(one, fingerprint(Some(&other)));
        }
        assert_eq!(fingerprint(None), "");
    }
}
