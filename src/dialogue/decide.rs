//! Understanding to outcome: coverage, gap, what the knowledge does not hold.

use serde::Serialize;

use super::several::Question;
use super::understand::Understanding;
use super::{Context, Outcome};
use crate::knowledge::{Asks, DecisionFigures};
use crate::search::{Candidate, ClassKind, Query, Ranking};

/// What was decided, and by which rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// The pairs that answer, in order (one, or one for each of several questions), or what is asked back with.
    pub pairs: Vec<String>,
    /// The small talk or the outside entry that fits, if one does.
    pub aside: Option<String>,
    /// Of several questions those that lie outside.
    pub beside: Vec<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that decided, for `--explain`.
    pub rule: &'static str,
}

/// A lead beyond this says no more.
const WIDEST_LEAD: f32 = 3.0;
/// The same where the semantic signal adds to it.
const WIDEST_LEAD_WITH_SIGNAL: f32 = 4.0;

/// What a confidence is made from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// The linear model's margin of the best candidate.
    pub margin: f32,
    /// Its lead in score over the next (for what is no pair, the next of another kind), from 0 to 3, or to 4 where the
    /// semantic signal adds to it.
    pub lead: f32,
    /// The share of the question that it knows, from 0 to 1.
    pub known: f32,
    /// 1 where a pair is best for a question that names something that the knowledge does not hold, else 0.
    pub outside: f32,
    /// Its likeness in meaning, from 0 to 1; `None` without the semantic signal.
    pub alike: Option<f32>,
}

impl Evidence {
    /// How likely the candidate is right, from 0 to 1: with the semantic signal by the calibration for it.
    #[must_use]
    pub fn confidence(&self, figures: &DecisionFigures) -> f32 {
        let weights = figures.calibration_for(self.alike.is_some());
        let z = weights.margin * self.margin
            + weights.lead * self.lead
            + weights.known * self.known
            + weights.outside * self.outside
            + weights.offset
            + weights.alike * self.alike.unwrap_or(0.0);
        1.0 / (1.0 + (-z).exp())
    }
}

/// What a ranking shows of its best candidate; zeros without candidates.
#[must_use]
pub fn evidence(ranking: &Ranking, outside: bool) -> Evidence {
    ranking.best().map_or_else(Evidence::default, |best| {
        let alike = best.features.semantic;
        let widest = if alike.is_some() { WIDEST_LEAD_WITH_SIGNAL } else { WIDEST_LEAD };
        Evidence {
            margin: best.features.margin,
            lead: lead(ranking, best).clamp(0.0, widest),
            known: best.features.known,
            outside: if outside && best.kind == ClassKind::Pair { 1.0 } else { 0.0 },
            alike,
        }
    })
}

/// How far the best is before the next that would get another reply; thanks and a farewell together are small talk
/// either way. A large number where there is no next.
fn lead(ranking: &Ranking, best: &Candidate) -> f32 {
    let same = |c: &&Candidate| best.kind != ClassKind::Pair && c.kind == best.kind;
    let next = ranking.candidates.iter().skip(1).find(|c| !same(c));
    next.map_or(f32::MAX, |next| best.score - next.score)
}

/// The kind of outside questions on prices.
const PRICE: &str = "price";
/// Prices less than this behind the best are what a question with money in it turns on.
const NEAR_PRICE: f32 = 2.0;
/// What lies outside less than this behind the best is what a word that names it turns on.
const NEAR_OUTSIDE: f32 = 1.5;
/// The same for a question that names nothing of ours: «آیا لیزیک در شیردهی خطر دارد؟» is about what it names.
const NEAR_OUTSIDE_ALONE: f32 = 2.5;
/// Margin from which such a word is only mentioned: below it, no pair has the question as a whole.
const MENTIONED: f32 = -0.4;
/// Margin from which a pair answers what was taken for small talk, but not surely.
const SERIOUS: f32 = -0.2;

/// Whether a candidate of some kind is less than `gap` behind the best.
fn near(ranking: &Ranking, gap: f32, is: impl Fn(&Candidate) -> bool) -> bool {
    let Some(best) = ranking.best() else { return false };
    ranking.candidates.iter().any(|c| is(c) && best.score - c.score < gap)
}

/// How likely the best candidate of a ranking is right, from 0 to 1; 0 without candidates. `outside` says
/// whether the question names something that the knowledge is known not to hold.
#[must_use]
pub fn confidence(ranking: &Ranking, outside: bool, figures: &DecisionFigures) -> f32 {
    if ranking.best().is_none() { 0.0 } else { evidence(ranking, outside).confidence(figures) }
}

/// Decides what to reply with. Safety has been screened before.
#[must_use]
pub fn decide(understanding: &Understanding, context: &Context, figures: &DecisionFigures) -> Decision {
    let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
    several(&understanding.questions, figures)
        .filter(|_| understanding.ranking.best().is_some())
        .unwrap_or_else(|| one(&understanding.ranking, query, context, figures))
}

