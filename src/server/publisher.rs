//! Who holds the edition that answers, and puts another in its place: a changed folder, or what staff publish.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::{MutexGuard, watch};

use super::clinic;
use super::edition::Edition;
use crate::dialogue::{Engine, EngineSettings, OpenError};
use crate::knowledge::Files;
use crate::store::{ReadError, Store, revisions};

/// Why there is no new edition. The old one, if there is one, stays.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The knowledge has problems, or its index cannot be built.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What staff published cannot be read.
    #[error("what staff published cannot be read: {0}")]
    Store(#[from] ReadError),
    /// A bug in mujib.
    #[error("building the knowledge broke off")]
    Broken,
}

/// Where an edition is made from and kept.
#[derive(Debug, Clone)]
pub struct Places {
    /// The folder of the knowledge.
    pub knowledge: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// The folder of the questions that are asked before anything is published.
    pub questions: PathBuf,
}

/// The edition that answers.
#[derive(Debug)]
pub struct Publisher {
    places: Places,
    clinic: clinic::Shared,
    store: Arc<Store>,
    engine: Arc<ArcSwap<Engine>>,
    edition: ArcSwap<Edition>,
    /// Held by who puts another edition in place: each builds on the one before.
    turn: tokio::sync::Mutex<()>,
    versions: watch::Sender<String>,
}

/// Leave to put another edition in place.
#[derive(Debug)]
pub struct Turn<'a> {
    publisher: &'a Publisher,
    _held: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    /// Lets `edition` answer from now on.
    pub fn swap(&self, edition: Arc<Edition>) {
        let publisher = self.publisher;
        let now = |engine: &Engine| Arc::new(engine.with_settings(publisher.settings()));
        publisher.engine.store(now(edition.engine()));
        // Settings that changed just before were given to the old engine; those that change from here on, to this one.
        publisher.engine.rcu(|engine| now(engine));
        let version = edition.version().to_owned();
        publisher.edition.store(edition);
        publisher.versions.send_replace(version);
    }
}

impl Publisher {
    /// Opens the files with what is published over them.
    ///
    /// # Errors
    /// See [`EditionError`]: what is published is never left out, for an answer that was withdrawn must not come back.
    pub async fn open(
        places: Places,
        clinic: clinic::Shared,
        store: Arc<Store>,
    ) -> Result<Arc<Self>, EditionError> {
        let edition = open(&places, &settings(&clinic), &store).await?;
        let versions = watch::Sender::new(edition.version().to_owned());
        Ok(Arc::new(Self {
            engine: Arc::new(ArcSwap::new(Arc::clone(edition.engine()))),
            edition: ArcSwap::from_pointee(edition),
            clinic,
            turn: tokio::sync::Mutex::new(()),
            places,
            store,
            versions,
        }))
    }

    /// The engine that answers, always the newest.
    #[must_use]
    pub fn engine(&self) -> Arc<ArcSwap<Engine>> {
        Arc::clone(&self.engine)
    }

    /// The edition that answers.
    #[must_use]
    pub fn edition(&self) -> Arc<Edition> {
        self.edition.load_full()
    }

    /// The version that answers, and every one after it.
    #[must_use]
    pub fn versions(&self) -> watch::Receiver<String> {
        self.versions.subscribe()
    }

    /// Where editions are made from and kept.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// What the clinic sets about replies.
    #[must_use]
    pub fn settings(&self) -> EngineSettings {
        settings(&self.clinic)
    }

    /// Waits until nobody else puts an edition in place.
    pub async fn turn(&self) -> Turn<'_> {
        Turn { publisher: self, _held: self.turn.lock().await }
    }

    /// Reads the folder again and lets what it holds now, with what is published over it, answer.
    ///
    /// # Errors
    /// See [`EditionError`]; the old edition stays.
    pub async fn reload(&self) -> Result<(), EditionError> {
        let turn = self.turn().await;
        let new = open(&self.places, &self.settings(), &self.store).await?;
        let old = self.edition();
        if !new.conflicts().is_empty() {
            let count = new.conflicts().len();
            tracing::warn!(
                count,
                "reload: files changed beneath what staff published; the console lists them"
            );
        }
        if old.version() == new.version() {
            // The files may have caught up with what was published.
            turn.swap(Arc::new(new.with_engine(Arc::clone(old.engine()))));
            tracing::info!(knowledge = old.version(), "reload: the knowledge has not changed");
            return Ok(());
        }
        let version = new.version().to_owned();
        turn.swap(Arc::new(new));
        // Said when it is so: whoever waits for this line may ask at once.
        tracing::info!(old = old.version(), knowledge = version, "reload: new knowledge answers from now on");
        Ok(())
    }
}

fn settings(clinic: &clinic::Shared) -> EngineSettings {
    EngineSettings { country: clinic.load().country.clone() }
}

async fn open(places: &Places, settings: &EngineSettings, store: &Store) -> Result<Edition, EditionError> {
    let published =
        store.read(|connection| revisions::all_published(connection).map_err(ReadError::from)).await?;
    let (places, settings) = (places.clone(), settings.clone());
    let building = tokio::task::spawn_blocking(move || {
        Edition::open(Files::read(&places.knowledge), &published, &places.index, &settings)
    });
    Ok(building.await.map_err(|_| EditionError::Broken)??)
}
