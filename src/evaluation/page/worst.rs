//! The worst replies with everything that led to them.

use serde::Serialize;
use serde_json::Value;

use super::markup::{Markup, element, said, spoken, table, text};
use super::tables::wanted;
use crate::dialogue::{Engine, Explanation, Outcome};
use crate::evaluation::questions::Kind;
use crate::evaluation::run::Judged;
use crate::evaluation::thresholds::observe::before_last;
use crate::search::{Candidate, Ranking};

/// Replies that are shown at most: a page should open on a phone.
pub const SHOWN: usize = 60;
/// Candidates shown of each.
const CANDIDATES: usize = 5;
/// Characters of a reply that are shown.
const REPLY: usize = 400;

/// The replies that do not pass, the worst first: emergencies missed, then what should not have been answered,
/// then wrong answers by their confidence, then the rest.
#[must_use]
pub fn worst_first(judged: &[Judged]) -> Vec<&Judged> {
    let mut failed: Vec<&Judged> = judged.iter().filter(|one| !one.passed()).collect();
    let grade = |one: &Judged| match (one.question.kind, one.reply.outcome) {
        (Kind::Emergency, outcome) if outcome != Outcome::Emergency => 0,
        (Kind::Personal | Kind::Refuse, Outcome::Answer) => 1,
        (_, Outcome::Answer | Outcome::Emergency) => 2,
        _ => 3,
    };
    failed.sort_by(|a, b| grade(a).cmp(&grade(b)).then(b.reply.confidence.total_cmp(&a.reply.confidence)));
    failed
}

/// One reply: the messages, what was wanted, what was given, and why.
#[must_use]
pub fn explained(engine: &Engine, one: &Judged) -> Markup {
    let (context, message) = before_last(engine, &one.question, &|_| None);
    let explanation = engine.explain(&context, &message);
    let question = &one.question;
    let last = question.turns.last().map_or("", String::as_str);
    let why = one.why.as_ref().map_or_else(String::new, ToString::to_string);
    let summary = element(
        "summary",
        &[],
        [
            element("bdi", &[("class", "turn"), ("dir", "auto")], [text(last)]),
            text(format!(" — {} {}: ", question.id, question.kind)),
            element("span", &[("class", "bad")], [text(why)]),
        ],
    );
    let earlier = question.turns.iter().rev().skip(1).rev();
    let earlier: Markup = earlier.map(|turn| spoken("blockquote", turn)).collect();
    let body = [summary, earlier, verdict(one), evidence(&explanation), ranking(&explanation)];
    element("details", &[], body)
}

fn verdict(one: &Judged) -> Markup {
    let reply = &one.reply;
    let start: String = reply.text.chars().take(REPLY).collect();
    let given = match &reply.pair {
        Some(pair) => format!("{} with {pair}, confidence {:.2}", reply.outcome.name(), reply.confidence),
        None => format!("{}, confidence {:.2}", reply.outcome.name(), reply.confidence),
    };
    let facts = [("wanted", format!("{} · {}", one.question.kind, wanted(&one.question))), ("given", given)];
    [listed(facts), spoken("blockquote", start)].into_iter().collect()
}

fn evidence(explanation: &Explanation) -> Markup {
    let mut facts = Vec::new();
    let screening = &explanation.screening;
    if !screening.explain.is_empty() {
        facts.push(("screen", screening.explain.join("; ")));
    }
    if let Some(decision) = &explanation.decision {
        facts.push(("decided by", format!("{}, confidence {:.2}", decision.rule, decision.confidence)));
    }
    if let Some(understanding) = &explanation.understanding {
        let clues = understanding.detection.clues.iter().take(12);
        let clues = clues.map(|clue| format!("{} {} {:.1}", clue.seen, name_of(&clue.tongue), clue.weight));
        let foreign = if understanding.foreign { ", neither language" } else { "" };
        let (lang, from) = (understanding.lang.code(), understanding.lang_from);
        let clues = clues.collect::<Vec<_>>().join(" · ");
        facts.push(("language", format!("{lang}, from {from}{foreign}: {clues}")));
        let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
        let terms = query.terms.iter().map(|term| {
            let unknown = if term.known { "" } else { " (unknown)" };
            format!("{} {:.1}{unknown}", term.name, term.weight)
        });
        facts.push(("terms", terms.collect::<Vec<_>>().join(" · ")));
        let asks: Vec<&str> = query.asks.iter().map(|asks| asks.name()).collect();
        facts.push(("wants", asks.join(", ")));
        facts.push(("about", [&query.subjects[..], &query.things, &query.outside].concat().join(", ")));
        let whole = if understanding.completed.is_some() {
            "completed by the conversation"
        } else {
            understanding.part
        };
        facts.push(("taken", whole.to_owned()));
    }
    listed(facts)
}

fn ranking(explanation: &Explanation) -> Markup {
    let Some(Ranking { candidates }) = explanation.understanding.as_ref().map(|u| &u.ranking) else {
        return said("p", "Decided before any search.");
    };
    let features = |candidate: &Candidate| match serde_json::to_value(candidate.features) {
        Ok(Value::Object(features)) => features,
        _ => serde_json::Map::default(),
    };
    let names: Vec<String> =
        candidates.first().map(|c| features(c).keys().cloned().collect()).unwrap_or_default();
    let columns: Vec<&str> =
        ["candidate", "kind", "score"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let rows = candidates.iter().take(CANDIDATES).map(|candidate| {
        let features = features(candidate);
        let figures = names.iter().map(|name| {
            text(format!("{:.2}", features.get(name).and_then(Value::as_f64).unwrap_or_default()))
        });
        let score = text(format!("{:.2}", candidate.score));
        [text(&candidate.id), text(name_of(&candidate.kind)), score].into_iter().chain(figures).collect()
    });
    table("Candidates", &columns, rows)
}

/// The name that a value has in JSON.
fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn listed(facts: impl IntoIterator<Item = (&'static str, String)>) -> Markup {
    let facts = facts.into_iter().filter(|(_, what)| !what.is_empty());
    let pieces = facts.map(|(name, what)| [said("dt", name), spoken("dd", what)].into_iter().collect());
    element("dl", &[], pieces)
}
