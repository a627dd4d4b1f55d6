//! What the linear model sees of a question: stems, pairs of them, roots, concepts and character n-grams, weighed
//! by tf-idf. Stems and n-grams carry what is written alike, roots what a dialect inflects in its own way.

use rustc_hash::FxHashMap;

use super::query::{EMPTY_KEY, Query, QueryWord, extended, key};

/// Groups of features that are brought to unit length each before they are joined, so that a long
/// question's many n-grams do not drown its few words.
const GROUPS: usize = 4;
/// Stems and pairs of them.
const WORDS: u8 = 0;
/// Character n-grams.
const GRAMS: u8 = 1;
/// Concepts and pairs of them.
const CONCEPTS: u8 = 2;
/// Roots and pairs of them.
const ROOTS: u8 = 3;
/// How much each group counts.
const GROUP_WEIGHTS: [f32; GROUPS] = [1.0, 1.1, 1.1, 1.0];

/// Where few of a text's words have a concept, those say little of the whole: the group counts by this times the
/// root of what its vector is as long as the words', until it counts in full.
const FEW_CONCEPTS: f32 = 1.5;

/// How much a stem counts with the one before it, with the one before that, and a concept with any other.
const PAIR: f32 = 0.7;
const SKIP_PAIR: f32 = 0.5;
const CONCEPT_PAIR: f32 = 0.6;

/// Lengths of the character n-grams, within a word and its borders; longer ones are half as many again and told
/// nothing that stems and roots did not.
const GRAM_LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;

/// Texts that must hold a feature: what only one or two of many hold makes more than half of the model and changed no
/// more than one answer in a thousand on the sets measured. Of few texts, what two share tells (of 693, one answer in a
/// hundred).
const fn least_texts(texts: usize) -> u32 {
    if texts > MANY_TEXTS { 3 } else { 2 }
}

/// Texts of one language that are many.
const MANY_TEXTS: usize = 5_000;

/// A feature before it is weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raw {
    key: u64,
    group: u8,
    count: f32,
}

/// A weighed vector: places of features, in no order but always the same, and their weights; of unit length unless
/// empty.
pub type Vector = Vec<(u32, f32)>;

/// The features of a query, each once.
#[must_use]
pub fn raw(query: &Query) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::with_capacity(query.words.len() * 24);
    let mut add = |key: u64, group: u8, count: f32| out.push(Raw { key, group, count });
    // The stems one and two words back, with their weights, and the last root.
    let mut last: [(&str, f32); 2] = [("^", 1.0); 2];
    let mut last_root = "^";
    for (at, word) in query.words.iter().enumerate() {
        let QueryWord { stem, root, weight, .. } = word;
        let [before, earlier] = last;
        add(key(&["t:", stem]), WORDS, *weight);
        add(key(&["b:", before.0, " ", stem]), WORDS, PAIR * before.1.min(*weight));
        if at >= 2 {
            add(key(&["k:", earlier.0, " ", stem]), WORDS, SKIP_PAIR * earlier.1.min(*weight));
        }
        last = [(stem, *weight), before];
        add(key(&["x:", root]), ROOTS, *weight);
        add(key(&["y:", last_root, " ", root]), ROOTS, *weight);
        last_root = root;
        // Of an everyday word only the standard one's letters count: a dialect's own are those of no other word.
        grams(if word.everyday { stem } else { &word.text }, |gram| add(gram, GRAMS, *weight));
        if word.text != word.typed {
            grams(&word.typed, |gram| add(gram, GRAMS, 0.5));
        }
    }
    let concepts: Vec<_> = query.terms.iter().filter(|t| t.concept.is_some()).collect();
    for (at, term) in concepts.iter().enumerate() {
        add(term.key, CONCEPTS, term.weight);
        for other in &concepts[at + 1..] {
            let (a, b) = if term.name < other.name { (term, other) } else { (other, term) };
            add(key(&["p:", &a.name, " ", &b.name]), CONCEPTS, CONCEPT_PAIR * term.weight.min(other.weight));
        }
    }
    merge(out)
}

/// Gives the key of every n-gram of a word with its borders.
fn grams(word: &str, mut add: impl FnMut(u64)) {
    let starts = std::iter::once(('_', word))
        .chain(word.char_indices().map(|(at, c)| (c, &word[at + c.len_utf8()..])));
    for (first, rest) in starts {
        let mut letters = [0; 4];
        let mut gram = extended(EMPTY_KEY, first.encode_utf8(&mut letters));
        for (length, next) in (2..=*GRAM_LENGTHS.end()).zip(rest.chars().chain(['_'])) {
            gram = extended(gram, next.encode_utf8(&mut letters));
            if length >= *GRAM_LENGTHS.start() {
                add(gram);
            }
        }
    }
}

fn merge(mut raw: Vec<Raw>) -> Vec<Raw> {
    raw.sort_unstable_by_key(|f| f.key);
    raw.dedup_by(|next, first| {
        let same = next.key == first.key;
        if same {
            first.count += next.count;
        }
        same
    });
    raw
}

/// The features of many texts. Each feature has a number, which is half as long as its key and found without a look-up.
#[derive(Debug, Default)]
pub struct Texts {
    numbers: FxHashMap<u64, u32>,
    /// Each feature's key and group, and how many texts hold it.
    seen: Vec<(u64, u8, u32)>,
    /// Each text's features and their counts.
    of: Vec<Vec<(u32, f32)>>,
}

