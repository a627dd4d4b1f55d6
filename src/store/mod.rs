//! Conversations, staff and settings in SQLite: one writer that commits in groups, a few readers. Knows no search.
//!
//! A write is acknowledged only after its commit. Writes are committed and acknowledged in the order in
//! which they were queued, so a later write may rely on an earlier one.

/// What SQL gives for the body of a frame `f` whose part is `p`: the same JSON as [`Body::fields_onto`] in braces.
macro_rules! body {
    () => {
        "coalesce(f.own, CASE WHEN f.disclaimers IS NULL THEN p.json ELSE \
         substr(p.json, 1, length(p.json) - 1) || ',\"disclaimers\":[' || \
         (SELECT group_concat(d.json, ',' ORDER BY e.key) FROM json_each(f.disclaimers) e \
          JOIN part d ON d.id = e.value) || ']}' END, '{}')"
    };
}

pub mod accounts;
pub mod audit;
mod checkpoint;
mod console;
pub mod facts;
pub mod inbox;
pub mod missed;
mod news;
pub mod questions;
mod queue;
mod reader;
mod record;
pub mod revisions;
pub mod settings;
pub mod takeover;
pub mod tally;
pub mod tokens;
pub mod transcripts;
mod writer;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::oneshot;

use crate::config::Synchronous;
use queue::Queue;

pub(crate) use record::inner;

pub use console::beside;
pub use news::{Inlet, News};
pub use record::{
    Body, Feedback, Frame, FrameKind, Handoff, Heard, Masked, Opening, Part, Step, Stored, StoredFrame, Turn,
    Word, Work, Write,
};

/// How long one connection waits for another.
const BUSY: Duration = Duration::from_secs(5);

/// Connections that read. Reads are few: resuming, and messages sent twice.
const READERS: u32 = 2;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/store/migrations");

/// Called on the writer's thread once the write is committed, or has failed. Must not block.
pub type Done = Box<dyn FnOnce(Result<(), WriteError>) + Send>;

/// A write and whom to tell.
struct Job {
    write: Write,
    done: Done,
}

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be made or written.
    #[error("cannot use the data folder {}: {reason}; make it writable or set --data", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's word.
        reason: std::io::Error,
    },
    /// Two servers would answer the same message twice.
    #[error("another mujib uses the data folder {}; stop it or set --data to another folder", .0.display())]
    InUse(PathBuf),
    /// The database cannot be opened.
    #[error("cannot open the database {}: {reason}", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// SQLite's or the system's word.
        reason: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database comes from a newer mujib, or an upgrade of it failed.
    #[error("cannot bring the database {} up to date: {reason}; was it written by a newer mujib?", .path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        reason: sqlx::migrate::MigrateError,
    },
}

/// Why a write did not happen. The cause is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The database refused it: its conversation is gone, or the disk is full.
    #[error("the database refused the write")]
    Refused,
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
    /// Too many writes wait.
    #[error("too many writes wait")]
    Busy,
}

/// The database could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A reader of the chat.
    #[error("cannot read the database: {0}")]
    Chat(#[from] sqlx::Error),
    /// A reader of the console.
    #[error("cannot read the database: {0}")]
    Console(#[from] rusqlite::Error),
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
}

/// A place in the queue of writes. The writer waits a little for what is to come into it, so it is taken where the
/// write is about to be made, and not held while anything else is waited for.
pub struct Place<'a>(Option<&'a Queue>);

impl Place<'_> {
    /// Queues `write`; `done` is called after its commit.
    pub fn put(mut self, write: Write, done: Done) {
        if let Some(queue) = self.0.take() {
            queue.fill(Job { write, done });
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.take().into_iter().for_each(Queue::leave);
    }
}

/// The store. One a process and data folder; share it by reference or `Arc`.
#[derive(Debug)]
pub struct Store {
    queue: Arc<Queue>,
    readers: SqlitePool,
    lists: console::Lists,
    news: Mutex<Option<Inlet>>,
    // Held while the process lives; the system frees it even after kill -9.
    _lock: File,
}

