//! All conversations that someone is in. There is never more than one [`Conversation`] of an id in the
//! process, so that its `seq` is given out once.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use uuid::Uuid;

use super::conversation::{Beginning, Conversation, Ended, Staffer, Watch, Witness, now_ms, token_digest};
use super::wire;
use crate::dialogue::{Context, Engine};
use crate::language::Lang;
use crate::store::{Frame, FrameKind, Opening, ReadError, Store, Write, WriteError};

/// Locks for reading conversations back; an id always takes the same one.
const READING: usize = 64;

/// A day in ms.
const DAY_MS: i64 = 86_400_000;

/// Characters of a channel's name, at most.
const CHANNEL_CHARS: usize = 32;

/// Why a conversation could not be found or opened.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The store takes no writes.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Which conversations someone is in, and who watches them.
#[derive(Debug, Default)]
pub struct Registry {
    conversations: Mutex<HashMap<Uuid, Weak<Conversation>>>,
    /// Told of what happens in them.
    pub(super) witness: Arc<Witness>,
}

impl Registry {
    fn map(&self) -> MutexGuard<'_, HashMap<Uuid, Weak<Conversation>>> {
        // Nothing under this lock can panic half-way.
        self.conversations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The conversation, if someone is in it.
    fn get(&self, id: Uuid) -> Option<Arc<Conversation>> {
        // The lock is freed before the conversation is used or dropped: dropping takes it again.
        let found = self.map().get(&id).cloned();
        found.and_then(|weak| weak.upgrade())
    }

    fn insert(&self, id: Uuid, conversation: &Arc<Conversation>) {
        self.map().insert(id, Arc::downgrade(conversation));
    }

    /// Called when a conversation's last user is gone; one that was read anew meanwhile stays.
    pub(super) fn remove(&self, id: Uuid) {
        let mut map = self.map();
        if map.get(&id).is_some_and(|weak| weak.strong_count() == 0) {
            map.remove(&id);
        }
    }
}

/// A conversation that is being opened.
#[derive(Debug)]
pub struct Opened {
    /// It.
    pub conversation: Arc<Conversation>,
    /// Its resume token. Only its digest is kept.
    pub token: String,
    /// Its greeting's JSON.
    pub greeting: Option<String>,
    /// To be written before anything else of it.
    pub write: Write,
}

/// What a client says of a conversation that it opens.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The language of its page.
    pub locale: Option<Lang>,
    /// Where the conversation takes place.
    pub channel: Option<String>,
    /// Whether it shows a greeting.
    pub greeting: bool,
}

/// All conversations.
#[derive(Debug)]
pub struct Hub {
    store: Arc<Store>,
    registry: Arc<Registry>,
    reading: [tokio::sync::Mutex<()>; READING],
    hasher: RandomState,
    retention_ms: AtomicI64,
}

impl Hub {
    /// A hub over `store`, whose conversations are unknown `retention_days` after their last change.
    #[must_use]
    pub fn new(store: Arc<Store>, retention_days: u32) -> Self {
        Self {
            store,
            registry: Arc::default(),
            reading: std::array::from_fn(|_| tokio::sync::Mutex::new(())),
            hasher: RandomState::new(),
            retention_ms: AtomicI64::new(i64::from(retention_days) * DAY_MS),
        }
    }

    /// From now on conversations are unknown `days` after their last change.
    pub fn keep_for(&self, days: u32) {
        self.retention_ms.store(i64::from(days) * DAY_MS, Ordering::Relaxed);
    }

    /// The time before which a conversation must have changed last to be unknown by now.
    #[must_use]
    pub fn cutoff_ms(&self) -> i64 {
        now_ms() - self.retention_ms.load(Ordering::Relaxed)
    }

