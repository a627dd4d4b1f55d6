//! Which runs of letters each of the two languages likes, learned from the words of the knowledge.

use rustc_hash::FxHashMap;

use super::Lang;

/// Letters of a run; a word's edges count as one.
const RUN: usize = 3;
/// The edge of a word.
const EDGE: char = '|';
/// Added to every count, so that a run that was never seen on one side does not decide alone.
const UNSEEN: f32 = 0.6;

/// How much each run of letters speaks for Persian (above 0) or Arabic (below 0).
#[derive(Debug, Clone, Default)]
pub struct Runs(FxHashMap<[char; RUN], f32>);

impl Runs {
    /// Learns from the words of both languages, each taken once, however often it is used. Without words of
    /// both nothing is learned.
    #[must_use]
    pub fn learn<'a>(
        arabic: impl IntoIterator<Item = &'a str>,
        persian: impl IntoIterator<Item = &'a str>,
    ) -> Runs {
        let mut counts: FxHashMap<[char; RUN], [f32; 2]> = FxHashMap::default();
        let mut totals = [0.0f32; 2];
        let mut count = |word: &str, lang: Lang| {
            runs(word, |run| {
                counts.entry(run).or_default()[lang as usize] += 1.0;
                totals[lang as usize] += 1.0;
            });
        };
        arabic.into_iter().for_each(|word| count(word, Lang::Ar));
        persian.into_iter().for_each(|word| count(word, Lang::Fa));
        let [arabic, persian] = totals;
        if arabic == 0.0 || persian == 0.0 {
            return Runs::default();
        }
        let kinds = counts.len() as f32 * UNSEEN;
        let share = |n: f32, total: f32| (n + UNSEEN) / (total + kinds);
        Runs(
            counts
                .into_iter()
                .map(|(run, [a, p])| (run, (share(p, persian) / share(a, arabic)).ln()))
                .collect(),
        )
    }

    /// How much a folded word sounds Persian (above 0) or Arabic (below 0), in nats; 0 for one that tells nothing.
    #[must_use]
    pub fn leaning(&self, word: &str) -> f32 {
        let mut sum = 0.0;
        if !self.0.is_empty() {
            runs(word, |run| sum += self.0.get(&run).copied().unwrap_or(0.0));
        }
        sum
    }
}

/// Gives every run of a word with its edges.
fn runs(word: &str, mut give: impl FnMut([char; RUN])) {
    let mut run = [EDGE; RUN];
    for c in word.chars().chain([EDGE]) {
        run.rotate_left(1);
        run[RUN - 1] = c;
        give(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_lean_to_who_uses_them() {
        let learned = Runs::learn(["الجلسه", "والجلسه", "المستخدم"], ["جلسه", "میشود", "خواهند"]);
        for (word, persian) in [("الابره", false), ("میزنند", true), ("المصل", false)] {
            assert_eq!(learned.leaning(word) > 0.0, persian, "{word}: {}", learned.leaning(word));
        }
        assert_eq!(learned.leaning("ژژژژ"), 0.0);
        assert_eq!(Runs::learn(["الجلسه"], []).leaning("الجلسه"), 0.0);
    }
}
