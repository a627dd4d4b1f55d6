//! How the linear model is learnt.

use super::Linear;
use crate::search::ahead::ask_for;
use crate::search::features::Vector;

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

/// How far a text's own class must lead the next for the last sweep to pass the text over: two in five do, and no
/// answer fewer was right on the sets measured.
const CLEAR: f32 = 0.7;

/// Steps of a dual variable below this are not made.
const LEAST_STEP: f32 = 0.02;

/// What a weight has to add to a margin in a usual text that has its feature, or it is not kept. A text meets a third of
/// the weights that a bound by the feature's largest left, and no answer fewer was right on the sets measured.
const LEAST_SAID: f32 = 0.003;

impl Linear {
    /// Trains on `texts` with their `labels`, for `classes` classes over `features` features.
    #[must_use]
    pub fn train(texts: &[Vector], labels: &[usize], classes: usize, features: usize) -> Linear {
        let arch = pulp::Arch::new();
        let mut weights = Training::start(texts, labels, classes, features);
        let mut duals = Duals::new(texts.len(), classes);
        let mut visit = Visit::new(classes);
        let mut clear = vec![false; texts.len()];
        for sweep in 0..SWEEPS {
            for at in shuffled(texts.len(), sweep as u64) {
                let (text, label) = (&texts[at], labels[at]);
                if clear[at] {
                    continue;
                }
                let alphas = duals.take(at);
                arch.dispatch(Weighing { visit: &mut visit, weights: &weights, text, label, alphas });
                clear[at] = sweep + 2 == SWEEPS && visit.lead(label) > CLEAR;
                visit.choose(alphas);
                weights.step(text, label, &visit.steps);
                duals.give_back(at, &visit.steps);
            }
        }
        weights.pack(&usual_values(texts, features))
    }
}

/// The dual variables of every text, one for each class. Nearly all are zero, so only the others are kept.
struct Duals {
    of: Vec<Vec<(u16, f32)>>,
    /// Those of the text at hand, all of them.
    row: Vec<f32>,
}

impl Duals {
    fn new(texts: usize, classes: usize) -> Self {
        Self { of: vec![Vec::new(); texts], row: vec![0.0; classes] }
    }

    /// Those of the text at `at`.
    fn take(&mut self, at: usize) -> &mut [f32] {
        for (class, alpha) in &self.of[at] {
            self.row[usize::from(*class)] = *alpha;
        }
        &mut self.row
    }

    /// Keeps what was taken and changed by `steps`.
    fn give_back(&mut self, at: usize, steps: &[(usize, f32)]) {
        let (of, row) = (&mut self.of[at], &mut self.row);
        for (class, alpha) in of.iter_mut() {
            *alpha = std::mem::take(&mut row[usize::from(*class)]);
        }
        for (class, _) in steps {
            let alpha = std::mem::take(&mut row[*class]);
            if alpha != 0.0 {
                // Places of classes are u16 in what is learnt, too.
                of.push((*class as u16, alpha));
            }
        }
    }
}

/// One text's visit: how far each class is from where the text wants it.
struct Visit {
    margins: Vec<f32>,
    /// What each class's dual variable would change by.
    changes: Vec<f32>,
    /// The changes that are made.
    steps: Vec<(usize, f32)>,
}

impl Visit {
    fn new(classes: usize) -> Self {
        let zeros = || vec![0.0; classes];
        Self { margins: zeros(), changes: zeros(), steps: Vec::with_capacity(classes) }
    }

    /// Looks at all classes, with nothing that keeps it from being done for several at a time.
    #[inline(always)]
    fn weigh(&mut self, weights: &Training, text: &Vector, label: usize, alphas: &[f32]) {
        weights.margins(text, &mut self.margins);
        let length: f32 = text.iter().map(|(_, value)| value * value).sum();
        let change = |alpha: f32, lacks: f32, cost: f32| {
            let soften = 1.0 / (2.0 * cost);
            (alpha + (lacks - soften * alpha) / (length + soften)).max(0.0) - alpha
        };
        for ((out, margin), alpha) in self.changes.iter_mut().zip(&self.margins).zip(alphas) {
            *out = change(*alpha, *margin, COST);
        }
        if let (Some(out), Some(margin), Some(alpha)) =
            (self.changes.get_mut(label), self.margins.get(label), alphas.get(label))
        {
            *out = change(*alpha, 1.0 - margin, OWN_COST);
        }
    }

    /// How far the margin of the text's own class is above any other.
    fn lead(&self, label: usize) -> f32 {
        let others = self.margins.iter().enumerate().filter(|(class, _)| *class != label);
        let own = self.margins.get(label).copied().unwrap_or(0.0);
        own - others.map(|(_, margin)| *margin).fold(f32::MIN, f32::max)
    }

    /// Makes the changes that are worth it. Most classes are settled after a sweep.
    fn choose(&mut self, alphas: &mut [f32]) {
        self.steps.clear();
        for (class, (change, alpha)) in self.changes.iter().zip(alphas).enumerate() {
            if change.abs() >= LEAST_STEP {
                *alpha += change;
                self.steps.push((class, *change));
            }
        }
    }
}

/// [`Visit::weigh`] for whatever the processor can do at a time.
struct Weighing<'a> {
    visit: &'a mut Visit,
    weights: &'a Training,
    text: &'a Vector,
    label: usize,
    alphas: &'a [f32],
}

