//! How well a spelling in Latin letters fits a word of the Arabic script: letter by letter, each with the ways
//! that people write it.

use super::Lang;

/// What does not fit at all.
const NEVER: f32 = f32::INFINITY;
/// Letters of a word or spelling that are compared; longer ones do not fit.
const LONGEST: usize = 24;

/// What it costs on top that the script does not write a vowel at the end.
const UNWRITTEN_END: f32 = 0.15;

type Ways = &'static [(&'static str, f32)];

/// Ways to write a consonant that both languages share.
fn shared(letter: char) -> Ways {
    match letter {
        'ب' => &[("b", 0.0), ("p", 0.15)],
        'پ' => &[("p", 0.0), ("b", 0.3)],
        'ت' => &[("t", 0.0)],
        'ط' => &[("t", 0.0), ("6", 0.0)],
        'ج' => &[("j", 0.0), ("dj", 0.0), ("g", 0.0)],
        'چ' => &[("ch", 0.0), ("tch", 0.0), ("c", 0.2), ("j", 0.3)],
        'ح' => &[("h", 0.0), ("7", 0.0)],
        'خ' => &[("kh", 0.0), ("5", 0.0), ("7'", 0.0), ("x", 0.0), ("h", 0.4)],
        'د' => &[("d", 0.0)],
        'ر' => &[("r", 0.0)],
        'ز' => &[("z", 0.0)],
        'ژ' => &[("zh", 0.0), ("j", 0.1), ("z", 0.2)],
        'س' => &[("s", 0.0), ("c", 0.1)],
        'ص' => &[("s", 0.0), ("9", 0.0)],
        'ش' => &[("sh", 0.0), ("ch", 0.1), ("4", 0.1)],
        'غ' => &[("gh", 0.0), ("8", 0.0), ("g", 0.25), ("q", 0.15), ("3", 0.4)],
        'ف' => &[("f", 0.0), ("v", 0.1), ("ph", 0.1)],
        'ک' => &[("k", 0.0), ("c", 0.1), ("ck", 0.2)],
        'گ' => &[("g", 0.0)],
        'ل' => &[("l", 0.0)],
        'م' => &[("m", 0.0)],
        'ن' => &[("n", 0.0)],
        'ه' => &[("h", 0.0)],
        _ => &[],
    }
}

/// Ways that Arabizi writes a letter besides the shared ones.
fn arabic(letter: char) -> Ways {
    match letter {
        'ث' => &[("th", 0.0), ("s", 0.1), ("t", 0.1)],
        'ذ' => &[("z", 0.05), ("dh", 0.0), ("th", 0.0), ("d", 0.1)],
        'ض' => &[("d", 0.0), ("dh", 0.0), ("z", 0.3), ("9", 0.2)],
        'ظ' => &[("z", 0.0), ("dh", 0.0), ("d", 0.2), ("th", 0.1), ("6", 0.2)],
        'ق' => &[
            ("q", 0.0),
            ("2", 0.05),
            ("k", 0.1),
            ("9", 0.05),
            ("8", 0.1),
            ("g", 0.1),
            ("a", 0.15),
            ("e", 0.2),
            ("o", 0.2),
            ("", 0.3),
        ],
        'ع' => &[("3", 0.0), ("a", 0.2), ("e", 0.25), ("", 0.3)],
        'ا' => &[("a", 0.05), ("aa", 0.0), ("e", 0.25), ("2", 0.1), ("ee", 0.35), ("i", 0.4)],
        'و' => &[("w", 0.0), ("o", 0.05), ("u", 0.0), ("oo", 0.0), ("ou", 0.0), ("v", 0.2), ("2", 0.2)],
        'ی' => &[
            ("y", 0.0),
            ("i", 0.0),
            ("ee", 0.0),
            ("e", 0.1),
            ("ei", 0.05),
            ("ai", 0.1),
            ("ay", 0.05),
            ("2", 0.2),
        ],
        _ => &[],
    }
}

