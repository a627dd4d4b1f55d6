//! What a threshold costs: counts over what was observed.

use super::observe::Observed;
use crate::dialogue::Outcome;
use crate::evaluation::questions::Kind;
use crate::knowledge::Thresholds;

/// A wrong answer weighs as much as so many right ones that are held back: it misleads, while who gets none is
/// told so and sent to the clinic.
pub const WRONG_WEIGHS: usize = 2;

/// What answering from some confidence on costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnswerCost {
    /// Answers given that are wrong, among them every one to a question that the documents do not answer.
    pub wrong: usize,
    /// Right answers held back.
    pub lost: usize,
    /// Refusals wanted and given.
    pub refused: usize,
    /// Refusals wanted.
    pub refusals: usize,
}

impl AnswerCost {
    /// Wrong answers by their weight, and right ones lost.
    #[must_use]
    pub fn weighed(&self) -> usize {
        WRONG_WEIGHS * self.wrong + self.lost
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: AnswerCost) -> AnswerCost {
        AnswerCost {
            wrong: self.wrong + other.wrong,
            lost: self.lost + other.lost,
            refused: self.refused + other.refused,
            refusals: self.refusals + other.refusals,
        }
    }
}

/// What asking back from some confidence on costs, where answers begin at the threshold for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClarifyCost {
    /// Questions asked back whose best pair is right: the answer is one tap away instead of lost.
    pub helped: usize,
    /// Questions asked back whose best pair is wrong, but that the documents answer.
    pub unhelped: usize,
    /// Refusals wanted that become a question back.
    pub refusals_lost: usize,
}

/// What answering small talk from some confidence on costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SmalltalkCost {
    /// Small talk answered as such.
    pub right: usize,
    /// Small talk held back.
    pub lost: usize,
    /// Other questions taken for small talk.
    pub wrong: usize,
}

/// Whether the threshold for answers decides over it: red flags and personal requests are screened before.
#[must_use]
pub fn is_answer(one: &Observed) -> bool {
    one.bold == Outcome::Answer && !matches!(one.kind, Kind::Emergency | Kind::Personal)
}

/// What it costs to answer from confidence `answer` on and to ask back from `clarify` on. `confidence` gives
/// each question's.
#[must_use]
pub fn answer_cost<'a>(
    observed: impl IntoIterator<Item = (&'a Observed, f32)>,
    answer: f32,
    clarify: f32,
) -> AnswerCost {
    let mut cost = AnswerCost::default();
    for (one, confidence) in observed {
        let given = is_answer(one) && confidence >= answer;
        cost.wrong += usize::from(given && !one.bold_passes);
        cost.lost += usize::from(is_answer(one) && one.bold_passes && !given);
        if one.kind == Kind::Refuse {
            let asked_back = one.rivals && confidence >= clarify;
            let refused = if is_answer(one) { !given && !asked_back } else { one.passes };
            cost.refusals += 1;
            cost.refused += usize::from(refused);
        }
    }
    cost
}

/// What it costs to ask back from confidence `clarify` on where answers begin at `answer`.
#[must_use]
pub fn clarify_cost(observed: &[Observed], answer: f32, clarify: f32) -> ClarifyCost {
    let mut cost = ClarifyCost::default();
    let between =
        |one: &&Observed| is_answer(one) && one.rivals && (clarify..answer).contains(&one.confidence);
    for one in observed.iter().filter(between) {
        match (one.kind.in_scope(), one.bold_passes) {
            (true, true) => cost.helped += 1,
            (true, false) => cost.unhelped += 1,
            (false, _) => cost.refusals_lost += 1,
        }
    }
    cost
}

/// What it costs to answer small talk from confidence `smalltalk` on.
#[must_use]
pub fn smalltalk_cost(observed: &[Observed], smalltalk: f32) -> SmalltalkCost {
    let mut cost = SmalltalkCost::default();
    for one in observed.iter().filter(|one| one.bold == Outcome::Smalltalk) {
        match (one.kind == Kind::Smalltalk, one.confidence >= smalltalk) {
            (true, true) => cost.right += usize::from(one.bold_passes),
            (true, false) => cost.lost += usize::from(one.bold_passes),
            (false, taken) => cost.wrong += usize::from(taken),
        }
    }
    cost
}

/// The thresholds that a table shows and a proposal is chosen from: 0.30 to 0.95, by 0.05.
#[must_use]
pub fn steps() -> Vec<f32> {
    (6..=19).map(|twentieth| twentieth as f32 / 20.0).collect()
}

