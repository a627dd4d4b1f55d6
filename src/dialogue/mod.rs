//! Context and message to reply: the engine that ties language, knowledge, search and safety together.

pub mod engine;
pub mod reply;

pub use engine::{Engine, EngineSettings, OpenError};
pub use reply::{Citation, Context, Disclaimer, Message, Outcome, Reply, Suggestion};
