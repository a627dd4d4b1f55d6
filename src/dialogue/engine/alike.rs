//! What makes two messages ask the same, for staff who work through many: the same words to the knowledge, whatever
//! their spelling, order and courtesies.

use super::Engine;
use crate::dialogue::heard::Heard;
use crate::dialogue::{Message, understand};
use crate::knowledge::Asks;
use crate::language::{Lang, fold};
use crate::search::{ClassKind, Hint};

/// What is alike about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Names of its terms, ascending, each once: concepts of the lexicon, and stems of other words. For a message
    /// without any, its folded words.
    pub terms: Vec<String>,
    /// The red flag that it tells of, by its id in the policy.
    pub red_flag: Option<String>,
}

impl Engine {
    /// What is alike about `text`, a message that was answered in `lang`.
    #[must_use]
    pub fn alike(&self, text: &str, lang: Lang) -> Alike {
        let (Heard { message, tokens, .. }, screening) =
            self.screened(&Message { text: text.to_owned(), locale: Some(lang) });
        let peeled = understand::asked(&self.matcher, &self.courtesies, &tokens, lang);
        let query = self.matcher.read(peeled, lang);
        // The «how much» of "how much does it cost" is said or not, and means the cost.
        let of_cost = |name: &str| {
            [Asks::HowMany, Asks::HowMuch].iter().any(|asks| name == format!("c:{}", asks.name()))
        };
        let cost = query.asks.contains(&Asks::Cost);
        let terms = query.terms.into_iter().map(|term| term.name);
        let mut terms: Vec<String> = terms.filter(|name| !(cost && of_cost(name))).collect();
        if terms.is_empty() {
            terms = tokens.into_iter().map(|token| token.text).collect();
        }
        if terms.is_empty() {
            terms.push(fold(&message.text));
        }
        terms.sort_unstable();
        terms.dedup();
        Alike { terms, red_flag: screening.red_flag.map(|flag| flag.id) }
    }

    /// Ids of at most `most` pairs that come nearest to `text`, a message in `lang`, best first.
    #[must_use]
    pub fn nearest(&self, text: &str, lang: Lang, most: usize) -> Vec<String> {
        let (Heard { tokens, .. }, _) = self.screened(&Message { text: text.to_owned(), locale: Some(lang) });
        let peeled = understand::asked(&self.matcher, &self.courtesies, &tokens, lang);
        let query = self.matcher.read(peeled, lang);
        let ranking = self.matcher.rank(&query, &Hint::default());
        let pairs = ranking.candidates.into_iter().filter(|candidate| candidate.kind == ClassKind::Pair);
        pairs.take(most).map(|candidate| candidate.id).collect()
    }
}
