//! The semantic signal: an embedding server's word on what a question is like, one more feature of ranking.
//!
//! Off unless an endpoint is set. Then the knowledge is embedded in the background, and each question that raises
//! no red flag is sent there, its identifiers masked, with little time to answer: without an answer the reply is
//! what it would have been without the signal.

mod blocking;
mod breaker;
mod build;
mod cache;
mod client;
mod vectors;
mod whitening;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

pub use blocking::Blocking;
pub use build::{BuildError, Built};
pub use client::{EmbedError, SetupError};

use crate::config::Semantic;
use crate::dialogue::{Engine, Message};
use crate::search::{Class, Likeness};
use breaker::{Breaker, Change};
use client::Client;
use vectors::Vectors;

/// Characters of a question that are embedded; models read no more than a few hundred words.
const QUESTION_CHARS: usize = 1000;

/// Questions that may wait for the endpoint at one time; more are answered without it.
const UNDER_WAY: usize = 64;

/// How long after a failure the knowledge is tried again at first; doubled each time.
const FIRST_RETRY: Duration = Duration::from_secs(5);

/// The longest between two tries.
const LAST_RETRY: Duration = Duration::from_secs(300);

/// The signal: a client of the endpoint, and the vectors of the knowledge once they are there.
#[derive(Debug)]
pub struct Signal {
    client: Client,
    settings: Semantic,
    cache: PathBuf,
    ready: ArcSwapOption<Ready>,
    building: Mutex<Option<AbortHandle>>,
    breaker: Breaker,
    under_way: Semaphore,
}

/// The vectors of one version of the knowledge.
#[derive(Debug)]
struct Ready {
    version: String,
    vectors: Vectors,
}

impl Signal {
    /// A signal as set, which keeps its vectors in the index folder. Connects to nothing yet.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn new(settings: &Semantic, index: &Path) -> Result<Self, SetupError> {
        Ok(Self {
            client: Client::new(settings)?,
            settings: settings.clone(),
            cache: cache::path(index, settings),
            ready: ArcSwapOption::empty(),
            building: Mutex::new(None),
            breaker: Breaker::default(),
            under_way: Semaphore::new(UNDER_WAY),
        })
    }

    /// Embeds the knowledge of `engine` in the background, again and again until it succeeds. What an earlier call
    /// began is broken off: it was for older knowledge.
    pub fn learn(self: &Arc<Self>, engine: Arc<Engine>) {
        let signal = Arc::clone(self);
        let task = tokio::spawn(async move {
            let mut wait = FIRST_RETRY;
            while let Err(error) = signal.prepare(engine.version(), engine.classes()).await {
                tracing::warn!(seconds = wait.as_secs(), "the semantic signal is not on yet: {error}");
                tokio::time::sleep(wait).await;
                wait = LAST_RETRY.min(wait * 2);
            }
        });
        let mut building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = building.replace(task.abort_handle()) {
            earlier.abort();
        }
    }

    /// Whether vectors of this model were kept before.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        self.cache.exists()
    }

    /// Embeds the forms of `classes`, which are those of the knowledge `version`, as far as the cache does not hold
    /// them, and switches the signal on. Gives back how many texts were embedded.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn prepare(&self, version: &str, classes: &[Class]) -> Result<usize, BuildError> {
        let began = Instant::now();
        let Built { vectors, embedded } =
            build::build(&self.client, &self.cache, &self.settings.passage_prefix, classes).await?;
        let (forms, dimensions, bytes) = (vectors.forms(), vectors.dimensions(), vectors.bytes());
        self.ready.store(Some(Arc::new(Ready { version: version.to_owned(), vectors })));
        // Said when it is so: whoever waits for this line may ask at once.
        tracing::info!(
            forms,
            embedded,
            dimensions,
            memory_kb = bytes / 1024,
            ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "the semantic signal is on"
        );
        Ok(embedded)
    }

    /// What the model says of `message`. `None`, at once or after the time-out at the latest, where it says nothing:
    /// the vectors of this knowledge are not there yet, the message raises a red flag (then no word of it leaves the
    /// process), or the endpoint is slow, failing or busy.
    pub async fn likeness(&self, engine: &Engine, message: &Message) -> Option<Likeness> {
        // Nothing is screened or masked in vain while the signal is off.
        self.ready_for(engine.version())?;
        self.likeness_for(engine.version(), &engine.outward(message)?).await
    }

    fn ready_for(&self, version: &str) -> Option<Arc<Ready>> {
        self.ready.load_full().filter(|ready| ready.version == version)
    }

    /// The same for a text that no patient wrote, such as a query of an evaluation set.
    pub async fn likeness_for(&self, version: &str, text: &str) -> Option<Likeness> {
        let ready = self.ready_for(version)?;
        let _place = self.under_way.try_acquire().ok()?;
        if !self.breaker.admits(Instant::now()) {
            return None;
        }
        let text: String = text.chars().take(QUESTION_CHARS).collect();
        let question = format!("{}{text}", self.settings.query_prefix);
        let answer = self.client.embed(&[question], self.settings.timeout).await;
        let likeness = answer.and_then(|vectors| {
            let vector = vectors.first().ok_or(EmbedError::Unusable)?;
            ready.vectors.likeness(vector).ok_or(EmbedError::Unusable)
        });
        match likeness {
            Ok(likeness) => {
                if self.breaker.succeeded() == Change::Closed {
                    tracing::info!("the embedding endpoint answers again");
                }
                Some(Likeness::new(likeness))
            }
            Err(error) => {
                if self.breaker.failed(Instant::now()) == Change::Opened {
                    tracing::warn!(
                        seconds = breaker::COOL_DOWN.as_secs(),
                        "replies go without the embedding endpoint for now: {error}, {} times in a row",
                        breaker::FAILURES
                    );
                }
                None
            }
        }
    }
}
