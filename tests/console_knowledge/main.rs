//! Editing the knowledge in the console of a real server: drafts, review, publishing, and what patients then get.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod changes;
mod desk;
mod files;
mod hostile;
mod lists;
mod safety;
mod try_out;
