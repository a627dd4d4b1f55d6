//! Work for the console: transactions that the writer runs between the patients' turns, and reads on connections of
//! their own, so that a long list never keeps a patient waiting.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction};
use tokio::sync::{Semaphore, oneshot};

use super::record::Work;
use super::{BUSY, Job, ReadError, Store, Write, WriteError, ignore};

/// Lists read at one time; others wait.
const LISTS: usize = 2;

/// Pages that a connection for lists keeps, in KiB.
const CACHE_KIB: i64 = 8 << 10;

/// Connections that read for the console, opened when they are first needed.
#[derive(Debug)]
pub(super) struct Lists {
    path: PathBuf,
    places: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Lists {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), places: Arc::new(Semaphore::new(LISTS)), idle: Arc::default() }
    }

    /// Lets nobody read any more.
    pub(super) fn close(&self) {
        self.places.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

impl Store {
    /// Runs `work` on the writer's thread in one transaction and gives back what it gives, once that is committed.
    /// Its error takes everything back and harms no other write. It must be short: patients' turns wait meanwhile.
    ///
    /// # Errors
    /// What `work` gives as its error, or that there was no writing.
    pub async fn transact<T, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<WriteError> + Send + 'static,
    {
        let given = Arc::new(Mutex::new(None));
        let run = {
            let given = Arc::clone(&given);
            Box::new(move |transaction: &Transaction<'_>| {
                let result = work(transaction);
                let keep = result.is_ok();
                *given.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                keep
            })
        };
        let (told, tell) = oneshot::channel();
        let write = Write::Work(Work(run));
        self.queue.push(Job { write, done: Box::new(move |result| ignore(told.send(result))) })?;
        let committed = tell.await.unwrap_or(Err(WriteError::Closed));
        let given = given.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (given, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(error.into()),
            // The writer acknowledges only work that it ran.
            (None, Ok(())) => Err(WriteError::Refused.into()),
        }
    }

    /// Runs `look` on a connection that can only read, on a thread for waiting. It sees everything committed before.
    ///
    /// # Errors
    /// What `look` gives as its error, or that the database cannot be read.
    pub async fn read<T, E>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<ReadError> + Send + 'static,
    {
        let closed = || E::from(ReadError::Closed);
        let place = Arc::clone(&self.lists.places).acquire_owned().await.map_err(|_| closed())?;
        let (path, idle) = (self.lists.path.clone(), Arc::clone(&self.lists.idle));
        let looking = tokio::task::spawn_blocking(move || {
            let known = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match known {
                Some(connection) => connection,
                None => open(&path).map_err(|error| E::from(error.into()))?,
            };
            let result = look(&connection);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(place);
            result
        });
        looking.await.unwrap_or_else(|_| Err(closed()))
    }
}

/// The database of `folder` for one command beside a server that may be running. It is brought up to date only if
/// none is: a running one has done so.
///
/// # Errors
/// See [`super::OpenError`].
pub async fn beside(folder: &Path) -> Result<Connection, super::OpenError> {
    let database = |reason: rusqlite::Error| super::OpenError::Database {
        path: folder.join("mujib.db"),
        reason: reason.into(),
    };
    match Store::open(folder, crate::config::Synchronous::Full).await {
        Ok(store) => store.close().await,
        Err(super::OpenError::InUse(_)) => {}
        Err(error) => return Err(error),
    }
    let connection = Connection::open(folder.join("mujib.db")).map_err(database)?;
    connection.busy_timeout(BUSY).map_err(database)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(database)?;
    Ok(connection)
}
