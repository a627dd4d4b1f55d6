//! The knowledge's vectors on disk, by the hash of their texts, so that a changed variant embeds only itself.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::vectors::Quantised;
use crate::config::Semantic;

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"mujibV01";

/// What stands for a text: the first half of its SHA-256.
pub type Key = [u8; 16];

/// The key of a text.
#[must_use]
pub fn key(text: &str) -> Key {
    let digest = Sha256::digest(text.as_bytes());
    let mut key = Key::default();
    key.iter_mut().zip(digest).for_each(|(own, byte)| *own = byte);
    key
}

/// Vectors of one length, by their texts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cache {
    /// How many figures each vector has; 0 while there is none.
    pub dimensions: usize,
    /// The vectors.
    pub vectors: FxHashMap<Key, Quantised>,
}

/// The file for what is set, in the index folder: another model or prefix has another. Where no model is named the
/// endpoint stands for it.
#[must_use]
pub fn path(index: &Path, settings: &Semantic) -> PathBuf {
    let endpoint = settings.endpoint.to_string();
    let model = settings.model.as_deref().unwrap_or(&endpoint);
    let mut hash = Sha256::new();
    for part in [model, &settings.passage_prefix] {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let name = hash.finalize().iter().take(8).fold(String::new(), |name, byte| name + &format!("{byte:02x}"));
    index.join("semantic").join(format!("{name}.vectors"))
}

impl Cache {
    /// What a file holds; `None` if it is missing, cut short or changed.
    #[must_use]
    pub fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (sum, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(32)?;
        if Sha256::digest(body).as_slice() != sum {
            return None;
        }
        let (dimensions, rows) = body.split_first_chunk::<4>()?;
        let dimensions = u32::from_le_bytes(*dimensions) as usize;
        let length = dimensions.checked_add(size_of::<Key>() + 4)?;
        let mut cache = Self { dimensions, ..Self::default() };
        for row in rows.chunks(length) {
            let (key, row) = row.split_first_chunk()?;
            let (scale, parts) = row.split_first_chunk()?;
            let parts: Vec<i8> = parts.iter().map(|byte| i8::from_le_bytes([*byte])).collect();
            if parts.len() != dimensions {
                return None;
            }
            cache.vectors.insert(*key, Quantised { scale: f32::from_le_bytes(*scale), parts });
        }
        Some(cache)
    }

    /// Writes a file: under another name first, so that what bears the name is whole.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut body = u32::try_from(self.dimensions).unwrap_or(0).to_le_bytes().to_vec();
        // In the order of keys, so that the same vectors are the same file.
        let mut keys: Vec<&Key> = self.vectors.keys().collect();
        keys.sort_unstable();
        for key in keys {
            let Some(vector) = self.vectors.get(key) else { continue };
            body.extend(key);
            body.extend(vector.scale.to_le_bytes());
            body.extend(vector.parts.iter().map(|part| part.to_le_bytes()[0]));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder)?;
        file.write_all(MAGIC)?;
        file.write_all(&Sha256::digest(&body))?;
        file.write_all(&body)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn cache() -> Cache {
        let vectors = [("a", [0.6, 0.8]), ("b", [1.0, 0.0])].map(|(text, v)| (key(text), Quantised::new(&v)));
        Cache { dimensions: 2, vectors: vectors.into_iter().collect() }
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub").join("x.vectors");
        for cache in [cache(), Cache::default()] {
            cache.write(&path).unwrap();
            assert_eq!(Cache::read(&path), Some(cache));
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn what_is_not_whole_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.vectors");
        assert_eq!(Cache::read(&path), None);
        cache().write(&path).unwrap();
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[50] ^= 1;
        for bytes in [&[], &whole[..20], &whole[..whole.len() - 1], &changed[..]] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(Cache::read(&path), None);
        }
    }

    #[test]
    fn another_model_has_another_file() {
        let settings = |endpoint: &str, model: Option<&str>, prefix: &str| Semantic {
            endpoint: endpoint.parse().unwrap(),
            model: model.map(str::to_owned),
            key: None,
            timeout: Duration::from_millis(1),
            query_prefix: String::new(),
            passage_prefix: prefix.into(),
        };
        let name = |settings| path(Path::new("i"), &settings);
        let first = name(settings("http://a/e", Some("m"), ""));
        assert_eq!(first, name(settings("http://b/e", Some("m"), "")), "a model may move");
        assert_ne!(first, name(settings("http://a/e", Some("n"), "")));
        assert_ne!(first, name(settings("http://a/e", Some("m"), "query: ")));
        assert_ne!(name(settings("http://a/e", None, "")), name(settings("http://b/e", None, "")));
    }
}
