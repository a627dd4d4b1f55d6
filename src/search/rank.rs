//! Candidates to an order and a confidence, by features that a person can read.

use serde::Serialize;

use super::matcher::ClassKind;
use crate::knowledge::Asks;

/// Everything that a candidate is judged by. All are from 0 to 1 unless said otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Features {
    /// The linear model's margin, about -1 to 1.
    pub margin: f32,
    /// Share of the question's information (idf-weighted) that the class's best form covers.
    pub coverage: f32,
    /// Share of that form's information that the question covers.
    pub reverse: f32,
    /// Share of the question's information that any form or the answer of the class covers.
    pub known: f32,
    /// Whether what the question wants is what the class answers: 1 yes, 0 unsaid, -1 no.
    pub asks: f32,
    /// Whether the question's subjects are the class's: 1 yes, 0 unsaid, -2.5 another.
    pub subject: f32,
    /// Rank among Tantivy's candidates: 1 for the first, 1/2 for the second …, 0 for none.
    pub rank: f32,
    /// How well it fits the topic under discussion, where the question leans on it.
    pub context: f32,
    /// How alike it is in meaning, as an embedding model sees it; `None` without that signal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub semantic: Option<f32>,
}

/// What each feature counts. Fitted by logistic regression on variants held out of training in five folds
/// (5,991 questions): the linear model's margin and the share of the question that the class knows at all
/// carry most; coverage by one form settles what is left between neighbours. Since then the margin counts a tenth more
/// and what an aside knows a fifth less: of 9,688 questions written for their pairs 33 more are answered right, 7 more
/// wrong. What the semantic signal counts makes the right pairs of the tuning questions likeliest; between 6 and 12
/// little changes.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    margin: f32,
    coverage: f32,
    reverse: f32,
    known: f32,
    /// What `known` counts for a class that is no pair: it has more forms, of more words.
    known_aside: f32,
    asks: f32,
    subject: f32,
    rank: f32,
    context: f32,
    semantic: f32,
    /// What a class that is no pair gets: those have more forms than pairs, so their margins are lower.
    outside: f32,
    smalltalk: f32,
}

/// The weights in force.
pub const WEIGHTS: Weights = Weights {
    margin: 5.2,
    coverage: 0.2,
    reverse: 0.2,
    known: 2.4,
    known_aside: 1.9,
    asks: 0.35,
    subject: 0.7,
    rank: 1.0,
    context: 2.0,
    semantic: 9.0,
    outside: 0.25,
    smalltalk: 0.75,
};

impl Weights {
    /// What the share of the question that a class knows counts.
    const fn known(&self, kind: ClassKind) -> f32 {
        match kind {
            ClassKind::Pair => self.known,
            ClassKind::Outside | ClassKind::Smalltalk => self.known_aside,
        }
    }

    /// What a class gets for being of its kind.
    const fn aside(&self, kind: ClassKind) -> f32 {
        match kind {
            ClassKind::Pair => 0.0,
            ClassKind::Outside => self.outside,
            ClassKind::Smalltalk => self.smalltalk,
        }
    }
}

impl Features {
    /// What the score is made of: each feature's name, its value and what one of it counts. The products sum up to
    /// [`score`](Features::score).
    #[must_use]
    pub fn parts(&self, weights: &Weights, kind: ClassKind) -> Vec<(&'static str, f32, f32)> {
        vec![
            ("margin", self.margin.clamp(-1.5, 1.5), weights.margin),
            ("coverage", self.coverage, weights.coverage),
            ("reverse", self.reverse, weights.reverse),
            ("known", self.known, weights.known(kind)),
            ("asks", self.asks, weights.asks),
            ("subject", self.subject, weights.subject),
            ("rank", self.rank, weights.rank),
            ("context", self.context, weights.context),
            ("aside", if kind == ClassKind::Pair { 0.0 } else { 1.0 }, weights.aside(kind)),
            ("semantic", self.semantic.unwrap_or(0.0), weights.semantic),
        ]
    }

    /// The weighed sum, comparable between the candidates of one query. No upper or lower bound.
    #[must_use]
    pub fn score(&self, weights: &Weights, kind: ClassKind) -> f32 {
        weights.margin * self.margin.clamp(-1.5, 1.5)
            + weights.coverage * self.coverage
            + weights.reverse * self.reverse
            + weights.known(kind) * self.known
            + weights.asks * self.asks
            + weights.subject * self.subject
            + weights.rank * self.rank
            + weights.context * self.context
            + self.semantic.map_or(0.0, |semantic| weights.semantic * semantic)
            + weights.aside(kind)
    }
}

