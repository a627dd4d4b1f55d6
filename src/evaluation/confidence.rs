//! The confidence of a ranking where the matcher is measured alone.

use crate::dialogue::decide;
use crate::knowledge::DecisionFigures;
use crate::search::Ranking;

/// Confidence from which the best class would be answered with.
#[must_use]
pub fn answer_threshold() -> f32 {
    DecisionFigures::default().thresholds.answer
}

/// The confidence that the best candidate is right, from 0 to 1; 0 without candidates.
#[must_use]
pub fn confidence(ranking: &Ranking) -> f32 {
    decide::confidence(ranking, false, &DecisionFigures::default())
}

/// The ids of the `n` best with a figure each, best first: the first has the ranking's confidence, each other
/// one a share of it that falls with its distance in score.
#[must_use]
pub fn hits(ranking: &Ranking, n: usize) -> Vec<(String, f32)> {
    let first = confidence(ranking);
    let top = ranking.best().map_or(0.0, |best| best.score);
    ranking.candidates.iter().take(n).map(|c| (c.id.clone(), first * (c.score - top).exp())).collect()
}
