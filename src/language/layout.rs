//! Texts typed on the wrong keyboard layout: Arabic or Persian on a Latin one, and the reverse. A reading is what the
//! same keys give on another layout; whether anyone meant it is for those to say who know words.

use super::Lang;
use super::fold::is_arabic_letter;

/// The keys of a US keyboard, row by row, as they are typed without Shift.
const KEYS: &str = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./";
/// The same with Shift.
const SHIFTED: &str = "~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

/// What the keys give on the Arabic layout (101). Its keys for two letters give one ligature, which folds to both.
const ARABIC: &str = "ذضصثقفغعهخحجد\\شسيبلاتنمكطئءؤرﻻىةوزظ";
/// The same with Shift; a space stands for a mark that the fold takes away.
const ARABIC_SHIFTED: &str = "     ﻹإ‘  ؛       ﻷأـ،/:\"    ﻵآ’,.؟";
/// What the keys give on the Persian layout (ISIRI 9147).
const PERSIAN: &str = "پضصثقفغعهخحجچ\\شسیبلاتنمکگظطزرذدئو./";
/// The same with Shift.
const PERSIAN_SHIFTED: &str = "     ،؛        ئيإۀآـ«»:\"كيژؤ أء<>؟";

/// What a text would be if it was meant for another keyboard layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The text that the same keys give.
    pub text: String,
    /// The language of the layout that was meant; `None` for a Latin one.
    pub lang: Option<Lang>,
}

/// What a text would be on other layouts: for one in Latin letters the Arabic and the Persian readings, for one in
/// the Arabic script what its keys give in Latin letters, from the Arabic and from the Persian layout. Empty for a
/// text that mixes them or has no letters.
#[must_use]
pub fn readings(text: &str) -> Vec<Reading> {
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let arabic = text.chars().filter(|c| is_arabic_letter(*c)).count();
    match (latin > 0, arabic > 0) {
        (true, false) => {
            let text = unlocked(text);
            let mut readings: Vec<Reading> =
                Lang::ALL.map(|lang| Reading { text: to_arabic(&text, lang), lang: Some(lang) }).into();
            // Persian layouts have پ on one of three keys; its table knows the first.
            let moved = text.replace(['m', '\\'], "`");
            if moved != text {
                readings.push(Reading { text: to_arabic(&moved, Lang::Fa), lang: Some(Lang::Fa) });
            }
            readings
        }
        (false, true) => {
            let mut readings: Vec<Reading> =
                Lang::ALL.map(|lang| Reading { text: to_latin(text, lang), lang: None }).into();
            readings.dedup();
            readings
        }
        _ => Vec::new(),
    }
}

/// The text as it was meant without Caps Lock, which Arabic and Persian layouts pass over; a capital that a telephone
/// put first is none either.
fn unlocked(text: &str) -> String {
    let locked = !text.chars().any(|c| c.is_ascii_lowercase());
    let mut first = true;
    text.chars()
        .map(|c| {
            let lower = locked || (first && c.is_ascii_alphabetic());
            first = first && !c.is_ascii_alphabetic();
            if lower { c.to_ascii_lowercase() } else { c }
        })
        .collect()
}

/// What the keys of `text`, typed on a Latin layout, give on the layout of `lang`.
fn to_arabic(text: &str, lang: Lang) -> String {
    let (plain, shifted) = layers(lang);
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let found = key(KEYS, plain, c).or_else(|| key(SHIFTED, shifted, c).filter(|c| *c != ' '));
        // A capital without a letter of its own is the key's letter: the marks on those keys fold away.
        let found = found.or_else(|| key(KEYS, plain, c.to_ascii_lowercase()));
        match found {
            Some(found) => out.push(found),
            None => out.push(c),
        }
    }
    out
}

/// What the keys of `text`, typed on the layout of `lang`, give on a Latin one.
fn to_latin(text: &str, lang: Lang) -> String {
    let (plain, shifted) = layers(lang);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // ل and ا are keys of their own, but nobody types them one after the other by chance.
        if lang == Lang::Ar && c == 'ل' && rest.peek() == Some(&'ا') {
            rest.next();
            out.push('b');
            continue;
        }
        let found = key(plain, KEYS, c).or_else(|| key(shifted, SHIFTED, c).filter(|_| c != ' '));
        out.push(found.unwrap_or(c).to_ascii_lowercase());
    }
    out
}

fn layers(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ar => (ARABIC, ARABIC_SHIFTED),
        Lang::Fa => (PERSIAN, PERSIAN_SHIFTED),
    }
}

/// The character of `to` at the place where `from` has `c`.
fn key(from: &str, to: &str, c: char) -> Option<char> {
    from.chars().position(|k| k == c).and_then(|at| to.chars().nth(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn check(typed: &str, meant: &str, lang: Option<Lang>) {
        let readings = readings(typed);
        let found = readings.iter().any(|r| r.lang == lang && fold(&r.text) == fold(meant));
        assert!(found, "{typed}: {readings:?}");
    }

    #[test]
    fn layers_are_of_one_length() {
        for layer in [SHIFTED, ARABIC, ARABIC_SHIFTED, PERSIAN, PERSIAN_SHIFTED] {
            assert_eq!(layer.chars().count(), KEYS.chars().count(), "{layer}");
        }
    }

    #[test]
    fn the_same_keys_on_another_layout() {
        let (ar, fa) = (Some(Lang::Ar), Some(Lang::Fa));
        check("lh id hgld.,edvhfd", "ما هي الميزوثيرابي", ar);
        check("Lh id", "ما هي", ar);
        check("LH ID", "ما هي", ar);
        check("gh", "لا", ar);
        check("b", "لا", ar);
        check("Hgl", "ألم", ar);
        check("]vl", "درم", ar);
        check(";l [gsm", "كم جلسة", ar);
        check("]kn [gsi", "چند جلسه", fa);
        check("'vlh", "گرما", fa);
        check("]kn Cg", "چند ژل", fa);
        check("`,sj", "پوست", fa);
        check("m,sj", "پوست", fa);
        check("\\,sj", "پوست", fa);
        check("حقح", "prp", None);
        check("لاخفخء", "botox", None);
        check("ائثف", "hmet", None);
        assert!(readings("prp چند").is_empty());
        assert!(readings("123 ؟").is_empty());
    }
}
