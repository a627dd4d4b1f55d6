//! The labelled questions: enough of every kind, and none that the other half of the split shares.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use mujib::evaluation::{Kind, Question, questions};
use mujib::knowledge;
use mujib::language::{Lang, fold};

/// Share of two questions' letter triples from which they are one wording: an equal sentence with a word or two
/// changed has more, two questions about the same thing in other words have at most 0.4.
const SAME_WORDING: f64 = 0.5;

/// The questions of the files in a folder below `tests/questions`, by file name.
fn read(folder: &str) -> Vec<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(folder);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    questions::read(&files).unwrap()
}

/// Questions that words and weights may be tuned on, and those that check.
fn split() -> (Vec<Question>, Vec<Question>) {
    (read(""), [read("held-out"), read("unseen"), read("fresh")].concat())
}

/// All messages of a question, folded, without punctuation.
fn wording(question: &Question) -> String {
    let folded = fold(&question.turns.join(" "));
    folded.split(' ').filter(|word| !matches!(*word, "." | "," | "?")).collect::<Vec<_>>().join(" ")
}

/// The runs of three letters of a wording.
fn triples(wording: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<char> = format!(" {wording} ").chars().collect();
    letters.windows(3).filter_map(|three| three.try_into().ok()).collect()
}

fn shared(one: &BTreeSet<[char; 3]>, other: &BTreeSet<[char; 3]>) -> f64 {
    let both = one.intersection(other).count();
    both as f64 / (one.len() + other.len() - both).max(1) as f64
}

#[test]
fn there_are_enough_of_every_kind() {
    let (tuning, checking) = split();
    let all: Vec<&Question> = tuning.iter().chain(&checking).collect();
    assert!(all.len() >= 1400, "{}", all.len());
    let mut counts: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    for question in &all {
        *counts.entry((question.kind, &question.lang)).or_default() += 1;
    }
    for kind in Kind::ALL {
        for lang in Lang::ALL {
            let count = counts.get(&(kind, lang.code())).copied().unwrap_or_default();
            assert!(count >= 15, "{kind} {}: {count}", lang.code());
        }
    }
    let registers: BTreeSet<(&str, &str)> =
        all.iter().map(|q| (q.lang.as_str(), q.register.as_str())).collect();
    for wanted in [("ar", "msa"), ("ar", "egyptian"), ("ar", "gulf"), ("ar", "levantine"), ("ar", "iraqi")] {
        assert!(registers.contains(&wanted), "{wanted:?}");
    }
    for wanted in
        [("ar", "maghrebi"), ("ar", "arabizi"), ("fa", "formal"), ("fa", "dari"), ("fa", "finglish")]
    {
        assert!(registers.contains(&wanted), "{wanted:?}");
    }
}

#[test]
fn every_id_is_one_question() {
    let (tuning, checking) = split();
    let mut ids = BTreeSet::new();
    for question in tuning.iter().chain(&checking) {
        assert!(ids.insert(&question.id), "{} stands twice", question.id);
    }
}

#[test]
fn tuning_and_checking_share_no_wording() {
    let (tuning, checking) = split();
    let of = |questions: &[Question]| -> Vec<(String, String, BTreeSet<[char; 3]>)> {
        let of = |question: &Question| {
            let wording = wording(question);
            let triples = triples(&wording);
            (question.id.clone(), wording, triples)
        };
        questions.iter().map(of).collect()
    };
    let (tuning, checking) = (of(&tuning), of(&checking));
    let mut same = Vec::new();
    for (id, words, triples) in &tuning {
        for (other, other_words, other_triples) in &checking {
            let share = shared(triples, other_triples);
            if words == other_words || share >= SAME_WORDING {
                same.push(format!("{id} and {other} ({share:.2}): {words} / {other_words}"));
            }
        }
    }
    assert!(same.is_empty(), "{}", same.join("\n"));
}

#[test]
fn no_question_is_a_variant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let knowledge = knowledge::load(&folder).unwrap();
    let mut forms: BTreeMap<String, &str> = BTreeMap::new();
    for pair in &knowledge.pairs {
        for lang in Lang::ALL {
            let worded = pair.wording(lang);
            for form in worded.variants.iter().chain([&worded.question]) {
                forms.insert(fold(form).replace([' ', '?', '.', ','], ""), &pair.id);
            }
        }
    }
    let (tuning, checking) = split();
    // Two or three words can be asked in one way only: what counts is a sentence.
    let long = |question: &&Question| wording(question).split(' ').count() > 4;
    for question in tuning.iter().chain(&checking).filter(long) {
        let compact = wording(question).replace(' ', "");
        assert!(!forms.contains_key(&compact), "{} is a variant of {}", question.id, forms[&compact]);
    }
}

#[test]
fn wordings_are_told_apart() {
    for (one, other, same) in [
        ("كم جلسة أحتاج؟", "كم جلسه احتاج", true),
        ("سلام خسته نباشید", "صلام خسته نباشین", true),
        ("معنی مزو", "معنی خود کلمه مزو", false),
        ("كم جلسة أحتاج للوجه؟", "متى أرجع إلى الرياضة؟", false),
    ] {
        let triples = |text: &str| triples(&fold(text).replace(" ?", ""));
        assert_eq!(shared(&triples(one), &triples(other)) >= SAME_WORDING, same, "{one} / {other}");
    }
}
