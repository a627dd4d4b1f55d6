//! Identifiers out of a text before it is stored: phone numbers, e-mail addresses, national ids, cards,
//! IBANs; in ASCII, Arabic and Persian digits, with spaces or dashes. Ages, prices, years and counts stay.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

const EMAIL: &str = "[email]";
const PHONE: &str = "[phone]";
const ID: &str = "[id]";
const CARD: &str = "[card]";
const IBAN: &str = "[iban]";

/// `text` with each identifier replaced by `[phone]`, `[email]`, `[id]`, `[card]` or `[iban]`; borrowed if
/// there is none. What is replaced says nothing of the identifier, not even its length.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    // Nothing that is masked goes without one of these, and hardly a message has one.
    if !text.chars().any(|c| is_at(c) || digit(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut spans: Vec<(Range<usize>, &'static str)> = Vec::new();
    emails(&chars, &mut spans);
    ibans(&chars, &mut spans);
    numbers(&chars, &mut spans);
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|(span, _)| span.start);
    let offset = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, label) in spans {
        if span.start < done {
            continue;
        }
        out.push_str(text.get(offset(done)..offset(span.start)).unwrap_or_default());
        out.push_str(label);
        done = span.end;
    }
    out.push_str(text.get(offset(done)..).unwrap_or_default());
    Cow::Owned(out)
}

type Spans = Vec<(Range<usize>, &'static str)>;

fn at(chars: &[(usize, char)], index: usize) -> Option<char> {
    chars.get(index).map(|(_, c)| *c)
}

/// The value of a digit of any of the three sets, and of what looks like an ASCII digit (full-width, bold,
/// circled).
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        '\u{2460}'..='\u{24ff}' | '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}' => {
            let mut plain = std::iter::once(c).nfkc();
            plain.next().filter(|_| plain.next().is_none()).and_then(|p| p.to_digit(10))
        }
        _ => None,
    }
}

/// The sign in the middle of an e-mail address.
fn is_at(c: char) -> bool {
    matches!(c, '@' | '＠' | '﹫')
}

fn is_digit(c: Option<char>) -> bool {
    c.and_then(digit).is_some()
}

/// What people write between the digits of one number, and what a keyboard puts there unseen.
fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '_' | '*' | '/' | '|' | '~' | '·' | '•' | '٫' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{640}' | '\u{3000}'
    ) || is_unseen(c)
        || is_picture(c)
}

/// Characters that show nothing, or only sit on the one before.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

/// Emoji and the like.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn taken(spans: &Spans, index: usize) -> bool {
    spans.iter().any(|(span, _)| span.contains(&index))
}

fn emails(chars: &[(usize, char)], spans: &mut Spans) {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-') || is_unseen(c);
    let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '．') || is_unseen(c);
    for sign in (0..chars.len()).filter(|i| at(chars, *i).is_some_and(is_at)) {
        let start = (0..sign).rev().take_while(|i| at(chars, *i).is_some_and(local)).last();
        let mut end = sign + 1;
        while at(chars, end).is_some_and(host) {
            end += 1;
        }
        while end > sign + 1 && at(chars, end - 1).is_some_and(|c| !c.is_alphanumeric()) {
            end -= 1;
        }
        let dotted = (sign + 1..end).any(|i| matches!(at(chars, i), Some('.' | '．')));
        if let Some(start) = start.filter(|_| dotted && !taken(spans, sign)) {
            spans.push((start..end, EMAIL));
        }
    }
}

fn ibans(chars: &[(usize, char)], spans: &mut Spans) {
    let mut start = 0;
    while start < chars.len() {
        let letters = (start..start + 2).all(|i| at(chars, i).is_some_and(|c| c.is_ascii_alphabetic()));
        let fresh = start == 0 || !at(chars, start - 1).is_some_and(char::is_alphanumeric);
        if letters
            && fresh
            && !taken(spans, start)
            && let Some(end) = iban_end(chars, start)
        {
            spans.push((start..end, IBAN));
            start = end;
        } else {
            start += 1;
        }
    }
}

