//! Logistic regression of few weights by Newton's method: what is small enough to need no library.

/// Weights, the last of which is the offset.
pub const WEIGHTS: usize = 5;

/// One thing that was seen: its figures (the last is 1, for the offset) and whether it came out right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The figures.
    pub figures: [f64; WEIGHTS],
    /// What is added whatever the weights are.
    pub given: f64,
    /// Whether it came out right.
    pub right: bool,
}

/// What each weight but the offset is held back by, in seen things: keeps a weight finite where the figures
/// part right from wrong without an error.
const RIDGE: f64 = 0.5;
/// Steps at most; Newton's method needs five or six.
const STEPS: usize = 30;
/// A step that moves every weight by less is the last.
const SMALL: f64 = 1e-9;

/// The weights under which what was seen is likeliest. Zeros where nothing was seen.
#[must_use]
pub fn fit(seen: &[Seen]) -> [f64; WEIGHTS] {
    let mut weights = [0.0; WEIGHTS];
    for _ in 0..STEPS {
        let mut gradient = [0.0; WEIGHTS];
        let mut curvature = [[0.0; WEIGHTS]; WEIGHTS];
        for one in seen {
            let p = likelihood(one, &weights);
            let off = f64::from(u8::from(one.right)) - p;
            for (row, figure) in one.figures.iter().enumerate() {
                gradient[row] += off * figure;
                for (column, other) in one.figures.iter().enumerate() {
                    curvature[row][column] += p * (1.0 - p) * figure * other;
                }
            }
        }
        for at in 0..WEIGHTS - 1 {
            gradient[at] -= RIDGE * weights[at];
            curvature[at][at] += RIDGE;
        }
        let Some(step) = solve(curvature, gradient) else { break };
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step.clamp(-2.0, 2.0));
        if step.iter().all(|step| step.abs() < SMALL) {
            break;
        }
    }
    weights
}

/// How likely it comes out right under these weights, from 0 to 1.
#[must_use]
pub fn likelihood(one: &Seen, weights: &[f64; WEIGHTS]) -> f64 {
    let z: f64 =
        one.given + one.figures.iter().zip(weights).map(|(figure, weight)| figure * weight).sum::<f64>();
    1.0 / (1.0 + (-z).exp())
}

/// The x of `a x = b`, by elimination; `None` where there is not one only.
fn solve(mut a: [[f64; WEIGHTS]; WEIGHTS], mut b: [f64; WEIGHTS]) -> Option<[f64; WEIGHTS]> {
    for column in 0..WEIGHTS {
        let pivot = (column..WEIGHTS).max_by(|x, y| a[*x][column].abs().total_cmp(&a[*y][column].abs()))?;
        if a[pivot][column].abs() < 1e-12 {
            return None;
        }
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in column + 1..WEIGHTS {
            let times = a[row][column] / a[column][column];
            let above = a[column];
            a[row].iter_mut().zip(above).for_each(|(cell, above)| *cell -= times * above);
            b[row] -= times * b[column];
        }
    }
    let mut x = [0.0; WEIGHTS];
    for row in (0..WEIGHTS).rev() {
        let known: f64 = (row + 1..WEIGHTS).map(|column| a[row][column] * x[column]).sum();
        x[row] = (b[row] - known) / a[row][row];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::draw::Draw;

    #[test]
    fn an_equation() {
        let a = [
            [0.0, 2.0, 0.0, 0.0, 0.0],
            [1.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 4.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 2.0],
        ];
        assert_eq!(solve(a, [4.0, 3.0, 9.0, 1.0, 8.0]), Some([3.0, 2.0, 2.0, 1.0, 4.0]));
        assert_eq!(solve([[0.0; WEIGHTS]; WEIGHTS], [1.0; WEIGHTS]), None);
    }

    #[test]
    fn known_weights_are_found_again() {
        let (truth, mut draw) = ([2.0, -1.0, 0.5, 0.8, 0.3], Draw::new(3));
        let mut unit = || draw.below(1_000_000) as f64 / 1_000_000.0;
        let seen: Vec<Seen> = (0..20_000)
            .map(|_| {
                let one = Seen {
                    figures: [unit() * 2.0, unit() * 3.0, unit(), unit(), 1.0],
                    given: 0.2,
                    right: false,
                };
                Seen { right: unit() < likelihood(&one, &truth), ..one }
            })
            .collect();
        let found = fit(&seen);
        assert!(found.iter().zip(truth).all(|(f, t)| (f - t).abs() < 0.2), "{found:?}");
    }

    #[test]
    fn few_and_one_sided() {
        assert_eq!(fit(&[]), [0.0; WEIGHTS]);
        let one = Seen { figures: [1.0; WEIGHTS], given: 0.0, right: true };
        let weights = fit(&[one; 5]);
        assert!(weights.iter().all(|w| w.is_finite()) && likelihood(&one, &weights) > 0.8, "{weights:?}");
    }
}
