//! What decides between answering, asking back and declining: `decision.toml`, with the counts it rests on.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::files::File;
use super::load::from_toml;
use super::problem::{FileProblems, Problem};

/// The figures that the rules of a decision compare with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Thresholds {
    /// Confidence from which a pair answers.
    pub answer: f32,
    /// Confidence from which two pairs about equal are asked back.
    pub clarify: f32,
    /// Confidence from which small talk is answered as such. Higher: a question taken for small talk is lost.
    pub smalltalk: f32,
    /// Score by which the best has to be before the next.
    pub gap: f32,
    /// Share of the question's information that a pair has to know.
    pub known: f32,
}

/// What the confidence is made of: a logistic regression over what the ranking shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Calibration {
    /// For the linear model's margin of the best candidate.
    pub margin: f32,
    /// For its lead in score over the next.
    pub lead: f32,
    /// For the share of the question that it knows.
    pub known: f32,
    /// Where the question names something that the knowledge is known not to hold.
    pub outside: f32,
    /// Always.
    pub offset: f32,
}

/// A set of labelled questions that the figures were fitted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FittedOn {
    /// Where the set is.
    pub set: String,
    /// How many questions it had.
    pub questions: usize,
    /// How many of them a pair answers where no threshold holds it back.
    pub answers: usize,
    /// How many of those answers are right.
    pub right: usize,
}

/// `decision.toml`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionFigures {
    /// What the rules compare with.
    pub thresholds: Thresholds,
    /// What the confidence is made of.
    pub calibration: Calibration,
    /// What both were fitted on; at least one set.
    pub fitted_on: Vec<FittedOn>,
}

