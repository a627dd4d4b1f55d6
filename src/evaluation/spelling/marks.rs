//! What is written over, between and instead of plain letters without changing how they read.

use super::words::{each_word, is_letter};
use crate::evaluation::draw::Draw;
use crate::language::fold::is_arabic_letter;

/// The shapes of each letter in the presentation blocks: the letter, the code of its isolated shape, and how
/// many shapes follow it in the order isolated, final, initial, medial. A letter of four joins on to the next.
const SHAPES: [(char, u32, u8); 42] = [
    ('ء', 0xfe80, 1),
    ('آ', 0xfe81, 2),
    ('أ', 0xfe83, 2),
    ('ؤ', 0xfe85, 2),
    ('إ', 0xfe87, 2),
    ('ئ', 0xfe89, 4),
    ('ا', 0xfe8d, 2),
    ('ب', 0xfe8f, 4),
    ('ة', 0xfe93, 2),
    ('ت', 0xfe95, 4),
    ('ث', 0xfe99, 4),
    ('ج', 0xfe9d, 4),
    ('ح', 0xfea1, 4),
    ('خ', 0xfea5, 4),
    ('د', 0xfea9, 2),
    ('ذ', 0xfeab, 2),
    ('ر', 0xfead, 2),
    ('ز', 0xfeaf, 2),
    ('س', 0xfeb1, 4),
    ('ش', 0xfeb5, 4),
    ('ص', 0xfeb9, 4),
    ('ض', 0xfebd, 4),
    ('ط', 0xfec1, 4),
    ('ظ', 0xfec5, 4),
    ('ع', 0xfec9, 4),
    ('غ', 0xfecd, 4),
    ('ف', 0xfed1, 4),
    ('ق', 0xfed5, 4),
    ('ك', 0xfed9, 4),
    ('ل', 0xfedd, 4),
    ('م', 0xfee1, 4),
    ('ن', 0xfee5, 4),
    ('ه', 0xfee9, 4),
    ('و', 0xfeed, 2),
    ('ى', 0xfeef, 2),
    ('ي', 0xfef1, 4),
    ('پ', 0xfb56, 4),
    ('چ', 0xfb7a, 4),
    ('ژ', 0xfb8a, 2),
    ('ک', 0xfb8e, 4),
    ('گ', 0xfb92, 4),
    ('ی', 0xfbfc, 4),
];

/// Lam and alef as one shape: the alef, and the code of the isolated shape; the final one follows it.
const LAM_ALEF: [(char, u32); 4] = [('آ', 0xfef5), ('أ', 0xfef7), ('إ', 0xfef9), ('ا', 0xfefb)];

fn shapes(c: char) -> Option<(u32, u8)> {
    SHAPES.iter().find(|(letter, _, _)| *letter == c).map(|(_, first, count)| (*first, *count))
}

/// Whether the letter is written joined to the one after it.
fn joins_on(c: char) -> bool {
    shapes(c).is_some_and(|(_, count)| count == 4)
}

/// The letters as the shapes that text copied from old PDF files consists of, in their reading order.
#[must_use]
pub fn presentation_forms(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|c| joins_on(*c));
        let next = chars.get(at + 1).copied();
        let lam_alef = LAM_ALEF.iter().find(|(alef, _)| c == 'ل' && next == Some(*alef));
        let shape = match (lam_alef, shapes(c)) {
            (Some((_, first)), _) => {
                at += 1;
                first + u32::from(before)
            }
            (None, Some((first, count))) => {
                let before = before && count >= 2;
                let after = count == 4 && next.and_then(shapes).is_some_and(|(_, next)| next >= 2);
                first + u32::from(before) + 2 * u32::from(after)
            }
            (None, None) => u32::from(c),
        };
        out.push(char::from_u32(shape).unwrap_or(c));
        at += 1;
    }
    out
}

/// One to four tatweels in every word that has a place for them.
#[must_use]
pub fn tatweel(text: &str, draw: &mut Draw) -> String {
    each_word(text, |word| {
        let chars: Vec<char> = word.chars().collect();
        let joined = |at: &usize| match (chars.get(*at), chars.get(at + 1)) {
            (Some(c), Some(next)) => joins_on(*c) && shapes(*next).is_some_and(|(_, count)| count >= 2),
            _ => false,
        };
        let places: Vec<usize> = (0..chars.len()).filter(joined).collect();
        let Some(place) = draw.one(&places).copied() else { return word.to_owned() };
        let long = "ـ".repeat(1 + draw.below(4));
        let longer = |(at, c): (usize, &char)| if at == place { format!("{c}{long}") } else { c.to_string() };
        chars.iter().enumerate().map(longer).collect()
    })
}

