//! Moves what is in the write-ahead log into the database, while the writer goes on.
//!
//! A checkpoint waits for the disk. Done by the writer, it would hold up every patient for as long; so a thread
//! with a connection of its own does the bulk, and the writer only the few pages that were added meanwhile, which is
//! what lets the log begin anew instead of growing for ever.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

/// Writes between two checkpoints. One touches about two pages of 4 KiB.
const WRITES: usize = 4_000;

/// Pages in the log from which on the writer finishes a checkpoint.
const LONG: i64 = 4_000;

/// Pages in the log at which the writer makes a checkpoint whatever the thread does (128 MiB).
pub(super) const LONGEST: i64 = 32_000;

/// The thread that makes checkpoints, as the writer sees it.
pub(super) struct Checkpoints {
    /// Told that it is time; `None` when ended.
    time: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Whether the writer should finish what the thread has done.
    nearly: Arc<AtomicBool>,
    written: usize,
}

impl Checkpoints {
    /// Starts the thread on the database at `path`.
    ///
    /// # Errors
    /// The database's word if it cannot be opened once more.
    pub(super) fn start(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        let (time, times) = sync_channel(1);
        let nearly = Arc::new(AtomicBool::new(false));
        let thread = std::thread::Builder::new().name("checkpoints".into());
        let thread = thread.spawn({
            let nearly = Arc::clone(&nearly);
            move || make(&connection, &times, &nearly)
        });
        // Without the thread the writer makes them itself, at the latest when the log is at its longest.
        Ok(Self { time: Some(time), thread: thread.ok(), nearly, written: 0 })
    }

    /// Takes note of `writes` that were committed over `connection`.
    pub(super) fn written(&mut self, writes: usize, connection: &Connection) {
        if self.nearly.swap(false, Ordering::AcqRel)
            && let Err(error) = passive(connection)
        {
            tracing::warn!(%error, "a checkpoint failed; will try again");
        }
        self.written += writes;
        if self.written >= WRITES
            && let Some(time) = &self.time
        {
            self.written = 0;
            // One that is still under way serves as well.
            let _busy = time.try_send(());
        }
    }

    /// Ends the thread.
    pub(super) fn end(&mut self) {
        drop(self.time.take());
        if let Some(thread) = self.thread.take() {
            // It has said in the log what went wrong.
            let _panicked = thread.join();
        }
    }
}

fn make(connection: &Connection, times: &Receiver<()>, nearly: &AtomicBool) {
    for () in times {
        match passive(connection) {
            Ok(pages) if pages >= LONG => nearly.store(true, Ordering::Release),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a checkpoint failed; will try again"),
        }
    }
}

/// Moves what can be moved without waiting for anyone; the pages in the log.
fn passive(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))
}

/// Moves everything and cuts the log to nothing; `false` if a checkpoint or a reader was in the way.
pub(super) fn empty_log(connection: &Connection) -> rusqlite::Result<bool> {
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        .map(|busy| busy == 0)
}