/// What mujib 0.1 was fitted to, for pairs that come without a knowledge of their own.
impl Default for DecisionFigures {
    fn default() -> Self {
        Self {
            thresholds: Thresholds { answer: 0.55, clarify: 0.45, smalltalk: 0.7, gap: 0.35, known: 0.12 },
            calibration: Calibration {
                margin: 0.809,
                lead: 0.603,
                known: 2.449,
                outside: -1.77,
                offset: -0.445,
            },
            fitted_on: Vec::new(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    thresholds: RawThresholds,
    calibration: RawCalibration,
    #[serde(default)]
    fitted_on: Vec<RawFittedOn>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawThresholds {
    answer: Spanned<f32>,
    clarify: Spanned<f32>,
    smalltalk: Spanned<f32>,
    gap: Spanned<f32>,
    known: Spanned<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalibration {
    margin: Spanned<f32>,
    lead: Spanned<f32>,
    known: Spanned<f32>,
    outside: Spanned<f32>,
    offset: Spanned<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFittedOn {
    set: Spanned<String>,
    questions: usize,
    answers: usize,
    right: usize,
}

/// The figures of `decision.toml`; `None` if the file cannot be used, with its problems added.
pub(super) fn parse(file: &File, problems: &mut Vec<Problem>) -> Option<DecisionFigures> {
    let raw: DecisionFile = from_toml(file, problems)?;
    let mut found = FileProblems::new(&file.name, &file.text);
    check_thresholds(&raw.thresholds, &mut found);
    check_calibration(&raw.calibration, &mut found);
    check_counts(&raw.fitted_on, &mut found);
    let found = found.into_found();
    let sound = found.is_empty();
    problems.extend(found);
    sound.then(|| into_figures(raw))
}

const REFIT: &str = "Take the figures that `mujib evaluate --thresholds` proposes";

fn check_thresholds(raw: &RawThresholds, found: &mut FileProblems<'_>) {
    let shares = [
        ("answer", &raw.answer),
        ("clarify", &raw.clarify),
        ("smalltalk", &raw.smalltalk),
        ("known", &raw.known),
    ];
    for (name, value) in shares {
        if !(0.0..=1.0).contains(value.get_ref()) {
            let what = format!("the threshold {name} is {}, which is no share", value.get_ref());
            found.at(value.span(), what, "Give a number from 0 to 1");
        }
    }
    if !(0.0..=100.0).contains(raw.gap.get_ref()) {
        let what = format!("the gap is {}, which no two scores are apart", raw.gap.get_ref());
        found.at(raw.gap.span(), what, "Give a difference of scores, such as 0.35");
    }
    if raw.clarify.get_ref() > raw.answer.get_ref() {
        let (clarify, answer) = (raw.clarify.get_ref(), raw.answer.get_ref());
        let what = format!("clarify ({clarify}) is above answer ({answer}), so nothing would be asked back");
        found.at(raw.clarify.span(), what, "Give clarify the smaller figure, or both the same");
    }
}

fn check_calibration(raw: &RawCalibration, found: &mut FileProblems<'_>) {
    let weights = [
        ("margin", &raw.margin),
        ("lead", &raw.lead),
        ("known", &raw.known),
        ("outside", &raw.outside),
        ("offset", &raw.offset),
    ];
    for (name, value) in weights.iter().filter(|(_, value)| !value.get_ref().is_finite()) {
        found.at(value.span(), format!("the weight {name} is {}", value.get_ref()), REFIT);
    }
    // Better evidence must never make an answer less likely.
    for (name, value) in weights.iter().take(3).filter(|(_, value)| *value.get_ref() < 0.0) {
        let what = format!("the weight {name} is below 0, so better candidates would be trusted less");
        found.at(value.span(), what, REFIT);
    }
}

fn check_counts(raw: &[RawFittedOn], found: &mut FileProblems<'_>) {
    if raw.is_empty() {
        let whole: Range<usize> = 0..0;
        found.at(whole, "no [[fitted_on]] says what the figures rest on", "Name the sets with their counts");
    }
    for set in raw {
        let RawFittedOn { set: name, questions, answers, right } = set;
        if !(right <= answers && answers <= questions && *questions > 0) {
            let what = format!(
                "the counts of {} cannot be: {right} right of {answers} answers to {questions} questions",
                name.get_ref()
            );
            found.at(name.span(), what, "Copy them from the output of `mujib evaluate --thresholds`");
        }
    }
}

fn into_figures(raw: DecisionFile) -> DecisionFigures {
    let DecisionFile { thresholds, calibration, fitted_on } = raw;
    DecisionFigures {
        thresholds: Thresholds {
            answer: thresholds.answer.into_inner(),
            clarify: thresholds.clarify.into_inner(),
            smalltalk: thresholds.smalltalk.into_inner(),
            gap: thresholds.gap.into_inner(),
            known: thresholds.known.into_inner(),
        },
        calibration: Calibration {
            margin: calibration.margin.into_inner(),
            lead: calibration.lead.into_inner(),
            known: calibration.known.into_inner(),
            outside: calibration.outside.into_inner(),
            offset: calibration.offset.into_inner(),
        },
        fitted_on: fitted_on
            .into_iter()
            .map(|raw| FittedOn {
                set: raw.set.into_inner(),
                questions: raw.questions,
                answers: raw.answers,
                right: raw.right,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"[thresholds]
answer = 0.55
clarify = 0.45
smalltalk = 0.7
gap = 0.35
known = 0.12

[calibration]
margin = 0.8
lead = 0.6
known = 2.4
outside = -1.7
offset = -0.4

[[fitted_on]]
set = "questions"
questions = 10
answers = 8
right = 7
"#;

    fn read(text: &str) -> (Option<DecisionFigures>, Vec<String>) {
        let mut problems = Vec::new();
        let file = File { name: "decision.toml".into(), text: text.into() };
        let figures = parse(&file, &mut problems);
        (figures, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_sound_file() {
        let (figures, problems) = read(SOUND);
        let figures = figures.unwrap();
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((figures.thresholds.clarify, figures.calibration.outside), (0.45, -1.7));
        assert_eq!((figures.fitted_on[0].answers, figures.fitted_on[0].right), (8, 7));
    }

    #[test]
    fn problems_have_a_line_and_say_what_to_do() {
        for (from, to, says) in [
            (
                "answer = 0.55",
                "answer = 55",
                "decision.toml:2: the threshold answer is 55, which is no share",
            ),
            ("known = 0.12", "known = nan", "decision.toml:6: the threshold known is NaN"),
            ("clarify = 0.45", "clarify = 0.6", "decision.toml:3: clarify (0.6) is above answer (0.55)"),
            ("gap = 0.35", "gap = -1.0", "decision.toml:5: the gap is -1"),
            ("gap = 0.35\n", "", "missing field `gap`"),
            ("margin = 0.8", "margin = inf", "decision.toml:9: the weight margin is inf"),
            ("lead = 0.6", "lead = -0.6", "decision.toml:10: the weight lead is below 0"),
            ("right = 7", "right = 9", "decision.toml:16: the counts of questions cannot be: 9 right of 8"),
            ("right = 7", "right = -7", "decision.toml:19: invalid value: integer `-7`"),
            ("right = 7", "rights = 7", "unknown field `rights`"),
        ] {
            let text = SOUND.replace(from, to);
            assert_ne!(text, SOUND);
            let (figures, problems) = read(&text);
            assert!(
                figures.is_none() && problems.len() == 1 && problems[0].starts_with("decision.toml:"),
                "{problems:?}"
            );
            assert!(problems[0].contains(says), "{problems:?}");
        }
        let (_, problems) = read(SOUND.split("[[fitted_on]]").next().unwrap());
        assert!(problems[0].contains("no [[fitted_on]] says what the figures rest on"), "{problems:?}");
    }
}
