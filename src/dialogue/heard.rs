//! A message with what is worked out from its text once, for all who look at it.

use super::Message;
use crate::language::detect::Detection;
use crate::language::{Token, fold, tokenize};
use crate::search::matcher::Matcher;

/// A message as it was heard.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The message.
    pub message: Message,
    /// Its folded words.
    pub tokens: Vec<Token>,
    /// Which language they are in.
    pub detection: Detection,
}

impl Heard {
    /// Reads `message`.
    #[must_use]
    pub fn new(matcher: &Matcher, message: Message) -> Self {
        let tokens = tokenize(&fold(&message.text));
        let detection = matcher.detect(&message.text, &tokens);
        Self { message, tokens, detection }
    }
}
