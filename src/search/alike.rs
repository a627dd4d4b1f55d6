//! Texts that are nearly the same, by the runs of three letters that they share.

use rustc_hash::FxHashMap;

use super::query::key;
use crate::language::{fold, tokenize};

/// Texts that can be found by others like them. Of one language; each belongs to somebody.
#[derive(Debug, Clone, Default)]
pub struct Alike {
    /// Whom each text belongs to, the text, and how many runs it has.
    texts: Vec<(usize, String, f32)>,
    /// The texts that hold a run, each once.
    holders: FxHashMap<u64, Vec<u32>>,
}

/// A text that is like another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness<'a> {
    /// Whom the text belongs to.
    pub owner: usize,
    /// The text.
    pub text: &'a str,
    /// Share of the runs of both that they have in common, from 0 to 1.
    pub similarity: f32,
}

impl Alike {
    /// Lays out `texts`, each with whom it belongs to.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = (usize, &'a str)>) -> Self {
        let mut all = Self::default();
        for (owner, text) in texts {
            let runs = runs(text);
            // Places are counted in 32 bits: four thousand million texts do not fit into memory anyway.
            let Ok(place) = u32::try_from(all.texts.len()) else { break };
            all.texts.push((owner, text.to_owned(), runs.len() as f32));
            for run in runs {
                all.holders.entry(run).or_default().push(place);
            }
        }
        all
    }

    /// The text most like `text` of those that belong to others than `owner`; `None` where none is at least `least`
    /// like it.
    #[must_use]
    pub fn nearest(&self, text: &str, owner: Option<usize>, least: f32) -> Option<Likeness<'_>> {
        let runs = runs(text);
        let mut shared: FxHashMap<u32, f32> = FxHashMap::default();
        for place in runs.iter().filter_map(|run| self.holders.get(run)).flatten() {
            *shared.entry(*place).or_default() += 1.0;
        }
        shared
            .into_iter()
            .filter_map(|(place, common)| {
                let (whose, text, size) = self.texts.get(place as usize)?;
                let similarity = 2.0 * common / (size + runs.len() as f32);
                let other = Some(*whose) != owner && similarity >= least;
                other.then_some((place, Likeness { owner: *whose, text, similarity }))
            })
            // Of two just as like it, the first.
            .max_by(|(a, one), (b, two)| one.similarity.total_cmp(&two.similarity).then(b.cmp(a)))
            .map(|(_, likeness)| likeness)
    }
}

/// The runs of three letters of a text, folded, within words and their borders; each once.
fn runs(text: &str) -> Vec<u64> {
    let mut runs: Vec<u64> = Vec::new();
    for token in tokenize(&fold(text)) {
        let padded: Vec<char> = std::iter::once(' ').chain(token.text.chars()).chain([' ']).collect();
        runs.extend(padded.windows(3).map(|run| key(&[&run.iter().collect::<String>()])));
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_is_found() {
        let texts =
            [(0, "كم جلسة أحتاج؟"), (0, "عدد الجلسات"), (1, "هل الإبر مؤلمة؟"), (2, "چند جلسه لازم است؟")];
        let alike = Alike::new(texts);
        let find = |text: &str, owner| alike.nearest(text, owner, 0.6).map(|l| (l.owner, l.text));
        assert_eq!(find("كم جلسه احتاج", None), Some((0, "كم جلسة أحتاج؟")), "folded alike");
        assert_eq!(find("احتاج كم جلسة", None), Some((0, "كم جلسة أحتاج؟")), "in another order");
        assert_eq!(find("كم جلسة أحتاج؟", Some(0)), None, "its own");
        assert_eq!(find("ما سعر الجلسة", None), None);
        for empty in ["", "؟؟", "\u{202e}\u{200f}"] {
            assert_eq!(find(empty, None), None);
        }
    }
}
