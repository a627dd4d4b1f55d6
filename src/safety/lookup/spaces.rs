//! Spaces that were not typed, or typed too many.

use std::ops::Range;

use super::{LEAST_REST, Lookup};
use crate::safety::reading::Words;

/// Words of fewer letters are not taken for two that were typed without a space.
const SPLIT_LETTERS: usize = 7;
/// A sign that is told from another word without a space needs so many letters.
const SURE_PART: usize = 4;
/// Short words that are often typed to the word before them («عيني ما تشوف»).
const PARTICLES: [&str; 2] = ["ما", "عم"];
/// Parts of Persian words that are typed apart from them.
const BOUND: [&str; 22] = [
    "می", "نمی", "بی", "نا", "هم", "پی", "کم", "بر", "در", "ها", "های", "هام", "هاش", "ام", "ات", "اش", "ان",
    "ای", "تر", "ترین", "مون", "شون",
];

impl Lookup {
    /// Where a word that is none itself falls into two that are (`زبونمورم`), as a byte offset: the space
    /// between them was not typed.
    pub(in crate::safety) fn split(&self, word: &str) -> Option<usize> {
        // What nearly every word is comes first: one that the knowledge uses.
        if word.chars().nth(SPLIT_LETTERS - 1).is_none()
            || self.never_typos.contains(word)
            || self.form_words.contains(word)
            || self.never_typos.contains(bare(word))
            || self.form_words.contains(bare(word))
            || self.knows(word)
            || self.knows(bare(word))
        {
            return None;
        }
        let parts = || {
            let places = word.char_indices().map(|(at, _)| at).skip(LEAST_REST - 1);
            places.filter_map(|at| word.split_at_checked(at).map(|(first, second)| (at, first, second)))
        };
        let long = |part: &str| part.chars().nth(LEAST_REST - 1).is_some();
        let two_signs =
            parts().filter(|(_, first, _)| long(first) && self.knows(first)).find(|(_, first, second)| {
                let particle = first.chars().nth(LEAST_REST).is_some() && PARTICLES.contains(second);
                particle || (long(second) && (self.first_words.contains(*second) || self.knows(second)))
            });
        let beside_sign = || {
            parts().filter(|(_, first, second)| long(first) && long(second)).find(|(_, first, second)| {
                let sure = |part: &str| {
                    let form =
                        || self.keys.get(part).is_some_and(|forms| forms.iter().any(|form| !form.exact));
                    part.chars().nth(SURE_PART - 1).is_some() && form()
                };
                let aspect = |part: &str| part.strip_prefix(['و', 'ف', 'ب', 'ک', 'ه', 'ح']).is_some_and(sure);
                let sign = |part: &str| sure(part) || sure(bare(part)) || aspect(part);
                let word = |part: &str| self.never_typos.contains(part) || self.form_words.contains(part);
                (sign(first) && (word(second) || word(bare(second)))) || (word(first) && sign(second))
            })
        };
        two_signs.or_else(beside_sign).map(|(at, ..)| at)
    }

    /// Whether the words of `span` are words of their own, so that together they are not one that was torn apart:
    /// «دم له» is no «دمله».
    pub(super) fn parted(&self, words: &Words, span: &Range<usize>) -> bool {
        let spoken = || span.clone().map(|at| words.slice(at, at + 1));
        let whole = |word: &str| word.chars().nth(LEAST_REST - 1).is_some();
        let bound = |word: &str| BOUND.contains(&word) || word.chars().nth(1).is_none();
        let known = |word: &str| self.never_typos.contains(word);
        !spoken().any(bound) && (spoken().all(known) || (spoken().all(whole) && spoken().any(known)))
    }
}

/// A word without its Arabic article and what stands before it.
fn bare(word: &str) -> &str {
    const ARTICLES: [&str; 6] = ["وال", "بال", "فال", "هال", "عال", "ال"];
    ARTICLES.iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word)
}
