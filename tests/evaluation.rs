//! `mujib evaluate`: spellings, thresholds and the report page, by the real binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// One index for all tests of this file.
static INDEX: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fn evaluate(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mujib"))
        .current_dir(folder)
        .env("MUJIB_KNOWLEDGE", Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"))
        .env("MUJIB_INDEX", INDEX.path())
        .arg("evaluate")
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A file of questions: id, language, kind, message.
fn questions(folder: &Path, name: &str, questions: &[(&str, &str, &str, &str)]) -> PathBuf {
    let line = |(id, lang, kind, text): &(&str, &str, &str, &str)| {
        serde_json::json!({"id": id, "lang": lang, "kind": kind, "register": "msa", "turns": [text],
            "expect": {"facts": ["F1"], "any_of": [], "none_of": []}})
        .to_string()
    };
    let path = folder.join(name);
    fs::write(&path, questions.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    path
}

const SOUND: [(&str, &str, &str, &str); 4] = [
    ("sessions", "ar", "answer", "كم عدد جلسات الميزوثيرابي التي أحتاج إليها؟"),
    ("hurts", "fa", "answer", "آیا تزریق مزوتراپی درد دارد؟"),
    ("choking", "ar", "emergency", "لا أستطيع التنفس بعد الحقن"),
    ("price", "fa", "refuse", "هزینه هر جلسه مزوتراپی چقدر است؟"),
];

#[test]
fn spellings_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    questions(folder.path(), "q.jsonl", &SOUND);
    let output = evaluate(folder.path(), &["--spellings", "q.jsonl", "--json", "all.json"]);
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    let row = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap_or_default();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    for (name, applies) in [("keyboard", "4/4"), ("zwnj", "0/4"), ("digits", "0/4"), ("harakat", "4/4")] {
        assert_eq!(row(name).get(1).map(String::as_str), Some(applies), "{text}");
    }
    assert_eq!(row("tatweel")[2..], ["100.0%", "100.0%", "+0.0"], "{text}");
    assert!(text.contains("emergencies missed: "), "{text}");
    let all: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("all.json")).unwrap()).unwrap();
    assert_eq!(all[0]["item"]["spelling"], "keyboard");
    assert_ne!(all[0]["item"]["turns"][0], SOUND[0].3);
}

#[test]
fn a_spelling_that_loses_too_much_fails_the_run() {
    let folder = tempfile::tempdir().unwrap();
    questions(folder.path(), "q.jsonl", &SOUND);
    let output =
        evaluate(folder.path(), &["--spellings", "q.jsonl", "--floor", "personal=100", "--loss", "100"]);
    assert!(
        !output.status.success() && said(&output).contains("personal has no questions"),
        "{}",
        said(&output)
    );
    for (arguments, says) in [
        (&["q.jsonl", "--loss", "3"][..], "--spellings"),
        (&["q.jsonl", "--spellings", "--loss", "typos=3"], "typos is no spelling: keyboard, zwnj"),
        (&["q.jsonl", "--spellings", "--thresholds"], "cannot be used with"),
    ] {
        let output = evaluate(folder.path(), arguments);
        assert!(!output.status.success() && said(&output).contains(says), "{}", said(&output));
    }
}

#[test]
fn thresholds_are_proposed_only_on_enough_answers() {
    let folder = tempfile::tempdir().unwrap();
    questions(folder.path(), "q.jsonl", &SOUND);
    let text = said(&evaluate(folder.path(), &["--thresholds", "q.jsonl"]));
    assert!(text.contains("0.55") && text.contains("in force"), "{text}");
    assert!(text.contains("nothing is proposed: a fit needs more answers"), "{text}");

    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions");
    let files = ["ar.jsonl", "fa.jsonl"].map(|name| set.join(name).display().to_string());
    let text = said(&evaluate(folder.path(), &["--thresholds", &files[0], &files[1]]));
    let (tables, file) = text.split_once("proposed for decision.toml:").unwrap_or_default();
    for part in
        ["wrong answers given", "right answers lost", "refusals right", "refusals lost", "share no pair"]
    {
        assert!(tables.contains(part), "{text}");
    }
    for part in
        ["[thresholds]\nanswer = 0.", "[calibration]\nmargin = ", "[[fitted_on]]\nset = ", "questions = 285"]
    {
        assert!(file.contains(part), "{text}");
    }
}

