//! The console's inbox, conversations, take-over and events, over the real server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod conversations;
mod hostile;
mod inbox;
mod staff;
mod stay;
