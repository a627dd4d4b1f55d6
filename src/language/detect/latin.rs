//! Clues of words in Latin letters, and what is decided where no word is known.

use super::super::{Lang, clues};
use super::weigh::{leaning, push, vote};
use super::{Detection, Detector, Tongue};

/// Words in Latin letters that nothing is known of.
#[derive(Debug, Default)]
pub(super) struct Strange {
    words: usize,
    /// Those of them that are spelt as Arabizi and Finglish spell.
    sounding: usize,
}

/// Whether a word looks like a Persian verb of the present: mi- or nemi- before, a person behind.
fn is_finglish_verb(word: &str) -> bool {
    let persons = ["am", "im", "ad", "and", "id", "an", "in", "i", "e", "eh", "aam", "aad"];
    let rest = |front| word.strip_prefix(front).filter(|rest: &&str| rest.len() >= 3);
    rest("nemi").or(rest("nmi")).is_some()
        || rest("mi").is_some_and(|r| r.len() >= 4 && persons.iter().take(4).any(|p| r.ends_with(p)))
}

impl Detector {
    /// Adds the clues of a word in Latin letters.
    pub(super) fn latin_word(&self, word: &str, found: &mut Detection, strange: &mut Strange) {
        if self.borrowed.contains(word) {
            return;
        }
        if digits_as_letters(word) {
            push(found, &format!("digits in {word}"), Tongue::Arabic, 1.0);
        }
        leaning(self.latin_runs.leaning(word), found);
        if self.latin.contains_key(word) {
            vote(&self.latin, word, found);
            return;
        }
        match self.latin_known.get(word) {
            Some([true, false]) => push(found, &format!("known {word}"), Tongue::Arabic, 0.6),
            Some([false, true]) => push(found, &format!("known {word}"), Tongue::Persian, 0.6),
            Some(_) => {}
            None if is_finglish_verb(word) => {
                push(found, &format!("verb mark in {word}"), Tongue::Persian, 0.8);
            }
            None if word.len() >= 5 && clues::LATIN_ENDINGS.iter().any(|e| word.ends_with(e)) => {
                push(found, &format!("ending of {word}"), Tongue::Other, 0.6);
            }
            None => {
                strange.words += 1;
                let sounds = word.len() >= 3
                    && !word.contains("ght")
                    && clues::SOUNDS.iter().any(|s| word.contains(s));
                strange.sounding += usize::from(sounds || word.ends_with("eh"));
            }
        }
    }
}

impl Detection {
    /// Decides about a text in Latin letters that no known word speaks for: by what its unknown words sound like.
    /// By their runs of letters alone they would lean to one of the two whatever language they are in.
    pub(super) fn by_sound(&mut self, strange: &Strange) {
        let [arabic, persian, other] = self.scores;
        // One weak clue among many unknown words is chance («in», «la»).
        let chance = arabic.max(persian) < 0.7 && strange.words >= strange.sounding + 3;
        if arabic.max(persian) > 0.0 && !chance {
            return;
        }
        if strange.sounding * 3 >= strange.words && strange.sounding > 0 && other == 0.0 {
            self.other = false;
            self.lang = Some(if self.leaning > 0.0 { Lang::Fa } else { Lang::Ar });
            return;
        }
        self.lang = None;
        self.other = self.other || strange.words >= 2 || (strange.words == 1 && other > 0.0);
    }
}

/// Whether digits stand for letters, as in `3amel`, `7o2an`, `sha3r` and `la2`, and not for numbers as in `b12`.
fn digits_as_letters(word: &str) -> bool {
    let bytes = word.as_bytes();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    letters >= 2
        && bytes.iter().enumerate().any(|(at, b)| {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            let after = bytes.get(at + 1);
            let is = |b: Option<&u8>, what: fn(&u8) -> bool| b.is_some_and(what);
            let alone = !is(before, u8::is_ascii_digit) && !is(after, u8::is_ascii_digit);
            let follows = is(before, u8::is_ascii_alphabetic) && matches!(b, b'2' | b'3' | b'7');
            alone && matches!(b, b'2' | b'3' | b'5'..=b'9') && (is(after, u8::is_ascii_alphabetic) || follows)
        })
}
