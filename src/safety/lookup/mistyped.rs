//! Forms that a message holds with a typing error.

use std::ops::Range;

use super::{FormLang, Found, Lookup, PHRASE_LETTERS, SURE_LETTERS, TYPO_WORDS, note};
use crate::safety::affix::Owner;
use crate::safety::reading::Words;
use crate::safety::typo::Slip;

impl Lookup {
    /// Mistyped words, only where no form fits the word as it stands.
    pub(super) fn find_typos(&self, words: &Words, start: usize, found: &mut Vec<Found>) {
        let end = start + 1;
        let word = words.slice(start, end);
        if self.never_typos.contains(word) || words.is_letter(start) {
            return;
        }
        let mut letters = Vec::with_capacity(20);
        let mut near = |text: &str, owner: Owner, arabic: Option<bool>| {
            letters.clear();
            letters.extend(text.chars());
            self.typos.near(&letters, |number, slip| {
                for entry in self.typo_entries.get(number as usize).into_iter().flatten() {
                    let entry_arabic = entry.lang == FormLang::Arabic;
                    let fits = arabic.is_none_or(|a| a == entry_arabic) && !words.speaks_other(entry_arabic);
                    if fits {
                        let sure = if slip == Slip::Swapped { SURE_LETTERS - 1 } else { SURE_LETTERS };
                        let doubtful = slip == Slip::Other || text.chars().nth(sure - 1).is_none();
                        note(found, Found { doubtful, ..Found::new(entry.target, start..end, owner) });
                    }
                }
            });
        };
        near(word, Owner::None, None);
        for &cut in std::iter::once(&0).chain(words.beginnings(start)) {
            let Some(rest) = word.get(cut..) else { continue };
            if cut > 0 {
                near(rest, Owner::None, Some(true));
            }
            for ending in words.endings(start) {
                let fits = cut == 0 || ending.arabic;
                if let Some(stem) = rest.len().checked_sub(ending.bytes).and_then(|n| rest.get(..n))
                    && fits
                {
                    near(stem, ending.owner, Some(ending.arabic));
                }
            }
        }
    }

    /// Whether a word is none that is known.
    pub(super) fn is_odd(&self, word: &str) -> bool {
        !self.never_typos.contains(word) && !self.keys.contains_key(word)
    }

    /// Phrases with one mistyped word (`بعد ترزیق`): only where a word of them is `odd`.
    pub(super) fn find_phrase_typos(
        &self,
        words: &Words,
        start: usize,
        odd: &[bool],
        found: &mut Vec<Found>,
    ) {
        if !odd.iter().skip(start).take(TYPO_WORDS).any(|odd| *odd) {
            return;
        }
        let from = found.iter().position(|f| f.end > start).unwrap_or(found.len());
        let explained: Vec<Range<usize>> =
            found.iter().skip(from).filter(|f| !f.doubtful).map(|f| f.start..f.end).collect();
        let odd = |word: usize| {
            odd.get(word).is_some_and(|odd| *odd) && !explained.iter().any(|span| span.contains(&word))
        };
        let mut letters = Vec::with_capacity(20);
        for end in start + 2..=(start + TYPO_WORDS).min(words.len()) {
            if words.is_latin(end - 1) || words.is_letter(end - 1) || !words.same_clause(start, end - 1) {
                break;
            }
            let slice = words.slice(start, end);
            if slice.chars().nth(PHRASE_LETTERS - 1).is_none() || !(start..end).any(odd) {
                continue;
            }
            letters.clear();
            letters.extend(slice.chars());
            self.typos.near(&letters, |number, slip| {
                if slip == Slip::Other {
                    return;
                }
                let entries = self.typo_entries.get(number as usize).into_iter().flatten();
                for entry in entries.filter(|e| e.phrase) {
                    if !words.speaks_other(entry.lang == FormLang::Arabic) {
                        note(found, Found::new(entry.target, start..end, Owner::None));
                    }
                }
            });
        }
    }
}
