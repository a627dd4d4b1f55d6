//! What is said beside the pairs: small talk (`smalltalk.toml`) and questions that are known to lie
//! outside the documents (`outside.toml`).

use serde::Deserialize;
use toml::Spanned;

use crate::language::Lang;

/// A kind of message with its ways to say it and one reply: small talk, or a question that the
/// documents do not answer.
#[derive(Debug, Clone)]
pub struct Aside {
    /// Its id within its file.
    pub id: String,
    /// Pairs to offer instead; empty for small talk.
    pub near: Vec<String>,
    /// Whether it is said around a question too, and then is no part of it.
    pub around: bool,
    /// In Arabic.
    pub ar: AsideWording,
    /// In Persian.
    pub fa: AsideWording,
}

impl Aside {
    /// Its wording in `lang`.
    #[must_use]
    pub fn wording(&self, lang: Lang) -> &AsideWording {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fa => &self.fa,
        }
    }
}

/// Ways to say it and the reply, in one language.
#[derive(Debug, Clone)]
pub struct AsideWording {
    /// Ways to say it.
    pub forms: Vec<String>,
    /// What mujib replies.
    pub reply: String,
}

/// `smalltalk.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SmalltalkFile {
    #[serde(default)]
    pub courtesy: RawCourtesy,
    #[serde(default)]
    pub smalltalk: Vec<RawAside>,
}

/// What is said around questions, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCourtesy {
    #[serde(default)]
    pub ar: Vec<String>,
    #[serde(default)]
    pub fa: Vec<String>,
}

/// `outside.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutsideFile {
    #[serde(default)]
    pub outside: Vec<RawAside>,
}

/// One entry of either file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAside {
    pub id: Spanned<String>,
    #[serde(default)]
    pub near: Vec<Spanned<String>>,
    #[serde(default)]
    pub around: bool,
    pub ar: RawAsideWording,
    pub fa: RawAsideWording,
}

/// Ways to say it and the reply, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAsideWording {
    #[serde(alias = "phrases", alias = "questions")]
    pub forms: Vec<Spanned<String>>,
    pub reply: Spanned<String>,
}

impl RawAside {
    pub(super) fn into_aside(self) -> Aside {
        let wording = |w: RawAsideWording| AsideWording {
            forms: w.forms.into_iter().map(Spanned::into_inner).collect(),
            reply: w.reply.into_inner().trim().to_owned(),
        };
        Aside {
            id: self.id.into_inner(),
            near: self.near.into_iter().map(Spanned::into_inner).collect(),
            around: self.around,
            ar: wording(self.ar),
            fa: wording(self.fa),
        }
    }
}
