//! What the knowledge knows of a word, and by that of the language of a message.

use rustc_hash::FxHashSet;

use super::matcher::{Class, Matcher, Pack};
use super::query;
use crate::language::detect::{Detection, Detector};
use crate::language::{Lang, Script, Token, fold, tokenize};

/// The detector that knows the words of both vocabularies, and those in Latin letters that the forms hold.
pub(super) fn detector(classes: &[Class], packs: &[Pack; 2]) -> Detector {
    let latin = Lang::ALL.map(|lang| {
        let forms = classes.iter().flat_map(|c| &c.forms[lang as usize]).filter(|form| form.is_ascii());
        let tokens = forms.flat_map(|form| tokenize(&fold(form))).filter(|t| t.script == Script::Latin);
        tokens.map(|t| t.text).collect::<FxHashSet<String>>()
    });
    let words = Lang::ALL.map(|lang| {
        let known = packs[lang as usize].words.vocabulary.words().iter().map(|(word, _)| word);
        known.chain(latin[lang as usize].iter().map(String::as_str)).collect::<Vec<&str>>()
    });
    Detector::new().knowing(words.each_ref().map(Vec::as_slice))
}

impl Matcher {
    /// Which language `text`, whose folded tokens are `tokens`, is in, by its letters, words and affixes and by what the knowledge knows.
    #[must_use]
    pub fn detect(&self, text: &str, tokens: &[Token]) -> Detection {
        self.detector.detect(text, tokens, |word| {
            let known = |lang: Lang| self.packs[lang as usize].words.vocabulary.count(word) > 0;
            (known(Lang::Ar), known(Lang::Fa))
        })
    }

    /// Whether the knowledge or the lexicon knows a folded word of three letters or more in `lang`, whole or with
    /// what may be written onto it.
    #[must_use]
    pub fn knows(&self, word: &str, lang: Lang) -> bool {
        word.chars().nth(2).is_some()
            && query::is_known(word, &self.packs[lang as usize].words, &self.concepts)
    }

    /// Whether a folded word in Latin letters is one of the lexicon's own.
    #[must_use]
    pub fn knows_latin(&self, word: &str) -> bool {
        self.concepts.knows_latin(word)
    }

    /// Whether the knowledge itself writes a folded word in Latin letters, in a question or as small talk.
    #[must_use]
    pub fn uses_latin(&self, word: &str) -> bool {
        self.detector.uses(word)
    }
}
