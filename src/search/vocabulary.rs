//! The words that the knowledge uses in one language, and what a misspelt word may stand for.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::query::key;
use super::slip::is_slip;
use crate::language::words::WordList;

/// Words with their counts, findable when misspelt.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    words: Arc<WordList>,
    places: Places,
    /// A word by its sounds with one letter left out → the words that give it. One edit on either side meets here.
    deletions: Table,
    /// A word by its sounds, so that letters that sound alike meet (ز ذ ظ ض, س ص ث, ت ط, ق غ, ه ح).
    sounds: Table,
    /// A word by how Arabic dialects say it, where ث is ت, ذ is د and ظ is ض.
    dialects: Table,
}

/// What a misspelt word may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction<'a> {
    /// The word of the vocabulary.
    pub word: &'a str,
    /// How sure the correction is, from 0 to 1.
    pub weight: f32,
}

/// Shorter words are too close to each other to be corrected by edit distance.
const LEAST_LETTERS: usize = 4;
/// Words of as few letters are corrected where the hand slipped on one, to words used at least so often.
const SLIP_LETTERS: usize = 3;
const OFTEN: u32 = 60;
/// What a slip counts in a word of three letters, of four, of five, and of more: as much as any other edit at least, so
/// that of two words the more used one is meant.
const SLIPS: [f32; 4] = [0.5, 0.65, 0.7, 0.8];
/// A word of so few letters is parted only into words used at least so often («بعداز»).
const SHORT_TO_PART: usize = 5;

/// Where each word is found, by its hash. The words themselves stand in the list alone: a map with a copy of each would
/// take ten times as much.
#[derive(Debug, Clone, Default)]
struct Places(HashTable<u32>);

impl Places {
    fn new(words: &WordList) -> Self {
        let of = |at: &u32| hash(words.get(*at as usize).map_or("", |(word, _)| word));
        let mut places = HashTable::with_capacity(words.len());
        for (at, (word, _)) in (0..).zip(words.iter()) {
            places.insert_unique(hash(word), at, of);
        }
        Self(places)
    }

    fn get(&self, word: &str, words: &WordList) -> Option<usize> {
        let same = |at: &u32| words.get(*at as usize).is_some_and(|(held, _)| held == word);
        self.0.find(hash(word), same).map(|at| *at as usize)
    }
}

fn hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

/// Hashes of spellings with places of words, ascending. Whoever looks a spelling up compares the word it
/// gets: two spellings may share a hash.
#[derive(Debug, Clone, Default)]
struct Table(Box<[(u32, u32)]>);

/// The hash of a spelling. Half of a key is enough: a word more to compare now and then costs less than its other half.
fn short_key(spelling: &str) -> u32 {
    key(&[spelling]) as u32
}

impl Table {
    fn new(mut entries: Vec<(u32, u32)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Table(entries.into())
    }

    fn get(&self, spelling: &str) -> impl Iterator<Item = u32> {
        let key = short_key(spelling);
        let start = self.0.partition_point(|(k, _)| *k < key);
        self.0.iter().skip(start).take_while(move |(k, _)| *k == key).map(|(_, at)| *at)
    }
}

impl Vocabulary {
    /// Makes folded `words`, sorted and each once, findable with their counts.
    #[must_use]
    pub fn new(words: Arc<WordList>) -> Self {
        let (mut shorter, mut sounding, mut said) = (Vec::new(), Vec::with_capacity(words.len()), Vec::new());
        for (at, (word, count)) in words.iter().enumerate() {
            let at = at as u32;
            let sound = sounds(word);
            if word.chars().count() >= LEAST_LETTERS
                || (word.chars().count() >= SLIP_LETTERS && count >= OFTEN)
            {
                shorter.push((short_key(&sound), at));
                deletions(&sound, |spelling| shorter.push((short_key(spelling), at)));
            }
            sounding.push((short_key(&sound), at));
            said.push((short_key(&dialect(word)), at));
        }
        let places = Places::new(&words);
        let [deletions, sounds, dialects] = [shorter, sounding, said].map(Table::new);
        Self { words, places, deletions, sounds, dialects }
    }

    /// How often the knowledge uses a folded word; 0 for one that it does not know.
    #[must_use]
    pub fn count(&self, word: &str) -> u32 {
        self.place(word).and_then(|at| self.words.get(at)).map_or(0, |(_, n)| n)
    }

    /// The place of a folded word among [`Vocabulary::words`]; `None` for one that the knowledge does not know.
    #[must_use]
    pub fn place(&self, word: &str) -> Option<usize> {
        self.places.get(word, &self.words)
    }

    /// All words with their counts.
    #[must_use]
    pub fn words(&self) -> &WordList {
        &self.words
    }

