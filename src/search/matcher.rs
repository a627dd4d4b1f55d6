//! The matcher: classes with all their forms, and how a query is ranked against them.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::concepts::Concepts;
use super::features::{self, FeatureSpace};
use super::index::CandidateIndex;
use super::likeness::Likeness;
use super::linear::Linear;
use super::overlap::{Information, Overlap, Overlaps};
use super::query::{Query, Term, Words};
use super::rank::{self, Features, WEIGHTS};
use super::reading::{LangReading, Reading, both};
use super::tongue;
use crate::knowledge::{Asks, Knowledge, Pair};
use crate::language::detect::Detector;
use crate::language::{Lang, Token};

/// What a class stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClassKind {
    /// A pair: it has an answer.
    Pair,
    /// A kind of question that is known to lie outside the knowledge.
    Outside,
    /// Small talk.
    Smalltalk,
}

/// One thing that a question can be recognised as, with all ways to ask it.
#[derive(Debug, Clone)]
pub struct Class {
    /// What it stands for.
    pub kind: ClassKind,
    /// The id within its kind.
    pub id: String,
    /// What it answers, for a pair.
    pub asks: Option<Asks>,
    /// What it is about, for a pair.
    pub subject: Vec<String>,
    /// Pairs that a patient would ask next, for a pair.
    pub related: Vec<String>,
    /// Ways to ask it, for each language.
    pub forms: [Vec<String>; 2],
    /// The answer, for each language; empty where there is none.
    pub answers: [String; 2],
}

/// All classes of the knowledge: pairs first, then outside, then small talk. A withdrawn pair keeps its place and its
/// texts, so that nothing is trained again to withdraw or restore it; but it is a question that lies outside.
#[must_use]
pub fn classes(knowledge: &Knowledge) -> Vec<Class> {
    let mut classes: Vec<Class> = knowledge.pairs.iter().map(class_of).collect();
    // In ascending order, so each finds the place that it had among all.
    for withdrawn in &knowledge.withdrawn {
        let class = Class {
            kind: ClassKind::Outside,
            id: withdrawn.class(),
            asks: None,
            subject: Vec::new(),
            related: Vec::new(),
            ..class_of(&withdrawn.pair)
        };
        classes.insert(withdrawn.place.min(classes.len()), class);
    }
    for (kind, asides) in
        [(ClassKind::Outside, &knowledge.outside), (ClassKind::Smalltalk, &knowledge.smalltalk)]
    {
        classes.extend(asides.iter().map(|aside| Class {
            kind,
            id: aside.id.clone(),
            asks: None,
            subject: Vec::new(),
            related: Vec::new(),
            forms: Lang::ALL.map(|l| aside.wording(l).forms.clone()),
            answers: [String::new(), String::new()],
        }));
    }
    classes
}

fn class_of(pair: &Pair) -> Class {
    Class {
        kind: ClassKind::Pair,
        id: pair.id.clone(),
        asks: Some(pair.asks),
        subject: pair.subject.clone(),
        related: pair.related.clone(),
        forms: Lang::ALL.map(|l| pair.wording(l).forms().map(str::to_owned).collect()),
        answers: Lang::ALL.map(|l| pair.wording(l).answer.clone()),
    }
}

/// What the conversation adds to a question that leans on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hint {
    /// Places of pairs that fit the topic under discussion, ascending, and how well, from 0 to 1.
    pub lifted: Vec<(usize, f32)>,
}

impl Hint {
    /// How well the class at `place` fits.
    fn of(&self, place: usize) -> f32 {
        let found = self.lifted.binary_search_by_key(&place, |(lifted, _)| *lifted).ok();
        found.and_then(|at| self.lifted.get(at)).map_or(0.0, |(_, lift)| *lift)
    }
}

/// One class with what speaks for it.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// Its place among the classes.
    #[serde(skip)]
    pub class: usize,
    /// Its id.
    pub id: String,
    /// What it stands for.
    pub kind: ClassKind,
    /// What it answers, for a pair.
    pub asks: Option<Asks>,
    /// The weighed sum of its features.
    pub score: f32,
    /// What it was judged by.
    pub features: Features,
}

/// Candidates for one query, best first.
#[derive(Debug, Clone, Serialize)]
pub struct Ranking {
    /// Best first; empty for a query without words.
    pub candidates: Vec<Candidate>,
}

impl Ranking {
    /// The best candidate.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }

    /// How far the best is before the next, in score; a large number where there is no next.
    #[must_use]
    pub fn gap(&self) -> f32 {
        match self.candidates.as_slice() {
            [best, next, ..] => best.score - next.score,
            _ => f32::MAX,
        }
    }
}

/// What one language is matched with.
#[derive(Debug, Clone)]
pub(super) struct Pack {
    pub(super) words: Words,
    pub(super) space: FeatureSpace,
    pub(super) model: Linear,
    information: Information,
    overlaps: Overlaps,
}

/// Ranks questions against classes. Immutable.
#[derive(Debug, Clone)]
pub struct Matcher {
    classes: Vec<Class>,
    by_id: FxHashMap<String, usize>,
    pub(super) concepts: Concepts,
    pub(super) detector: Detector,
    pub(super) packs: [Pack; 2],
    index: CandidateIndex,
}

/// Classes that Tantivy and the linear model each put forward.
const CANDIDATES: usize = 8;

