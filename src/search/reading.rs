//! The classes' texts, read: everything to build an index and a model from, and the little of it that is kept to rank
//! with.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::concepts::Concepts;
use super::features::{self, Texts};
use super::index::IndexedClass;
use super::lexeme::Lexeme;
use super::matcher::Class;
use super::query::{Query, Words};
use super::vocabulary::Vocabulary;
use crate::knowledge::Concept;
use crate::language::latin::Romanized;
use crate::language::words::WordList;
use crate::language::{Lang, Script, fold, persian, tokenize};

/// What is kept of the classes' texts, in the order of [`Lang::ALL`].
pub(super) type Reading = [LangReading; 2];

/// What is kept of the classes' texts in one language.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LangReading {
    /// Every folded word of the Arabic script in forms, answers and lexicon, with how often it is used.
    pub(super) counts: Vec<(String, u32)>,
    /// The terms of each class's forms.
    pub(super) forms: TermsOf,
    /// The terms of each class's answer, where it has one.
    pub(super) answers: TermsOf,
}

/// The terms of texts, class by class. In few long lists: some thirty thousand short ones, read at a start and given
/// back, would leave holes that nothing fills.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct TermsOf {
    terms: Vec<(u64, f32)>,
    /// Where each text ends in `terms`.
    texts: Vec<u32>,
    /// Where each class ends in `texts`.
    classes: Vec<u32>,
}

impl TermsOf {
    /// Adds a text to the class at hand.
    pub(super) fn add(&mut self, terms: impl IntoIterator<Item = (u64, f32)>) {
        self.terms.extend(terms);
        self.texts.push(self.terms.len() as u32);
    }

    /// Ends the class at hand; the next text is another's.
    pub(super) fn end_class(&mut self) {
        self.classes.push(self.texts.len() as u32);
    }

    /// Whether what was read back holds together and is of so many classes.
    pub(super) fn is_whole(&self, classes: usize) -> bool {
        let ends =
            |list: &[u32], of: usize| list.is_sorted() && list.last().map_or(0, |end| *end as usize) == of;
        self.classes.len() == classes
            && ends(&self.classes, self.texts.len())
            && ends(&self.texts, self.terms.len())
    }

    /// The texts of each class, in order.
    pub(super) fn classes(&self) -> impl Iterator<Item = impl Iterator<Item = &[(u64, f32)]>> {
        spans(&self.classes).map(|class| {
            let first =
                class.start.checked_sub(1).and_then(|before| self.texts.get(before)).map_or(0, |end| *end);
            let ends = self.texts.get(class).unwrap_or_default();
            let starts = std::iter::once(first).chain(ends.iter().copied());
            starts
                .zip(ends)
                .map(|(start, end)| self.terms.get(start as usize..*end as usize).unwrap_or_default())
        })
    }
}

/// The ranges that end at each of `ends`, the first beginning at 0.
fn spans(ends: &[u32]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| start as usize..*end as usize)
}

/// The classes' texts in one language, read for a build. Each text is taken apart as soon as it is read: all of them in
/// full are a quarter of a gigabyte, which takes longer to be given by the system than to be filled.
pub(super) struct Study {
    /// What they were read with.
    pub(super) words: Words,
    /// What is kept of them.
    pub(super) reading: LangReading,
    /// The features of all forms.
    pub(super) texts: Texts,
    /// The class of each of those.
    pub(super) labels: Vec<usize>,
    /// What each class is found by.
    pub(super) indexed: Vec<IndexedClass>,
}

impl Study {
    /// Reads all texts of `classes` in `lang`, with the words of `lexicon`.
    pub(super) fn new(classes: &[Class], lexicon: &[Concept], concepts: &Concepts, lang: Lang) -> Study {
        let counts = counts_of(classes, lexicon, lang);
        let words = words(lang, counts.clone(), concepts);
        let mut reading = LangReading { counts, forms: TermsOf::default(), answers: TermsOf::default() };
        let (mut texts, mut labels, mut indexed) = (Texts::default(), Vec::new(), Vec::new());
        for (at, class) in classes.iter().enumerate() {
            let mut found = IndexedClass::new(at as u64, lang);
            for form in &class.forms[lang as usize] {
                let query = Query::read(form, &words, concepts);
                texts.add(&features::raw(&query));
                labels.push(at);
                found.add_form(&query);
                reading.forms.add(query.keys());
            }
            reading.forms.end_class();
            let answer = &class.answers[lang as usize];
            if !answer.is_empty() {
                let query = Query::read(answer, &words, concepts);
                found.add_terms(&query);
                reading.answers.add(query.keys());
            }
            reading.answers.end_class();
            indexed.push(found);
        }
        Study { words, reading, texts, labels, indexed }
    }
}

/// The words that texts were read with, taken out of what is kept of the texts.
pub(super) fn words_of([arabic, persian]: &mut Reading, concepts: &Concepts) -> [Words; 2] {
    let of = |lang, reading: &mut LangReading| words(lang, std::mem::take(&mut reading.counts), concepts);
    both(|| of(Lang::Ar, arabic), || of(Lang::Fa, persian))
}

/// Does two things at the same time.
pub(super) fn both<T: Send>(first: impl FnOnce() -> T, second: impl FnOnce() -> T + Send) -> [T; 2] {
    std::thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        // A panic there is a panic here: going on with half of the matcher would only hide it.
        [first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

/// Every word of the Arabic script in the forms, answers and lexicon of one language, sorted, with its count.
fn counts_of(classes: &[Class], lexicon: &[Concept], lang: Lang) -> Vec<(String, u32)> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let mut count = |text: &str, weight: u32| {
        let tokens = tokenize(&fold(text));
        let tokens = if lang == Lang::Fa { persian::join(tokens) } else { tokens };
        for token in tokens.into_iter().filter(|t| t.script == Script::Arabic) {
            *counts.entry(token.text).or_default() += weight;
        }
    };
    for class in classes {
        class.forms[lang as usize].iter().for_each(|f| count(f, 2));
        count(&class.answers[lang as usize], 1);
    }
    for concept in lexicon {
        let forms = match lang {
            Lang::Ar => &concept.ar,
            Lang::Fa => &concept.fa,
        };
        forms.iter().for_each(|f| count(f.get_ref(), 1));
    }
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort();
    counts
}

fn words(lang: Lang, counts: Vec<(String, u32)>, concepts: &Concepts) -> Words {
    let lexemes = counts.iter().map(|(word, _)| Lexeme::new(word, lang, concepts)).collect();
    // Both look up the same words, so they share them.
    let counts: Arc<WordList> = Arc::new(counts.into_iter().collect());
    let romanized = Romanized::new(lang, Arc::clone(&counts));
    Words { lang, romanized, lexemes, vocabulary: Vocabulary::new(counts) }
}
