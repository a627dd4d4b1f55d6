//! Arabic and Persian in Latin letters (Arabizi, Finglish): words of the knowledge's own vocabulary
//! are found by their consonants. There is no free transliteration: a word that the knowledge does not
//! hold is not invented.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Lang;
use super::spelling::misfit;
use super::words::WordList;

/// The words of one language, findable by how they are written in Latin letters.
#[derive(Debug, Clone)]
pub struct Romanized {
    lang: Lang,
    /// Hash of a consonant skeleton → its range of `places`. Two skeletons of one hash cost a comparison more: a word
    /// is judged letter by letter.
    by_skeleton: FxHashMap<u64, (u32, u32)>,
    /// Places in `words`, ascending within a skeleton.
    places: Vec<u32>,
    /// Folded words with how often the knowledge uses them.
    words: Arc<WordList>,
}

/// A word of the vocabulary that a Latin spelling may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Spelled<'a> {
    /// The folded word.
    pub word: &'a str,
    /// How badly the spelling fits: 0 for letter by letter, about 0.5 for each long vowel unwritten or wrongly
    /// written, 0.25 for a particle or ending that was taken off.
    pub cost: f32,
    /// How often the knowledge uses the word.
    pub count: u32,
}

/// A spelling that fits worse stands for another word.
const WORST: f32 = 0.9;
/// The same for spellings with a single consonant, which are near to everything.
const WORST_SHORT: f32 = 0.3;
/// A whole word that fits this well is not taken apart.
const GOOD: f32 = 0.3;
/// What taking off a particle or an ending costs.
const TAKEN_OFF: f32 = 0.25;
/// What each doubling of its use in the knowledge speaks for a word.
const USE: f32 = 0.02;

impl Spelled<'_> {
    /// What decides between words: the misfit, eased by use.
    fn rank(&self) -> f32 {
        self.cost - USE * (self.count.max(1) as f32).log2()
    }
}

impl Romanized {
    /// Makes folded `words` (with their counts) of `lang` findable.
    #[must_use]
    pub fn new(lang: Lang, words: Arc<WordList>) -> Self {
        let of_word = |(at, (word, _)): (u32, (&str, u32))| {
            skeletons_of_word(word, lang).into_iter().map(move |skeleton| (hash(&skeleton), at))
        };
        let mut spelled: Vec<(u64, u32)> = (0..).zip(words.iter()).flat_map(of_word).collect();
        spelled.sort_unstable();
        let mut by_skeleton: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        for ((skeleton, _), at) in spelled.iter().zip(0..) {
            by_skeleton.entry(*skeleton).or_insert((at, at)).1 = at + 1;
        }
        by_skeleton.shrink_to_fit();
        Self { lang, by_skeleton, places: spelled.into_iter().map(|(_, at)| at).collect(), words }
    }

