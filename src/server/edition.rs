//! An edition: the files of the knowledge with what staff published over them, and the engine that answers from both.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::dialogue::{Engine, EngineSettings, OpenError};
use crate::knowledge::{self, Edit, Entry, EntryKind, Files, Problem, overlay};
use crate::language::{Lang, fold};
use crate::search::alike::Alike;
use crate::store::revisions::Revision;

/// An entry's kind and id.
pub type Key = (EntryKind, String);

/// The files as they are on disk, the same with the published revisions, and the engine for that. Immutable.
#[derive(Debug)]
pub struct Edition {
    /// As they are on disk.
    base: Arc<Files>,
    /// With what staff published.
    merged: Files,
    /// Entries whose file changed since a revision was published over it.
    conflicts: Vec<Key>,
    engine: Arc<Engine>,
    shelf: OnceLock<Shelf>,
    beneath: OnceLock<HashMap<Key, Value>>,
    alike: OnceLock<[Alike; 2]>,
}

/// The entries of an edition, findable.
#[derive(Debug)]
pub struct Shelf {
    /// In the order of kinds and files.
    pub entries: Vec<Entry>,
    places: HashMap<Key, usize>,
    /// What each entry says, folded, for searching: id and all texts.
    words: Vec<String>,
}

impl Shelf {
    fn new(entries: Vec<Entry>) -> Self {
        let places = entries.iter().enumerate().map(|(at, e)| ((e.kind, e.id.clone()), at)).collect();
        let words = entries.iter().map(|entry| searched(&entry.id, &entry.content)).collect();
        Self { entries, places, words }
    }

    /// The entry of this kind and id.
    #[must_use]
    pub fn get(&self, kind: EntryKind, id: &str) -> Option<&Entry> {
        self.places.get(&(kind, id.to_owned())).and_then(|at| self.entries.get(*at))
    }

    /// All entries of a kind that hold every word of `query`, in any spelling; all for an empty one.
    pub fn find<'a>(&'a self, kind: EntryKind, query: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let wanted = words_of(query);
        self.entries
            .iter()
            .zip(&self.words)
            .filter(move |(entry, words)| {
                entry.kind == kind && wanted.iter().all(|word| words.contains(word))
            })
            .map(|(entry, _)| entry)
    }
}

/// What is searched in an entry: its id and all its texts, folded.
#[must_use]
pub fn searched(id: &str, content: &Value) -> String {
    let mut text = id.to_lowercase();
    gather(content, &mut text);
    text
}

fn gather(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push('\n');
            // Within a word a joiner is no letter that anybody looks for.
            into.extend(fold(text).chars().filter(|c| *c != '\u{200c}').flat_map(char::to_lowercase));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
        Value::Object(members) => members.values().for_each(|member| gather(member, into)),
        _ => {}
    }
}

/// The words that a search looks for, as [`searched`] spells them.
#[must_use]
pub fn words_of(query: &str) -> Vec<String> {
    let folded: String =
        fold(query).chars().filter(|c| *c != '\u{200c}').flat_map(char::to_lowercase).collect();
    folded.split_whitespace().map(str::to_owned).collect()
}

/// What a revision makes of its entry; `None` for one of a kind or content that this program does not know.
#[must_use]
pub fn edit_of(revision: &Revision) -> Option<Edit> {
    let content = match &revision.content {
        Some(json) => Some(serde_json::from_str(json).ok()?),
        None => None,
    };
    Some(Edit { kind: EntryKind::from_name(&revision.kind)?, id: revision.entry.clone(), content })
}

impl Edition {
    /// The files `base` with `published` over them.
    ///
    /// # Errors
    /// Every problem of what comes out, or an index that cannot be built.
    pub fn open(
        base: Files,
        published: &[Revision],
        index: &Path,
        settings: &EngineSettings,
    ) -> Result<Self, OpenError> {
        let edits: Vec<Edit> = published.iter().filter_map(edit_of).collect();
        let mut merged = base.clone();
        overlay::apply(&mut merged, &edits).map_err(OpenError::Knowledge)?;
        let engine = Arc::new(Engine::of(&merged, index, settings)?);
        let base = Arc::new(base);
        let beneath = OnceLock::new();
        let conflicts = if published.is_empty() {
            Vec::new()
        } else {
            conflicts(published, &edits, beneath.get_or_init(|| by_key(&base)))
        };
        Ok(Self { base, merged, conflicts, engine, shelf: OnceLock::new(), beneath, alike: OnceLock::new() })
    }

