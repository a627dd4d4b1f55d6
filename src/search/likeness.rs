//! What an embedding model says of a question and the classes: a plain value that is handed in, so that ranking
//! stays free of I/O.

use crate::language::Lang;

/// How alike a question and every class are in meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// For each language, by the classes' places.
    of: [Vec<f32>; 2],
}

impl Likeness {
    /// From the cosine that the question has with each class, by its place, in each language.
    #[must_use]
    pub fn new(cosines: [Vec<f32>; 2]) -> Self {
        Self { of: cosines }
    }

    /// How alike the class at this place is in `lang`, from 0 to 1.
    #[must_use]
    pub fn of(&self, class: usize, lang: Lang) -> f32 {
        self.of[lang as usize].get(class).map_or(0.0, |cosine| cosine.clamp(0.0, 1.0))
    }

    /// The places of the `n` classes most alike in `lang`, best first.
    #[must_use]
    pub fn best(&self, n: usize, lang: Lang) -> Vec<usize> {
        let of = &self.of[lang as usize];
        let mut order: Vec<usize> = (0..of.len()).collect();
        order.sort_by(|a, b| of[*b].total_cmp(&of[*a]).then(a.cmp(b)));
        order.truncate(n);
        order
    }
}
