//! The conversations that one connection holds: one for a patient, many for an integration.

use std::sync::Arc;

use uuid::Uuid;

use super::conversation::Conversation;

/// Conversations of one integration's connection, at most.
const MOST: usize = 2000;

/// The conversations of a connection, in the order of their ids.
#[derive(Debug)]
pub struct Held {
    most: usize,
    all: Vec<Arc<Conversation>>,
}

impl Held {
    /// Of a patient's connection.
    #[must_use]
    pub const fn one() -> Self {
        Self { most: 1, all: Vec::new() }
    }

    /// Of an integration's connection.
    #[must_use]
    pub const fn many() -> Self {
        Self { most: MOST, all: Vec::new() }
    }

    /// The conversation of `id`, if it is held.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<&Arc<Conversation>> {
        self.all.get(self.place(id).ok()?)
    }

    /// The one that is held, if there is exactly one: it need not be named.
    #[must_use]
    pub fn only(&self) -> Option<&Arc<Conversation>> {
        if let [only] = self.all.as_slice() { Some(only) } else { None }
    }

    /// Whether none is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether the conversation of `id`, held or not, finds room; `None` stands for a new one.
    #[must_use]
    pub fn has_room(&self, id: Option<Uuid>) -> bool {
        self.all.len() < self.most || id.is_some_and(|id| self.get(id).is_some())
    }

    /// Holds `conversation` instead of what was held under its id.
    pub fn put(&mut self, conversation: Arc<Conversation>) {
        match self.place(conversation.id) {
            Ok(place) => {
                if let Some(held) = self.all.get_mut(place) {
                    *held = conversation;
                }
            }
            Err(place) => self.all.insert(place, conversation),
        }
    }

    /// Lets go of the conversation of `id`.
    pub fn take(&mut self, id: Uuid) -> Option<Arc<Conversation>> {
        self.place(id).ok().map(|place| self.all.remove(place))
    }

    /// Lets go of all.
    pub fn take_all(&mut self) -> Vec<Arc<Conversation>> {
        std::mem::take(&mut self.all)
    }

    fn place(&self, id: Uuid) -> Result<usize, usize> {
        self.all.binary_search_by_key(&id, |conversation| conversation.id)
    }
}