#[test]
fn queries_name_the_pairs_that_pass() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, kind: &str, turns: &[&str], any_of: &str| {
        serde_json::json!({"id": id, "lang": "ar", "kind": kind, "register": "msa", "turns": turns,
            "expect": {"sources": ["000"], "any_of": [[any_of]], "none_of": []}})
        .to_string()
    };
    let lines = [
        line("inventor", "answer", &["من اخترع الميزوثيرابي؟"], "1952"),
        line("nowhere", "answer", &["من اخترع العجلة؟"], "قبل الميلاد بقرون"),
        line("price", "refuse", &["بكم الجلسة؟"], "x"),
        line("later", "followup", &["من اخترع الميزوثيرابي؟", "ومتى؟"], "1952"),
        line("choking", "emergency", &["لا أستطيع التنفس"], "x"),
    ];
    fs::write(folder.path().join("q.jsonl"), lines.join("\n")).unwrap();
    let output = evaluate(folder.path(), &["--queries", "out.jsonl", "q.jsonl"]);
    let text = said(&output);
    assert!(output.status.success() && text.contains("2 queries, 1 of them outside"), "{text}");
    assert!(text.contains("left out: 2 that no search can answer alone, 1 that no pair"), "{text}");
    let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    let queries: Vec<serde_json::Value> =
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let gold = queries[0]["gold"].as_array().unwrap();
    assert!(gold.contains(&"history-origin".into()) && gold.len() < 10, "{written}");
    assert_eq!((&queries[1]["id"], &queries[1]["gold"]), (&"price".into(), &serde_json::json!([])));
}

/// What is proposed is a file that loads.
#[test]
fn a_proposal_is_sound_knowledge() {
    let folder = tempfile::tempdir().unwrap();
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/ar.jsonl").display().to_string();
    let fa = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/fa.jsonl").display().to_string();
    let text = said(&evaluate(folder.path(), &["--thresholds", &set, &fa]));
    let (_, file) = text.split_once("proposed for decision.toml:").unwrap_or_default();
    let knowledge = folder.path().join("knowledge");
    fs::create_dir(&knowledge).unwrap();
    fs::write(knowledge.join("decision.toml"), file).unwrap();
    let check = Command::new(env!("CARGO_BIN_EXE_mujib"))
        .env("MUJIB_KNOWLEDGE", &knowledge)
        .env("MUJIB_INDEX", INDEX.path())
        .arg("check")
        .output()
        .unwrap();
    let problems = said(&check);
    assert!(problems.contains("policy.toml: the file is missing"), "{problems}");
    assert!(!problems.lines().any(|line| line.starts_with("decision.toml")), "{problems}");
}

const HOSTILE: &str =
    "</summary><script>alert('كم')</script><img src=x onerror=alert(1)> \u{202e}\"quoted\" & 'more'";

/// The page of the questions in `name`.
fn page(folder: &Path, name: &str) -> String {
    let output = evaluate(folder, &["--report", "out.html", name]);
    assert!(output.status.success(), "{}", said(&output));
    fs::read_to_string(folder.join("out.html")).unwrap()
}

#[test]
fn the_report_is_one_page_with_everything() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = ("wrong", "ar", "refuse", "هل حقن الميزوثيرابي مؤلم؟");
    questions(folder.path(), "q.jsonl", &[SOUND[0], SOUND[1], SOUND[2], SOUND[3], wrong]);
    let page = page(folder.path(), "q.jsonl");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page}");
    for part in [
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "default-src &#39;none&#39;",
        "4 of 5 replies are right.",
        "<caption>Right replies by outcome and language</caption>",
        "<th scope=\"row\">ar · msa</th>",
        "<caption>The same questions spelled otherwise</caption>",
        "<th scope=\"row\">tatweel</th><td>4/5 · 80.0 %</td>",
        "<th scope=\"row\">refuse</th><td>answer</td><td>1</td>",
        "<svg viewBox=",
        "expected calibration error",
        "<caption>What answering from a confidence on costs</caption>",
        " in force",
        "<bdi class=\"turn\" dir=\"auto\">هل حقن الميزوثيرابي مؤلم؟</bdi>",
        "<dt>decided by</dt><dd dir=\"auto\">one pair answers",
        "<dt>terms</dt>",
        "<caption>Candidates</caption>",
        "<th scope=\"col\">margin</th>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

/// The names of the page's elements, in order; fails where one is not closed by its own end.
fn elements(page: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    // The style sheet and the doctype hold no elements.
    for tag in page.split('<').skip(2).filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.split(' ').next().unwrap_or_default().to_owned();
        match name.strip_prefix('/') {
            Some(ended) => assert_eq!(open.pop().as_deref(), Some(ended), "{tag}"),
            None => {
                all.push(name.clone());
                if name != "meta" {
                    open.push(name);
                }
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
    all
}

#[test]
fn hostile_text_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    questions(folder.path(), "q.jsonl", &[("<b>id</b>", "ar", "emergency", HOSTILE), SOUND[0]]);
    let page = page(folder.path(), "q.jsonl");
    assert!(page.contains("&lt;/summary&gt;&lt;script&gt;alert(&#39;كم&#39;)&lt;/script&gt;"), "{page}");
    assert!(page.contains("&lt;b&gt;id&lt;/b&gt;"), "{page}");
    let known = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "nav",
        "section",
        "h1",
        "h2",
        "p",
        "a",
        "ul",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "bdi",
        "details",
        "summary",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "svg",
        "line",
        "circle",
        "text",
    ];
    for element in elements(&page) {
        assert!(known.contains(&element.as_str()), "{element} is in the page");
    }
    // Nothing is fetched: no address but places within the page.
    for attribute in ["src=\"", "href=\"http", "url(", "@import", "<link", "onerror=\"", "srcset"] {
        assert!(!page.contains(attribute), "{attribute} is in the page");
    }
}
