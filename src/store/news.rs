//! Word of what was committed, for whoever gathers it. Told after the patients, once a commit, and never waited for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use uuid::Uuid;

/// Commits whose news may wait. What comes when there is no room is found again in the database.
const WAITING: usize = 1024;

/// Something was committed that the console shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A message with its reply.
    Turn {
        /// The conversation.
        conversation: Uuid,
        /// The reply's.
        seq: i64,
    },
    /// A message to a person, without a reply.
    Heard {
        /// The conversation.
        conversation: Uuid,
        /// Its number among these.
        number: i64,
    },
    /// A thumb.
    Feedback {
        /// The conversation.
        conversation: Uuid,
        /// The reply's id.
        reply: Uuid,
    },
    /// A patient asked for a person.
    Handoff {
        /// The conversation.
        conversation: Uuid,
    },
}

impl News {
    /// The conversation that it is about.
    #[must_use]
    pub const fn conversation(&self) -> Uuid {
        match self {
            News::Turn { conversation, .. }
            | News::Heard { conversation, .. }
            | News::Feedback { conversation, .. }
            | News::Handoff { conversation } => *conversation,
        }
    }
}

/// The writer's end.
pub(super) struct Outlet {
    sender: mpsc::Sender<Vec<News>>,
    missed: Arc<AtomicBool>,
}

/// The gatherer's end.
#[derive(Debug)]
pub struct Inlet {
    receiver: mpsc::Receiver<Vec<News>>,
    missed: Arc<AtomicBool>,
}

/// Both ends.
pub(super) fn channel() -> (Outlet, Inlet) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let missed = Arc::new(AtomicBool::new(false));
    (Outlet { sender, missed: Arc::clone(&missed) }, Inlet { receiver, missed })
}

impl Outlet {
    /// Tells of one commit.
    pub(super) fn tell(&self, news: Vec<News>) {
        // Without a gatherer nothing is missed: one that starts looks at the database first.
        if let Err(mpsc::error::TrySendError::Full(_)) = self.sender.try_send(news) {
            self.missed.store(true, Ordering::Release);
        }
    }
}

impl Inlet {
    /// Waits for news and appends what there is, of at most `commits` commits; `false` when the store is closed.
    /// Loses nothing when dropped.
    pub async fn next(&mut self, news: &mut Vec<News>, commits: usize) -> bool {
        let mut told = Vec::new();
        let some = self.receiver.recv_many(&mut told, commits).await > 0;
        news.extend(told.into_iter().flatten());
        some
    }

    /// Commits whose news wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.receiver.len()
    }

    /// Whether some news found no room since this was asked last.
    #[must_use]
    pub fn has_missed(&self) -> bool {
        self.missed.swap(false, Ordering::AcqRel)
    }
}