/// How what a question wants fits what a class answers.
#[must_use]
pub fn asks_fit(wanted: &[Asks], answered: Option<Asks>) -> f32 {
    let Some(answered) = answered else { return 0.0 };
    if wanted.is_empty() {
        return 0.0;
    }
    if wanted.iter().any(|w| *w == answered || akin(*w, answered)) {
        return 1.0;
    }
    // "What" and "how" frame questions of every kind, so alone they speak against nothing.
    if wanted.iter().all(|w| matches!(w, Asks::What | Asks::How | Asks::MayI | Asks::Works)) {
        0.0
    } else {
        -1.0
    }
}

/// Wants that patients put in each other's words.
fn akin(a: Asks, b: Asks) -> bool {
    use Asks::{
        Advice, After, Before, Harm, HowLong, HowMany, HowMuch, HowOften, Hurts, MayI, Proof, Versus, When,
        Who, Works,
    };
    let pairs = [
        (MayI, Who),
        (MayI, Works),
        (Works, Proof),
        (HowLong, When),
        (HowLong, HowMuch),
        (HowMany, HowMuch),
        (HowOften, HowMany),
        (HowOften, When),
        (HowOften, HowLong),
        (Harm, Hurts),
        (Harm, MayI),
        (When, After),
        (MayI, After),
        (MayI, Before),
        (Advice, Before),
        (HowLong, After),
        (Versus, Works),
    ];
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

/// Fit of a class about another subject than the one named: hair is never answered with laser.
const ANOTHER_SUBJECT: f32 = -2.5;

/// How the subjects that a question names fit those of a class. `treatment` is what everything here is
/// about, so naming it says nothing.
#[must_use]
pub fn subject_fit(named: &[String], about: &[String]) -> f32 {
    let own: Vec<&String> = named.iter().filter(|s| is_subject(s)).collect();
    if own.is_empty() || about.is_empty() {
        return 0.0;
    }
    if own.iter().all(|s| about.iter().any(|a| a == *s || near(s, a))) {
        return 1.0;
    }
    if own.iter().any(|s| about.iter().any(|a| a == *s || near(s, a))) { 0.3 } else { ANOTHER_SUBJECT }
}

fn is_subject(id: &str) -> bool {
    matches!(
        id,
        "face" | "skin" | "hair" | "scalp" | "body" | "prp" | "botox" | "filler" | "laser" | "microneedling"
    )
}

/// Subjects that stand for each other.
fn near(a: &str, b: &str) -> bool {
    matches!((a, b), ("scalp", "hair") | ("face", "skin") | ("skin", "face") | ("face" | "skin", "treatment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_up_to_the_score() {
        let features = Features {
            margin: -2.0,
            coverage: 0.5,
            known: 0.7,
            subject: -2.5,
            rank: 0.25,
            semantic: Some(0.3),
            ..Features::default()
        };
        for kind in [ClassKind::Pair, ClassKind::Outside, ClassKind::Smalltalk] {
            let sum: f32 =
                features.parts(&WEIGHTS, kind).iter().map(|(_, value, weight)| value * weight).sum();
            assert!((sum - features.score(&WEIGHTS, kind)).abs() < 1e-5);
        }
    }

    #[test]
    fn wants_fit() {
        for (wanted, answered, fit) in [
            (vec![Asks::HowMany], Asks::HowMany, 1.0),
            (vec![Asks::When], Asks::HowMany, -1.0),
            (vec![Asks::What], Asks::HowMany, 0.0),
            (vec![], Asks::HowMany, 0.0),
        ] {
            assert_eq!(asks_fit(&wanted, Some(answered)), fit, "{wanted:?} {answered:?}");
        }
    }

    #[test]
    fn subjects_fit() {
        let list = |s: &[&str]| s.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(subject_fit(&list(&["hair"]), &list(&["hair"])), 1.0);
        assert_eq!(subject_fit(&list(&["scalp"]), &list(&["hair"])), 1.0);
        assert_eq!(subject_fit(&list(&["hair"]), &list(&["prp"])), ANOTHER_SUBJECT);
        assert_eq!(subject_fit(&list(&["treatment"]), &list(&["prp"])), 0.0);
    }
}
