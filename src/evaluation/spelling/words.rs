//! Words run together, torn apart or mistyped.

use crate::evaluation::draw::Draw;
use crate::language::fold::{ZWNJ, is_arabic_letter};

/// The text with every run of characters without white space replaced by what `change` makes of it.
pub(super) fn each_word(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        out.push_str(&if word.is_empty() { String::new() } else { change(word) });
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
}

/// Whether a word has a Latin letter, so that its digits may be letters too.
pub(super) fn is_latin_word(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic())
}

/// Letters that a word is spelled with: of the Arabic script, or Latin ones.
pub(super) fn is_letter(c: char) -> bool {
    is_arabic_letter(c) || c.is_ascii_alphabetic()
}

/// Every ZWNJ gone: the parts run together or stand apart, as drawn for each.
#[must_use]
pub fn zwnj_lost(text: &str, draw: &mut Draw) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ZWNJ if draw.below(2) == 0 => {}
            ZWNJ => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// One space between two words left out. Text whose words are all parted by more than a space stays as it is.
#[must_use]
pub fn missing_space(text: &str, draw: &mut Draw) -> String {
    let chars: Vec<char> = text.chars().collect();
    let between = |at: &usize| {
        let letter =
            |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_arabic_letter(*c));
        chars.get(*at) == Some(&' ') && letter(at.checked_sub(1)) && letter(at.checked_add(1))
    };
    let places: Vec<usize> = (0..chars.len()).filter(between).collect();
    let Some(place) = draw.one(&places) else { return text.to_owned() };
    chars.iter().enumerate().filter(|(at, _)| at != place).map(|(_, c)| *c).collect()
}

/// Letters of a word that is long enough to be read with one of them wrong.
const TYPO_LETTERS: usize = 5;

/// Rows of keys: each letter's neighbours are beside it.
const KEYS: [&str; 9] = [
    "ضصثقفغعهخحجچد",
    "شسيبلاتنمكط",
    "شسیبلاتنمکگ",
    "ئءؤرلاىةوزظ",
    "ظطزرذدئو",
    "پژ",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// One typing error in one word of at least five letters, never in its first letter: two letters swapped, one
/// left out, one typed twice, or the key beside it. Text without such a word stays as it is.
#[must_use]
pub fn typo(text: &str, draw: &mut Draw) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for at in 0..=chars.len() {
        if chars.get(at).is_none_or(|c| !is_letter(*c)) {
            if at - start >= TYPO_LETTERS {
                words.push((start, at));
            }
            start = at + 1;
        }
    }
    let Some((start, end)) = draw.one(&words).copied() else { return text.to_owned() };
    let at = start + 1 + draw.below(end - start - 2);
    match draw.below(4) {
        0 if chars.get(at) != chars.get(at + 1) => chars.swap(at, at + 1),
        1 => {
            chars.remove(at);
        }
        2 => chars.insert(at, chars.get(at).copied().unwrap_or(' ')),
        _ => {
            let beside = chars.get(at).and_then(|c| key_beside(*c, draw));
            match (beside, chars.get_mut(at)) {
                (Some(beside), Some(letter)) => *letter = beside,
                _ => {
                    chars.remove(at);
                }
            }
        }
    }
    chars.into_iter().collect()
}

fn key_beside(c: char, draw: &mut Draw) -> Option<char> {
    let row: Vec<char> = KEYS.iter().find(|row| row.contains(c))?.chars().collect();
    let at = row.iter().position(|key| *key == c)?;
    let beside: Vec<char> = [at.checked_sub(1), at.checked_add(1)]
        .into_iter()
        .flatten()
        .filter_map(|at| row.get(at))
        .copied()
        .collect();
    draw.one(&beside).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `change` makes of `text` over many seeds, each once, sorted.
    fn all(text: &str, change: fn(&str, &mut Draw) -> String) -> Vec<String> {
        let mut all: Vec<String> = (0..200).map(|seed| change(text, &mut Draw::new(seed))).collect();
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn zwnj() {
        assert_eq!(all("می\u{200c}شود", zwnj_lost), ["می شود", "میشود"]);
        assert_eq!(all("كم جلسة", zwnj_lost), ["كم جلسة"]);
    }

    #[test]
    fn spaces() {
        assert_eq!(
            all("كم جلسة، 3 أحتاج بعد", missing_space),
            ["كم جلسة، 3 أحتاجبعد", "كمجلسة، 3 أحتاج بعد"]
        );
        assert_eq!(all("درد داره؟", missing_space), ["دردداره؟"]);
        assert_eq!(all("kam galsa", missing_space), ["kam galsa"]);
        assert_eq!(all("؟", missing_space), ["؟"]);
    }

    #[test]
    fn typos() {
        for text in ["كم جلسات؟", "چند جلسات", "kam jalasat"] {
            let typos = all(text, typo);
            assert!(typos.len() > 8, "{typos:?}");
            let first = text.split(' ').next().unwrap();
            for typo in typos {
                let close = strsim::osa_distance(&typo, text);
                assert!(close == 1 && typo.starts_with(&format!("{first} ")), "{typo}");
            }
        }
        assert_eq!(all("كم مرة 123456", typo), ["كم مرة 123456"]);
        assert_eq!(all("", typo), [""]);
    }
}
