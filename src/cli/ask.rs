//! `mujib ask`: one reply, as a patient would get it.

use super::Failure;
use crate::config::Flags;

/// The flags of `mujib ask`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The question; words are joined by spaces
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// Print the reply object of the chat protocol
    #[arg(long)]
    json: bool,
    /// Show language, analysis, candidates with their features, and what decided
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args { text: _, json: _, explain: _ } = args;
    Err(Failure::Internal("`mujib ask` is not there yet".into()))
}