/// Ways that Finglish writes a letter besides the shared ones.
fn persian(letter: char) -> Ways {
    match letter {
        'ث' => &[("s", 0.0), ("c", 0.3)],
        'ذ' | 'ض' | 'ظ' => &[("z", 0.0)],
        'ق' => &[("gh", 0.0), ("q", 0.0), ("g", 0.3), ("k", 0.4)],
        'ع' => &[("a", 0.05), ("e", 0.05), ("o", 0.05), ("'", 0.0), ("3", 0.1), ("", 0.1)],
        'ا' => &[("a", 0.05), ("aa", 0.0), ("o", 0.3), ("oo", 0.25), ("u", 0.25), ("ou", 0.3)],
        'و' => &[
            ("v", 0.0),
            ("w", 0.0),
            ("u", 0.0),
            ("oo", 0.0),
            ("ou", 0.0),
            ("o", 0.05),
            ("ow", 0.1),
            ("", 0.45),
        ],
        'ی' => &[
            ("i", 0.0),
            ("y", 0.0),
            ("ee", 0.0),
            ("ei", 0.05),
            ("ey", 0.05),
            ("ay", 0.1),
            ("e", 0.25),
            ("ie", 0.1),
        ],
        _ => &[],
    }
}

/// Ways to write the first letter of a word, where it differs: alef carries any vowel.
fn first(letter: char) -> Ways {
    match letter {
        'ا' => {
            &[("a", 0.0), ("e", 0.0), ("i", 0.1), ("o", 0.0), ("u", 0.1), ("2", 0.0), ("aa", 0.0), ("", 0.05)]
        }
        _ => &[],
    }
}

/// Ways to write the last letter of a word, where it differs.
fn last(letter: char, lang: Lang) -> Ways {
    match (letter, lang) {
        ('ه', Lang::Ar) => {
            &[("a", 0.0), ("e", 0.0), ("eh", 0.0), ("ah", 0.0), ("o", 0.1), ("u", 0.1), ("", 0.2)]
        }
        ('ه', Lang::Fa) => &[("e", 0.0), ("eh", 0.0), ("a", 0.2), ("ah", 0.1), ("", 0.3)],
        // على, حتى.
        ('ی', Lang::Ar) => &[("a", 0.05), ("aa", 0.1)],
        ('ا', Lang::Ar) => &[("ah", 0.1), ("eh", 0.3)],
        _ => &[],
    }
}

/// What it costs that the script does not write a vowel of the spelling.
fn short(vowel: u8) -> f32 {
    match vowel {
        b'e' | b'a' => 0.05,
        b'o' => 0.1,
        b'i' | b'u' => 0.18,
        _ => NEVER,
    }
}

