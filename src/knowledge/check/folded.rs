//! The texts of the files, folded once for all that is asked of them.

use rustc_hash::FxHashMap;
use toml::Spanned;

use super::Parsed;
use crate::language::fold;

/// What each text that is asked by, and each answer, folds to.
pub(super) struct Folded<'a>(FxHashMap<&'a str, String>);

impl<'a> Folded<'a> {
    /// Folds the texts of `parsed`, half of them on another thread: it is most of a check.
    pub(super) fn new(parsed: &'a Parsed) -> Self {
        let fold_some = |texts: &[&str]| texts.iter().map(|text| fold(text)).collect::<Vec<_>>();
        let texts = texts(parsed);
        let (first, second) = texts.split_at(texts.len() / 2);
        let (first, second) = std::thread::scope(|scope| {
            let second = scope.spawn(|| fold_some(second));
            let first = fold_some(first);
            (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        Self(texts.into_iter().zip(first.into_iter().chain(second)).collect())
    }

    /// The folded `text`; empty for one that is not among them.
    pub(super) fn of(&self, text: &Spanned<String>) -> &str {
        self.0.get(text.get_ref().as_str()).map_or("", String::as_str)
    }

    /// The same without stops, so that «كم جلسة؟» and «كم جلسه» are one.
    pub(super) fn bare(&self, text: &Spanned<String>) -> String {
        let words = self.of(text).split(' ').filter(|w| !matches!(*w, "." | "," | "?"));
        words.collect::<Vec<_>>().join(" ")
    }
}

fn texts(parsed: &Parsed) -> Vec<&str> {
    let pairs = parsed.topics.iter().flat_map(|(_, file)| &file.pairs).map(Spanned::get_ref);
    let wordings = pairs.flat_map(|pair| pair.ar.iter().chain(&pair.fa));
    let of_pairs = wordings.flat_map(|wording| wording.forms().chain([&wording.answer]));
    let asides = [&parsed.outside, &parsed.smalltalk].into_iter().flatten().flat_map(|(_, asides)| asides);
    let of_asides = asides.flat_map(|aside| aside.ar.forms.iter().chain(&aside.fa.forms));
    let concepts = parsed.lexicon.iter().flat_map(|(_, concepts)| concepts);
    let of_concepts = concepts.flat_map(|concept| concept.forms().map(|(_, form)| form));
    of_pairs.chain(of_asides).chain(of_concepts).map(|text| text.get_ref().as_str()).collect()
}
