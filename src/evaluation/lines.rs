//! Files of one JSON object a line, read with their places.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Why a file of questions or pairs could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {source}")]
    File {
        /// The file, as it was named.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// One line is not what it should be.
    #[error("{place}: {what}")]
    Line {
        /// Where.
        place: Place,
        /// What is wrong, and what to do.
        what: String,
    },
    /// There is nothing to measure.
    #[error("{file}: holds no line. Name a file with one JSON object a line")]
    Empty {
        /// The file, as it was named.
        file: String,
    },
}

impl ReadError {
    /// A problem of one line.
    #[must_use]
    pub fn line(place: &Place, what: impl Into<String>) -> ReadError {
        ReadError::Line { place: place.clone(), what: what.into() }
    }
}

/// The objects of a file, in order, each with its place; blank lines are passed over.
///
/// # Errors
/// A file that cannot be read or holds no object, and the first line that is not a `T`.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<(Place, T)>, ReadError> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|source| ReadError::File { file: file.clone(), source })?;
    let objects = parse(&file, &text)?;
    if objects.is_empty() { Err(ReadError::Empty { file }) } else { Ok(objects) }
}

/// The objects of `text`, which is the content of `file`; a byte-order mark before the first is no part of it.
///
/// # Errors
/// The first line that is not a `T`.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<(Place, T)>, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut objects = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = Place { file: file.to_owned(), line: at + 1 };
        let object = serde_json::from_str(line).map_err(|error| {
            // serde_json counts lines within the text it was given, which is one line: say the column only.
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            ReadError::line(&place, format!("{what} (column {})", error.column()))
        })?;
        objects.push((place, object));
    }
    Ok(objects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_blank_lines() {
        let found: Vec<(Place, Vec<u8>)> = parse("f.jsonl", "\u{feff}[1]\n\n  \n[2, 3]\n").unwrap();
        let lines: Vec<(String, Vec<u8>)> = found.into_iter().map(|(p, v)| (p.to_string(), v)).collect();
        assert_eq!(lines, [("f.jsonl:1".to_owned(), vec![1]), ("f.jsonl:4".to_owned(), vec![2, 3])]);
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = parse::<Vec<u8>>("f.jsonl", "[1]\n[1,\n").unwrap_err();
        assert_eq!(error.to_string(), "f.jsonl:2: EOF while parsing a value (column 3)");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read::<u8>(Path::new("no-such-folder/q.jsonl")).unwrap_err();
        assert!(error.to_string().starts_with("no-such-folder/q.jsonl: cannot be read: "), "{error}");
    }
}
