//! Files to knowledge. Every problem of every file is gathered before anything is said.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::Knowledge;
use super::aside::{OutsideFile, SmalltalkFile};
use super::check::{self, Parsed};
use super::decision::{self, DecisionFigures};
use super::lexicon::LexiconFile;
use super::policy::Policy;
use super::problem::{FileProblems, Problem};
use super::source::SourceFile;
use super::topic::{Asks, Cite, Pair, Topic, TopicFile};

/// One file as read: its name relative to the knowledge folder, and its content.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub name: String,
    pub text: String,
}

/// Reads and validates everything below the folder `dir`.
///
/// # Errors
/// Every problem of every file, ordered by file and line. Nothing is loaded if there is one.
pub fn load(dir: &Path) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let files = read_files(dir, &mut problems);
    let parsed = parse(&files, &mut problems);
    check::check(&parsed, &files, &mut problems);
    if !problems.is_empty() {
        problems.sort();
        problems.dedup();
        return Err(problems);
    }
    match (&parsed.policy, &parsed.decision) {
        (Some(policy), Some(decision)) => {
            let (policy, decision) = (policy.clone(), decision.clone());
            Ok(assemble(parsed, policy, decision, version(&files)))
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

/// All TOML files, sorted by name, so that the version does not depend on the file system's order.
fn read_files(dir: &Path, problems: &mut Vec<Problem>) -> Vec<File> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in [dir.to_owned(), dir.join("sources"), dir.join("topics")] {
        match std::fs::read_dir(&folder) {
            Ok(entries) => paths.extend(
                entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")),
            ),
            Err(error) => problems.push(Problem {
                file: folder.display().to_string(),
                line: 0,
                what: format!("the folder cannot be read: {error}"),
                mend: "Point --knowledge at a folder with sources/, topics/, policy.toml, lexicon.toml, \
                       smalltalk.toml, outside.toml and decision.toml"
                    .to_owned(),
            }),
        }
    }
    let mut files = Vec::new();
    for path in paths {
        let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        match std::fs::read_to_string(&path) {
            Ok(text) => files.push(File { name, text }),
            Err(error) => problems.push(Problem {
                file: name,
                line: 0,
                what: format!("the file cannot be read: {error}"),
                mend: "Check its permissions and that it is UTF-8".to_owned(),
            }),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn version(files: &[File]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        // Lengths keep two files from running into each other.
        hash.update((file.name.len() as u64).to_le_bytes());
        hash.update(file.name.as_bytes());
        hash.update((file.text.len() as u64).to_le_bytes());
        hash.update(file.text.as_bytes());
    }
    let digest = hash.finalize();
    digest.iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

fn parse(files: &[File], problems: &mut Vec<Problem>) -> Parsed {
    let mut parsed = Parsed::default();
    for (at, file) in files.iter().enumerate() {
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
    for name in ["policy.toml", "lexicon.toml", "smalltalk.toml", "outside.toml", "decision.toml"] {
        if !files.iter().any(|f| f.name == name) {
            problems.push(missing(name));
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
    for (_, file) in parsed.topics {
        let topic = file.topic.id.into_inner();
        topics.push(Topic { id: topic.clone(), title: file.topic.title });
        for raw in file.pairs {
            let raw = raw.into_inner();
            let (Some(ar), Some(fa)) = (raw.ar, raw.fa) else { continue };
            let names = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
            pairs.push(Pair {
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
            });
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
        outside: asides(parsed.outside),
        smalltalk: asides(parsed.smalltalk),
        courtesies: parsed.courtesies,
        lexicon: parsed.lexicon.map(|(_, c)| c).unwrap_or_default(),
        policy,
        decision,
        places,
    }
}
