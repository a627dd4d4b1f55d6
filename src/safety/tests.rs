//! Tables of messages through the screen of the real policy.

mod composed;
mod disguised;
mod everyday;
mod groups;
mod held_out;
mod held_out_later;
mod look_alikes;
mod negatives;
mod ordinary;
mod patients;
mod personal;
mod personal_unseen;
mod positives;
mod quieted;
mod requests;
mod spellings;
mod topics;
mod unseen;
mod unseen_fourth_ar;
mod unseen_fourth_fa;
mod unseen_last;
mod unseen_second;
mod unseen_third;

use std::collections::HashSet;
use std::path::Path;
use std::sync::OnceLock;

use super::{Level, PersonalKind, Screen, Screening};
use crate::knowledge::{self, Knowledge};
use crate::language;
use crate::search::matcher;

/// The knowledge that ships.
fn shipped() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        knowledge::load(&folder).unwrap_or_else(|problems| panic!("{problems:#?}"))
    })
}

/// The screen as the engine makes it: the words of the knowledge are no typing errors.
fn screen(text: &str) -> Screening {
    screen_folded(&language::fold(text))
}

/// The same for a text in Latin letters, read as the engine reads it.
fn screen_spelled(text: &str) -> Screening {
    let folded = language::fold(text);
    let plain = screen_folded(&folded);
    let read =
        language::Lang::ALL.into_iter().filter_map(|lang| screen_of_policy().check_spelled(&folded, lang));
    std::iter::once(plain).chain(read).find(|s| s.red_flag.is_some()).unwrap_or_default()
}

fn screen_folded(folded: &str) -> Screening {
    screen_of_policy().check(folded)
}

fn screen_of_policy() -> &'static Screen {
    static SCREEN: OnceLock<Screen> = OnceLock::new();
    SCREEN.get_or_init(|| {
        let classes = matcher::classes(shipped());
        let texts = classes.iter().flat_map(|c| c.forms.iter().flatten().chain(&c.answers));
        let words: HashSet<String> = texts
            .flat_map(|text| language::persian::join(language::tokenize(&language::fold(text))))
            .map(|token| token.text)
            .collect();
        Screen::knowing(&shipped().policy, words.iter().map(String::as_str))
    })
}

/// Fails with every message of the table that `wrong` finds wrong, and why.
fn check<T>(table: &[T], mut wrong: impl FnMut(&T) -> Option<String>) {
    let failures: Vec<String> = table.iter().filter_map(&mut wrong).collect();
    assert!(failures.is_empty(), "{} of {} wrong:\n{}", failures.len(), table.len(), failures.join("\n"));
}

fn flagged(text: &str) -> Option<String> {
    let s = screen(text);
    s.red_flag.is_none().then(|| format!("missed: {text}   {:?} {:?}", s.explain, s.caution))
}

fn quiet(text: &str) -> Option<String> {
    let s = screen(text);
    s.red_flag.is_some().then(|| format!("alarm: {text}   {:?}", s.explain))
}

/// A request that is declined as another kind, or not at all.
fn not_declined((text, kind): &(&str, PersonalKind)) -> Option<String> {
    let s = screen(text);
    (s.personal != Some(*kind)).then(|| format!("wrong: {text}: {:?} {:?}", s.personal, s.explain))
}

/// A message that is declined or alarms.
fn not_ordinary(text: &str) -> Option<String> {
    let s = screen(text);
    (s.personal.is_some() || s.red_flag.is_some()).then(|| format!("wrong: {text}: {:?}", s.explain))
}

/// A message that is declined.
fn declined(text: &str) -> Option<String> {
    let s = screen(text);
    s.personal.map(|kind| format!("wrong: {kind:?}: {text} {:?}", s.explain))
}

proptest::proptest! {
    #[test]
    fn no_text_panics_the_screen(text in "\\PC{0,200}") {
        let _ = screen(&text);
    }

    #[test]
    fn no_mixture_of_signs_panics_the_screen(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "لساني", "نفسم", "بالا", "نمیاد", "ما", "مو", "قادر", "؟", ".", "،", "اگه", "هل", "و", "ن", "ف", "س",
            "nafasam", "bala", "nemiad", "15", "سنة", "عمري", "ساله", "سي سي", "\u{200c}", "خودم", "تزریق",
        ]), 0..40)
    ) {
        let _ = screen(&words.join(" "));
    }
}