impl Texts {
    /// Adds a text.
    pub fn add(&mut self, raw: &[Raw]) {
        let text = raw.iter().map(|feature| {
            let next = self.seen.len() as u32;
            let number = *self.numbers.entry(feature.key).or_insert(next);
            if number == next {
                self.seen.push((feature.key, feature.group, 0));
            }
            if let Some((_, _, count)) = self.seen.get_mut(number as usize) {
                *count += 1;
            }
            (number, feature.count)
        });
        let text = text.collect();
        self.of.push(text);
    }
}

fn rarest(idf: &[f32]) -> f32 {
    idf.iter().copied().fold(1.0, f32::max)
}

/// The features that the model was trained with, and how rare each is.
#[derive(Debug, Clone, Default)]
pub struct FeatureSpace {
    /// Each feature's place and idf.
    places: FxHashMap<u64, (u32, f32)>,
    idf: Vec<f32>,
    /// What a word counts that the space does not hold: as much as its rarest feature.
    unknown: f32,
}

impl FeatureSpace {
    /// The space of a set of texts. What too few of them hold is left out, but for
    /// concepts.
    #[must_use]
    pub fn new(texts: &Texts) -> Self {
        let least = least_texts(texts.of.len());
        let seen = texts.seen.iter().filter(|(_, group, n)| *group == CONCEPTS || *n >= least);
        let mut kept: Vec<(u64, u32)> = seen.map(|(key, _, n)| (*key, *n)).collect();
        // The commonest first: their weights, which nearly every text asks for, then lie side by side. Ties by key, so
        // that the model does not depend on the map's order.
        kept.sort_unstable_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
        let total = texts.of.len() as f32;
        let mut space = FeatureSpace::default();
        for (key, count) in kept {
            let idf = ((1.0 + total) / (1.0 + count as f32)).ln() + 1.0;
            space.places.insert(key, (space.idf.len() as u32, idf));
            space.idf.push(idf);
        }
        space.unknown = rarest(&space.idf);
        space
    }

    /// A space as it was stored: keys and idf in the order of their places. `None` where one is longer.
    #[must_use]
    pub fn from_parts(keys: &[u64], idf: Vec<f32>) -> Option<Self> {
        if keys.len() != idf.len() {
            return None;
        }
        let unknown = rarest(&idf);
        Some(Self {
            places: keys.iter().zip(0..).zip(&idf).map(|((key, at), idf)| (*key, (at, *idf))).collect(),
            idf,
            unknown,
        })
    }

    /// Keys in the order of their places, and the idf of each.
    #[must_use]
    pub fn parts(&self) -> (Vec<u64>, &[f32]) {
        let mut keys = vec![0; self.idf.len()];
        for (key, (at, _)) in &self.places {
            if let Some(slot) = keys.get_mut(*at as usize) {
                *slot = *key;
            }
        }
        (keys, &self.idf)
    }

    /// How many features it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.idf.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.idf.is_empty()
    }

    /// The vector of a text; features outside the space have no place in it, but count in its length, so
    /// that a text of mostly unknown words gets a short vector and low margins.
    #[must_use]
    pub fn vector(&self, raw: &[Raw]) -> Vector {
        // Looked up before anything is done with them: look-ups that wait for nothing else wait for memory together.
        let places: Vec<Option<(u32, f32)>> =
            raw.iter().map(|raw| self.places.get(&raw.key).copied()).collect();
        self.weighed(raw.iter().zip(places).map(|(raw, place)| (place, raw.group, raw.count)))
    }

    /// The vectors of the texts that it is the space of, in their order.
    #[must_use]
    pub fn vectors(&self, texts: &Texts) -> Vec<Vector> {
        let places: Vec<Option<(u32, f32)>> =
            texts.seen.iter().map(|(key, ..)| self.places.get(key).copied()).collect();
        let feature = |(number, count): &(u32, f32)| {
            let at = *number as usize;
            let group = texts.seen.get(at).map_or(WORDS, |(_, group, _)| *group);
            (places.get(at).copied().flatten(), group, *count)
        };
        texts.of.iter().map(|text| self.weighed(text.iter().map(feature))).collect()
    }

    /// The vector of features, each with its place and idf if it has one, its group and its count.
    fn weighed(&self, features: impl ExactSizeIterator<Item = (Option<(u32, f32)>, u8, f32)>) -> Vector {
        let mut lengths = [0.0f32; GROUPS];
        let mut out: Vec<(u32, f32, u8)> = Vec::with_capacity(features.len());
        for (place, of_group, count) in features {
            let tf = if count > 1.0 { 1.0 + count.ln() } else { count };
            let group = usize::from(of_group);
            match place {
                Some((at, idf)) => {
                    let weight = tf * idf;
                    lengths[group] += weight * weight;
                    out.push((at, weight, of_group));
                }
                None if of_group == WORDS => lengths[group] += (tf * self.unknown * 0.5).powi(2),
                None => {}
            }
        }
        let mut weights = GROUP_WEIGHTS;
        let [words, concepts] = [WORDS, CONCEPTS].map(|group| lengths[usize::from(group)]);
        if words > 0.0 {
            weights[usize::from(CONCEPTS)] *= (FEW_CONCEPTS * (concepts / words).sqrt()).min(1.0);
        }
        let norm = weights
            .iter()
            .zip(lengths)
            .filter(|(_, l)| *l > 0.0)
            .map(|(w, _)| w * w)
            .sum::<f32>()
            .sqrt()
            .max(f32::MIN_POSITIVE);
        let scales: [f32; GROUPS] = std::array::from_fn(|group| {
            weights[group] / (lengths[group].sqrt() * norm).max(f32::MIN_POSITIVE)
        });
        out.into_iter().map(|(at, weight, group)| (at, weight * scales[usize::from(group)])).collect()
    }
}
