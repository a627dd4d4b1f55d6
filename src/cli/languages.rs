//! `mujib evaluate --languages`: labelled texts to how well their language is told.

use std::io::Write;

use super::command::{CommandError, Ending, Setup};
use super::evaluate::EvaluateArgs;
use crate::dialogue::Engine;
use crate::evaluation::languages;

/// Tells the language of every text as for a message and writes the table; with `--show`, the first failures
/// and what spoke for them.
///
/// # Errors
/// Files that cannot be used, knowledge with problems, an index that cannot be built.
pub fn run(args: &EvaluateArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let texts = languages::read(&args.files)?;
    let engine = Engine::open(&setup.knowledge, &setup.index, &setup.engine)?;
    let mut shown = Vec::new();
    let tally = languages::tally(
        &texts,
        |text| engine.detect(text),
        |labelled, detection| {
            if shown.len() < args.show {
                let clues: Vec<&str> = detection.clues.iter().map(|c| c.seen.as_str()).collect();
                shown.push(format!(
                    "{} {}: {} {:.1?} ({})",
                    labelled.lang,
                    labelled.kind,
                    labelled.text,
                    detection.scores,
                    clues.join(", ")
                ));
            }
        },
    );
    for line in shown {
        writeln!(out, "{line}")?;
    }
    write!(out, "{}", languages::table(&tally))?;
    Ok(Ending::Well)
}