/// The thresholds that cost least on what was observed; of equals the one nearest to that in force, and all of
/// those where nothing was observed. Gap and known stay as they are.
#[must_use]
pub fn cheapest(observed: &[Observed], in_force: &Thresholds) -> Thresholds {
    if observed.is_empty() {
        return *in_force;
    }
    let seen = || observed.iter().map(|one| (one, one.confidence));
    let best = |cost: &dyn Fn(f32) -> usize, steps: &[f32], otherwise: f32| {
        let off = |step: f32| ((step - otherwise).abs() * 1000.0) as usize;
        steps.iter().copied().min_by_key(|step| (cost(*step), off(*step))).unwrap_or(otherwise)
    };
    // Without questions back first, so that one threshold is not chosen against another's cost.
    let answer = best(&|at| answer_cost(seen(), at, at).weighed(), &steps(), in_force.answer);
    let below: Vec<f32> = steps().into_iter().filter(|step| *step <= answer).collect();
    // A question back that does not help costs a little; one instead of a refusal costs that refusal.
    let asking = |at: f32| {
        let ClarifyCost { helped, unhelped, refusals_lost } = clarify_cost(observed, answer, at);
        (2 * unhelped + 4 * refusals_lost + 4 * observed.len()).saturating_sub(3 * helped)
    };
    let clarify = best(&asking, &below, in_force.clarify.min(answer));
    let talk = |at: f32| {
        let cost = smalltalk_cost(observed, at);
        WRONG_WEIGHS * cost.wrong + cost.lost
    };
    let smalltalk = best(&talk, &steps(), in_force.smalltalk);
    Thresholds { answer, clarify, smalltalk, ..*in_force }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::decide::Evidence;
    use crate::knowledge::DecisionFigures;

    fn observed(kind: Kind, bold: Outcome, bold_passes: bool, confidence: f32) -> Observed {
        Observed {
            kind,
            class: String::new(),
            evidence: Evidence::default(),
            confidence,
            bold,
            bold_passes,
            rivals: true,
            passes: bold_passes,
        }
    }

    fn sample() -> Vec<Observed> {
        use Outcome::{Answer, Emergency, NoAnswer, Smalltalk};
        vec![
            observed(Kind::Answer, Answer, true, 0.9),
            observed(Kind::Answer, Answer, true, 0.5),
            observed(Kind::Followup, Answer, false, 0.6),
            observed(Kind::Answer, NoAnswer, false, 0.9),
            observed(Kind::Refuse, Answer, false, 0.55),
            observed(Kind::Refuse, NoAnswer, true, 0.9),
            observed(Kind::Emergency, Emergency, true, 1.0),
            observed(Kind::Personal, Answer, true, 0.4),
            observed(Kind::Smalltalk, Smalltalk, true, 0.8),
            observed(Kind::Smalltalk, Smalltalk, true, 0.65),
            observed(Kind::Answer, Smalltalk, false, 0.4),
        ]
    }

    #[test]
    fn answers() {
        let sample = sample();
        for (answer, clarify, [wrong, lost, refused, refusals]) in [
            (0.3, 0.3, [2, 0, 1, 2]),
            (0.6, 0.6, [1, 1, 2, 2]),
            // The refusal of 0.55 becomes a question back.
            (0.6, 0.5, [1, 1, 1, 2]),
            (0.7, 0.7, [0, 1, 2, 2]),
            (0.95, 0.95, [0, 2, 2, 2]),
        ] {
            let cost = answer_cost(sample.iter().map(|one| (one, one.confidence)), answer, clarify);
            assert_eq!(cost, AnswerCost { wrong, lost, refused, refusals }, "{answer}");
        }
    }

    #[test]
    fn questions_back_and_small_talk() {
        let sample = sample();
        assert_eq!(
            clarify_cost(&sample, 0.7, 0.45),
            ClarifyCost { helped: 1, unhelped: 1, refusals_lost: 1 }
        );
        assert_eq!(clarify_cost(&sample, 0.7, 0.7), ClarifyCost::default());
        assert_eq!(smalltalk_cost(&sample, 0.7), SmalltalkCost { right: 1, lost: 1, wrong: 0 });
        assert_eq!(smalltalk_cost(&sample, 0.3), SmalltalkCost { right: 2, lost: 0, wrong: 1 });
    }

    #[test]
    fn the_cheapest() {
        let in_force = DecisionFigures::default().thresholds;
        let found = cheapest(&sample(), &in_force);
        // From 0.65 on no wrong answer is given, and one right one is lost anyway.
        assert_eq!((found.answer, found.smalltalk, found.gap), (0.65, 0.65, in_force.gap));
        assert!(found.clarify <= found.answer);
        assert_eq!(cheapest(&[], &in_force), in_force);
    }
}
