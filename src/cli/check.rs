//! `mujib check`: validates the knowledge.

use super::Failure;
use crate::config::Flags;

/// The flags of `mujib check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args {} = args;
    Err(Failure::Internal("`mujib check` is not there yet".into()))
}
