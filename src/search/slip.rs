//! Letters that a hand puts for each other: beside each other on the keyboard, or told apart by dots alone.

/// The letter rows of the Persian and the Arabic keyboard, right to left as they are typed, in folded letters.
const ROWS: [&str; 6] =
    ["ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو", "ضصثقفغعهخحجد", "شسیبلاتنمکط", "ئءؤرلایهوزظ"];

/// Letters that share a shape and differ in their dots, or in a stroke.
const SHAPES: [&str; 9] = ["بپتثنی", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق"];

/// Whether a hand may put one for the other.
#[must_use]
pub fn are_near(a: char, b: char) -> bool {
    let beside = |row: &&str| {
        let mut letters = row.chars().zip(row.chars().skip(1));
        letters.any(|(one, next)| (one, next) == (a, b) || (one, next) == (b, a))
    };
    let alike = |shape: &&str| shape.contains(a) && shape.contains(b);
    a != b && (ROWS.iter().any(beside) || SHAPES.iter().any(alike))
}

/// Whether `word` is `meant` with one letter replaced by one near it, or with two neighbours swapped behind the
/// first letter.
#[must_use]
pub fn is_slip(meant: &str, word: &str) -> bool {
    let mut off = meant.chars().zip(word.chars()).enumerate().filter(|(_, (a, b))| a != b);
    if meant.chars().count() != word.chars().count() {
        return false;
    }
    match (off.next(), off.next(), off.next()) {
        (Some((_, (a, b))), None, None) => are_near(a, b),
        (Some((at, (a, b))), Some((next, (c, d))), None) => at > 0 && next == at + 1 && a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        for (meant, word, slip) in [
            ("چند", "چتد", true),
            ("جلسه", "جلشه", true),
            ("سیاهی", "شیاهی", true),
            ("ریزش", "ریزس", true),
            ("کرونا", "کروتا", true),
            ("جلسه", "جلهس", true),
            ("جلسه", "لجسه", false),
            ("جلسه", "جلسه", false),
            ("جلسه", "جلسات", false),
            ("سینه", "سیاه", false),
            ("تورم", "تورب", false),
            ("کرم", "گرم", true),
        ] {
            assert_eq!(is_slip(meant, word), slip, "{meant} {word}");
        }
    }
}
