//! The questions as the comparison asks them.

use std::path::Path;

use axum::http::StatusCode;

use crate::dialogue::Outcome;
use crate::evaluation::compare::{Probe, Wants};
use crate::evaluation::questions;
use crate::server::console::problem::Problem;
use crate::store::questions::{KeptQuestion, Purpose};

/// All questions, each with whether staff added it: theirs first, then those of the folder.
///
/// # Errors
/// 422 `questions_unreadable`: a file of the folder cannot be used.
pub(super) fn gather(folder: &Path, added: Vec<KeptQuestion>) -> Result<Vec<(Probe, bool)>, Problem> {
    let filed = questions::read_folder(folder).map_err(|error| {
        tracing::error!(%error, "the questions cannot be read");
        let detail = "The folder of questions that `questions` (MUJIB_QUESTIONS) names cannot be used; the server's \
                      log says which line.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "questions_unreadable", detail)
    })?;
    let added = added.into_iter().map(|question| (probe(question), true));
    Ok(added.chain(filed.into_iter().map(|question| (Probe::from(question), false))).collect())
}

fn probe(question: KeptQuestion) -> Probe {
    let outcome = outcome(&question.outcome).unwrap_or(Outcome::Answer);
    Probe {
        id: question.id.to_string(),
        lang: question.lang,
        turns: vec![question.text],
        wants: Wants::Reply { outcome, pair: question.pair },
        safety: question.purpose == Purpose::Safety,
    }
}

/// The outcome of a stored name.
fn outcome(name: &str) -> Option<Outcome> {
    let all = [
        Outcome::Answer,
        Outcome::Clarify,
        Outcome::NoAnswer,
        Outcome::Emergency,
        Outcome::Personal,
        Outcome::Smalltalk,
    ];
    all.into_iter().find(|outcome| outcome.name() == name)
}
