//! The Arabic script in Latin letters, as patients without an Arabic keyboard type it: Arabizi with its digits,
//! and Finglish. Short vowels, which the script does not write, are put where a reader would expect one.

use super::words::each_word;
use crate::language::Lang;
use crate::language::fold::{ZWNJ, is_arabic_letter};

/// Words whose Latin spelling the letters do not give, as patients write it.
const ARABIC_WORDS: [(&str, &str); 40] = [
    ("من", "men"),
    ("ما", "ma"),
    ("ولا", "wala"),
    ("بعد", "ba3d"),
    ("عندي", "3andi"),
    ("كم", "kam"),
    ("الميزو", "el mezo"),
    ("ميزو", "mezo"),
    ("الميزوثيرابي", "el mesotherapy"),
    ("على", "3ala"),
    ("قبل", "abl"),
    ("اللي", "elli"),
    ("هل", "hal"),
    ("الجلسة", "el jalsa"),
    ("واش", "wash"),
    ("ايه", "eh"),
    ("شنو", "shno"),
    ("شو", "sho"),
    ("كل", "kol"),
    ("يوم", "yom"),
    ("شي", "shi"),
    ("الحقن", "el 7a2n"),
    ("بس", "bas"),
    ("الشعر", "el sha3r"),
    ("عن", "3an"),
    ("لازم", "lazem"),
    ("ممكن", "momken"),
    ("واحد", "wa7ed"),
    ("الابر", "el ebar"),
    ("الإبر", "el ebar"),
    ("هو", "howa"),
    ("هي", "heya"),
    ("وجهي", "wajhi"),
    ("وشي", "weshi"),
    ("مع", "ma3"),
    ("الوجه", "el wejh"),
    ("مش", "mesh"),
    ("مو", "mo"),
    ("صار", "sar"),
    ("كيف", "kif"),
];

/// The same for Persian.
const PERSIAN_WORDS: [(&str, &str); 44] = [
    ("مزو", "mezo"),
    ("و", "va"),
    ("از", "az"),
    ("به", "be"),
    ("که", "ke"),
    ("این", "in"),
    ("میشه", "mishe"),
    ("چند", "chand"),
    ("رو", "ro"),
    ("من", "man"),
    ("شده", "shode"),
    ("شد", "shod"),
    ("میکنه", "mikone"),
    ("داره", "dare"),
    ("بعد", "ba'd"),
    ("با", "ba"),
    ("برای", "baraye"),
    ("است", "ast"),
    ("تزریق", "tazrigh"),
    ("کنم", "konam"),
    ("پوست", "poost"),
    ("پوستم", "poostam"),
    ("تو", "to"),
    ("دارم", "daram"),
    ("مزوتراپی", "mesotherapy"),
    ("صورت", "soorat"),
    ("صورتم", "sooratam"),
    ("درد", "dard"),
    ("جلسه", "jalase"),
    ("خوب", "khoob"),
    ("کار", "kar"),
    ("سوزن", "soozan"),
    ("خون", "khoon"),
    ("کرد", "kard"),
    ("کرده", "karde"),
    ("زیر", "zir"),
    ("دارد", "darad"),
    ("مو", "moo"),
    ("زدم", "zadam"),
    ("چشم", "cheshm"),
    ("نفس", "nafas"),
    ("گرفتم", "gereftam"),
    ("نمیتونم", "nemitoonam"),
    ("می", "mi"),
];

/// A letter in its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    Consonant(&'static str),
    Vowel(&'static str),
}

use Sound::{Consonant, Vowel};

/// The text with every word of the Arabic script in Latin letters and every digit in ASCII. Latin words stay.
#[must_use]
pub fn latin_letters(text: &str, lang: Lang) -> String {
    each_word(text, |word| {
        let mut out = String::with_capacity(word.len());
        let mut letters: Vec<char> = Vec::new();
        for c in word.chars().chain(['\n']) {
            if is_arabic_letter(c) || c == ZWNJ {
                letters.push(c);
                continue;
            }
            if is_mark(c) {
                continue;
            }
            out.push_str(&spelled(&letters, lang));
            letters.clear();
            out.push(plain(c));
        }
        out.truncate(out.len() - 1);
        out
    })
}

/// Marks over letters, and tatweel: Latin letters have none.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0640}')
}

/// Punctuation and digits as a Latin keyboard has them.
fn plain(c: char) -> char {
    match c {
        '؟' => '?',
        '،' => ',',
        '؛' => ';',
        '٠'..='٩' => ascii_digit(c, '٠'),
        '۰'..='۹' => ascii_digit(c, '۰'),
        _ => c,
    }
}

