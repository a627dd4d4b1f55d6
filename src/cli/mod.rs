//! The command line: one file a command.

mod ask;
mod check;
mod draft;
mod evaluate;
mod export;
mod index;
mod log;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Flags;

/// Answers patients' questions in Arabic and Persian from a clinic's own reviewed pairs.
#[derive(Debug, Parser)]
#[command(name = "mujib", version, propagate_version = true)]
struct Command {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    name: Name,
}

#[derive(Debug, Subcommand)]
enum Name {
    /// Serve chat, API and web pages until SIGTERM
    Serve(serve::Args),
    /// Reply once, as a patient would get it
    Ask(ask::Args),
    /// Build the search index from the knowledge
    Index(index::Args),
    /// Validate the knowledge and list every problem
    Check(check::Args),
    /// Run labelled questions and print how well they are answered
    Evaluate(evaluate::Args),
    /// Read documents and write draft pairs for staff to review
    Draft(draft::Args),
    /// Write the pairs for other tools
    Export(export::Args),
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The knowledge, or what was evaluated, has problems. Exit code 1.
    #[error("{0}")]
    Problems(String),
    /// Flags or settings are wrong. Exit code 2, as for flags that clap refuses.
    #[error(transparent)]
    Settings(#[from] crate::config::ConfigError),
    /// Something outside is not as it must be: an address in use, a folder that cannot be written. Exit
    /// code 3.
    #[error("{0}")]
    Surroundings(String),
    /// mujib's own fault. Exit code 4.
    #[error("{0}")]
    Internal(String),
}

impl Failure {
    /// The exit code: 1 problems in what was given, 2 wrong settings, 3 surroundings, 4 internal.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Problems(_) => 1,
            Failure::Settings(_) => 2,
            Failure::Surroundings(_) => 3,
            Failure::Internal(_) => 4,
        }
    }
}

/// Runs the command that the process was started with. Exit code 0 if all went well, else that of the
/// [`Failure`], whose words go to the error output.
#[must_use]
pub fn run() -> ExitCode {
    let Command { flags, name } = Command::parse();
    let result = match name {
        Name::Serve(args) => serve::run(&flags, args),
        Name::Ask(args) => ask::run(&flags, args),
        Name::Index(args) => index::run(&flags, args),
        Name::Check(args) => check::run(&flags, args),
        Name::Evaluate(args) => evaluate::run(&flags, args),
        Name::Draft(args) => draft::run(&flags, args),
        Name::Export(args) => export::run(&flags, args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mujib: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_each_other() {
        super::Command::command().debug_assert();
    }
}
