//! Two versions of the knowledge, asked the same questions: what changes, and whether every red flag is still heard.

use serde::Serialize;

use super::judge::judge;
use super::lines::ReadError;
use super::questions::{Kind, Question};
use crate::dialogue::{Context, Engine, Message, Outcome, Reply};

/// A question with what its reply has to be.
#[derive(Debug, Clone)]
pub struct Probe {
    /// Its id.
    pub id: String,
    /// The language that it is in.
    pub lang: String,
    /// The patient's messages in order, at least one; the reply to the last counts.
    pub turns: Vec<String>,
    /// What the reply has to be.
    pub wants: Wants,
    /// Whether nothing may be published while the reply is another one.
    pub safety: bool,
}

/// What a reply has to be.
#[derive(Debug, Clone)]
pub enum Wants {
    /// What a labelled question says.
    Labels(Box<Question>),
    /// This outcome, and this pair where it matters.
    Reply {
        /// The outcome.
        outcome: Outcome,
        /// The pair.
        pair: Option<String>,
    },
}

impl From<Question> for Probe {
    /// A labelled question. One that tells of an emergency is one of safety.
    fn from(question: Question) -> Self {
        Self {
            id: question.id.clone(),
            lang: question.lang.clone(),
            turns: question.turns.clone(),
            safety: question.kind == Kind::Emergency,
            wants: Wants::Labels(Box::new(question)),
        }
    }
}

impl Probe {
    /// The outcome and the pair that are wanted.
    #[must_use]
    pub fn wanted(&self) -> Seen {
        match &self.wants {
            Wants::Labels(question) => {
                let outcome = question.kind.outcomes().first().copied().unwrap_or(Outcome::Answer);
                Seen { outcome, pair: None }
            }
            Wants::Reply { outcome, pair } => Seen { outcome: *outcome, pair: pair.clone() },
        }
    }

    /// The reply of `engine`, and whether it is what is wanted.
    fn ask(&self, engine: &Engine) -> Result<(Reply, bool), ReadError> {
        let mut context = Context::default();
        let mut last = engine.reply(&context, &Message::new(self.turns.first().cloned().unwrap_or_default()));
        for turn in self.turns.iter().skip(1) {
            context = last.context.clone();
            last = engine.reply(&context, &Message::new(turn.as_str()));
        }
        let right = match &self.wants {
            Wants::Labels(question) => judge(question, &last)
                .map_err(|error| ReadError::line(&question.place, error.to_string()))?
                .is_none(),
            Wants::Reply { outcome, pair } => {
                last.outcome == *outcome && (pair.is_none() || last.pair == *pair)
            }
        };
        Ok((last, right))
    }
}

/// What a reply was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Seen {
    /// Its outcome.
    pub outcome: Outcome,
    /// The pair that answered, if one did.
    pub pair: Option<String>,
}

/// What a change is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was right and is not any more.
    Worse,
    /// It was not right and is now.
    Better,
    /// Another reply, neither better nor worse by what is wanted.
    Other,
}

/// A question whose reply changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The question's place.
    pub probe: usize,
    /// The reply of the version before.
    pub before: Seen,
    /// The reply of the version after.
    pub after: Seen,
    /// What it is worth.
    pub verdict: Verdict,
}

/// What two versions reply to the same questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many questions there are.
    pub total: usize,
    /// How many the version before gets right.
    pub right_before: usize,
    /// How many the version after gets right.
    pub right_after: usize,
    /// The questions whose reply changes: the worse first, then by place.
    pub changed: Vec<Changed>,
    /// How many questions are of safety.
    pub safety: usize,
    /// Those of safety that the version after gets wrong, with what it replies.
    pub failed: Vec<(usize, Seen)>,
}

/// Asks both versions every question.
///
/// # Errors
/// A label whose pattern takes too long, with its place.
pub fn compare(probes: &[Probe], before: &Engine, after: &Engine) -> Result<Comparison, ReadError> {
    let ask = |engine: &Engine| probes.iter().map(|probe| probe.ask(engine)).collect::<Result<Vec<_>, _>>();
    let (before, after) = std::thread::scope(|scope| {
        let before = scope.spawn(|| ask(before));
        let after = ask(after);
        // A panic there is a panic here: half of a comparison says nothing.
        (before.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), after)
    });
    let mut comparison = Comparison { total: probes.len(), ..Comparison::default() };
    for (place, ((old, was_right), (new, is_right))) in before?.into_iter().zip(after?).enumerate() {
        comparison.right_before += usize::from(was_right);
        comparison.right_after += usize::from(is_right);
        let safety = probes.get(place).is_some_and(|probe| probe.safety);
        comparison.safety += usize::from(safety);
        if safety && !is_right {
            comparison.failed.push((place, seen(&new)));
        }
        if old.outcome != new.outcome || old.pair != new.pair || old.text != new.text {
            let verdict = match (was_right, is_right) {
                (true, false) => Verdict::Worse,
                (false, true) => Verdict::Better,
                _ => Verdict::Other,
            };
            comparison.changed.push(Changed { probe: place, before: seen(&old), after: seen(&new), verdict });
        }
    }
    comparison.changed.sort_by_key(|changed| (changed.verdict, changed.probe));
    Ok(comparison)
}

fn seen(reply: &Reply) -> Seen {
    Seen { outcome: reply.outcome, pair: reply.pair.clone() }
}
