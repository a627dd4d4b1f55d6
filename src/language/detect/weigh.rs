//! What single clues count, and what all of them together say.

use super::{Clue, Detection, Table, Tongue};
use crate::language::Lang;

fn add(found: &mut Detection, tongue: Tongue, weight: f32) {
    if let Some(score) = found.scores.get_mut(tongue as usize) {
        *score += weight;
    }
}

pub(super) fn push(found: &mut Detection, seen: &str, tongue: Tongue, weight: f32) {
    add(found, tongue, weight);
    found.clues.push(Clue { seen: seen.to_owned(), tongue, weight });
}

pub(super) fn vote(table: &Table, word: &str, found: &mut Detection) {
    let Some(votes) = table.get(word) else { return };
    // A word of two languages says nothing.
    if let [(tongue, weight)] = votes.as_slice() {
        push(found, &format!("word {word}"), *tongue, *weight);
    }
}

pub(super) fn affixes(word: &str, found: &mut Detection) {
    let long = |least: usize| word.chars().count() >= least;
    let front = |fronts: &[&str]| fronts.iter().any(|f| word.starts_with(f));
    let back = |backs: &[&str]| backs.iter().any(|b| word.ends_with(b));
    if (long(5) && front(&["ال", "لل"])) || (long(6) && front(&["وال", "بال", "هال", "عال", "فال", "کال"]))
    {
        push(found, &format!("article in {word}"), Tongue::Arabic, 0.8);
    }
    if long(5) && back(&["هم", "کما", "هما"]) {
        push(found, &format!("pronoun on {word}"), Tongue::Arabic, 0.5);
    }
    if long(5) && front(&["می", "نمی"]) && !front(&["میزو", "میکرو", "مید", "میا"]) {
        push(found, &format!("verb mark in {word}"), Tongue::Persian, 0.9);
    }
    if long(4) && back(&["های", "هام", "هاش", "هامون", "مون", "تون", "شون", "ترین", "یند"]) && !front(&["ال"])
    {
        push(found, &format!("ending of {word}"), Tongue::Persian, 0.5);
    }
}

pub(super) fn vocabulary(word: &str, known: (bool, bool), found: &mut Detection) {
    match known {
        (true, false) => push(found, &format!("known {word}"), Tongue::Arabic, 0.6),
        (false, true) => push(found, &format!("known {word}"), Tongue::Persian, 0.6),
        _ => {}
    }
}

/// The sign of a tongue's leaning.
pub(super) fn toward(tongue: Tongue) -> f32 {
    match tongue {
        Tongue::Arabic => -1.0,
        Tongue::Persian => 1.0,
        Tongue::Other => 0.0,
    }
}

/// What it counts for Persian that a word begins with a bare alef or ends with a ه, where Arabic writes أ, إ or ة,
/// though not everyone does.
pub(super) const BARE: f32 = 0.25;

pub(super) fn is_bare(word: &str) -> bool {
    let long = word.len() >= 8;
    long && ((word.starts_with('ا') && !word.starts_with("ال")) || word.ends_with('ه'))
}

/// What a nat of leaning counts, and what one word may lean at most: letters guess, words know.
const LEANING: f32 = 0.15;
const MOST_LEANING: f32 = 0.5;

pub(super) fn leaning(nats: f32, found: &mut Detection) {
    found.leaning += (nats * LEANING).clamp(-MOST_LEANING, MOST_LEANING);
}

/// Evidence that a side needs more than the other, to decide.
const MARGIN: f32 = 0.05;
/// Evidence that another language needs.
const LEAST_OTHER: f32 = 0.8;

pub(super) fn decide(found: &mut Detection, other_script: bool) {
    let [arabic, persian, other] = found.scores;
    let persian_lead = persian - arabic + found.leaning;
    if other_script || (other >= LEAST_OTHER && other > arabic.max(persian)) {
        found.other = true;
    } else if persian_lead < -MARGIN {
        found.lang = Some(Lang::Ar);
    } else if persian_lead > MARGIN {
        found.lang = Some(Lang::Fa);
    }
}
