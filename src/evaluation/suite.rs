//! Whether questions that are answered rightly still are when they are spelled otherwise.

use std::fmt::Write;
use std::str::FromStr;

use serde::Serialize;
use serde::ser::Serializer;

use super::lines::ReadError;
use super::questions::Kind;
use super::report::{Tally, failure_line};
use super::run::{Judged, run};
use super::spelling::Spelling;
use crate::dialogue::{Context, Message, Outcome, Reply};

/// A question spelled otherwise, judged.
#[derive(Debug, Clone)]
pub struct Respelled {
    /// How it was spelled.
    pub spelling: Spelling,
    /// Whether the question passed as it was written.
    pub passed_plain: bool,
    /// The respelled question and its reply.
    pub judged: Judged,
}

/// As the judged question, whose item names the spelling.
impl Serialize for Respelled {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.judged.serialize(serializer)
    }
}

/// Asks every question of `plain` again under every spelling that changes it, spelling after spelling. `reply` is
/// the engine.
///
/// # Errors
/// A pattern that takes too long, with its place.
pub fn respell(
    plain: &[Judged],
    reply: impl Fn(&Context, &Message) -> Reply,
) -> Result<Vec<Respelled>, ReadError> {
    let mut all = Vec::new();
    for spelling in Spelling::ALL {
        let (questions, passed): (Vec<_>, Vec<bool>) =
            plain.iter().filter_map(|one| Some((spelling.respell(&one.question)?, one.passed()))).unzip();
        let judged = run(questions, &reply)?.into_iter().zip(passed);
        all.extend(judged.map(|(judged, passed_plain)| Respelled { spelling, passed_plain, judged }));
    }
    Ok(all)
}

/// The figures of one spelling, or of all together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Row {
    /// How the questions that it changes do as written.
    pub plain: Tally,
    /// How they do when spelled so.
    pub respelled: Tally,
}

impl Row {
    /// Points of a hundred that the spelling loses; below 0 where it wins some. 0 where it changes no question.
    #[must_use]
    pub fn lost(&self) -> f64 {
        self.plain.percent() - self.respelled.percent()
    }
}

/// What a limit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// Every spelling that has no limit of its own.
    Each,
    /// One spelling.
    One(Spelling),
    /// All spellings together.
    All,
}

/// Points that may be lost before the evaluation fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// What may lose them.
    pub by: Limited,
    /// The most points of a hundred.
    pub points: f64,
}

impl FromStr for Loss {
    type Err = String;

    fn from_str(text: &str) -> Result<Loss, String> {
        let (by, points) = match text.split_once('=') {
            None => (Limited::Each, text),
            Some(("all", points)) => (Limited::All, points),
            Some((name, points)) => {
                let spelling = Spelling::from_name(name).ok_or_else(|| {
                    let names = Spelling::ALL.map(Spelling::name).join(", ");
                    format!("{name} is no spelling: {names} or all")
                })?;
                (Limited::One(spelling), points)
            }
        };
        let points: f64 = points.parse().map_err(|_| "write it as points, such as 3, or spelling=points")?;
        if !(0.0..=100.0).contains(&points) {
            return Err("the points lie between 0 and 100".to_owned());
        }
        Ok(Loss { by, points })
    }
}

/// The figures over all respelled questions.
#[derive(Debug)]
pub struct Suite<'a> {
    questions: usize,
    respelled: &'a [Respelled],
}

impl<'a> Suite<'a> {
    /// The figures of `respelled`, which are `questions` questions spelled otherwise.
    #[must_use]
    pub fn new(questions: usize, respelled: &'a [Respelled]) -> Suite<'a> {
        Suite { questions, respelled }
    }

    /// The figures of one spelling, or of all twelve together.
    #[must_use]
    pub fn row(&self, spelling: Option<Spelling>) -> Row {
        let mut row = Row::default();
        for one in self.respelled.iter().filter(|one| spelling.is_none_or(|s| s == one.spelling)) {
            row.plain.count(one.passed_plain);
            row.respelled.count(one.judged.passed());
        }
        row
    }

    /// The emergencies that are none any more. The worst that can happen: there must be none of them.
    #[must_use]
    pub fn missed(&self) -> Vec<&'a Respelled> {
        let missed = |one: &&Respelled| {
            one.judged.question.kind == Kind::Emergency && one.judged.reply.outcome != Outcome::Emergency
        };
        self.respelled.iter().filter(missed).collect()
    }

