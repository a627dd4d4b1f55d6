//! The folding that a reply's text goes through before the patterns of a labelled question are tried.
//!
//! It is the yardstick's own and not [`language::fold()`](crate::language::fold()): the patterns are written for
//! exactly these letters, per language, and must not move when the analyzer does.

use unicode_normalization::UnicodeNormalization;

/// `text` as the patterns of the language `lang` expect it: NFKC, marks and tatweel off, digits to ASCII, one
/// alef, yeh, kaf and heh as that language writes them, Markdown and quotation marks to spaces, single
/// spaces, lower case. Any `lang` but `fa` is folded as Arabic.
#[must_use]
pub fn fold(text: &str, lang: &str) -> String {
    let letter = if lang == "fa" { persian } else { arabic };
    let folded: String = text
        .nfkc()
        .filter(|c| !is_mark(*c) && *c != '\u{200d}')
        .map(|c| if c == '\u{200c}' || is_markup(c) { ' ' } else { letter(digit(c)) })
        .collect();
    folded.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Harakat, Koranic marks, tatweel, bidi controls, byte-order mark.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06ed}' | '\u{0640}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '#' | '[' | ']' | '(' | ')' | '«' | '»' | '"' | '“' | '”')
}

/// White space as Python's `\s` has it: Unicode's and the four separators U+001C to U+001F.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

fn digit(c: char) -> char {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return c,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

fn arabic(c: char) -> char {
    match c {
        '\u{0623}' | '\u{0625}' | '\u{0622}' | '\u{0671}' => '\u{0627}', // alef
        '\u{0649}' | '\u{06cc}' | '\u{06d2}' => '\u{064a}',              // Arabic yeh
        '\u{0629}' | '\u{06c0}' => '\u{0647}',                           // heh
        '\u{06a9}' | '\u{06af}' => '\u{0643}',                           // Arabic kaf; gaf too
        _ => c,
    }
}

fn persian(c: char) -> char {
    match c {
        '\u{0623}' | '\u{0625}' | '\u{0622}' | '\u{0671}' => '\u{0627}', // alef
        '\u{064a}' | '\u{0649}' | '\u{0626}' | '\u{06d2}' => '\u{06cc}', // Farsi yeh; yeh with hamza too
        '\u{0629}' | '\u{06c0}' => '\u{0647}',                           // heh
        '\u{0643}' => '\u{06a9}',                                        // keheh
        '\u{0624}' => '\u{0648}',                                        // waw
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: &str, text: &str, folded: &str) {
        assert_eq!(fold(text, lang), folded, "{text:?} in {lang}");
    }

    #[test]
    fn letters_of_arabic() {
        check("ar", "أإآٱ ىی کگ ة ۀ ے", "اااا يي كك ه ه ي");
        check("ar", "مُؤلِمٌ جِدًّا", "مؤلم جدا");
        check("ar", "شـــعر", "شعر");
        check("ar", "ﻛﺘﺎﺏ", "كتاب");
    }

    #[test]
    fn letters_of_persian() {
        check("fa", "أإآٱ يىئے كک ة ۀ ؤ گ", "اااا یییی کک ه ه و گ");
        check("fa", "می\u{200c}شود", "می شود");
        check("fa", "می\u{200d}شود", "میشود");
    }

    #[test]
    fn digits_marks_and_spaces() {
        check("ar", "٣-٥ جلسات [1]، **PRP**", "3-5 جلسات 1 ، prp");
        check("fa", "۳ تا ۵\n\n- «جلسه»\u{1f}", "3 تا 5 - جلسه");
        check("ar", " \u{feff}\u{200f}", "");
        check("ar", "", "");
    }

    #[test]
    fn another_language_folds_as_arabic() {
        check("en", "کلمة ABC", "كلمه abc");
    }
}
