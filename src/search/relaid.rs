//! Messages typed on the wrong keyboard layout, found by what the knowledge knows of the other reading.

use super::matcher::Matcher;
use crate::language::detect::Detection;
use crate::language::{Lang, Script, Token, fold, layout, tokenize};

/// Evidence for the language of what was typed, a word, from which it is taken as it stands.
const MEANT: f32 = 0.35;
/// The same for another language, in all: its words are never typed by chance.
const OTHER: f32 = 0.8;
/// Share of a text's letters that stand in known words, for it to be a text.
const READABLE: f32 = 0.6;
/// The same below which a text makes no sense as it stands.
const GARBLED: f32 = 0.34;
/// Evidence that a reading in Latin letters needs for the language it is in.
const CONVINCING: f32 = 1.2;
/// Letters of a single word that may be read so: shorter ones are something by chance.
const LEAST_LETTERS: usize = 4;

impl Matcher {
    /// Whether a text makes no sense as it stands, so that it may have been typed on the wrong keyboard layout.
    /// `tokens` are its folded tokens and `detection` what they say of its language.
    #[must_use]
    pub fn is_garbled(&self, tokens: &[Token], detection: &Detection) -> bool {
        let [arabic, persian, other] = detection.scores;
        if tokens.iter().all(|t| t.script != Script::Arabic) {
            let evidence = arabic.max(persian);
            return detection.latin
                && other < OTHER
                && (evidence == 0.0 || evidence < MEANT * tokens.len() as f32);
        }
        !detection.other && Lang::ALL.into_iter().all(|lang| self.readable(tokens, lang) < GARBLED)
    }

    /// What a text would be on the keyboard layout that it was meant for: where it makes no sense as it stands
    /// (`garbled`) and another layout gives words that are known, the whole of it; else the text with single words read
    /// so. `None` if it stands as it is.
    #[must_use]
    pub fn relaid(
        &self,
        text: &str,
        tokens: &[Token],
        detection: &Detection,
        garbled: bool,
    ) -> Option<String> {
        if garbled && let Some(reading) = self.best_reading(text) {
            return Some(reading);
        }
        if detection.other { None } else { self.relaid_words(text, tokens) }
    }

    /// The readings of a text that makes no sense as it stands, in which something is known: what else it may say,
    /// though the knowledge has not all of its words.
    #[must_use]
    pub fn readings(&self, text: &str) -> Vec<String> {
        let readings = layout::readings(text).into_iter().filter_map(|r| r.lang.map(|lang| (r.text, lang)));
        readings
            .filter(|(text, lang)| self.readable(&tokenize(&fold(text)), *lang) >= GARBLED)
            .map(|(text, _)| text)
            .collect()
    }

    /// The reading on another layout that is best known, if any is known well.
    fn best_reading(&self, text: &str) -> Option<String> {
        let mut best: Option<(f32, String)> = None;
        for reading in layout::readings(text) {
            let tokens = tokenize(&fold(&reading.text));
            let share = match reading.lang {
                Some(lang) => self.readable(&tokens, lang),
                None => self.convincing(&reading.text, &tokens),
            };
            let letters: usize = tokens.iter().map(|t| t.text.chars().count()).sum();
            if share >= READABLE && letters >= LEAST_LETTERS && best.as_ref().is_none_or(|(s, _)| share > *s)
            {
                best = Some((share, reading.text));
            }
        }
        best.map(|(_, text)| text)
    }

    /// The share of a text's letters of the Arabic script that stand in words known in `lang`. Words of two letters
    /// are known too easily to count; a text of those alone is not known.
    fn readable(&self, tokens: &[Token], lang: Lang) -> f32 {
        let (mut all, mut known) = (0usize, 0usize);
        for token in tokens.iter().filter(|t| t.script == Script::Arabic) {
            let letters = token.text.chars().count();
            if letters > 2 {
                all += letters;
                known += if self.knows(&token.text, lang) { letters } else { 0 };
            }
        }
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }

    /// 1 for a reading in Latin letters that is plainly in some language, or names only things that the lexicon
    /// knows; else 0.
    fn convincing(&self, text: &str, tokens: &[Token]) -> f32 {
        // A layout that leaves letters as they were typed is not the one.
        if tokens.iter().any(|t| t.script == Script::Arabic) {
            return 0.0;
        }
        let evidence = self.detect(text, tokens).scores.into_iter().fold(0.0, f32::max);
        let named = tokens.iter().all(|t| t.script == Script::Latin && self.knows_latin(&t.text));
        if evidence >= CONVINCING || named { 1.0 } else { 0.0 }
    }

    /// The text with every unknown word of the Arabic script replaced whose keys give a word of the lexicon in Latin
    /// letters («حقح» for prp). `None` if there is none.
    fn relaid_words(&self, text: &str, tokens: &[Token]) -> Option<String> {
        let unknown = |word: &str| !Lang::ALL.into_iter().any(|lang| self.knows(word, lang));
        let any = tokens
            .iter()
            .any(|t| t.script == Script::Arabic && t.text.chars().nth(2).is_some() && unknown(&t.text));
        if !any {
            return None;
        }
        let mut changed = false;
        let words: Vec<String> = text
            .split_whitespace()
            .map(|word| {
                let found = self.latin_word(word).filter(|_| unknown(&fold(word)));
                changed = changed || found.is_some();
                found.unwrap_or_else(|| word.to_owned())
            })
            .collect();
        changed.then(|| words.join(" "))
    }

    /// The word of the lexicon in Latin letters that the keys of `word` give on a Latin layout.
    fn latin_word(&self, word: &str) -> Option<String> {
        word.chars().nth(2)?;
        let readings = layout::readings(word).into_iter().filter(|r| r.lang.is_none());
        readings.map(|r| fold(&r.text)).find(|read| self.knows_latin(read))
    }
}
