//! A text read with the words of the knowledge: corrected, tied to concepts, weighed.

use std::borrow::Cow;

use serde::Serialize;

use super::concepts::{ConceptId, Concepts};
use super::lexeme::Lexeme;
use super::vocabulary::{Correction, Vocabulary};
use crate::knowledge::{Asks, ConceptKind};
use crate::language::latin::Romanized;
use crate::language::{Lang, Script, Token, arabic, fold, persian, tokenize};

/// What one language's words are looked up in.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language.
    pub lang: Lang,
    /// The words that the knowledge uses.
    pub vocabulary: Vocabulary,
    /// What was worked out for each of them, in the vocabulary's order.
    pub lexemes: Vec<Lexeme>,
    /// The same, findable by Latin spellings.
    pub romanized: Romanized,
}

impl Words {
    /// What is known of a folded word: looked up, or worked out for one that the knowledge does not use.
    fn lexeme(&self, word: &str, concepts: &Concepts) -> Cow<'_, Lexeme> {
        match self.vocabulary.place(word).and_then(|at| self.lexemes.get(at)) {
            Some(lexeme) => Cow::Borrowed(lexeme),
            None => Cow::Owned(Lexeme::new(word, self.lang, concepts)),
        }
    }
}

/// How a word of a query came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The knowledge or the lexicon knows it as typed.
    Known,
    /// Corrected to a word that is known.
    Corrected,
    /// Parted from a word that it was run together with.
    Parted,
    /// Found by its Latin spelling.
    Spelled,
    /// Not known, and near nothing that is.
    Unknown,
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryWord {
    /// As folded from what was typed.
    pub typed: String,
    /// As it is read.
    pub text: String,
    /// Its stem; the standard word for an everyday word of any dialect.
    pub stem: String,
    /// Its consonants, by which dialects' forms of it meet.
    #[serde(skip)]
    pub root: String,
    /// Whether it is such an everyday word.
    #[serde(skip)]
    pub everyday: bool,
    /// How it came to be read so.
    pub origin: Origin,
    /// How much it counts as evidence, from 0 to 1.
    pub weight: f32,
    /// Its sentence in the message.
    pub sentence: usize,
}

/// A term by which questions are compared: a concept, or the stem of a word that has none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// `c:` and a concept's id, or `s:` and a stem.
    pub name: String,
    /// A hash of the name.
    #[serde(skip)]
    pub key: u64,
    /// How much it counts as evidence, from 0 to 1.
    pub weight: f32,
    /// The concept, if it is one.
    #[serde(skip)]
    pub concept: Option<ConceptId>,
    /// Whether the knowledge or the lexicon knows the word.
    pub known: bool,
    /// Its sentence in the message.
    pub sentence: usize,
}

/// A text as the matcher reads it. Made the same way from a patient's message and from a pair's variants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Query {
    /// The language it was read in.
    pub lang: Lang,
    /// Its words, in order.
    pub words: Vec<QueryWord>,
    /// Its terms, in order, each once; function words have none.
    pub terms: Vec<Term>,
    /// What it wants, by its question words.
    pub asks: Vec<Asks>,
    /// What it is about.
    pub subjects: Vec<String>,
    /// Other concepts that it names.
    pub things: Vec<String>,
    /// Concepts that the knowledge is known not to hold.
    pub outside: Vec<String>,
}

/// The key of a feature's or term's name, given in pieces: FNV-1a, the same in index and query, on
/// every machine and for every compiler, because the stored model is keyed by it.
#[must_use]
pub fn key(pieces: &[&str]) -> u64 {
    pieces.iter().fold(EMPTY_KEY, |key, piece| extended(key, piece))
}

/// The key of nothing.
pub const EMPTY_KEY: u64 = 0xcbf2_9ce4_8422_2325;

