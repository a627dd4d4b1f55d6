//! `mujib draft`: documents to draft pairs for staff to review.

use super::Failure;
use crate::config::Flags;

/// The flags of `mujib draft`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Documents to read
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<std::path::PathBuf>,
}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args { documents: _ } = args;
    Err(Failure::Internal("`mujib draft` is not there yet".into()))
}
