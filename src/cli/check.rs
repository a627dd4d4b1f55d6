//! `mujib check`: validates the knowledge.

use std::io::Write;

use super::command::{CommandError, Ending, Setup, problem_lines};
use crate::knowledge::{self, Knowledge};
use crate::language::Lang;

/// Arguments of `mujib check`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CheckArgs {}

/// Writes every problem of the knowledge, one a line, and their number; or, without any, what it holds.
///
/// # Errors
/// Only output that cannot be written; problems are an [`Ending::Amiss`].
pub fn run(_args: &CheckArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    match knowledge::load(&setup.knowledge) {
        Ok(knowledge) => {
            write!(out, "{}", summary(&knowledge))?;
            Ok(Ending::Well)
        }
        Err(problems) => {
            writeln!(out, "{}", problem_lines(&problems))?;
            Ok(Ending::Amiss)
        }
    }
}

/// What the knowledge holds, one line a part.
#[must_use]
pub fn summary(knowledge: &Knowledge) -> String {
    let passages: usize = knowledge.sources.iter().map(|s| s.passages.len()).sum();
    let mut lines = vec![
        format!("{} sources, {passages} passages", knowledge.sources.len()),
        format!("{} topics, {} pairs", knowledge.topics.len(), knowledge.pairs.len()),
    ];
    for lang in Lang::ALL {
        let counts = knowledge.pairs.iter().map(|p| p.wording(lang).variants.len());
        let (variants, fewest) = (counts.clone().sum::<usize>(), counts.min().unwrap_or(0));
        lines.push(format!("{}: {variants} variants, at least {fewest} a pair", lang.code()));
    }
    lines.push(format!(
        "{} kinds of small talk, {} of outside questions, {} concepts",
        knowledge.smalltalk.len(),
        knowledge.outside.len(),
        knowledge.lexicon.len()
    ));
    lines.push(format!("no problems; version {}", knowledge.version));
    lines.join("\n") + "\n"
}
