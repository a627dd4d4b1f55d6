//! The clinic's settings, tokens for integrations, the overview, the API's documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod documents;
mod overview;
mod settings;
mod tokens;
