//! A linear model that learns from all variants at once what sets each class apart from all others.
//!
//! One-versus-rest support vector machines with squared hinge loss and L2 regularisation, trained by
//! dual coordinate descent (Hsieh et al., ICML 2008) for all classes together: a text's row of features
//! is read once for all of them. Deterministic: texts are visited in a fixed shuffled order.

use serde::{Deserialize, Serialize};

use super::features::Vector;

/// Weights of every feature for the classes that it speaks for or against.
///
/// A text is to lie beyond 1 for its own class and not above 0 for any other. So a feature needs a weight only for
/// classes that it could be mistaken for, and of those only the larger are kept, as bytes with one scale a feature.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Linear {
    classes: usize,
    /// Where each feature's weights begin; one more than there are features.
    starts: Vec<u32>,
    /// The class of each weight.
    of: Vec<u16>,
    /// Each weight, as a multiple of its feature's scale.
    weights: Vec<i8>,
    scales: Vec<f32>,
}

/// Cost of an error against a large weight (LIBLINEAR's C).
const COST: f32 = 1.0;
/// The same for a text's own class: of the one-versus-rest questions that a text is put to, all but one are about
/// other classes.
const OWN_COST: f32 = 4.0;
/// How long the vector is that a class starts from, the mean of its texts. What few texts do not tell apart then
/// stays where they are.
const START: f32 = 1.0;
/// Sweeps over all texts; up to eight changed one answer in three hundred on the sets measured.
const SWEEPS: usize = 3;

/// Steps of a dual variable below this are not made.
const LEAST_STEP: f32 = 0.02;

/// Weights below this share of their feature's largest, in 127ths, are not kept: three in five, and one answer in
/// nine hundred changed on the sets measured.
const LEAST_WEIGHT: i8 = 10;

impl Linear {
    /// Trains on `texts` with their `labels`, for `classes` classes over `features` features.
    #[must_use]
    pub fn train(texts: &[Vector], labels: &[usize], classes: usize, features: usize) -> Linear {
        let mut weights = Training::start(texts, labels, classes, features);
        let mut alphas = vec![0.0f32; texts.len() * classes];
        let lengths: Vec<f32> = texts.iter().map(|t| t.iter().map(|(_, v)| v * v).sum()).collect();
        let mut margins = vec![0.0f32; classes];
        let mut steps: Vec<(usize, f32)> = Vec::with_capacity(classes);
        for sweep in 0..SWEEPS {
            for at in shuffled(texts.len(), sweep as u64) {
                let (text, label) = (&texts[at], labels[at]);
                weights.margins(text, &mut margins);
                let alphas = &mut alphas[at * classes..(at + 1) * classes];
                steps.clear();
                for class in 0..classes {
                    let (sign, target, cost) =
                        if class == label { (1.0, 1.0, OWN_COST) } else { (-1.0, 0.0, COST) };
                    let soften = 1.0 / (2.0 * cost);
                    let gradient = sign * margins[class] - target + soften * alphas[class];
                    let next = (alphas[class] - gradient / (lengths[at] + soften)).max(0.0);
                    let step = next - alphas[class];
                    // Most classes are settled after a sweep; what moves them by nothing to speak of is left out.
                    if step.abs() < LEAST_STEP {
                        continue;
                    }
                    alphas[class] = next;
                    steps.push((class, step * sign));
                }
                weights.step(text, &steps);
            }
        }
        weights.pack()
    }

    /// Whether the parts of a model that was stored fit each other and `classes` and `features`.
    #[must_use]
    pub fn is_whole(&self, classes: usize, features: usize) -> bool {
        let ordered =
            self.starts.is_sorted() && self.starts.last().copied() == Some(self.weights.len() as u32);
        let in_step = self.of.len() == self.weights.len() && self.scales.len() == features;
        let known = self.of.iter().all(|class| usize::from(*class) < classes);
        self.classes == classes && self.starts.len() == features + 1 && ordered && in_step && known
    }

