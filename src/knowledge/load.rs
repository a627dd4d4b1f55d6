//! Files to knowledge. Every problem of every file is gathered before anything is said.

use std::collections::HashMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::Knowledge;
use super::aside::{OutsideFile, SmalltalkFile};
use super::check::{self, Parsed};
use super::decision::{self, DecisionFigures};
use super::files::{File, Files};
use super::lexicon::LexiconFile;
use super::policy::Policy;
use super::problem::{FileProblems, Problem};
use super::source::SourceFile;
use super::topic::{Asks, Cite, Pair, Topic, TopicFile, Withdrawn};

/// Reads and validates everything below the folder `dir`.
///
/// # Errors
/// Every problem of every file, ordered by file and line. Nothing is loaded if there is one.
pub fn load(dir: &Path) -> Result<Knowledge, Vec<Problem>> {
    from_files(&Files::read(dir))
}

/// Validates `files` and makes knowledge of them, wherever they come from.
///
/// # Errors
/// As for [`load`].
pub fn from_files(files: &Files) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = files.unread().to_vec();
    let parsed = parse(files.list(), &mut problems);
    check::check(&parsed, files.list(), &mut problems);
    if !problems.is_empty() {
        problems.sort();
        problems.dedup();
        return Err(problems);
    }
    match (&parsed.policy, &parsed.decision) {
        (Some(policy), Some(decision)) => {
            let (policy, decision) = (policy.clone(), decision.clone());
            Ok(assemble(parsed, policy, decision, files.version()))
        }
        (None, _) => Err(vec![missing("policy.toml")]),
        (_, None) => Err(vec![missing("decision.toml")]),
    }
}

fn missing(name: &str) -> Problem {
    Problem {
        file: name.to_owned(),
        line: 0,
        what: "the file is missing".to_owned(),
        mend: "Create it; CONTRIBUTING.md shows what it holds".to_owned(),
    }
}

/// Reads all files, half of their text on another thread: it is a fifth of what a start takes.
fn parse(files: &[File], problems: &mut Vec<Problem>) -> Parsed {
    let all: usize = files.iter().map(|file| file.text.len()).sum();
    let mut before = 0;
    let half = files.iter().position(|file| {
        before += file.text.len();
        before > all / 2
    });
    let middle = half.unwrap_or(files.len());
    let halves = std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let mut problems = Vec::new();
            (parse_some(files, middle..files.len(), &mut problems), problems)
        });
        let first = parse_some(files, 0..middle, problems);
        (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let (mut parsed, (rest, found)) = halves;
    parsed.extend(rest);
    problems.extend(found);
    for name in ["policy.toml", "lexicon.toml", "smalltalk.toml", "outside.toml", "decision.toml"] {
        if !files.iter().any(|f| f.name == name) {
            problems.push(missing(name));
        }
    }
    parsed
}

fn parse_some(files: &[File], places: std::ops::Range<usize>, problems: &mut Vec<Problem>) -> Parsed {
    let mut parsed = Parsed::default();
    for (at, file) in files.iter().enumerate().take(places.end).skip(places.start) {
        match file.name.as_str() {
            "policy.toml" => match Policy::parse(&file.text, &file.name) {
                Ok(policy) => parsed.policy = Some(policy),
                Err(found) => {
                    parsed.policy_broken = true;
                    problems.extend(found);
                }
            },
            "lexicon.toml" => {
                parsed.lexicon = from_toml::<LexiconFile>(file, problems).map(|f| (at, f.concepts));
            }
            "smalltalk.toml" => {
                if let Some(SmalltalkFile { courtesy, smalltalk }) = from_toml(file, problems) {
                    parsed.courtesies = [courtesy.ar, courtesy.fa].concat();
                    parsed.smalltalk = Some((at, smalltalk));
                }
            }
            "outside.toml" => {
                parsed.outside = from_toml::<OutsideFile>(file, problems).map(|f| (at, f.outside));
            }
            "decision.toml" => parsed.decision = decision::parse(file, problems),
            name if name.starts_with("sources/") => {
                parsed.sources.extend(from_toml::<SourceFile>(file, problems).map(|f| (at, f)));
            }
            name if name.starts_with("topics/") => {
                parsed.topics.extend(from_toml::<TopicFile>(file, problems).map(|f| (at, f)));
            }
            name => problems.push(Problem {
                file: name.to_owned(),
                line: 0,
                what: "no part of the knowledge has this name".to_owned(),
                mend: "Move it out of the folder, or into sources/ or topics/".to_owned(),
            }),
        }
    }
    parsed
}

/// Reads one file; what TOML says of it becomes a problem with its line.
pub(super) fn from_toml<T: DeserializeOwned>(file: &File, problems: &mut Vec<Problem>) -> Option<T> {
    match toml::from_str(&file.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let mut found = FileProblems::new(&file.name, &file.text);
            let what = error.message().lines().collect::<Vec<_>>().join(" ");
            found.at(error.span().unwrap_or(0..0), what, "See CONTRIBUTING.md for the form of this file");
            problems.extend(found.into_found());
            None
        }
    }
}

/// Turns checked files into knowledge. Only called when there is no problem.
fn assemble(parsed: Parsed, policy: Policy, decision: DecisionFigures, version: String) -> Knowledge {
    let mut topics = Vec::new();
    let mut pairs = Vec::new();
    let mut withdrawn: Vec<Withdrawn> = Vec::new();
    for (_, file) in parsed.topics {
        let topic = file.topic.id.into_inner();
        topics.push(Topic { id: topic.clone(), title: file.topic.title });
        for raw in file.pairs {
            let raw = raw.into_inner();
            let (Some(ar), Some(fa)) = (raw.ar, raw.fa) else { continue };
            let names = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
            let pair = Pair {
                id: raw.id.into_inner(),
                topic: topic.clone(),
                asks: Asks::from_name(raw.asks.get_ref()).unwrap_or(Asks::What),
                subject: names(raw.subject),
                risk: names(raw.risk),
                cites: raw.cites.iter().filter_map(|c| Cite::parse(c.get_ref())).collect(),
                related: names(raw.related),
                review_by: raw.review_by.get_ref().to_string(),
                ar: ar.into_wording(),
                fa: fa.into_wording(),
            };
            if raw.withdrawn {
                withdrawn.push(Withdrawn { pair, place: pairs.len() + withdrawn.len() });
            } else {
                pairs.push(pair);
            }
        }
    }
    let asides = |list: Option<(usize, Vec<super::aside::RawAside>)>| {
        list.map(|(_, raw)| raw.into_iter().map(super::aside::RawAside::into_aside).collect())
            .unwrap_or_default()
    };
    let places: HashMap<String, usize> =
        pairs.iter().enumerate().map(|(at, p): (usize, &Pair)| (p.id.clone(), at)).collect();
    Knowledge {
        version,
        sources: parsed.sources.into_iter().map(|(_, f)| f.into_source()).collect(),
        topics,
        pairs,
        withdrawn,
        outside: asides(parsed.outside),
        smalltalk: asides(parsed.smalltalk),
        courtesies: parsed.courtesies,
        lexicon: parsed.lexicon.map(|(_, c)| c).unwrap_or_default(),
        policy,
        decision,
        places,
    }
}
