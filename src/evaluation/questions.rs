//! Labelled questions: what a patient says, and what the reply to it has to be like.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::lines::{self, Place, ReadError};
use super::pattern::Pattern;
use crate::dialogue::Outcome;
use crate::language::Lang;

/// What kind of reply a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An answer to a question that stands by itself.
    Answer,
    /// An answer that needs the earlier turns.
    Followup,
    /// No answer: the documents do not hold it.
    Refuse,
    /// Urgent instructions.
    Emergency,
    /// What only a clinician may say.
    Personal,
    /// Greeting, thanks, who are you, goodbye.
    Smalltalk,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] =
        [Kind::Answer, Kind::Followup, Kind::Refuse, Kind::Emergency, Kind::Personal, Kind::Smalltalk];

    /// The name in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Answer => "answer",
            Kind::Followup => "followup",
            Kind::Refuse => "refuse",
            Kind::Emergency => "emergency",
            Kind::Personal => "personal",
            Kind::Smalltalk => "smalltalk",
        }
    }

    /// The kind whose [`name`](Kind::name) is `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The outcomes that a reply may have.
    #[must_use]
    pub const fn outcomes(self) -> &'static [Outcome] {
        match self {
            Kind::Answer | Kind::Followup => &[Outcome::Answer],
            // It may ask for a dose, which is declined as personal.
            Kind::Refuse => &[Outcome::NoAnswer, Outcome::Personal],
            Kind::Emergency => &[Outcome::Emergency],
            Kind::Personal => &[Outcome::Personal, Outcome::Answer, Outcome::Emergency],
            Kind::Smalltalk => &[Outcome::Smalltalk],
        }
    }

    /// Whether the documents answer it.
    #[must_use]
    pub const fn in_scope(self) -> bool {
        matches!(self, Kind::Answer | Kind::Followup)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One labelled question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The patient's messages in order, at least one; the reply to the last is judged.
    pub turns: Vec<String>,
    /// The language the reply must be in: `ar`, `fa`, or any other code where `any_lang` leaves it open.
    pub lang: String,
    /// Whether the reply may be in any language.
    pub any_lang: bool,
    /// What kind of reply it wants.
    pub kind: Kind,
    /// Dialect or style; `-` where none is given.
    pub register: String,
    /// Ids of the documents of which at least one must be cited; empty where any will do.
    pub sources: BTreeSet<String>,
    /// Of every group one pattern must match the folded reply.
    pub any_of: Vec<Vec<Pattern>>,
    /// No pattern of these may match it.
    pub none_of: Vec<Pattern>,
    /// Where it stands.
    pub place: Place,
    /// The object as it was read, for the results file.
    pub object: serde_json::Value,
}

/// The documents' ids, by the number that labels them.
const SOURCES: [(&str, &str); 5] = [
    ("000", "ar-face-mesotherapy-guide"),
    ("001", "ar-skin-hair-mesotherapy"),
    ("002", "ar-mesotherapy-experiences"),
    ("003", "ar-mesotherapy-precautions"),
    ("004", "fa-skin-mesotherapy"),
];

/// A question as written.
#[derive(Debug, Deserialize)]
struct RawQuestion {
    id: String,
    turns: Vec<String>,
    lang: String,
    #[serde(default)]
    any_lang: bool,
    kind: Kind,
    register: Option<String>,
    expect: RawExpect,
}

#[derive(Debug, Deserialize)]
struct RawExpect {
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    any_of: Vec<Vec<String>>,
    #[serde(default)]
    none_of: Vec<String>,
}

/// The questions of `paths`, in order.
///
/// # Errors
/// The first file, line or pattern that cannot be used, with its place.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<Question>, ReadError> {
    let mut questions = Vec::new();
    for path in paths {
        for (place, object) in lines::read(path.as_ref())? {
            questions.push(question(place, object)?);
        }
    }
    Ok(questions)
}

/// The questions of all `.jsonl` files in `folder` and the folders in it, by file name; none where there is no such
/// folder.
///
/// # Errors
/// A folder that cannot be listed, and as for [`read`].
pub fn read_folder(folder: &Path) -> Result<Vec<Question>, ReadError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(source) => return Err(ReadError::File { file: next.display().to_string(), source }),
        };
        for entry in entries.flatten() {
            // A link may lead back to where it stands.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match entry.path() {
                path if is_folder => folders.push(path),
                path if path.extension().is_some_and(|end| end == "jsonl") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    read(&files)
}

