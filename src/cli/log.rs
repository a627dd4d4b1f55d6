//! Logging, set up once a command needs it.

use std::panic;

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Log, LogFormat};

/// Sends logs to the error output. Only mujib's own events follow the level that is set: libraries below
/// `warn` tell of frames and statements, which hold what patients wrote.
pub(super) fn start(log: Log) {
    let others = LevelFilter::from_level(log.level.min(Level::WARN));
    let targets = Targets::new().with_default(others).with_target("mujib", log.level);
    let registry = tracing_subscriber::registry().with(targets);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // A second set-up in one process, which only tests could do, keeps the first.
    let _already = match log.format {
        LogFormat::Human => registry.with(lines.with_ansi(false)).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    // The words of a panic may quote the text it happened over, so only its place is told.
    panic::set_hook(Box::new(|panicked| match panicked.location() {
        Some(place) => tracing::error!(file = place.file(), line = place.line(), "a task panicked"),
        None => tracing::error!("a task panicked"),
    }));
}
