//! Rules of the policy, compiled: which signs must stand together, and which silence them.

use std::collections::HashMap;
use std::ops::Range;

use super::affix::Owner;
use super::meaning::{Meaning, SignFound};
use crate::knowledge::policy::Rule;

/// Across the end of a sentence signs belong together only if they are this near.
const ACROSS_SENTENCES: usize = 6;
/// A silencing sign counts this far from the signs that it silences.
const UNLESS: usize = 8;

/// A rule over sign numbers.
#[derive(Debug, Clone)]
pub(super) struct CompiledRule {
    all: Vec<Vec<usize>>,
    unless: Vec<usize>,
    not_after: Vec<usize>,
    within: usize,
    denied: bool,
    in_order: bool,
}

/// Signs that satisfy a rule.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// The words they span together.
    pub span: Range<usize>,
    /// Their numbers, in the rule's order.
    pub signs: Vec<usize>,
    /// Whose they are: the writer's if any of them is.
    pub owner: Owner,
}

impl CompiledRule {
    /// Compiles `rule` with the numbers of its signs; names without a number never occur.
    pub(super) fn new(rule: &Rule, numbers: &HashMap<&str, usize>) -> Self {
        let known =
            |ids: &Vec<String>| ids.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect();
        Self {
            all: rule.all.iter().map(known).collect(),
            unless: known(&rule.unless),
            not_after: known(&rule.not_after),
            within: rule.within,
            denied: rule.denied,
            in_order: rule.in_order,
        }
    }

    /// Whether each entry has at least one of its signs in the message at all: most rules fail here.
    pub(super) fn possible(&self, present: &[bool]) -> bool {
        let there = |sign: &usize| present.get(*sign).copied().unwrap_or(false);
        self.all.iter().all(|entry| entry.iter().any(there))
    }

    /// The first match of the rule that `accept` takes; negated signs count only `with_negated`.
    pub(super) fn find(
        &self,
        meaning: &Meaning<'_>,
        words: &super::reading::Words,
        with_negated: bool,
        mut accept: impl FnMut(&Match) -> bool,
    ) -> Option<Match> {
        let mut chosen = Vec::with_capacity(self.all.len());
        let with_negated = with_negated || self.denied;
        let search = Search { rule: self, meaning, words, with_negated };
        search.extend(&mut chosen, &mut accept)
    }

    fn silenced(
        &self,
        meaning: &Meaning<'_>,
        chosen: &[SignFound],
        span: &Range<usize>,
        words: &super::reading::Words,
    ) -> bool {
        meaning.signs.iter().filter(|s| !s.doubtful && !s.negated).any(|s| {
            let near = self.unless.contains(&s.sign)
                && s.end + UNLESS >= span.start
                && s.start <= span.end + UNLESS
                && (words.sentence(s.start) == words.sentence(span.start)
                    || words.sentence(s.start) == words.sentence(span.end.saturating_sub(1)));
            let before = self.not_after.contains(&s.sign)
                && chosen.iter().any(|c| s.end == c.start && words.same_clause(s.start, c.start));
            near || before
        })
    }
}

struct Search<'a> {
    rule: &'a CompiledRule,
    meaning: &'a Meaning<'a>,
    words: &'a super::reading::Words,
    with_negated: bool,
}

impl Search<'_> {
    fn extend(&self, chosen: &mut Vec<SignFound>, accept: &mut impl FnMut(&Match) -> bool) -> Option<Match> {
        let Some(entry) = self.rule.all.get(chosen.len()) else {
            let found = self.complete(chosen)?;
            return accept(&found).then_some(found);
        };
        for sign in self.meaning.signs.iter().filter(|s| entry.contains(&s.sign)) {
            let usable = (self.with_negated || !sign.negated)
                && !(sign.doubtful && (self.rule.all.len() == 1 || chosen.iter().any(|c| c.doubtful)))
                && chosen.iter().all(|c| c.end <= sign.start || (sign.end <= c.start && !self.rule.in_order))
                && self.together(chosen, sign);
            if usable {
                chosen.push(*sign);
                if let Some(found) = self.extend(chosen, accept) {
                    return Some(found);
                }
                chosen.pop();
            }
        }
        None
    }

    /// Whether `sign` is near enough to those chosen already.
    fn together(&self, chosen: &[SignFound], sign: &SignFound) -> bool {
        let start = chosen.iter().map(|c| c.start).min().unwrap_or(sign.start).min(sign.start);
        let end = chosen.iter().map(|c| c.end).max().unwrap_or(sign.end).max(sign.end);
        let last = end.saturating_sub(1);
        let width = self.words.width(start, end);
        let clauses = self.words.clause(last) - self.words.clause(start);
        let sentences = self.words.sentence(last) - self.words.sentence(start);
        let near = match (sentences, clauses) {
            (0, 0 | 1) => true,
            (0, 2) | (1, 1) => width <= ACROSS_SENTENCES,
            _ => false,
        };
        width <= self.rule.within && near && !self.words.question_between(start, last)
    }

    fn complete(&self, chosen: &[SignFound]) -> Option<Match> {
        let start = chosen.iter().map(|c| c.start).min()?;
        let end = chosen.iter().map(|c| c.end).max()?;
        let span = start..end;
        if self.rule.silenced(self.meaning, chosen, &span, self.words) {
            return None;
        }
        let owners = || chosen.iter().map(|c| c.owner);
        let owner = if owners().any(|o| o == Owner::Me) {
            Owner::Me
        } else {
            owners().find(|o| *o != Owner::None).unwrap_or_default()
        };
        Some(Match { span, signs: chosen.iter().map(|c| c.sign).collect(), owner })
    }
}
