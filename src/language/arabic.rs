//! Arabic words, standard and dialect: what may be written onto them and comes off again.
//!
//! Everything works on folded words (see [`fold`](super::fold())), as slices of them.

/// Letters that a word must keep after something was taken off its front.
const LEAST: usize = 3;

/// Conjunctions written onto the next word.
const CONJUNCTIONS: [&str; 2] = ["و", "ف"];

/// Articles and prepositions with the article, standard and dialect (هالإبر، عالوجه، فالجلسة), longest first.
const ARTICLES: [&str; 10] = ["بهال", "بال", "کال", "فال", "هال", "عال", "لل", "ال", "دال", "شال"];

/// Prepositions and verb marks without the article: بـ لـ كـ, future سـ حـ هـ, Maghrebi كا تا.
const PARTICLES: [&str; 8] = ["کا", "ب", "ل", "ک", "س", "ح", "ه", "غ"];

/// The persons of the present tense.
const PERSONS: [&str; 4] = ["ی", "ت", "ن", "ا"];

/// Pronouns, plurals, the dialect negation ـش, longest first.
const ENDINGS: [&str; 24] = [
    "تهم", "تها", "ونها", "اتها", "اتی", "اته", "وها", "هما", "نها", "یها", "ها", "هم", "هن", "نا", "کم",
    "کن", "نی", "وا", "ون", "ین", "ات", "ان", "تی", "ته",
];

/// One-letter endings: ه (ta marbuta, his), ی (my, nisba), ک (your), ش (negation), ت (construct of ة), ا.
const SHORT_ENDINGS: [&str; 6] = ["ه", "ی", "ک", "ش", "ت", "ا"];

/// All readings of a folded word from whole to barest, without repetition; the first is the word itself.
///
/// Each is a slice of the word that keeps at least three letters. A look-up takes the first reading
/// that it knows, so nothing is ever cut from a word that is known whole.
pub fn readings<'a>(word: &'a str, out: &mut Vec<&'a str>) {
    out.clear();
    let fronts = fronts(word);
    for front in &fronts {
        push(out, front);
        // One sound of ending may sit on another: جلساتهم, وجهيش.
        for ending in ENDINGS.iter().chain(&SHORT_ENDINGS) {
            if let Some(rest) = keep(without_end(front, ending)) {
                push(out, rest);
            }
        }
    }
    // Fewest letters taken off first; of equals, the longer front wins because it came first.
    out.sort_by_key(|reading| std::cmp::Reverse(reading.len()));
}

/// The word without each possible front, the whole word first.
fn fronts(word: &str) -> Vec<&str> {
    let mut fronts = Vec::with_capacity(12);
    let mut bases = vec![word];
    // «و» stands before words of two letters too (وكم, وكل); other particles do not come off those.
    bases.extend(word.strip_prefix('و').filter(|r| r.chars().count() == 2));
    bases.extend(CONJUNCTIONS.iter().filter_map(|c| keep(word.strip_prefix(c))));
    for base in bases {
        push(&mut fronts, base);
        for front in ARTICLES.iter().chain(&PARTICLES) {
            let Some(rest) = without_front(base, front) else { continue };
            keep(Some(rest)).into_iter().for_each(|r| push(&mut fronts, r));
            persons(rest, &mut fronts);
        }
        persons(base, &mut fronts);
        // ما…ش: the negation around a verb (مابتوجعش).
        if let Some(rest) = base.strip_prefix("ما") {
            keep(Some(rest)).into_iter().for_each(|r| push(&mut fronts, r));
            if let Some(rest) = rest.strip_prefix('ب') {
                keep(Some(rest)).into_iter().for_each(|r| push(&mut fronts, r));
                persons(rest, &mut fronts);
            }
        }
    }
    fronts
}

fn persons<'a>(verb: &'a str, fronts: &mut Vec<&'a str>) {
    PERSONS.iter().filter_map(|p| keep(verb.strip_prefix(p))).for_each(|r| push(fronts, r));
}

/// `word` without `end`. Hardly any fits, so the last byte is compared before anything is called for.
pub(super) fn without_end<'a>(word: &'a str, end: &str) -> Option<&'a str> {
    if word.as_bytes().last() != end.as_bytes().last() {
        return None;
    }
    word.strip_suffix(end)
}

