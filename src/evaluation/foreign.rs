//! Other people's question/answer pairs and the queries that go with them.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::lines::{self, ReadError};
use crate::language::Lang;
use crate::search::{Class, ClassKind};

/// A question/answer pair in one language; also the form of `mujib export --as jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignPair {
    /// Its id, unique within its language.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// The question.
    pub question: String,
    /// Other ways to ask it.
    #[serde(default)]
    pub variants: Vec<String>,
    /// The answer; may be empty.
    #[serde(default)]
    pub answer: String,
}

/// A query and the pairs that answer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignQuery {
    /// Its id.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// What is asked.
    pub text: String,
    /// Ids of the pairs that answer it; empty for a query out of scope.
    pub gold: Vec<String>,
}

/// The pairs of a file.
///
/// # Errors
/// A file or line that cannot be read; an id that comes twice in one language.
pub fn read_pairs(path: &Path) -> Result<Vec<ForeignPair>, ReadError> {
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    for (place, pair) in lines::read::<ForeignPair>(path)? {
        if !seen.insert((pair.lang, pair.id.clone())) {
            let what =
                format!("the id {} comes twice in {}. Give every pair its own", pair.id, pair.lang.code());
            return Err(ReadError::line(&place, what));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// The queries of `paths`, in order.
///
/// # Errors
/// A file or line that cannot be read.
pub fn read_queries<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<ForeignQuery>, ReadError> {
    let mut queries = Vec::new();
    for path in paths {
        queries.extend(lines::read(path.as_ref())?.into_iter().map(|(_, query): (_, ForeignQuery)| query));
    }
    Ok(queries)
}

/// The class of a pair: forms, and the answer if `with_answer`, in the pair's language only.
#[must_use]
pub fn class(pair: &ForeignPair, with_answer: bool) -> Class {
    let only = |lang: Lang| lang == pair.lang;
    let forms = || std::iter::once(&pair.question).chain(&pair.variants).cloned().collect();
    Class {
        kind: ClassKind::Pair,
        id: pair.id.clone(),
        asks: None,
        subject: Vec::new(),
        related: Vec::new(),
        forms: Lang::ALL.map(|lang| if only(lang) { forms() } else { Vec::new() }),
        answers: Lang::ALL
            .map(|lang| if only(lang) && with_answer { pair.answer.clone() } else { String::new() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_one_language() {
        let line = r#"{"id":"p","lang":"fa","question":"q","variants":["v"],"answer":"a"}"#;
        let pair: ForeignPair = serde_json::from_str(line).unwrap();
        let with = class(&pair, true);
        assert_eq!(with.forms, [vec![], vec!["q".to_owned(), "v".to_owned()]]);
        assert_eq!(with.answers, ["", "a"]);
        assert_eq!(class(&pair, false).answers, ["", ""]);
    }

    #[test]
    fn an_id_may_come_once_a_language() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.jsonl");
        let line = |lang: &str| format!("{{\"id\":\"p\",\"lang\":\"{lang}\",\"question\":\"q\"}}\n");
        std::fs::write(&path, line("ar") + &line("fa")).unwrap();
        assert_eq!(read_pairs(&path).unwrap().len(), 2);
        std::fs::write(&path, line("ar") + &line("ar")).unwrap();
        let error = read_pairs(&path).unwrap_err().to_string();
        assert!(
            error.ends_with("pairs.jsonl:2: the id p comes twice in ar. Give every pair its own"),
            "{error}"
        );
    }
}
