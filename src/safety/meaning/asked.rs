//! Questions whose form alone says that they ask: «تعوّج الإبر الوجه؟», «جای سوزن سیاه میشه؟».

use std::ops::Range;

use super::{Mark, Meaning};
use crate::safety::affix::Owner;

/// First letters of an Arabic verb in the imperfect, and of its particles.
const IMPERFECT: [char; 8] = ['ی', 'ت', 'ب', 'ن', 'ک', 'د', 'ه', 'ح'];

impl Meaning<'_> {
    /// Whether a question asks what a treatment does: it stands right before the verb of the signs in `span`, not
    /// "after" which something happened, and the signs are nobody's.
    pub(super) fn does(&self, agent: &Mark, span: &Range<usize>, owner: Owner) -> bool {
        let verb = self.words.slice(span.start, span.start + 1);
        let before = agent.end <= span.start && span.start - agent.end <= 1;
        let since = self.signs.iter().any(|s| s.start < agent.start && agent.start < s.end);
        before
            && !since
            && verb.starts_with(IMPERFECT)
            && self.words.same_clause(agent.start, span.start)
            && self.asked_of_nobody(agent, span, owner)
    }

    /// Whether a question asks if something becomes so: its verb stands among the signs in `span` or follows them, and
    /// they are nobody's.
    pub(super) fn becomes(&self, verb: &Mark, span: &Range<usize>, owner: Owner) -> bool {
        (verb.start == span.end || (span.start..span.end).contains(&verb.start))
            && self.words.same_clause(span.start, verb.start)
            && self.asked_of_nobody(verb, span, owner)
    }

    fn asked_of_nobody(&self, mark: &Mark, span: &Range<usize>, owner: Owner) -> bool {
        owner == Owner::None && self.words.asked(span.start) && !self.lived_through(mark, span, owner)
    }
}
