//! What is wrong with the knowledge, where, and how to mend it.

use std::fmt;
use std::ops::Range;

/// One problem of the knowledge files. The same words serve `mujib check`, the server that refuses to
/// start, and the console.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the knowledge folder.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}. {}", self.what, self.mend)
    }
}

/// Collects the problems of one file and knows its lines.
#[derive(Debug)]
pub struct FileProblems<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<Problem>,
}

impl<'a> FileProblems<'a> {
    /// No problem yet in `file`, whose content is `text`.
    #[must_use]
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// Adds a problem at the byte range `span` of the file (an empty range at 0 means the whole file).
    pub fn at(&mut self, span: Range<usize>, what: impl Into<String>, mend: impl Into<String>) {
        let line = line_of(self.text, span.start);
        self.found.push(Problem { file: self.file.to_owned(), line, what: what.into(), mend: mend.into() });
    }

    /// All that was found, in order.
    #[must_use]
    pub fn into_found(self) -> Vec<Problem> {
        self.found
    }
}

/// The line, from 1, of the byte `offset` in `text`; past the end, the last line.
#[must_use]
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}
