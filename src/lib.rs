//! mujib answers patients' questions in Arabic and Persian from a clinic's own reviewed
//! question/answer pairs. See `ARCHITECTURE.md` for the way of a message.

pub mod cli;
pub mod config;
pub mod dialogue;
pub mod evaluation;
pub mod knowledge;
pub mod language;
pub mod safety;
pub mod search;
pub mod semantic;
pub mod server;
pub mod store;
