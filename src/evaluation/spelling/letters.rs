//! Letters and digits as another keyboard, or a hurried hand, gives them.

use super::words::is_latin_word;
use crate::evaluation::draw::Draw;

/// Yeh and kaf as the other keyboard writes them: Arabic ي ى ك become Persian ی ک, and the reverse.
#[must_use]
pub fn other_keyboard(text: &str) -> String {
    let swap = |c| match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ی' => 'ي',
        'ک' => 'ك',
        _ => c,
    };
    text.chars().map(swap).collect()
}

/// Without hamza and madda: on a seat only the seat stays, a free-standing hamza falls away.
#[must_use]
pub fn hamza_lost(text: &str) -> String {
    let seat = |c| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ؤ' => Some('و'),
        'ئ' => Some('ی'),
        'ۀ' => Some('ه'),
        'ء' | '\u{0653}'..='\u{0655}' => None,
        _ => Some(c),
    };
    // A hamza alone in its word («ء») would leave a word of nothing.
    text.split(' ')
        .map(|word| if word == "ء" { word.to_owned() } else { word.chars().filter_map(seat).collect() })
        .collect::<Vec<String>>()
        .join(" ")
}

/// The zeros of the three digit sets: ASCII, Arabic-Indic, Persian.
const ZEROS: [char; 3] = ['0', '٠', '۰'];

/// The numbers in one of the two other digit sets. Digits in a Latin word (`3amel`) are letters and stay.
#[must_use]
pub fn other_digits(text: &str, draw: &mut Draw) -> String {
    let further = 1 + draw.below(2);
    let digit = |c: char| {
        let found = ZEROS.iter().enumerate().find_map(|(set, zero)| {
            u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10).map(|value| (set, value))
        });
        let turned = found.and_then(|(set, value)| {
            let zero = ZEROS.get((set + further) % ZEROS.len())?;
            char::from_u32(u32::from(*zero) + value)
        });
        turned.unwrap_or(c)
    };
    super::words::each_word(text, |word| {
        if is_latin_word(word) { word.to_owned() } else { word.chars().map(digit).collect() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyboards() {
        for (text, other) in [
            ("كيف أعتني ببشرتي؟", "کیف أعتنی ببشرتی؟"),
            ("على", "علی"),
            ("چی کار کنم؟", "چي كار كنم؟"),
            ("prp 3", "prp 3"),
        ] {
            assert_eq!(other_keyboard(text), other);
        }
    }

    #[test]
    fn hamzas() {
        for (text, lost) in [
            ("أسأل عن الإبر، شيء مؤلم وآثار", "اسال عن الابر، شي مولم واثار"),
            ("ئ ء", "ی ء"),
            ("مسئول", "مسیول"),
            ("آیا مؤثره؟", "ایا موثره؟"),
            ("لا", "لا"),
        ] {
            assert_eq!(hamza_lost(text), lost);
        }
    }

    #[test]
    fn digits() {
        for (text, either) in [
            ("بعد 3 أيام", ["بعد ٣ أيام", "بعد ۳ أيام"]),
            ("٢٤ ساعة", ["24 ساعة", "۲۴ ساعة"]),
            ("۴۸ ساعت، 2", ["48 ساعت، ٢", "٤٨ ساعت، ۲"]),
            ("3amel 7o2an", ["3amel 7o2an"; 2]),
            ("چند", ["چند"; 2]),
        ] {
            for seed in 0..8 {
                let turned = other_digits(text, &mut Draw::new(seed));
                assert!(either.contains(&turned.as_str()), "{turned}");
            }
        }
    }
}
