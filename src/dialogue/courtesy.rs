//! Greetings, thanks and apologies around a question: «السلام عليكم … وشكرا» says nothing of what is asked, but
//! in a short message it weighs as much as the question.

use rustc_hash::FxHashSet;

use crate::knowledge::Knowledge;
use crate::language::{Lang, Token, fold, tokenize};

/// The lexicon's concept of words that only make a question polite.
const POLITE: &str = "polite";

/// What people say around their questions, as folded words.
#[derive(Debug, Clone, Default)]
pub struct Courtesies {
    phrases: FxHashSet<String>,
    /// Words of the longest phrase.
    longest: usize,
}

impl Courtesies {
    /// The small talk that is said around questions too, the other courtesies, and the lexicon's polite words.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let around = knowledge.smalltalk.iter().filter(|entry| entry.around);
        let said = around.flat_map(|entry| Lang::ALL.into_iter().flat_map(|lang| &entry.wording(lang).forms));
        let polite = knowledge.lexicon.iter().filter(|concept| concept.id.get_ref() == POLITE);
        let polite = polite.flat_map(|concept| concept.forms().map(|(_, form)| form.get_ref()));
        let mut courtesies = Self::default();
        for phrase in said.chain(&knowledge.courtesies).chain(polite) {
            let tokens = tokenize(&fold(phrase));
            courtesies.longest = courtesies.longest.max(tokens.len());
            courtesies.phrases.insert(joined(&tokens));
        }
        courtesies
    }

    /// The message without the courtesies that it begins and ends with; empty if it is nothing else.
    #[must_use]
    pub fn peel<'a>(&self, tokens: &'a [Token]) -> &'a [Token] {
        let mut rest = tokens;
        while let Some(words) = self.longest_of(rest, |rest, words| rest.get(..words)) {
            rest = rest.get(words..).unwrap_or_default();
        }
        while let Some(words) = self.longest_of(rest, |rest, words| rest.get(rest.len() - words..)) {
            rest = rest.get(..rest.len() - words).unwrap_or_default();
        }
        rest
    }

    /// How many words the longest courtesy has that `part` cuts from the rest.
    fn longest_of<'a>(
        &self,
        rest: &'a [Token],
        part: impl Fn(&'a [Token], usize) -> Option<&'a [Token]>,
    ) -> Option<usize> {
        (1..=self.longest.min(rest.len())).rev().find(|words| {
            let said = part(rest, *words).map(joined).unwrap_or_default();
            // «وشكرا» is said as often as «شكرا».
            let bare = said.strip_prefix('و').unwrap_or_default();
            self.phrases.contains(&said) || self.phrases.contains(bare)
        })
    }
}

fn joined(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, asked: &str) {
        let phrases = ["السلام عليكم", "لو سمحتم", "شكرا جزيلا", "سلام", "خسته نباشید", "ممنون"];
        let mut courtesies = Courtesies { longest: 2, ..Courtesies::default() };
        courtesies.phrases.extend(phrases.map(|phrase| joined(&tokenize(&fold(phrase)))));
        assert_eq!(joined(courtesies.peel(&tokenize(&fold(text)))), fold(asked), "{text}");
    }

    #[test]
    fn what_is_around_falls_away() {
        check("السلام عليكم، لو سمحتم كم جلسة أحتاج؟ وشكرا جزيلا", "كم جلسة احتاج");
        check("سلام خسته نباشید چند جلسه لازمه ممنون", "چند جلسه لازمه");
        check("كم جلسة", "كم جلسة");
    }

    #[test]
    fn what_is_inside_stays() {
        check("هل أقول شكرا جزيلا للطبيب", "هل اقول شكرا جزيلا للطبيب");
        check("سلام ممنون", "");
        check("", "");
    }
}
