//! Candidates to an order and a confidence, by features that a person can read.

use rustc_hash::FxHashMap;

use serde::Serialize;

use super::query::Terms;
use crate::knowledge::Asks;

/// Everything that a candidate is judged by. All are from 0 to 1 unless said otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Features {
    /// Share of the probability that the linear model gives this class.
    pub vote: f32,
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
}

/// What each feature counts. Fitted by logistic regression on variants held out of training in five folds
/// (5,991 questions): the linear model's margin and the share of the question that the class knows at all
/// carry most; coverage by one form settles what is left between neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    margin: f32,
    coverage: f32,
    reverse: f32,
    known: f32,
    asks: f32,
    subject: f32,
    rank: f32,
    context: f32,
    /// What a class that is no pair gets: those have more forms than pairs, so their margins are lower.
    aside: f32,
}

/// The weights in force.
pub const WEIGHTS: Weights = Weights {
    margin: 4.75,
    coverage: 0.2,
    reverse: 0.2,
    known: 2.4,
    asks: 0.35,
    subject: 0.7,
    rank: 1.0,
    context: 2.0,
    aside: 0.75,
};

impl Features {
    /// What the score is made of: each feature's name, its value and what one of it counts. The products sum up to
    /// [`score`](Features::score).
    #[must_use]
    pub fn parts(&self, weights: &Weights, is_pair: bool) -> Vec<(&'static str, f32, f32)> {
        vec![
            ("margin", self.margin.clamp(-1.5, 1.5), weights.margin),
            ("coverage", self.coverage, weights.coverage),
            ("reverse", self.reverse, weights.reverse),
            ("known", self.known, weights.known),
            ("asks", self.asks, weights.asks),
            ("subject", self.subject, weights.subject),
            ("rank", self.rank, weights.rank),
            ("context", self.context, weights.context),
            ("aside", if is_pair { 0.0 } else { 1.0 }, weights.aside),
        ]
    }

    /// The weighed sum, comparable between the candidates of one query. No upper or lower bound.
    #[must_use]
    pub fn score(&self, weights: &Weights, is_pair: bool) -> f32 {
        weights.margin * self.margin.clamp(-1.5, 1.5)
            + weights.coverage * self.coverage
            + weights.reverse * self.reverse
            + weights.known * self.known
            + weights.asks * self.asks
            + weights.subject * self.subject
            + weights.rank * self.rank
            + weights.context * self.context
            + if is_pair { 0.0 } else { weights.aside }
    }
}

/// A question's terms, or those of one form, ready to be compared: keys ascending with their weights.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    terms: Vec<(u64, f32)>,
    total: f32,
}

/// The forms of one class by their terms, so that a question meets only the forms it shares a term with.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// Every term of any form, ascending, with where its row of `held` begins.
    keys: Vec<(u64, u32)>,
    /// Row after row, the forms that hold a term and what it says there.
    held: Vec<(u32, f32)>,
    /// What each form says in all.
    totals: Vec<f32>,
}

impl Forms {
    /// Lays out the forms of a class.
    #[must_use]
    pub fn new(forms: &[Weighed]) -> Self {
        let mut entries: Vec<(u64, u32, f32)> = forms
            .iter()
            .zip(0..)
            .flat_map(|(form, at)| form.terms.iter().map(move |(key, weight)| (*key, at, *weight)))
            .collect();
        entries.sort_unstable_by_key(|(key, at, _)| (*key, *at));
        let mut out = Forms { totals: forms.iter().map(|f| f.total).collect(), ..Forms::default() };
        for (key, at, weight) in entries {
            if out.keys.last().is_none_or(|(last, _)| *last != key) {
                out.keys.push((key, out.held.len() as u32));
            }
            out.held.push((at, weight));
        }
        out
    }