    /// This edition with `edits` over it.
    ///
    /// # Errors
    /// Every problem of what comes out, or an index that cannot be built.
    pub fn with(&self, edits: &[Edit], index: &Path, settings: &EngineSettings) -> Result<Self, OpenError> {
        let merged = self.merged_with(edits).map_err(OpenError::Knowledge)?;
        let engine = Arc::new(Engine::of(&merged, index, settings)?);
        let settled =
            |key: &&Key| !edits.iter().any(|edit| (edit.kind, edit.id.as_str()) == (key.0, key.1.as_str()));
        Ok(Self {
            base: Arc::clone(&self.base),
            merged,
            conflicts: self.conflicts.iter().filter(settled).cloned().collect(),
            engine,
            shelf: OnceLock::new(),
            beneath: OnceLock::new(),
            alike: OnceLock::new(),
        })
    }

    /// The files of this edition with `edits` over them; nothing is checked but that they can be written.
    ///
    /// # Errors
    /// The edits that cannot.
    pub fn merged_with(&self, edits: &[Edit]) -> Result<Files, Vec<Problem>> {
        let mut merged = self.merged.clone();
        overlay::apply(&mut merged, edits)?;
        Ok(merged)
    }

    /// The same files with an engine of other settings.
    pub(super) fn with_engine(&self, engine: Arc<Engine>) -> Self {
        Self {
            base: Arc::clone(&self.base),
            merged: self.merged.clone(),
            conflicts: self.conflicts.clone(),
            engine,
            shelf: OnceLock::new(),
            beneath: OnceLock::new(),
            alike: OnceLock::new(),
        }
    }

    /// The version of the knowledge.
    #[must_use]
    pub fn version(&self) -> &str {
        self.engine.version()
    }

    /// The engine that answers from it.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The files with what staff published.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.merged
    }

    /// Entries whose file changed since a revision was published over it; the revision is what patients have.
    #[must_use]
    pub fn conflicts(&self) -> &[Key] {
        &self.conflicts
    }

    /// Its entries.
    pub fn shelf(&self) -> &Shelf {
        self.shelf.get_or_init(|| Shelf::new(knowledge::entries(&self.merged)))
    }

    /// Whether everything that takes long to lay out is laid out.
    #[must_use]
    pub fn is_laid_out(&self) -> bool {
        self.shelf.get().is_some() && self.beneath.get().is_some() && self.alike.get().is_some()
    }

    /// Lays out what takes long, so that nothing that must be quick has to.
    pub fn lay_out(&self) {
        self.shelf();
        self.alike(Lang::Ar);
        self.beneath.get_or_init(|| by_key(&self.base));
    }

    /// What the file holds of an entry, whatever was published over it.
    #[must_use]
    pub fn beneath(&self, kind: EntryKind, id: &str) -> Option<&Value> {
        self.beneath.get_or_init(|| by_key(&self.base)).get(&(kind, id.to_owned()))
    }

    /// Every way to ask a pair, findable by others like it; the owners are places of `knowledge().pairs`.
    pub fn alike(&self, lang: Lang) -> &Alike {
        let both = self.alike.get_or_init(|| {
            Lang::ALL.map(|lang| {
                let pairs = self.engine.knowledge().pairs.iter().enumerate();
                Alike::new(
                    pairs.flat_map(|(at, pair)| pair.wording(lang).forms().map(move |form| (at, form))),
                )
            })
        });
        &both[lang as usize]
    }
}

fn by_key(files: &Files) -> HashMap<Key, Value> {
    knowledge::entries(files).into_iter().map(|entry| ((entry.kind, entry.id), entry.content)).collect()
}

/// Entries whose file holds neither what it held when the revision was made, nor what the revision says.
fn conflicts(published: &[Revision], edits: &[Edit], files: &HashMap<Key, Value>) -> Vec<Key> {
    let prints: BTreeMap<(&str, &str), &str> = published
        .iter()
        .map(|revision| ((revision.kind.as_str(), revision.entry.as_str()), revision.beneath.as_str()))
        .collect();
    edits
        .iter()
        .filter(|edit| {
            let file = knowledge::fingerprint(files.get(&(edit.kind, edit.id.clone())));
            let made_over = prints.get(&(edit.kind.name(), edit.id.as_str())).copied().unwrap_or_default();
            file != made_over && file != knowledge::fingerprint(edit.content.as_ref())
        })
        .map(|edit| (edit.kind, edit.id.clone()))
        .collect()
}
