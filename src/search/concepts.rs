//! Words and phrases to the concepts of the lexicon.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexeme::Lexeme;
use crate::knowledge::{Concept, ConceptKind};
use crate::language::{Lang, arabic, fold, persian, tokenize};

/// The place of a concept in the lexicon.
pub type ConceptId = u16;

/// The lexicon, laid out for look-up.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    ids: Vec<String>,
    kinds: Vec<ConceptKind>,
    /// What each language's words mean. They share the script and many spellings, but not their meanings
    /// (عمل is work in Arabic and surgery in Persian). Latin forms are in both.
    of: [Forms; 2],
    /// Every word of a Latin form, so that none of them is taken for an Arabic or Persian word.
    latin: FxHashSet<String>,
    by_id: FxHashMap<String, ConceptId>,
}

/// The forms of one language.
#[derive(Debug, Clone, Default)]
struct Forms {
    /// Single words, folded and whole.
    words: FxHashMap<String, ConceptId>,
    /// Stems of single words; only where one concept alone has the stem.
    stems: FxHashMap<String, ConceptId>,
    /// Phrases by their first word, the longest first.
    phrases: FxHashMap<String, Vec<(Vec<String>, ConceptId)>>,
    /// Every word of any phrase.
    phrase_words: FxHashSet<String>,
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
                concepts.add(form.get_ref(), at, Lang::Ar);
            }
            for form in &concept.fa {
                concepts.add(form.get_ref(), at, Lang::Fa);
            }
            for form in &concept.latin {
                concepts.latin.extend(tokenize(&fold(form.get_ref())).into_iter().map(|t| t.text));
                Lang::ALL.into_iter().for_each(|lang| concepts.add(form.get_ref(), at, lang));
            }
        }
        for forms in &mut concepts.of {
            for phrases in forms.phrases.values_mut() {
                phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
            }
        }
        concepts
    }

    fn add(&mut self, form: &str, at: ConceptId, lang: Lang) {
        let tokens = tokenize(&fold(form));
        let tokens = if lang == Lang::Fa { persian::join(tokens) } else { tokens };
        let mut words: Vec<String> = tokens.into_iter().map(|t| t.text).collect();
        let forms = &mut self.of[lang as usize];
        if words.len() == 1 {
            let word = words.remove(0);
            let stem = stem(&word, lang);
            // A stem that lost much of its word is too often the stem of another (سالمون, سال).
            if stem.chars().count() >= 3 && stem.chars().count() + 2 >= word.chars().count() {
                // A stem of two concepts tells nothing; the largest id marks it as taken by many.
                let entry = forms.stems.entry(stem).or_insert(at);
                if *entry != at {
                    *entry = ConceptId::MAX;
                }
            }
            forms.words.entry(word).or_insert(at);
        } else if let Some(first) = words.first() {
            forms.phrase_words.extend(words.iter().cloned());
            forms.phrases.entry(first.clone()).or_default().push((words, at));
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

    /// The concepts of a row of words, given as read, left to right: at each place the longest phrase, else the word's
    /// own. Words without a concept are passed over.
    #[must_use]
    pub fn find(&self, words: &[(&str, &Lexeme)], lang: Lang) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((_, lexeme)) = words.get(at) {
            if let Some(hit) = self.phrase(words, at, lang) {
                at = hit.end;
                found.push(hit);
                continue;
            }
            if let Some(concept) = lexeme.concept {
                found.push(Found { concept, start: at, end: at + 1 });
            }
            at += 1;
        }
        found
    }

    fn phrase(&self, words: &[(&str, &Lexeme)], at: usize, lang: Lang) -> Option<Found> {
        let mut best: Option<(usize, ConceptId)> = None;
        let (first, lexeme) = words.get(at)?;
        for reading in lexeme.phrase_readings(first) {
            for (phrase, concept) in self.of[lang as usize].phrases.get(reading).into_iter().flatten() {
                let longer = best.is_none_or(|(len, _)| phrase.len() > len);
                let fits = longer
                    && words.len() >= at + phrase.len()
                    && phrase.iter().zip(&words[at..]).skip(1).all(|(word, (typed, lexeme))| {
                        lexeme.phrase_readings(typed).any(|reading| reading == word)
                    });
                if fits {
                    best = Some((phrase.len(), *concept));
                }
            }
        }
        best.map(|(len, concept)| Found { concept, start: at, end: at + len })
    }

    /// The concept of one folded word with its `readings`: by its fullest reading, else by its stem.
    #[must_use]
    pub fn of_word(&self, word: &str, lang: Lang, readings: &[&str]) -> Option<ConceptId> {
        let forms = &self.of[lang as usize];
        let direct = readings.iter().find_map(|reading| forms.words.get(*reading).copied());
        direct.or_else(|| {
            let concept = forms.stems.get(&stem(word, lang)).copied()?;
            (concept != ConceptId::MAX).then_some(concept)
        })
    }

    /// Whether a folded word is in any phrase of the lexicon.
    #[must_use]
    pub fn is_in_phrase(&self, word: &str, lang: Lang) -> bool {
        self.of[lang as usize].phrase_words.contains(word)
    }

    /// Whether a folded word is a form of `lang`, whole: no reading, no stem.
    #[must_use]
    pub fn knows(&self, word: &str, lang: Lang) -> bool {
        self.of[lang as usize].words.contains_key(word)
    }

    /// Whether a word in Latin letters is one of the lexicon's own, alone or in a phrase.
    #[must_use]
    pub fn knows_latin(&self, word: &str) -> bool {
        self.latin.contains(word)
    }
}

/// All readings of a folded word in `lang`, the fullest first; a Latin word has only itself.
pub fn readings<'a>(word: &'a str, lang: Lang, out: &mut Vec<&'a str>) {
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