/// The end of the IBAN that begins at `start`: the longest run whose checksum is right, or any run of the
/// right length after `IR`, which people mistype.
fn iban_end(chars: &[(usize, char)], start: usize) -> Option<usize> {
    let mut symbols: Vec<u32> = Vec::new();
    let mut best = None;
    let mut index = start;
    while let Some(c) = at(chars, index) {
        let value = match digit(c) {
            Some(value) => Some(value),
            None if c.is_ascii_alphabetic() => Some(c.to_ascii_uppercase() as u32 - 'A' as u32 + 10),
            None if is_separator(c) => None,
            None => break,
        };
        index += 1;
        if let Some(value) = value {
            if (2..4).contains(&symbols.len()) && value > 9 {
                return None;
            }
            symbols.push(value);
        }
        let iranian = symbols.len() == 26 && symbols.starts_with(&[18, 27]);
        if value.is_some() && (15..=34).contains(&symbols.len()) && (iranian || mod_97(&symbols) == 1) {
            best = Some(index);
        }
        if symbols.len() > 34 {
            break;
        }
    }
    best
}

fn mod_97(symbols: &[u32]) -> u32 {
    let (head, tail) = symbols.split_at(symbols.len().min(4));
    tail.iter().chain(head).fold(0, |rest, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

/// One unbroken run of digits.
#[derive(Debug, Clone)]
struct Group {
    span: Range<usize>,
    digits: Vec<u32>,
}

fn numbers(chars: &[(usize, char)], spans: &mut Spans) {
    let mut index = 0;
    while index < chars.len() {
        if !is_digit(at(chars, index)) || taken(spans, index) {
            index += 1;
            continue;
        }
        let groups = run(chars, index);
        let end = groups.last().map_or(index + 1, |g| g.span.end);
        let mut first = 0;
        while first < groups.len() {
            let hit = (first + 1..=groups.len()).rev().find_map(|last| {
                let part = groups.get(first..last)?;
                let plus = part.first().is_some_and(|g| after_plus(chars, g.span.start));
                classify(part, plus).map(|label| (last, label, plus))
            });
            if let (Some((last, label, plus)), Some(from)) = (hit, groups.get(first)) {
                let to = groups.get(last - 1).map_or(from.span.end, |g| g.span.end);
                let from = from.span.start - usize::from(plus);
                spans.push((from..to, label));
                first = last;
            } else {
                first += 1;
            }
        }
        index = end;
    }
}

fn after_plus(chars: &[(usize, char)], start: usize) -> bool {
    start > 0 && matches!(at(chars, start - 1), Some('+' | '＋'))
}

/// The groups of digits from `start` on that only separators part.
fn run(chars: &[(usize, char)], start: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index = start;
    loop {
        let from = index;
        let mut digits = Vec::new();
        let mut end = index;
        while let Some(c) = at(chars, index) {
            match digit(c) {
                Some(value) => {
                    digits.push(value);
                    end = index + 1;
                }
                None if is_unseen(c) => {}
                None => break,
            }
            index += 1;
        }
        index = end;
        groups.push(Group { span: from..index, digits });
        let gap = (index..chars.len()).take_while(|i| at(chars, *i).is_some_and(is_separator)).count();
        let shown = (index..index + gap).filter(|i| at(chars, *i).is_some_and(|c| !is_unseen(c))).count();
        if gap == 0 || shown > 3 || !is_digit(at(chars, index + gap)) {
            return groups;
        }
        index += gap;
    }
}

/// What the groups together are, if they are an identifier.
fn classify(groups: &[Group], plus: bool) -> Option<&'static str> {
    let all: Vec<u32> = groups.iter().flat_map(|g| g.digits.iter().copied()).collect();
    let sizes: Vec<usize> = groups.iter().map(|g| g.digits.len()).collect();
    let count = all.len();
    let round = all.ends_with(&[0, 0, 0]);
    let even = sizes.iter().all(|s| *s >= 2) || sizes.len() == 1;
    if plus && (8..=15).contains(&count) {
        return Some(PHONE);
    }
    if is_date(&sizes, &all) {
        return None;
    }
    if (13..=19).contains(&count) && sizes.len() <= 5 && even && luhn(&all) && !round {
        return Some(if all.starts_with(&[7, 8, 4]) && count == 15 { ID } else { CARD });
    }
    // The form of a bank card, mistyped or not.
    if sizes == [4, 4, 4, 4] {
        return Some(CARD);
    }
    if count == 15 && all.starts_with(&[7, 8, 4]) && sizes.len() <= 4 {
        return Some(ID);
    }
    if all.first() == Some(&0) && (9..=15).contains(&count) && even && sizes.len() <= 6 {
        let national = sizes.len() == 1 && count == 10 && iranian(&all) && all.get(1) != Some(&9);
        return Some(if national { ID } else { PHONE });
    }
    // Typed digit by digit: no count from 0 upwards.
    let counts = all.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1));
    if all.first() == Some(&0) && (10..=15).contains(&count) && sizes.len() == count && !counts {
        return Some(PHONE);
    }
    if count == 10
        && sizes.len() <= 3
        && (iranian(&all) || (luhn(&all) && matches!(all.first(), Some(1 | 2))))
    {
        return (!round).then_some(ID);
    }
    let [size] = sizes.as_slice() else { return loose_phone(&sizes, &all, round) };
    match size {
        // A price ends in zeros; what else is this long is somebody's.
        _ if round => None,
        8 | 9 => Some(PHONE),
        10 if all.first() == Some(&9) => Some(PHONE),
        11..=13 if is_foreign_prefix(&all) => Some(PHONE),
        10.. => Some(ID),
        _ => None,
    }
}

