//! A linear model that learns from all variants at once what sets each class apart from all others.
//!
//! One-versus-rest support vector machines with squared hinge loss and L2 regularisation, trained by
//! dual coordinate descent (Hsieh et al., ICML 2008) for all classes together: a text's row of features
//! is read once for all of them. Deterministic: texts are visited in a fixed shuffled order.

mod train;

use serde::{Deserialize, Serialize};

use super::ahead::ask_for;
use super::features::Vector;

/// Weights of every feature for the classes that it speaks for or against.
///
/// A text is to lie beyond 1 for its own class and not above 0 for any other. So a feature needs a weight only for
/// classes that it could be mistaken for, and of those only such as tell, as bytes with one scale a feature.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Linear {
    classes: usize,
    /// One for each feature.
    rows: Vec<Row>,
    /// The weights of features that speak for many classes, a row of all classes each: no larger than a list with their
    /// names, and added up many at a time.
    full: Vec<i8>,
    /// The weights of all others, and the class of each.
    few: Vec<i8>,
    few_classes: Vec<u16>,
}

/// The weights of a feature, as multiples of its scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Row {
    scale: f32,
    /// Where they begin, in `full` or in `few`.
    start: u32,
    /// How many there are in `few`; `None` for a row in `full`.
    few: Option<u16>,
}

impl Row {
    fn range(self, classes: usize) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + self.few.map_or(classes, usize::from)
    }
}

/// A feature with a weight for one class in so many has a row of all.
const MANY: usize = 8;

impl Linear {
    /// Whether the parts of a model that was stored fit each other and `classes` and `features`.
    #[must_use]
    pub fn is_whole(&self, classes: usize, features: usize) -> bool {
        let inside = |row: &Row| {
            let held = if row.few.is_some() { self.few.len() } else { self.full.len() };
            row.range(classes).end <= held
        };
        self.classes == classes
            && self.rows.len() == features
            && self.rows.iter().all(inside)
            && self.few.len() == self.few_classes.len()
            && self.few_classes.iter().all(|class| usize::from(*class) < classes)
    }

    /// The same in no more memory than it needs: what is read back grew by doubling.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        self.rows.shrink_to_fit();
        self.full.shrink_to_fit();
        self.few.shrink_to_fit();
        self.few_classes.shrink_to_fit();
        self
    }

    /// The margin of each class for a text: about 1 for a sure yes, -1 for a sure no.
    #[must_use]
    pub fn margins(&self, text: &Vector) -> Vec<f32> {
        let mut margins = vec![0.0; self.classes];
        let rows = self.rows_of(text);
        pulp::Arch::new().dispatch(Adding { model: self, rows: &rows, margins: &mut margins });
        margins
    }

    /// The rows of a text's features, each with its value. Their weights are asked for.
    fn rows_of(&self, text: &Vector) -> Vec<(f32, Row)> {
        let row = |(feature, value): &(u32, f32)| {
            self.rows.get(*feature as usize).map(|row| (value * row.scale, *row))
        };
        let rows: Vec<(f32, Row)> = text.iter().filter_map(row).collect();
        let of = |in_full: bool| {
            let rows = rows.iter().map(|(_, row)| row).filter(move |row| row.few.is_none() == in_full);
            rows.map(|row| row.range(self.classes))
        };
        ask_for(of(true).map(|range| self.full.get(range).unwrap_or_default()), |weight| *weight as u8);
        ask_for(of(false).map(|range| self.few.get(range).unwrap_or_default()), |weight| *weight as u8);
        ask_for(of(false).map(|range| self.few_classes.get(range).unwrap_or_default()), |class| *class as u8);
        rows
    }

    #[inline(always)]
    fn add(&self, text: &[(f32, Row)], margins: &mut [f32]) {
        for (value, row) in text {
            let (value, range) = (*value, row.range(self.classes));
            if row.few.is_none() {
                let weights = self.full.get(range).unwrap_or_default();
                for (margin, weight) in margins.iter_mut().zip(weights) {
                    *margin += value * f32::from(*weight);
                }
                continue;
            }
            let classes = self.few_classes.get(range.clone()).unwrap_or_default();
            for (class, weight) in classes.iter().zip(self.few.get(range).unwrap_or_default()) {
                if let Some(margin) = margins.get_mut(usize::from(*class)) {
                    *margin += value * f32::from(*weight);
                }
            }
        }
        // Trained to lie around 0 and 1; told as -1 and 1.
        margins.iter_mut().for_each(|margin| *margin = 2.0 * *margin - 1.0);
    }

    /// Adds the next feature with its weights, each with its class, ascending.
    fn push(&mut self, scale: f32, weights: &[(u16, i8)]) {
        let many = weights.len() * MANY >= self.classes;
        let few = u16::try_from(weights.len()).ok().filter(|_| !many);
        let start = if few.is_some() { self.few.len() } else { self.full.len() };
        self.rows.push(Row { scale, start: start as u32, few });
        if few.is_some() {
            self.few.extend(weights.iter().map(|(_, weight)| weight));
            self.few_classes.extend(weights.iter().map(|(class, _)| class));
            return;
        }
        self.full.resize(start + self.classes, 0);
        for (class, weight) in weights {
            if let Some(place) = self.full.get_mut(start + usize::from(*class)) {
                *place = *weight;
            }
        }
    }
}

/// [`Linear::add`] for whatever the processor can do at a time. A closure would not do: it is a function of its own, for
/// any processor, unless the compiler happens to inline it.
struct Adding<'a> {
    model: &'a Linear,
    rows: &'a [(f32, Row)],
    margins: &'a mut [f32],
}

impl pulp::WithSimd for Adding<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) {
        self.model.add(self.rows, self.margins);
    }
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