    /// The likeliest word that an unknown one stands for: the same sounds first, then the same in a dialect, then one
    /// edit (a letter too many, too few, wrong, or two swapped), then an edit beside letters that sound alike; of
    /// equals the most used. A hand that slipped on one letter is believed in shorter words too. `None` if nothing is
    /// near.
    #[must_use]
    pub fn correct(&self, word: &str) -> Option<Correction<'_>> {
        let mut best: Option<(f32, u32, &str)> = None;
        let mut offer = |weight: f32, at: u32| {
            let Some((candidate, count)) = self.words.get(at as usize) else { return };
            if candidate != word && best.is_none_or(|(w, n, _)| weight > w || (weight == w && count > n)) {
                best = Some((weight, count, candidate));
            }
        };
        let letters = word.chars().count();
        let sounding = sounds(word);
        if letters >= 3 {
            let alike = |at: &u32| self.words.get(*at as usize).is_some_and(|(w, _)| sounds(w) == sounding);
            self.sounds.get(&sounding).filter(alike).for_each(|at| offer(0.85, at));
            let said = dialect(word);
            let alike = |at: &u32| self.words.get(*at as usize).is_some_and(|(w, _)| dialect(w) == said);
            self.dialects.get(&said).filter(alike).for_each(|at| offer(0.82, at));
        }
        if letters >= SLIP_LETTERS {
            let mut near = |spelling: &str| {
                for at in self.deletions.get(spelling) {
                    let Some((candidate, count)) = self.words.get(at as usize) else { continue };
                    if (letters >= LEAST_LETTERS || count >= OFTEN) && is_slip(candidate, word) {
                        offer(SLIPS[(letters - SLIP_LETTERS).min(SLIPS.len() - 1)], at);
                    }
                    if letters < LEAST_LETTERS || !is_plausible(candidate, word) {
                        continue;
                    }
                    let first = candidate.chars().next() == word.chars().next();
                    let off = if first { 0.0 } else { 0.15 };
                    if strsim::osa_distance(candidate, word) == 1 {
                        offer(if letters >= 6 { 0.8 } else { 0.65 } - off, at);
                    } else if letters >= 6 && strsim::osa_distance(&sounds(candidate), &sounding) == 1 {
                        offer(0.6 - off, at);
                    }
                }
            };
            near(&sounding);
            deletions(&sounding, &mut near);
        }
        best.map(|(weight, _, word)| Correction { word, weight })
    }

    /// Splits a word that two known words were run together into («بعدالجلسه»), the more used halves first.
    #[must_use]
    pub fn split<'a>(&self, word: &'a str) -> Option<(&'a str, &'a str)> {
        let letters = word.chars().count();
        if letters < SHORT_TO_PART || self.count(word) > 0 {
            return None;
        }
        word.char_indices()
            .skip(2)
            .map(|(at, _)| word.split_at(at))
            .filter(|(a, b)| {
                let behind = if letters == SHORT_TO_PART { 2 } else { 3 };
                a.chars().count() >= 2 && b.chars().count() >= behind
            })
            .filter(|(a, b)| {
                let least = if a.chars().count() == 2 { 3 } else { 1 };
                let (least, behind) = if letters == SHORT_TO_PART { (OFTEN, OFTEN) } else { (least, 1) };
                self.count(a) >= least && self.count(b) >= behind
            })
            .max_by_key(|(a, b)| (self.count(a).min(self.count(b)), a.len()))
    }
}

/// Whether one edit is likely a slip and not another word: short words differ by one letter too easily
/// (سینه, سیاه), so there only a letter too many or too few behind the same first letter counts.
fn is_plausible(candidate: &str, word: &str) -> bool {
    let (a, b) = (candidate.chars().count(), word.chars().count());
    let same_first = candidate.chars().next() == word.chars().next();
    match a.min(b) {
        ..=3 => false,
        4 => same_first && a != b,
        5 => same_first,
        _ => true,
    }
}

/// Gives the word with each of its letters left out once.
fn deletions(word: &str, mut give: impl FnMut(&str)) {
    let mut shorter = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        shorter.clear();
        shorter.push_str(&word[..at]);
        shorter.push_str(&word[at + c.len_utf8()..]);
        give(&shorter);
    }
}

/// The word as most Arabic dialects say it.
fn dialect(word: &str) -> String {
    let said = |c| match c {
        'ث' => 'ت',
        'ذ' => 'د',
        'ظ' => 'ض',
        c => c,
    };
    word.chars().map(said).collect()
}

/// The word with one letter for each sound that hearing or a keyboard mixes up.
fn sounds(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'ذ' | 'ظ' | 'ض' => 'ز',
            'ص' | 'ث' => 'س',
            'ط' => 'ت',
            'غ' => 'ق',
            'ح' => 'ه',
            'چ' => 'ج',
            'پ' => 'ب',
            'گ' => 'ک',
            'ژ' => 'ز',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut words: Vec<(&str, u32)> = words.iter().map(|w| (*w, 3)).collect();
        words.sort_unstable();
        Vocabulary::new(Arc::new(words.into_iter().collect()))
    }

    #[test]
    fn misspelt_words_are_found() {
        let known = vocabulary(&[
            "میزوثیرابی",
            "جلسه",
            "قیمت",
            "مکیاج",
            "تورم",
            "چند",
            "سیاه",
            "ثانیه",
            "حساسیت",
            "غلیظ",
        ]);
        for (typed, meant) in [
            ("میزوثرابی", Some("میزوثیرابی")),
            ("جلصه", Some("جلسه")),
            ("قیمط", Some("قیمت")),
            ("تانیه", Some("ثانیه")),
            ("هصاصیط", Some("حساسیت")),
            ("هصاسیتت", Some("حساسیت")),
            ("قلیز", Some("غلیظ")),
            ("مکیااج", Some("مکیاج")),
            ("توررم", Some("تورم")),
            ("سینه", None),
            ("جند", Some("چند")),
            ("ترافیک", None),
        ] {
            assert_eq!(known.correct(typed).map(|c| c.word), meant, "{typed}");
        }
    }

    #[test]
    fn words_run_together_are_parted() {
        let known = vocabulary(&["بعد", "الجلسه", "کم", "سعر", "الدولار"]);
        assert_eq!(known.split("بعدالجلسه"), Some(("بعد", "الجلسه")));
        assert_eq!(known.split("سعرالدولار"), Some(("سعر", "الدولار")));
        assert_eq!(known.split("الجلسه"), None);
    }
}