    /// The best word for a Latin spelling: the one that it spells best, of near equals the most used. Where it spells
    /// none well, particles and endings are taken off. `None` if no word of the vocabulary has its consonants.
    #[must_use]
    pub fn find(&self, latin: &str) -> Option<Spelled<'_>> {
        let mut best = self.whole(latin, 0.0);
        if best.as_ref().is_some_and(|found| found.cost <= GOOD) {
            return best;
        }
        for part in parts(latin, self.lang) {
            let found = self.whole(part, TAKEN_OFF);
            if let Some(found) = found
                && best.as_ref().is_none_or(|b| found.rank() < b.rank())
            {
                best = Some(found);
            }
        }
        best
    }

    /// Places of the words with these consonants.
    fn spelled_so(&self, skeleton: &str) -> &[u32] {
        let range = self.by_skeleton.get(&hash(skeleton));
        range.and_then(|(start, end)| self.places.get(*start as usize..*end as usize)).unwrap_or_default()
    }

    /// The best word that `latin` spells as a whole, at a `penalty` for what was taken off.
    fn whole(&self, latin: &str, penalty: f32) -> Option<Spelled<'_>> {
        let mut best: Option<Spelled<'_>> = None;
        for skeleton in skeletons_of_latin(latin, self.lang) {
            let worst = if skeleton.len() < 2 { WORST_SHORT } else { WORST };
            // A little more, so that rounding keeps none away that the exact cost lets in.
            let most = worst - penalty + 0.001;
            for at in self.spelled_so(&skeleton) {
                let Some((word, count)) = self.words.get(*at as usize) else { continue };
                let cost = penalty + misfit(word, latin, self.lang, most);
                let found = Spelled { word, cost, count };
                if cost <= worst && best.as_ref().is_none_or(|b| found.rank() < b.rank()) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

fn hash(skeleton: &str) -> u64 {
    FxBuildHasher.hash_one(skeleton)
}

/// What Arabizi writes onto the front of a word.
const ARABIC_FRONTS: [&str; 27] = [
    "wel", "wil", "bel", "bil", "lel", "lil", "fel", "fil", "hal", "3al", "2el", "el", "al", "il", "l", "w",
    "we", "wa", "b", "be", "bi", "7a", "ha", "la", "li", "fe", "ma",
];
/// What it writes behind.
const ARABIC_BACKS: [&str; 22] = [
    "ati", "aty", "eti", "ety", "tak", "tek", "etha", "atha", "i", "y", "ak", "ek", "ik", "k", "ha", "na",
    "o", "a", "at", "een", "in", "sh",
];
/// What Finglish writes before a word.
const PERSIAN_FRONTS: [&str; 4] = ["nemi", "mi", "be", "na"];
/// What it writes behind.
const PERSIAN_BACKS: [&str; 32] = [
    "haye", "hayam", "hayi", "hamo", "hash", "ham", "ha", "amo", "am", "et", "at", "esho", "esh", "ash",
    "emun", "emoon", "etun", "etoon", "eshun", "eshoon", "e", "ye", "i", "o", "ro", "tar", "tarin", "an",
    "and", "im", "id", "in",
];

/// What is left of a spelling when a particle, an ending or both are taken off, of three letters at least.
fn parts(latin: &str, lang: Lang) -> Vec<&str> {
    let (fronts, backs): (&[&str], &[&str]) = match lang {
        Lang::Ar => (&ARABIC_FRONTS, &ARABIC_BACKS),
        Lang::Fa => (&PERSIAN_FRONTS, &PERSIAN_BACKS),
    };
    let long = |rest: &&str| rest.len() >= 3;
    let mut parts: Vec<&str> = fronts.iter().filter_map(|f| latin.strip_prefix(f)).filter(long).collect();
    let bare: Vec<&str> = std::iter::once(latin).chain(parts.iter().copied()).collect();
    for rest in bare {
        parts.extend(backs.iter().filter_map(|b| rest.strip_suffix(b)).filter(long));
    }
    parts
}

/// Skeletons that one word has at most: letters that are written in several ways multiply.
const SKELETONS: usize = 8;

/// The consonants of a folded word, one class a letter, in all ways that they are written; vowels, ع and a final ه
/// fall away.
fn skeletons_of_word(word: &str, lang: Lang) -> Vec<String> {
    let mut out = vec![String::new()];
    let last = word.chars().count().saturating_sub(1);
    for (at, c) in word.chars().enumerate() {
        let ways: &[Option<char>] = match (c, lang) {
            ('ب', _) => &[Some('b')],
            ('پ', Lang::Ar) => &[Some('b')],
            ('پ', Lang::Fa) => &[Some('p')],
            ('ت' | 'ط', _) => &[Some('t')],
            ('ث', Lang::Ar) => &[Some('s'), Some('t')],
            ('ث' | 'س' | 'ص', _) => &[Some('s')],
            ('ج', _) => &[Some('j')],
            ('چ', Lang::Ar) => &[Some('S')],
            ('چ', Lang::Fa) => &[Some('C')],
            ('ح', _) => &[Some('h')],
            ('ه', _) if at < last => &[Some('h')],
            ('خ', _) => &[Some('x')],
            ('د', _) => &[Some('d')],
            ('ذ' | 'ض' | 'ظ', Lang::Ar) => &[Some('z'), Some('d')],
            ('ژ', Lang::Fa) => &[Some('z'), Some('j')],
            ('ذ' | 'ز' | 'ظ' | 'ض' | 'ژ', _) => &[Some('z')],
            ('ر', _) => &[Some('r')],
            ('ش', _) => &[Some('S')],
            ('غ', _) => &[Some('G')],
            ('ق', Lang::Fa) => &[Some('G')],
            // Silent or a glottal stop in the cities of Egypt and the Levant, g in the Gulf.
            ('ق', Lang::Ar) => &[Some('k'), None, Some('j')],
            ('ک', _) => &[Some('k')],
            ('گ', Lang::Ar) => &[Some('j')],
            ('گ', Lang::Fa) => &[Some('g')],
            ('ف', _) => &[Some('f')],
            ('ل', _) => &[Some('l')],
            ('م', _) => &[Some('m')],
            ('ن', _) => &[Some('n')],
            ('و', _) if at == 0 => &[Some('v')],
            ('ی', _) if at == 0 => &[Some('y')],
            _ => &[None],
        };
        branch(&mut out, ways);
    }
    out.sort();
    out.dedup();
    out
}

/// The consonants of a Latin spelling, in the classes of [`skeletons_of_word`].
fn skeletons_of_latin(latin: &str, lang: Lang) -> Vec<String> {
    let arabic = lang == Lang::Ar;
    let mut out = vec![String::new()];
    let bytes = latin.as_bytes();
    let mut at = 0;
    while let Some(c) = bytes.get(at).copied() {
        let next = bytes.get(at + 1).copied();
        let one = |class: char| [Some(class), None];
        // The second way, where there is one, is another class; a letter that may fall away is no second way here.
        let (ways, taken): ([Option<char>; 2], usize) = match (c, next) {
            (b's', Some(b'h')) => (one('S'), 2),
            (b'c', Some(b'h')) => (one(if arabic { 'S' } else { 'C' }), 2),
            (b'k', Some(b'h')) => (one('x'), 2),
            (b'g', Some(b'h')) => (one('G'), 2),
            (b'z', Some(b'h')) => (one('z'), 2),
            (b'd', Some(b'j')) => (one('j'), 2),
            (b't', Some(b'h')) if arabic => ([Some('s'), Some('z')], 2),
            (b't', Some(b'h')) => (one('t'), 2),
            (b'd', Some(b'h')) => (one('d'), 2),
            (b'p', Some(b'h')) => (one('f'), 2),
            (b'5' | b'x', _) => (one('x'), 1),
            (b'6', _) => (one('t'), 1),
            (b'7', _) => (one('h'), 1),
            (b'4', _) => (one('S'), 1),
            (b'8', _) if arabic => ([Some('G'), Some('k')], 1),
            (b'9', _) if arabic => ([Some('k'), Some('s')], 1),
            (b'q', _) => (one(if arabic { 'k' } else { 'G' }), 1),
            (b'h', None) => ([None; 2], 1),
            (b'w', _) if at == 0 => (one('v'), 1),
            (b'v', _) if arabic => (one('f'), 1),
            (b'v', _) if at == 0 => (one('v'), 1),
            (b'y', _) if at == 0 => (one('y'), 1),
            (b'g', _) => (one(if arabic { 'j' } else { 'g' }), 1),
            (b'c', Some(b'e' | b'i' | b'y')) => ([Some('s'), Some('k')], 1),
            (b'c', _) => (one('k'), 1),
            (b'p', _) => (one(if arabic { 'b' } else { 'p' }), 1),
            (b'b' | b'd' | b'f' | b'h' | b'j' | b'k' | b'l' | b'm' | b'n' | b'r' | b's' | b't' | b'z', _) => {
                (one(char::from(c)), 1)
            }
            _ => ([None; 2], 1),
        };
        match ways {
            [Some(_), Some(_)] => branch(&mut out, &ways),
            [way, _] => branch(&mut out, &[way]),
        }
        at += taken;
    }
    out.retain(|skeleton| !skeleton.is_empty());
    out
}

/// Goes on with every skeleton in every way. Doubled consonants are written once in the Arabic script.
fn branch(skeletons: &mut Vec<String>, ways: &[Option<char>]) {
    let first = skeletons.len();
    for way in ways.iter().skip(1) {
        for at in 0..first {
            if skeletons.len() >= SKELETONS {
                break;
            }
            let Some(mut other) = skeletons.get(at).cloned() else { continue };
            push(&mut other, *way);
            skeletons.push(other);
        }
    }
    if let Some(way) = ways.first() {
        skeletons.iter_mut().take(first).for_each(|skeleton| push(skeleton, *way));
    }
}

fn push(skeleton: &mut String, class: Option<char>) {
    if let Some(class) = class.filter(|c| !skeleton.ends_with(*c)) {
        skeleton.push(class);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn check(lang: Lang, vocabulary: &[&str], latin: &str, word: Option<&str>) {
        let words: WordList = vocabulary.iter().map(|w| (fold(w), 1)).collect();
        let found = Romanized::new(lang, Arc::new(words));
        assert_eq!(found.find(latin).map(|s| s.word.to_owned()), word.map(fold), "{latin}");
    }

    #[test]
    fn spellings_find_words() {
        let ar = [
            "جلسة",
            "شعر",
            "كم",
            "يتساقط",
            "وجه",
            "إبرة",
            "قبل",
            "خلال",
            "حقن",
            "بعد",
            "بشرة",
            "ضرر",
            "ثالثة",
            "هذا",
        ];
        for (latin, word) in [
            ("galsa", Some("جلسة")),
            ("jalsa", Some("جلسة")),
            ("sha3r", Some("شعر")),
            ("elsha3r", Some("شعر")),
            ("kam", Some("كم")),
            ("7o2n", Some("حقن")),
            ("7a8n", Some("حقن")),
            ("2abl", Some("قبل")),
            ("abl", Some("قبل")),
            ("gabl", Some("قبل")),
            ("bashrati", Some("بشرة")),
            ("darar", Some("ضرر")),
            ("talta", Some("ثالثة")),
            ("hatha", Some("هذا")),
            ("telephone", None),
        ] {
            check(Lang::Ar, &ar, latin, word);
        }
        check(Lang::Ar, &["مرض", "مرضعة"], "morda3a", Some("مرضعة"));
        check(Lang::Ar, &["مرض", "مرضعة"], "marad", Some("مرض"));
        let fa = ["جلسه", "چند", "مو", "ریزش", "عوارض", "پوست", "لازمه", "به", "از", "این", "رو", "که"];
        for (latin, word) in [
            ("jalase", Some("جلسه")),
            ("chand", Some("چند")),
            ("rizesh", Some("ریزش")),
            ("poost", Some("پوست")),
            ("poostam", Some("پوست")),
            ("lazeme", Some("لازمه")),
            ("be", Some("به")),
            ("az", Some("از")),
            ("in", Some("این")),
            ("ro", Some("رو")),
            ("ke", Some("که")),
            ("telephone", None),
        ] {
            check(Lang::Fa, &fa, latin, word);
        }
    }
}
