//! The policy's forms, compiled for look-up: which sign or frame begins at which word of a message.

mod mistyped;
mod spaces;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::affix::Owner;
use super::latin;
use super::reading::{Words, collapse};
use super::typo::TypoIndex;
use super::verbs;
use crate::knowledge::policy::Forms;
use crate::language::{self, Script, Token};

/// A phrase may be spread over so many words; spaced-out letters are words of their own.
const MOST_WORDS: usize = 6;
/// Look-ups of letters that were typed apart may span so many "words".
const MOST_LETTERS_APART: usize = 16;
/// Skeletons shorter than this fit half the dictionary: such Latin forms count only as written.
const LEAST_SKELETON: usize = 3;
/// The same for phrases, whose parts were cut apart at will.
const LEAST_PHRASE_SKELETON: usize = 4;
/// Words of the Arabic script up to this length count only where the message is not plainly in the other
/// language.
const SHORT: usize = 3;

/// From this length on a mistyped word can hardly be another word.
const SURE_LETTERS: usize = 6;
/// A phrase forgives a mistyped word from this length on, and up to so many words.
const PHRASE_LETTERS: usize = 8;
const TYPO_WORDS: usize = 3;
/// Bytes of one letter of the Arabic script.
const LETTER_BYTES: usize = 2;
/// Letters that must be left over when affixes are taken off: two-letter rests («تب», fever, in «تبي», "you
/// want") mean too many things.
const LEAST_REST: usize = 3;

/// Number of a sign or frame: signs first, then frames, in the policy's order.
pub(super) type Target = u16;

/// A sign or frame that occurs in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Which.
    pub target: Target,
    /// Its first word.
    pub start: usize,
    /// The word after its last.
    pub end: usize,
    /// Whose it is, as far as its ending says.
    pub owner: Owner,
    /// A short word that is a form only if one letter was mistyped: too little to stand alone.
    pub doubtful: bool,
}

impl Found {
    /// A form over the words of `span`, written without fault.
    pub(super) fn new(target: Target, span: Range<usize>, owner: Owner) -> Self {
        Self { target, start: span.start, end: span.end, owner, doubtful: false }
    }
}

/// How the forms of a sign or frame may be written in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tolerance {
    /// With endings and typing errors: signs.
    Loose,
    /// The same, but no typing errors in phrases: a letter less and «بالا نمیاد» says its contrary.
    Sharp,
    /// With endings; longer forms also with typing errors.
    Medium,
    /// Without endings; longer forms with typing errors.
    Firm,
    /// With particles before them only («لسا», "still", is not in «لساني», "my tongue").
    Strict,
}

/// The language of a form, which decides what may be written together with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FormLang {
    Arabic,
    Persian,
    Latin,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    target: Target,
    lang: FormLang,
    exact: bool,
    short: bool,
    /// How many words it is written in.
    words: u8,
    endings: bool,
    /// Several words, long enough for one of them to be mistyped, and nothing that a dropped letter turns
    /// into its contrary.
    phrase: bool,
}

/// All forms of a policy.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    keys: FxHashMap<Box<str>, Vec<Entry>>,
    skeletons: FxHashMap<Box<str>, Vec<Entry>>,
    /// First three letters of all keys: most slices of a message fail here.
    openings: FxHashSet<[char; 3]>,
    typos: TypoIndex,
    typo_entries: Vec<Vec<Entry>>,
    never_typos: FxHashSet<Box<str>>,
    /// All words that forms are made of.
    form_words: FxHashSet<Box<str>>,
    /// First words of phrases: what may follow where a space was not typed.
    first_words: FxHashSet<Box<str>>,
    /// Arabic verbs in all persons, which a negation may enclose.
    verbs: FxHashSet<Box<str>>,
    longest: usize,
}

fn opening(text: &str) -> [char; 3] {
    let mut chars = text.chars();
    let mut next = || chars.next().unwrap_or('\0');
    [next(), next(), next()]
}

