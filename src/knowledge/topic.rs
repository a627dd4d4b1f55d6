//! Topics and their question/answer pairs: `topics/NAME.toml`.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::bilingual::Bilingual;
use crate::language::Lang;

/// A group of pairs.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// Its title, in both languages.
    pub title: Bilingual,
}

/// One question that patients ask, in all the ways they ask it, and its reviewed answer.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Its id, unique over all topics.
    pub id: String,
    /// The id of its topic.
    pub topic: String,
    /// What the question wants.
    pub asks: Asks,
    /// What it is about (`treatment`, `face`, `hair`, `prp`, …).
    pub subject: Vec<String>,
    /// Risk tags, each of which pulls in a disclaimer.
    pub risk: Vec<String>,
    /// Passages behind the answer; the first is `[1]`.
    pub cites: Vec<Cite>,
    /// Pairs that a patient would ask next.
    pub related: Vec<String>,
    /// When the answer has to be looked at again.
    pub review_by: String,
    /// The Arabic wording.
    pub ar: Wording,
    /// The Persian wording.
    pub fa: Wording,
}

impl Pair {
    /// Its wording in `lang`.
    #[must_use]
    pub fn wording(&self, lang: Lang) -> &Wording {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fa => &self.fa,
        }
    }
}

/// A pair that staff took back. Its questions are still recognised, so that no neighbour answers them; what they
/// get is that there is no answer.
#[derive(Debug, Clone)]
pub struct Withdrawn {
    /// The pair.
    pub pair: Pair,
    /// How many pairs stand before it, withdrawn ones too.
    pub place: usize,
}

impl Withdrawn {
    /// The id under which its questions are recognised; no pair and no entry of `outside.toml` has it.
    #[must_use]
    pub fn class(&self) -> String {
        format!("withdrawn:{}", self.pair.id)
    }
}

/// A passage that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cite {
    /// The source's id.
    pub source: String,
    /// The passage's id within it.
    pub passage: String,
}

impl Cite {
    /// Reads `source#passage`; `None` where either is missing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Cite> {
        let (source, passage) = text.split_once('#')?;
        (!source.is_empty() && !passage.is_empty())
            .then(|| Cite { source: source.to_owned(), passage: passage.to_owned() })
    }
}

/// The question and answer of a pair in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The question as the clinic would put it; shown in suggestions.
    pub question: String,
    /// Other ways to ask it.
    pub variants: Vec<String>,
    /// The answer, with `[n]` markers.
    pub answer: String,
}

impl Wording {
    /// The question and all variants.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.question.as_str()).chain(self.variants.iter().map(String::as_str))
    }
}

/// What a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says what the question wants")]
pub enum Asks {
    What,
    HowMany,
    HowMuch,
    HowLong,
    HowOften,
    When,
    Who,
    Where,
    Why,
    How,
    MayI,
    Works,
    Proof,
    Hurts,
    Harm,
    Contains,
    Before,
    After,
    Versus,
    Experience,
    Advice,
    /// What it costs: asked, but answered by no pair.
    Cost,
}

impl Asks {
    /// The name in files: `how-many`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Asks::What => "what",
            Asks::HowMany => "how-many",
            Asks::HowMuch => "how-much",
            Asks::HowLong => "how-long",
            Asks::HowOften => "how-often",
            Asks::When => "when",
            Asks::Who => "who",
            Asks::Where => "where",
            Asks::Why => "why",
            Asks::How => "how",
            Asks::MayI => "may-i",
            Asks::Works => "works",
            Asks::Proof => "proof",
            Asks::Hurts => "hurts",
            Asks::Harm => "harm",
            Asks::Contains => "contains",
            Asks::Before => "before",
            Asks::After => "after",
            Asks::Versus => "versus",
            Asks::Experience => "experience",
            Asks::Advice => "advice",
            Asks::Cost => "cost",
        }
    }

    /// The value whose [`name`](Asks::name) is `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Asks> {
        Self::ALL.iter().copied().find(|asks| asks.name() == name)
    }

    /// All of them.
    pub const ALL: [Asks; 22] = [
        Asks::What,
        Asks::HowMany,
        Asks::HowMuch,
        Asks::HowLong,
        Asks::HowOften,
        Asks::When,
        Asks::Who,
        Asks::Where,
        Asks::Why,
        Asks::How,
        Asks::MayI,
        Asks::Works,
        Asks::Proof,
        Asks::Hurts,
        Asks::Harm,
        Asks::Contains,
        Asks::Before,
        Asks::After,
        Asks::Versus,
        Asks::Experience,
        Asks::Advice,
        Asks::Cost,
    ];
}

/// A topic file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicFile {
    pub topic: RawTopic,
    #[serde(default, rename = "pair")]
    pub pairs: Vec<Spanned<RawPair>>,
}

/// The `[topic]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTopic {
    pub id: Spanned<String>,
    pub title: Bilingual,
}

/// A `[[pair]]` table as written, before its references are looked up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPair {
    pub id: Spanned<String>,
    pub asks: Spanned<String>,
    pub subject: Vec<Spanned<String>>,
    #[serde(default)]
    pub risk: Vec<Spanned<String>>,
    #[serde(default)]
    #[expect(dead_code, reason = "facts tie a pair to the documents for its editors; answering needs none")]
    pub facts: Vec<String>,
    #[serde(default)]
    pub cites: Vec<Spanned<String>>,
    #[serde(default)]
    pub related: Vec<Spanned<String>>,
    pub review_by: Spanned<toml::value::Datetime>,
    /// Not answered with until it is restored; checked all the same.
    #[serde(default)]
    pub withdrawn: bool,
    pub ar: Option<RawWording>,
    pub fa: Option<RawWording>,
}

/// A `[pair.ar]` or `[pair.fa]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWording {
    pub question: Spanned<String>,
    pub variants: Vec<Spanned<String>>,
    pub answer: Spanned<String>,
}

impl RawWording {
    pub(super) fn into_wording(self) -> Wording {
        Wording {
            question: self.question.into_inner(),
            variants: self.variants.into_iter().map(Spanned::into_inner).collect(),
            answer: self.answer.into_inner().trim().to_owned(),
        }
    }

    /// The question and all variants, with their places.
    pub(super) fn forms(&self) -> impl Iterator<Item = &Spanned<String>> {
        std::iter::once(&self.question).chain(&self.variants)
    }
}
