//! The confidence of a ranking where the matcher is measured alone.

use crate::search::Ranking;

/// Confidence from which the best class would be answered with.
pub const ANSWER: f32 = 0.45;

/// Weight of the score, weight of the lead, offset.
const LOGISTIC: (f32, f32, f32) = (0.9, 0.5, -0.6);
/// A lead beyond this says no more.
const WIDEST_LEAD: f32 = 2.0;

/// The confidence that the best candidate is right, from 0 to 1: its score and its lead over the next; 0
/// without candidates.
#[must_use]
pub fn confidence(ranking: &Ranking) -> f32 {
    ranking.best().map_or(0.0, |best| logistic(best.score, ranking.gap()))
}

/// The ids of the `n` best with a confidence each, best first. The best has the ranking's; each other one that
/// of its score without any lead, so that none comes before a better one.
#[must_use]
pub fn hits(ranking: &Ranking, n: usize) -> Vec<(String, f32)> {
    let first = confidence(ranking);
    let each = ranking.candidates.iter().take(n).enumerate();
    each.map(|(at, c)| (c.id.clone(), if at == 0 { first } else { logistic(c.score, 0.0) })).collect()
}

fn logistic(score: f32, lead: f32) -> f32 {
    let (weight, lead_weight, offset) = LOGISTIC;
    let z = weight * score + lead_weight * lead.clamp(0.0, WIDEST_LEAD) + offset;
    1.0 / (1.0 + (-z).exp())
}