impl Lookup {
    /// An empty look-up that takes none of `never_typos` for a mistyped form.
    pub(super) fn new(never_typos: &[String]) -> Self {
        let mut lookup = Lookup::default();
        for word in never_typos {
            let words = language::tokenize(&language::fold(word));
            lookup.never_typos.extend(words.into_iter().map(|t| collapse(&t.text).into_boxed_str()));
        }
        lookup
    }

    /// Never takes the folded `word` for a mistyped form.
    pub(super) fn keep(&mut self, word: &str) {
        self.never_typos.insert(collapse(word).into_boxed_str());
    }

    /// Gives back what was taken for forms that did not come.
    pub(super) fn trim(&mut self) {
        self.keys.values_mut().chain(self.skeletons.values_mut()).for_each(Vec::shrink_to_fit);
        self.typo_entries.iter_mut().for_each(Vec::shrink_to_fit);
        self.typo_entries.shrink_to_fit();
    }

    /// Adds the forms of `target`.
    pub(super) fn add(&mut self, target: Target, forms: &Forms, tolerance: Tolerance) {
        for form in &forms.ar {
            self.add_form(target, form, FormLang::Arabic, tolerance);
        }
        for form in &forms.fa {
            self.add_form(target, form, FormLang::Persian, tolerance);
        }
        for form in &forms.latin {
            self.add_form(target, form, FormLang::Latin, tolerance);
        }
    }

    fn add_form(&mut self, target: Target, form: &str, lang: FormLang, tolerance: Tolerance) {
        let Some(stem) = form.strip_prefix(verbs::STEM) else {
            return self.add_word(target, form, lang, tolerance, false);
        };
        for person in verbs::persons(stem, lang == FormLang::Arabic) {
            self.add_word(target, &person, lang, tolerance, true);
        }
    }

    fn add_word(&mut self, target: Target, form: &str, lang: FormLang, tolerance: Tolerance, verb: bool) {
        let exact = form.starts_with('=');
        let tokens = language::tokenize(&language::fold(form.trim_start_matches('=')));
        let key: String = tokens.iter().map(|t| collapse(&t.text)).collect();
        let letters = key.chars().count();
        if let [first, _, ..] = tokens.as_slice() {
            self.first_words.insert(collapse(&first.text).into_boxed_str());
        }
        self.form_words.extend(tokens.iter().map(|t| collapse(&t.text).into_boxed_str()));
        let lang = if tokens.iter().any(|t| t.script == Script::Latin) { FormLang::Latin } else { lang };
        let short = letters <= SHORT && lang != FormLang::Latin;
        let endings = !matches!(tolerance, Tolerance::Firm | Tolerance::Strict);
        let phrase = tokens.len() > 1 && letters >= PHRASE_LETTERS && tolerance != Tolerance::Sharp && !verb;
        if verb && lang == FormLang::Arabic && tokens.len() == 1 {
            self.verbs.insert(key.as_str().into());
        }
        let words = tokens.len() + form.matches(language::fold::ZWNJ).count();
        let words = u8::try_from(words).unwrap_or(u8::MAX);
        let entry = Entry { target, lang, exact, short, words, endings, phrase };
        let typos = !verb
            && match tolerance {
                Tolerance::Loose | Tolerance::Sharp => true,
                Tolerance::Medium | Tolerance::Firm => letters >= SURE_LETTERS,
                Tolerance::Strict => false,
            };
        self.longest = self.longest.max(key.len());
        self.openings.insert(opening(&key));
        insert(&mut self.keys, &key, entry);
        // «ما اقدر» typed as one word loses one of its two alefs with the doublings.
        let whole = run_together(&tokens);
        if whole != key {
            self.openings.insert(opening(&whole));
            insert(&mut self.keys, &whole, entry);
        }
        if lang == FormLang::Latin {
            let mut skeleton = String::new();
            tokens.iter().for_each(|t| latin::skeleton(&t.text, &mut skeleton));
            let least = if tokens.len() > 1 { LEAST_PHRASE_SKELETON } else { LEAST_SKELETON };
            if !exact && skeleton.len() >= least {
                insert(&mut self.skeletons, &skeleton, entry);
            }
        } else if typos
            && !exact
            && let Some(number) = self.typos.add(&key)
        {
            let at = number as usize;
            self.typo_entries.resize(self.typo_entries.len().max(at + 1), Vec::new());
            if let Some(entries) = self.typo_entries.get_mut(at) {
                entries.push(entry);
            }
        }
    }

