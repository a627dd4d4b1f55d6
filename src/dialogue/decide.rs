//! Understanding to outcome: coverage, gap, what the knowledge does not hold.

use serde::Serialize;

use super::understand::Understanding;
use super::{Context, Outcome};
use crate::knowledge::Asks;
use crate::search::{Candidate, ClassKind};

/// What was decided, and by which rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The outcome.
    pub outcome: Outcome,
    /// The pairs that answer (one, or two that belong together), or what is asked back with.
    pub pairs: Vec<String>,
    /// The small talk or the outside entry that fits, if one does.
    pub aside: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that decided, for `--explain`.
    pub rule: &'static str,
}

/// The figures that rules compare with.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Thresholds {
    /// Confidence from which a pair answers.
    pub answer: f32,
    /// Confidence from which two pairs about equal are asked back.
    pub clarify: f32,
    /// Score by which the best has to be before the next.
    pub gap: f32,
    /// Share of the question's information that a pair has to know.
    pub known: f32,
}

/// The thresholds in force.
pub const THRESHOLDS: Thresholds = Thresholds { answer: 0.45, clarify: 0.35, gap: 0.35, known: 0.25 };

/// Slope and offset by which a score becomes a confidence.
const CALIBRATION: (f32, f32) = (0.9, -0.6);

/// The confidence of the best candidate: its score and its lead over the next of another kind.
#[must_use]
pub fn confidence(understanding: &Understanding) -> f32 {
    let Some(best) = understanding.ranking.best() else { return 0.0 };
    let lead = understanding.ranking.gap().clamp(0.0, 2.0);
    let z = CALIBRATION.0 * best.score + 0.5 * lead + CALIBRATION.1;
    1.0 / (1.0 + (-z).exp())
}

/// Decides what to reply with. Safety has been screened before.
#[must_use]
pub fn decide(understanding: &Understanding, context: &Context) -> Decision {
    let decision = |outcome, pairs: Vec<String>, aside: Option<String>, confidence, rule| Decision {
        outcome,
        pairs,
        aside,
        confidence,
        rule,
    };
    let confidence = confidence(understanding);
    let Some(best) = understanding.ranking.best() else {
        return decision(Outcome::NoAnswer, Vec::new(), None, 0.0, "no words to go by");
    };
    let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
    match best.kind {
        ClassKind::Smalltalk if confidence >= THRESHOLDS.clarify => {
            return decision(Outcome::Smalltalk, Vec::new(), Some(best.id.clone()), confidence, "small talk");
        }
        ClassKind::Smalltalk => {
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
    if query.asks.contains(&Asks::Cost) {
        return decision(Outcome::NoAnswer, Vec::new(), Some("price".into()), confidence, "asks for a price");
    }
    if !query.outside.is_empty() && best.features.coverage < 0.9 {
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "turns on something outside");
    }
    if best.features.known < THRESHOLDS.known {
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "too little of it is known");
    }
    let rivals: Vec<&Candidate> = understanding
        .ranking
        .candidates
        .iter()
        .filter(|c| c.kind == ClassKind::Pair && best.score - c.score < THRESHOLDS.gap)
        .take(4)
        .collect();
    if confidence < THRESHOLDS.answer {
        if confidence >= THRESHOLDS.clarify && rivals.len() >= 2 && context.outcome != Some(Outcome::Clarify)
        {
            let pairs = rivals.iter().map(|c| c.id.clone()).collect();
            return decision(Outcome::Clarify, pairs, None, confidence, "several fit about equally");
        }
        return decision(Outcome::NoAnswer, Vec::new(), None, confidence, "too unsure");
    }
    decision(Outcome::Answer, vec![best.id.clone()], None, confidence, "one pair answers")
}
