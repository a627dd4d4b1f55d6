//! A polite frame around a question: greeting, apology, thanks.

use crate::evaluation::draw::Draw;
use crate::language::Lang;
use crate::language::fold::is_arabic_letter;

/// What stands before and after a question.
type Frame = (&'static str, &'static str);

const ARABIC: [Frame; 4] = [
    ("السلام عليكم ورحمة الله، لو سمحتم ", "، وشكرا جزيلا لكم"),
    ("مرحبا دكتور، ممكن سؤال؟ ", " الله يعطيكم العافية"),
    ("عذرا على الإزعاج، عندي استفسار: ", " وجزاكم الله خيرا"),
    ("مساء الخير، من فضلك ", " شكرا مقدما"),
];

const PERSIAN: [Frame; 4] = [
    ("سلام وقت بخیر، ببخشید یه سوال داشتم: ", " ممنون میشم راهنمایی کنید"),
    ("سلام خسته نباشید، ", " خیلی ممنون از شما"),
    ("با عرض سلام و احترام، لطفاً بفرمایید ", " با تشکر"),
    ("سلام دکتر جان، شرمنده مزاحم شدم. ", " مرسی"),
];

const ARABIZI: [Frame; 2] =
    [("salam 3alekom, law sama7to ", " w shokran gedan"), ("mar7aba doctor, momken so2al? ", " yeslamo")];

const FINGLISH: [Frame; 2] = [
    ("salam vaght bekheyr, bebakhshid ye soal dashtam: ", " mamnoon misham"),
    ("salam khaste nabashid, ", " merci"),
];

/// The question with one of its language's frames around it, in its own script.
#[must_use]
pub fn polite(text: &str, lang: Lang, draw: &mut Draw) -> String {
    let latin = !text.chars().any(is_arabic_letter);
    let frames: &[Frame] = match (lang, latin) {
        (Lang::Ar, false) => &ARABIC,
        (Lang::Fa, false) => &PERSIAN,
        (Lang::Ar, true) => &ARABIZI,
        (Lang::Fa, true) => &FINGLISH,
    };
    draw.one(frames).map_or_else(|| text.to_owned(), |(before, after)| format!("{before}{text}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_of_the_questions_language_and_script() {
        for (text, lang, frames) in [
            ("كم جلسة؟", Lang::Ar, ARABIC.as_slice()),
            ("چند جلسه؟", Lang::Fa, &PERSIAN),
            ("kam galsa?", Lang::Ar, &ARABIZI),
            ("chand jalase?", Lang::Fa, &FINGLISH),
        ] {
            let mut met: Vec<String> = (0..64).map(|seed| polite(text, lang, &mut Draw::new(seed))).collect();
            met.sort();
            met.dedup();
            let mut all: Vec<String> =
                frames.iter().map(|(before, after)| format!("{before}{text}{after}")).collect();
            all.sort();
            assert_eq!(met, all);
        }
    }
}