    /// The verb that a word negates on both sides, as a range of its bytes; `None` if it is a form itself.
    pub(super) fn negated(&self, word: &str) -> Option<Range<usize>> {
        if self.keys.contains_key(word) {
            return None;
        }
        verbs::negated(word, |verb| self.verbs.contains(verb))
    }

    /// Whether a word is a form, perhaps with an ending.
    fn knows(&self, word: &str) -> bool {
        let mut endings = Vec::new();
        if !self.openings.contains(&opening(word)) {
            return false;
        }
        if self.keys.contains_key(word) {
            return true;
        }
        super::affix::endings(word, &mut endings);
        endings.iter().any(|ending| {
            let stem = word.get(..word.len() - ending.bytes).unwrap_or_default();
            stem.chars().nth(LEAST_REST).is_some() && self.keys.contains_key(stem)
        })
    }

    /// Every form that occurs in `words`, ordered by its first word. Overlapping ones are all given.
    pub(super) fn find(&self, words: &Words) -> Vec<Found> {
        let mut found = Vec::new();
        let odd: Vec<bool> = (0..words.len()).map(|word| self.is_odd(words.slice(word, word + 1))).collect();
        for start in 0..words.len() {
            let before = found.len();
            if words.is_latin(start) {
                self.find_latin(words, start, &mut found);
            } else {
                self.find_native(words, start, &mut found);
            }
            let bare = found.get(before..).is_some_and(|new| new.iter().any(|f| f.end == start + 1));
            if !words.is_latin(start) {
                if !bare {
                    self.find_typos(words, start, &mut found);
                }
                self.find_phrase_typos(words, start, &odd, &mut found);
            }
        }
        found
    }

    fn find_native(&self, words: &Words, start: usize, found: &mut Vec<Found>) {
        let cuts = words.beginnings(start);
        let most = if words.is_letter(start) { MOST_LETTERS_APART } else { MOST_WORDS };
        for end in start + 1..=(start + most).min(words.len()) {
            if words.is_latin(end - 1) || !words.same_clause(start, end - 1) {
                break;
            }
            if end > start + MOST_WORDS && !words.is_letter(end - 1) {
                break;
            }
            let slice = words.slice(start, end);
            if slice.len() > self.longest + 16 {
                break;
            }
            // A word that is hardly more than its particle begins no phrase: «لا ضيق» is no «أضيق».
            let first = words.slice(start, start + 1).len();
            let begins = |cut: usize| {
                cut == 0 || end == start + 1 || words.is_letter(start) || first > cut + LETTER_BYTES
            };
            for &cut in std::iter::once(&0).chain(cuts).filter(|cut| begins(**cut)) {
                let Some(rest) = slice.get(cut..) else { continue };
                let long = cut == 0 || rest.chars().nth(LEAST_REST - 1).is_some();
                if !long || !self.openings.contains(&opening(rest)) {
                    continue;
                }
                self.native_key(words, rest, start..end, cut > 0, found);
            }
        }
    }

