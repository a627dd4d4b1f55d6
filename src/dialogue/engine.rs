//! The engine: one immutable knowledge snapshot that replies to messages. The only way to an answer.

mod alike;
mod hearing;
mod replies;

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::context;
use super::courtesy::Courtesies;
use super::decide::{self, Decision};
use super::heard::Heard;
use super::understand::{self, Understanding};
use super::{Context, Message, Outcome, Reply};
use crate::knowledge::{self, DecisionFigures, Files, Knowledge, Problem, Thresholds};
use crate::language::detect::Detection;
use crate::language::{Lang, fold, tokenize};
use crate::safety::{Screen, Screening};
use crate::search::{self, BuildError, Class, ClassKind, Likeness, matcher, matcher::Matcher};

use replies::Turn;

pub use alike::Alike;

/// What the clinic sets about replies, besides its knowledge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineSettings {
    /// ISO 3166 code of the clinic's country (`IR`, `SA`), for the emergency number. Without one the
    /// reply says to call the local emergency service.
    pub country: Option<String>,
}

/// Answers messages from one knowledge snapshot. Immutable: a new version is a new engine.
#[derive(Debug)]
pub struct Engine {
    knowledge: Arc<Knowledge>,
    matcher: Arc<Matcher>,
    screen: Arc<Screen>,
    courtesies: Arc<Courtesies>,
    settings: EngineSettings,
}

/// Why no engine could be made.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The knowledge has problems.
    #[error("the knowledge has {} problem(s); nothing is served until they are mended:\n{}", .0.len(), lines(.0))]
    Knowledge(Vec<Problem>),
    /// The index could not be built.
    #[error(transparent)]
    Index(#[from] BuildError),
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Everything that led to a reply, for staff.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// What the screen for red flags, personal requests and risk groups found.
    pub screening: Screening,
    /// Language, terms and candidates; `None` where the screen decided before any search.
    pub understanding: Option<Understanding>,
    /// The rule that decided.
    pub decision: Option<Decision>,
    /// What the rules compared with.
    pub thresholds: Thresholds,
    /// The reply.
    pub reply: Reply,
}

impl Engine {
    /// Reads and validates the folder `knowledge`, builds or opens the index in `index`.
    ///
    /// # Errors
    /// See [`OpenError`]: every problem of the knowledge at once, or an index folder that cannot be written.
    pub fn open(knowledge: &Path, index: &Path, settings: &EngineSettings) -> Result<Engine, OpenError> {
        Self::of(&Files::read(knowledge), index, settings)
    }

    /// The same from files that were read, and perhaps changed, before.
    ///
    /// # Errors
    /// As for [`Engine::open`].
    pub fn of(files: &Files, index: &Path, settings: &EngineSettings) -> Result<Engine, OpenError> {
        let knowledge = knowledge::from_files(files).map_err(OpenError::Knowledge)?;
        Self::with(knowledge, index, settings)
    }

    /// An engine for knowledge that is loaded already.
    ///
    /// # Errors
    /// An index folder that cannot be written.
    pub fn with(knowledge: Knowledge, index: &Path, settings: &EngineSettings) -> Result<Engine, OpenError> {
        let classes = matcher::classes(&knowledge);
        let (matcher, _) = search::prepare(index, classes, &knowledge.lexicon, false)?;
        let screen = Screen::knowing(&knowledge.policy, matcher.words());
        let courtesies = Courtesies::new(&knowledge);
        Ok(Engine {
            knowledge: Arc::new(knowledge),
            matcher: Arc::new(matcher),
            screen: Arc::new(screen),
            courtesies: Arc::new(courtesies),
            settings: settings.clone(),
        })
    }

    /// An engine of the same knowledge for other settings. Costs next to nothing: both share it.
    #[must_use]
    pub fn with_settings(&self, settings: EngineSettings) -> Engine {
        Engine {
            knowledge: Arc::clone(&self.knowledge),
            matcher: Arc::clone(&self.matcher),
            screen: Arc::clone(&self.screen),
            courtesies: Arc::clone(&self.courtesies),
            settings,
        }
    }

