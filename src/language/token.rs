//! Folded text to tokens: where each word stands in the message, and in which script it is.

use super::fold::{ZWNJ, is_arabic_letter};

/// The script of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Letters of the Arabic script.
    Arabic,
    /// Latin letters, perhaps with digits among them (`3amel`, `7o2an`, `prp`).
    Latin,
    /// Only digits.
    Digits,
    /// Letters of any other script.
    Other,
}

/// One word of a folded message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded word, read joined where it held a ZWNJ (`میشود`).
    pub text: String,
    /// The parts around the ZWNJ (`می`, `شود`); empty for a word without one.
    pub parts: Vec<String>,
    /// The script of its letters.
    pub script: Script,
    /// Which sentence of the message it stands in, from 0 (`.` and `?` end one).
    pub sentence: usize,
    /// Which clause of the message it stands in, from 0 (`,` ends one too).
    pub clause: usize,
}

/// The words of a text that [`fold`](super::fold()) gave, in order; an empty text gives none.
///
/// A run of Arabic letters that touches digits or Latin letters is a word of its own
/// (`بعد2جلسه` is three); Latin letters and digits stay together (`3amel` is one).
#[must_use]
pub fn tokenize(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut sentence, mut clause) = (0, 0);
    for word in folded.split(' ') {
        match word {
            "" => {}
            "." | "?" => {
                sentence += 1;
                clause += 1;
            }
            "," => clause += 1,
            _ => split_by_script(word, |text, script| {
                let parts = if text.contains(ZWNJ) {
                    text.split(ZWNJ).map(str::to_owned).collect()
                } else {
                    Vec::new()
                };
                tokens.push(Token { text: text.replace(ZWNJ, ""), parts, script, sentence, clause });
            }),
        }
    }
    tokens
}

fn script_of(c: char) -> Script {
    match c {
        c if is_arabic_letter(c) || c == ZWNJ => Script::Arabic,
        c if c.is_ascii_digit() => Script::Digits,
        'a'..='z' => Script::Latin,
        c if c.is_alphabetic() && (c as u32) < 0x0250 => Script::Latin,
        _ => Script::Other,
    }
}

fn split_by_script<'a>(word: &'a str, mut emit: impl FnMut(&'a str, Script)) {
    let mut start = 0;
    let mut current: Option<Script> = None;
    for (at, c) in word.char_indices() {
        let next = script_of(c);
        current = match (current, next) {
            (None, s) => Some(s),
            (Some(Script::Latin | Script::Digits), Script::Latin) => Some(Script::Latin),
            (Some(Script::Latin), Script::Digits) => Some(Script::Latin),
            (Some(a), b) if a == b => Some(a),
            (Some(a), b) => {
                emit(&word[start..at], a);
                start = at;
                Some(b)
            }
        };
    }
    if let Some(script) = current {
        emit(&word[start..], script);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn words(text: &str) -> Vec<String> {
        tokenize(&fold(text)).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn words_by_script() {
        assert_eq!(words("بعد2جلسه"), ["بعد", "2", "جلسه"]);
        assert_eq!(words("3amel 7o2an PRP"), ["3amel", "7o2an", "prp"]);
        assert_eq!(words("volumeدادن"), ["volume", "دادن"]);
    }

    #[test]
    fn zwnj_words_are_joined_and_split() {
        let tokens = tokenize(&fold("می‌شود؟ نه"));
        assert_eq!(tokens[0].text, "میشود");
        assert_eq!(tokens[0].parts, ["می", "شود"]);
        assert_eq!((tokens[0].sentence, tokens[1].sentence), (0, 1));
    }
}