/// How badly `latin` spells `word`, which is folded: 0 for letter by letter, about 0.5 for each long vowel unwritten
/// or wrongly written; infinite if its consonants are others, or if it costs more than `most`.
pub fn misfit(word: &str, latin: &str, lang: Lang, most: f32) -> f32 {
    let latin = latin.as_bytes();
    let length = word.chars().take(LONGEST).count();
    if length >= LONGEST || latin.len() >= LONGEST {
        return NEVER;
    }
    // costs[i]: the least cost of having used i bytes of the spelling for the letters so far.
    let mut costs = [NEVER; LONGEST + 1];
    costs[0] = 0.0;
    for (place, letter) in word.chars().enumerate() {
        vowels(&mut costs, latin, place == 0);
        let mut next = [NEVER; LONGEST + 1];
        let own = match lang {
            Lang::Ar => arabic(letter),
            Lang::Fa => persian(letter),
        };
        let edge_first = if place == 0 { first(letter) } else { &[] };
        let edge_last = if place + 1 == length { last(letter, lang) } else { &[] };
        let unwritten: Ways = if matches!(letter, 'ا' | 'و' | 'ی') { &[("", 0.5)] } else { &[] };
        let ways = [shared(letter), own, edge_first, edge_last, unwritten];
        for (from, before) in costs.iter().enumerate().take(latin.len() + 1).filter(|(_, c)| **c <= most) {
            let Some(rest) = latin.get(from..).filter(|_| before.is_finite()) else { continue };
            for (way, cost) in ways.into_iter().flatten() {
                take(&mut next, from, rest, way.as_bytes(), before + cost);
            }
        }
        // What is still to come costs something or nothing, so no way comes back from above.
        if next.iter().all(|cost| *cost > most) {
            return NEVER;
        }
        costs = next;
    }
    let spelt = costs.get(latin.len()).copied().unwrap_or(NEVER);
    vowels(&mut costs, latin, false);
    // A vowel at the end is written in the script, but for the ezafe of Persian.
    let ezafe = lang == Lang::Fa && latin.ends_with(b"e");
    let with_vowel =
        costs.get(latin.len()).copied().unwrap_or(NEVER) + if ezafe { 0.0 } else { UNWRITTEN_END };
    spelt.min(with_vowel)
}

/// Uses `way` of the `rest` of the spelling, which begins at the byte `from`, if it stands there, written once or
/// doubled.
fn take(next: &mut [f32], from: usize, rest: &[u8], way: &[u8], cost: f32) {
    // Nearly all ways are one byte or two: comparing those in place is cheaper than a call.
    let stands = match way {
        [] => true,
        [a] => rest.first() == Some(a),
        [a, b] => rest.first() == Some(a) && rest.get(1) == Some(b),
        _ => rest.starts_with(way),
    };
    if !stands {
        return;
    }
    let mut lower = |at: usize, cost: f32| {
        if let Some(there) = next.get_mut(at) {
            *there = there.min(cost);
        }
    };
    lower(from + way.len(), cost);
    let doubled =
        way.len() == 1 && rest.get(1) == way.first() && !matches!(way, b"a" | b"e" | b"i" | b"o" | b"u");
    if doubled {
        lower(from + 2, cost + 0.02);
    }
}

/// Passes over vowels of the spelling that the script does not write. A word does not begin with one.
fn vowels(costs: &mut [f32], latin: &[u8], begins: bool) {
    for (at, byte) in latin.iter().enumerate() {
        let Some(before) = costs.get(at).copied() else { return };
        let twice = at > 0 && latin.get(at - 1) == Some(byte);
        let cost = before + short(*byte) + if twice { 0.3 } else { 0.0 } + if begins { 0.4 } else { 0.0 };
        if let Some(there) = costs.get_mut(at + 1) {
            *there = there.min(cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold;

    fn check(lang: Lang, latin: &str, nearer: &str, farther: &str) {
        let (near, far) =
            (misfit(&fold(nearer), latin, lang, NEVER), misfit(&fold(farther), latin, lang, NEVER));
        assert!(near < far && near < 0.6, "{latin}: {nearer} {near}, {farther} {far}");
    }

    #[test]
    fn the_better_spelling_costs_less() {
        check(Lang::Fa, "bashid", "باشید", "باشد");
        check(Lang::Fa, "zood", "زود", "زد");
        check(Lang::Fa, "hame", "همه", "هم");
        check(Lang::Fa, "rast", "راست", "راسته");
        check(Lang::Fa, "emrooz", "امروز", "مرز");
        check(Lang::Fa, "gharar", "قرار", "قراره");
        check(Lang::Fa, "edame", "ادامه", "ادم");
        check(Lang::Ar, "2abl", "قبل", "بقلة");
        check(Lang::Ar, "ba3d", "بعد", "بعيد");
        check(Lang::Ar, "jalasat", "جلسات", "جلسة");
        assert!(misfit("سلام", "kitab", Lang::Fa, NEVER).is_infinite());
    }
}
