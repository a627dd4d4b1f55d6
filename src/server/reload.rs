//! New knowledge while the server runs: built beside the old, swapped in at once, refused if it is broken.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use tokio::sync::mpsc;

use super::publisher::Publisher;

/// An editor writes several files, or one in several steps; all within this time is one change.
const TOGETHER: Duration = Duration::from_millis(500);

/// Asks for a reload.
#[derive(Debug, Clone)]
pub struct Reloader(mpsc::Sender<()>);

impl Reloader {
    /// Starts the task that reloads for `publisher`. One reload runs at a time; requests during it become one more.
    #[must_use]
    pub fn start(publisher: Arc<Publisher>) -> Self {
        let (ask, mut asked) = mpsc::channel(1);
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                if let Err(error) = publisher.reload().await {
                    // One line a problem, as `mujib check` would list them.
                    for problem in error.to_string().lines() {
                        tracing::error!("{problem}");
                    }
                    tracing::error!("reload: the new knowledge is refused, the old one stays");
                }
            }
        });
        Self(ask)
    }

    /// Asks for a reload, soon. A request that waits already will see this change too.
    pub fn request(&self) {
        let _waiting = self.0.try_send(());
    }
}

/// Reloads on SIGHUP, for as long as the process lives.
///
/// # Errors
/// If the system does not let the signal be caught.
#[cfg(unix)]
pub fn on_hangup(reloader: Reloader) -> std::io::Result<()> {
    let mut hangups = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            reloader.request();
        }
    });
    Ok(())
}

/// Watches a folder until it is dropped.
pub type Watch = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Reloads when something in `folder` changes, until the watch that comes back is dropped.
///
/// # Errors
/// If the folder cannot be watched.
pub fn on_change(folder: &Path, reloader: Reloader) -> Result<Watch, notify_debouncer_full::notify::Error> {
    let seen = move |result: DebounceEventResult| match result {
        // Reading is an event too, and a reload reads.
        Ok(events) if events.iter().all(|event| event.kind.is_access()) => {}
        Ok(_) => reloader.request(),
        Err(errors) => {
            for error in errors {
                tracing::warn!(%error, "the knowledge folder cannot be watched");
            }
        }
    };
    let mut watch = new_debouncer(TOGETHER, None, seen)?;
    watch.watch(folder, RecursiveMode::Recursive)?;
    Ok(watch)
}