impl Pack {
    fn new(words: Words, reading: LangReading, (space, model): (FeatureSpace, Linear)) -> Pack {
        let LangReading { forms, answers, .. } = reading;
        let information = Information::new(&forms);
        let overlaps = Overlaps::new(&forms, &answers, &information);
        Pack { words, space, model, information, overlaps }
    }
}

impl Matcher {
    /// Puts a matcher together from what was read and what was trained.
    pub(super) fn assemble(
        classes: Vec<Class>,
        concepts: Concepts,
        [arabic_words, persian_words]: [Words; 2],
        [arabic, persian]: Reading,
        [arabic_model, persian_model]: [(FeatureSpace, Linear); 2],
        index: CandidateIndex,
    ) -> Matcher {
        let packs = both(
            || Pack::new(arabic_words, arabic, arabic_model),
            || Pack::new(persian_words, persian, persian_model),
        );
        let by_id = classes.iter().enumerate().map(|(at, c)| (class_key(c.kind, &c.id), at)).collect();
        let detector = tongue::detector(&classes, &packs);
        Matcher { classes, by_id, concepts, detector, packs, index }
    }

    /// The classes, in the order of [`Candidate::class`].
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of a kind and id.
    #[must_use]
    pub fn class(&self, kind: ClassKind, id: &str) -> Option<&Class> {
        self.by_id.get(&class_key(kind, id)).and_then(|at| self.classes.get(*at))
    }

    /// Reads the folded `tokens` of a text in `lang`.
    #[must_use]
    pub fn read(&self, tokens: &[Token], lang: Lang) -> Query {
        Query::from_tokens(tokens.to_vec(), &self.packs[lang as usize].words, &self.concepts)
    }

    /// Every folded word that the knowledge uses, in either language.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().flat_map(|pack| pack.words.vocabulary.words().iter().map(|(word, _)| word))
    }

    /// The term of a concept, at a weight; `None` where the lexicon has no such concept.
    #[must_use]
    pub fn term(&self, concept: &str, weight: f32) -> Option<Term> {
        let place = self.concepts.by_name(concept)?;
        Some(Term::of_concept(concept, place, weight))
    }

    /// Ranks the classes for a query. `hint` is what the conversation adds.
    #[must_use]
    pub fn rank(&self, query: &Query, hint: &Hint) -> Ranking {
        self.rank_with(query, hint, None)
    }

    /// The same, with what an embedding model says of the question.
    #[must_use]
    pub fn rank_with(&self, query: &Query, hint: &Hint, likeness: Option<&Likeness>) -> Ranking {
        let pack = &self.packs[query.lang as usize];
        if query.terms.is_empty() || self.classes.is_empty() {
            return Ranking { candidates: Vec::new() };
        }
        let vector = pack.space.vector(&features::raw(query));
        let margins = pack.model.margins(&vector);
        // A broken index must not silence the matcher: the model's candidates remain.
        let found = self.index.candidates(query, CANDIDATES).unwrap_or_default();
        let mut places: Vec<usize> = found.iter().map(|(class, _)| *class).collect();
        for class in best(&margins, CANDIDATES) {
            if !places.contains(&class) {
                places.push(class);
            }
        }
        let alike = likeness.map(|likeness| likeness.best(CANDIDATES, query.lang)).unwrap_or_default();
        for class in alike {
            if !places.contains(&class) {
                places.push(class);
            }
        }
        for (place, _) in &hint.lifted {
            if !places.contains(place) {
                places.push(*place);
            }
        }
        let weighed = pack.information.weigh(query.keys());
        let mut candidates: Vec<Candidate> = pack
            .overlaps
            .of(&weighed, &places)
            .into_iter()
            .zip(places)
            .filter_map(|(Overlap { coverage, reverse, known }, at)| {
                let class = self.classes.get(at)?;
                let features = Features {
                    coverage,
                    reverse,
                    margin: margins.get(at).copied().unwrap_or(0.0),
                    rank: found.iter().position(|(c, _)| *c == at).map_or(0.0, |p| 1.0 / (p + 1) as f32),
                    asks: rank::asks_fit(&query.asks, class.asks),
                    subject: rank::subject_fit(&query.subjects, &class.subject),
                    context: hint.of(at),
                    semantic: likeness.map(|likeness| likeness.of(at, query.lang)),
                    known,
                };
                Some(Candidate {
                    class: at,
                    id: class.id.clone(),
                    kind: class.kind,
                    asks: class.asks,
                    score: features.score(&WEIGHTS, class.kind),
                    features,
                })
            })
            .collect();
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.class.cmp(&b.class)));
        Ranking { candidates }
    }
}

fn class_key(kind: ClassKind, id: &str) -> String {
    match kind {
        ClassKind::Pair => format!("pair {id}"),
        ClassKind::Outside => format!("outside {id}"),
        ClassKind::Smalltalk => format!("smalltalk {id}"),
    }
}

/// The places of the `n` largest, best first.
fn best(margins: &[f32], n: usize) -> Vec<usize> {
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(n + 1);
    for (place, margin) in margins.iter().enumerate() {
        // Of equals the first stays before.
        if best.len() == n && best.last().is_none_or(|(_, least)| margin <= least) {
            continue;
        }
        best.insert(best.partition_point(|(_, held)| held >= margin), (place, *margin));
        best.truncate(n);
    }
    best.into_iter().map(|(place, _)| place).collect()
}
