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
use super::query::{Query, Terms, Words};
use super::vocabulary::Vocabulary;
use crate::knowledge::Concept;
use crate::language::latin::Romanized;
use crate::language::{Lang, Script, fold, persian, tokenize};

/// What is kept of the classes' texts, in the order of [`Lang::ALL`].
pub(super) type Reading = [LangReading; 2];

/// What is kept of the classes' texts in one language.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LangReading {
    /// Every folded word of the Arabic script in forms, answers and lexicon, with how often it is used.
    pub(super) counts: Vec<(String, u32)>,
    /// For each class the terms of its forms.
    pub(super) forms: Vec<Vec<Terms>>,
    /// For each class the terms of its answer; `None` where it has none.
    pub(super) answers: Vec<Option<Terms>>,
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
        let mut reading = LangReading { counts, forms: Vec::new(), answers: Vec::new() };
        let (mut texts, mut labels, mut indexed) = (Texts::default(), Vec::new(), Vec::new());
        for (at, class) in classes.iter().enumerate() {
            let mut found = IndexedClass::new(at as u64, lang);
            let mut forms = Vec::with_capacity(class.forms[lang as usize].len());
            for form in &class.forms[lang as usize] {
                let query = Query::read(form, &words, concepts);
                texts.add(&features::raw(&query));
                labels.push(at);
                found.add_form(&query);
                forms.push(query.keys());
            }
            reading.forms.push(forms);
            let answer = Some(&class.answers[lang as usize]).filter(|answer| !answer.is_empty());
            reading.answers.push(answer.map(|answer| {
                let query = Query::read(answer, &words, concepts);
                found.add_terms(&query);
                query.keys()
            }));
            indexed.push(found);
        }
        Study { words, reading, texts, labels, indexed }
    }
}

/// The words that texts were read with, from what is kept of the texts.
pub(super) fn words_of([arabic, persian]: &Reading, concepts: &Concepts) -> [Words; 2] {
    let of = |lang, reading: &LangReading| words(lang, reading.counts.clone(), concepts);
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
    let counts: Arc<[(String, u32)]> = counts.into();
    let romanized = Romanized::new(lang, Arc::clone(&counts));
    Words { lang, romanized, lexemes, vocabulary: Vocabulary::new(counts) }
}
