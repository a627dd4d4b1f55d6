//! A message as it was meant: read on the right keyboard layout, screened, and as others may hear it.

use std::borrow::Cow;

use super::Engine;
use crate::dialogue::Message;
use crate::dialogue::heard::Heard;
use crate::language::detect::Detection;
use crate::language::{Lang, fold, tokenize};
use crate::safety::{Screening, mask};

impl Engine {
    /// The words of `message` as they may leave the process: identifiers masked; `None` if it tells of a red flag,
    /// which nobody else has to hear of. What was typed on the wrong keyboard layout leaves as it was meant, or not
    /// at all where it holds an identifier, which would be hidden from the mask on the other layout.
    #[must_use]
    pub fn outward(&self, message: &Message) -> Option<String> {
        let (Heard { message: meant, .. }, screening) = self.screened(message);
        let hides = meant.text != message.text && matches!(mask(&message.text), Cow::Owned(_));
        (screening.red_flag.is_none() && !hides).then(|| mask(&meant.text).into_owned())
    }

    /// A message as it was meant where it was typed on the wrong keyboard layout, and what the screen finds in it. Each
    /// reading of a message that makes no sense is screened, so that an emergency is heard even where the knowledge
    /// lacks some of its words.
    pub(super) fn screened(&self, message: &Message) -> (Heard, Screening) {
        let folded = fold(&message.text);
        let tokens = tokenize(&folded);
        let screening = self.screen.check_tokens(&folded, &tokens);
        let detection = self.matcher.detect(&message.text, &tokens);
        let heard = Heard { message: message.clone(), tokens, detection };
        if screening.red_flag.is_some() {
            return (heard, screening);
        }
        if let Some(screening) = self.spelled_alarm(&folded, &heard) {
            return (heard, screening);
        }
        let meant = |text: String| Heard::new(&self.matcher, Message { text, ..message.clone() });
        let garbled = self.matcher.is_garbled(&heard.tokens, &heard.detection);
        let readings = if garbled { self.matcher.readings(&message.text) } else { Vec::new() };
        for reading in readings {
            let screening = self.screen.check(&fold(&reading));
            if screening.red_flag.is_some() {
                return (meant(reading), screening);
            }
        }
        match self.matcher.relaid(&message.text, &heard.tokens, &heard.detection, garbled) {
            Some(text) => {
                let screening = self.screen.check(&fold(&text));
                (meant(text), screening)
            }
            None => (heard, screening),
        }
    }

    /// The red flag that a message in Latin letters spells. Only where no third language is spoken: English words
    /// spell something in any language.
    fn spelled_alarm(&self, folded: &str, heard: &Heard) -> Option<Screening> {
        let Detection { latin, other, lang, .. } = heard.detection;
        if !latin || other {
            return None;
        }
        let langs = Lang::ALL.into_iter().filter(|of| lang.is_none_or(|lang| lang == *of));
        langs.filter_map(|lang| self.screen.check_spelled(folded, lang)).find(|read| read.red_flag.is_some())
    }
}
