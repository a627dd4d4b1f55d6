//! A folded message as the screen reads it: its words in one string, their affixes, and where sentences
//! end.

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
    beginnings: Vec<usize>,
    endings: Vec<Ending>,
}

/// The words of one message.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    joined: String,
    skeletons: String,
    questions: Vec<bool>,
    arabic: usize,
    persian: usize,
}

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
    /// Reads what `language::fold` gave.
    pub(super) fn read(folded: &str, hints: &Hints) -> Self {
        let questions = folded.split(' ').filter(|w| *w == "." || *w == "?").map(|w| w == "?").collect();
        let mut words = Words { questions, ..Words::default() };
        let mut run: Option<(usize, usize)> = None;
        for token in language::tokenize(folded) {
            let letter = token.script == Script::Arabic && token.text.chars().nth(1).is_none();
            // Letters typed apart with stops between them («ن.ف.س») are one run in one sentence.
            let place = match (letter, run) {
                (true, Some(first)) => first,
                _ => (token.sentence, token.clause),
            };
            run = letter.then_some(place);
            words.push(&token, letter, place, hints);
        }
        words
    }

    fn push(&mut self, token: &Token, letter: bool, (sentence, clause): (usize, usize), hints: &Hints) {
        let (at, skeleton_at) = (self.joined.len(), self.skeletons.len());
        self.joined.push_str(&token.text);
        let latin = token.script == Script::Latin;
        let (mut beginnings, mut endings) = (Vec::new(), Vec::new());
        if latin {
            latin::skeleton(&token.text, &mut self.skeletons);
        } else if token.script == Script::Arabic {
            affix::beginnings(&token.text, &mut beginnings);
            affix::endings(&token.text, &mut endings);
            self.arabic += usize::from(hints.arabic.contains(&token.text));
            self.persian += usize::from(hints.persian.contains(&token.text));
        }
        self.words.push(Word { at, skeleton_at, latin, letter, sentence, clause, beginnings, endings });
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

    pub(super) fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause(a) == self.clause(b)
    }

    /// Whether a question mark stands between two words.
    pub(super) fn question_between(&self, a: usize, b: usize) -> bool {
        let (from, to) = (self.sentence(a.min(b)), self.sentence(a.max(b)));
        self.questions.get(from..to).is_some_and(|marks| marks.contains(&true))
    }

    /// Whether the message is plainly in Persian (asked with `arabic`) or in Arabic (asked without).
    pub(super) fn speaks_other(&self, arabic: bool) -> bool {
        let (own, other) = if arabic { (self.arabic, self.persian) } else { (self.persian, self.arabic) };
        own == 0 && other >= 2
    }
}
