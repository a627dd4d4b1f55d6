//! The knowledge as texts: names and contents, wherever they come from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Problem;

/// One file: its name relative to the knowledge folder, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with `/` between folders.
    pub name: String,
    /// What it holds. Shared, since a knowledge and the same with a change differ in few files.
    pub text: Arc<str>,
}

/// All files of a knowledge, by name. Read from a folder, changed in memory, loaded from either.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<File>,
    /// What could not be read; whoever loads the files is told.
    unread: Vec<Problem>,
}

impl Files {
    /// All TOML files below the folder `dir` that can be part of a knowledge. What cannot be read becomes a problem
    /// of loading them.
    #[must_use]
    pub fn read(dir: &Path) -> Files {
        let mut found = Files::default();
        let mut paths: Vec<PathBuf> = Vec::new();
        for folder in [dir.to_owned(), dir.join("sources"), dir.join("topics")] {
            match std::fs::read_dir(&folder) {
                Ok(entries) => paths.extend(
                    entries
                        .flatten()
                        .map(|e| e.path())
                        .filter(|p| p.extension().is_some_and(|e| e == "toml")),
                ),
                Err(error) => found.unread.push(Problem {
                    file: folder.display().to_string(),
                    line: 0,
                    what: format!("the folder cannot be read: {error}"),
                    mend: "Point --knowledge at a folder with sources/, topics/, policy.toml, lexicon.toml, \
                           smalltalk.toml, outside.toml and decision.toml"
                        .to_owned(),
                }),
            }
        }
        for path in paths {
            let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match std::fs::read_to_string(&path) {
                Ok(text) => found.files.push(File { name, text: text.into() }),
                Err(error) => found.unread.push(Problem {
                    file: name,
                    line: 0,
                    what: format!("the file cannot be read: {error}"),
                    mend: "Check its permissions and that it is UTF-8".to_owned(),
                }),
            }
        }
        // By name, so that the version does not depend on the file system's order.
        found.files.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// The files, by name.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// The files as a list, by name: what problems and parsed parts count by.
    pub(super) fn list(&self) -> &[File] {
        &self.files
    }

    /// What could not be read.
    pub(super) fn unread(&self) -> &[Problem] {
        &self.unread
    }

    /// The content of the file `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|f| f.name == name).map(|f| &*f.text)
    }

    /// Gives the file `name` the content `text`; a file of that name that is not there yet is added.
    pub fn set(&mut self, name: &str, text: String) {
        match self.files.binary_search_by(|f| f.name.as_str().cmp(name)) {
            Ok(at) => {
                if let Some(file) = self.files.get_mut(at) {
                    file.text = text.into();
                }
            }
            Err(at) => self.files.insert(at, File { name: name.to_owned(), text: text.into() }),
        }
    }

    /// `sha256:` and 64 hex digits over all names and contents: the same files give the same version.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for file in &self.files {
            // Lengths keep two files from running into each other.
            hash.update((file.name.len() as u64).to_le_bytes());
            hash.update(file.name.as_bytes());
            hash.update((file.text.len() as u64).to_le_bytes());
            hash.update(file.text.as_bytes());
        }
        let digest = hash.finalize();
        digest.iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Writes every file below `dir`, which is made if need be; files of other names are left alone.
    ///
    /// # Errors
    /// The first file or folder that cannot be written, with its path.
    pub fn write(&self, dir: &Path) -> Result<(), (PathBuf, std::io::Error)> {
        for file in &self.files {
            let path = dir.join(&file.name);
            let folder = path.parent().unwrap_or(dir);
            std::fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
            std::fs::write(&path, &*file.text).map_err(|error| (path.clone(), error))?;
        }
        Ok(())
    }
}

impl FromIterator<File> for Files {
    /// Files from anywhere; of two with one name the later counts.
    fn from_iter<I: IntoIterator<Item = File>>(files: I) -> Self {
        let mut all = Files::default();
        files.into_iter().for_each(|File { name, text }| all.set(&name, text.to_string()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.into(), text: text.into() }
    }

    #[test]
    fn the_version_is_of_names_and_contents_alone() {
        let one: Files = [file("b.toml", "2"), file("a.toml", "1")].into_iter().collect();
        let mut two: Files = [file("a.toml", "0"), file("b.toml", "2")].into_iter().collect();
        assert_ne!(one.version(), two.version());
        two.set("a.toml", "1".into());
        assert_eq!(one.version(), two.version());
        let run_together: Files = [file("a.toml", "1b"), file(".toml", "2")].into_iter().collect();
        assert_ne!(one.version(), run_together.version());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sources")).unwrap();
        let files: Files = [file("policy.toml", "x"), file("topics/a.toml", "y")].into_iter().collect();
        files.write(folder.path()).unwrap();
        let read = Files::read(folder.path());
        assert_eq!((read.version(), read.unread().len()), (files.version(), 0));
        assert_eq!((read.text("topics/a.toml"), read.text("a.toml")), (Some("y"), None));
    }
}
