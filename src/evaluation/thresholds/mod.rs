//! Which thresholds and which calibration the labelled questions speak for, what each choice costs, and whether
//! that holds for questions that it was not fitted on.

pub mod costs;
mod logistic;
pub mod observe;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use costs::{AnswerCost, answer_cost, cheapest, is_answer};
use logistic::Seen;
use observe::{Observed, observe};

use super::calibration::Calibration;
use super::lines::ReadError;
use super::run::Judged;
use crate::dialogue::{Engine, Message};
use crate::knowledge::decision::FittedOn;
use crate::knowledge::{Calibration as Weights, DecisionFigures};
use crate::search::Likeness;

/// Parts that what was observed is cut into; each is checked with what the others were fitted to.
pub const FOLDS: usize = 10;
/// Answers that a calibration needs at least; of fewer nothing is proposed.
const LEAST_ANSWERS: usize = 100;

/// Labelled questions as thresholds see them, and what follows.
#[derive(Debug, Clone)]
pub struct Study {
    /// Every question, in the order it was asked.
    pub observed: Vec<Observed>,
    /// Whether the semantic signal spoke. Then only the calibration with it is fitted, to the answers of which it
    /// said something: thresholds are the same with and without.
    pub signal: bool,
    /// The figures in force.
    pub in_force: DecisionFigures,
    /// The figures that fit what was observed best, with its counts; `None` of too few answers.
    pub proposed: Option<DecisionFigures>,
    /// The same way of choosing, checked on questions that it did not see; `None` of too few answers.
    pub checked: Option<Checked>,
}

/// How a fit does on the folds that it did not see.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What the thresholds chosen without a fold cost on it, summed over all folds.
    pub cost: AnswerCost,
    /// Confidence against truth over all answers, each by weights fitted without its fold.
    pub calibration: Calibration,
    /// The same over the answers that those thresholds give.
    pub given: Calibration,
}

impl Study {
    /// Observes the questions of `judged` and fits the figures to them.
    ///
    /// # Errors
    /// A pattern that takes too long, with its place.
    pub fn new(
        engine: &Engine,
        judged: &[Judged],
        likeness: &impl Fn(&Message) -> Option<Likeness>,
    ) -> Result<Study, ReadError> {
        let observed = observe(engine, judged, likeness)?;
        let in_force = engine.knowledge().decision.clone();
        let signal = observed.iter().any(|one| one.evidence.alike.is_some());
        let enough = observed.iter().filter(|one| is_fitted_to(one, signal)).count() >= LEAST_ANSWERS;
        let proposed = enough.then(|| {
            let mut proposed = chosen(&observed, &in_force, signal);
            proposed.fitted_on.retain(|set| set.signal != signal);
            proposed.fitted_on.extend(counts(judged, &observed, signal));
            proposed.fitted_on.sort_by_key(|set| set.signal);
            proposed
        });
        let checked = enough.then(|| checked(&observed, &in_force, signal));
        Ok(Study { observed, signal, in_force, proposed, checked })
    }

    /// What it costs to answer from confidence `answer` on, by the calibration in force.
    #[must_use]
    pub fn answer_cost(&self, answer: f32) -> AnswerCost {
        let clarify = self.in_force.thresholds.clarify.min(answer);
        answer_cost(self.observed.iter().map(|one| (one, one.confidence)), answer, clarify)
    }

    /// Confidence against truth over all answers that no threshold held back, by the calibration in force.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        let answers = self.observed.iter().filter(|one| is_answer(one));
        Calibration::new(answers.map(|one| (one.confidence, one.bold_passes)))
    }
}

/// Whether a calibration is fitted to it: an answer of which the semantic signal said something, or nothing.
fn is_fitted_to(one: &Observed, signal: bool) -> bool {
    is_answer(one) && one.evidence.alike.is_some() == signal
}

/// The figures in force with the calibration fitted again, and the thresholds that cost least by it.
fn chosen(observed: &[Observed], in_force: &DecisionFigures, signal: bool) -> DecisionFigures {
    let mut figures = in_force.clone();
    let weights = fitted(observed, in_force.calibration_for(signal), signal);
    if signal {
        figures.calibration_with_signal = weights;
    } else {
        figures.calibration = weights;
        figures.thresholds = cheapest(&recalibrated(observed, &figures), &in_force.thresholds);
    }
    figures
}

/// The weights that fit the answers; what lies outside keeps its own, as too few questions show it.
fn fitted(observed: &[Observed], in_force: &Weights, signal: bool) -> Weights {
    let seen: Vec<Seen> = observed
        .iter()
        .filter(|one| is_fitted_to(one, signal))
        .map(|one| Seen {
            figures: [
                f64::from(one.evidence.margin),
                f64::from(one.evidence.lead),
                f64::from(one.evidence.known),
                f64::from(one.evidence.alike.unwrap_or(0.0)),
                1.0,
            ],
            given: f64::from(in_force.outside * one.evidence.outside),
            right: one.bold_passes,
        })
        .collect();
    let rounded = |weight: f64| ((weight * 1000.0).round() / 1000.0) as f32;
    let [margin, lead, known, alike, offset] = logistic::fit(&seen).map(rounded);
    // Better evidence must never make an answer less likely, however the sample fell out.
    let rising = |weight: f32| weight.max(0.0);
    Weights {
        margin: rising(margin),
        lead: rising(lead),
        known: rising(known),
        alike: rising(alike),
        outside: in_force.outside,
        offset,
    }
}

/// The same questions with the confidences of other figures.
fn recalibrated(observed: &[Observed], figures: &DecisionFigures) -> Vec<Observed> {
    let again = |one: &Observed| {
        let confidence = if one.class.is_empty() { one.confidence } else { one.evidence.confidence(figures) };
        Observed { confidence, ..one.clone() }
    };
    observed.iter().map(again).collect()
}

