//! The `mujib` command.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mujib::cli::{CommandError, Ending, Setup, ask, check, evaluate, export, index};

/// Answers clinic patients' questions in Arabic and Persian from reviewed, cited pairs.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The knowledge folder
    #[arg(long, global = true, env = "MUJIB_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
    /// The index folder
    #[arg(long, global = true, env = "MUJIB_INDEX", default_value = "index")]
    index: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// One reply, as a patient would get it
    Ask(ask::AskArgs),
    /// Validate the knowledge
    Check(check::CheckArgs),
    /// Build the index from the knowledge
    Index(index::IndexArgs),
    /// Run labelled questions, or foreign pairs
    Evaluate(evaluate::EvaluateArgs),
    /// The pairs, for other tools
    Export(export::ExportArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = std::io::stdout().lock();
    match run(&arguments, &mut out).and_then(|ending| Ok(out.flush().map(|()| ending)?)) {
        Ok(ending) => ending.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let setup =
        Setup { knowledge: arguments.knowledge.clone(), index: arguments.index.clone(), ..Setup::default() };
    match &arguments.command {
        Command::Ask(args) => ask::run(args, &setup, out),
        Command::Check(args) => check::run(args, &setup, out),
        Command::Index(args) => index::run(args, &setup, out),
        Command::Evaluate(args) => evaluate::run(args, &setup, out),
        Command::Export(args) => export::run(args, &setup, out),
    }
}
