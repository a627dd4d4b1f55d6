//! A study as text: what each choice costs, and the file that is proposed.

use std::fmt::Write;

use super::costs::{AnswerCost, clarify_cost, is_answer, smalltalk_cost, steps};
use super::{Study, is_fitted_to};
use crate::knowledge::DecisionFigures;

impl Study {
    /// The tables of all thresholds, what the fit is worth on questions that it did not see, and the content of
    /// the `decision.toml` that is proposed.
    #[must_use]
    pub fn text(&self) -> String {
        let answers: Vec<_> = self.observed.iter().filter(|one| is_answer(one)).collect();
        let right = answers.iter().filter(|one| one.bold_passes).count();
        let (questions, answers) = (self.observed.len(), answers.len());
        // Writing to a String cannot fail.
        let mut out =
            format!("{questions} questions, {answers} answers that no threshold held back, {right} right\n");
        if self.signal {
            let said = self.observed.iter().filter(|one| is_fitted_to(one, true)).count();
            let _ = writeln!(
                out,
                "the semantic signal says something of {said} of them; only its calibration is fitted"
            );
        }
        self.answer_table(&mut out);
        self.clarify_table(&mut out);
        self.smalltalk_table(&mut out);
        let error = |error: Option<f64>| error.map_or_else(|| "-".to_owned(), |error| format!("{error:.3}"));
        let _ = writeln!(out, "expected calibration error, in force: {}", error(self.calibration().error()));
        let (Some(proposed), Some(checked)) = (&self.proposed, &self.checked) else {
            let _ = writeln!(out, "nothing is proposed: a fit needs more answers");
            return out;
        };
        let AnswerCost { wrong, lost, refused, refusals } = checked.cost;
        let _ = writeln!(
            out,
            "fitted again and checked on {} folds that share no pair: {wrong} wrong answers given, {lost} right ones \
             lost, {refused} of {refusals} refusals right; expected calibration error {}, {} of those given",
            super::FOLDS,
            error(checked.calibration.error()),
            error(checked.given.error()),
        );
        let _ = write!(out, "\nproposed for decision.toml:\n\n{}", toml(proposed));
        out
    }

    /// Steps of a table: those that are always shown and the one in force, each with its mark.
    #[must_use]
    pub fn rows(in_force: f32) -> Vec<(f32, &'static str)> {
        let mut rows: Vec<(f32, &str)> = steps().into_iter().map(|step| (step, "")).collect();
        match rows.iter_mut().find(|(step, _)| (*step - in_force).abs() < 0.001) {
            Some(row) => row.1 = "in force",
            None => rows.push((in_force, "in force")),
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows
    }

    fn answer_table(&self, out: &mut String) {
        let _ = writeln!(out, "answer     wrong answers given  right answers lost  refusals right");
        for (step, mark) in Study::rows(self.in_force.thresholds.answer) {
            let AnswerCost { wrong, lost, refused, refusals } = self.answer_cost(step);
            let _ = writeln!(out, "  {step:.2}  {wrong:22}  {lost:18}  {refused:8}/{refusals:<5}  {mark}");
        }
    }

    fn clarify_table(&self, out: &mut String) {
        let answer = self.in_force.thresholds.answer;
        let _ =
            writeln!(out, "clarify    asked back, right pair offered first  another first  refusals lost");
        for (step, mark) in Study::rows(self.in_force.thresholds.clarify) {
            if step > answer {
                break;
            }
            let cost = clarify_cost(&self.observed, answer, step);
            let _ = writeln!(
                out,
                "  {step:.2}  {:40}  {:13}  {:13}  {mark}",
                cost.helped, cost.unhelped, cost.refusals_lost
            );
        }
    }

    fn smalltalk_table(&self, out: &mut String) {
        let _ = writeln!(out, "smalltalk  right  lost  questions taken for it");
        for (step, mark) in Study::rows(self.in_force.thresholds.smalltalk) {
            let cost = smalltalk_cost(&self.observed, step);
            let _ =
                writeln!(out, "  {step:.2}  {:8}  {:4}  {:22}  {mark}", cost.right, cost.lost, cost.wrong);
        }
    }
}

/// The figures as `decision.toml` has them.
#[must_use]
pub fn toml(figures: &DecisionFigures) -> String {
    let DecisionFigures { thresholds: t, calibration: c, calibration_with_signal: s, fitted_on } = figures;
    let mut out = format!(
        "[thresholds]\nanswer = {}\nclarify = {}\nsmalltalk = {}\ngap = {}\nknown = {}\n\n\
         [calibration]\nmargin = {}\nlead = {}\nknown = {}\noutside = {}\noffset = {}\n\n\
         [calibration_with_signal]\nmargin = {}\nlead = {}\nknown = {}\nalike = {}\noutside = {}\noffset = {}\n",
        t.answer,
        t.clarify,
        t.smalltalk,
        t.gap,
        t.known,
        c.margin,
        c.lead,
        c.known,
        c.outside,
        c.offset,
        s.margin,
        s.lead,
        s.known,
        s.alike,
        s.outside,
        s.offset
    );
    for set in fitted_on {
        let signal = if set.signal { "signal = true\n" } else { "" };
        let _ = write!(
            out,
            "\n[[fitted_on]]\nset = {:?}\n{signal}questions = {}\nanswers = {}\nright = {}\n",
            set.set, set.questions, set.answers, set.right
        );
    }
    out
}
