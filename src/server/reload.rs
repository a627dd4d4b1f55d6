//! New knowledge while the server runs: built beside the old, swapped in at once, refused if it is broken.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use tokio::sync::mpsc;

use crate::dialogue::{Engine, OpenError};
use crate::semantic::Signal;

/// An editor writes several files, or one in several steps; all within this time is one change.
const TOGETHER: Duration = Duration::from_millis(500);

/// Builds an engine from the knowledge as it is now.
pub type Opener = Arc<dyn Fn() -> Result<Engine, OpenError> + Send + Sync>;

/// Asks for a reload.
#[derive(Debug, Clone)]
pub struct Reloader(mpsc::Sender<()>);

impl Reloader {
    /// Starts the task that reloads `engine`, and tells `signal` of what is new. One reload runs at a time; requests
    /// during it become one more.
    #[must_use]
    pub fn start(engine: Arc<ArcSwap<Engine>>, opener: Opener, signal: Option<Arc<Signal>>) -> Self {
        let (ask, mut asked) = mpsc::channel(1);
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                let opener = Arc::clone(&opener);
                match tokio::task::spawn_blocking(move || opener()).await {
                    Ok(Ok(new)) => swap(&engine, new, signal.as_ref()),
                    Ok(Err(error)) => {
                        // One line a problem, as `mujib check` would list them.
                        for problem in error.to_string().lines() {
                            tracing::error!("{problem}");
                        }
                        tracing::error!("reload: the new knowledge is refused, the old one stays");
                    }
                    Err(error) => tracing::error!(%error, "reload: broke off, the old knowledge stays"),
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

fn swap(engine: &ArcSwap<Engine>, new: Engine, signal: Option<&Arc<Signal>>) {
    let version = new.version().to_owned();
    if engine.load().version() == version {
        tracing::info!(knowledge = version, "reload: the knowledge has not changed");
        return;
    }
    let new = Arc::new(new);
    let old = engine.swap(Arc::clone(&new));
    if let Some(signal) = signal {
        signal.learn(new);
    }
    // Said when it is so: whoever waits for this line may ask at once.
    tracing::info!(old = old.version(), knowledge = version, "reload: new knowledge answers from now on");
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