impl Store {
    /// Opens `folder/mujib.db`, made if need be, and brings it up to date.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(folder: &Path, synchronous: Synchronous) -> Result<Self, OpenError> {
        let lock = take_folder(folder)?;
        let path = folder.join("mujib.db");
        let database = |reason: Box<dyn std::error::Error + Send + Sync>| OpenError::Database {
            path: path.clone(),
            reason,
        };

        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(BUSY)
            .disable_statement_logging();
        let mut connection = options
            .clone()
            .create_if_missing(true)
            .connect()
            .await
            .map_err(|error| database(error.into()))?;
        MIGRATIONS
            .run(&mut connection)
            .await
            .map_err(|reason| OpenError::Migration { path: path.clone(), reason })?;
        connection.close().await.map_err(|error| database(error.into()))?;

        let connection = writing(&path, synchronous).map_err(|error| database(error.into()))?;
        // After kill -9 the log may still hold what was forgotten before.
        checkpoint::empty_log(&connection).map_err(|error| database(error.into()))?;
        let checkpoints = checkpoint::Checkpoints::start(&path).map_err(|error| database(error.into()))?;

        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .map_err(|error| database(error.into()))?;
        let queue = Arc::new(Queue::default());
        let (outlet, inlet) = news::channel();
        let writer = writer::Writer::new(connection, checkpoints, outlet);
        let waiting = Arc::clone(&queue);
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| database(error.into()))?;
        let lists = console::Lists::new(&path);
        Ok(Self { queue, readers, lists, news: Mutex::new(Some(inlet)), _lock: lock })
    }

    /// A place in the queue, at once.
    ///
    /// # Errors
    /// [`WriteError::Busy`] if there is none, [`WriteError::Closed`].
    pub fn place(&self) -> Result<Place<'_>, WriteError> {
        self.queue.reserve().map(|()| Place(Some(self.queue.as_ref())))
    }

    /// Queues `write` and waits for its commit.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn write(&self, write: Write) -> Result<(), WriteError> {
        let (told, tell) = oneshot::channel();
        self.place()?.put(write, Box::new(move |result| ignore(told.send(result))));
        tell.await.unwrap_or(Err(WriteError::Closed))
    }

    /// Word of what is committed from now on; `None` if it was taken before.
    #[must_use]
    pub fn news(&self) -> Option<Inlet> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Commits what is queued, empties the log and closes the database.
    pub async fn close(&self) {
        let (told, tell) = oneshot::channel();
        let close = Job { write: Write::Close, done: Box::new(move |_| ignore(told.send(()))) };
        if self.queue.push(close).is_ok() {
            // An error means that the writer is gone, which is what is waited for.
            let _gone = tell.await;
        }
        self.lists.close();
        self.readers.close().await;
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// The connection that writes.
fn writing(path: &Path, synchronous: Synchronous) -> rusqlite::Result<rusqlite::Connection> {
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(
        None,
        "synchronous",
        match synchronous {
            Synchronous::Normal => "NORMAL",
            Synchronous::Full => "FULL",
        },
    )?;
    // What is forgotten is overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    // What a statement changes is kept aside in memory, not in a file that is made and removed each time.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Room for the pages of a thousand conversations at a time, in KiB; taken only when needed. A commit that has split
    // a page looks at all that are kept, so more would cost everybody.
    connection.pragma_update(None, "cache_size", -4096)?;
    connection.pragma_update(None, "wal_autocheckpoint", checkpoint::LONGEST)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    Ok(connection)
}

/// Makes the data folder, readable by its owner only, and takes it for this process.
fn take_folder(folder: &Path) -> Result<File, OpenError> {
    let unusable = |reason| OpenError::Folder { path: folder.to_path_buf(), reason };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(unusable)?;
    let lock = File::create(folder.join("mujib.lock")).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.to_path_buf())),
        Err(TryLockError::Error(reason)) => Err(unusable(reason)),
    }
}

/// Nobody waits for the word any more; there is nothing to do about it.
fn ignore<T>(_unheard: Result<(), T>) {}

#[cfg(test)]
mod tests;
