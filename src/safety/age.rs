//! Stated ages under 18.

use super::reading::Words;

/// Under this age a patient is a minor.
const ADULT: u32 = 18;
/// Smaller numbers beside «year» are durations far more often than ages.
const LEAST: u32 = 9;

/// Folded words that say "my age", "her age" before a number.
const AGE: [&str; 17] = [
    "عمری",
    "عمرها",
    "عمره",
    "عمرو",
    "وعمری",
    "وعمرها",
    "وعمره",
    "بعمر",
    "سنی",
    "سنم",
    "سنش",
    "سنها",
    "سن",
    "عمر",
    "سنه",
    "عندها",
    "عنده",
];
/// Words after a number that make it an age by themselves.
const AGED: [&str; 24] = [
    "سالمه",
    "سالشه",
    "سالمون",
    "سالمه؟",
    "سالم",
    "ساله",
    "سالهام",
    "سالهم",
    "سالهای",
    "سالگی",
    "سالگیم",
    "سالش",
    "سالهاست",
    "سالهاش",
    "سالهمو",
    "سالمونه",
    "سالهدارم",
    "سالدارم",
    "سالهام",
    "ساله ام",
    "سالشونه",
    "yo",
    "salame",
    "salashe",
];
/// Words for a year after a number; they make an age only beside an age word or a child.
const YEAR: [&str; 11] =
    ["سنه", "سنین", "سنوات", "عام", "عاما", "سال", "year", "years", "sana", "sane", "sneen"];
/// Children, whose years are their age.
const CHILD: [&str; 24] = [
    "بنتی",
    "ابنی",
    "بنت",
    "ولدی",
    "ابنتی",
    "طفلی",
    "طفلتی",
    "بنتها",
    "بنوته",
    "ولد",
    "دخترم",
    "پسرم",
    "دختر",
    "پسر",
    "بچم",
    "دخترمو",
    "بنتنا",
    "ولدنا",
    "بنیتی",
    "درم",
    "دخترخالم",
    "daughter",
    "son",
    "bentii",
];
/// Numbers in words, folded.
const IN_WORDS: [(&str, u32); 38] = [
    ("احدعشر", 11),
    ("اثناعشر", 12),
    ("ثلاثهعشر", 13),
    ("اربعهعشر", 14),
    ("خمسهعشر", 15),
    ("ستهعشر", 16),
    ("سبعهعشر", 17),
    ("اثنعشر", 12),
    ("ثلاثعشر", 13),
    ("اربععشر", 14),
    ("خمسعشر", 15),
    ("ستعشر", 16),
    ("سبععشر", 17),
    ("اتناشر", 12),
    ("تلتاشر", 13),
    ("تلطاشر", 13),
    ("اربعتاشر", 14),
    ("خمستاشر", 15),
    ("ستاشر", 16),
    ("سبعتاشر", 17),
    ("سبعطاشر", 17),
    ("ستطاشر", 16),
    ("خمسطاشر", 15),
    ("خمسطعش", 15),
    ("سطعش", 16),
    ("ستعش", 16),
    ("سبعطعش", 17),
    ("اربعطعش", 14),
    ("یازده", 11),
    ("دوازده", 12),
    ("سیزده", 13),
    ("چهارده", 14),
    ("پانزده", 15),
    ("پونزده", 15),
    ("شانزده", 16),
    ("شونزده", 16),
    ("هفده", 17),
    ("هیفده", 17),
];

/// Whether the message says that somebody is under 18: «عمري 15», «بنتي عمرها ١٤», «۱۶ سالمه».
pub(super) fn tells_minor(words: &Words) -> bool {
    (0..words.len()).any(|at| {
        number(words, at).is_some_and(|(age, end)| (LEAST..ADULT).contains(&age) && is_age(words, at, end))
    })
}

/// A number at the word `at`, in digits or words, and the word after it. `16سالمه` reads as two words.
fn number(words: &Words, at: usize) -> Option<(u32, usize)> {
    let word = words.slice(at, at + 1);
    if let Ok(n) = word.parse::<u32>() {
        // «3-15 جلسات»: part of a range or of a longer number is no age.
        return Some((n, at + 1));
    }
    (1..=2).rev().find_map(|count| {
        let text = words.slice(at, at + count);
        let aged = text.strip_suffix("ساله");
        let found = IN_WORDS.iter().find(|(name, _)| *name == text || aged == Some(*name));
        found.map(|(name, n)| (*n, if text.len() > name.len() { at } else { at + count }))
    })
}

fn is_age(words: &Words, at: usize, end: usize) -> bool {
    let word = |i: usize| words.slice(i, i + 1);
    let before = |back: usize| at.checked_sub(back).map_or("", word);
    let next = word(end);
    // A number with «ساله» written to it was cut before the ending.
    if end == at || AGED.contains(&next) || (next == "سال" && AGED.contains(&words.slice(end, end + 2))) {
        return true;
    }
    let year = YEAR.contains(&next);
    let possessive = AGE.contains(&before(1)) && !["عندها", "عنده", "سنه", "سن", "عمر"].contains(&before(1));
    let loose = AGE.contains(&before(1)) || AGE.contains(&before(2));
    let child = (1..=3).any(|back| CHILD.contains(&before(back)));
    let duration = ["قبل", "من", "منذ", "صار", "لمده"].contains(&before(1))
        || ["پیش", "قبل", "است", "ه"].contains(&word(end + 1));
    possessive || (!duration && year && (loose || child))
}
