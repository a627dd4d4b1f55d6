//! `mujib export`: the pairs, for other tools.

use super::Failure;
use crate::config::Flags;

/// What the pairs are written as.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Form {
    /// One JSON object a pair and language.
    Jsonl,
    /// A schema.org FAQPage.
    Faqpage,
    /// A table.
    Csv,
}

/// The flags of `mujib export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The form to write
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Form,
}

pub(super) fn run(_flags: &Flags, args: Args) -> Result<(), Failure> {
    let Args { form: _ } = args;
    Err(Failure::Internal("`mujib export` is not there yet".into()))
}
