//! Texts that exist in both languages.

use serde::{Deserialize, Serialize};

use crate::language::Lang;

/// One text in Arabic and in Persian. A file that lacks either does not load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// The Arabic text.
    pub ar: String,
    /// The Persian text.
    pub fa: String,
}

impl Bilingual {
    /// The text in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fa => &self.fa,
        }
    }
}
