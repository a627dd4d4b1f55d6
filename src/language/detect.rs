//! Which language a message is in, and by what evidence. Punctuation and digits have no vote.

mod latin;
mod weigh;

use latin::Strange;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::fold::is_arabic_letter;
use super::runs::Runs;
use super::{Lang, Script, Token, clues};
use weigh::{BARE, affixes, decide, is_bare, leaning, push, toward, vocabulary, vote};

/// What a clue speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// Arabic.
    Arabic,
    /// Persian.
    Persian,
    /// Neither: English, French, Turkish, Urdu, Kurdish, Pashto and all others.
    Other,
}

impl From<Lang> for Tongue {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ar => Tongue::Arabic,
            Lang::Fa => Tongue::Persian,
        }
    }
}

/// One clue with its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clue {
    /// What was seen: a letter, a word or an affix.
    pub seen: String,
    /// What it speaks for.
    pub tongue: Tongue,
    /// How much it counts.
    pub weight: f32,
}

/// What the evidence says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Detection {
    /// The language, where the evidence decides; `None` where there is none or it is even.
    pub lang: Option<Lang>,
    /// The message is in another language than the two.
    pub other: bool,
    /// Whether most of its letters are Latin.
    pub latin: bool,
    /// Sum of the clues for Arabic, Persian and others.
    pub scores: [f32; 3],
    /// How much its letters and their runs lean to Persian (above 0) or to Arabic (below 0). Other languages share
    /// them with one or the other, so they decide between those two alone.
    pub leaning: f32,
    /// The clues, in the order of the message.
    pub clues: Vec<Clue>,
}

/// Detects by letters, function words, affixes and, if the caller has them, the words of the knowledge.
#[derive(Debug, Clone)]
pub struct Detector {
    letters: FxHashMap<char, (Tongue, f32)>,
    marked: FxHashSet<char>,
    words: Table,
    foreign: FxHashSet<&'static str>,
    shared: FxHashSet<&'static str>,
    latin: Table,
    borrowed: FxHashSet<&'static str>,
    runs: Runs,
    latin_runs: Runs,
    /// Words in Latin letters that the knowledge itself uses, and for which language.
    latin_known: FxHashMap<String, [bool; 2]>,
}

/// Words with what they speak for.
type Table = FxHashMap<&'static str, Vec<(Tongue, f32)>>;

