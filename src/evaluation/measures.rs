//! Rankings to figures.

/// What the matcher found for one query.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Ids that would be right; empty for a query out of scope.
    pub gold: Vec<String>,
    /// Ids and confidences, best first; empty where nothing was found.
    pub hits: Vec<(String, f32)>,
    /// Milliseconds that reading and ranking took.
    pub ms: f64,
}

impl Found {
    /// Confidence of the best hit; minus infinity where nothing was found, as that is never answered.
    fn top(&self) -> f64 {
        self.hits.first().map_or(f64::NEG_INFINITY, |(_, confidence)| f64::from(*confidence))
    }

    /// Whether the best hit is right.
    fn right(&self) -> bool {
        self.hits.first().is_some_and(|(id, _)| self.gold.contains(id))
    }

    /// Gold ids among the first five, as a share of those that could be there.
    fn recall_5(&self) -> f64 {
        let found = self.gold.iter().filter(|id| self.hits.iter().take(5).any(|(hit, _)| hit == *id)).count();
        found as f64 / self.gold.len().clamp(1, 5) as f64
    }

    /// One over the rank of the first gold id; 0 where it is not among the first ten.
    fn reciprocal_rank(&self) -> f64 {
        let rank = self.hits.iter().take(10).position(|(hit, _)| self.gold.contains(hit));
        rank.map_or(0.0, |at| 1.0 / (at + 1) as f64)
    }
}

/// Figures of one language, all shares from 0 to 1. `None` where there is nothing to take them from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Queries with gold ids.
    pub in_scope: usize,
    /// Queries without.
    pub out_of_scope: usize,
    /// Share of in-scope queries whose best hit is right.
    pub accuracy_1: Option<f64>,
    /// Mean share of gold ids among the first five.
    pub recall_5: Option<f64>,
    /// Mean reciprocal rank within the first ten.
    pub mrr_10: Option<f64>,
    /// How likely a rightly answered in-scope query has more confidence than one out of scope, ties half.
    pub auroc: Option<f64>,
    /// Share of in-scope queries at or above the answer threshold.
    pub answered: Option<f64>,
    /// Share of out-of-scope queries at or above it.
    pub false_answers: Option<f64>,
    /// Share of out-of-scope queries at or above the threshold that keeps 95 % of the in-scope ones.
    pub false_answers_95: Option<f64>,
    /// That threshold.
    pub threshold_95: Option<f64>,
    /// Median milliseconds a query.
    pub median_ms: Option<f64>,
    /// The 99th percentile of them.
    pub p99_ms: Option<f64>,
}

/// Share of the in-scope queries that the second threshold keeps.
const KEPT: f64 = 0.95;