/// The fold of every question: those of one class share one, and all folds are about as large.
fn folds(observed: &[Observed]) -> Vec<usize> {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for one in observed {
        *classes.entry(&one.class).or_default() += 1;
    }
    let mut largest_first: Vec<(&str, usize)> = classes.into_iter().collect();
    largest_first.sort_by_key(|(class, size)| (std::cmp::Reverse(*size), *class));
    let mut sizes = [0; FOLDS];
    let mut fold_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (class, size) in largest_first {
        let smallest = (0..FOLDS).min_by_key(|fold| sizes[*fold]).unwrap_or_default();
        sizes[smallest] += size;
        fold_of.insert(class, smallest);
    }
    observed.iter().map(|one| fold_of.get(one.class.as_str()).copied().unwrap_or_default()).collect()
}

fn checked(observed: &[Observed], in_force: &DecisionFigures, signal: bool) -> Checked {
    let folds = folds(observed);
    let part = |wanted: &dyn Fn(usize) -> bool| -> Vec<Observed> {
        observed.iter().zip(&folds).filter(|(_, fold)| wanted(**fold)).map(|(one, _)| one.clone()).collect()
    };
    let (mut cost, mut all, mut given) = (AnswerCost::default(), Vec::new(), Vec::new());
    for fold in 0..FOLDS {
        let (unseen, seen) = (part(&|f| f == fold), part(&|f| f != fold));
        let figures = chosen(&seen, in_force, signal);
        let thresholds = figures.thresholds;
        let unseen = recalibrated(&unseen, &figures);
        let pairs = unseen.iter().map(|one| (one, one.confidence));
        cost = cost.plus(answer_cost(pairs, thresholds.answer, thresholds.clarify));
        for one in unseen.iter().filter(|one| is_answer(one)) {
            all.push((one.confidence, one.bold_passes));
            if one.confidence >= thresholds.answer {
                given.push((one.confidence, one.bold_passes));
            }
        }
    }
    Checked { cost, calibration: Calibration::new(all), given: Calibration::new(given) }
}

/// The counts of each folder that questions were read from.
fn counts(judged: &[Judged], observed: &[Observed], signal: bool) -> Vec<FittedOn> {
    let mut sets: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for (one, seen) in judged.iter().zip(observed) {
        let file = Path::new(&one.question.place.file);
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(file);
        let (questions, answers, right) = sets.entry(folder.display().to_string()).or_default();
        *questions += 1;
        *answers += usize::from(is_fitted_to(seen, signal));
        *right += usize::from(is_fitted_to(seen, signal) && seen.bold_passes);
    }
    sets.into_iter()
        .map(|(set, (questions, answers, right))| FittedOn { set, signal, questions, answers, right })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Outcome;
    use crate::dialogue::decide::Evidence;
    use crate::evaluation::draw::Draw;
    use crate::evaluation::questions::Kind;

    /// Answers of forty classes whose truth follows the calibration in force, with or without the semantic signal.
    fn sample(n: usize, signal: bool) -> Vec<Observed> {
        let mut draw = Draw::new(5);
        let mut unit = move || draw.below(1_000_000) as f32 / 1_000_000.0;
        (0..n)
            .map(|at| {
                let evidence = Evidence {
                    margin: unit() * 3.0 - 1.5,
                    lead: unit() * 3.0,
                    known: unit(),
                    alike: signal.then(&mut unit),
                    ..Evidence::default()
                };
                let confidence = evidence.confidence(&DecisionFigures::default());
                let right = unit() < confidence;
                Observed {
                    kind: if at % 10 == 0 && !right { Kind::Refuse } else { Kind::Answer },
                    class: format!("pair-{}", at % 40),
                    evidence,
                    confidence,
                    bold: Outcome::Answer,
                    bold_passes: right,
                    rivals: false,
                    passes: right,
                }
            })
            .collect()
    }

    #[test]
    fn folds_share_no_class() {
        let observed = sample(995, false);
        let folds = folds(&observed);
        let mut of_class: BTreeMap<&str, usize> = BTreeMap::new();
        for (one, fold) in observed.iter().zip(&folds) {
            assert_eq!(of_class.entry(&one.class).or_insert(*fold), fold);
        }
        for fold in 0..FOLDS {
            let size = folds.iter().filter(|f| **f == fold).count();
            assert!((90..=110).contains(&size), "{fold}: {size}");
        }
    }

    #[test]
    fn a_calibration_that_holds_is_found_again() {
        let in_force = DecisionFigures::default();
        for signal in [false, true] {
            let observed = sample(4000, signal);
            let weights = in_force.calibration_for(signal);
            let found = fitted(&observed, weights, signal);
            for (found, weight) in
                [(found.margin, weights.margin), (found.lead, weights.lead), (found.known, weights.known)]
            {
                assert!((found - weight).abs() < 0.5, "{found:?} {weight}");
            }
            assert!((found.alike - weights.alike).abs() < 0.5, "{found:?}");
            let checked = checked(&observed, &in_force, signal);
            assert!(checked.calibration.error().unwrap() < 0.03, "{checked:?}");
            assert_eq!(checked.calibration.answers(), 4000);
            assert!(checked.given.answers() < 4000 && checked.cost.wrong > 0);
            // The other calibration has nothing to be fitted to, and thresholds are chosen without the signal.
            let other = in_force.calibration_for(!signal);
            let chosen = chosen(&observed, &in_force, signal);
            assert_eq!(chosen.calibration_for(!signal), other);
            assert!(!signal || chosen.thresholds == in_force.thresholds, "{chosen:?}");
        }
    }
}