fn table(rows: &[(&'static str, Tongue, f32)]) -> Table {
    let mut words = Table::default();
    for (list, tongue, weight) in rows {
        for word in list.split_whitespace() {
            let entry = words.entry(word).or_default();
            if !entry.iter().any(|(t, _)| t == tongue) {
                entry.push((*tongue, *weight));
            }
        }
    }
    words
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

impl Detector {
    /// Lays out the tables; nothing is known of any knowledge.
    #[must_use]
    pub fn new() -> Self {
        let letters = clues::LETTERS
            .iter()
            .flat_map(|(set, tongue, weight)| set.chars().map(move |c| (c, (*tongue, *weight))))
            .collect();
        Self {
            letters,
            marked: clues::MARKED.chars().collect(),
            words: table(&clues::WORDS),
            foreign: clues::FOREIGN_WORDS.split_whitespace().collect(),
            shared: clues::SHARED_WORDS.split_whitespace().collect(),
            latin: table(&clues::LATIN_WORDS),
            borrowed: clues::BORROWED.split_whitespace().collect(),
            runs: Runs::default(),
            latin_runs: Runs::default(),
            latin_known: FxHashMap::default(),
        }
    }

    /// Learns from the folded words of the knowledge, Arabic then Persian, which runs of letters each language
    /// likes. Words of other scripts than the Arabic and the Latin are passed over.
    #[must_use]
    pub fn knowing<'a>(mut self, words: [&'a [&'a str]; 2]) -> Self {
        let arabic_script = |w: &&&str| w.chars().all(is_arabic_letter);
        let latin_script =
            |w: &&&str| w.bytes().all(|b| b.is_ascii_alphanumeric()) && !self.borrowed.contains(**w);
        let of = |lang: Lang| words[lang as usize].iter();
        self.runs = Runs::learn(
            of(Lang::Ar).filter(arabic_script).copied(),
            of(Lang::Fa).filter(arabic_script).copied(),
        );
        self.latin_runs = Runs::learn(
            of(Lang::Ar).filter(latin_script).copied(),
            of(Lang::Fa).filter(latin_script).copied(),
        );
        let mut known: FxHashMap<String, [bool; 2]> = FxHashMap::default();
        for lang in Lang::ALL {
            for word in of(lang).filter(latin_script).filter(|w| w.len() > 1) {
                known.entry((*word).to_owned()).or_default()[lang as usize] = true;
            }
        }
        self.latin_known = known;
        self
    }

    /// Whether a folded word in Latin letters is among the words of the knowledge.
    #[must_use]
    pub fn uses(&self, word: &str) -> bool {
        self.latin_known.contains_key(word)
    }

    /// What `text` is in, given its `tokens`. `known` says of a folded word whether the Arabic and the
    /// Persian part of the knowledge use it; a caller without a vocabulary passes `|_| (false, false)`.
    #[must_use]
    pub fn detect(&self, text: &str, tokens: &[Token], known: impl Fn(&str) -> (bool, bool)) -> Detection {
        let mut found = Detection::default();
        let mut latin = Detection::default();
        let (mut arabic_script, mut latin_script, mut other_script) = (0usize, 0usize, 0usize);
        let mut strange = Strange::default();
        let strangers = self.letters(text, &mut found, &mut latin);
        // A word that both languages are known to use is no matter of guessing.
        let mut guessed = false;
        for token in tokens {
            match token.script {
                Script::Arabic if strangers.contains(&token.text) => {
                    arabic_script += token.text.chars().count();
                }
                Script::Arabic => {
                    arabic_script += token.text.chars().count();
                    vote(&self.words, &token.text, &mut found);
                    affixes(&token.text, &mut found);
                    let of = known(&token.text);
                    vocabulary(&token.text, of, &mut found);
                    if of != (true, true) {
                        guessed = true;
                        leaning(self.runs.leaning(&token.text), &mut found);
                    }
                }
                Script::Latin => {
                    latin_script += token.text.chars().count();
                    self.latin_word(&token.text, &mut latin, &mut strange);
                }
                Script::Other => other_script += token.text.chars().count(),
                Script::Digits => {}
            }
        }
        found.latin = latin_script > arabic_script;
        if guessed {
            found.leaning += if words(text).any(is_bare) { BARE } else { 0.0 };
            found.leaning += if found.clues.iter().any(|c| c.tongue == Tongue::Arabic) { 0.0 } else { PLAIN };
        }
        found.take(latin, arabic_script > 0);
        decide(&mut found, other_script > arabic_script + latin_script);
        if latin_script > 0 && arabic_script == 0 {
            found.by_sound(&strange);
        }
        found
    }

    /// Clues in how the text was typed, which the fold takes away: letters, marks and whole words. Returns the
    /// folded words that are of another language by those, and so no evidence for Arabic or Persian.
    fn letters(&self, text: &str, found: &mut Detection, latin: &mut Detection) -> Vec<String> {
        let mut seen: Vec<(char, u8)> = Vec::new();
        let mut other = false;
        for c in text.chars().filter(|c| !c.is_ascii()) {
            let Some((tongue, weight)) = self.letters.get(&c).copied() else {
                if self.marked.contains(&c) {
                    push(latin, "marked letter", Tongue::Other, 0.8);
                }
                continue;
            };
            if tongue == Tongue::Other {
                other = true;
                continue;
            }
            match seen.iter_mut().find(|(s, _)| *s == c) {
                // The same letter again adds less and less.
                Some((_, times)) => {
                    *times = times.saturating_add(1);
                    if *times <= 4 {
                        found.leaning += toward(tongue) * weight * 0.25;
                    }
                }
                None => {
                    seen.push((c, 1));
                    found.leaning += toward(tongue) * weight;
                    found.clues.push(Clue { seen: format!("letter {c}"), tongue, weight });
                }
            }
        }
        other = other || words(text).any(|word| self.foreign.contains(word));
        if other { self.strangers(text, found) } else { Vec::new() }
    }

    /// The words of a text that has letters of other languages: those with such letters, and those that only
    /// beside them are no Persian or Arabic words.
    fn strangers(&self, text: &str, found: &mut Detection) -> Vec<String> {
        let mut strangers = Vec::new();
        for word in words(text) {
            let of_letters = word
                .chars()
                .filter_map(|c| self.letters.get(&c).filter(|(tongue, _)| *tongue == Tongue::Other))
                .map(|(_, weight)| *weight)
                .fold(0.0f32, f32::max);
            let listed = self.foreign.contains(word) || self.shared.contains(word);
            let weight = of_letters.max(if listed { 0.8 } else { 0.0 });
            if weight > 0.0 {
                push(found, word, Tongue::Other, weight);
                // ہ and ھ alone may be an Urdu keyboard under Persian hands.
                if weight > SOFT {
                    strangers.push(super::fold(word));
                }
            }
        }
        strangers
    }
}

impl Detection {
    /// Takes over the clues of the words in Latin letters. Beside words of the Arabic script they say little:
    /// Arabic and Persian borrow English words, and not the reverse.
    fn take(&mut self, latin: Detection, beside: bool) {
        for (at, score) in latin.scores.into_iter().enumerate() {
            let factor = if beside && at == Tongue::Other as usize { 0.25 } else { 1.0 };
            if let Some(own) = self.scores.get_mut(at) {
                *own += score * factor;
            }
        }
        self.leaning += latin.leaning;
        self.clues.extend(latin.clues);
    }
}

/// The words of a text as typed.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let stops = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '،' | '؟' | '۔' | '؛');
    text.split(stops).filter(|word| !word.is_empty())
}

/// What it counts for Persian that nothing speaks for Arabic: hardly a word of Arabic goes without ي, ك, ة, a hamza or
/// the article, while Persian has whole sentences of the letters that both share.
const PLAIN: f32 = 0.3;

/// What letters weigh that only the keyboard may have put there.
const SOFT: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenize};

    fn check(text: &str, tongue: Option<Tongue>) {
        let found = Detector::new().detect(text, &tokenize(&fold(text)), |_| (false, false));
        let said = if found.other { Some(Tongue::Other) } else { found.lang.map(Tongue::from) };
        assert_eq!(said, tongue, "{text}: {found:?}");
    }

    #[test]
    fn sentences() {
        let (ar, fa, other) = (Some(Tongue::Arabic), Some(Tongue::Persian), Some(Tongue::Other));
        check("ما هي الأضرار المحتملة؟", ar);
        check("شگد لازم جلسة؟", ar);
        check("واش كاين شي ضرر؟", ar);
        check("عوارضش چیه؟", fa);
        check("براي لكه هاي صورتم خوبه؟", fa);
        check("چند جلسه باید بیایم", fa);
        check("chand jalase lazeme?", fa);
        check("kam galsa lazem 3ashan el wesh", ar);
        check("how many sessions do I need?", other);
        check("مجھے کتنے سیشن چاہیے ہیں؟", other);
        check("چەند دانیشتن پێویستە؟", other);
        check("آیا دا درد لري؟", other);
        check("نئچه سئانس لازیمدیر؟", other);
        check("yüz için kaç seans gerekli", other);
        check("Magkano po ang bawat bisita", other);
        check("باید ہر ہفتہ چند جلسہ بیایم؟", fa);
        check("mikham bedoonam aya asar mizareh", fa);
        check("123 ؟", None);
        check("PRP", None);
    }

    #[test]
    fn what_both_languages_use_is_not_guessed() {
        for (text, lang) in
            [("مرحبا", None), ("مرحبا چطورید", Some(Lang::Fa)), ("مرحبا كيفكم", Some(Lang::Ar))]
        {
            let found =
                Detector::new().detect(text, &tokenize(&fold(text)), |w| (w == "مرحبا", w == "مرحبا"));
            assert_eq!(found.lang, lang, "{text}: {found:?}");
        }
    }

    #[test]
    fn punctuation_has_no_vote() {
        for text in ["عوارض مزوتراپی چیست", "كم جلسة أحتاج"] {
            let plain = Detector::new().detect(text, &tokenize(&fold(text)), |_| (false, false));
            let asked = format!("{text}؟!");
            let with = Detector::new().detect(&asked, &tokenize(&fold(&asked)), |_| (false, false));
            assert_eq!(plain.scores, with.scores);
        }
    }
}
