//! The documents behind the answers: `sources/ID.toml`.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::bilingual::Bilingual;
use crate::language::Lang;

/// A document and what its passages say.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id, which is also its file's name.
    pub id: String,
    /// The document's own language.
    pub lang: Lang,
    /// What kind of document it is.
    pub kind: SourceKind,
    /// Its title, in both languages.
    pub title: Bilingual,
    /// Where it can be read, if it is public.
    pub url: Option<String>,
    /// Its passages, in the document's order.
    pub passages: Vec<Passage>,
}

/// What kind of document a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// An article for the public.
    Article,
    /// Personal experiences: no proof.
    Experiences,
    /// Clinical precautions.
    Precautions,
}

/// One passage of a source.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Its id within the source, such as `p8`.
    pub id: String,
    /// The part of the document it stands in.
    pub section: Bilingual,
    /// Where in the document it stands, for staff.
    pub locator: String,
    /// Ids of the facts it states.
    pub facts: Vec<String>,
    /// What it says, in our own words.
    pub gist: Bilingual,
}

/// A source file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceFile {
    pub source: RawSource,
    #[serde(default, rename = "passage")]
    pub passages: Vec<RawPassage>,
}

/// The `[source]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub id: Spanned<String>,
    pub lang: Lang,
    pub kind: SourceKind,
    pub title: Bilingual,
    pub url: Option<String>,
}

/// A `[[passage]]` table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPassage {
    pub id: Spanned<String>,
    pub section: Bilingual,
    pub locator: String,
    #[serde(default)]
    pub facts: Vec<String>,
    pub gist: Bilingual,
}

impl SourceFile {
    pub(super) fn into_source(self) -> Source {
        Source {
            id: self.source.id.into_inner(),
            lang: self.source.lang,
            kind: self.source.kind,
            title: self.source.title,
            url: self.source.url,
            passages: self
                .passages
                .into_iter()
                .map(|p| Passage {
                    id: p.id.into_inner(),
                    section: p.section,
                    locator: p.locator,
                    facts: p.facts,
                    gist: p.gist,
                })
                .collect(),
        }
    }
}