/// The questions of `text`, which is the content of `file`.
///
/// # Errors
/// The first line or pattern that cannot be used, with its place.
pub fn parse(file: &str, text: &str) -> Result<Vec<Question>, ReadError> {
    lines::parse(file, text)?.into_iter().map(|(place, object)| question(place, object)).collect()
}

fn question(place: Place, object: serde_json::Value) -> Result<Question, ReadError> {
    let raw =
        RawQuestion::deserialize(&object).map_err(|error| ReadError::line(&place, error.to_string()))?;
    if raw.turns.is_empty() {
        return Err(ReadError::line(&place, "turns is empty. Give the patient's messages"));
    }
    if !raw.any_lang && Lang::ALL.iter().all(|lang| lang.code() != raw.lang) {
        let what = format!("lang {} is neither ar nor fa. Set any_lang where the language is open", raw.lang);
        return Err(ReadError::line(&place, what));
    }
    let source = |label: &String| source_of(label).map_err(|what| ReadError::line(&place, what));
    let pattern =
        |source: &String| Pattern::new(source).map_err(|error| ReadError::line(&place, error.to_string()));
    let patterns = |list: &Vec<String>| list.iter().map(pattern).collect::<Result<Vec<_>, _>>();
    Ok(Question {
        sources: raw.expect.sources.iter().map(source).collect::<Result<_, _>>()?,
        any_of: raw.expect.any_of.iter().map(patterns).collect::<Result<_, _>>()?,
        none_of: patterns(&raw.expect.none_of)?,
        id: raw.id,
        turns: raw.turns,
        lang: raw.lang,
        any_lang: raw.any_lang,
        kind: raw.kind,
        register: raw.register.unwrap_or_else(|| "-".to_owned()),
        place,
        object,
    })
}

/// The document's id for a label that begins with its number; a label without one is an id itself.
fn source_of(label: &str) -> Result<String, String> {
    let number = label.get(..3).filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let Some(number) = number else { return Ok(label.to_owned()) };
    match SOURCES.iter().find(|(known, _)| *known == number) {
        Some((_, id)) => Ok((*id).to_owned()),
        None => Err(format!("source {label} is none of 000 to 004. Name a document's number or its id")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"q1","turns":["كم جلسة؟"],"lang":"ar","kind":"answer","register":"msa","expect":{"sources":["000_30b2"],"facts":["f1"],"any_of":[["3 ?- ?5"]],"none_of":["الم"]}}"#;

    #[test]
    fn a_whole_line() {
        let questions = parse("q.jsonl", LINE).unwrap();
        let [q] = questions.as_slice() else { panic!("{questions:?}") };
        assert_eq!((q.id.as_str(), q.kind, q.lang.as_str(), q.any_lang), ("q1", Kind::Answer, "ar", false));
        assert_eq!(q.sources.iter().collect::<Vec<_>>(), ["ar-face-mesotherapy-guide"]);
        assert_eq!((q.any_of.len(), q.none_of.len(), q.place.line), (1, 1, 1));
    }

    #[track_caller]
    fn check_refused(replaced: &str, by: &str, what: &str) {
        let line = LINE.replace(replaced, by);
        assert_ne!(line, LINE, "{replaced} is not in the line");
        let error = parse("q.jsonl", &format!("{LINE}\n{line}")).unwrap_err().to_string();
        assert!(error.starts_with("q.jsonl:2: ") && error.contains(what), "{error}");
    }

    #[test]
    fn broken_lines_are_named() {
        check_refused("3 ?- ?5", "(3", "the pattern (3 is broken");
        check_refused("الم", "[x", "class is not closed");
        check_refused("\"answer\"", "\"answers\"", "unknown variant `answers`");
        check_refused("\"lang\":\"ar\"", "\"lang\":\"en\"", "neither ar nor fa");
        check_refused("000_30b2", "009", "none of 000 to 004");
        check_refused("[\"كم جلسة؟\"]", "[]", "turns is empty");
        check_refused("expect", "expects", "missing field `expect`");
        check_refused("{\"id\"", "{\"id\",", "expected `:`");
    }

    #[test]
    fn labels_of_sources() {
        for (label, id) in [
            ("004_c55b6bd1894dd17a.txt", "fa-skin-mesotherapy"),
            ("002", "ar-mesotherapy-experiences"),
            ("own-leaflet", "own-leaflet"),
        ] {
            assert_eq!(source_of(label).as_deref(), Ok(id));
        }
    }

    #[test]
    fn another_language_needs_any_lang() {
        let line = LINE.replace("\"lang\":\"ar\"", "\"lang\":\"en\",\"any_lang\":true");
        assert!(parse("q.jsonl", &line).is_ok());
    }
}
