//! A folded message as the screen reads it: its words in one string, their affixes, and where sentences
//! end.

use std::ops::Range;

use super::affix::{self, Ending};
use super::latin;
use crate::language::{self, Script, Token};

/// Frequent words that only Arabic, or only Persian, has: a hint at the language, no more.
const ARABIC_WORDS: [&str; 38] = [
    "في",
    "هل",
    "على",
    "عن",
    "الى",
    "انا",
    "هذا",
    "هذه",
    "اللي",
    "شو",
    "ايش",
    "وش",
    "ايه",
    "مش",
    "بدي",
    "ابغى",
    "عندي",
    "كان",
    "قبل",
    "يا",
    "لي",
    "لما",
    "كل",
    "بس",
    "عم",
    "ولا",
    "صار",
    "مع",
    "اني",
    "امي",
    "اختي",
    "الجلسة",
    "الابرة",
    "حاسة",
    "هلق",
    "الحين",
    "واش",
    "شنو",
];
const PERSIAN_WORDS: [&str; 34] = [
    "است",
    "هست",
    "از",
    "که",
    "این",
    "را",
    "رو",
    "برای",
    "واسه",
    "می",
    "شده",
    "کرده",
    "دارم",
    "داره",
    "چه",
    "چی",
    "آیا",
    "خیلی",
    "با",
    "تو",
    "هم",
    "اگه",
    "اگر",
    "ولی",
    "چرا",
    "کنم",
    "میشه",
    "یه",
    "خواهرم",
    "مامانم",
    "دیروز",
    "الان",
    "شدم",
    "نیست",
];

#[derive(Debug)]
struct Word {
    /// Byte offset of the word in `joined`, and of its skeleton in `skeletons`.
    at: usize,
    skeleton_at: usize,
    latin: bool,
    /// A single letter, as of a word that was typed s p a c e d.
    letter: bool,
    sentence: usize,
    clause: usize,
    /// A question ended between the word before and this one.
    after_question: bool,
    /// A question mark ends its sentence.
    asked: bool,
    beginnings: Vec<usize>,
    endings: Vec<Ending>,
}

/// The words of one message.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    joined: String,
    skeletons: String,
    arabic: usize,
    persian: usize,
}

/// How a negation that is written around a verb is read.
const NOT: &str = "ما";
/// Letters typed apart count as so many to the word when distances are measured.
const LETTERS_A_WORD: usize = 4;

/// Sets of the hint words, folded.
#[derive(Debug)]
pub(super) struct Hints {
    arabic: std::collections::HashSet<String>,
    persian: std::collections::HashSet<String>,
}

impl Hints {
    pub(super) fn new() -> Self {
        let folded = |words: &[&str]| words.iter().map(|w| language::fold(w)).collect();
        let (mut arabic, mut persian): (std::collections::HashSet<String>, _) =
            (folded(&ARABIC_WORDS), folded(&PERSIAN_WORDS));
        let both: Vec<String> = arabic.intersection(&persian).cloned().collect();
        for word in both {
            arabic.remove(&word);
            persian.remove(&word);
        }
        Self { arabic, persian }
    }
}

impl Words {
    /// Reads what `language::fold` gave, and its `tokens`. `split` says where two words lack the space between them, as a
    /// byte offset into the word that holds both; `negated`, which part of a word is a verb whose negation
    /// is written around it.
    pub(super) fn read(
        folded: &str,
        tokens: &[Token],
        hints: &Hints,
        split: impl Fn(&str) -> Option<usize>,
        negated: impl Fn(&str) -> Option<Range<usize>>,
    ) -> Self {
        let mut words = Words::default();
        let questions: Vec<bool> =
            folded.split(' ').filter(|w| *w == "." || *w == "?").map(|w| w == "?").collect();
        // Letters typed apart with stops between them («ن.ف.س») are one run in one sentence, and so are words
        // typed one a line: such stops are taken off all later sentences and clauses.
        let (mut run, mut last, mut off) = (false, (0, 0), (0, 0));
        for (at, token) in tokens.iter().enumerate() {
            let shares = |other: Option<&Token>| other.is_some_and(|other| other.sentence == token.sentence);
            let alone = !shares(at.checked_sub(1).and_then(|a| tokens.get(a))) && !shares(tokens.get(at + 1));
            let letter = token.script == Script::Arabic && token.text.chars().nth(1).is_none();
            let (sentence, clause) = (token.sentence, token.clause);
            let mut asked = questions.get(last.0..sentence).is_some_and(|marks| marks.contains(&true));
            if (letter || alone) && run && !asked {
                off = (off.0 + sentence - last.0, off.1 + clause - last.1);
                asked = false;
            }
            (run, last) = (letter || alone, (sentence, clause));
            let place = Place {
                sentence: sentence - off.0,
                clause: clause - off.1,
                after_question: asked,
                asked: questions.get(sentence).copied().unwrap_or(false),
            };
            let text = collapse(&token.text);
            let verb = negated(&text).and_then(|part| text.get(part));
            if let Some(verb) = verb.filter(|_| token.script == Script::Arabic) {
                words.push(NOT, Script::Arabic, letter, place, hints);
                words.push(verb, Script::Arabic, letter, Place { after_question: false, ..place }, hints);
                continue;
            }
            match split(&text).and_then(|at| text.split_at_checked(at)) {
                Some((first, second)) if token.script == Script::Arabic => {
                    words.push(first, Script::Arabic, letter, place, hints);
                    words.push(
                        second,
                        Script::Arabic,
                        letter,
                        Place { after_question: false, ..place },
                        hints,
                    );
                }
                _ => words.push(&text, token.script, letter, place, hints),
            }
        }
        words
    }

