//! The command line: one file a command, each a function from typed arguments to text and an ending.

pub mod ask;
pub mod check;
pub mod command;
pub mod evaluate;
pub mod export;
pub mod index;

pub use command::{CommandError, Ending, Setup};
