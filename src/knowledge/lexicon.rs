//! The words of patients, tied to concepts: `lexicon.toml`.

use serde::Deserialize;
use toml::Spanned;

/// What a concept is for in matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConceptKind {
    /// What a question wants (`how-many`, `harm`): its id is a name of [`Asks`](super::Asks).
    Asks,
    /// What a question is about (`hair`, `prp`).
    Subject,
    /// Anything else that the knowledge talks about.
    Thing,
    /// Something that the knowledge does not hold: a question that turns on it is refused.
    Outside,
    /// No meaning for matching.
    Function,
}

/// A concept and the forms that patients write for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is for.
    pub kind: ConceptKind,
    /// Arabic words and phrases, any dialect.
    #[serde(default)]
    pub ar: Vec<Spanned<String>>,
    /// Persian words and phrases, any register.
    #[serde(default)]
    pub fa: Vec<Spanned<String>>,
    /// English, Arabizi, Finglish.
    #[serde(default)]
    pub latin: Vec<Spanned<String>>,
}

impl Concept {
    /// All forms with their places, each with the number of its list: 0 Arabic, 1 Persian, 2 Latin.
    pub fn forms(&self) -> impl Iterator<Item = (usize, &Spanned<String>)> {
        let lists = [&self.ar, &self.fa, &self.latin];
        lists.into_iter().enumerate().flat_map(|(at, list)| list.iter().map(move |form| (at, form)))
    }
}

/// `lexicon.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    #[serde(default, rename = "concept")]
    pub concepts: Vec<Concept>,
}
