//! Word of what happens in conversations, for staff who watch. Costs one load where nobody does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::broadcast;
use uuid::Uuid;

/// What a slow watcher may be behind before it loses some.
const BEHIND: usize = 512;

/// Something that happened in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// Somebody said something.
    Message,
    /// The patient asks for a person.
    Handoff,
    /// A message tells of a red flag.
    Emergency,
    /// A person has come.
    Taken,
    /// The person has left.
    Released,
    /// The patient is typing.
    Typing,
    /// Somebody of the staff is typing.
    StaffTyping,
    /// It is erased.
    Erased,
}

impl Happening {
    /// Its name in events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Happening::Message => "message",
            Happening::Handoff => "handoff",
            Happening::Emergency => "emergency",
            Happening::Taken => "taken",
            Happening::Released => "released",
            Happening::Typing => "typing",
            Happening::StaffTyping => "staff_typing",
            Happening::Erased => "erased",
        }
    }
}

/// Where conversations tell what happens in them.
#[derive(Debug)]
pub struct Witness {
    watchers: AtomicUsize,
    sender: broadcast::Sender<(Uuid, Happening)>,
}

impl Default for Witness {
    fn default() -> Self {
        Self { watchers: AtomicUsize::new(0), sender: broadcast::Sender::new(BEHIND) }
    }
}

/// Somebody who watches, until dropped.
#[derive(Debug)]
pub struct Watch {
    witness: Arc<Witness>,
    receiver: broadcast::Receiver<(Uuid, Happening)>,
}

impl Witness {
    /// Tells whoever watches.
    pub fn tell(&self, conversation: Uuid, happening: Happening) {
        if self.watchers.load(Ordering::Relaxed) > 0 {
            // Nobody left meanwhile: nothing to tell.
            let _unheard = self.sender.send((conversation, happening));
        }
    }

    /// Begins to watch.
    #[must_use]
    pub fn watch(self: &Arc<Self>) -> Watch {
        let receiver = self.sender.subscribe();
        self.watchers.fetch_add(1, Ordering::Relaxed);
        Watch { witness: Arc::clone(self), receiver }
    }
}

impl Watch {
    /// What happens next; what was lost by being slow is left out. Loses nothing when dropped.
    pub async fn next(&mut self) -> Option<(Uuid, Happening)> {
        loop {
            match self.receiver.recv().await {
                Ok(happened) => return Some(happened),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

impl Watch {
    /// Forgets what happened until now.
    pub fn skip(&mut self) {
        self.receiver = self.receiver.resubscribe();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.witness.watchers.fetch_sub(1, Ordering::Relaxed);
    }
}
