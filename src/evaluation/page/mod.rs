//! One page that shows a whole evaluation: nothing is loaded from elsewhere, nothing has to run.

mod markup;
mod plot;
mod tables;
mod worst;

use markup::{Markup, document, element, said, style, table, text};

use super::run::Judged;
use super::suite::{Respelled, Suite};
use super::thresholds::costs::{AnswerCost, ClarifyCost, SmalltalkCost, clarify_cost, smalltalk_cost};
use super::thresholds::{FOLDS, Study};
use crate::dialogue::Engine;

/// What the page is made from.
#[derive(Debug)]
pub struct Evaluation<'a> {
    /// The engine that replied, for its explanations.
    pub engine: &'a Engine,
    /// The files of questions, as they were named.
    pub files: Vec<String>,
    /// Every question with its reply.
    pub judged: &'a [Judged],
    /// The same questions spelled otherwise.
    pub respelled: &'a [Respelled],
    /// What thresholds cost.
    pub study: &'a Study,
}

const SECTIONS: [(&str, &str); 6] = [
    ("accuracy", "Accuracy"),
    ("spellings", "Spellings"),
    ("confusions", "Confusions"),
    ("calibration", "Calibration"),
    ("thresholds", "Thresholds"),
    ("worst", "Worst questions"),
];

/// The page as HTML.
#[must_use]
pub fn page(evaluation: &Evaluation<'_>) -> String {
    let Evaluation { engine, judged, respelled, study, .. } = evaluation;
    let suite = Suite::new(judged.len(), respelled);
    let inside = [
        [tables::by_outcome(judged), tables::by_register(judged)].into_iter().collect(),
        spellings(&suite),
        or_none(tables::confusions(judged), "Nothing was taken for something else."),
        calibration(study, judged),
        thresholds(study),
        worst(engine, judged),
    ];
    let sections = SECTIONS
        .iter()
        .zip(inside)
        .map(|((id, title), inside)| element("section", &[("id", id)], [said("h2", title), inside]));
    let body = [header(evaluation), element("main", &[], sections)].into_iter().collect();
    document(head(), body)
}

fn head() -> Markup {
    [
        element("meta", &[("charset", "utf-8")], []),
        element("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")], []),
        // Whatever a question holds, nothing may load or run.
        element(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", "default-src 'none'; style-src 'unsafe-inline'"),
            ],
            [],
        ),
        element("meta", &[("name", "color-scheme"), ("content", "light dark")], []),
        said("title", "mujib: evaluation"),
        style(include_str!("page.css")),
    ]
    .into_iter()
    .collect()
}

fn header(evaluation: &Evaluation<'_>) -> Markup {
    let passed = evaluation.judged.iter().filter(|one| one.passed()).count();
    let sum = format!("{passed} of {} replies are right.", evaluation.judged.len());
    let from = format!("{} · knowledge {}", evaluation.files.join(", "), evaluation.engine.version());
    let links = SECTIONS.iter().map(|(id, title)| {
        let target = format!("#{id}");
        element("li", &[], [element("a", &[("href", &target)], [text(title)])])
    });
    let nav = element("nav", &[("aria-label", "Sections")], [element("ul", &[], links)]);
    let from = element("p", &[("class", "soft")], [text(from)]);
    element("header", &[], [said("h1", "How mujib answers"), said("p", sum), from, nav])
}

fn or_none(inside: Markup, otherwise: &str) -> Markup {
    if inside.is_empty() { said("p", otherwise) } else { inside }
}

fn spellings(suite: &Suite<'_>) -> Markup {
    let missed = suite.missed();
    let note = match missed.len() {
        0 => said("p", "Every emergency is one under every spelling."),
        n => element(
            "p",
            &[("class", "bad")],
            [text(format!("{n} emergencies are missed when spelled otherwise:"))],
        ),
    };
    let list = missed.iter().map(|one| {
        let turn = one.judged.question.turns.last().map_or("", String::as_str);
        let name = text(format!("{} ({}): ", one.judged.question.id, one.spelling));
        element("li", &[], [name, markup::spoken("bdi", turn)])
    });
    let list: Vec<Markup> = list.collect();
    let list = if list.is_empty() { Markup::default() } else { element("ul", &[], list) };
    [tables::by_spelling(suite), note, list].into_iter().collect()
}

fn calibration(study: &Study, judged: &[Judged]) -> Markup {
    let given = super::report::Report::new(judged).calibration();
    let mut parts = vec![plot::calibration("Answers given", &given)];
    if let Some(checked) = &study.checked {
        let title = format!("Fitted again, each answer by the {} folds that it is not in", FOLDS - 1);
        parts.push(plot::calibration(&title, &checked.calibration));
    }
    parts.into_iter().collect()
}

fn thresholds(study: &Study) -> Markup {
    let in_force = &study.in_force.thresholds;
    let step = |step: f32, mark: &str| text(format!("{step:.2} {mark}").trim_end());
    let answers = Study::rows(in_force.answer).into_iter().map(|(at, mark)| {
        let AnswerCost { wrong, lost, refused, refusals } = study.answer_cost(at);
        vec![step(at, mark), text(wrong), text(lost), text(format!("{refused}/{refusals}"))]
    });
    let clarify = Study::rows(in_force.clarify).into_iter().filter(|(at, _)| *at <= in_force.answer);
    let clarify = clarify.map(|(at, mark)| {
        let ClarifyCost { helped, unhelped, refusals_lost } =
            clarify_cost(&study.observed, in_force.answer, at);
        vec![step(at, mark), text(helped), text(unhelped), text(refusals_lost)]
    });
    let smalltalk = Study::rows(in_force.smalltalk).into_iter().map(|(at, mark)| {
        let SmalltalkCost { right, lost, wrong } = smalltalk_cost(&study.observed, at);
        vec![step(at, mark), text(right), text(lost), text(wrong)]
    });
    let proposal = match &study.proposed {
        None => "Nothing is proposed: a fit needs more answers.".to_owned(),
        Some(proposed) => {
            let t = &proposed.thresholds;
            format!(
                "Proposed: answer {:.2}, clarify {:.2}, smalltalk {:.2}.",
                t.answer, t.clarify, t.smalltalk
            )
        }
    };
    [
        table(
            "What answering from a confidence on costs",
            &["answer", "wrong answers given", "right answers lost", "refusals right"],
            answers,
        ),
        table(
            "What asking back from a confidence on costs",
            &["clarify", "right pair offered first", "another first", "refusals lost"],
            clarify,
        ),
        table(
            "What taking for small talk from a confidence on costs",
            &["smalltalk", "right", "lost", "questions taken for it"],
            smalltalk,
        ),
        said("p", proposal),
    ]
    .into_iter()
    .collect()
}

fn worst(engine: &Engine, judged: &[Judged]) -> Markup {
    let failed = worst::worst_first(judged);
    let shown: Markup = failed.iter().take(worst::SHOWN).map(|one| worst::explained(engine, one)).collect();
    let more = failed.len().saturating_sub(worst::SHOWN);
    let note = if more > 0 { said("p", format!("{more} more are not shown.")) } else { Markup::default() };
    or_none([shown, note].into_iter().collect(), "All replies are right.")
}
