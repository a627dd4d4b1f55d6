//! The real binary: what the commands write, and how they end.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs `mujib` in `folder`, where the knowledge folder is empty.
fn mujib(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mujib"))
        .current_dir(folder)
        .env("MUJIB_KNOWLEDGE", "knowledge")
        .env("MUJIB_INDEX", "index")
        .args(arguments)
        .output()
        .unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("knowledge")).unwrap();
    folder
}

#[track_caller]
fn check_fails(folder: &Path, arguments: &[&str], says: &str) {
    let output = mujib(folder, arguments);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{arguments:?} succeeded: {said}");
    assert!(said.contains(says), "{arguments:?} says: {said}");
}

#[test]
fn broken_knowledge_is_listed_by_every_command() {
    let folder = folder();
    for command in [&["check"][..], &["index"], &["export", "--as", "jsonl"]] {
        check_fails(folder.path(), command, "policy.toml: the file is missing");
        check_fails(folder.path(), command, " problems");
    }
}

#[test]
fn arguments_and_files_that_cannot_be_used_are_named() {
    let folder = folder();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("broken.jsonl", "\n{\"id\":\n");
    let question = r#"{"id":"q","turns":["؟"],"lang":"ar","kind":"answer","expect":{"any_of":[["(?<!لا "]]}}"#;
    write("pattern.jsonl", question);
    write("empty.jsonl", "\n");
    write("pairs.jsonl", r#"{"id":"p","lang":"de","question":"?"}"#);
    for (arguments, says) in [
        (&["evaluate", "broken.jsonl"][..], "broken.jsonl:2: EOF while parsing"),
        (&["evaluate", "pattern.jsonl"], "pattern.jsonl:1: the pattern (?<!لا  is broken"),
        (&["evaluate", "empty.jsonl"], "empty.jsonl: holds no line"),
        (&["evaluate", "none.jsonl"], "none.jsonl: cannot be read"),
        (&["evaluate", "--floor", "answers=85", "x.jsonl"], "answers is no kind"),
        (&["evaluate", "--seed", "3", "x.jsonl"], "--per-intent"),
        (&["evaluate", "--pairs", "pairs.jsonl", "x.jsonl"], "pairs.jsonl:1: unknown variant `de`"),
        (&["export", "--as", "faqpage"], "--lang ar or --lang fa"),
    ] {
        check_fails(folder.path(), arguments, says);
    }
}

#[test]
fn foreign_pairs_are_measured_without_any_knowledge() {
    let folder = folder();
    let pairs = [
        r#"{"id":"hours","lang":"ar","question":"متى تفتح العيادة؟","variants":["ما هي ساعات العمل؟","أوقات الدوام"],"answer":"من الثامنة"}"#,
        r#"{"id":"price","lang":"ar","question":"كم سعر الجلسة؟","variants":["بكم الجلسة","ما تكلفة العلاج؟"],"answer":""}"#,
        r#"{"id":"price","lang":"fa","question":"هزینه جلسه چقدر است؟"}"#,
    ];
    let queries = [
        r#"{"id":"1","lang":"ar","text":"ما أوقات العمل في العيادة","gold":["hours"]}"#,
        r#"{"id":"2","lang":"ar","text":"سعر الجلسة كم","gold":["price"]}"#,
        r#"{"id":"3","lang":"ar","text":"هل تبيعون السيارات","gold":[]}"#,
    ];
    fs::write(folder.path().join("pairs.jsonl"), pairs.join("\n")).unwrap();
    fs::write(folder.path().join("queries.jsonl"), queries.join("\n")).unwrap();
    let arguments = [
        "evaluate",
        "--pairs",
        "pairs.jsonl",
        "queries.jsonl",
        "--json",
        "raw.json",
        "--per-intent",
        "2",
        "--draws",
        "2",
    ];
    let output = mujib(folder.path(), &arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    // The knowledge folder has no lexicon: said, not passed over.
    assert!(said.starts_with("lexicon: none (knowledge/lexicon.toml"), "{said}");
    let row = said.lines().find(|line| line.trim_start().starts_with("ar ")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().take(6).collect();
    assert_eq!(cells, ["ar", "2", "6", "2", "1", "100.0"], "{said}");

    let raw: Value = serde_json::from_slice(&fs::read(folder.path().join("raw.json")).unwrap()).unwrap();
    assert_eq!((&raw["peer"], &raw["fields"]), (&"mujib".into(), &"qa".into()));
    assert_eq!((&raw["langs"]["ar"]["queries"], &raw["langs"]["fa"]), (&3.into(), &Value::Null));
    assert_eq!(raw["results"][0]["hits"][0][0], "hours");
    assert!(raw["results"][0]["hits"][0][1].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{raw}");
}
