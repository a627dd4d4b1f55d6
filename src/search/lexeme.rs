//! What is worked out once for every word of the knowledge, so that a message only looks it up.

use super::concepts::{self, ConceptId, Concepts, stem};
use crate::language::{Lang, arabic, everyday};

/// A folded word as the matcher sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// Its stem; the standard word for an everyday word of any dialect.
    pub stem: String,
    /// A guess at its consonants, by which a dialect's form meets the standard one.
    pub root: String,
    /// Whether it is such an everyday word.
    pub everyday: bool,
    /// The concept that it stands for by itself.
    pub concept: Option<ConceptId>,
    /// Its readings that are words of some phrase of the lexicon, as ranges of its bytes, the fullest first.
    phrase_readings: Vec<(u32, u32)>,
}

impl Lexeme {
    /// Works `word` out in `lang`.
    #[must_use]
    pub fn new(word: &str, lang: Lang, concepts: &Concepts) -> Self {
        let standard = if lang == Lang::Ar { everyday::standard(word) } else { None };
        let stem = standard.map_or_else(|| stem(word, lang), str::to_owned);
        let root = match lang {
            _ if standard.is_some() => stem.clone(),
            Lang::Ar => arabic::root(word),
            Lang::Fa => arabic::consonants(&stem),
        };
        let mut readings = Vec::new();
        concepts::readings(word, lang, &mut readings);
        let concept = concepts.of_word(word, lang, &readings);
        let range = |reading: &str| {
            let start = (reading.as_ptr() as usize).checked_sub(word.as_ptr() as usize)?;
            Some((u32::try_from(start).ok()?, u32::try_from(start + reading.len()).ok()?))
        };
        let in_phrases = readings.iter().filter(|reading| concepts.is_in_phrase(reading, lang));
        let phrase_readings = in_phrases.filter_map(|reading| range(reading)).collect();
        Self { stem, root, everyday: standard.is_some(), concept, phrase_readings }
    }

    /// Those readings of `word`, which this was made from.
    pub fn phrase_readings<'a>(&self, word: &'a str) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        self.phrase_readings.iter().filter_map(|(start, end)| word.get(*start as usize..*end as usize))
    }
}
