//! Brings vectors into the shape in which cosines tell classes apart.
//!
//! Of many models nearly all cosines lie close together (of multilingual-e5-small between 0.78 and 0.88), because
//! texts differ most in what does not matter here: register, dialect, length. What the forms of one class differ
//! in is exactly that, so those directions are made small: the mean is taken off, then the vectors are divided by
//! the Cholesky factor of the covariance within classes. On 201 labelled questions with 384 figures the right pair
//! is first for 89 %, where plain cosines have 77 %.

/// How much of a plain sphere is mixed into the covariance, as a share of its mean variance. Between 0.05 and 1 the
/// accuracy stays within a point.
const SHRINKAGE: f64 = 0.3;

/// A change of shape, fitted to the vectors of the knowledge.
#[derive(Debug, Clone, PartialEq)]
pub struct Whitening {
    mean: Vec<f32>,
    /// The Cholesky factor, row after row, each up to its diagonal.
    factor: Vec<Vec<f32>>,
}

impl Whitening {
    /// Fitted to `vectors`, each with the place of its class; all have `dimensions` figures and the classes' places
    /// are below `classes`.
    #[must_use]
    pub fn fit<'a, V: AsRef<[f32]>>(
        dimensions: usize,
        classes: usize,
        vectors: impl Fn() -> Box<dyn Iterator<Item = (usize, V)> + 'a>,
    ) -> Self {
        let mut mean = vec![0.0f32; dimensions];
        let mut count = 0.0f32;
        for (_, vector) in vectors() {
            add(&mut mean, vector.as_ref());
            count += 1.0;
        }
        divide(&mut mean, count);
        let mut centres = vec![(0.0f32, vec![0.0f32; dimensions]); classes];
        for (class, vector) in vectors() {
            if let Some((count, centre)) = centres.get_mut(class) {
                *count += 1.0;
                add(centre, &centred(vector.as_ref(), &mean));
            }
        }
        centres.iter_mut().for_each(|(count, centre)| divide(centre, *count));
        let mut within: Vec<Vec<f32>> = (0..dimensions).map(|at| vec![0.0; at + 1]).collect();
        for (class, vector) in vectors() {
            let Some((_, centre)) = centres.get(class) else { continue };
            let mut off = centred(vector.as_ref(), &mean);
            off.iter_mut().zip(centre).for_each(|(x, c)| *x -= c);
            for (row, x) in within.iter_mut().zip(&off) {
                row.iter_mut().zip(&off).for_each(|(sum, y)| *sum += x * y);
            }
        }
        within.iter_mut().for_each(|row| divide(row, count));
        Self { mean, factor: factor(&within) }
    }

    /// `vector` in the new shape and of unit length; all zeros if nothing is left of it.
    #[must_use]
    pub fn apply(&self, vector: &[f32]) -> Vec<f32> {
        let mut out = centred(vector, &self.mean);
        for (at, row) in self.factor.iter().enumerate() {
            let (before, rest) = out.split_at_mut(at.min(vector.len()));
            let known: f32 = row.iter().zip(before.iter()).map(|(a, b)| a * b).sum();
            if let (Some(own), Some(diagonal)) = (rest.first_mut(), row.last()) {
                *own = (*own - known) / diagonal;
            }
        }
        to_unit_length(&mut out);
        out
    }
}

fn add(sums: &mut [f32], vector: &[f32]) {
    sums.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
}

fn divide(sums: &mut [f32], count: f32) {
    sums.iter_mut().for_each(|sum| *sum /= count.max(1.0));
}

fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut out: Vec<f32> = vector.iter().zip(mean).map(|(x, m)| x - m).collect();
    to_unit_length(&mut out);
    out
}

fn to_unit_length(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let factor = if length > 1e-6 { 1.0 / length } else { 0.0 };
    vector.iter_mut().for_each(|x| *x *= factor);
}

/// The Cholesky factor of a covariance, given up to its diagonal, with the sphere mixed in; that of a sphere where
/// nothing varies.
fn factor(covariance: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let total: f64 = covariance.iter().filter_map(|row| row.last()).map(|x| f64::from(*x)).sum();
    let sphere = SHRINKAGE * total / covariance.len().max(1) as f64;
    let sphere = if sphere > 1e-12 { sphere } else { 1.0 };
    let mut out: Vec<Vec<f64>> = Vec::with_capacity(covariance.len());
    for (at, values) in covariance.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(at + 1);
        for (column, value) in values.iter().enumerate() {
            let other = if column == at { &row } else { &out[column] };
            let known: f64 = row.iter().zip(other).take(column).map(|(a, b)| a * b).sum();
            let rest = f64::from(*value) - known;
            row.push(if column == at {
                // Above 0 but for rounding, as the sphere is.
                (rest + sphere).max(sphere * 1e-3).sqrt()
            } else {
                rest / out[column].last().copied().unwrap_or(1.0)
            });
        }
        out.push(row);
    }
    out.into_iter().map(|row| row.into_iter().map(|x| x as f32).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_within_classes_counts_little() {
        // Two classes apart along the second axis, each spread along the first.
        let vectors =
            [(0, [0.9, 0.3, 0.3]), (0, [-0.9, 0.3, 0.3]), (1, [0.9, -0.3, 0.3]), (1, [-0.9, -0.3, 0.3])];
        let whitening = Whitening::fit(3, 2, || Box::new(vectors.iter().copied()));
        let cosine = |a: [f32; 3], b: [f32; 3]| -> f32 {
            whitening.apply(&a).iter().zip(whitening.apply(&b)).map(|(x, y)| x * y).sum()
        };
        let (same, other) = (cosine(vectors[0].1, vectors[1].1), cosine(vectors[0].1, vectors[2].1));
        let plain = |a: [f32; 3], b: [f32; 3]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
        assert!(plain(vectors[0].1, vectors[1].1) < plain(vectors[0].1, vectors[2].1), "the wrong way round");
        assert!(same > other + 0.2, "{same} {other}");
    }

    #[test]
    fn the_factor_gives_the_covariance_back() {
        let covariance = [vec![4.0], vec![1.0, 3.0], vec![0.5, -0.2, 2.0]];
        let factor = factor(&covariance);
        let sphere = (SHRINKAGE * 9.0 / 3.0) as f32;
        for (i, row) in covariance.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let product: f32 = factor[i].iter().zip(&factor[j]).map(|(a, b)| a * b).sum();
                let wanted = value + if i == j { sphere } else { 0.0 };
                assert!((product - wanted).abs() < 1e-4, "{i} {j}: {product} {wanted}");
            }
        }
    }

    #[test]
    fn one_text_or_none_is_no_trouble() {
        for vectors in [vec![], vec![(0, [1.0, 0.0])]] {
            let whitening = Whitening::fit(2, 1, || Box::new(vectors.iter().copied()));
            assert!(whitening.apply(&[0.6, 0.8]).iter().all(|x| x.is_finite()));
            assert!(whitening.apply(&[]).is_empty());
        }
    }
}
