//! Who may use the console: the first administrator, signing in, sessions, people, roles.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod people;
mod roles;
mod secrets;
mod sign_in;
