//! Connections, as conversations see them.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;
use uuid::Uuid;

/// What waits to be sent to one connection.
#[derive(Debug)]
pub enum Out {
    /// A committed frame; `own` if it answers something that this connection sent.
    Frame { text: Utf8Bytes, own: bool },
    /// Something this connection sent could not be committed.
    Failed { in_reply_to: Option<String> },
    /// The conversation is erased; `own` if this connection asked for it.
    Forgotten { conversation: Uuid, text: Utf8Bytes, own: bool },
}

/// A connection, as conversations see it.
#[derive(Debug)]
pub struct Peer {
    /// Its number in this process.
    pub number: u64,
    outbox: mpsc::Sender<Out>,
    overrun: AtomicBool,
}

impl Peer {
    /// A connection whose frames go to `outbox`.
    #[must_use]
    pub fn new(number: u64, outbox: mpsc::Sender<Out>) -> Self {
        Self { number, outbox, overrun: AtomicBool::new(false) }
    }

    /// Whether frames were lost because the client does not read. It must reconnect and resume.
    #[must_use]
    pub fn is_overrun(&self) -> bool {
        self.overrun.load(Ordering::Acquire)
    }

    pub(super) fn put(&self, out: Out) {
        // A closed outbox belongs to a connection that is ending.
        if let Err(mpsc::error::TrySendError::Full(_)) = self.outbox.try_send(out) {
            self.overrun.store(true, Ordering::Release);
        }
    }
}
