//! A message as it was meant: read on the right keyboard layout, screened, and as others may hear it.

use std::borrow::Cow;

use super::Engine;
use crate::dialogue::Message;
use crate::language::{fold, tokenize};
use crate::safety::{Screening, mask};

impl Engine {
    /// The words of `message` as they may leave the process: identifiers masked; `None` if it tells of a red flag,
    /// which nobody else has to hear of. What was typed on the wrong keyboard layout leaves as it was meant, or not
    /// at all where it holds an identifier, which would be hidden from the mask on the other layout.
    #[must_use]
    pub fn outward(&self, message: &Message) -> Option<String> {
        let (meant, screening) = self.screened(message);
        let hides = meant.text != message.text && matches!(mask(&message.text), Cow::Owned(_));
        (screening.red_flag.is_none() && !hides).then(|| mask(&meant.text).into_owned())
    }

    /// What the screen finds in a message, and the message as it was meant where it was typed on the wrong keyboard
    /// layout. Each reading of a message that makes no sense is screened, so that an emergency is heard even where
    /// the knowledge lacks some of its words.
    pub(super) fn screened(&self, message: &Message) -> (Message, Screening) {
        let folded = fold(&message.text);
        let screening = self.screen.check(&folded);
        if screening.red_flag.is_some() {
            return (message.clone(), screening);
        }
        let tokens = tokenize(&folded);
        let detection = self.matcher.detect(&message.text, &tokens);
        let meant = |text: String| Message { text, ..message.clone() };
        for reading in self.matcher.readings(&message.text, &tokens, &detection) {
            let screening = self.screen.check(&fold(&reading));
            if screening.red_flag.is_some() {
                return (meant(reading), screening);
            }
        }
        match self.matcher.relaid(&message.text, &tokens, &detection) {
            Some(text) => {
                let screening = self.screen.check(&fold(&text));
                (meant(text), screening)
            }
            None => (message.clone(), screening),
        }
    }
}