/// `word` without `front`. All letters begin with like bytes, so it is the second that tells most apart.
fn without_front<'a>(word: &'a str, front: &str) -> Option<&'a str> {
    if word.as_bytes().get(1) != front.as_bytes().get(1) {
        return None;
    }
    word.strip_prefix(front)
}

fn keep(rest: Option<&str>) -> Option<&str> {
    rest.filter(|r| r.chars().count() >= LEAST)
}

fn push<'a>(out: &mut Vec<&'a str>, reading: &'a str) {
    if !out.contains(&reading) {
        out.push(reading);
    }
}

/// The light stem that index and query share: conjunction, article or preposition with article, and
/// one ending off, where three letters remain. Never empty for a word that is not.
#[must_use]
pub fn stem(word: &str) -> &str {
    let mut stem = word;
    for conjunction in CONJUNCTIONS {
        let Some(rest) = stem.strip_prefix(conjunction) else { continue };
        // Without a dictionary «و» can only be trusted off before an article or a long rest.
        if rest.chars().count() >= 5 || ARTICLES.iter().any(|a| rest.starts_with(a)) {
            stem = rest;
        }
        break;
    }
    if let Some(rest) = ARTICLES.iter().find_map(|a| keep(stem.strip_prefix(a))) {
        stem = rest;
    }
    for ending in ENDINGS {
        if let Some(rest) = keep(stem.strip_suffix(ending)) {
            return rest;
        }
    }
    for ending in ["ه", "ی", "ت"] {
        if let Some(rest) = keep(stem.strip_suffix(ending)) {
            return rest;
        }
    }
    stem
}

/// Marks of tense, mood and person before a verb, longest first.
const VERB_FRONTS: [&str; 25] = [
    "کات", "کای", "کان", "یست", "نست", "تست", "است", "بست", "بت", "بی", "بن", "با", "کی", "کت", "کن", "حی",
    "حت", "حن", "هی", "هت", "هن", "سی", "سا", "ست", "سن",
];

/// Endings of verbs and nouns with all that is written onto them (رجعولي), longest first. Of «لي», «لك» and «لهم»
/// only a long rest tells that they are no letters of the word.
const ROOT_ENDINGS: [&str; 43] = [
    "وهالی",
    "تهالی",
    "تولی",
    "ولهم",
    "ولها",
    "ولنا",
    "ولکم",
    "ناهم",
    "ناها",
    "تهم",
    "تها",
    "ونها",
    "اتها",
    "اتکم",
    "اتهم",
    "اتنا",
    "ولی",
    "ولک",
    "ولو",
    "تلی",
    "تنی",
    "تکم",
    "تنا",
    "ونی",
    "اتی",
    "اتک",
    "وها",
    "وهم",
    "هما",
    "نها",
    "یها",
    "یته",
    "ها",
    "هم",
    "نا",
    "کم",
    "نی",
    "وا",
    "ون",
    "ین",
    "ات",
    "تو",
    "تی",
];

/// A guess at the consonants that the forms of a word share (رجعولي, ترجيع, مارجعوش and استرجاع: رجع), so that a
/// dialect's form meets the standard one. Where a dictionary would have to decide, the same is taken off every
/// form: what comes out is for comparing, not for reading. Never empty for a word that is not.
#[must_use]
pub fn root(word: &str) -> String {
    let longer = |rest: &str, n: usize| rest.chars().count() >= n;
    let mut root = word;
    if let Some(rest) = word.strip_prefix(['و', 'ف']).filter(|r| ARTICLES.iter().any(|a| r.starts_with(a)))
    {
        root = rest;
    }
    if let Some(rest) = ARTICLES.iter().find_map(|a| keep(root.strip_prefix(a))) {
        root = rest;
        // Only verbal nouns have a mark that verbs have too (التحويل, الاستخدام).
        if let Some(rest) = ["است", "ت"].iter().find_map(|f| root.strip_prefix(f)).filter(|r| longer(r, 4))
        {
            root = rest;
        }
    } else {
        if let Some(rest) = root.strip_prefix("ما").filter(|r| longer(r, 4)) {
            root = rest;
        }
        root = root.strip_suffix('ش').filter(|r| longer(r, 4)).unwrap_or(root);
        let front = VERB_FRONTS.iter().find_map(|f| keep(root.strip_prefix(f)));
        root = front.or_else(|| PERSONS.iter().find_map(|p| keep(root.strip_prefix(p)))).unwrap_or(root);
    }
    let ending = ROOT_ENDINGS.iter().find_map(|e| keep(root.strip_suffix(e)).filter(|r| weight(r) >= 2));
    let onto =
        || ["لی", "لک", "له", "لو"].iter().find_map(|e| root.strip_suffix(e)).filter(|r| weight(r) >= 3);
    let short = || ["ه", "ی", "ک", "ت", "و", "ا"].iter().find_map(|e| keep(root.strip_suffix(e)));
    root = ending.or_else(onto).or_else(short).unwrap_or(root);
    // What stands before three consonants is no part of them, or is taken for none: مـ of participles, the rest of
    // a chain of particles, «و» and «ف» before a word without an article.
    let mut consonants = consonants(root);
    while consonants.chars().count() > 3 && consonants.starts_with(['ن', 'ی', 'ت', 'م', 'ب', 'ا', 'و', 'ف'])
    {
        consonants = consonants.chars().skip(1).collect();
    }
    consonants
}

