//! `mujib index`: builds the on-disk index from the knowledge.

use std::io::Write;
use std::time::Instant;

use super::command::{CommandError, Ending, Setup};
use crate::knowledge;
use crate::search::{matcher, prepare};
use crate::semantic::Blocking;

/// Arguments of `mujib index`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct IndexArgs {
    /// Build even if the index is up to date
    #[arg(long)]
    pub rebuild: bool,
}

/// Builds the index, or finds it up to date, and says which.
///
/// # Errors
/// Knowledge with problems, an index folder that cannot be written, output that cannot be written.
pub fn run(args: &IndexArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let knowledge = knowledge::load(&setup.knowledge).map_err(CommandError::Knowledge)?;
    let classes = matcher::classes(&knowledge);
    let forms: usize = classes.iter().flat_map(|class| &class.forms).map(Vec::len).sum();
    let began = Instant::now();
    let (matcher, built) = prepare(&setup.index, classes, &knowledge.lexicon, args.rebuild)?;
    let ms = began.elapsed().as_millis();
    let done = if built { "built" } else { "up to date" };
    let (folder, classes) = (setup.index.display(), matcher.classes().len());
    writeln!(out, "{folder}: {done} in {ms} ms; {classes} classes, {forms} forms, {}", knowledge.version)?;
    if let Some(settings) = &setup.semantic {
        let began = Instant::now();
        let embedded =
            Blocking::new(settings, &setup.index)?.prepare(&knowledge.version, matcher.classes())?;
        let ms = began.elapsed().as_millis();
        writeln!(out, "{folder}: semantic signal: {embedded} texts embedded in {ms} ms, the rest was there")?;
    }
    Ok(Ending::Well)
}