    /// What stands for a client's id of a message in memory.
    #[must_use]
    pub fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }

    /// A new conversation. Its write must be queued before any other of it.
    #[must_use]
    pub fn begin(&self, engine: &Engine, wish: Wish) -> Opened {
        let id = Uuid::now_v7();
        let created_ms = now_ms();
        // Two random UUIDs: 244 bits that nobody guesses.
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let lang = wish.locale.unwrap_or(Lang::Ar);
        let greeting = wish.greeting.then(|| engine.greeting(lang));
        // The engine's types always serialize; without a body there would be no greeting.
        let greeting = greeting.and_then(|reply| Some((reply.confidence, wire::reply_body(&reply).ok()?)));
        let greeting = greeting.map(|(confidence, body)| Frame {
            seq: 1,
            id: Uuid::now_v7(),
            kind: FrameKind::Reply,
            in_reply_to: None,
            sent_ms: created_ms,
            confidence: Some(confidence),
            body,
        });
        let beginning = Beginning {
            token: token_digest(&token),
            locale: wish.locale,
            context: Context::default(),
            last_seq: i64::from(greeting.is_some()),
            messages: HashSet::new(),
            with: None,
            heard: 0,
            said: HashSet::new(),
        };
        let opening = Opening {
            id,
            token: beginning.token,
            channel: wish.channel.filter(|channel| is_channel(channel)),
            locale: wish.locale.map(Lang::code),
            created_ms,
            greeting: greeting.clone(),
        };
        let conversation = Arc::new(Conversation::new(id, beginning, Arc::clone(&self.registry)));
        self.registry.insert(id, &conversation);
        let greeting = greeting.map(|frame| wire::frame_json(&conversation.name, &frame));
        Opened { conversation, token, greeting, write: Write::Open(Box::new(opening)) }
    }

    /// The conversation of `id`; `None` if it never was, was erased, or is past its retention.
    ///
    /// # Errors
    /// See [`HubError`].
    pub async fn find(&self, id: Uuid) -> Result<Option<Arc<Conversation>>, HubError> {
        if let Some(conversation) = self.registry.get(id)
            && conversation.ended().is_none()
        {
            return Ok(Some(conversation));
        }
        // Held across the reading on purpose: whoever else wants this conversation must wait for the one
        // that is being read, not read a second one.
        let stripe = usize::try_from(id.as_u128() % READING as u128).unwrap_or(0);
        let Some(reading) = self.reading.get(stripe) else { return Ok(None) };
        let _reading = reading.lock().await;
        if let Some(conversation) = self.registry.get(id) {
            match conversation.ended() {
                None | Some(Ended::Panicked) => return Ok(Some(conversation)),
                Some(Ended::Forgotten) => return Ok(None),
                Some(Ended::Failed) => {}
            }
        }
        // What was queued for an earlier life of the conversation must be settled before it is read.
        self.store.write(Write::Barrier).await?;
        let Some(stored) = self.store.conversation(id).await? else { return Ok(None) };
        let Ok(token) = <[u8; 32]>::try_from(stored.token.as_slice()) else { return Ok(None) };
        if stored.updated_ms < self.cutoff_ms() {
            return Ok(None);
        }
        let beginning = Beginning {
            token,
            locale: stored.locale.as_deref().and_then(Lang::from_code),
            // A context of another version of mujib that cannot be read is begun anew.
            context: serde_json::from_str(&stored.context).unwrap_or_default(),
            last_seq: stored.last_seq,
            messages: stored.messages.iter().map(|message| self.hash(message)).collect(),
            with: stored.with.map(|(id, name)| Staffer { id, name: name.into() }),
            heard: stored.heard,
            said: stored.said.into_iter().collect(),
        };
        let conversation = Arc::new(Conversation::new(id, beginning, Arc::clone(&self.registry)));
        self.registry.insert(id, &conversation);
        Ok(Some(conversation))
    }

    /// Lets somebody of the staff see what happens in conversations.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.registry.witness.watch()
    }

    /// Whether a patient is connected to the conversation of `id`.
    #[must_use]
    pub fn is_live(&self, id: Uuid) -> bool {
        self.registry.get(id).is_some_and(|conversation| conversation.is_live())
    }

    /// The stored reply to a message that was answered before, as JSON, or the word that it is kept for a person;
    /// waits if its commit is under way. `None` if that commit failed.
    ///
    /// # Errors
    /// See [`HubError`].
    pub async fn again(
        &self,
        conversation: &Conversation,
        message: &str,
    ) -> Result<Option<String>, HubError> {
        self.store.write(Write::Barrier).await?;
        if let Some(frame) = self.store.reply_to(conversation.id, message).await? {
            return Ok(Some(wire::stored_json(&conversation.name, &frame)));
        }
        let heard = self.store.has_heard(conversation.id, message).await?;
        Ok(heard.then(|| wire::received_json(&conversation.name, message)))
    }
}

/// Names such as `web` or `whats-app`; anything else is not kept.
fn is_channel(channel: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !channel.is_empty() && channel.len() <= CHANNEL_CHARS && channel.bytes().all(plain)
}

#[cfg(test)]
#[path = "hub/tests.rs"]
mod tests;
