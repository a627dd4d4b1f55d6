//! How the signs of a message are meant: negated, asked about in general, only supposed, read somewhere,
//! long past, or lived through now.

mod asked;
mod negation;

use std::ops::Range;

use super::affix::Owner;
use super::lookup::Found;
use super::reading::Words;
use crate::knowledge::policy::{FrameKind, Level};

/// A frame reaches over so many words.
const REACH: usize = 12;
/// What was lived through is told this near to its sign.
const NEAR: usize = 10;
/// A question that follows what it asks about comes this soon.
const ASK_AFTER: usize = 6;
/// Words between the two signs that make a third.
const MADE_OF: usize = 2;
/// What «هل» asks about begins this soon after it.
const ASK_NEXT: usize = 1;
/// What nearly happened is told this soon after «nearly».
const ALMOST: usize = 4;
/// What makes a sign a figure of speech stands this near to it.
const FIGURE: usize = 3;
/// After a perfect («ورم کرده …»), these make it supposed or long past.
const AUXILIARIES: [&str; 10] =
    ["باشه", "باشم", "باشد", "باشن", "باشند", "باشی", "بود", "بودم", "بودن", "بودند"];

/// What the meaning of a message needs to know of a sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignTraits {
    /// It says itself that something fails; no negation cancels it.
    pub negative: bool,
    /// A red flag rests on it: an idiom may cover it.
    pub alarming: bool,
    /// It is what happens to a body, and not when or by what.
    pub bodily: bool,
    /// Numbers of the two signs that make it, one after the other.
    pub made_of: Option<[usize; 2]>,
}

/// A sign as it occurs in a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignFound {
    /// Its number in the policy.
    pub sign: usize,
    /// Its first word.
    pub start: usize,
    /// The word after its last.
    pub end: usize,
    /// Whose it is, as far as its ending says.
    pub owner: Owner,
    /// It rests on a typing error in a short word.
    pub doubtful: bool,
    /// A red flag rests on it.
    pub alarming: bool,
    /// It is what happens to a body, and not when or by what.
    pub bodily: bool,
    /// Somebody says that it is not there.
    pub negated: bool,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    kind: FrameKind,
    /// Its number among the policy's frames.
    frame: usize,
    start: usize,
    end: usize,
}

/// Whether `mark` stands on the signs' side of `frame` and is no part of it: the «من» of «من أعراض» is no
/// Persian "I".
fn beyond(mark: &Mark, frame: &Mark, span: &Range<usize>) -> bool {
    mark.start >= frame.end || (frame.start >= span.end && mark.end <= frame.start)
}

/// The signs of a message and what stands around them.
#[derive(Debug)]
pub(super) struct Meaning<'a> {
    words: &'a Words,
    /// All signs that are not covered by an idiom, by their first word.
    pub signs: Vec<SignFound>,
    marks: Vec<Mark>,
    /// Marks of who has something, while negations are read.
    having: Vec<Mark>,
}

impl<'a> Meaning<'a> {
    /// Tells signs from frames: targets below `traits.len()` are signs, the others are the frames of `kinds`
    /// in order.
    pub(super) fn new(words: &'a Words, found: &[Found], traits: &[SignTraits], kinds: &[FrameKind]) -> Self {
        let mut meaning = Meaning { words, signs: Vec::new(), marks: Vec::new(), having: Vec::new() };
        for f in found {
            let target = usize::from(f.target);
            if target < traits.len() {
                let Found { start, end, owner, doubtful, .. } = *f;
                let alarming = traits.get(target).is_some_and(|t| t.alarming);
                let bodily = traits.get(target).is_some_and(|t| t.bodily);
                let sign =
                    SignFound { sign: target, start, end, owner, doubtful, alarming, bodily, negated: false };
                meaning.signs.push(sign);
            } else if let Some(kind) = kinds.get(target - traits.len()) {
                let frame = target - traits.len();
                meaning.marks.push(Mark { kind: *kind, frame, start: f.start, end: f.end });
            }
        }
        meaning.drop_denied_heads(traits);
        meaning.cover_signs();
        meaning.join(traits);
        meaning.cover_signs();
        meaning.cover_marks();
        meaning.recover(traits);
        meaning.negate(traits);
        meaning
    }

