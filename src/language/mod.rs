//! Text to language and terms: the lowest room. Knows no knowledge, no index and no protocol.

pub mod arabic;
mod clues;
pub mod detect;
pub mod disguise;
pub mod everyday;
pub mod fold;
pub mod latin;
pub mod layout;
pub mod persian;
pub mod runs;
mod spelling;
pub mod token;
pub mod words;

use serde::{Deserialize, Serialize};

pub use fold::fold;
pub use token::{Script, Token, tokenize};

/// A language that mujib answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Arabic, standard or dialect, in any script.
    Ar,
    /// Persian, Iranian or Dari, in any script.
    Fa,
}

impl Lang {
    /// Both languages, in the order of every table and report.
    pub const ALL: [Lang; 2] = [Lang::Ar, Lang::Fa];

    /// The two-letter code used in files and on the wire: `ar` or `fa`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::Fa => "fa",
        }
    }

    /// The language of a code such as `ar`, `fa`, `fa-AF` or `AR_eg`; `None` for any other.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ar" => Some(Lang::Ar),
            "fa" | "prs" | "per" => Some(Lang::Fa),
            _ => None,
        }
    }

    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> Lang {
        match self {
            Lang::Ar => Lang::Fa,
            Lang::Fa => Lang::Ar,
        }
    }
}
