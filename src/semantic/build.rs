//! The knowledge to vectors: what the cache holds is taken from there, the rest is embedded.

use std::path::Path;
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::cache::{Cache, Key, key};
use super::client::{Client, EmbedError};
use super::vectors::{Quantised, Question, Vectors};
use crate::search::Class;

/// Texts in one request.
const BATCH: usize = 32;

/// The longest that one such request may take. Nobody waits for it.
const BATCH_PATIENCE: Duration = Duration::from_secs(120);

/// Requests after which what is there is written, so that an interruption costs little.
const WRITE_EVERY: usize = 32;

/// The cosine that a text's vector has at least with the one in the cache, if the model is still the same.
const SAME_MODEL: f32 = 0.98;

/// Why there are no vectors.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The endpoint did not embed.
    #[error("the embedding endpoint: {0}; look at semantic.endpoint and its server")]
    Embed(#[from] EmbedError),
    /// Comparing the vectors broke off.
    #[error("the vectors could not be made ready: a bug in mujib, or it is stopping")]
    Stopped,
    /// The vectors cannot be kept.
    #[error("the vectors cannot be written: {0}; choose another folder with --index")]
    Write(#[from] std::io::Error),
}

/// The vectors, and what making them took.
#[derive(Debug)]
pub struct Built {
    /// The vectors of all forms.
    pub vectors: Vectors,
    /// How many texts were embedded; the rest came from the cache.
    pub embedded: usize,
}

/// The vectors of every form of `classes`, with `prefix` before each; `path` is the cache's file.
///
/// # Errors
/// See [`BuildError`]. A cache that cannot be read, or is of another model, is none: all is embedded again.
pub async fn build(
    client: &Client,
    path: &Path,
    prefix: &str,
    classes: &[Class],
) -> Result<Built, BuildError> {
    let mut seen: FxHashSet<Key> = FxHashSet::default();
    let forms = classes.iter().flat_map(|class| class.forms.iter().flatten());
    let wanted: Vec<(Key, &str)> =
        forms.map(|form| (key(form), form.as_str())).filter(|(key, _)| seen.insert(*key)).collect();

    let mut cache = Cache::read(path).unwrap_or_default();
    let stored = cache.vectors.len();
    cache.vectors.retain(|key, _| seen.contains(key));
    let known = wanted.iter().find_map(|(key, form)| Some((*form, cache.vectors.get(key)?)));
    if let Some((form, vector)) = known
        && !is_same(client, prefix, form, vector).await?
    {
        tracing::warn!("the embedding model has changed: the knowledge is embedded again");
        cache = Cache::default();
    }
    if cache.vectors.is_empty() {
        // Nothing is left to compare with, so the model may be another and its vectors of another length.
        cache.dimensions = 0;
    }
    let missing: Vec<&(Key, &str)> =
        wanted.iter().filter(|(key, _)| !cache.vectors.contains_key(key)).collect();
    let mut result = Ok(());
    for (number, batch) in missing.chunks(BATCH).enumerate() {
        result = embed(client, prefix, batch, &mut cache).await;
        if result.is_err() {
            break;
        }
        if (number + 1) % WRITE_EVERY == 0 {
            cache.write(path)?;
        }
    }
    // After a failure too: what is there need not be asked for again.
    let embedded = !missing.is_empty() && !cache.vectors.is_empty();
    if embedded || cache.vectors.len() != stored {
        cache.write(path)?;
    }
    result?;
    // A second or more of arithmetic, for which no conversation may wait.
    let classes = classes.to_vec();
    let whitened = tokio::task::spawn_blocking(move || {
        Vectors::new(&classes, cache.dimensions, |form| cache.vectors.get(&key(form)))
    });
    let vectors = whitened.await.map_err(|_| BuildError::Stopped)?.ok_or(EmbedError::Unusable)?;
    Ok(Built { vectors, embedded: missing.len() })
}

/// Whether the model gives a text the vector that the cache has.
async fn is_same(client: &Client, prefix: &str, form: &str, cached: &Quantised) -> Result<bool, EmbedError> {
    let fresh = client.embed(&[format!("{prefix}{form}")], BATCH_PATIENCE).await?;
    let same = |fresh: &Vec<f32>| {
        fresh.len() == cached.parts.len() && cached.cosine(&Question::new(fresh)) >= SAME_MODEL
    };
    Ok(fresh.first().is_some_and(same))
}

async fn embed(
    client: &Client,
    prefix: &str,
    batch: &[&(Key, &str)],
    cache: &mut Cache,
) -> Result<(), EmbedError> {
    let texts: Vec<String> = batch.iter().map(|(_, form)| format!("{prefix}{form}")).collect();
    for (vector, (key, _)) in client.embed(&texts, BATCH_PATIENCE).await?.iter().zip(batch) {
        if cache.dimensions == 0 {
            cache.dimensions = vector.len();
        }
        if vector.len() != cache.dimensions {
            return Err(EmbedError::Unusable);
        }
        cache.vectors.insert(*key, Quantised::new(vector));
    }
    Ok(())
}
