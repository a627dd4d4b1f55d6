//! Words and phrases to the concepts of the lexicon.

use std::collections::HashMap;

use crate::knowledge::{Concept, ConceptKind};
use crate::language::{Lang, Token, arabic, fold, persian, tokenize};

/// The place of a concept in the lexicon.
pub type ConceptId = u16;

/// The lexicon, laid out for look-up.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    ids: Vec<String>,
    kinds: Vec<ConceptKind>,
    /// Single words, folded and whole.
    words: HashMap<String, ConceptId>,
    /// Stems of single words, for each language; only where one concept alone has the stem.
    stems: [HashMap<String, ConceptId>; 2],
    /// Phrases by their first word, the longest first.
    phrases: HashMap<String, Vec<(Vec<String>, ConceptId)>>,
    by_id: HashMap<String, ConceptId>,
}

/// Where a concept was found: tokens `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The concept.
    pub concept: ConceptId,
    /// First token.
    pub start: usize,
    /// Past the last token.
    pub end: usize,
}

impl Concepts {
    /// Lays out the lexicon.
    #[must_use]
    pub fn new(lexicon: &[Concept]) -> Self {
        let mut concepts = Concepts::default();
        for concept in lexicon {
            let Ok(at) = ConceptId::try_from(concepts.ids.len()) else { break };
            concepts.ids.push(concept.id.get_ref().clone());
            concepts.kinds.push(concept.kind);
            concepts.by_id.insert(concept.id.get_ref().clone(), at);
            for form in &concept.ar {
                concepts.add(form.get_ref(), at, Some(Lang::Ar));
            }
            for form in &concept.fa {
                concepts.add(form.get_ref(), at, Some(Lang::Fa));
            }
            for form in &concept.latin {
                concepts.add(form.get_ref(), at, None);
            }
        }
        for phrases in concepts.phrases.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        concepts
    }

    fn add(&mut self, form: &str, at: ConceptId, lang: Option<Lang>) {
        let tokens = tokenize(&fold(form));
        let tokens = if lang == Some(Lang::Fa) { persian::join(tokens) } else { tokens };
        let mut words: Vec<String> = tokens.into_iter().map(|t| t.text).collect();
        if words.len() == 1 {
            let word = words.remove(0);
            if let Some(lang) = lang {
                let stem = stem(&word, lang);
                if stem.chars().count() >= 3 {
                    // A stem of two concepts tells nothing; u16::MAX marks it as taken by many.
                    let entry = self.stems[lang as usize].entry(stem).or_insert(at);
                    if *entry != at {
                        *entry = ConceptId::MAX;
                    }
                }
            }
            self.words.entry(word).or_insert(at);
        } else if let Some(first) = words.first() {
            self.phrases.entry(first.clone()).or_default().push((words, at));
        }
    }

    /// The concept's id in the lexicon.
    #[must_use]
    pub fn name(&self, concept: ConceptId) -> &str {
        self.ids.get(usize::from(concept)).map_or("", String::as_str)
    }

    /// The concept's kind.
    #[must_use]
    pub fn kind(&self, concept: ConceptId) -> ConceptKind {
        self.kinds.get(usize::from(concept)).copied().unwrap_or(ConceptKind::Function)
    }

    /// The concept of this id.
    #[must_use]
    pub fn by_name(&self, id: &str) -> Option<ConceptId> {
        self.by_id.get(id).copied()
    }

    /// The concepts of a row of tokens, left to right: at each place the longest phrase, else the word by
    /// its fullest reading, else by its stem. Tokens without a concept are passed over.
    #[must_use]
    pub fn find(&self, tokens: &[Token], lang: Lang) -> Vec<Found> {
        let mut found = Vec::new();
        let mut readings = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if let Some(hit) = self.phrase(tokens, at, lang) {
                at = hit.end;
                found.push(hit);
                continue;
            }
            if let Some(concept) = self.word(&tokens[at].text, lang, &mut readings) {
                found.push(Found { concept, start: at, end: at + 1 });
            }
            at += 1;
        }
        found
    }

    fn phrase(&self, tokens: &[Token], at: usize, lang: Lang) -> Option<Found> {
        let mut readings = Vec::new();
        read(&tokens.get(at)?.text, lang, &mut readings);
        let mut best: Option<(usize, ConceptId)> = None;
        for reading in &readings {
            for (words, concept) in self.phrases.get(*reading).into_iter().flatten() {
                let longer = best.is_none_or(|(len, _)| words.len() > len);
                let fits = longer
                    && tokens.len() >= at + words.len()
                    && words.iter().zip(&tokens[at..]).skip(1).all(|(word, token)| {
                        let mut others = Vec::new();
                        read(&token.text, lang, &mut others);
                        others.contains(&word.as_str())
                    });
                if fits {
                    best = Some((words.len(), *concept));
                }
            }
        }
        best.map(|(len, concept)| Found { concept, start: at, end: at + len })
    }

    /// The concept of one folded word.
    fn word<'a>(&self, word: &'a str, lang: Lang, readings: &mut Vec<&'a str>) -> Option<ConceptId> {
        read(word, lang, readings);
        let direct = readings.iter().find_map(|reading| self.words.get(*reading).copied());
        direct.or_else(|| {
            let concept = self.stems[lang as usize].get(&stem(word, lang)).copied()?;
            (concept != ConceptId::MAX).then_some(concept)
        })
    }

    /// The concept of one word standing alone, whole: no reading, no stem. For words in Latin letters.
    #[must_use]
    pub fn whole(&self, word: &str) -> Option<ConceptId> {
        self.words.get(word).copied()
    }
}

/// All readings of a word in `lang`; a Latin word has only itself.
fn read<'a>(word: &'a str, lang: Lang, out: &mut Vec<&'a str>) {
    if word.is_ascii() {
        out.clear();
        out.push(word);
        return;
    }
    match lang {
        Lang::Ar => arabic::readings(word, out),
        Lang::Fa => persian::readings(word, out),
    }
}

/// The light stem of a word in `lang`.
#[must_use]
pub fn stem(word: &str, lang: Lang) -> String {
    match lang {
        Lang::Ar => arabic::stem(word).to_owned(),
        Lang::Fa => persian::stem(word),
    }
}
