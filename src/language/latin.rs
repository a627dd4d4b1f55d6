//! Arabic and Persian in Latin letters (Arabizi, Finglish): words of the knowledge's own vocabulary
//! are found by their consonants. There is no free transliteration: a word that the knowledge does not
//! hold is not invented.

use rustc_hash::FxHashMap;

use super::Lang;

/// The words of one language, findable by how they are written in Latin letters.
#[derive(Debug, Clone)]
pub struct Romanized {
    lang: Lang,
    /// Consonant skeleton → places in `words`.
    by_skeleton: FxHashMap<String, Vec<u32>>,
    /// Folded words with how often the knowledge uses them.
    words: Vec<(String, u32)>,
}

/// A word of the vocabulary that a Latin spelling may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Spelled<'a> {
    /// The folded word.
    pub word: &'a str,
    /// How far the vowels are off: 0 for none, 0.5 for each long vowel unwritten or wrongly written.
    pub cost: f32,
    /// How often the knowledge uses the word.
    pub count: u32,
}

impl Romanized {
    /// Makes folded `words` (with their counts) of `lang` findable.
    #[must_use]
    pub fn new(lang: Lang, words: Vec<(String, u32)>) -> Self {
        let mut by_skeleton: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, (word, _)) in words.iter().enumerate() {
            let skeleton = skeleton_of_word(word, lang);
            let bare = skeleton.replace(AYN, "");
            // Who writes ع as 3 means it; who leaves it out may mean either.
            if bare != skeleton {
                by_skeleton.entry(bare).or_default().push(at as u32);
            }
            by_skeleton.entry(skeleton).or_default().push(at as u32);
        }
        Self { lang, by_skeleton, words }
    }

    /// The best word for a Latin spelling: fewest wrong vowels, then most used. `None` if no word of the
    /// vocabulary has its consonants, or if it has fewer than two.
    #[must_use]
    pub fn find(&self, latin: &str) -> Option<Spelled<'_>> {
        let mut best: Option<Spelled<'_>> = None;
        for (reading, penalty) in fronts(latin, self.lang) {
            let skeleton = skeleton_of_latin(reading, self.lang);
            if skeleton.chars().count() < 2 {
                continue;
            }
            for at in self.by_skeleton.get(&skeleton).into_iter().flatten() {
                let Some((word, count)) = self.words.get(*at as usize) else { continue };
                let cost = penalty + vowel_cost(word, reading);
                let better =
                    best.as_ref().is_none_or(|b| cost < b.cost || (cost == b.cost && *count > b.count));
                if better && cost <= 1.5 {
                    best = Some(Spelled { word, cost, count: *count });
                }
            }
        }
        best
    }
}

/// The spelling itself, then without what Arabizi writes onto a word (el, wel, fel, lel, b, w).
fn fronts(latin: &str, lang: Lang) -> Vec<(&str, f32)> {
    let mut fronts = vec![(latin, 0.0)];
    if lang == Lang::Ar {
        for front in ["wel", "bel", "lel", "fel", "hal", "3al", "el", "al", "il", "l", "w", "b"] {
            if let Some(rest) = latin.strip_prefix(front).filter(|r| r.len() >= 3) {
                fronts.push((rest, 0.25));
            }
        }
    }
    fronts
}

/// The class of ع, which Arabizi writes as 3 or leaves out.
const AYN: char = 'E';

/// The consonants of a folded word, one class a letter; vowels and a final ه fall away.
fn skeleton_of_word(word: &str, lang: Lang) -> String {
    let mut out = String::new();
    let last = word.chars().count().saturating_sub(1);
    for (at, c) in word.chars().enumerate() {
        let class = match c {
            'ب' => 'b',
            'پ' => 'p',
            'ت' | 'ط' => 't',
            'ث' | 'س' | 'ص' => 's',
            'ج' => 'j',
            'چ' => 'C',
            'ح' => 'h',
            'ه' if at < last => 'h',
            'خ' => 'x',
            'د' => 'd',
            'ض' if lang == Lang::Ar => 'd',
            'ذ' | 'ز' | 'ظ' | 'ض' | 'ژ' => 'z',
            'ر' => 'r',
            'ش' => 'S',
            'غ' => 'G',
            'ق' if lang == Lang::Fa => 'G',
            'ق' | 'ک' => 'k',
            'گ' => 'g',
            'ف' => 'f',
            'ل' => 'l',
            'م' => 'm',
            'ن' => 'n',
            'ع' if lang == Lang::Ar => AYN,
            'و' if at == 0 => 'v',
            'ی' if at == 0 => 'y',
            _ => continue,
        };
        push_class(&mut out, class);
    }
    out
}

