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
    /// For its likeness in meaning; 0 where no semantic signal speaks.
    pub alike: f32,
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
    /// Whether the semantic signal spoke: then the answers are those of which it said something, and only the
    /// calibration with it rests on them.
    pub signal: bool,
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
    /// The same for a question of which the semantic signal said something.
    pub calibration_with_signal: Calibration,
    /// What they were fitted on; at least one set.
    pub fitted_on: Vec<FittedOn>,
}

impl DecisionFigures {
    /// The calibration for a question, by whether the semantic signal said something of it.
    #[must_use]
    pub fn calibration_for(&self, signal: bool) -> &Calibration {
        if signal { &self.calibration_with_signal } else { &self.calibration }
    }
}

/// What mujib 0.1 was fitted to, for pairs that come without a knowledge of their own.
impl Default for DecisionFigures {
    fn default() -> Self {
        Self {
            thresholds: Thresholds { answer: 0.6, clarify: 0.55, smalltalk: 0.85, gap: 0.35, known: 0.12 },
            calibration: Calibration {
                margin: 1.252,
                lead: 0.866,
                known: 0.976,
                alike: 0.0,
                outside: -1.77,
                offset: 0.224,
            },
            calibration_with_signal: WITH_SIGNAL,
            fitted_on: Vec::new(),
        }
    }
}

/// The calibration with multilingual-e5-small, for knowledge that has none of its own with a signal.
const WITH_SIGNAL: Calibration =
    Calibration { margin: 0.91, lead: 0.67, known: 0.858, alike: 0.683, outside: -1.77, offset: -0.297 };

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    thresholds: RawThresholds,
    calibration: RawCalibration,
    calibration_with_signal: Option<RawCalibration>,
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
    alike: Option<Spanned<f32>>,
    outside: Spanned<f32>,
    offset: Spanned<f32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFittedOn {
    set: Spanned<String>,
    #[serde(default)]
    signal: bool,
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
    if let Some(alike) = &raw.calibration.alike {
        let what = "the weight alike stands for the semantic signal, without which this calibration is";
        found.at(alike.span(), what.to_owned(), "Put it into [calibration_with_signal]");
    }
    if let Some(with_signal) = &raw.calibration_with_signal {
        check_calibration(with_signal, &mut found);
    }
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
    let alike = raw.alike.as_ref().map(|alike| ("alike", alike));
    for (name, value) in weights.iter().chain(&alike).filter(|(_, value)| !value.get_ref().is_finite()) {
        found.at(value.span(), format!("the weight {name} is {}", value.get_ref()), REFIT);
    }
    // Better evidence must never make an answer less likely.
    for (name, value) in weights.iter().take(3).chain(&alike).filter(|(_, value)| *value.get_ref() < 0.0) {
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
        let RawFittedOn { set: name, signal: _, questions, answers, right } = set;
        if !(right <= answers && answers <= questions && *questions > 0) {
            let what = format!(
                "the counts of {} cannot be: {right} right of {answers} answers to {questions} questions",
                name.get_ref()
            );
            found.at(name.span(), what, "Copy them from the output of `mujib evaluate --thresholds`");
        }
    }
}

fn into_calibration(raw: RawCalibration) -> Calibration {
    Calibration {
        margin: raw.margin.into_inner(),
        lead: raw.lead.into_inner(),
        known: raw.known.into_inner(),
        alike: raw.alike.map_or(0.0, Spanned::into_inner),
        outside: raw.outside.into_inner(),
        offset: raw.offset.into_inner(),
    }
}

fn into_figures(raw: DecisionFile) -> DecisionFigures {
    let DecisionFile { thresholds, calibration, calibration_with_signal, fitted_on } = raw;
    DecisionFigures {
        thresholds: Thresholds {
            answer: thresholds.answer.into_inner(),
            clarify: thresholds.clarify.into_inner(),
            smalltalk: thresholds.smalltalk.into_inner(),
            gap: thresholds.gap.into_inner(),
            known: thresholds.known.into_inner(),
        },
        calibration: into_calibration(calibration),
        calibration_with_signal: calibration_with_signal.map_or(WITH_SIGNAL, into_calibration),
        fitted_on: fitted_on
            .into_iter()
            .map(|raw| FittedOn {
                set: raw.set.into_inner(),
                signal: raw.signal,
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

    const SIGNAL: &str = "
[calibration_with_signal]
margin = 0.9
lead = 0.6
known = 1.0
alike = 1.5
outside = -1.7
offset = -0.6
";

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
        assert_eq!((figures.calibration.alike, figures.calibration_with_signal), (0.0, WITH_SIGNAL));
        assert!(!figures.fitted_on[0].signal);
    }

    #[test]
    fn a_signal_of_its_own() {
        let (figures, problems) = read(&format!("{SOUND}signal = true\n{SIGNAL}"));
        let figures = figures.unwrap();
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((figures.calibration_for(true).alike, figures.calibration_for(false).alike), (1.5, 0.0));
        assert!(figures.fitted_on[0].signal);
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
            ("known = 2.4\n", "known = 2.4\nalike = 1.0\n", "decision.toml:12: the weight alike stands for"),
            ("alike = 1.5", "alike = -1.5", "decision.toml:25: the weight alike is below 0"),
            ("alike = 1.5", "alike = nan", "decision.toml:25: the weight alike is NaN"),
            ("margin = 0.9", "margin = -0.9", "decision.toml:22: the weight margin is below 0"),
        ] {
            let sound = format!("{SOUND}{SIGNAL}");
            let text = sound.replacen(from, to, 1);
            assert_ne!(text, sound);
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
