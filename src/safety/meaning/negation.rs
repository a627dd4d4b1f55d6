//! Which signs somebody denies: «ما عندي ورم ولا حرارة», «تب و ورم ندارم».

use std::ops::Range;

use super::{Mark, Meaning, SignFound, SignTraits};
use crate::knowledge::policy::FrameKind;
use crate::safety::affix::Owner;

/// Persian words that may stand between a sign and the «ندارم» that negates it.
const BETWEEN: [&str; 17] = [
    "هم",
    "اصلا",
    "که",
    "دیگه",
    "خاصی",
    "ای",
    "زیاد",
    "شدید",
    "شدیدی",
    "زیادی",
    "جدی",
    "اونقدر",
    "الان",
    "فعلا",
    "هیچ",
    "خاص",
    "دیگر",
];
/// Words that join the members of a list.
const JOINTS: [&str; 7] = ["و", "او", "یا", "ولا", "وال", "نه", "لا"];
/// Persian nouns that form one sign with the word after them: what denies «درد سینه» denies both.
const HEADS: [&str; 14] = [
    "درد",
    "ورم",
    "تورم",
    "سوزش",
    "تنگی",
    "گرفتگی",
    "خونریزی",
    "قرمزی",
    "تاری",
    "افتادگی",
    "ضعف",
    "فشار",
    "سنگینی",
    "التهاب",
];
/// Words that tie what follows to the sign before.
const OF: [&str; 3] = ["فی", "من", "علی"];

