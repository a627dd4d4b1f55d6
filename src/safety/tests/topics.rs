//! Every question of the knowledge through the screen: none is an emergency, none belongs to one person.

use std::path::Path;

use super::{PersonalKind, screen};

/// Pairs whose questions may rightly be personal: they ask about stopping a medicine or about what only a
/// doctor may decide, and are declined with the pair's general part.
const PERSONAL: &[(&str, PersonalKind)] = &[("before-aspirin", PersonalKind::StopMedicine)];

/// Strings of `question` and `variants` under each pair of a topic file, with the pair's id.
fn questions(table: &toml::Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for pair in table.get("pair").and_then(|p| p.as_array()).into_iter().flatten() {
        let id = pair.get("id").and_then(|i| i.as_str()).unwrap_or_default();
        for lang in ["ar", "fa"] {
            let wording = pair.get(lang);
            let question = wording.and_then(|w| w.get("question")).and_then(|q| q.as_str());
            let variants = wording.and_then(|w| w.get("variants")).and_then(|v| v.as_array());
            let variants = variants.into_iter().flatten().filter_map(|v| v.as_str());
            found.extend(question.into_iter().chain(variants).map(|q| (id.to_owned(), q.to_owned())));
        }
    }
    found
}

#[test]
fn questions_of_the_knowledge_are_quiet() {
    let folder = std::env::var_os("MUJIB_TEST_TOPICS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/topics"), Into::into);
    let mut failures = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
        let text = std::fs::read_to_string(file).expect("a topic file can be read");
        let table: toml::Table = toml::from_str(&text).expect("a topic file is TOML");
        for (pair, question) in questions(&table) {
            let s = screen(&question);
            if s.red_flag.is_some() {
                failures.push(format!("alarm: {pair}: {question}  {:?}", s.explain));
            }
            if let Some(kind) = s.personal
                && !PERSONAL.contains(&(pair.as_str(), kind))
            {
                failures.push(format!("wrong: {pair}: {question}  {:?}", s.explain));
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}
