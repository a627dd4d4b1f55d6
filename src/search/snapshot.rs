//! The index folder: what is built from the knowledge and kept, so that a start only opens it.
//!
//! Each build is a folder of its own, named after all it depends on. It is written under another name
//! and renamed when it is whole, so what bears the name is complete; what does not open is built again.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::features::{FeatureSpace, Raw, Vector, raw};
use super::index::{CandidateIndex, IndexedClass};
use super::linear::Linear;
use super::matcher::{Class, Matcher, Reading};
use super::query::Query;
use crate::knowledge::Concept;
use crate::language::Lang;

/// Raised whenever analysis, features or training change, so that old indexes are not opened.
const ANALYZER_VERSION: u32 = 6;
/// The trained models' file.
const MODEL_FILE: &str = "model.bin";
/// First bytes of the models' file.
const MAGIC: &[u8; 8] = b"mujibM01";

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

/// A matcher for `classes`: opened from `dir` if it was built there from the same knowledge `version` by
/// the same analyzer, built anew otherwise or if `rebuild` says so. Returns whether it was built.
///
/// # Errors
/// See [`BuildError`]. A corrupt or half-written index is none: it is built again.
pub fn prepare(
    dir: &Path,
    version: &str,
    classes: Vec<Class>,
    lexicon: &[Concept],
    rebuild: bool,
) -> Result<(Matcher, bool), BuildError> {
    let home = dir.join(name(version));
    if !rebuild && let Some((models, index)) = open(&home, classes.len()) {
        let reading = Reading::new(&classes, lexicon, |text| text.keys());
        return Ok((Matcher::assemble(classes, reading, models, index), false));
    }
    let reading = Reading::new(&classes, lexicon, |text| text);
    let (models, index) = build(dir, &home, &classes, &reading)?;
    Ok((Matcher::assemble(classes, reading.terms(), models, index), true))
}

fn name(version: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(version.as_bytes());
    hash.update(ANALYZER_VERSION.to_le_bytes());
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    let digest = hash.finalize();
    digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

type Models = [(FeatureSpace, Linear); 2];

fn open(home: &Path, classes: usize) -> Option<(Models, CandidateIndex)> {
    let models = read_models(&home.join(MODEL_FILE), classes)?;
    let index = CandidateIndex::open(home).ok()?;
    (index.len() == (classes * Lang::ALL.len()) as u64).then_some((models, index))
}

fn build(
    dir: &Path,
    home: &Path,
    classes: &[Class],
    reading: &Reading<Query>,
) -> Result<(Models, CandidateIndex), BuildError> {
    let io = |source| BuildError::Io { path: dir.to_owned(), source };
    fs::create_dir_all(dir).map_err(io)?;
    let temporary = tempfile::Builder::new().prefix(".building-").tempdir_in(dir).map_err(io)?;
    // The languages train side by side while Tantivy writes.
    let models = std::thread::scope(|scope| {
        let other = scope.spawn(|| train(&reading.of[1].forms, classes.len()));
        let first = train(&reading.of[0].forms, classes.len());
        let written = CandidateIndex::build(temporary.path(), indexed(reading)).map(drop);
        (first, other.join(), written)
    });
    let (first, Ok(second), written) = models else {
        return Err(io(std::io::Error::other("training stopped")));
    };
    written?;
    let models = [first, second];
    fs::write(temporary.path().join(MODEL_FILE), model_bytes(&models)).map_err(io)?;
    replace(temporary, dir, home).map_err(io)?;
    Ok((models, CandidateIndex::open(home)?))
}

/// Every class, in the order of languages and classes.
fn indexed(reading: &Reading<Query>) -> impl Iterator<Item = IndexedClass<'_>> {
    Lang::ALL.into_iter().zip(&reading.of).flat_map(|(lang, of)| {
        of.forms.iter().zip(&of.answers).zip(0..).map(move |((forms, answer), class)| IndexedClass {
            class,
            lang,
            forms,
            answer: answer.as_ref(),
        })
    })
}

fn train(forms: &[Vec<Query>], classes: usize) -> (FeatureSpace, Linear) {
    let mut labels = Vec::new();
    let mut texts: Vec<Vec<Raw>> = Vec::new();
    for (class, queries) in forms.iter().enumerate() {
        for query in queries {
            labels.push(class);
            texts.push(raw(query));
        }
    }
    let space = FeatureSpace::new(&texts);
    let vectors: Vec<Vector> = texts.iter().map(|t| space.vector(t)).collect();
    let model = Linear::train(&vectors, &labels, classes, space.len());
    (space, model)
}

/// Gives the finished folder its name, then removes older builds.
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
    for entry in fs::read_dir(dir)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_build = name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit());
        if is_build && entry.path() != *home {
            // Another server may still read it; its open files stay valid, and it is not needed again.
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn model_bytes(models: &Models) -> Vec<u8> {
    let mut body = Vec::new();
    for (space, model) in models {
        let (keys, idf) = space.parts();
        let (classes, weights, scales) = model.parts();
        body.extend((keys.len() as u32).to_le_bytes());
        body.extend((classes as u32).to_le_bytes());
        keys.iter().for_each(|k| body.extend(k.to_le_bytes()));
        idf.iter().chain(scales).for_each(|f| body.extend(f.to_le_bytes()));
        body.extend(weights.iter().map(|w| w.to_le_bytes()[0]));
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(Sha256::digest(&body));
    bytes.extend(body);
    bytes
}

/// The models of a file; `None` where it is missing, cut short, changed, or of another number of classes.
fn read_models(path: &Path, classes: usize) -> Option<Models> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.read_to_end(&mut bytes).ok()?;
    let body = bytes.strip_prefix(MAGIC)?;
    let (sum, mut body) = body.split_at_checked(32)?;
    if Sha256::digest(body).as_slice() != sum {
        return None;
    }
    let mut read = || {
        let features = u32::from_le_bytes(take(&mut body, 4)?.try_into().ok()?) as usize;
        let stored = u32::from_le_bytes(take(&mut body, 4)?.try_into().ok()?) as usize;
        let keys: Vec<u64> = take(&mut body, features.checked_mul(8)?)?
            .chunks_exact(8)
            .map(|b| b.iter().rev().fold(0, |k, byte| (k << 8) | u64::from(*byte)))
            .collect();
        let mut floats = || {
            let bytes = take(&mut body, features.checked_mul(4)?)?;
            Some(
                bytes
                    .chunks_exact(4)
                    .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
                    .collect::<Vec<_>>(),
            )
        };
        let (idf, scales) = (floats()?, floats()?);
        let weights: Vec<i8> =
            take(&mut body, features.checked_mul(stored)?)?.iter().map(|b| i8::from_le_bytes([*b])).collect();
        let model = Linear::from_parts(stored, weights, scales).filter(|_| stored == classes)?;
        Some((FeatureSpace::from_parts(&keys, idf), model))
    };
    Some([read()?, read()?])
}

fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(taken)
}
