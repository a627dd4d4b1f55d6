//! Why a reply is what it is, for people to read.

use serde::Serialize;
use utoipa::ToSchema;

use crate::dialogue::understand::Understanding;
use crate::dialogue::{Engine, Explanation, decide};
use crate::knowledge::DecisionFigures;
use crate::language::Lang;
use crate::language::detect::Tongue;
use crate::safety::Screening;
use crate::search::query::Query;
use crate::search::rank::WEIGHTS;
use crate::search::{Candidate, ClassKind};

/// Candidates that are shown.
const SHOWN: usize = 8;

/// Everything that led to a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explained {
    /// The language of the reply.
    pub lang: &'static str,
    /// What it was taken from: `message`, `conversation`, `locale`, `match`, `default`, or `screen` where the message
    /// was not read further.
    pub lang_from: &'static str,
    /// What spoke for which language, in the order of the message.
    pub evidence: Vec<Evidence>,
    /// What the message was read as, step by step.
    pub steps: Vec<Step>,
    /// What the screen found before any search.
    pub screen: Screen,
    /// Share of the question that the best candidate's best form covers, from 0 to 1; `null` without candidates.
    pub coverage: Option<f32>,
    /// How far the best candidate is before the next, in score; `null` without a next.
    pub gap: Option<f32>,
    /// What the rules compared with.
    pub thresholds: Limits,
    /// Best first.
    pub candidates: Vec<Ranked>,
    /// What was decided.
    pub decided: Decided,
    /// Terms that the conversation added to the question; empty where it stood by itself.
    pub context_used: Vec<String>,
}

/// Something that speaks for a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// What it speaks for: `arabic`, `persian`, `other`.
    pub clue: &'static str,
    /// What was seen: a letter, a word, an affix.
    pub text: String,
    /// How much it counts.
    pub weight: f32,
}

/// One step of reading a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    /// Which: `typed` (folded), `read` (corrected), `terms` (compared by), `wants`, `subjects`, `completed` (with what
    /// the conversation added).
    pub name: &'static str,
    /// What came out of it.
    pub terms: Vec<String>,
}

/// What the screen found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Screen {
    /// Red flags and signs that a doctor should see.
    pub flags: Vec<String>,
    /// What only a clinician may say.
    pub personal: Vec<String>,
    /// Groups of people who were named.
    pub groups: Vec<String>,
    /// Why, a line a finding.
    pub findings: Vec<String>,
}

/// What the rules compare with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Limits {
    /// Confidence from which a pair answers.
    pub answer: f32,
    /// Confidence from which two pairs about equal are asked back.
    pub clarify: f32,
    /// Confidence from which small talk is answered.
    pub smalltalk: f32,
    /// Score by which the best has to be before the next.
    pub gap: f32,
    /// Share of the question that has to be known.
    pub known: f32,
}

/// A candidate with what speaks for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranked {
    /// Its id: of a pair, of small talk, or of a kind of question outside the documents.
    pub pair: String,
    /// What it stands for: `pair`, `smalltalk`, `outside`.
    pub kind: &'static str,
    /// Its question; for what is no pair the first way to say it.
    pub question: String,
    /// How likely it is right, from 0 to 1.
    pub confidence: f32,
    /// The sum of the shares.
    pub score: f32,
    /// What it was judged by, in a fixed order.
    pub features: Vec<Feature>,
}

/// One thing that a candidate was judged by.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// How it is with this candidate.
    pub value: f32,
    /// What one of it counts.
    pub weight: f32,
    /// What it adds to the score.
    pub share: f32,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// The rule.
    pub rule: String,
    /// What it decided on: ids of pairs, of an entry, of a red flag.
    pub detail: String,
}