/// How many letters of a word are consonants.
fn weight(word: &str) -> usize {
    word.chars().filter(|c| !matches!(c, 'ا' | 'و' | 'ی')).count()
}

/// A folded word by its consonants: without the vowel letters but a first one, doubled letters once, and letters
/// that dialects mix up (ث ت, ذ د, ظ ض, گ ک ق) as one.
#[must_use]
pub fn consonants(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let c = match c {
            'ا' | 'و' | 'ی' if !out.is_empty() => continue,
            'ث' => 'ت',
            'ذ' => 'د',
            'ظ' => 'ض',
            'گ' | 'ک' => 'ق',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn check(word: &str, reading: &str) {
        let (word, reading) = (fold(word), fold(reading));
        let mut out = Vec::new();
        readings(&word, &mut out);
        assert!(out.contains(&reading.as_str()), "{word} has no reading {reading}: {out:?}");
        assert_eq!(out[0], word);
    }

    #[test]
    fn attached_particles_come_off() {
        check("وللشعر", "شعر");
        check("بالوجه", "وجه");
        check("فالابر", "ابر");
        check("هالإبر", "ابر");
        check("عالوجه", "وجه");
        check("مابتوجعش", "وجع");
        check("هيهديها", "هدي");
        check("بيوجع", "وجع");
        check("وأضراره", "اضرار");
        check("كيحقنو", "حقنو");
        check("جلساتي", "جلس");
        check("حتوجعني", "وجع");
    }

    #[test]
    fn short_roots_stay_whole() {
        let mut out = Vec::new();
        readings("الم", &mut out);
        assert_eq!(out, ["الم"]);
        assert_eq!(stem("دم"), "دم");
        assert_eq!(stem("وجه"), "وجه");
    }

    #[test]
    fn one_root_for_a_word() {
        for words in [
            "رجعولي رجعت يرجع بيرجع كيرجع مارجعوش ترجع ارجعها هيرجعوا",
            "وصلت وصلتني ماوصلتش ماوصلاتش توصل بتوصل كتوصل وصلوا",
            "الجلسة جلسات والجلسات جلستي",
            "ثلج تلج",
            "تحويل التحويلات تحويلي حولت نحول",
            "رفض مرفوض انرفض الرفض بترفضوا",
        ] {
            let roots: Vec<String> = words.split(' ').map(|w| root(&fold(w))).collect();
            assert!(roots.iter().all(|r| *r == roots[0]), "{words}: {roots:?}");
        }
        assert_eq!([root("دم"), root("و"), root("الم")], ["دم", "و", "الم"]);
    }

    #[test]
    fn one_stem_for_a_word() {
        let stems = |words: &[&str]| words.iter().map(|w| stem(&fold(w)).to_owned()).collect::<Vec<_>>();
        assert_eq!(stems(&["الجلسة", "جلسات", "والجلسات", "بالجلسة"]), vec!["جلس"; 4]);
        assert_eq!(stems(&["ندوب", "الندوب", "للندوب"]), vec!["ندوب"; 3]);
    }
}
