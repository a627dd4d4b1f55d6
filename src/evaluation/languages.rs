//! Labelled texts to how well their language is told.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::lines::{self, ReadError};
use crate::language::Lang;
use crate::language::detect::Detection;

/// A text and the language it is in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LabelledText {
    /// The text.
    pub text: String,
    /// The code of its language: `ar`, `fa`, `prs`, or any other.
    pub lang: String,
    /// What kind of text it is, such as `sentences` or `single-words`.
    #[serde(default = "sentences")]
    pub kind: String,
}

fn sentences() -> String {
    "sentences".to_owned()
}

/// What the texts of one language and kind were taken for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Taken for Arabic.
    pub ar: usize,
    /// Taken for Persian.
    pub fa: usize,
    /// Taken for another language.
    pub other: usize,
    /// Left undecided.
    pub undecided: usize,
}

impl Told {
    fn add(&mut self, detection: &Detection) {
        match (detection.other, detection.lang) {
            (true, _) => self.other += 1,
            (false, Some(Lang::Ar)) => self.ar += 1,
            (false, Some(Lang::Fa)) => self.fa += 1,
            (false, None) => self.undecided += 1,
        }
    }

    /// How many texts there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.ar + self.fa + self.other + self.undecided
    }

    /// How many were taken for what they are, their language being `code`.
    #[must_use]
    pub fn right(&self, code: &str) -> usize {
        match Lang::from_code(code) {
            Some(Lang::Ar) => self.ar,
            Some(Lang::Fa) => self.fa,
            None => self.other,
        }
    }
}

/// What was told of each language and kind, sorted by kind and language.
pub type Tally = BTreeMap<(String, String), Told>;

/// The labelled texts of `paths`, in order.
///
/// # Errors
/// A file or line that cannot be read.
pub fn read(paths: &[PathBuf]) -> Result<Vec<LabelledText>, ReadError> {
    let mut texts = Vec::new();
    for path in paths {
        texts.extend(lines::read(path)?.into_iter().map(|(_, text)| text));
    }
    Ok(texts)
}

/// Counts what `detect` takes each text for. `wrong` is given every text that was taken for a wrong language or
/// left undecided.
pub fn tally(
    texts: &[LabelledText],
    detect: impl Fn(&str) -> Detection,
    mut wrong: impl FnMut(&LabelledText, &Detection),
) -> Tally {
    let mut tally = Tally::new();
    for labelled in texts {
        let told = tally.entry((labelled.kind.clone(), labelled.lang.clone())).or_default();
        let before = told.right(&labelled.lang);
        let detection = detect(&labelled.text);
        told.add(&detection);
        if told.right(&labelled.lang) == before {
            wrong(labelled, &detection);
        }
    }
    tally
}

/// The tally as a table: counts, the share that is right, and the same with the undecided counted half.
#[must_use]
pub fn table(tally: &Tally) -> String {
    let mut out = format!(
        "{:<14} {:<4} {:>6} {:>6} {:>6} {:>6} {:>10} {:>8} {:>10}\n",
        "kind", "lang", "texts", "ar", "fa", "other", "undecided", "right", "with half"
    );
    for ((kind, lang), told) in tally {
        let (all, right) = (told.all().max(1) as f64, told.right(lang) as f64);
        let half = right + told.undecided as f64 / 2.0;
        out.push_str(&format!(
            "{kind:<14} {lang:<4} {:>6} {:>6} {:>6} {:>6} {:>10} {:>7.1}% {:>9.1}%\n",
            told.all(),
            told.ar,
            told.fa,
            told.other,
            told.undecided,
            100.0 * right / all,
            100.0 * half / all,
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_counted_once() {
        let texts: Vec<LabelledText> = [("a", "ar"), ("f", "prs"), ("o", "ur"), ("", "ar"), ("f", "ar")]
            .map(|(text, lang)| LabelledText { text: text.into(), lang: lang.into(), kind: sentences() })
            .into();
        let detect = |text: &str| Detection {
            lang: match text {
                "a" => Some(Lang::Ar),
                "f" => Some(Lang::Fa),
                _ => None,
            },
            other: text == "o",
            ..Detection::default()
        };
        let mut wrong = Vec::new();
        let tally = tally(&texts, detect, |t, _| wrong.push(t.text.clone()));
        assert_eq!(wrong, ["", "f"]);
        let arabic = tally[&(sentences(), "ar".to_owned())];
        assert_eq!(arabic, Told { ar: 1, fa: 1, other: 0, undecided: 1 });
        assert_eq!(tally[&(sentences(), "prs".to_owned())].right("prs"), 1);
        assert_eq!(tally[&(sentences(), "ur".to_owned())].right("ur"), 1);
        assert!(table(&tally).contains("33.3%      50.0%"), "{}", table(&tally));
    }
}
