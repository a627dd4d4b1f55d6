//! `mujib evaluate`: labelled questions, and how well they are answered.

use super::Failure;
use crate::config::Flags;

/// The flags of `mujib evaluate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Labelled questions, one JSON object a line; with --pairs, queries
    #[arg(required = true, value_name = "FILE")]
    files: Vec<std::path::PathBuf>,
    /// Run the matcher alone over these foreign pairs
    #[arg(long, value_name = "PAIRS.jsonl")]
    pairs: Option<std::path::PathBuf>,
    /// Print one JSON object a query: the ten best ids and the confidence
    #[arg(long)]
    json: bool,
}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args { files: _, pairs: _, json: _ } = args;
    Err(Failure::Internal("`mujib evaluate` is not there yet".into()))
}