    /// What passed as written and does not any more.
    pub fn turned(&self) -> impl Iterator<Item = &'a Respelled> {
        self.respelled.iter().filter(|one| one.passed_plain && !one.judged.passed())
    }

    /// One line for each spelling that loses more than its limit, and one for all together; of two limits for the
    /// same the later counts.
    #[must_use]
    pub fn beyond(&self, losses: &[Loss]) -> Vec<String> {
        let of = |by: Limited| losses.iter().rev().find(|loss| loss.by == by).map(|loss| loss.points);
        let limit = |spelling: Option<Spelling>| match spelling {
            Some(spelling) => of(Limited::One(spelling)).or(of(Limited::Each)),
            None => of(Limited::All),
        };
        let rows = Spelling::ALL.into_iter().map(Some).chain([None]);
        rows.filter_map(|spelling| {
            let (limit, lost) = (limit(spelling)?, self.row(spelling).lost());
            // What is printed decides: 3.04 is shown as 3.0.
            ((lost * 10.0).round() > (limit * 10.0).round())
                .then(|| format!("lost too much: {} {lost:.1} points (at most {limit})", name(spelling)))
        })
        .collect()
    }

    /// The figures as text, with the first `show` questions that only fail when spelled otherwise.
    #[must_use]
    pub fn text(&self, show: usize) -> String {
        // Writing to a String cannot fail.
        let mut out = String::from("spelling   applies to      right   as written   points\n");
        for spelling in Spelling::ALL.into_iter().map(Some).chain([None]) {
            let Row { plain, respelled } = self.row(spelling);
            let all = if spelling.is_some() { self.questions } else { self.questions * Spelling::ALL.len() };
            let (name, total) = (name(spelling), respelled.total);
            let _ = match total {
                0 => writeln!(out, "{name:10} {total:4}/{all:<5}          -            -        -"),
                _ => writeln!(
                    out,
                    "{name:10} {total:4}/{all:<5}     {:5.1}%       {:5.1}%    {:+5.1}",
                    respelled.percent(),
                    plain.percent(),
                    respelled.percent() - plain.percent()
                ),
            };
        }
        let missed = self.missed();
        let _ = writeln!(out, "emergencies missed: {}", missed.len());
        for one in missed {
            let _ = writeln!(out, "  {} {}", one.spelling, failure_line(&one.judged));
        }
        for one in self.turned().take(show) {
            let _ = writeln!(out, "{} {}", one.spelling, failure_line(&one.judged));
        }
        out
    }
}

fn name(spelling: Option<Spelling>) -> &'static str {
    spelling.map_or("all", Spelling::name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::judge::tests::{question, reply};
    use crate::language::Lang;

    /// An engine that knows no «كم» but the bare one, and no red flag in Latin letters.
    fn engine(_: &Context, message: &Message) -> Reply {
        let outcome = match message.text.as_str() {
            text if text.contains("اختنق") => Outcome::Emergency,
            text if text.contains("كم") => Outcome::Answer,
            _ => Outcome::NoAnswer,
        };
        let sources: &[&str] = if outcome == Outcome::Answer { &["s"] } else { &[] };
        reply(outcome, Lang::Ar, "", sources)
    }

    fn sample() -> (Vec<Judged>, Vec<Respelled>) {
        let ask = |kind: &str, text: &str| {
            let mut question = question(kind, "ar", "");
            question.turns = vec![text.to_owned()];
            question
        };
        let plain =
            run(vec![ask("answer", "كم"), ask("emergency", "اختنق"), ask("answer", "هل")], engine).unwrap();
        let respelled = respell(&plain, engine).unwrap();
        (plain, respelled)
    }

    #[test]
    fn the_whole_table() {
        let (plain, respelled) = sample();
        insta::assert_snapshot!(Suite::new(plain.len(), &respelled).text(1), @r#"
        spelling   applies to      right   as written   points
        keyboard      1/3           0.0%       100.0%    -100.0
        zwnj          0/3              -            -        -
        digits        0/3              -            -        -
        hamza         0/3              -            -        -
        typo          1/3           0.0%       100.0%    -100.0
        space         0/3              -            -        -
        tatweel       3/3           0.0%        66.7%    -66.7
        harakat       3/3           0.0%        66.7%    -66.7
        forms         3/3           0.0%        66.7%    -66.7
        stretched     0/3              -            -        -
        latin         3/3           0.0%        66.7%    -66.7
        polite        3/3         100.0%        66.7%    +33.3
        all          17/36         17.6%        70.6%    -52.9
        emergencies missed: 5
          typo - q-emergency-ar emergency outcome no_answer | اختق | no_answer: ''
          tatweel - q-emergency-ar emergency outcome no_answer | اختــنق | no_answer: ''
          harakat - q-emergency-ar emergency outcome no_answer | اخِتَّنْق | no_answer: ''
          forms - q-emergency-ar emergency outcome no_answer | ﺍﺧﺘﻨﻖ | no_answer: ''
          latin - q-emergency-ar emergency outcome no_answer | akhtneq | no_answer: ''
        keyboard - q-answer-ar answer outcome no_answer | کم | no_answer: ''
        "#);
    }

    #[test]
    fn limits() {
        let (plain, respelled) = sample();
        let suite = Suite::new(plain.len(), &respelled);
        let beyond = |losses: &[&str]| {
            let losses: Vec<Loss> = losses.iter().map(|l| l.parse().unwrap()).collect();
            suite
                .beyond(&losses)
                .iter()
                .map(|line| line.split(' ').nth(3).unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(beyond(&[]), Vec::<String>::new());
        assert_eq!(beyond(&["100"]), Vec::<String>::new());
        assert_eq!(beyond(&["keyboard=50"]), ["keyboard"]);
        assert_eq!(beyond(&["all=50"]), ["all"]);
        assert_eq!(beyond(&["all=53"]), Vec::<String>::new());
        assert_eq!(beyond(&["0", "keyboard=100"]), ["typo", "tatweel", "harakat", "forms", "latin"]);
    }

    #[test]
    fn limits_are_read() {
        for (text, by, points) in [
            ("3", Limited::Each, 3.0),
            ("all=4", Limited::All, 4.0),
            ("typo=4.5", Limited::One(Spelling::Typo), 4.5),
        ] {
            assert_eq!(text.parse(), Ok(Loss { by, points }));
        }
        for (text, what) in
            [("typos=3", "typos is no spelling"), ("typo", "write it as points"), ("101", "between")]
        {
            let error = Loss::from_str(text).unwrap_err();
            assert!(error.contains(what), "{error}");
        }
    }
}