    fn push(&mut self, text: &str, script: Script, letter: bool, place: Place, hints: &Hints) {
        let (at, skeleton_at) = (self.joined.len(), self.skeletons.len());
        self.joined.push_str(text);
        let latin = script == Script::Latin;
        let (mut beginnings, mut endings) = (Vec::new(), Vec::new());
        if latin {
            latin::skeleton(text, &mut self.skeletons);
        } else if script == Script::Arabic {
            affix::beginnings(text, &mut beginnings);
            affix::endings(text, &mut endings);
            self.arabic += usize::from(hints.arabic.contains(text));
            self.persian += usize::from(hints.persian.contains(text));
        }
        let Place { sentence, clause, after_question, asked } = place;
        self.words.push(Word {
            at,
            skeleton_at,
            latin,
            letter,
            sentence,
            clause,
            after_question,
            asked,
            beginnings,
            endings,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn is_latin(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|w| w.latin)
    }

    pub(super) fn is_letter(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|w| w.letter)
    }

    /// The words from `start` to before `end`, without spaces.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        let from = self.words.get(start).map_or(self.joined.len(), |w| w.at);
        let to = self.words.get(end).map_or(self.joined.len(), |w| w.at);
        self.joined.get(from..to).unwrap_or_default()
    }

    /// The skeletons of the Latin words from `start` to before `end`, without spaces.
    pub(super) fn skeleton(&self, start: usize, end: usize) -> &str {
        let from = self.words.get(start).map_or(self.skeletons.len(), |w| w.skeleton_at);
        let to = self.words.get(end).map_or(self.skeletons.len(), |w| w.skeleton_at);
        self.skeletons.get(from..to).unwrap_or_default()
    }

    pub(super) fn beginnings(&self, word: usize) -> &[usize] {
        self.words.get(word).map_or(&[], |w| &w.beginnings)
    }

    pub(super) fn endings(&self, word: usize) -> &[Ending] {
        self.words.get(word).map_or(&[], |w| &w.endings)
    }

    /// The sentence of a word, from 0; past the end, that of the last word.
    pub(super) fn sentence(&self, word: usize) -> usize {
        self.words.get(word).or(self.words.last()).map_or(0, |w| w.sentence)
    }

    /// The clause of a word, from 0; past the end, that of the last word.
    pub(super) fn clause(&self, word: usize) -> usize {
        self.words.get(word).or(self.words.last()).map_or(0, |w| w.clause)
    }

    /// Whether a question mark ends the sentence of a word.
    pub(super) fn asked(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|w| w.asked)
    }

    pub(super) fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause(a) == self.clause(b)
    }

    /// Whether a question mark stands between two words.
    pub(super) fn question_between(&self, a: usize, b: usize) -> bool {
        self.words.get(a.min(b) + 1..=a.max(b)).is_some_and(|part| part.iter().any(|w| w.after_question))
    }

    /// How many words the range counts as; letters typed apart count together.
    pub(super) fn width(&self, start: usize, end: usize) -> usize {
        let letters = self.words.get(start..end).map_or(0, |part| part.iter().filter(|w| w.letter).count());
        if letters < LETTERS_A_WORD { end - start } else { end - start - letters + letters / LETTERS_A_WORD }
    }

    /// Whether the message is in Arabic as far as its hint words and articles say.
    pub(super) fn leans_arabic(&self) -> bool {
        let article =
            |at: usize| self.slice(at, at + 1).strip_prefix("ال").is_some_and(|rest| rest.len() > 4);
        self.arabic > self.persian || (self.persian == 0 && (0..self.len()).any(article))
    }

    /// Whether the message is plainly in Persian (asked with `arabic`) or in Arabic (asked without).
    pub(super) fn speaks_other(&self, arabic: bool) -> bool {
        let (own, other) = if arabic { (self.arabic, self.persian) } else { (self.persian, self.arabic) };
        own == 0 && other >= 2
    }
}

#[derive(Debug, Clone, Copy)]
struct Place {
    sentence: usize,
    clause: usize,
    after_question: bool,
    asked: bool,
}

/// A word with letters that were typed twice in a row taken once: «متوررم», «اموووت». Short words stay,
/// and so does the beginning: «تتورم» (she swells) is no «تورم» (it swelled).
pub(super) fn collapse(word: &str) -> String {
    if word.chars().nth(3).is_none() || !word.chars().all(language::fold::is_arabic_letter) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for (place, c) in word.chars().enumerate() {
        if place < 2 || !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