/// Lays out an explanation for people.
pub(super) fn explain(engine: &Engine, explanation: Explanation) -> Explained {
    let Explanation { screening, understanding, decision, thresholds, reply } = explanation;
    let lang = reply.lang;
    let best = understanding.as_ref().and_then(|u| u.ranking.best());
    let next = understanding.as_ref().is_some_and(|u| u.ranking.candidates.len() > 1);
    let gap = understanding.as_ref().map(|u| u.ranking.gap()).filter(|_| next);
    let decided = match (&decision, &screening.red_flag) {
        (Some(decision), _) => {
            let ids = decision.pairs.iter().chain(&decision.aside);
            let detail = ids.map(String::as_str).collect::<Vec<_>>().join(", ");
            let rule = match screening.personal {
                Some(_) => "asks for what only a clinician may say",
                None => decision.rule,
            };
            Decided { rule: rule.to_owned(), detail }
        }
        (None, Some(flag)) => Decided { rule: "red flag".to_owned(), detail: flag.id.clone() },
        (None, None) => Decided { rule: "nothing to go by".to_owned(), detail: String::new() },
    };
    Explained {
        lang: lang.code(),
        lang_from: understanding.as_ref().map_or("screen", |u| u.lang_from),
        evidence: understanding.as_ref().map_or_else(Vec::new, evidence),
        steps: understanding.as_ref().map_or_else(Vec::new, steps),
        coverage: best.map(|best| best.features.coverage),
        gap,
        thresholds: Limits {
            answer: thresholds.answer,
            clarify: thresholds.clarify,
            smalltalk: thresholds.smalltalk,
            gap: thresholds.gap,
            known: thresholds.known,
        },
        candidates: understanding.as_ref().map_or_else(Vec::new, |u| candidates(engine, u, lang)),
        decided,
        context_used: understanding.as_ref().map_or_else(Vec::new, added),
        screen: screen(screening),
    }
}

fn screen(screening: Screening) -> Screen {
    let flag = screening.red_flag.map(|flag| flag.id);
    // A kind's name is what it serializes to.
    let personal = screening.personal.and_then(|kind| serde_json::to_value(kind).ok());
    Screen {
        flags: flag.into_iter().chain(screening.caution).collect(),
        personal: personal.and_then(|kind| kind.as_str().map(str::to_owned)).into_iter().collect(),
        groups: screening.groups,
        findings: screening.explain,
    }
}

fn evidence(understanding: &Understanding) -> Vec<Evidence> {
    let clues = understanding.detection.clues.iter();
    clues
        .map(|clue| Evidence {
            clue: match clue.tongue {
                Tongue::Arabic => "arabic",
                Tongue::Persian => "persian",
                Tongue::Other => "other",
            },
            text: clue.seen.clone(),
            weight: clue.weight,
        })
        .collect()
}

fn terms(query: &Query) -> Vec<String> {
    query.terms.iter().map(|term| term.name.clone()).collect()
}

fn steps(understanding: &Understanding) -> Vec<Step> {
    let query = &understanding.query;
    let mut steps = vec![
        Step { name: "typed", terms: query.words.iter().map(|word| word.typed.clone()).collect() },
        Step { name: "read", terms: query.words.iter().map(|word| word.text.clone()).collect() },
        Step { name: "terms", terms: terms(query) },
        Step { name: "wants", terms: query.asks.iter().map(|asks| asks.name().to_owned()).collect() },
        Step { name: "subjects", terms: query.subjects.clone() },
    ];
    if let Some(completed) = &understanding.completed {
        steps.push(Step { name: "completed", terms: terms(completed) });
    }
    steps
}

/// Terms that the conversation added.
fn added(understanding: &Understanding) -> Vec<String> {
    let own = terms(&understanding.query);
    let completed = understanding.completed.as_ref().map_or_else(Vec::new, terms);
    completed.into_iter().filter(|term| !own.contains(term)).collect()
}

fn candidates(engine: &Engine, understanding: &Understanding, lang: Lang) -> Vec<Ranked> {
    let figures = &engine.knowledge().decision;
    let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
    let outside = !query.outside.is_empty();
    let ranking = &understanding.ranking;
    ranking
        .candidates
        .iter()
        .enumerate()
        .take(SHOWN)
        .map(|(place, candidate)| Ranked {
            pair: candidate.id.clone(),
            kind: match candidate.kind {
                ClassKind::Pair => "pair",
                ClassKind::Outside => "outside",
                ClassKind::Smalltalk => "smalltalk",
            },
            question: engine.form(candidate.kind, &candidate.id, lang).unwrap_or_default().to_owned(),
            confidence: match place {
                0 => decide::confidence(ranking, outside, figures),
                _ => confidence(candidate, outside, figures),
            },
            score: candidate.score,
            features: features(candidate),
        })
        .collect()
}

/// The confidence of a candidate that is not the best: as if it led by nothing.
fn confidence(candidate: &Candidate, outside: bool, figures: &DecisionFigures) -> f32 {
    let evidence = decide::Evidence {
        margin: candidate.features.margin,
        lead: 0.0,
        known: candidate.features.known,
        outside: if outside && candidate.kind == ClassKind::Pair { 1.0 } else { 0.0 },
        alike: candidate.features.semantic,
    };
    evidence.confidence(figures)
}

fn features(candidate: &Candidate) -> Vec<Feature> {
    let parts = candidate.features.parts(&WEIGHTS, candidate.kind);
    parts
        .into_iter()
        .map(|(name, value, weight)| Feature { name, value, weight, share: value * weight })
        .collect()
}