/// Numbers of eight or nine digits in two or three groups, as the Gulf, Lebanon and Tunisia write theirs.
fn loose_phone(sizes: &[usize], all: &[u32], round: bool) -> Option<&'static str> {
    let local = matches!(all.len(), 8 | 9)
        && sizes.len() <= 3
        && sizes.first().is_some_and(|s| *s >= 2)
        && sizes.last().is_some_and(|s| *s >= 3)
        && sizes.iter().any(|s| *s >= 4);
    let years = sizes == [4, 4] && matches!(all, [1, 3 | 4 | 9, ..] | [2, 0, ..]);
    let foreign = (11..=13).contains(&all.len())
        && is_foreign_prefix(all)
        && (2..=5).contains(&sizes.len())
        && matches!(sizes.first(), Some(2 | 3))
        && sizes.iter().all(|s| *s >= 2);
    ((local || foreign) && !round && !years).then_some(PHONE)
}

/// Country codes of the region, written without a plus.
fn is_foreign_prefix(all: &[u32]) -> bool {
    matches!(all, [9, 8 | 3, ..] | [9, 6 | 7, ..] | [2, 0, ..] | [2, 1 | 2 | 4 | 5 | 6, ..])
}

fn is_date(sizes: &[usize], all: &[u32]) -> bool {
    let year = |y: &[u32]| matches!(y, [1, 3 | 4 | 9, ..] | [2, 0, ..]);
    match sizes {
        [4, 1 | 2, 1 | 2] => year(all),
        [1 | 2, 1 | 2, 4] => year(all.get(all.len() - 4..).unwrap_or_default()),
        _ => false,
    }
}

fn luhn(all: &[u32]) -> bool {
    let sum: u32 = all
        .iter()
        .rev()
        .enumerate()
        .map(|(place, d)| match (place % 2, d * 2) {
            (0, _) => *d,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10) && all.iter().any(|d| d != all.first().unwrap_or(d))
}

/// The checksum of an Iranian national code (ten digits).
fn iranian(all: &[u32]) -> bool {
    let [head @ .., check] = all else { return false };
    if head.len() != 9 || head.iter().all(|d| d == check) {
        return false;
    }
    let sum: u32 = head.iter().zip((2..=10).rev()).map(|(d, weight)| d * weight).sum();
    let rest = sum % 11;
    *check == if rest < 2 { rest } else { 11 - rest }
}

#[cfg(test)]
mod tests;