    fn holding(&self, key: u64) -> &[(u32, f32)] {
        let Ok(at) = self.keys.binary_search_by_key(&key, |(k, _)| *k) else { return &[] };
        let start = self.keys.get(at).map_or(0, |(_, start)| *start as usize);
        let end = self.keys.get(at + 1).map_or(self.held.len(), |(_, start)| *start as usize);
        self.held.get(start..end).unwrap_or_default()
    }

    /// Share of the question's information that the form fitting best holds, and share of that form's
    /// information that the question holds; zeros where no form shares a term.
    #[must_use]
    pub fn best_overlap(&self, query: &Weighed) -> (f32, f32) {
        let mut shared = vec![(0.0f32, 0.0f32); self.totals.len()];
        for (key, weight) in &query.terms {
            for (form, theirs) in self.holding(*key) {
                if let Some(sums) = shared.get_mut(*form as usize) {
                    sums.0 += weight;
                    sums.1 += theirs;
                }
            }
        }
        let mut best = (0.0, 0.0);
        for ((ours, theirs), total) in shared.into_iter().zip(&self.totals) {
            if ours == 0.0 {
                continue;
            }
            let (coverage, reverse) = (ours / query.total, theirs / total);
            // Covering the question matters more than being covered by it: stories hold much besides.
            if coverage + 0.6 * reverse > best.0 + 0.6 * best.1 {
                best = (coverage, reverse);
            }
        }
        best
    }
}

/// How much each term says, in one language.
#[derive(Debug, Clone, Default)]
pub struct Information {
    idf: FxHashMap<u64, f32>,
    /// What a term counts that no form holds.
    unknown: f32,
}

impl Information {
    /// From the forms of each class: a term that few classes use says much.
    #[must_use]
    pub fn new(classes: &[Vec<Terms>]) -> Self {
        let mut counts: FxHashMap<u64, f32> = FxHashMap::default();
        for forms in classes {
            let mut keys: Vec<u64> = forms.iter().flatten().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1.0);
        }
        let total = classes.len() as f32;
        let idf: FxHashMap<u64, f32> =
            counts.into_iter().map(|(key, count)| (key, (1.0 + total / count).ln())).collect();
        // An unknown word is often part of a story; it says about as much as a middling known one.
        let unknown = (1.0 + total / 12.0).ln();
        Self { idf, unknown }
    }

    /// The terms of a text with what they say.
    #[must_use]
    pub fn weigh(&self, terms: &Terms) -> Weighed {
        let says = |key| self.idf.get(key).copied().unwrap_or(self.unknown);
        let mut terms: Terms = terms.iter().map(|(key, weight)| (*key, weight * says(key))).collect();
        terms.sort_unstable_by_key(|(key, _)| *key);
        let total = terms.iter().map(|(_, w)| w).sum();
        Weighed { terms, total }
    }
}

impl Weighed {
    /// Share of this one's information that `other` holds; 0 for an empty one.
    #[must_use]
    pub fn covered_by(&self, other: &Weighed) -> f32 {
        let holds = |key: &u64| other.terms.binary_search_by_key(key, |(k, _)| *k).is_ok();
        let held: f32 = self.terms.iter().filter(|(key, _)| holds(key)).map(|(_, weight)| weight).sum();
        if self.total > 0.0 { held / self.total } else { 0.0 }
    }

    /// The union of several, each term once.
    #[must_use]
    pub fn union<'a>(all: impl Iterator<Item = &'a Weighed>) -> Weighed {
        let mut terms: Vec<(u64, f32)> = all.flat_map(|w| w.terms.iter().copied()).collect();
        terms.sort_unstable_by_key(|(key, _)| *key);
        terms.dedup_by_key(|(key, _)| *key);
        let total = terms.iter().map(|(_, w)| w).sum();
        Weighed { terms, total }
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
            ..Features::default()
        };
        for is_pair in [true, false] {
            let sum: f32 =
                features.parts(&WEIGHTS, is_pair).iter().map(|(_, value, weight)| value * weight).sum();
            assert!((sum - features.score(&WEIGHTS, is_pair)).abs() < 1e-5);
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