impl pulp::WithSimd for Weighing<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        self.visit.weigh(self.weights, self.text, self.label, self.alphas);
    }
}

/// Weights while they are learnt: a place for every feature and class. Most stay at zero, but whole rows are added
/// up several numbers at a time, which is twice as fast as to go by lists of those in use.
struct Training {
    classes: usize,
    /// `features × classes`.
    weights: Vec<Short>,
}

/// A number in the upper half of its 32 bits: half the memory to go through, and its error is a tenth of the steps
/// that are made.
#[derive(Debug, Clone, Copy, Default)]
struct Short(u16);

impl Short {
    fn new(value: f32) -> Self {
        // Rounded to the nearest. Weights are far from where this could overflow.
        Self((value.to_bits().wrapping_add(0x8000) >> 16) as u16)
    }

    #[inline(always)]
    fn get(self) -> f32 {
        f32::from_bits(u32::from(self.0) << 16)
    }
}

impl Training {
    /// Each class at the mean of its texts, brought to the length [`START`].
    fn start(texts: &[Vector], labels: &[usize], classes: usize, features: usize) -> Self {
        let mut training = Self { classes, weights: filled(features * classes, Short::default()) };
        let mut of_class: Vec<Vec<&Vector>> = vec![Vec::new(); classes];
        for (text, label) in texts.iter().zip(labels) {
            of_class[*label].push(text);
        }
        let mut sums = vec![0.0f32; features];
        let mut touched: Vec<u32> = Vec::new();
        for (class, texts) in of_class.into_iter().enumerate() {
            for (feature, value) in texts.into_iter().flatten() {
                let sum = &mut sums[*feature as usize];
                if *sum == 0.0 {
                    touched.push(*feature);
                }
                *sum += value;
            }
            let square: f32 = touched.iter().map(|feature| sums[*feature as usize].powi(2)).sum();
            let scale = if square > 0.0 { START / square.sqrt() } else { 0.0 };
            for feature in touched.drain(..) {
                let sum = std::mem::take(&mut sums[feature as usize]);
                training.weights[feature as usize * classes + class] = Short::new(sum * scale);
            }
        }
        training
    }

    #[inline(always)]
    fn margins(&self, text: &Vector, margins: &mut [f32]) {
        margins.fill(0.0);
        let row = |feature: u32| {
            let start = feature as usize * self.classes;
            &self.weights[start..start + self.classes]
        };
        ask_for(text.iter().map(|(feature, _)| row(*feature)), |weight| weight.0 as u8);
        // Four rows at a time: each margin is then read and written once for all of them.
        let (fours, rest) = text.as_chunks::<4>();
        for [(a, x), (b, y), (c, z), (d, w)] in fours {
            let rows = row(*a).iter().zip(row(*b)).zip(row(*c)).zip(row(*d));
            for (margin, (((a, b), c), d)) in margins.iter_mut().zip(rows) {
                *margin += (x * a.get() + y * b.get()) + (z * c.get() + w * d.get());
            }
        }
        for (feature, value) in rest {
            margins
                .iter_mut()
                .zip(row(*feature))
                .for_each(|(margin, weight)| *margin += value * weight.get());
        }
    }

    /// Moves the text's own class toward it and others away.
    fn step(&mut self, text: &Vector, label: usize, steps: &[(usize, f32)]) {
        for (feature, value) in text.iter().filter(|_| !steps.is_empty()) {
            let start = *feature as usize * self.classes;
            let row = &mut self.weights[start..start + self.classes];
            for (class, step) in steps {
                let step = if *class == label { *step } else { -step };
                row[*class] = Short::new(row[*class].get() + value * step);
            }
        }
    }

    /// Keeps weights as bytes: a quarter of the memory, and no answer changed on the sets measured.
    fn pack(self, usual: &[f32]) -> Linear {
        let mut packed = Linear { classes: self.classes, ..Linear::default() };
        let mut kept: Vec<(u16, i8)> = Vec::with_capacity(self.classes);
        for (row, usual) in self.weights.chunks(self.classes.max(1)).zip(usual) {
            let largest = row.iter().fold(0.0f32, |most, weight| most.max(weight.get().abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            kept.clear();
            let telling = (0..).zip(row).filter(|(_, weight)| (weight.get() * usual).abs() >= LEAST_SAID);
            let bytes = telling.map(|(class, weight)| (class, (weight.get() / scale).round() as i8));
            kept.extend(bytes.filter(|(_, weight)| *weight != 0));
            packed.push(scale, &kept);
        }
        packed
    }
}

/// As many times `value`, written rather than mapped: a page that is read before it is written costs two faults, the
/// second of which waits for every other processor.
fn filled<T: Clone>(n: usize, value: T) -> Vec<T> {
    let mut filled = Vec::with_capacity(n);
    filled.resize(n, value);
    filled
}

/// The mean of each feature's value over the texts that have it; 0 for one that none has.
fn usual_values(texts: &[Vector], features: usize) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0.0f32); features];
    for (feature, value) in texts.iter().flatten() {
        if let Some((sum, count)) = sums.get_mut(*feature as usize) {
            *sum += value;
            *count += 1.0;
        }
    }
    sums.into_iter().map(|(sum, count)| if count > 0.0 { sum / count } else { 0.0 }).collect()
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