    /// The margin of each class for a text: about 1 for a sure yes, -1 for a sure no.
    #[must_use]
    pub fn margins(&self, text: &Vector) -> Vec<f32> {
        let mut margins = vec![0.0; self.classes];
        for (feature, value) in text {
            let at = *feature as usize;
            let (Some(scale), Some([start, end])) = (self.scales.get(at), self.starts.get(at..at + 2)) else {
                continue;
            };
            let range = *start as usize..*end as usize;
            let (Some(of), Some(weights)) = (self.of.get(range.clone()), self.weights.get(range)) else {
                continue;
            };
            let value = value * scale;
            for (class, weight) in of.iter().zip(weights) {
                if let Some(margin) = margins.get_mut(usize::from(*class)) {
                    *margin += value * f32::from(*weight);
                }
            }
        }
        // Trained to lie around 0 and 1; told as -1 and 1.
        margins.iter_mut().for_each(|margin| *margin = 2.0 * *margin - 1.0);
        margins
    }
}

/// Weights while they are learnt: a place for every feature and class. Most stay at zero, but whole rows are added
/// up several numbers at a time, which is twice as fast as to go by lists of those in use.
struct Training {
    classes: usize,
    /// `features × classes`.
    weights: Vec<f32>,
}

impl Training {
    /// Each class at the mean of its texts, brought to the length [`START`].
    fn start(texts: &[Vector], labels: &[usize], classes: usize, features: usize) -> Self {
        let mut training = Self { classes, weights: vec![0.0; features * classes] };
        for (text, label) in texts.iter().zip(labels) {
            training.step(text, &[(*label, 1.0)]);
        }
        let mut squares = vec![0.0f32; classes];
        for row in training.weights.chunks(classes.max(1)) {
            squares.iter_mut().zip(row).for_each(|(square, weight)| *square += weight * weight);
        }
        let scales: Vec<f32> =
            squares.iter().map(|s| if *s > 0.0 { START / s.sqrt() } else { 0.0 }).collect();
        for row in training.weights.chunks_mut(classes.max(1)) {
            row.iter_mut().zip(&scales).for_each(|(weight, scale)| *weight *= scale);
        }
        training
    }

    fn margins(&self, text: &Vector, margins: &mut [f32]) {
        margins.fill(0.0);
        for (feature, value) in text {
            let start = *feature as usize * self.classes;
            let row = &self.weights[start..start + self.classes];
            margins.iter_mut().zip(row).for_each(|(margin, weight)| *margin += value * weight);
        }
    }

    fn step(&mut self, text: &Vector, steps: &[(usize, f32)]) {
        for (feature, value) in text.iter().filter(|_| !steps.is_empty()) {
            let start = *feature as usize * self.classes;
            let row = &mut self.weights[start..start + self.classes];
            for (class, step) in steps {
                row[*class] += value * step;
            }
        }
    }

    /// Keeps weights as bytes: a quarter of the memory, and no answer changed on the sets measured.
    fn pack(self) -> Linear {
        let mut packed = Linear { classes: self.classes, starts: vec![0], ..Linear::default() };
        for row in self.weights.chunks(self.classes.max(1)) {
            let largest = row.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            packed.scales.push(scale);
            for (class, weight) in (0..).zip(row) {
                let weight = (weight / scale).round() as i8;
                if weight.abs() >= LEAST_WEIGHT {
                    packed.of.push(class);
                    packed.weights.push(weight);
                }
            }
            packed.starts.push(packed.weights.len() as u32);
        }
        packed
    }
}

/// The numbers below `n` in an order that depends on `seed` alone (Fisher-Yates over SplitMix64).
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x243f_6a88_85a3_08d3);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, (next() % (at as u64 + 1)) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separable_classes_are_separated() {
        let texts: Vec<Vector> = vec![
            vec![(0, 1.0)],
            vec![(0, 0.8), (3, 0.6)],
            vec![(1, 1.0)],
            vec![(1, 0.8), (3, 0.6)],
            vec![(2, 1.0)],
        ];
        let labels = [0, 0, 1, 1, 2];
        let model = Linear::train(&texts, &labels, 3, 4);
        for (text, label) in texts.iter().zip(labels) {
            let margins = model.margins(text);
            let best = (0..3).max_by(|a, b| margins[*a].total_cmp(&margins[*b]));
            assert_eq!(best, Some(label), "{margins:?}");
        }
        assert_eq!(model.margins(&Vec::new()), vec![-1.0; 3]);
        assert_eq!(Linear::train(&texts, &labels, 3, 4), model);
        assert!(model.is_whole(3, 4) && !model.is_whole(2, 4) && !model.is_whole(3, 5));
    }
}