/// The consonants of a Latin spelling, in the classes of [`skeleton_of_word`].
fn skeleton_of_latin(latin: &str, lang: Lang) -> String {
    let mut out = String::new();
    let chars: Vec<char> = latin.chars().collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let next = chars.get(at + 1).copied();
        let (class, taken) = match (c, next) {
            ('s', Some('h')) => (Some('S'), 2),
            ('c', Some('h')) => (Some(if lang == Lang::Fa { 'C' } else { 'S' }), 2),
            ('k', Some('h')) => (Some('x'), 2),
            ('g', Some('h')) => (Some('G'), 2),
            ('z', Some('h')) => (Some('z'), 2),
            ('t', Some('h')) => (Some(if lang == Lang::Fa { 't' } else { 's' }), 2),
            ('d', Some('h')) => (Some('d'), 2),
            ('p', Some('h')) => (Some('f'), 2),
            ('3', _) if lang == Lang::Ar => (Some(AYN), 1),
            ('2' | '3' | 'a' | 'e' | 'i' | 'o' | 'u', _) => (None, 1),
            ('5' | 'x', _) => (Some('x'), 1),
            ('6', _) => (Some('t'), 1),
            ('7', _) => (Some('h'), 1),
            ('8' | 'q', _) => (Some(if lang == Lang::Fa { 'G' } else { 'k' }), 1),
            ('9', _) => (Some('s'), 1),
            ('h', None) => (None, 1),
            ('w' | 'v', _) => (
                if at == 0 {
                    Some('v')
                } else if c == 'v' && lang == Lang::Ar {
                    Some('f')
                } else {
                    None
                },
                1,
            ),
            ('y', _) => ((at == 0).then_some('y'), 1),
            ('g', _) => (Some(if lang == Lang::Ar { 'j' } else { 'g' }), 1),
            ('c', _) => (Some('k'), 1),
            ('p', _) => (Some(if lang == Lang::Ar { 'b' } else { 'p' }), 1),
            ('b' | 'd' | 'f' | 'h' | 'j' | 'k' | 'l' | 'm' | 'n' | 'r' | 's' | 't' | 'z', _) => (Some(c), 1),
            _ => (None, 1),
        };
        if let Some(class) = class {
            push_class(&mut out, class);
        }
        at += taken;
    }
    out
}

/// Doubled consonants are written once in the Arabic script.
fn push_class(out: &mut String, class: char) {
    if !out.ends_with(class) {
        out.push(class);
    }
}

/// The long vowels of a word, as classes: a, o, i.
fn vowels_of_word(word: &str) -> String {
    let mut out = String::new();
    for (at, c) in word.chars().enumerate() {
        let class = match c {
            'ا' => 'a',
            'و' if at > 0 => 'o',
            'ی' if at > 0 => 'i',
            _ => continue,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// How badly the vowels of the spelling fit the long vowels of the word: those must come in order;
/// short vowels between them are free.
fn vowel_cost(word: &str, latin: &str) -> f32 {
    let mut written = latin.chars().filter_map(|c| match c {
        'a' | '3' => Some('a'),
        'o' | 'u' | 'w' | 'v' => Some('o'),
        'i' | 'e' | 'y' => Some('i'),
        _ => None,
    });
    let mut cost = 0.0;
    for long in vowels_of_word(word).chars() {
        let mut rest = written.clone();
        if rest.any(|w| w == long) {
            written = rest;
        } else {
            cost += 0.5;
        }
    }
    // A word that ends on a vowel sound that the script does not write (جلسه, jalase) is as good; one
    // that has more vowels than letters to carry them is a little worse.
    let spare = written.count().saturating_sub(2);
    cost + 0.1 * spare as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn check(lang: Lang, vocabulary: &[&str], latin: &str, word: Option<&str>) {
        let words = vocabulary.iter().map(|w| (fold(w), 1)).collect();
        let found = Romanized::new(lang, words);
        assert_eq!(found.find(latin).map(|s| s.word.to_owned()), word.map(fold), "{latin}");
    }

    #[test]
    fn spellings_find_words() {
        let ar = ["جلسة", "شعر", "كم", "يتساقط", "وجه", "إبرة", "قبل", "خلال", "حقن", "بعد"];
        check(Lang::Ar, &ar, "galsa", Some("جلسة"));
        check(Lang::Ar, &ar, "jalsa", Some("جلسة"));
        check(Lang::Ar, &ar, "sha3r", Some("شعر"));
        check(Lang::Ar, &["مرض", "مرضعة"], "morda3a", Some("مرضعة"));
        check(Lang::Ar, &["مرض", "مرضعة"], "marad", Some("مرض"));
        check(Lang::Ar, &ar, "elsha3r", Some("شعر"));
        check(Lang::Ar, &ar, "kam", Some("كم"));
        check(Lang::Ar, &ar, "7o2an", None);
        check(Lang::Ar, &ar, "7a8n", Some("حقن"));
        let fa = ["جلسه", "چند", "مو", "ریزش", "عوارض", "پوست", "لازمه"];
        check(Lang::Fa, &fa, "jalase", Some("جلسه"));
        check(Lang::Fa, &fa, "chand", Some("چند"));
        check(Lang::Fa, &fa, "rizesh", Some("ریزش"));
        check(Lang::Fa, &fa, "poost", Some("پوست"));
        check(Lang::Fa, &fa, "lazeme", Some("لازمه"));
    }
}
