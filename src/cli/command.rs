//! What every command is given, and how it ends.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Semantic;
use crate::dialogue::{Engine, EngineSettings, OpenError};
use crate::evaluation::ReadError;
use crate::evaluation::matching::MatchingError;
use crate::knowledge::Problem;
use crate::search::BuildError;
use crate::semantic::{self, Blocking};

/// Where the knowledge and its index are, and what the clinic set.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The knowledge folder.
    pub knowledge: PathBuf,
    /// The index folder.
    pub index: PathBuf,
    /// What the clinic sets about replies.
    pub engine: EngineSettings,
    /// Where texts are embedded, if that is set.
    pub semantic: Option<Semantic>,
}

impl Setup {
    /// The semantic signal with the vectors of the knowledge that `engine` answers from; `None` if none is set.
    ///
    /// # Errors
    /// An endpoint that does not embed, vectors that cannot be kept.
    pub fn signal(&self, engine: &Engine) -> Result<Option<Blocking>, CommandError> {
        let Some(settings) = &self.semantic else { return Ok(None) };
        let signal = Blocking::new(settings, &self.index)?;
        if !signal.is_cached() {
            eprintln!("mujib: the knowledge is embedded for the first time, which takes a while");
        }
        signal.prepare(engine.version(), engine.classes())?;
        Ok(Some(signal))
    }
}

/// How a command ended that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All is well.
    Well,
    /// It found what it looks for: problems, figures below their floor.
    Amiss,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        match ending {
            Ending::Well => ExitCode::SUCCESS,
            Ending::Amiss => ExitCode::FAILURE,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The knowledge has problems.
    #[error("{}", problem_lines(.0))]
    Knowledge(Vec<Problem>),
    /// No engine could be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The index could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The semantic signal could not be set up.
    #[error(transparent)]
    Signal(#[from] semantic::SetupError),
    /// The knowledge could not be embedded.
    #[error(transparent)]
    Embedding(#[from] semantic::BuildError),
    /// A file of questions or pairs cannot be used.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The matcher could not be measured.
    #[error(transparent)]
    Matching(#[from] MatchingError),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file, as it was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The arguments do not go together, or a file that they name is not of its form.
    #[error("{0}")]
    Usage(String),
    /// The output could not be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// A result could not be put into JSON.
    #[error("the result cannot be put into JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Whether the reader of the output went away (`mujib export | head`), which is no failure.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            CommandError::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
            CommandError::Json(error) => error.io_error_kind() == Some(io::ErrorKind::BrokenPipe),
            _ => false,
        }
    }
}

/// One line a problem, then their number.
#[must_use]
pub fn problem_lines(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let noun = if problems.len() == 1 { "problem" } else { "problems" };
    lines.push(format!("{} {noun}", problems.len()));
    lines.join("\n")
}