    /// The version of the knowledge that answers.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.knowledge.version
    }

    /// The knowledge that answers.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// What questions are recognised as, in the order that [`Likeness`] speaks of.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        self.matcher.classes()
    }

    /// The first words of a conversation: automatic, general information, not a clinician, not for
    /// emergencies, with the number to call.
    #[must_use]
    pub fn greeting(&self, lang: Lang) -> Reply {
        let text = self.knowledge.policy.greeting(lang, self.country());
        self.reply_with(Outcome::Smalltalk, lang, text, &Context { lang: Some(lang), ..Context::default() })
    }

    /// The answer of one pair, as a first question would get it, without suggestions; `None` for an unknown id.
    #[must_use]
    pub fn answer_of(&self, id: &str, lang: Lang) -> Option<Reply> {
        Some(self.said(&[self.knowledge.pair(id)?], lang, &Context::default()))
    }

    /// Which language `text` is in by its own evidence, without a conversation or a page to go by.
    #[must_use]
    pub fn detect(&self, text: &str) -> Detection {
        self.matcher.detect(text, &tokenize(&fold(text)))
    }

    /// What a candidate is known by in `lang`: a pair's question, or the first way to say anything else. `None` for one
    /// that there is not.
    #[must_use]
    pub fn form(&self, kind: ClassKind, id: &str, lang: Lang) -> Option<&str> {
        self.matcher.class(kind, id)?.forms[lang as usize].first().map(String::as_str)
    }

    /// The reply to `message` in a conversation that has been about `context`. Pure: the same knowledge
    /// version, context and message give the same reply.
    #[must_use]
    pub fn reply(&self, context: &Context, message: &Message) -> Reply {
        self.reply_with_likeness(context, message, None)
    }

    /// The reply where an embedding model was asked about the message too; without `likeness` the same as
    /// [`Engine::reply`]. Pure like it.
    #[must_use]
    pub fn reply_with_likeness(
        &self,
        context: &Context,
        message: &Message,
        likeness: Option<&Likeness>,
    ) -> Reply {
        self.explain_with_likeness(context, message, likeness).reply
    }

    /// The same reply as [`Engine::reply`] with everything that led to it.
    #[must_use]
    pub fn explain(&self, context: &Context, message: &Message) -> Explanation {
        self.explain_with_likeness(context, message, None)
    }

    /// The same reply as [`Engine::reply_with_likeness`] with everything that led to it.
    #[must_use]
    pub fn explain_with_likeness(
        &self,
        context: &Context,
        message: &Message,
        likeness: Option<&Likeness>,
    ) -> Explanation {
        self.explain_by(&self.knowledge.decision, context, message, likeness)
    }

    /// The same by other figures than the knowledge's, to see what they would cost.
    #[must_use]
    pub fn explain_by(
        &self,
        figures: &DecisionFigures,
        context: &Context,
        message: &Message,
        likeness: Option<&Likeness>,
    ) -> Explanation {
        let (heard, screening) = self.screened(message);
        let mut explanation = Explanation {
            screening,
            understanding: None,
            decision: None,
            thresholds: figures.thresholds,
            reply: self.reply_with(Outcome::NoAnswer, Lang::Ar, String::new(), context),
        };
        // Before any search: a red flag must win even where a pair matches well.
        if explanation.screening.red_flag.is_some() {
            explanation.reply = self.emergency(context, &heard, &explanation.screening);
            return explanation;
        }
        let chosen = context::chosen(&self.knowledge, context, &heard);
        // "The second one" stands for another question than the one that was embedded.
        let likeness = likeness.filter(|_| chosen.is_none());
        let heard = chosen.map_or(heard, |message| Heard::new(&self.matcher, message));
        let understanding = understand::understand(&self.matcher, &self.courtesies, context, heard, likeness);
        let decision = decide::decide(&understanding, context, figures);
        explanation.reply = {
            let (understanding, decision, screening) = (&understanding, &decision, &explanation.screening);
            self.compose(&Turn { context, understanding, decision, screening })
        };
        explanation.understanding = Some(understanding);
        explanation.decision = Some(decision);
        explanation
    }
}