impl Meaning<'_> {
    pub(super) fn negate(&mut self, traits: &[SignTraits]) {
        let cancels = |s: &SignFound| traits.get(s.sign).is_none_or(|t| !t.negative);
        let marks = std::mem::take(&mut self.marks);
        self.having = marks.iter().filter(|m| m.kind == FrameKind::Mine).copied().collect();
        for mark in &marks {
            match mark.kind {
                FrameKind::NegateBefore if self.denies(mark, &marks) => self.negate_forward(*mark, cancels),
                FrameKind::NegateAfter => self.negate_backward(*mark, cancels),
                _ => {}
            }
        }
        self.marks = marks;
    }

    /// Drops a failing that is the end of what is denied: «تنگی نفس نداره» is no «نفس نداره».
    pub(super) fn drop_denied_heads(&mut self, traits: &[SignTraits]) {
        let words = self.words;
        let head = |s: &SignFound| s.start > 0 && HEADS.contains(&words.slice(s.start - 1, s.start));
        let lacks = |s: &SignFound| {
            let last = words.slice(s.end - 1, s.end);
            last.starts_with("ندار") || last.starts_with("نداش")
        };
        let fails = |s: &SignFound| traits.get(s.sign).is_some_and(|t| t.negative) && lacks(s);
        self.signs.retain(|s| !(fails(s) && head(s) && words.same_clause(s.start - 1, s.start)));
    }

    /// «ولا» only goes on with a negation («ما في ورم ولا حرارة»); alone it asks ("or") or tells (Maghrebi
    /// "has become").
    fn denies(&self, mark: &Mark, marks: &[Mark]) -> bool {
        let sentence = self.words.sentence(mark.start);
        let other = |m: &Mark| {
            m.kind == FrameKind::NegateBefore
                && m.start != mark.start
                && self.words.sentence(m.start) == sentence
        };
        let said =
            |word: &usize| self.words.sentence(*word) == sentence && self.words.slice(*word, word + 1) == "لا";
        !matches!(self.words.slice(mark.start, mark.end), "ولا" | "وولا")
            || marks.iter().any(other)
            || (0..mark.start).any(|w| said(&w))
    }

    fn negate_forward(&mut self, mark: Mark, cancels: impl Fn(&SignFound) -> bool) {
        // «ما» or «مش» alone negate the very next word; «ما عندي», «بدون» allow one word between.
        let bare = self.words.slice(mark.start, mark.end).chars().nth(3).is_none();
        // «مفيش عندي», «ما صار معي»: who has it may stand between.
        let has = |word: usize| self.having.iter().find(|m| m.start == word).map_or(word, |m| m.end);
        let from = has(mark.end);
        let reach = from + usize::from(!bare);
        let next = |signs: &[SignFound], from: usize, to: usize| {
            signs.iter().filter(|s| (from..=to).contains(&s.start) && cancels(s)).map(|s| s.start).min()
        };
        // «لا صدري يوجعني»: a "no" before what somebody tells of himself answers.
        let no = self.words.slice(mark.start, mark.end) == "لا";
        let told = |at: &usize| self.signs.iter().any(|s| s.start == *at && s.owner != Owner::None);
        let mut at = next(&self.signs, from, reach)
            .filter(|at| self.words.same_clause(mark.start, *at) && !(no && told(at)));
        while let Some(start) = at {
            let mut end = self.cancel_at(start, &cancels);
            if end == start {
                break;
            }
            // «ألم في الصدر أو ضيق»: what belongs to the sign is denied with it.
            while OF.contains(&self.words.slice(end, end + 1)) {
                let next = self.cancel_at(end + 1, &cancels);
                if next == end + 1 {
                    break;
                }
                end = next;
            }
            let joined = self.words.slice(end, end + 1);
            // Across a comma a list goes on («ما عندي ورم، حرارة»), unless somebody begins to tell of himself.
            let told = |at: &usize| self.signs.iter().any(|s| s.start == *at && s.owner != Owner::None);
            at = if JOINTS.contains(&joined) {
                next(&self.signs, end + 1, end + 1)
            } else if joined.starts_with('و') {
                next(&self.signs, end, end)
            } else if !self.words.same_clause(end - 1, end)
                && self.words.sentence(end - 1) == self.words.sentence(end)
            {
                next(&self.signs, end, end).filter(|at| !told(at))
            } else {
                None
            };
        }
    }

    /// Cancels the signs that begin at `start`; gives where the longest of them ends, `start` if there is
    /// none.
    fn cancel_at(&mut self, start: usize, cancels: &impl Fn(&SignFound) -> bool) -> usize {
        let mut end = start;
        for sign in self.signs.iter().filter(|s| s.start == start && cancels(s)) {
            end = end.max(sign.end);
        }
        self.cancel_within(start..end, cancels);
        end
    }

    /// Cancels the signs inside `span`: with «لکنت زبان» its «لکنت» is denied too.
    fn cancel_within(&mut self, span: Range<usize>, cancels: &impl Fn(&SignFound) -> bool) {
        let inside = |s: &&mut SignFound| span.start <= s.start && s.end <= span.end && cancels(s);
        self.signs.iter_mut().filter(inside).for_each(|s| s.negated = true);
    }

    fn negate_backward(&mut self, mark: Mark, cancels: impl Fn(&SignFound) -> bool) {
        let mut before = mark.start;
        while before > 0 && mark.start - before < 2 && BETWEEN.contains(&self.words.slice(before - 1, before))
        {
            before -= 1;
        }
        let mut at = Some(before).filter(|b| *b > 0 && self.words.same_clause(b - 1, mark.start));
        while let Some(end) = at {
            let mut start = end;
            for sign in self.signs.iter().filter(|s| s.end == end && cancels(s)) {
                start = start.min(sign.start);
            }
            self.cancel_within(start..end, &cancels);
            if start == end || start == 0 {
                break;
            }
            at = if HEADS.contains(&self.words.slice(start - 1, start))
                && self.words.same_clause(start - 1, start)
            {
                Some(start)
            } else if JOINTS.contains(&self.words.slice(start - 1, start)) {
                Some(start - 1)
            } else if self.lists(start) {
                Some(start)
            } else {
                None
            };
        }
    }

    /// Whether a list may go on before `start` across a comma: not if a verb ends the clause there
    /// («نفسم بالا نمیاد، تب ندارم»).
    fn lists(&self, start: usize) -> bool {
        let last = self.words.slice(start - 1, start);
        let verb =
            last.starts_with("می") || last.starts_with("نمی") || last.ends_with("ده") || last.ends_with("شد");
        !verb && !self.words.same_clause(start - 1, start) && !self.words.question_between(start - 1, start)
    }
}
