//! The knowledge's vectors in memory: one byte a figure, compared with a question's vector one by one.

use super::whitening::Whitening;
use crate::language::Lang;
use crate::search::Class;

/// A vector of unit length at one byte a figure. With 384 figures a cosine is off by about 0.0005, a twentieth of
/// what lies between neighbouring questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantised {
    /// What one step of a part is worth.
    pub scale: f32,
    /// The parts, from -127 to 127.
    pub parts: Vec<i8>,
}

impl Quantised {
    /// Rounds `vector`.
    #[must_use]
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        let scale = largest / 127.0;
        Self { scale, parts: vector.iter().map(|x| (x / scale).round() as i8).collect() }
    }

    /// The vector, about.
    #[must_use]
    pub fn figures(&self) -> Vec<f32> {
        self.parts.iter().map(|part| f32::from(*part) * self.scale).collect()
    }

    /// The cosine of the angle to `question`, about.
    #[must_use]
    pub fn cosine(&self, question: &Question) -> f32 {
        dot(&self.parts, &question.parts) as f32 * self.scale * question.scale
    }
}

/// A question's vector, ready to be compared.
#[derive(Debug, Clone)]
pub struct Question {
    scale: f32,
    parts: Vec<i16>,
}

/// Steps of a question's figures: so few that the sum over 8,000 products still fits into 32 bits.
const STEPS: f32 = 2047.0;

impl Question {
    /// Rounds a vector of unit length.
    #[must_use]
    pub fn new(vector: &[f32]) -> Self {
        let scale = 1.0 / STEPS;
        Self { scale, parts: vector.iter().map(|x| (x / scale).round() as i16).collect() }
    }
}

fn dot(ours: &[i8], theirs: &[i16]) -> i32 {
    ours.iter().zip(theirs).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// The vectors of all forms of one language, row after row.
#[derive(Debug, Clone, Default)]
struct Rows {
    /// The place of each form's class.
    owners: Vec<u32>,
    scales: Vec<f32>,
    parts: Vec<i8>,
}

/// The vectors of all forms of all classes. Immutable.
#[derive(Debug, Clone)]
pub struct Vectors {
    classes: usize,
    whitening: Whitening,
    /// In the order of [`Lang::ALL`].
    rows: [Rows; 2],
    dimensions: usize,
}

/// A class is as alike as the mean of this many of its forms, the best ones: one alone may be so by its frame.
const BEST_FORMS: usize = 3;

impl Vectors {
    /// The vectors of the forms of `classes`, which `of` knows by their text; `None` if it lacks one or they are not
    /// all of `dimensions` figures. Takes a second or two for 20,000 forms of 384 figures.
    #[must_use]
    pub fn new<'a>(
        classes: &[Class],
        dimensions: usize,
        of: impl Fn(&str) -> Option<&'a Quantised>,
    ) -> Option<Self> {
        let mut known: [Vec<(u32, &Quantised)>; 2] = [Vec::new(), Vec::new()];
        for (lang, known) in Lang::ALL.into_iter().zip(&mut known) {
            for (class, at) in classes.iter().zip(0..) {
                for form in &class.forms[lang as usize] {
                    known.push((at, of(form).filter(|vector| vector.parts.len() == dimensions)?));
                }
            }
        }
        if dimensions == 0 {
            return None;
        }
        let all = || known.iter().flatten().map(|(class, vector)| (*class as usize, vector.figures()));
        let whitening = Whitening::fit(dimensions, classes.len(), || Box::new(all()));
        let rows = known.map(|known| {
            let mut rows = Rows::default();
            for (class, vector) in known {
                let vector = Quantised::new(&whitening.apply(&vector.figures()));
                rows.owners.push(class);
                rows.scales.push(vector.scale);
                rows.parts.extend(&vector.parts);
            }
            rows
        });
        Some(Self { dimensions, classes: classes.len(), whitening, rows })
    }

    /// How many figures each vector has.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many forms there are.
    #[must_use]
    pub fn forms(&self) -> usize {
        self.rows.iter().map(|rows| rows.owners.len()).sum()
    }

    /// What they take in memory, with what brings questions into their shape.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let rows =
            self.rows.iter().map(|rows| rows.parts.len() + 4 * (rows.owners.len() + rows.scales.len()));
        rows.sum::<usize>() + 2 * self.dimensions * (self.dimensions + 3)
    }

    /// For each language how alike each class is to a question, by the classes' places: the mean cosine of its best
    /// forms with the question's vector, 0 for a class without forms. `None` for a vector of another length.
    #[must_use]
    pub fn likeness(&self, vector: &[f32]) -> Option<[Vec<f32>; 2]> {
        if vector.len() != self.dimensions {
            return None;
        }
        let question = Question::new(&self.whitening.apply(vector));
        Some(self.rows.each_ref().map(|rows| {
            let mut best = vec![[f32::MIN; BEST_FORMS]; self.classes];
            let each = rows.parts.chunks_exact(self.dimensions).zip(&rows.scales).zip(&rows.owners);
            for ((parts, scale), owner) in each {
                let mut cosine = dot(parts, &question.parts) as f32 * scale * question.scale;
                for place in best.get_mut(*owner as usize).into_iter().flatten() {
                    if cosine > *place {
                        std::mem::swap(place, &mut cosine);
                    }
                }
            }
            best.iter().map(mean_of_known).collect()
        }))
    }
}

