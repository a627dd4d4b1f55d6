//! `mujib index`: builds the on-disk index from the knowledge.

use super::Failure;
use crate::config::Flags;

/// The flags of `mujib index`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Build anew even if the index is up to date
    #[arg(long)]
    rebuild: bool,
}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args { rebuild: _ } = args;
    Err(Failure::Internal("`mujib index` is not there yet".into()))
}