/// The key of what `key` stands for with `piece` behind it.
#[must_use]
pub fn extended(key: u64, piece: &str) -> u64 {
    piece.bytes().fold(key, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Term {
    /// The term of the concept `id` at `place` in the lexicon.
    #[must_use]
    pub fn of_concept(id: &str, place: ConceptId, weight: f32) -> Term {
        let name = format!("c:{id}");
        Term { key: key(&[&name]), name, weight, concept: Some(place), known: true, sentence: 0 }
    }
}

impl Query {
    /// The terms by their keys, in order, each once.
    pub fn keys(&self) -> impl Iterator<Item = (u64, f32)> {
        self.terms.iter().map(|term| (term.key, term.weight))
    }

    /// Reads `text` in the language of `words`.
    #[must_use]
    pub fn read(text: &str, words: &Words, concepts: &Concepts) -> Query {
        Self::from_tokens(tokenize(&fold(text)), words, concepts)
    }

    /// Reads tokens in the language of `words`.
    #[must_use]
    pub fn from_tokens(tokens: Vec<Token>, words: &Words, concepts: &Concepts) -> Query {
        let lang = words.lang;
        let tokens = if lang == Lang::Fa { persian::join(tokens) } else { tokens };
        let (read, lexemes) = correct(&tokens, words, concepts);
        let mut query = Query {
            lang,
            words: read,
            terms: Vec::new(),
            asks: Vec::new(),
            subjects: Vec::new(),
            things: Vec::new(),
            outside: Vec::new(),
        };
        query.terms(&lexemes, concepts);
        query
    }

    fn terms(&mut self, lexemes: &[Cow<'_, Lexeme>], concepts: &Concepts) {
        let read: Vec<(&str, &Lexeme)> = self
            .words
            .iter()
            .zip(lexemes)
            .map(|(word, lexeme)| (word.text.as_str(), lexeme.as_ref()))
            .collect();
        let found = concepts.find(&read, self.lang);
        let mut at = 0;
        for hit in found {
            for place in at..hit.start {
                self.stem_term(place);
            }
            self.concept_term(hit.concept, hit.start..hit.end, concepts);
            at = hit.end;
        }
        for place in at..self.words.len() {
            self.stem_term(place);
        }
    }

    fn stem_term(&mut self, place: usize) {
        let Some(word) = self.words.get(place) else { return };
        if word.stem.chars().count() < 2 {
            return;
        }
        let known = word.origin != Origin::Unknown;
        let (name, weight, sentence) = (format!("s:{}", word.stem), word.weight, word.sentence);
        self.add(name, weight, None, known, sentence);
    }

    fn concept_term(&mut self, concept: ConceptId, at: std::ops::Range<usize>, concepts: &Concepts) {
        let words = self.words.get(at).unwrap_or_default();
        let weight = words.iter().map(|w| w.weight).fold(1.0, f32::min);
        let sentence = words.first().map_or(0, |w| w.sentence);
        let id = concepts.name(concept).to_owned();
        let list = match concepts.kind(concept) {
            ConceptKind::Function => return,
            ConceptKind::Asks => {
                if let Some(asks) = Asks::from_name(&id).filter(|a| !self.asks.contains(a)) {
                    self.asks.push(asks);
                }
                None
            }
            ConceptKind::Subject => Some(&mut self.subjects),
            ConceptKind::Thing => Some(&mut self.things),
            ConceptKind::Outside => Some(&mut self.outside),
        };
        if let Some(list) = list.filter(|l| !l.contains(&id)) {
            list.push(id.clone());
        }
        self.add(format!("c:{id}"), weight, Some(concept), true, sentence);
    }

    fn add(&mut self, name: String, weight: f32, concept: Option<ConceptId>, known: bool, sentence: usize) {
        let key = key(&[&name]);
        match self.terms.iter_mut().find(|t| t.key == key) {
            Some(term) => term.weight = term.weight.max(weight),
            None => self.terms.push(Term { name, key, weight, concept, known, sentence }),
        }
    }
}

/// Reads every token: as it is where it is known, else parted, corrected or found by its spelling.
fn correct<'a>(
    tokens: &[Token],
    words: &'a Words,
    concepts: &Concepts,
) -> (Vec<QueryWord>, Vec<Cow<'a, Lexeme>>) {
    let mut read = Vec::with_capacity(tokens.len() + 2);
    let mut lexemes = Vec::with_capacity(tokens.len() + 2);
    for token in tokens {
        let typed = &token.text;
        let mut push = |text: &str, origin: Origin, weight: f32| {
            let lexeme = words.lexeme(text, concepts);
            let Lexeme { stem, root, everyday, .. } = lexeme.as_ref();
            read.push(QueryWord {
                typed: typed.clone(),
                stem: stem.clone(),
                root: root.clone(),
                everyday: *everyday,
                text: text.to_owned(),
                origin,
                weight,
                sentence: token.sentence,
            });
            lexemes.push(lexeme);
        };
        match token.script {
            Script::Latin if !concepts.knows_latin(typed) => match words.romanized.find(typed) {
                Some(spelled) => {
                    let weight = (0.95 - 0.35 * spelled.cost).max(0.3);
                    push(spelled.word, Origin::Spelled, weight);
                }
                None => push(typed, Origin::Unknown, 1.0),
            },
            Script::Arabic if !is_known(typed, words, concepts) => {
                if let Some((first, second)) = words.vocabulary.split(typed) {
                    push(first, Origin::Parted, 0.9);
                    push(second, Origin::Parted, 0.9);
                } else if let Some(correction) = corrected(typed, words) {
                    push(correction.word, Origin::Corrected, correction.weight);
                } else {
                    push(typed, Origin::Unknown, 1.0);
                }
            }
            _ => push(typed, Origin::Known, 1.0),
        }
    }
    (read, lexemes)
}

/// What a correction counts that was found behind a word's clitics.
const BEHIND_CLITICS: f32 = 0.9;

/// The word that a misspelt one stands for, as a whole or without its clitics («والتورن»).
fn corrected<'a>(word: &str, words: &'a Words) -> Option<Correction<'a>> {
    words.vocabulary.correct(word).or_else(|| {
        let bare = readings(word, words.lang).into_iter().filter(|bare| *bare != word);
        let found = bare.filter_map(|bare| words.vocabulary.correct(bare));
        let surest = found.max_by(|a, b| a.weight.total_cmp(&b.weight))?;
        Some(Correction { weight: surest.weight * BEHIND_CLITICS, ..surest })
    })
}

/// The word and what remains of it without its clitics.
fn readings(word: &str, lang: Lang) -> Vec<&str> {
    let mut readings = Vec::new();
    match lang {
        Lang::Ar => arabic::readings(word, &mut readings),
        Lang::Fa => persian::readings(word, &mut readings),
    }
    readings
}

/// Whether any reading of the word is in the vocabulary or in the lexicon.
pub(super) fn is_known(word: &str, words: &Words, concepts: &Concepts) -> bool {
    if words.vocabulary.count(word) > 0 || word.chars().count() < 3 {
        return true;
    }
    readings(word, words.lang)
        .iter()
        .any(|r| r.chars().count() >= 3 && (words.vocabulary.count(r) > 0 || concepts.knows(r, words.lang)))
}
