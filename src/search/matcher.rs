//! The matcher: classes with all their forms, and how a query is ranked against them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::concepts::Concepts;
use super::features::{self, FeatureSpace};
use super::index::CandidateIndex;
use super::lexeme::Lexeme;
use super::likeness::Likeness;
use super::linear::Linear;
use super::overlap::{Information, Overlap, Overlaps, Weighed};
use super::query::{Query, Term, Terms, Words};
use super::rank::{self, Features, WEIGHTS};
use super::tongue;
use super::vocabulary::Vocabulary;
use crate::knowledge::{Asks, Concept, Knowledge, Pair};
use crate::language::detect::Detector;
use crate::language::latin::Romanized;
use crate::language::{Lang, Script, Token, fold, persian, tokenize};

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
    /// Classes that fit the topic under discussion, and how well, from 0 to 1.
    pub lifted: Vec<(String, f32)>,
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
/// How sharply the linear model's margins become shares: fitted so that shares are about right.
const SHARPNESS: f32 = 6.0;

/// The classes' texts as read, or what is kept of each: everything to build an index and a model, only the terms
/// to rank with. In the order of [`Lang::ALL`].
pub(super) type Reading<T> = [LangReading<T>; 2];

/// The classes' texts in one language.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LangReading<T> {
    /// Every folded word of the Arabic script in forms, answers and lexicon, with how often it is used.
    counts: Vec<(String, u32)>,
    /// For each class its forms.
    pub(super) forms: Vec<Vec<T>>,
    /// For each class its answer; `None` where it has none.
    pub(super) answers: Vec<Option<T>>,
}

/// Reads all texts of `classes` with the words of `lexicon`, both languages at a time.
pub(super) fn read(
    classes: &[Class],
    lexicon: &[Concept],
    concepts: &Concepts,
) -> (Reading<Query>, [Words; 2]) {
    let read = |lang: Lang| {
        let counts = counts_of(classes, lexicon, lang);
        let words = words(lang, counts.clone(), concepts);
        let read = |text: &String| Query::read(text, &words, concepts);
        let forms = classes.iter().map(|c| c.forms[lang as usize].iter().map(read).collect()).collect();
        let answers = classes.iter().map(|c| Some(&c.answers[lang as usize]).filter(|a| !a.is_empty()));
        let answers = answers.map(|answer| answer.map(read)).collect();
        (LangReading { counts, forms, answers }, words)
    };
    let [(arabic, arabic_words), (persian, persian_words)] = both(|| read(Lang::Ar), || read(Lang::Fa));
    ([arabic, persian], [arabic_words, persian_words])
}

/// The words that texts were read with, from what is kept of the texts.
pub(super) fn words_of([arabic, persian]: &Reading<Terms>, concepts: &Concepts) -> [Words; 2] {
    let of = |lang, reading: &LangReading<Terms>| words(lang, reading.counts.clone(), concepts);
    both(|| of(Lang::Ar, arabic), || of(Lang::Fa, persian))
}

/// What a matcher needs of what was read.
pub(super) fn terms(reading: Reading<Query>) -> Reading<Terms> {
    reading.map(|LangReading { counts, forms, answers }| LangReading {
        counts,
        forms: forms.iter().map(|forms| forms.iter().map(Query::keys).collect()).collect(),
        answers: answers.iter().map(|answer| answer.as_ref().map(Query::keys)).collect(),
    })
}

/// Does two things at the same time.
fn both<T: Send>(first: impl FnOnce() -> T, second: impl FnOnce() -> T + Send) -> [T; 2] {
    std::thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        // A panic there is a panic here: going on with half of the matcher would only hide it.
        [first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

impl Pack {
    fn new(words: Words, reading: LangReading<Terms>, (space, model): (FeatureSpace, Linear)) -> Pack {
        let LangReading { forms, answers, .. } = reading;
        let information = Information::new(&forms);
        let weigh = |terms: &Terms| information.weigh(terms.iter().copied());
        let forms: Vec<Vec<Weighed>> = forms.iter().map(|forms| forms.iter().map(weigh).collect()).collect();
        let answers: Vec<Option<Weighed>> = answers.iter().map(|answer| answer.as_ref().map(weigh)).collect();
        let overlaps = Overlaps::new(&forms, &answers);
        Pack { words, space, model, information, overlaps }
    }
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
    let romanized = Romanized::new(lang, counts.clone());
    Words { lang, romanized, lexemes, vocabulary: Vocabulary::new(counts) }
}

impl Matcher {
    /// Puts a matcher together from what was read and what was trained.
    pub(super) fn assemble(
        classes: Vec<Class>,
        concepts: Concepts,
        [arabic_words, persian_words]: [Words; 2],
        [arabic, persian]: Reading<Terms>,
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
        self.packs.iter().flat_map(|pack| pack.words.vocabulary.words().iter().map(|(word, _)| word.as_str()))
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
        let shares = shares(&margins);
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
        for (id, _) in &hint.lifted {
            let place = self.by_id.get(&class_key(ClassKind::Pair, id)).copied();
            places.extend(place.filter(|p| !places.contains(p)));
        }
        let weighed = pack.information.weigh(query.terms.iter().map(|term| (term.key, term.weight)));
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
                    vote: shares.get(at).copied().unwrap_or(0.0),
                    margin: margins.get(at).copied().unwrap_or(0.0),
                    rank: found.iter().position(|(c, _)| *c == at).map_or(0.0, |p| 1.0 / (p + 1) as f32),
                    asks: rank::asks_fit(&query.asks, class.asks),
                    subject: rank::subject_fit(&query.subjects, &class.subject),
                    context: lift(hint, class),
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

fn lift(hint: &Hint, class: &Class) -> f32 {
    if class.kind != ClassKind::Pair {
        return 0.0;
    }
    hint.lifted.iter().find(|(id, _)| *id == class.id).map_or(0.0, |(_, lift)| *lift)
}

/// Margins to shares that sum to 1.
fn shares(margins: &[f32]) -> Vec<f32> {
    let top = margins.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = margins.iter().map(|m| ((m - top) * SHARPNESS).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|r| r / sum).collect()
}

/// The places of the `n` largest, best first.
fn best(margins: &[f32], n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..margins.len()).collect();
    let before = |a: &usize, b: &usize| margins[*b].total_cmp(&margins[*a]).then(a.cmp(b));
    if n < order.len() {
        order.select_nth_unstable_by(n, before);
        order.truncate(n);
    }
    order.sort_unstable_by(before);
    order
}
