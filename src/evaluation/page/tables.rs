//! The tables of the page: accuracy by outcome, language, register and spelling, and what was taken for what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::markup::{Markup, element, table, text};
use crate::evaluation::questions::{Kind, Question};
use crate::evaluation::report::Tally;
use crate::evaluation::run::Judged;
use crate::evaluation::spelling::Spelling;
use crate::evaluation::suite::{Row, Suite};
use crate::language::Lang;

/// Confusions of one sort that are shown.
const SHOWN: usize = 40;

fn tally<'a>(judged: impl Iterator<Item = &'a Judged>) -> Tally {
    let mut tally = Tally::default();
    judged.for_each(|one| tally.count(one.passed()));
    tally
}

fn share(tally: Tally) -> Markup {
    match tally.total {
        0 => text("–"),
        _ => text(format!("{}/{} · {:.1} %", tally.passed, tally.total, tally.percent())),
    }
}

/// Accuracy by kind of question and language.
#[must_use]
pub fn by_outcome(judged: &[Judged]) -> Markup {
    let kinds = Kind::ALL.into_iter().map(Some).chain([None]);
    let rows = kinds.map(|kind| {
        let of_kind = || judged.iter().filter(move |one| kind.is_none_or(|kind| one.question.kind == kind));
        let of_lang = |code: &'static str| tally(of_kind().filter(|one| one.question.lang == code));
        let name = text(kind.map_or("all", Kind::name));
        let [ar, fa] = Lang::ALL.map(|lang| share(of_lang(lang.code())));
        vec![name, share(tally(of_kind())), ar, fa]
    });
    table("Right replies by outcome and language", &["wanted", "all", "Arabic", "Persian"], rows)
}

/// Accuracy by language and register, the worst first.
#[must_use]
pub fn by_register(judged: &[Judged]) -> Markup {
    let mut registers: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    for one in judged {
        let key = (one.question.lang.as_str(), one.question.register.as_str());
        registers.entry(key).or_default().count(one.passed());
    }
    let mut rows: Vec<_> = registers.into_iter().collect();
    rows.sort_by(|a, b| a.1.percent().total_cmp(&b.1.percent()));
    let rows = rows
        .into_iter()
        .map(|((lang, register), tally)| vec![text(format!("{lang} · {register}")), share(tally)]);
    table("Right replies by register, the worst first", &["register", "right"], rows)
}

/// Accuracy by spelling, beside the same questions as written.
#[must_use]
pub fn by_spelling(suite: &Suite<'_>) -> Markup {
    let rows = Spelling::ALL.into_iter().map(Some).chain([None]).map(|spelling| {
        let row = suite.row(spelling);
        let Row { plain, respelled } = row;
        let lost = row.lost();
        let points = match respelled.total {
            0 => text("–"),
            _ => {
                let class = if lost > 3.0 { "bad" } else { "" };
                element("span", &[("class", class)], [text(format!("{:+.1}", 0.0 - lost))])
            }
        };
        vec![text(spelling.map_or("all", Spelling::name)), share(respelled), share(plain), points]
    });
    table("The same questions spelled otherwise", &["spelling", "right", "as written", "points"], rows)
}

/// What questions were taken for, and which pair answered instead of which, the commonest first.
#[must_use]
pub fn confusions(judged: &[Judged]) -> Markup {
    let failed = || judged.iter().filter(|one| !one.passed());
    let outcomes = counted(failed().filter_map(|one| {
        let (kind, outcome) = (one.question.kind, one.reply.outcome);
        (!kind.outcomes().contains(&outcome)).then(|| (kind.name().to_owned(), outcome.name().to_owned()))
    }));
    let pairs = counted(failed().filter_map(|one| {
        let given = one.reply.pair.clone()?;
        let wanted = wanted(&one.question);
        (!labelled(&one.question, "pair").contains(&given)).then_some((wanted, given))
    }));
    let columns = ["wanted", "given", "questions"];
    [table("Outcomes", &columns, outcomes), table("Wrong pairs", &columns, pairs)].into_iter().collect()
}

fn counted(confused: impl Iterator<Item = (String, String)>) -> Vec<Vec<Markup>> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in confused {
        *counts.entry(pair).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    // Stable, so that equals stay in the order of their names.
    rows.sort_by_key(|(_, count)| Reverse(*count));
    rows.into_iter()
        .take(SHOWN)
        .map(|((wanted, given), count)| vec![text(wanted), text(given), text(count)])
        .collect()
}

/// The strings of a list in a question's object; empty where it has none.
fn labelled(question: &Question, member: &str) -> Vec<String> {
    let list = question.object.get(member).or_else(|| question.object.get("expect")?.get(member));
    let items = list.and_then(serde_json::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// What a question wants, as far as it is labelled: its pairs, else the facts, else the kind.
#[must_use]
pub fn wanted(question: &Question) -> String {
    let (pairs, facts) = (labelled(question, "pair"), labelled(question, "facts"));
    match (pairs.is_empty(), facts.is_empty()) {
        (false, _) => pairs.join(" or "),
        (true, false) => format!("facts {}", facts.join(" ")),
        (true, true) => question.kind.name().to_owned(),
    }
}
