//! The index folder: what is built from the knowledge and kept, so that a start only opens it.
//!
//! Each build is a folder of its own, named after all it depends on. It is written under another name
//! and renamed when it is whole, so what bears the name is complete; what does not open is built again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::concepts::Concepts;
use super::features::{FeatureSpace, Texts};
use super::index::{CandidateIndex, IndexedClass};
use super::linear::Linear;
use super::matcher::{Class, Matcher};
use super::query::Words;
use super::reading::{self, Reading, Study};
use crate::knowledge::Concept;
use crate::language::Lang;

/// Raised whenever analysis, features or training change, so that old indexes are not opened.
const ANALYZER_VERSION: u32 = 14;
/// The file of what is kept beside the Tantivy index.
const KEPT_FILE: &str = "matcher.bin";
/// Builds that are kept beside the newest.
const BUILDS_KEPT: usize = 3;
/// First bytes of that file.
const MAGIC: &[u8; 8] = b"mujibM03";

/// Why no index could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The folder or a file in it could not be written.
    #[error("the index folder {path} cannot be written: {source}. Choose another with --index")]
    Io {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Tantivy failed.
    #[error("the index could not be built: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
}

/// A matcher for `classes`: opened from `dir` if it was built there from the same texts by the same analyzer,
/// built anew otherwise or if `rebuild` says so. Returns whether it was built.
///
/// # Errors
/// See [`BuildError`]. A corrupt or half-written index is none: it is built again.
pub fn prepare(
    dir: &Path,
    classes: Vec<Class>,
    lexicon: &[Concept],
    rebuild: bool,
) -> Result<(Matcher, bool), BuildError> {
    let home = dir.join(name(&classes, lexicon));
    let concepts = Concepts::new(lexicon);
    if !rebuild && let Some((Kept { models, mut reading }, index)) = open(&home, classes.len()) {
        mark_used(&home);
        let words = reading::words_of(&mut reading, &concepts);
        return Ok((Matcher::assemble(classes, concepts, words, reading, models, index), false));
    }
    let (Kept { models, reading }, words, index) = build(dir, &home, &classes, lexicon, &concepts)?;
    Ok((Matcher::assemble(classes, concepts, words, reading, models, index), true))
}

