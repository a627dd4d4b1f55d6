//! The screen: a policy compiled once, then asked about every message.

use std::collections::HashMap;

use super::affix::Owner;
use super::lookup::{Found, Lookup, Target, Tolerance};
use super::meaning::{Meaning, SignTraits};
use super::reading::{Hints, Words};
use super::rules::{CompiledRule, Match};
use super::spelled::Spelled;
use super::{RedFlag, Screening, age, fails};
use crate::knowledge::policy::{FrameKind, Level, PersonalKind, Policy, Sign};
use crate::language::{Lang, Token, tokenize};

/// The group of people whose stated age is under 18; its members are found by the number they give.
const MINORS: &str = "minors";
/// The sign that every number in digits is, besides its own forms.
const NUMBER: &str = "number";
/// The sign that every negated verb is which no other sign reads.
const FAILS: &str = "fails";

#[derive(Debug)]
struct Flag {
    id: String,
    level: Level,
    rules: Vec<CompiledRule>,
}

/// A policy ready to screen messages. Immutable; shared by all conversations.
#[derive(Debug)]
pub struct Screen {
    lookup: Lookup,
    spelled: Spelled,
    /// The sign that any number is, if the policy has it.
    number: Option<Target>,
    /// The sign that any negated verb is, if the policy has it.
    fails: Option<Target>,
    hints: Hints,
    signs: Vec<String>,
    traits: Vec<SignTraits>,
    frames: Vec<FrameKind>,
    frame_names: Vec<String>,
    flags: Vec<Flag>,
    personal: Vec<(PersonalKind, Vec<CompiledRule>)>,
    groups: Vec<(String, Vec<CompiledRule>)>,
}

impl Screen {
    /// Compiles `policy`.
    #[must_use]
    pub fn new(policy: &Policy) -> Screen {
        Self::compile(policy, &[])
    }

    fn compile(policy: &Policy, words: &[&str]) -> Screen {
        let mut lookup = Lookup::new(&policy.never_typos);
        let mut target: Target = 0;
        for sign in &policy.signs {
            let tolerance = if sign.negative { Tolerance::Sharp } else { Tolerance::Loose };
            lookup.add(target, &sign.forms, tolerance);
            target = target.saturating_add(1);
        }
        for frame in &policy.frames {
            // Idioms and questions may be mistyped; but a mistyped «now» or negation must not decide anything.
            let tolerance = match frame.kind {
                FrameKind::Mask => Tolerance::Medium,
                FrameKind::Ask | FrameKind::AskNext | FrameKind::AskAfter | FrameKind::Report => {
                    Tolerance::Firm
                }
                _ => Tolerance::Strict,
            };
            lookup.add(target, &frame.forms, tolerance);
            target = target.saturating_add(1);
        }
        lookup.trim();
        let numbers: HashMap<&str, usize> =
            policy.signs.iter().enumerate().map(|(at, s)| (s.id.as_str(), at)).collect();
        let compiled = |rules: &[crate::knowledge::policy::Rule]| -> Vec<CompiledRule> {
            rules.iter().map(|r| CompiledRule::new(r, &numbers)).collect()
        };
        let mut flags: Vec<Flag> = policy
            .red_flags
            .iter()
            .map(|f| Flag { id: f.id.clone(), level: f.level, rules: compiled(&f.rules) })
            .collect();
        // The gravest first; among equals the policy's order.
        flags.sort_by_key(|f| f.level);
        let kinds = PersonalKind::ALL.iter();
        let personal = kinds.filter_map(|k| policy.personal.iter().find(|p| p.kind == *k));
        let traits = sign_traits(policy);
        let target =
            |id: &str| policy.signs.iter().position(|s| s.id == id).and_then(|at| Target::try_from(at).ok());
        Screen {
            number: target(NUMBER),
            fails: target(FAILS),
            hints: Hints::new(),
            signs: policy.signs.iter().map(|s| s.id.clone()).collect(),
            traits,
            frame_names: policy.frames.iter().map(|f| f.id.clone()).collect(),
            frames: policy.frames.iter().map(|f| f.kind).collect(),
            personal: personal.map(|p| (p.kind, compiled(&p.rules))).collect(),
            groups: policy.groups.iter().map(|g| (g.id.clone(), compiled(&g.rules))).collect(),
            flags,
            spelled: Spelled::new(policy, words),
            lookup,
        }
    }