    /// Adds the signs that two others make, the second soon after the first («از وقتی آمپول لاغری زدم»).
    fn join(&mut self, traits: &[SignTraits]) {
        for (sign, parts) in traits.iter().enumerate().filter_map(|(n, t)| Some((n, t.made_of?))) {
            for first in 0..self.signs.len() {
                let Some(first) = self.signs.get(first).copied().filter(|s| s.sign == parts[0]) else {
                    continue;
                };
                // «ما عندي فقدان نظر» denies; its «ما» alone negates no verb.
                let denied = self.marks.iter().find(|m| {
                    m.kind == FrameKind::NegateBefore && m.start <= first.start && first.end < m.end
                });
                let end = denied.map_or(first.end + MADE_OF, |m| m.end - 1);
                let second = self.signs.iter().find(|s| {
                    s.sign == parts[1]
                        && (first.end..=end).contains(&s.start)
                        && self.words.same_clause(first.start, s.start)
                });
                if let Some(second) = second.copied() {
                    let alarming = traits.get(sign).is_some_and(|t| t.alarming);
                    self.signs.push(SignFound { sign, end: second.end, alarming, bodily: false, ..first });
                }
            }
        }
    }

    fn masks(&self) -> Vec<Mark> {
        self.marks.iter().filter(|m| m.kind == FrameKind::Mask).copied().collect()
    }

    /// Drops the signs that stand inside an idiom: «ما» of «بعد ما» is no negation of the verb that follows.
    fn cover_signs(&mut self) {
        let masks = self.masks();
        let covered = |s: &SignFound| masks.iter().any(|m| m.start <= s.start && s.end <= m.end);
        self.signs.retain(|s| !(s.alarming && covered(s)));
    }

    /// Drops what frames stand inside an idiom, and negations that are part of a sign («مو قادر»).
    fn cover_marks(&mut self) {
        let masks = self.masks();
        let covered = |start: usize, end: usize| masks.iter().any(|m| m.start <= start && end <= m.end);
        let signs = &self.signs;
        self.marks.retain(|m| match m.kind {
            FrameKind::Mask => true,
            FrameKind::NegateBefore | FrameKind::NegateAfter => {
                let in_sign =
                    |s: &SignFound| s.start <= m.start && m.end <= s.end && s.end - s.start > m.end - m.start;
                !covered(m.start, m.end) && !signs.iter().any(in_sign)
            }
            _ => !covered(m.start, m.end),
        });
    }

    /// Joins a "now" and the word for being well that follows it («الان حالش خوبه») to one mark: what stands
    /// before is over. Not if the wellness is that of a plan («الان خوبه مزو کنم؟»).
    fn recover(&mut self, traits: &[SignTraits]) {
        let plan = |well: &Mark, marks: &[Mark]| {
            let follows = |m: &Mark| m.start >= well.end && m.start < well.end + 2;
            marks.iter().any(|m| m.kind == FrameKind::Irreal && follows(m))
        };
        for at in 0..self.marks.len() {
            let Some(well) = self.marks.get(at).copied().filter(|m| m.kind == FrameKind::Well) else {
                continue;
            };
            let now = |m: &Mark| {
                let before = m.end <= well.start && well.start <= m.end + 1;
                m.kind == FrameKind::Now && (before || m.start == well.end)
            };
            let Some((place, now)) = self.marks.iter().copied().enumerate().find(|(_, m)| now(m)) else {
                continue;
            };
            let (start, end) = (now.start.min(well.start), now.end.max(well.end));
            let after = if now.end <= well.start { now.end } else { 0 };
            let unwell = self.denied_before(after, well.start, traits);
            if self.words.same_clause(start, end - 1) && !unwell && !plan(&well, &self.marks) {
                self.signs.retain(|s| !(s.alarming && start <= s.start && s.end <= end));
                if let Some(mark) = self.marks.get_mut(place) {
                    *mark = Mark { kind: FrameKind::Resolved, start, end, ..well };
                }
            }
        }
    }

