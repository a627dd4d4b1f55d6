//! Context and message to reply: the engine that ties language, knowledge, search and safety together.

pub mod compose;
mod context;
mod courtesy;
pub mod decide;
pub mod engine;
pub mod heard;
mod leaning;
mod reply;
mod several;
pub mod understand;

pub use engine::{Engine, EngineSettings, Explanation, OpenError};
pub use reply::{Citation, Context, Disclaimer, Message, Outcome, Reply, Suggestion};