/// The decision on one question.
fn one(ranking: &Ranking, query: &Query, context: &Context, figures: &DecisionFigures) -> Decision {
    let thresholds = &figures.thresholds;
    let decision = |outcome, pairs: Vec<String>, aside: Option<String>, confidence, rule| Decision {
        outcome,
        pairs,
        aside,
        beside: Vec::new(),
        confidence,
        rule,
    };
    let confidence = confidence(ranking, !query.outside.is_empty(), figures);
    let Some(best) = ranking.best() else {
        return decision(Outcome::NoAnswer, Vec::new(), None, 0.0, "no words to go by");
    };
    // "Name another comedy, my brother died laughing": what is asked for lies outside.
    let asks_outside =
        !query.outside.is_empty() && near(ranking, NEAR_OUTSIDE, |c| c.kind == ClassKind::Outside);
    match best.kind {
        ClassKind::Smalltalk if confidence >= thresholds.smalltalk && !asks_outside => {
            return decision(Outcome::Smalltalk, Vec::new(), Some(best.id.clone()), confidence, "small talk");
        }
        ClassKind::Smalltalk => {
            // "Safe" in Latin letters sounds like «أسفة»: then it is the question that counts.
            let serious = serious(ranking);
            if serious.best().is_some_and(|c| c.kind == ClassKind::Pair && c.features.margin > SERIOUS) {
                return one(&serious, query, context, figures);
            }
            return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "small talk, too unsure");
        }
        ClassKind::Outside => {
            return decision(
                Outcome::NoAnswer,
                Vec::new(),
                Some(best.id.clone()),
                confidence,
                "known to lie outside",
            );
        }
        ClassKind::Pair => {}
    }
    // "How many sessions, and what do they cost?": the first half has its answer. Where prices do not come near, the
    // money is only spoken of.
    let other_want = query.asks.len() > 1 && best.features.asks > 0.0 && best.features.margin > 0.0;
    let other_want = other_want || !near(ranking, NEAR_PRICE, |c| c.id == PRICE);
    if query.asks.contains(&Asks::Cost) && !other_want {
        return decision(Outcome::NoAnswer, Vec::new(), Some(PRICE.into()), confidence, "asks for a price");
    }
    // A word in a story, or a slip, is not what the question turns on: nothing outside then comes near.
    let gap = if query.subjects.is_empty() { NEAR_OUTSIDE_ALONE } else { NEAR_OUTSIDE };
    let mentioned =
        best.features.margin >= MENTIONED && !near(ranking, gap, |c| c.kind == ClassKind::Outside);
    if !query.outside.is_empty() && best.features.coverage < 0.9 && !mentioned {
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "turns on something outside");
    }
    if best.features.known < thresholds.known {
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "too little of it is known");
    }
    let rivals = rivals(ranking, thresholds.gap);
    if confidence < thresholds.answer {
        if confidence >= thresholds.clarify && rivals.len() >= 2 && context.outcome != Some(Outcome::Clarify)
        {
            let pairs = rivals.iter().map(|c| c.id.clone()).collect();
            return decision(Outcome::Clarify, pairs, None, confidence, "several fit about equally");
        }
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "too unsure");
    }
    decision(Outcome::Answer, vec![best.id.clone()], None, confidence, "one pair answers")
}

/// The candidates that are no small talk.
fn serious(ranking: &Ranking) -> Ranking {
    let candidates = ranking.candidates.iter().filter(|c| c.kind != ClassKind::Smalltalk).cloned();
    Ranking { candidates: candidates.collect() }
}

/// The decision on several questions, of which each is as sure as one alone has to be; `None` where fewer than two are, or
/// no pair answers any.
fn several(questions: &[Question], figures: &DecisionFigures) -> Option<Decision> {
    let confidence = |question: &&Question| question.evidence.confidence(figures);
    let sure: Vec<&Question> =
        questions.iter().filter(|q| confidence(q) >= figures.thresholds.answer).collect();
    let of = |kind| sure.iter().filter(move |q| q.kind == kind).map(|q| q.id.clone()).collect::<Vec<_>>();
    let (pairs, beside) = (of(ClassKind::Pair), of(ClassKind::Outside));
    let several = sure.len() > 1 && !pairs.is_empty();
    several.then(|| Decision {
        outcome: Outcome::Answer,
        pairs,
        aside: None,
        beside,
        confidence: sure.iter().map(confidence).fold(1.0, f32::min),
        rule: "several questions, each sure",
    })
}

/// The pairs that fit about as well as the best, itself among them: those less than `gap` behind, at most four.
#[must_use]
pub fn rivals(ranking: &Ranking, gap: f32) -> Vec<&Candidate> {
    let Some(best) = ranking.best() else { return Vec::new() };
    let near = |c: &&Candidate| c.kind == ClassKind::Pair && best.score - c.score < gap;
    ranking.candidates.iter().filter(near).take(4).collect()
}
