//! The clinic's knowledge: sources, pairs, lexicon, policy. Read, validated and versioned here.

pub mod aside;
pub mod bilingual;
mod check;
pub mod decision;
pub mod entries;
pub mod files;
pub mod lexicon;
mod lint;
mod load;
pub mod overlay;
pub mod policy;
mod policy_file;
pub mod problem;
pub mod source;
pub mod topic;

use std::collections::HashMap;

pub use aside::{Aside, AsideWording};
pub use bilingual::Bilingual;
pub use check::{LEAST_VARIANTS, SUBJECTS};
pub use decision::{Calibration, DecisionFigures, Thresholds};
pub use entries::{Entry, EntryKind, entries, fingerprint};
pub use files::{File, Files};
pub use lexicon::{Concept, ConceptKind};
pub use load::{from_files, load};
pub use overlay::Edit;
pub use policy::Policy;
pub use problem::Problem;
pub use source::{Passage, Source, SourceKind};
pub use topic::{Asks, Cite, Pair, Topic, Withdrawn, Wording};

/// One immutable, validated version of the knowledge.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// `sha256:` and 64 hex digits over all files: the same files give the same version.
    pub version: String,
    /// The documents, by file name.
    pub sources: Vec<Source>,
    /// The topics, by file name.
    pub topics: Vec<Topic>,
    /// All pairs, in the order of their files.
    pub pairs: Vec<Pair>,
    /// Pairs that answer nothing for now, in the order of their files.
    pub withdrawn: Vec<Withdrawn>,
    /// Questions that are known to lie outside the documents.
    pub outside: Vec<Aside>,
    /// Small talk.
    pub smalltalk: Vec<Aside>,
    /// What is said around questions besides small talk, in either language.
    pub courtesies: Vec<String>,
    /// The words of patients.
    pub lexicon: Vec<Concept>,
    /// Red flags, disclaimers, contact, emergency numbers.
    pub policy: Policy,
    /// What decides between answering, asking back and declining.
    pub decision: DecisionFigures,
    places: HashMap<String, usize>,
}

impl Knowledge {
    /// The pair of this id.
    #[must_use]
    pub fn pair(&self, id: &str) -> Option<&Pair> {
        self.places.get(id).and_then(|at| self.pairs.get(*at))
    }

    /// The withdrawn pair whose questions are recognised as the class `id`.
    #[must_use]
    pub fn withdrawn_by_class(&self, id: &str) -> Option<&Withdrawn> {
        let pair = id.strip_prefix("withdrawn:")?;
        self.withdrawn.iter().find(|withdrawn| withdrawn.pair.id == pair)
    }

    /// The source and passage of a citation.
    #[must_use]
    pub fn passage(&self, cite: &Cite) -> Option<(&Source, &Passage)> {
        let source = self.sources.iter().find(|s| s.id == cite.source)?;
        let passage = source.passages.iter().find(|p| p.id == cite.passage)?;
        Some((source, passage))
    }
}