fn mean_of_known(best: &[f32; BEST_FORMS]) -> f32 {
    let known = best.iter().filter(|cosine| **cosine > f32::MIN);
    let (sum, count) = known.fold((0.0, 0.0f32), |(sum, count), cosine| (sum + cosine, count + 1.0));
    sum / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ClassKind;

    fn unit(seed: u64, length: usize) -> Vec<f32> {
        let mut state = seed;
        let raw: Vec<f32> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
            })
            .collect();
        let norm = raw.iter().map(|x| x * x).sum::<f32>().sqrt();
        raw.into_iter().map(|x| x / norm).collect()
    }

    #[test]
    fn rounding_changes_cosines_little() {
        for (length, off) in [(2, 0.01), (384, 0.002), (1024, 0.002), (8000, 0.002)] {
            for seed in 1..20 {
                let (a, b) = (unit(seed, length), unit(seed + 1, length));
                let true_one: f32 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
                let rounded = Quantised::new(&a).cosine(&Question::new(&b));
                assert!((true_one - rounded).abs() < off, "{length}: {true_one} {rounded}");
                let own = Quantised::new(&a).cosine(&Question::new(&a));
                assert!((own - 1.0).abs() < off, "{length}: {own}");
            }
        }
    }

    fn class(id: &str, ar: &[&str], fa: &[&str]) -> Class {
        Class {
            kind: ClassKind::Pair,
            id: id.into(),
            asks: None,
            subject: Vec::new(),
            related: Vec::new(),
            forms: [ar, fa].map(|forms| forms.iter().map(|form| (*form).to_owned()).collect()),
            answers: [String::new(), String::new()],
        }
    }

    #[test]
    fn a_class_is_as_alike_as_its_best_forms() {
        let texts = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"];
        let towards = |text: &str| if text.starts_with('a') { 1.0 } else { -1.0 };
        let figures = |(seed, text): (u64, &&str)| {
            let mut vector = unit(seed, 16);
            vector[0] = towards(text);
            vector
        };
        let known: Vec<(&str, Quantised)> = texts
            .iter()
            .zip(1..)
            .map(|(text, seed)| (*text, Quantised::new(&figures((seed, text)))))
            .collect();
        let of = |text: &str| known.iter().find(|(own, _)| *own == text).map(|(_, vector)| vector);
        let classes = [class("a", &texts[..4], &["a1"]), class("b", &texts[4..], &[])];
        let vectors = Vectors::new(&classes, 16, of).unwrap();
        assert_eq!((vectors.forms(), vectors.dimensions()), (9, 16));
        assert_eq!(vectors.bytes(), 9 * (16 + 8) + 2 * 16 * 19);
        for (text, nearer) in texts.iter().zip([0, 0, 0, 0, 1, 1, 1, 1]) {
            let likeness = vectors.likeness(&of(text).unwrap().figures()).unwrap();
            let arabic = &likeness[Lang::Ar as usize];
            assert!(arabic[nearer] > arabic[1 - nearer] + 0.1, "{text}: {likeness:?}");
            // Its own form is one of three, so the mean is not 1.
            assert!(arabic[nearer] < 0.99, "{text}: {likeness:?}");
        }
        let likeness = vectors.likeness(&of("a1").unwrap().figures()).unwrap();
        assert!(
            (likeness[Lang::Fa as usize][0] - 1.0).abs() < 0.01,
            "the only form is the mean: {likeness:?}"
        );
        assert_eq!(likeness[Lang::Fa as usize][1], 0.0, "no form");
        assert_eq!(vectors.likeness(&[1.0]), None);
        assert!(Vectors::new(&[class("c", &["c1"], &[])], 16, of).is_none(), "a form without a vector");
        assert!(Vectors::new(&classes, 3, of).is_none(), "another length");
        assert!(Vectors::new(&[], 0, of).is_none(), "nothing to compare");
    }
}