    /// Whether something fails or is denied shortly before `word` and not before `after`: «مش بتتنفس كويس
    /// دلوقتي».
    fn denied_before(&self, after: usize, word: usize, traits: &[SignTraits]) -> bool {
        let close = |start: usize, end: usize| {
            after <= start && end <= word && word - end < 3 && self.words.same_clause(start, word)
        };
        let fails = |s: &SignFound| traits.get(s.sign).is_some_and(|t| t.negative) && close(s.start, s.end);
        self.signs.iter().any(fails)
            || self.marks.iter().any(|m| m.kind == FrameKind::NegateBefore && close(m.start, m.end))
    }

    /// The number of the frame that makes the signs in `span` no news of something that is happening; `None`
    /// if nothing does.
    /// `owner` is whose they are, as far as their endings say.
    pub(super) fn quiet(&self, span: &Range<usize>, owner: Owner, level: Level) -> Option<usize> {
        let now = |frame: Option<&Mark>| self.told(FrameKind::Now, span, frame);
        let story = self.marks.iter().find(|m| match m.kind {
            FrameKind::Fiction => self.near_sentence(m, span) && !now(None),
            FrameKind::Report => self.governs(m, span) && !now(Some(m)) && owner != Owner::Me,
            FrameKind::Figure => {
                level != Level::Crisis
                    && self.distance(m, span) <= FIGURE
                    && self.same_sentence(m, span)
                    && !self.contrast_between(m, span)
            }
            _ => false,
        });
        if let Some(story) = story {
            return Some(story.frame);
        }
        // A wish to die is answered warmly also when it comes as a question.
        if level == Level::Crisis {
            return None;
        }
        self.marks.iter().find(|m| self.silences(m, span, owner)).map(|m| m.frame)
    }

    fn silences(&self, mark: &Mark, span: &Range<usize>, owner: Owner) -> bool {
        let told = |kind| self.told(kind, span, Some(mark));
        match mark.kind {
            FrameKind::If => self.governs(mark, span) && !told(FrameKind::Now) && !self.perfect(span),
            FrameKind::History => {
                self.same_sentence(mark, span)
                    && self.distance(mark, span) <= NEAR
                    && !self.contrast_between(mark, span)
                    && !self.nearer_now(mark, span)
                    && !self.perfect(span)
            }
            FrameKind::Almost => {
                span.end > mark.end
                    && span.start.saturating_sub(mark.end) <= ALMOST
                    && self.same_sentence(mark, span)
                    && !self.contrast_between(mark, span)
                    && !self.signs.iter().any(|s| s.alarming && s.start >= mark.end && s.end <= span.start)
                    && !told(FrameKind::Now)
            }
            FrameKind::Resolved => {
                mark.start >= span.end
                    && mark.start - span.end <= NEAR
                    && !self.still(span, mark)
                    && !self.over_for_another(mark, span)
            }
            FrameKind::Ask | FrameKind::AskNext | FrameKind::AskAfter => {
                let governs = match mark.kind {
                    FrameKind::Ask => self.governs(mark, span),
                    FrameKind::AskNext => {
                        self.governs(mark, span) && span.start.saturating_sub(mark.end) <= ASK_NEXT
                    }
                    _ => {
                        mark.start >= span.start
                            && mark.start.saturating_sub(span.end) <= ASK_AFTER
                            && self.same_sentence(mark, span)
                            && !self.contrast_between(mark, span)
                    }
                };
                governs && !self.lived_through(mark, span, owner)
            }
            FrameKind::Agent => self.does(mark, span, owner),
            FrameKind::Becomes => self.becomes(mark, span, owner),
            _ => false,
        }
    }

    /// Whether something asked about is at the same time told as one's own or a relative's experience.
    fn lived_through(&self, frame: &Mark, span: &Range<usize>, owner: Owner) -> bool {
        let told = |kind| self.told(kind, span, Some(frame));
        let irreal = self
            .marks
            .iter()
            .any(|m| m.kind == FrameKind::Irreal && m.end + 3 > span.start && m.start < span.end + 3);
        let mine = owner != Owner::None
            || self.marks.iter().any(|m| {
                m.kind == FrameKind::Mine
                    && !self.is_from(m)
                    && self.distance(m, span) <= 2
                    && self.same_sentence(m, span)
                    && beyond(m, frame, span)
            });
        told(FrameKind::Now) || told(FrameKind::Experience) || (mine && (!irreal || self.perfect(span)))
    }