    /// Compiles `policy`; folded `words` that the knowledge itself uses are never taken for typing errors
    /// («انتظاری» is no mistyped «انتحاری»).
    #[must_use]
    pub fn knowing<'a>(policy: &Policy, words: impl IntoIterator<Item = &'a str>) -> Screen {
        let words: Vec<&str> = words.into_iter().collect();
        let mut screen = Self::compile(policy, &words);
        words.iter().for_each(|word| screen.lookup.keep(word));
        screen
    }

    /// The screening of a folded message in Latin letters, each of its words read as the word of the policy in `lang`
    /// that it spells; `None` if it spells none.
    #[must_use]
    pub fn check_spelled(&self, folded: &str, lang: Lang) -> Option<Screening> {
        self.spelled.read(folded, lang).map(|reading| self.check(&reading))
    }

    /// Screens one message that `language::fold` has folded. Takes any text and never fails; an empty one
    /// finds nothing.
    #[must_use]
    pub fn check(&self, folded: &str) -> Screening {
        self.check_tokens(folded, &tokenize(folded))
    }

    /// The same for who has the tokens of the folded message already.
    #[must_use]
    pub fn check_tokens(&self, folded: &str, tokens: &[Token]) -> Screening {
        let (split, negated) = (|word: &str| self.lookup.split(word), |word: &str| self.lookup.negated(word));
        let words = Words::read(folded, tokens, &self.hints, split, negated);
        let mut found = self.lookup.find(&words);
        if let Some(number) = self.number {
            let figures =
                (0..words.len()).filter(|at| words.slice(*at, at + 1).bytes().all(|b| b.is_ascii_digit()));
            found.extend(figures.map(|at| Found::new(number, at..at + 1, Owner::None)));
        }
        if let Some(fails) = self.fails.filter(|_| !found.is_empty()) {
            fails::find(&words, fails, &mut found);
        }
        let mut screening = Screening::default();
        if found.is_empty() && !age::tells_minor(&words) {
            return screening;
        }
        let meaning = Meaning::new(&words, &found, &self.traits, &self.frames);
        let mut present = vec![false; self.signs.len()];
        for sign in &meaning.signs {
            if let Some(there) = present.get_mut(sign.sign) {
                *there = true;
            }
        }
        let view = View { screen: self, words: &words, meaning: &meaning, present: &present };
        view.red_flags(&mut screening);
        view.personal(&mut screening);
        view.groups(&mut screening);
        screening
    }
}

/// What the meaning of a message needs to know of each sign.
fn sign_traits(policy: &Policy) -> Vec<SignTraits> {
    let alarming: std::collections::HashSet<&str> = policy
        .red_flags
        .iter()
        .flat_map(|f| &f.rules)
        .flat_map(|r| r.all.iter().flatten().chain(&r.unless).chain(&r.not_after))
        .map(String::as_str)
        .collect();
    let number = |id: &String| policy.signs.iter().position(|s| s.id == *id);
    let part =
        |id: &String| policy.signs.iter().filter_map(|s| s.made_of.as_ref()).any(|parts| parts.contains(id));
    let traits = |s: &Sign| SignTraits {
        negative: s.negative,
        alarming: alarming.contains(s.id.as_str()),
        bodily: alarming.contains(s.id.as_str()) && s.made_of.is_none() && !part(&s.id),
        made_of: s.made_of.as_ref().and_then(|[a, b]| Some([number(a)?, number(b)?])),
    };
    policy.signs.iter().map(traits).collect()
}

/// One message under the screen.
struct View<'a> {
    screen: &'a Screen,
    words: &'a Words,
    meaning: &'a Meaning<'a>,
    present: &'a [bool],
}

impl View<'_> {
    fn red_flags(&self, out: &mut Screening) {
        for flag in &self.screen.flags {
            if out.red_flag.is_some() && flag.level != Level::Caution {
                continue;
            }
            let mut quiet = None;
            let found = self.first(&flag.rules, false, |found| {
                let reason = self.meaning.quiet(&found.span, found.owner, flag.level);
                if let Some(frame) = reason {
                    quiet = Some((frame, found.signs.clone()));
                }
                reason.is_none()
            });
            match (found, quiet) {
                (Some(found), _) => {
                    let evidence = self.names(&found.signs);
                    out.explain.push(format!("{} ({:?}): {}", flag.id, flag.level, evidence.join(" + ")));
                    if flag.level == Level::Caution {
                        out.caution.push(flag.id.clone());
                    } else {
                        out.red_flag = Some(RedFlag { id: flag.id.clone(), level: flag.level, evidence });
                    }
                }
                (None, Some((frame, signs))) => {
                    let signs = self.names(&signs).join(" + ");
                    let frame = self.screen.frame_names.get(frame).map_or("", String::as_str);
                    out.explain.push(format!("{}: {signs}, but quiet: {frame}", flag.id));
                }
                (None, None) => {}
            }
        }
    }

    fn personal(&self, out: &mut Screening) {
        for (kind, rules) in &self.screen.personal {
            if let Some(found) = self.first(rules, true, |_| true) {
                out.explain.push(format!("personal {kind:?}: {}", self.names(&found.signs).join(" + ")));
                out.personal = Some(*kind);
                return;
            }
        }
    }

    fn groups(&self, out: &mut Screening) {
        for (group, rules) in &self.screen.groups {
            let minor = group == MINORS && age::tells_minor(self.words);
            let found = self.first(rules, false, |_| true);
            if minor || found.is_some() {
                let signs = found.map_or_else(|| "age".to_owned(), |f| self.names(&f.signs).join(" + "));
                out.explain.push(format!("group {group}: {signs}"));
                out.groups.push(group.clone());
            }
        }
    }

    fn first(
        &self,
        rules: &[CompiledRule],
        with_negated: bool,
        mut accept: impl FnMut(&Match) -> bool,
    ) -> Option<Match> {
        rules
            .iter()
            .filter(|r| r.possible(self.present))
            .find_map(|r| r.find(self.meaning, self.words, with_negated, &mut accept))
    }

    fn names(&self, signs: &[usize]) -> Vec<String> {
        signs.iter().filter_map(|s| self.screen.signs.get(*s).cloned()).collect()
    }
}
