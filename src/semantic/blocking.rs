//! The signal for commands, which have no runtime and wait for everything.

use std::cell::Cell;
use std::path::Path;

use tokio::runtime::{Builder, Runtime};

use super::{BuildError, SetupError, Signal};
use crate::config::Semantic;
use crate::dialogue::{Engine, Message};
use crate::search::{Class, Likeness};

/// A signal with a runtime of its own. Counts what it was asked.
#[derive(Debug)]
pub struct Blocking {
    runtime: Runtime,
    signal: Signal,
    asked: Cell<usize>,
    answered: Cell<usize>,
}

impl Blocking {
    /// A signal as set, which keeps its vectors in the index folder.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn new(settings: &Semantic, index: &Path) -> Result<Self, SetupError> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(SetupError::Runtime)?;
        let signal = Signal::new(settings, index)?;
        Ok(Self { runtime, signal, asked: Cell::new(0), answered: Cell::new(0) })
    }

    /// [`Signal::is_cached`].
    #[must_use]
    pub fn is_cached(&self) -> bool {
        self.signal.is_cached()
    }

    /// [`Signal::prepare`], waited for.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub fn prepare(&self, version: &str, classes: &[Class]) -> Result<usize, BuildError> {
        self.runtime.block_on(self.signal.prepare(version, classes))
    }

    /// [`Signal::likeness`], waited for.
    pub fn likeness(&self, engine: &Engine, message: &Message) -> Option<Likeness> {
        self.count(self.runtime.block_on(self.signal.likeness(engine, message)))
    }

    /// [`Signal::likeness_for`], waited for.
    pub fn likeness_for(&self, version: &str, text: &str) -> Option<Likeness> {
        self.count(self.runtime.block_on(self.signal.likeness_for(version, text)))
    }

    /// How many texts it said something of, and how many it was asked about.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.answered.get(), self.asked.get())
    }

    fn count(&self, likeness: Option<Likeness>) -> Option<Likeness> {
        self.asked.set(self.asked.get() + 1);
        self.answered.set(self.answered.get() + usize::from(likeness.is_some()));
        likeness
    }
}
