//! Typing errors: words one edit away, found through a precomputed index of deletions.

use rustc_hash::FxHashMap;

/// A form needs so many letters before a changed or missing letter is forgiven.
const LETTERS: usize = 5;
/// Forms of this length forgive only two letters swapped or one typed in excess.
const SHORT_LETTERS: usize = 4;
/// Longer keys are phrases; their words are composed by rules instead.
const MOST_LETTERS: usize = 18;

/// Keys by what is left of them after one deletion.
#[derive(Debug, Default)]
pub(super) struct TypoIndex {
    keys: Vec<Vec<char>>,
    numbers: FxHashMap<Box<str>, u32>,
    /// For each deletion the number of its key; for those of several keys [`SEVERAL`] and the place of the list. Nearly
    /// all have one, and a list for each of a hundred thousand costs more than all else here.
    by_deletion: FxHashMap<u32, u32>,
    several: Vec<Vec<u32>>,
}

/// Marks the place of a list instead of a number.
const SEVERAL: u32 = 1 << 31;

impl TypoIndex {
    /// Adds a key; returns its number (the same for the same key), or `None` if it is too short or too long to be mistyped safely.
    pub(super) fn add(&mut self, key: &str) -> Option<u32> {
        let letters: Vec<char> = key.chars().collect();
        if !(SHORT_LETTERS..=MOST_LETTERS).contains(&letters.len()) {
            return None;
        }
        if let Some(number) = self.numbers.get(key) {
            return Some(*number);
        }
        let number = u32::try_from(self.keys.len()).ok().filter(|number| *number < SEVERAL)?;
        self.numbers.insert(key.into(), number);
        for hash in deletions(&letters) {
            let held = self.by_deletion.entry(hash).or_insert(number);
            if *held & SEVERAL != 0 {
                let list = self.several.get_mut((*held & !SEVERAL) as usize);
                list.into_iter()
                    .filter(|list| list.last() != Some(&number))
                    .for_each(|list| list.push(number));
            } else if *held != number {
                self.several.push(vec![*held, number]);
                *held = SEVERAL | (self.several.len() - 1) as u32;
            }
        }
        self.keys.push(letters);
        Some(number)
    }

    /// The numbers of the keys that a deletion leaves, ascending.
    fn numbers_of(&self, deletion: u32) -> &[u32] {
        match self.by_deletion.get(&deletion) {
            None => &[],
            Some(held) if held & SEVERAL != 0 => {
                self.several.get((held & !SEVERAL) as usize).map_or(&[], Vec::as_slice)
            }
            Some(held) => std::slice::from_ref(held),
        }
    }

    /// Calls `found` with the number of each key that is one edit away from `word`, and with that edit.
    pub(super) fn near(&self, word: &[char], mut found: impl FnMut(u32, Slip)) {
        if !(SHORT_LETTERS..=MOST_LETTERS + 1).contains(&word.len()) {
            return;
        }
        for hash in deletions(word) {
            for number in self.numbers_of(hash) {
                if let Some(slip) = self.keys.get(*number as usize).and_then(|key| slip(word, key)) {
                    found(*number, slip);
                }
            }
        }
    }
}

/// Hashes of the word itself and of the word without each of its letters. Words that share one cost a comparison more.
fn deletions(word: &[char]) -> impl Iterator<Item = u32> + '_ {
    (0..=word.len()).map(move |gap| {
        let letters = word.iter().enumerate().filter(|(at, _)| *at != gap);
        let hash = letters.fold(0xcbf2_9ce4_8422_2325, |hash: u64, (_, c)| {
            (hash.rotate_left(5) ^ u64::from(*c as u32)).wrapping_mul(0x517c_c1b7_2722_0a95)
        });
        // The upper half: multiplying carries upward.
        (hash >> 32) as u32
    })
}

/// How a word was mistyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two neighbours changed places: hardly ever another word.
    Swapped,
    /// A letter is missing, in excess, or another that is typed for it.
    Letter,
    /// A letter is quite another: a slip only where more speaks for the sign.
    Other,
}

/// How `typed` differs from `meant` if it is one letter changed, missing, in excess, or two neighbours
/// swapped.
///
/// The first letter neither falls away nor comes in addition: that is how Persian (ن) and Arabic (م, ا)
/// negate and conjugate.
fn slip(typed: &[char], meant: &[char]) -> Option<Slip> {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let end = typed.iter().rev().zip(meant.iter().rev()).take_while(|(a, b)| a == b).count();
    let long = meant.len() >= LETTERS;
    let letter = |is: bool| is.then_some(Slip::Letter);
    match typed.len() as isize - meant.len() as isize {
        0 => {
            let wrong = typed.len().saturating_sub(same + end);
            let swapped = wrong == 2
                && typed.get(same) == meant.get(same + 1)
                && typed.get(same + 1) == meant.get(same);
            let alike = || typed.get(same).zip(meant.get(same)).is_some_and(|(a, b)| alike(*a, *b));
            match (swapped, long && same > 0 && wrong == 1) {
                (true, _) => Some(Slip::Swapped),
                (_, true) if alike() => Some(Slip::Letter),
                (_, true) => Some(Slip::Other),
                _ => None,
            }
        }
        1 => letter(same > 0 && same + end >= meant.len()),
        -1 => letter(long && same > 0 && same + end >= typed.len()),
        _ => None,
    }
}

/// Letters that are typed for each other: those of one shape or one sound, and neighbours on the keyboard.
/// («انتظار», waiting, is no «انتحار».)
const ALIKE: [&str; 20] = [
    "بپتثنی",
    "جچحخ",
    "دذ",
    "رزژو",
    "سشصض",
    "طظ",
    "عغ",
    "فق",
    "کگقخ",
    "هحخ",
    "سثص",
    "تط",
    "زذظض",
    "قغ",
    "اعءئ",
    "یئ",
    "دضظ",
    "وؤ",
    "نم",
    "لا",
];
/// Rows of keys on Arabic and Persian keyboards, folded.
const KEYS: [&str; 5] = ["ضصثقفغعهخحجچد", "شسیبلاتنمکط", "شسیبلاتنمکگ", "رلایهوزظ", "ظطزرذدپو"];

/// Whether one letter may have been typed for the other.
fn alike(typed: char, meant: char) -> bool {
    let beside = |row: &&str| {
        let place = |c: char| row.chars().position(|key| key == c);
        place(typed).zip(place(meant)).is_some_and(|(a, b)| a.abs_diff(b) == 1)
    };
    ALIKE.iter().any(|set| set.contains(typed) && set.contains(meant)) || KEYS.iter().any(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, meant: &str, expected: bool) {
        let mut index = TypoIndex::default();
        index.add(meant);
        let mut hit = false;
        index.near(&typed.chars().collect::<Vec<_>>(), |_, slip| hit |= slip != Slip::Other);
        assert_eq!(hit, expected, "{typed} for {meant}");
    }

    #[test]
    fn one_edit_and_no_more() {
        check("متوررم", "متورم", true);
        check("متورن", "متورم", true);
        check("متوم", "متورم", true);
        check("مترم", "متورم", true);
        check("متروم", "متورم", true);
        check("متبوز", "متورم", false);
        check("انتظار", "انتحار", false);
        check("اختراق", "اختناق", false);
        check("اختنلق", "اختناق", true);
        check("لاسن", "لسان", true);
        check("لساان", "لسان", true);
        check("لسام", "لسان", false);
        check("میاد", "نمیاد", false);
        check("نکرده", "کرده", false);
    }
}