    /// Whether a mark is the Arabic «من», "from", and not the Persian "I".
    fn is_from(&self, mark: &Mark) -> bool {
        self.words.slice(mark.start, mark.end) == "من" && self.words.leans_arabic()
    }

    /// Whether a mark of `kind` belongs to the signs in `span` and not to what stands before `frame`.
    fn told(&self, kind: FrameKind, span: &Range<usize>, frame: Option<&Mark>) -> bool {
        self.marks.iter().any(|m| {
            m.kind == kind
                && self.same_sentence(m, span)
                && self.distance(m, span) <= NEAR
                && frame.is_none_or(|f| beyond(m, f, span))
        })
    }

    /// Whether a "now" belongs to the signs in `span` more than `past`: it is as near to them or nearer.
    fn nearer_now(&self, past: &Mark, span: &Range<usize>) -> bool {
        let reach = self.distance(past, span);
        self.marks.iter().any(|m| {
            m.kind == FrameKind::Now
                && self.same_sentence(m, span)
                && self.distance(m, span) <= reach.min(NEAR)
        })
    }

    /// Whether a "now" or a negation stands between the signs and what says that they are over.
    fn still(&self, span: &Range<usize>, over: &Mark) -> bool {
        self.marks.iter().any(|m| {
            matches!(m.kind, FrameKind::Now | FrameKind::NegateBefore)
                && m.start >= span.end
                && m.end <= over.start
        })
    }

    /// Whether what is over is another sign than those in `span`: «نفسم تنگه، ولی ورمم خوب شد».
    fn over_for_another(&self, over: &Mark, span: &Range<usize>) -> bool {
        // «بس» is "but" before it is "only".
        let turns =
            |s: &SignFound| self.marks.iter().any(|m| m.kind == FrameKind::Contrast && m.start == s.start);
        let between = |s: &SignFound| s.bodily && s.start >= span.end && s.end <= over.start && !turns(s);
        let parted = !self.same_sentence(over, span) || self.contrast_between(over, span);
        parted && self.signs.iter().any(between)
    }

    /// Whether a perfect («ورم کرده») says that it has happened.
    fn perfect(&self, span: &Range<usize>) -> bool {
        self.marks.iter().any(|m| {
            m.kind == FrameKind::Perfect
                && m.start > span.start
                && m.start <= span.end + 2
                && self.same_sentence(m, span)
                && !AUXILIARIES.contains(&self.words.slice(m.end, m.end + 1))
        })
    }

    /// Whether a frame governs forward what stands in `span`.
    fn governs(&self, mark: &Mark, span: &Range<usize>) -> bool {
        mark.start < span.end
            && span.start.saturating_sub(mark.end) <= REACH
            && self.same_sentence(mark, span)
            && !self.contrast_between(mark, span)
    }

    fn same_sentence(&self, mark: &Mark, span: &Range<usize>) -> bool {
        let sentence = self.words.sentence(mark.start);
        (self.words.sentence(span.start)..=self.words.sentence(span.end.saturating_sub(1)))
            .contains(&sentence)
    }

    /// Whether a mark stands in the sentence of the span or in the one before it.
    fn near_sentence(&self, mark: &Mark, span: &Range<usize>) -> bool {
        let (mark, start) = (self.words.sentence(mark.start), self.words.sentence(span.start));
        mark == start || mark + 1 == start || mark == self.words.sentence(span.end.saturating_sub(1))
    }

    fn distance(&self, mark: &Mark, span: &Range<usize>) -> usize {
        span.start.saturating_sub(mark.end).max(mark.start.saturating_sub(span.end))
    }

    fn contrast_between(&self, mark: &Mark, span: &Range<usize>) -> bool {
        let (from, to) =
            if mark.start < span.start { (mark.end, span.start) } else { (span.end, mark.start) };
        self.marks.iter().any(|m| m.kind == FrameKind::Contrast && m.start >= from && m.end <= to)
    }
}