    fn native_key(&self, words: &Words, rest: &str, span: Range<usize>, cut: bool, found: &mut Vec<Found>) {
        let mut parted = None;
        let mut take = |key: &str, owner: Owner, ending: Option<bool>| {
            for entry in self.keys.get(key).into_iter().flatten() {
                let torn = usize::from(entry.words) < span.len() && !words.is_letter(span.start);
                if torn && (cut || *parted.get_or_insert_with(|| self.parted(words, &span))) {
                    continue;
                }
                let fits = match (cut, ending) {
                    (false, None) => !(entry.short && words.speaks_other(entry.lang == FormLang::Arabic)),
                    (true, None) => !entry.exact && entry.lang == FormLang::Arabic,
                    (_, Some(true)) => !entry.exact && entry.endings && entry.lang == FormLang::Arabic,
                    (false, Some(false)) => !entry.exact && entry.endings && entry.lang == FormLang::Persian,
                    (true, Some(false)) => false,
                };
                if fits {
                    note(found, Found::new(entry.target, span.clone(), owner));
                }
            }
        };
        take(rest, Owner::None, None);
        for ending in words.endings(span.end - 1) {
            let Some(stem) = rest.len().checked_sub(ending.bytes).and_then(|n| rest.get(..n)) else {
                continue;
            };
            // Of a phrase's last word more than a letter must be left: «لرز هم» is no «لرزه».
            let alone = span.end - span.start == 1;
            let last = words.slice(span.end - 1, span.end).len().saturating_sub(ending.bytes);
            if stem.chars().nth(LEAST_REST - 1).is_some() && (alone || last > LETTER_BYTES) {
                take(stem, ending.owner, Some(ending.arabic));
            }
        }
    }

    fn find_latin(&self, words: &Words, start: usize, found: &mut Vec<Found>) {
        for end in start + 1..=(start + MOST_WORDS).min(words.len()) {
            if !words.is_latin(end - 1) || !words.same_clause(start, end - 1) {
                break;
            }
            let take = |found: &mut Vec<Found>, entries: Option<&Vec<Entry>>, owner: Owner| {
                for entry in entries.into_iter().flatten() {
                    if entry.lang == FormLang::Latin {
                        note(found, Found::new(entry.target, start..end, owner));
                    }
                }
            };
            take(found, self.keys.get(words.slice(start, end)), Owner::None);
            let skeleton = words.skeleton(start, end);
            let least = if end - start > 1 { LEAST_PHRASE_SKELETON } else { LEAST_SKELETON };
            if skeleton.len() < least {
                continue;
            }
            take(found, self.skeletons.get(skeleton), Owner::None);
            // The last word itself must bear the ending: «nafas mishe» is no «nafasm».
            if let Some(rest) = latin::ending(skeleton).filter(|_| words.skeleton(end - 1, end).len() > 2) {
                let owner = if skeleton.ends_with('m') { Owner::Me } else { Owner::Other };
                take(found, self.skeletons.get(rest), owner);
            }
            if let Some(rest) = latin::beginning(skeleton) {
                take(found, self.skeletons.get(rest), Owner::None);
            }
        }
    }
}

/// What negates a Persian verb: «تکون می‌خوره» is no «تکون نمی‌خوره» run together.
const NEGATES: char = 'ن';

/// A phrase typed without spaces, where two equal letters that meet between words become one.
fn run_together(tokens: &[Token]) -> String {
    let mut whole = String::new();
    for token in tokens {
        let word = collapse(&token.text);
        let meets = word.chars().next().is_some_and(|c| c != NEGATES && whole.ends_with(c));
        whole.extend(word.chars().skip(usize::from(meets)));
    }
    whole
}

/// Adds what was found, unless it is there already; of two readings the one that says whose it is stays.
fn note(found: &mut Vec<Found>, new: Found) {
    let same = |f: &&mut Found| (f.target, f.start, f.end) == (new.target, new.start, new.end);
    match found.iter_mut().rev().take_while(|f| f.start == new.start).find(same) {
        Some(old) if old.owner == Owner::None => old.owner = new.owner,
        Some(_) => {}
        None => found.push(new),
    }
}

fn insert(map: &mut FxHashMap<Box<str>, Vec<Entry>>, key: &str, entry: Entry) {
    let entries = map.entry(key.into()).or_default();
    if !entries.iter().any(|e| e.target == entry.target && e.lang == entry.lang) {
        entries.push(entry);
    }
}