/// The name of a build: a hash of all texts that it is made of, in their order. Not of the knowledge's version, for
/// much that is reviewed trains nothing: a withdrawn answer or another phone number is served without a build.
fn name(classes: &[Class], lexicon: &[Concept]) -> String {
    let mut hash = Sha256::new();
    hash.update(ANALYZER_VERSION.to_le_bytes());
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    // Lengths keep lists and texts from running into each other.
    let length = |hash: &mut Sha256, n: usize| hash.update((n as u64).to_le_bytes());
    let text = |hash: &mut Sha256, text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    length(&mut hash, classes.len());
    for class in classes {
        for forms in &class.forms {
            length(&mut hash, forms.len());
            forms.iter().for_each(|form| text(&mut hash, form));
        }
        class.answers.iter().for_each(|answer| text(&mut hash, answer));
    }
    length(&mut hash, lexicon.len());
    for concept in lexicon {
        text(&mut hash, concept.id.get_ref());
        hash.update([concept.kind as u8]);
        length(&mut hash, concept.forms().count());
        for (list, form) in concept.forms() {
            length(&mut hash, list);
            text(&mut hash, form.get_ref());
        }
    }
    let digest = hash.finalize();
    digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

type Models = [(FeatureSpace, Linear); 2];

/// What is kept of the knowledge beside the Tantivy index: what was learnt from its texts, and the terms of each, so
/// that a start need not read them again.
struct Kept {
    models: Models,
    reading: Reading,
}

/// A model as it is stored.
#[derive(Serialize, Deserialize)]
struct StoredModel {
    keys: Vec<u64>,
    idf: Vec<f32>,
    model: Linear,
}

fn open(home: &Path, classes: usize) -> Option<(Kept, CandidateIndex)> {
    let kept = read_kept(&home.join(KEPT_FILE), classes)?;
    let index = CandidateIndex::open(home).ok()?;
    (index.len() == (classes * Lang::ALL.len()) as u64).then_some((kept, index))
}

fn build(
    dir: &Path,
    home: &Path,
    classes: &[Class],
    lexicon: &[Concept],
    concepts: &Concepts,
) -> Result<(Kept, [Words; 2], CandidateIndex), BuildError> {
    let io = |source| BuildError::Io { path: dir.to_owned(), source };
    let stopped = || io(std::io::Error::other("a part of the build stopped"));
    fs::create_dir_all(dir).map_err(io)?;
    let temporary = tempfile::Builder::new().prefix(".building-").tempdir_in(dir).map_err(io)?;
    // Each language is read and learnt by itself, and Tantivy writes as soon as both are read.
    let (read, to_write) = sync_channel(Lang::ALL.len());
    let learn = |lang: Lang, read: SyncSender<(usize, Vec<IndexedClass>)>| {
        let Study { words, reading, texts, labels, indexed } = Study::new(classes, lexicon, concepts, lang);
        // Whoever writes is told nothing more if it has failed; its error is what comes back.
        let _failed = read.send((lang as usize, indexed));
        drop(read);
        (words, reading, train(&texts, &labels, classes.len()))
    };
    let (arabic, persian, written) = std::thread::scope(|scope| {
        let (learn, other) = (&learn, read.clone());
        let persian = scope.spawn(move || learn(Lang::Fa, other));
        let path = temporary.path();
        let writer = scope.spawn(move || {
            let mut both: Vec<(usize, Vec<IndexedClass>)> = to_write.iter().collect();
            both.sort_unstable_by_key(|(lang, _)| *lang);
            CandidateIndex::build(path, both.into_iter().flat_map(|(_, of)| of)).map(drop)
        });
        let arabic = learn(Lang::Ar, read);
        (arabic, persian.join(), writer.join())
    });
    let (Ok(persian), Ok(written)) = (persian, written) else { return Err(stopped()) };
    written?;
    let (words, reading, model) = arabic;
    let (other_words, other_reading, other_model) = persian;
    let kept = Kept { models: [model, other_model], reading: [reading, other_reading] };
    let bytes = kept_bytes(&kept).map_err(|error| io(std::io::Error::other(error)))?;
    fs::write(temporary.path().join(KEPT_FILE), bytes).map_err(io)?;
    replace(temporary, dir, home).map_err(io)?;
    Ok((kept, [words, other_words], CandidateIndex::open(home)?))
}

fn train(texts: &Texts, labels: &[usize], classes: usize) -> (FeatureSpace, Linear) {
    let space = FeatureSpace::new(texts);
    let model = Linear::train(&space.vectors(texts), labels, classes, space.len());
    (space, model)
}

/// Gives the finished folder its name, then tidies up.
fn replace(temporary: tempfile::TempDir, dir: &Path, home: &Path) -> std::io::Result<()> {
    let path = temporary.keep();
    // What bears the name did not open, or was to be built again.
    if home.exists() {
        let aside = dir.join(format!(".old-{}", std::process::id()));
        fs::rename(home, &aside)?;
        fs::rename(&path, home)?;
        fs::remove_dir_all(aside)?;
    } else if let Err(error) = fs::rename(&path, home) {
        fs::remove_dir_all(&path)?;
        // Another process was faster with the same build.
        if !home.exists() {
            return Err(error);
        }
    }
    tidy(dir, home)
}

/// Says that a build is in use, so that tidying keeps it. An index that cannot be written needs no tidying.
fn mark_used(home: &Path) {
    let kept = fs::File::options().write(true).open(home.join(KEPT_FILE));
    let _read_only = kept.and_then(|file| file.set_modified(SystemTime::now()));
}

/// Removes all builds but `home` and those used last: what is live, and what staff are about to publish.
fn tidy(dir: &Path, home: &Path) -> std::io::Result<()> {
    let mut others: Vec<(SystemTime, PathBuf)> = fs::read_dir(dir)?
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit()) && entry.path() != *home
        })
        .map(|entry| {
            let used = fs::metadata(entry.path().join(KEPT_FILE)).and_then(|kept| kept.modified());
            (used.unwrap_or(SystemTime::UNIX_EPOCH), entry.path())
        })
        .collect();
    others.sort_by(|a, b| b.cmp(a));
    for (_, path) in others.into_iter().skip(BUILDS_KEPT) {
        // Another server may still read it; its open files stay valid.
        fs::remove_dir_all(path)?;
    }
    Ok(())
}

/// The file of `kept`: [`MAGIC`], a checksum, then both parts in postcard's format.
fn kept_bytes(kept: &Kept) -> postcard::Result<Vec<u8>> {
    let stored = kept.models.each_ref().map(|(space, model)| {
        let (keys, idf) = space.parts();
        StoredModel { keys, idf: idf.to_vec(), model: model.clone() }
    });
    let body = postcard::to_stdvec(&(stored, &kept.reading))?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(Sha256::digest(&body));
    bytes.extend(body);
    Ok(bytes)
}

/// What a file holds; `None` where it is missing, cut short, changed, or of another number of classes.
fn read_kept(path: &Path, classes: usize) -> Option<Kept> {
    let bytes = fs::read(path).ok()?;
    let (sum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(32)?;
    if Sha256::digest(body).as_slice() != sum {
        return None;
    }
    let ([arabic, persian], reading): ([StoredModel; 2], Reading) = postcard::from_bytes(body).ok()?;
    let model = |StoredModel { keys, idf, model }: StoredModel| {
        let space = FeatureSpace::from_parts(&keys, idf)?;
        model.is_whole(classes, space.len()).then(|| (space, model.trimmed()))
    };
    let whole = reading.iter().all(|of| of.forms.is_whole(classes) && of.answers.is_whole(classes));
    whole.then_some(Kept { models: [model(arabic)?, model(persian)?], reading })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_used_last_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let build = |at: u64| {
            let path = folder.path().join(format!("{at:016x}"));
            fs::create_dir(&path).unwrap();
            let file = fs::File::create(path.join(KEPT_FILE)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at)).unwrap();
            path
        };
        let builds: Vec<PathBuf> = (0..6).map(build).collect();
        let stranger = folder.path().join("notes");
        fs::create_dir(&stranger).unwrap();
        mark_used(&builds[1]);
        tidy(folder.path(), &builds[0]).unwrap();
        let left: Vec<bool> = builds.iter().map(|path| path.exists()).collect();
        assert_eq!(left, [true, true, false, false, true, true]);
        assert!(stranger.exists());
    }
}
