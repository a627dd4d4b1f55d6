//! The engine: one immutable knowledge snapshot that replies to messages.

use std::path::Path;

use super::{Context, Message, Outcome, Reply};
use crate::language::Lang;

/// What the clinic sets about replies, besides its knowledge.
#[derive(Debug, Clone, Default)]
pub struct EngineSettings {
    /// ISO 3166 code of the clinic's country (`IR`, `SA`), for the emergency number. Without one the
    /// reply says to call the local emergency service.
    pub country: Option<String>,
}

/// Answers messages from one knowledge snapshot. Immutable: a new version is a new engine.
#[derive(Debug)]
pub struct Engine {
    version: String,
}

/// Why no engine could be made.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The knowledge has problems; each line names one.
    #[error("the knowledge has problems:\n{}", .0.join("\n"))]
    Knowledge(Vec<String>),
}

impl Engine {
    /// Reads and validates `knowledge`, builds or opens `index`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(_knowledge: &Path, _index: &Path, _settings: &EngineSettings) -> Result<Engine, OpenError> {
        Ok(Engine { version: "sha256:0".into() })
    }

    /// The version of the knowledge that answers.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The reply to `message` in a conversation that has been about `context`. Pure.
    #[must_use]
    pub fn reply(&self, context: &Context, message: &Message) -> Reply {
        let lang = message.locale.or(context.lang).unwrap_or(Lang::Ar);
        Reply {
            outcome: Outcome::NoAnswer,
            lang,
            text: "…".into(),
            citations: Vec::new(),
            disclaimers: Vec::new(),
            suggestions: Vec::new(),
            pair: None,
            confidence: 0.0,
            knowledge: self.version.clone(),
            context: context.clone(),
        }
    }

    /// The first words of a conversation: automatic, general information, not a clinician, not for
    /// emergencies, with the number to call.
    #[must_use]
    pub fn greeting(&self, lang: Lang) -> Reply {
        self.reply(&Context::default(), &Message { text: String::new(), locale: Some(lang) })
    }
}
