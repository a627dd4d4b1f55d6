//! One fold for the Arabic script, the same for both languages, so that a word typed on an Arabic,
//! a Persian or an Urdu keyboard gives the same letters. Only what is compared is folded; what
//! people read never is.

use super::disguise::undisguise;
use unicode_normalization::UnicodeNormalization;

/// The zero-width non-joiner, which Persian writes inside words (می‌شود). It is kept between two
/// letters of the Arabic script, so that the tokenizer can read the word both joined and split.
pub const ZWNJ: char = '\u{200c}';

/// Folds `text` for comparing: words separated by single spaces, with `.` `,` `?` as the only
/// punctuation left (sentence end, clause end, question mark), each a word of its own.
///
/// Steps: what was disguised ([`undisguise`]) read as people read it; invisible and bidi characters off; NFKC (presentation forms, full-width letters); lower
/// case; harakat, tatweel and accents off; one alef, one yeh, one kaf, one heh (ta marbuta too), hamza
/// seats to their letter; three digit sets to ASCII; a letter stretched three times or more to one.
/// Idempotent. An empty text, or one of only emoji and symbols, gives an empty string.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = undisguise(text);
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let mut out = Folded { text: String::with_capacity(text.len()), ..Folded::default() };
    if text.chars().all(is_plain) {
        visible.for_each(|c| out.push(c.to_ascii_lowercase()));
        return out.finish();
    }
    // NFKC turns some letters that show into fillers that do not.
    for c in visible.nfkc().filter(|c| !is_invisible(*c)) {
        for lower in c.to_lowercase() {
            // Latin letters lose their accents; Arabic letters are mapped as they are, because NFKD
            // would take آ and أ apart into letters whose marks carry no difference anyway.
            if is_arabic_letter(lower) || lower == ZWNJ {
                out.push(lower);
            } else {
                std::iter::once(lower).nfkd().for_each(|part| out.push(part));
            }
        }
    }
    out.finish()
}

/// Characters that NFKC leaves as they are beside each other, and that have no case but ASCII's: what nearly
/// every message is made of. Those need none of the slower steps.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{060c}' | '\u{061b}' | '\u{061f}' | '\u{0621}'..='\u{064a}'
        | '\u{0660}'..='\u{066c}' | '\u{067e}' | '\u{0686}' | '\u{0698}' | '\u{06a9}' | '\u{06af}'
        | '\u{06cc}' | '\u{06f0}'..='\u{06f9}' | '\u{200c}' | '\u{200e}' | '\u{200f}')
}

/// Characters that show nothing: bidi controls, joiners, soft hyphen, byte-order mark, variation
/// selectors. They are dropped before anything else, so they can neither split nor hide a word.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Letters of the Arabic script, before or after folding (no marks, digits or punctuation).
#[must_use]
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{066f}' | '\u{0671}'..='\u{06d5}'
        | '\u{06ee}'..='\u{06ef}' | '\u{06fa}'..='\u{06fc}' | '\u{06ff}' | '\u{0750}'..='\u{077f}'
        | '\u{08a0}'..='\u{08c9}')
        && !matches!(c, '\u{0640}' | '\u{06d4}')
}

/// What one character becomes.
enum Image {
    /// Kept or replaced by this letter or digit.
    Letter(char),
    /// Falls away without parting the word: harakat, tatweel, accents, a free-standing hamza.
    Nothing,
    /// Parts words.
    Space,
    /// Ends a sentence (`.`), a clause (`,`) or a question (`?`).
    Stop(char),
}

