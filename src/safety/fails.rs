//! Verbs that somebody negates and that the policy does not know: whatever an eye, a tongue or a breath "does
//! not" do, it fails.

use super::affix::Owner;
use super::lookup::{Found, Target};
use super::reading::Words;

/// Arabic negations before a verb.
const NOT: [&str; 16] = [
    "ما",
    "مش",
    "مو",
    "مب",
    "لا",
    "موش",
    "وما",
    "ومش",
    "ومو",
    "ولا",
    "معاد",
    "ماعاد",
    "ماعادت",
    "معدتش",
    "مبقاش",
    "مبقتش",
];
/// The one of them that is also "or".
const OR: &str = "ولا";
/// Words that may stand between an Arabic negation and its verb.
const ASPECT: [&str; 9] = ["عم", "قاعد", "قاعده", "راضی", "راضیه", "عاد", "عادت", "دا", "رح"];
/// First letters of an Arabic verb in the imperfect, and of its particles.
const IMPERFECT: [char; 6] = ['ی', 'ت', 'ب', 'ن', 'ک', 'د'];
/// How a negated Persian verb begins.
const PERSIAN: &str = "نمی";
/// Shorter words are hardly verbs.
const LEAST_LETTERS: usize = 4;

/// Adds the sign `fails` wherever a verb is negated that nothing in `found` reads.
pub(super) fn find(words: &Words, fails: Target, found: &mut Vec<Found>) {
    let known = |at: usize| found.iter().any(|f| f.start <= at && at < f.end && !f.doubtful);
    let spans: Vec<_> =
        (0..words.len()).filter_map(|at| negated(words, at)).filter(|(_, verb)| !known(*verb)).collect();
    found.extend(spans.into_iter().map(|(start, verb)| Found::new(fails, start..verb + 1, Owner::None)));
}

/// Where a negated verb begins that ends its span at the word `at`.
fn negated(words: &Words, at: usize) -> Option<(usize, usize)> {
    let word = words.slice(at, at + 1);
    word.chars().nth(LEAST_LETTERS - 1)?;
    if word.starts_with(PERSIAN) && word.chars().nth(LEAST_LETTERS).is_some() {
        return Some((at, at));
    }
    let around = word.strip_prefix('م').and_then(|w| w.strip_suffix('ش')).is_some_and(|w| {
        w.trim_start_matches('ا').starts_with(IMPERFECT) && w.chars().nth(LEAST_LETTERS - 1).is_some()
    });
    if around {
        return Some((at, at));
    }
    if !word.starts_with(IMPERFECT) || at == 0 {
        return None;
    }
    let before = if ASPECT.contains(&words.slice(at - 1, at)) { at.checked_sub(2)? } else { at - 1 };
    let not = |word: usize| NOT.contains(&words.slice(word, word + 1)) && words.same_clause(word, at);
    // «ولا» goes on with a negation («ما بتوقف ولا بتسكر»); alone it asks: «بحكيه ولا بنسى؟».
    let alone = || words.slice(before, before + 1) == OR && !(0..before).any(not);
    (not(before) && !alone()).then_some((before, at))
}
