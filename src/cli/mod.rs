//! The command line: one file a command.

pub mod ask;
pub mod check;
pub mod command;
pub mod evaluate;
pub mod export;
mod export_files;
pub mod index;
mod languages;
mod log;
mod serve;
mod user;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use command::{CommandError, Ending, Setup};

use crate::config::{Flags, Settings};
use crate::dialogue::EngineSettings;

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
    /// One reply, as a patient would get it
    Ask(ask::AskArgs),
    /// Build the search index from the knowledge
    Index(index::IndexArgs),
    /// Validate the knowledge and list every problem
    Check(check::CheckArgs),
    /// Run labelled questions, or foreign pairs, and print how well they are answered
    Evaluate(evaluate::EvaluateArgs),
    /// Write the pairs for other tools
    Export(export::ExportArgs),
    /// Add staff who use the console, list them, give them new passwords
    User(user::UserArgs),
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
    /// A command that writes to the output could not. Exit code 1.
    #[error(transparent)]
    Command(#[from] CommandError),
}

impl Failure {
    /// The exit code: 1 problems in what was given, 2 wrong settings, 3 surroundings, 4 internal.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Problems(_) | Failure::Command(_) => 1,
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
    match dispatch(&flags, name) {
        Ok(ending) => ending.into(),
        // Whoever read the output has seen enough.
        Err(Failure::Command(error)) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mujib: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(flags: &Flags, name: Name) -> Result<Ending, Failure> {
    let name = match name {
        Name::Serve(args) => return serve::run(flags, args).map(|()| Ending::Well),
        name => name,
    };
    if let Name::User(args) = name {
        let settings = Settings::load(flags, &args.settings())?;
        return user::run(args, &settings.folders.data, &mut std::io::stdout().lock()).map(|()| Ending::Well);
    }
    if let Name::Export(export::ExportArgs { form: export::Form::Files, out: Some(out), data, .. }) = &name {
        let serve = crate::config::ServeFlags { data: data.clone(), ..crate::config::ServeFlags::default() };
        let settings = Settings::load(flags, &serve)?;
        let said = export_files::run(&settings.folders.knowledge, &settings.folders.data, out)?;
        let written = std::io::stdout().lock().write_all(said.as_bytes());
        return written.map(|()| Ending::Well).map_err(|error| CommandError::from(error).into());
    }
    let settings = Settings::load(flags, &crate::config::ServeFlags::default())?;
    let setup = Setup {
        knowledge: settings.folders.knowledge,
        index: settings.folders.index,
        engine: EngineSettings { country: settings.country },
        semantic: settings.semantic,
    };
    let mut out = std::io::stdout().lock();
    let ending = match &name {
        Name::Serve(_) | Name::User(_) => Ending::Well,
        Name::Ask(args) => ask::run(args, &setup, &mut out)?,
        Name::Index(args) => index::run(args, &setup, &mut out)?,
        Name::Check(args) => check::run(args, &setup, &mut out)?,
        Name::Evaluate(args) => evaluate::run(args, &setup, &mut out)?,
        Name::Export(args) => export::run(args, &setup, &mut out)?,
    };
    out.flush().map_err(CommandError::from)?;
    Ok(ending)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_each_other() {
        super::Command::command().debug_assert();
    }
}