fn ascii_digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// One word: its letters' sounds, then a vowel wherever consonants could not be said without one.
fn spelled(letters: &[char], lang: Lang) -> String {
    let letters: Vec<char> = letters.iter().copied().filter(|c| *c != ZWNJ).collect();
    let word: String = letters.iter().collect();
    let known: &[(&str, &str)] = if lang == Lang::Fa { &PERSIAN_WORDS } else { &ARABIC_WORDS };
    if let Some((_, latin)) = known.iter().find(|(known, _)| *known == word) {
        return (*latin).to_owned();
    }
    let sounds: Vec<Sound> = (0..letters.len()).filter_map(|at| sound(&letters, at, lang)).collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(sound) = sounds.get(at) {
        if let Vowel(vowel) = sound {
            out.push_str(vowel);
            at += 1;
            continue;
        }
        let run: Vec<&str> = sounds[at..]
            .iter()
            .map_while(|sound| if let Consonant(c) = sound { Some(*c) } else { None })
            .collect();
        let (starts, ends) = (at == 0, at + run.len() == sounds.len());
        for (nth, consonant) in run.iter().enumerate() {
            out.push_str(consonant);
            let left = run.len() - nth - 1;
            let parted = match (starts, ends) {
                // kam, sha3r; jalsa.
                (true, _) => nth == 0 && left > 0,
                // dared, but poost.
                (false, true) => left == 1 && !(matches!(*consonant, "s" | "sh") && run.last() == Some(&"t")),
                (false, false) => nth == 1 && left > 0,
            };
            if parted {
                out.push_str(if starts { "a" } else { "e" });
            }
        }
        at += run.len();
    }
    out
}

/// What the letter at place `at` of a word says; `None` where it is silent.
fn sound(letters: &[char], at: usize, lang: Lang) -> Option<Sound> {
    let c = letters.get(at).copied()?;
    let vowel =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| matches!(c, 'ا' | 'آ' | 'أ'));
    // و and ی are consonants at the start of a word and beside an alef.
    let glides = at == 0 || vowel(at.checked_sub(1)) || vowel(at.checked_add(1));
    let last = at + 1 == letters.len();
    let sound = match c {
        'و' | 'ؤ' if glides && lang == Lang::Fa => Consonant("v"),
        'و' | 'ؤ' if glides => Consonant("w"),
        'و' | 'ؤ' => Vowel("oo"),
        'ي' | 'ی' | 'ئ' if glides => Consonant("y"),
        'ي' | 'ی' | 'ئ' => Vowel("i"),
        'ه' if last && at > 0 && lang == Lang::Fa => Vowel("e"),
        'ه' if last && letters.len() > 3 => Vowel("a"),
        _ => shared(c).or_else(|| if lang == Lang::Fa { persian(c) } else { arabic(c) })?,
    };
    Some(sound)
}

/// Letters that both languages write alike.
fn shared(c: char) -> Option<Sound> {
    let sound = match c {
        'ا' | 'أ' | 'آ' | 'ى' | 'ة' | 'ٱ' => Vowel("a"),
        'إ' => Vowel("e"),
        'ب' => Consonant("b"),
        'پ' => Consonant("p"),
        'ت' | 'ط' => Consonant("t"),
        'ج' => Consonant("j"),
        'چ' => Consonant("ch"),
        'د' => Consonant("d"),
        'ذ' | 'ز' | 'ظ' => Consonant("z"),
        'ر' => Consonant("r"),
        'ژ' => Consonant("zh"),
        'س' | 'ص' => Consonant("s"),
        'ش' => Consonant("sh"),
        'غ' => Consonant("gh"),
        'ف' => Consonant("f"),
        'ڤ' => Consonant("v"),
        'ك' | 'ک' => Consonant("k"),
        'گ' => Consonant("g"),
        'ل' => Consonant("l"),
        'م' => Consonant("m"),
        'ن' => Consonant("n"),
        'ه' => Consonant("h"),
        _ => return None,
    };
    Some(sound)
}

fn arabic(c: char) -> Option<Sound> {
    let sound = match c {
        'ء' => Consonant("2"),
        'ث' => Consonant("th"),
        'ح' => Consonant("7"),
        'خ' => Consonant("kh"),
        'ض' => Consonant("d"),
        'ع' => Consonant("3"),
        'ق' => Consonant("q"),
        _ => return None,
    };
    Some(sound)
}

fn persian(c: char) -> Option<Sound> {
    let sound = match c {
        'ث' => Consonant("s"),
        'ح' => Consonant("h"),
        'خ' => Consonant("kh"),
        'ض' => Consonant("z"),
        'ع' => Vowel("a"),
        'ق' => Consonant("gh"),
        'ۀ' => Vowel("e"),
        _ => return None,
    };
    Some(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabizi() {
        for (text, latin) in [
            ("كم جلسة أحتاج؟", "kam jalsa a7taj?"),
            ("هل يؤلم حقن الشعر بعد ٣ أيام", "hal yoolem 7aqn el sha3r ba3d 3 ayam"),
            ("وجهي وارم، PRP", "wajhi warem, PRP"),
            ("وش الفرق", "wash alfreq"),
            ("شيءٌ", "shi2"),
        ] {
            assert_eq!(latin_letters(text, Lang::Ar), latin);
        }
    }

    #[test]
    fn finglish() {
        for (text, latin) in [
            ("چند جلسه لازمه؟", "chand jalase lazme?"),
            ("برای پوست صورتم خوبه", "baraye poost sooratam khoobe"),
            ("می\u{200c}شود ۲ بار", "mishood 2 bar"),
            ("ریزش مو و درد داره", "rizesh moo va dard dare"),
        ] {
            assert_eq!(latin_letters(text, Lang::Fa), latin);
        }
    }

    #[test]
    fn what_is_latin_stays() {
        for text in ["3amel 7o2an", "", " prp?  2", "😂"] {
            assert_eq!(latin_letters(text, Lang::Ar), text);
        }
    }
}