/// The figures of `found`, with `threshold` as the confidence from which a query is answered.
#[must_use]
pub fn measure(found: &[Found], threshold: f64) -> Measures {
    let (inside, outside): (Vec<&Found>, Vec<&Found>) = found.iter().partition(|f| !f.gold.is_empty());
    let right: Vec<f64> = inside.iter().filter(|f| f.right()).map(|f| f.top()).collect();
    let tops: Vec<f64> = inside.iter().map(|f| f.top()).collect();
    let others: Vec<f64> = outside.iter().map(|f| f.top()).collect();
    let threshold_95 = keeping(&tops, KEPT);
    let mut ms: Vec<f64> = found.iter().map(|f| f.ms).collect();
    ms.sort_by(f64::total_cmp);
    Measures {
        in_scope: inside.len(),
        out_of_scope: outside.len(),
        accuracy_1: mean(inside.iter().map(|f| f64::from(u8::from(f.right())))),
        recall_5: mean(inside.iter().map(|f| f.recall_5())),
        mrr_10: mean(inside.iter().map(|f| f.reciprocal_rank())),
        auroc: auroc(&right, &others),
        answered: at_least(&tops, threshold),
        false_answers: at_least(&others, threshold),
        // Where nothing is found for more than 5 %, whatever has a hit is answered.
        false_answers_95: threshold_95.and_then(|t| at_least(&others, t.max(f64::MIN))),
        threshold_95: threshold_95.filter(|t| t.is_finite()),
        median_ms: percentile(&ms, 0.5),
        p99_ms: percentile(&ms, 0.99),
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = values.len();
    (count > 0).then(|| values.sum::<f64>() / count as f64)
}

fn at_least(values: &[f64], threshold: f64) -> Option<f64> {
    mean(values.iter().map(|v| f64::from(u8::from(*v >= threshold))))
}

/// The highest threshold at which `share` of `values` stay; minus infinity where only that one keeps so many.
fn keeping(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let kept = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(kept.checked_sub(1)?).copied()
}

/// The value below which `share` of the ascending `sorted` lie: the nearest rank from above.
#[must_use]
pub fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

/// How likely one of `high` is above one of `low`, ties half; `None` if either is empty.
#[must_use]
pub fn auroc(high: &[f64], low: &[f64]) -> Option<f64> {
    if high.is_empty() || low.is_empty() {
        return None;
    }
    let mut low = low.to_vec();
    low.sort_by(f64::total_cmp);
    let wins = |value: &f64| {
        let below = low.partition_point(|l| l < value);
        let ties = low.partition_point(|l| l <= value) - below;
        below as f64 + ties as f64 / 2.0
    };
    Some(high.iter().map(wins).sum::<f64>() / (high.len() * low.len()) as f64)
}

impl Measures {
    /// The mean of several draws, figure by figure; a figure is `None` if any draw lacks it.
    #[must_use]
    pub fn mean_of(draws: &[Measures]) -> Measures {
        let of = |figure: fn(&Measures) -> Option<f64>| {
            let values: Option<Vec<f64>> = draws.iter().map(figure).collect();
            values.and_then(|v| mean(v.into_iter()))
        };
        let first = draws.first().copied().unwrap_or_default();
        Measures {
            in_scope: first.in_scope,
            out_of_scope: first.out_of_scope,
            accuracy_1: of(|m| m.accuracy_1),
            recall_5: of(|m| m.recall_5),
            mrr_10: of(|m| m.mrr_10),
            auroc: of(|m| m.auroc),
            answered: of(|m| m.answered),
            false_answers: of(|m| m.false_answers),
            false_answers_95: of(|m| m.false_answers_95),
            threshold_95: of(|m| m.threshold_95),
            median_ms: of(|m| m.median_ms),
            p99_ms: of(|m| m.p99_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(gold: &[&str], hits: &[(&str, f32)], ms: f64) -> Found {
        Found {
            gold: gold.iter().map(|g| (*g).to_owned()).collect(),
            hits: hits.iter().map(|(id, c)| ((*id).to_owned(), *c)).collect(),
            ms,
        }
    }

    /// Four in scope (right, right, second place, nothing found) and four out of scope.
    fn small_set() -> Vec<Found> {
        vec![
            found(&["a"], &[("a", 0.875), ("b", 0.25)], 1.0),
            found(&["b", "c"], &[("b", 0.5), ("a", 0.25)], 2.0),
            found(&["c"], &[("a", 0.75), ("c", 0.5)], 3.0),
            found(&["d"], &[], 4.0),
            found(&[], &[("a", 0.625)], 5.0),
            found(&[], &[("a", 0.5)], 6.0),
            found(&[], &[("b", 0.125)], 7.0),
            found(&[], &[], 8.0),
        ]
    }

    #[test]
    fn a_set_counted_by_hand() {
        let measures = measure(&small_set(), 0.5);
        assert_eq!((measures.in_scope, measures.out_of_scope), (4, 4));
        assert_eq!(measures.accuracy_1, Some(0.5));
        // 1, 1/2, 1, 0
        assert_eq!(measures.recall_5, Some(0.625));
        // 1, 1, 1/2, 0
        assert_eq!(measures.mrr_10, Some(0.625));
        // 0.875 is above all four; 0.5 is above two and ties with one: (4 + 2.5) / 8.
        assert_eq!(measures.auroc, Some(0.8125));
        assert_eq!(measures.answered, Some(0.75));
        assert_eq!(measures.false_answers, Some(0.5));
        // One of four has no hit, so no threshold keeps 95 %: all with a hit are answered.
        assert_eq!((measures.false_answers_95, measures.threshold_95), (Some(0.75), None));
        assert_eq!((measures.median_ms, measures.p99_ms), (Some(4.0), Some(8.0)));
    }

    #[test]
    fn the_threshold_that_keeps_95_percent() {
        let mut set: Vec<Found> =
            (0..20).map(|n| found(&["a"], &[("a", 0.5 + n as f32 / 64.0)], 1.0)).collect();
        set.push(found(&[], &[("a", 0.5)], 1.0));
        set.push(found(&[], &[("a", 0.515_625)], 1.0));
        let measures = measure(&set, 0.9);
        // The lowest of twenty is given up; the next, 0.5 + 1/64, is the threshold.
        assert_eq!(measures.threshold_95, Some(0.515_625));
        assert_eq!(measures.false_answers_95, Some(0.5));
        assert_eq!(measures.answered, Some(0.0));
    }

    #[test]
    fn nothing_to_take_figures_from() {
        assert_eq!(measure(&[], 0.5), Measures::default());
        let only_inside = measure(&small_set()[..4], 0.5);
        assert_eq!((only_inside.auroc, only_inside.false_answers), (None, None));
    }

    #[test]
    fn means_of_draws() {
        let one = Measures { accuracy_1: Some(0.5), auroc: Some(1.0), in_scope: 3, ..Measures::default() };
        let two = Measures { accuracy_1: Some(0.75), auroc: None, in_scope: 3, ..Measures::default() };
        let both = Measures::mean_of(&[one, two]);
        assert_eq!((both.accuracy_1, both.auroc, both.in_scope), (Some(0.625), None, 3));
    }
}