/// Fatha, damma, kasra, sukun.
const VOWELS: [char; 4] = ['\u{064e}', '\u{064f}', '\u{0650}', '\u{0652}'];
const SHADDA: char = '\u{0651}';

/// A mark on every consonant but a word's last, as a text with full vowels has them; now and then a shadda. Which
/// vowel it is was drawn: readers of bare text pay no heed to it, and neither may mujib.
#[must_use]
pub fn harakat(text: &str, draw: &mut Draw) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() * 2);
    for (at, c) in chars.iter().enumerate() {
        out.push(*c);
        let marked = is_arabic_letter(*c) && !matches!(c, 'ا' | 'آ' | 'أ' | 'إ' | 'ى' | 'ء');
        if marked && chars.get(at + 1).is_some_and(|next| is_arabic_letter(*next)) {
            if draw.below(8) == 0 {
                out.push(SHADDA);
            }
            out.extend(draw.one(&VOWELS));
        }
    }
    out
}

/// Vowels that are drawn out for stress.
const LONG: [char; 9] = ['ا', 'و', 'ي', 'ی', 'a', 'e', 'i', 'o', 'u'];

/// The last long vowel of about every other word three to five times. A text without one stays as it is.
#[must_use]
pub fn stretched(text: &str, draw: &mut Draw) -> String {
    let mut any = false;
    each_word(text, |word| {
        let chars: Vec<char> = word.chars().collect();
        // «ee» drawn out could mean «e» as well.
        let alone = |at: &usize| {
            let same = |other: Option<usize>| other.and_then(|o| chars.get(o)) == chars.get(*at);
            chars.get(*at).is_some_and(|c| LONG.contains(c))
                && !same(at.checked_sub(1))
                && !same(at.checked_add(1))
        };
        let letters = chars.iter().filter(|c| is_letter(**c)).count();
        let place = (1..chars.len()).rev().find(alone).filter(|_| letters >= 3);
        let Some(place) = place.filter(|_| !any || draw.below(2) == 0) else { return word.to_owned() };
        any = true;
        let times = 3 + draw.below(3);
        let longer = |(at, c): (usize, &char)| c.to_string().repeat(if at == place { times } else { 1 });
        chars.iter().enumerate().map(longer).collect()
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::language::fold;

    const TEXTS: [&str; 4] = [
        "كم جلسة لازم لحتى شوف نتيجة؟",
        "می\u{200c}خوام بدونم چند جلسه لازمه؟ گچ و ژل",
        "لا، الآن والأمل",
        "من 3 إلى 5 جلسات PRP",
    ];

    #[test]
    fn forms_are_the_same_text() {
        for text in TEXTS {
            let forms = presentation_forms(text);
            assert_eq!(forms.nfkc().collect::<String>(), text);
            assert!(forms.chars().all(|c| shapes(c).is_none()), "{forms}");
        }
        // Initial, medial, final; lam-alef after a joining letter and after none; isolated.
        assert_eq!(presentation_forms("جلس"), "\u{fe9f}\u{fee0}\u{feb2}");
        assert_eq!(presentation_forms("بلا ولا و"), "\u{fe91}\u{fefc} \u{feed}\u{fefb} \u{feed}");
        assert_eq!(presentation_forms("prp"), "prp");
    }

    #[test]
    fn marks_read_the_same() {
        for text in TEXTS {
            for seed in 0..20 {
                for change in [tatweel, harakat, stretched] {
                    let changed = change(text, &mut Draw::new(seed));
                    assert_ne!(changed, text);
                    assert_eq!(fold(&changed), fold(text), "{changed}");
                }
            }
        }
        for change in [tatweel, harakat, stretched] {
            assert_eq!(change("3 prp؟", &mut Draw::new(1)), "3 prp؟");
        }
    }

    #[test]
    fn where_marks_stand() {
        assert_eq!(tatweel("درد", &mut Draw::new(1)), "درد");
        assert!(tatweel("كم", &mut Draw::new(1)).starts_with("كـ"));
        assert!(!harakat("باب", &mut Draw::new(1)).ends_with(VOWELS));
        assert!(stretched("shokran", &mut Draw::new(1)).contains("aaa"));
        assert_eq!(stretched("ee", &mut Draw::new(1)), "ee");
    }
}
