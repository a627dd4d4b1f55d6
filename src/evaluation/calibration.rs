//! Whether a confidence can be believed: of the answers given with confidence c about a share c should be
//! right.

/// How many bins confidences are gathered in.
pub const BINS: usize = 10;

/// The answers whose confidence lies in one tenth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub answers: usize,
    /// How many of them are right.
    pub right: usize,
    /// The sum of their confidences.
    pub sum: f64,
}

impl Bin {
    /// Their mean confidence, from 0 to 1; `None` without answers.
    #[must_use]
    pub fn confidence(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.sum / self.answers as f64)
    }

    /// The share that is right, from 0 to 1; `None` without answers.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.right as f64 / self.answers as f64)
    }
}

/// Confidence against truth, by ten bins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    /// From 0.0–0.1 to 0.9–1.0; a confidence of 1 is in the last.
    pub bins: [Bin; BINS],
}

impl Calibration {
    /// From answers given: confidence (from 0 to 1) and whether it was right.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = (f32, bool)>) -> Calibration {
        let mut calibration = Calibration::default();
        for (confidence, right) in answers {
            let confidence = f64::from(confidence).clamp(0.0, 1.0);
            // f32 of 0.3 is a little more than 0.3; a bin's edge should not hang on that.
            let place = ((confidence * BINS as f64 + 1e-6) as usize).min(BINS - 1);
            if let Some(bin) = calibration.bins.get_mut(place) {
                bin.answers += 1;
                bin.right += usize::from(right);
                bin.sum += confidence;
            }
        }
        calibration
    }

    /// How many answers there are.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.bins.iter().map(|bin| bin.answers).sum()
    }

    /// The expected calibration error: the bins' distance between confidence and truth, each counted by its
    /// answers. From 0 (good) to 1; `None` without answers.
    #[must_use]
    pub fn error(&self) -> Option<f64> {
        let total = self.answers();
        let off = |bin: &Bin| (bin.sum - bin.right as f64).abs();
        (total > 0).then(|| self.bins.iter().map(off).sum::<f64>() / total as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_and_error() {
        let calibration =
            Calibration::new([(0.95, true), (0.95, false), (1.0, true), (0.3, false), (0.25, true)]);
        let filled: Vec<(usize, usize, usize)> = calibration
            .bins
            .iter()
            .enumerate()
            .filter(|(_, bin)| bin.answers > 0)
            .map(|(at, bin)| (at, bin.answers, bin.right))
            .collect();
        assert_eq!(filled, [(2, 1, 1), (3, 1, 0), (9, 3, 2)]);
        // (|0.25 - 1| + |0.3 - 0| + |2.9 - 2|) / 5
        assert!((calibration.error().unwrap() - 0.39).abs() < 1e-6);
    }

    #[test]
    fn no_answers_no_error() {
        let calibration = Calibration::new([]);
        assert_eq!((calibration.answers(), calibration.error()), (0, None));
    }
}
