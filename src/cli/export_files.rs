//! `mujib export --as files`: the knowledge with what staff published in it, as files again.

use std::path::Path;

use super::{CommandError, Failure};
use crate::knowledge::{self, Files, overlay};
use crate::server::edition::edit_of;
use crate::store::{self, revisions};

/// Writes the files of the folder `knowledge`, with what is published in the database of `data` in them, below `out`.
/// Works beside a running server; without a database the files are written as they are. Gives a sentence about what
/// was written.
///
/// # Errors
/// Knowledge that has problems once both are together, a database that cannot be read, a folder that cannot be written.
pub(super) fn run(knowledge: &Path, data: &Path, out: &Path) -> Result<String, Failure> {
    let published = published(data)?;
    let mut files = Files::read(knowledge);
    let edits: Vec<_> = published.iter().filter_map(edit_of).collect();
    overlay::apply(&mut files, &edits).map_err(CommandError::Knowledge)?;
    // Nothing is written that would not be served.
    let loaded = knowledge::from_files(&files).map_err(CommandError::Knowledge)?;
    files.write(out).map_err(|(path, source)| CommandError::File { path, source })?;
    let (count, changed) = (files.iter().count(), edits.len());
    let folder = out.display();
    Ok(format!("{folder}: {count} files with {changed} published changes; version {}\n", loaded.version))
}

fn published(data: &Path) -> Result<Vec<revisions::Revision>, Failure> {
    // Looking for changes must not make a database.
    if !data.join("mujib.db").exists() {
        return Ok(Vec::new());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Internal(format!("cannot start: {error}")))?;
    let connection =
        runtime.block_on(store::beside(data)).map_err(|error| Failure::Surroundings(error.to_string()))?;
    revisions::all_published(&connection)
        .map_err(|error| Failure::Surroundings(format!("what staff published cannot be read: {error}")))
}