fn image(c: char) -> Image {
    use Image::{Letter, Nothing, Space, Stop};
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => Letter('ا'),
        'ي' | 'ى' | 'ئ' | 'ے' | 'ۓ' | 'ۍ' | 'ې' | 'ێ' | 'ؽ' | 'ؾ' | 'ؿ' | 'ٸ' => Letter('ی'),
        'ك' | 'ڪ' | 'ڭ' | 'ػ' | 'ؼ' | 'ݢ' => Letter('ک'),
        'ة' | 'ۀ' | 'ہ' | 'ۂ' | 'ۃ' | 'ھ' | 'ە' | 'ۿ' => Letter('ه'),
        'ؤ' | 'ٶ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => Letter('و'),
        // Letters without their dots, and letters of other languages that look like these.
        'ڤ' | 'ڡ' | 'ڥ' => Letter('ف'),
        'ڨ' | 'ٯ' => Letter('ق'),
        'ٮ' => Letter('ب'),
        'ں' | 'ڹ' | 'ڻ' | 'ڼ' => Letter('ن'),
        'ڒ' | 'ړ' | 'ڔ' | 'ڕ' | 'ݛ' => Letter('ر'),
        'ڵ' | 'ڶ' | 'ڷ' => Letter('ل'),
        'ۉ' | 'ۊ' | 'ۏ' | 'ۅ' => Letter('و'),
        'ڛ' | 'ښ' => Letter('س'),
        'ء' | 'ٴ' => Nothing,
        // Harakat, Koranic marks, tatweel, combining accents.
        '\u{0610}'..='\u{061a}'
        | '\u{0640}'
        | '\u{064b}'..='\u{065f}'
        | '\u{0670}'
        | '\u{06d6}'..='\u{06dc}'
        | '\u{06df}'..='\u{06e8}'
        | '\u{06ea}'..='\u{06ed}'
        | '\u{08ca}'..='\u{08ff}'
        | '\u{0300}'..='\u{036f}'
        | '\u{0483}'..='\u{0489}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' => Nothing,
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '?' | '؟' => Stop('?'),
        '.' | '!' | '…' | '۔' | '؛' | ';' | ':' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Stop('.'),
        ',' | '،' | '٬' => Stop(','),
        '\'' | '’' | 'ʼ' => Nothing,
        // What nearly every text is made of, before the look-up in Unicode's tables.
        'ا'..='غ' | 'ف'..='و' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' | 'a'..='z' | '0'..='9' => {
            Letter(c)
        }
        ' ' => Space,
        c if c.is_alphanumeric() => Letter(c),
        _ => Space,
    }
}

fn digit(c: char, zero: char) -> Image {
    char::from_digit((c as u32).saturating_sub(zero as u32), 10).map_or(Image::Space, Image::Letter)
}

/// The output while it grows: knows the run of the last letter and whether a ZWNJ is pending.
#[derive(Default)]
struct Folded {
    text: String,
    last: Option<char>,
    run: usize,
    pending_zwnj: bool,
}

impl Folded {
    fn push(&mut self, c: char) {
        if c == ZWNJ {
            self.pending_zwnj = self.last.is_some_and(is_arabic_letter);
            return;
        }
        match image(c) {
            Image::Letter(letter) => self.letter(letter),
            Image::Nothing => {}
            Image::Space => self.space(),
            // «!!» and «؟؟؟» end one sentence, not three.
            Image::Stop(stop) if self.text.trim_end().ends_with(stop) => self.space(),
            Image::Stop(stop) => {
                self.space();
                self.letter(stop);
                self.space();
            }
        }
    }

    fn letter(&mut self, c: char) {
        if self.pending_zwnj && is_arabic_letter(c) {
            self.text.push(ZWNJ);
            self.last = None;
        }
        self.pending_zwnj = false;
        if self.last == Some(c) {
            self.run += 1;
            // Digits repeat for a reason; letters and stops stretched three times are one.
            if !c.is_ascii_digit() {
                if self.run == 3 {
                    self.text.pop();
                }
                if self.run >= 3 {
                    return;
                }
            }
        } else {
            self.run = 1;
        }
        self.last = Some(c);
        self.text.push(c);
    }

    fn space(&mut self) {
        self.pending_zwnj = false;
        self.last = None;
        self.run = 0;
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str) {
        assert_eq!(fold(a), fold(b), "{a} and {b}");
    }

    #[test]
    fn one_word_from_three_keyboards() {
        check("كتاب", "کتاب");
        check("يوم", "یوم");
        check("جلسة", "جلسه");
        check("ہفتہ", "هفته");
        check("إبرة", "ابره");
        check("مسؤول", "مسوول");
        check("على", "علی");
    }

    #[test]
    fn marks_and_forms_fall_away() {
        check("مُؤْلِم", "مولم");
        check("ميـــزو", "ميزو");
        check("ﻣﻴﺰﻭ", "ميزو");
        check("ＰＲＰ", "prp");
        check("٣ و ۳ و 3", "3 و 3 و 3");
        check("\u{202b}مز\u{200b}و\u{202c}", "مزو");
        check("بشراااان", "بشران");
        check("شيء", "شي");
    }

    #[test]
    fn stops_are_words_of_their_own() {
        assert_eq!(fold("كم جلسة؟!! تمام، شكرا"), "کم جلسه ? . تمام , شکرا");
        assert_eq!(fold("  😂😂 "), "");
    }

    #[test]
    fn zwnj_stays_only_inside_words() {
        assert_eq!(fold("می‌شود"), "می\u{200c}شود");
        assert_eq!(fold("سلام‌ خوبی"), "سلام خوبی");
        assert_eq!(fold("مزو‌‌تراپی"), "مزو\u{200c}تراپی");
    }
}
