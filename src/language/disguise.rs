//! Text that was written so that machines read something else than people: letters as HTML entities,
//! percent-encoded or escaped, mark-up inside words, and Cyrillic or Greek letters that look Latin.

use std::borrow::Cow;

/// Cyrillic and Greek letters with the Latin ones that look like them.
const LOOK_ALIKES: [(&str, &str); 2] = [
    ("асеорхуіјѕԁԛԝһӏνοαικτυρεпгвнмзб", "aceopxyijsdqwhlvoaiktupenrbhm36"),
    ("АВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIJKMOPSTXYABEZHIKMNOPTYX"),
];
/// A tag is no longer than this.
const LONGEST_TAG: usize = 40;

/// `text` as people read it; borrowed if nothing is disguised, as in nearly every message.
///
/// Only what gives letters (or a space between them) is decoded: what gives mark-up or digits stays as it is.
#[must_use]
pub fn undisguise(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    if text.bytes().any(|b| matches!(b, b'&' | b'%' | b'\\' | b'<')) {
        out = Cow::Owned(decoded(text));
    }
    // First bytes of Greek and Cyrillic letters.
    if out.bytes().any(|b| matches!(b, 0xcd..=0xd3)) {
        out = Cow::Owned(latinized(&out));
    }
    out
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let read = match c {
            '&' => entity(rest),
            '%' => percent(rest),
            '\\' => escape(rest),
            '<' => tag(rest).map(|bytes| (String::new(), bytes)),
            _ => None,
        };
        match read {
            Some((letters, bytes)) => {
                out.push_str(&letters);
                rest = rest.get(bytes..).unwrap_or_default();
            }
            None => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// A letter by its code point; `None` for what is no letter.
fn letter(code: u32) -> Option<String> {
    char::from_u32(code).filter(|c| c.is_alphabetic() || matches!(c, ' ' | '\u{200c}')).map(String::from)
}

/// `&#1605;`, `&#x645;`, with the semicolon or without.
fn entity(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix("&#")?;
    let (digits, radix, head) = match body.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (body, 10, 2),
    };
    let length = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
    let end = head + length;
    Some((letter(code)?, end + usize::from(text.as_bytes().get(end) == Some(&b';'))))
}

/// `\u0645`, `\u{645}`.
fn escape(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix("\\u")?;
    if let Some((digits, _)) = body.strip_prefix('{').and_then(|b| b.split_once('}')) {
        return Some((letter(u32::from_str_radix(digits, 16).ok()?)?, digits.len() + 4));
    }
    Some((letter(u32::from_str_radix(body.get(..4)?, 16).ok()?)?, 6))
}

/// A run of `%D9%85` that is UTF-8 and no plain ASCII, or a `%20`.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    while let Some(hex) =
        text.get(bytes.len() * 3..).and_then(|t| t.strip_prefix('%')).and_then(|t| t.get(..2))
    {
        let Ok(byte) = u8::from_str_radix(hex, 16) else { break };
        bytes.push(byte);
    }
    let length = bytes.len() * 3;
    let letters = String::from_utf8(bytes).ok()?;
    let foreign = !letters.is_ascii() || (!letters.is_empty() && letters.trim().is_empty());
    foreign.then_some((letters, length))
}

/// The length of `<b>`, `</span>` and the like.
fn tag(text: &str) -> Option<usize> {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find('>').filter(|end| *end <= LONGEST_TAG)?;
    text.get(1..end).is_some_and(|inside| inside.is_ascii() && !inside.contains('<')).then_some(end + 1)
}

/// Words that mix Latin letters with such that look Latin, and words of only such letters in a text that has
/// Latin or Arabic letters besides, in Latin letters. Russian and Greek texts stay.
fn latinized(text: &str) -> String {
    let other = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}');
    let foreign = |word: &str| word.chars().any(|c| other(c) && c.is_alphabetic() && latin(c).is_none());
    if text.split_whitespace().any(foreign) {
        return text.to_owned();
    }
    if !text.chars().any(|c| c.is_alphabetic() && !other(c)) {
        return text.to_owned();
    }
    text.chars().map(|c| latin(c).unwrap_or(c)).collect()
}

fn latin(c: char) -> Option<char> {
    LOOK_ALIKES.iter().find_map(|(from, to)| to.chars().nth(from.chars().position(|f| f == c)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &[(&str, &str)]) {
        for (typed, read) in table {
            assert_eq!(undisguise(typed), *read, "{typed}");
        }
    }

    #[test]
    fn look_alikes_pair_up() {
        for (from, to) in LOOK_ALIKES {
            assert_eq!(from.chars().count(), to.chars().count());
        }
    }

    #[test]
    fn letters_are_decoded() {
        check(&[
            ("&#1605;&#1608;", "مو"),
            ("&#x645;&#X648 تمام", "مو تمام"),
            ("%D9%85%D9%88%20%D9%85", "مو م"),
            ("\\u0645\\u{648}", "مو"),
            ("لس<b>ا</b>ني", "لساني"),
            ("nаfаs", "nafas"),
            ("نفسم ΒAND", "نفسم BAND"),
        ]);
    }

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "خصم 20% على الجلسات & هدية",
            "50%، 30%",
            "<3 مرسی",
            "3 < 5 > 2",
            "\\o/ شكرا",
            "&#49;&#50;",
            "&#;",
            "&#xZZ;",
            "%",
            "%D9",
            "\\u12",
            "Привет как дела",
            "καλημέρα",
            "",
        ] {
            check(&[(text, text)]);
        }
    }
}
