//! What every question would get if no threshold held a reply back: all that a choice of thresholds turns on.

use crate::dialogue::{Context, Engine, Explanation, Message, Outcome, decide};
use crate::evaluation::judge::judge;
use crate::evaluation::lines::ReadError;
use crate::evaluation::questions::{Kind, Question};
use crate::evaluation::run::Judged;
use crate::knowledge::{DecisionFigures, Thresholds};
use crate::search::Likeness;

/// A question as thresholds see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// What it wants.
    pub kind: Kind,
    /// The class that the ranking puts first; empty where there is none. Questions of one class are of one fold.
    pub class: String,
    /// What its confidence is made from.
    pub evidence: decide::Evidence,
    /// The confidence under the calibration in force.
    pub confidence: f32,
    /// What it gets where nothing is held back.
    pub bold: Outcome,
    /// Whether that passes.
    pub bold_passes: bool,
    /// Whether a question back could be asked: two pairs or more fit about as well.
    pub rivals: bool,
    /// Whether it passes by the figures in force.
    pub passes: bool,
}

/// The thresholds in force, but none that holds back for want of confidence.
fn bold(figures: &DecisionFigures) -> DecisionFigures {
    let thresholds = Thresholds { answer: 0.0, clarify: 0.0, smalltalk: 0.0, ..figures.thresholds };
    DecisionFigures { thresholds, ..figures.clone() }
}

/// Asks every question of `judged` again, the last message boldly. `likeness` is what the semantic signal says of
/// a message.
///
/// # Errors
/// A pattern that takes too long, with its place.
pub fn observe(
    engine: &Engine,
    judged: &[Judged],
    likeness: &impl Fn(&Message) -> Option<Likeness>,
) -> Result<Vec<Observed>, ReadError> {
    let figures = &engine.knowledge().decision;
    let bold_figures = bold(figures);
    judged
        .iter()
        .map(|one| {
            let (context, message) = before_last(engine, &one.question, likeness);
            let explanation =
                engine.explain_by(&bold_figures, &context, &message, likeness(&message).as_ref());
            let why = judge(&one.question, &explanation.reply)
                .map_err(|error| ReadError::line(&one.question.place, error.to_string()))?;
            Ok(observed(one, &explanation, why.is_none(), &context, figures))
        })
        .collect()
}

/// The conversation before a question's last message, and that message.
#[must_use]
pub fn before_last(
    engine: &Engine,
    question: &Question,
    likeness: &impl Fn(&Message) -> Option<Likeness>,
) -> (Context, Message) {
    let (last, earlier) = question.turns.split_last().map_or(("", &[][..]), |(l, e)| (l.as_str(), e));
    let context = earlier.iter().fold(Context::default(), |context, turn| {
        let message = Message::new(turn.as_str());
        engine.reply_with_likeness(&context, &message, likeness(&message).as_ref()).context
    });
    (context, Message::new(last))
}

fn observed(
    one: &Judged,
    explanation: &Explanation,
    bold_passes: bool,
    context: &Context,
    figures: &DecisionFigures,
) -> Observed {
    let mut observed = Observed {
        kind: one.question.kind,
        class: String::new(),
        evidence: decide::Evidence::default(),
        confidence: explanation.reply.confidence,
        bold: explanation.reply.outcome,
        bold_passes,
        rivals: false,
        passes: one.passed(),
    };
    if let Some(understanding) = &explanation.understanding {
        let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
        observed.class = understanding.ranking.best().map(|best| best.id.clone()).unwrap_or_default();
        observed.evidence = decide::evidence(&understanding.ranking, !query.outside.is_empty());
        observed.rivals = decide::rivals(&understanding.ranking, figures.thresholds.gap).len() > 1
            && context.outcome != Some(Outcome::Clarify);
    }
    observed
}
