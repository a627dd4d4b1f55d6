//! What goes into the engine and what comes out: plain values, no protocol.

use serde::{Deserialize, Serialize};

use crate::language::Lang;

/// A patient's message as it reached the engine, unmasked and unfolded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// What the patient typed.
    pub text: String,
    /// The language the client's page is in, if it said so. Only decides where the text itself does not.
    pub locale: Option<Lang>,
}

impl Message {
    /// A message without a locale.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), locale: None }
    }
}

/// What a conversation has been about so far. Holds no word that a patient typed, so it may be stored.
/// The default is a conversation that has not begun.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// The language of the last message that had one.
    pub lang: Option<Lang>,
    /// The pair of the last answer.
    pub pair: Option<String>,
    /// What the conversation is about (`hair`, `prp`, …), the newest first.
    pub subjects: Vec<String>,
    /// What the last message was about besides its subject (concept ids of the lexicon).
    pub things: Vec<String>,
    /// What the last message wanted (`how-many`, `harm`, …).
    pub asks: Option<String>,
    /// Pairs offered by the last reply, in order, so that "the second one" finds its pair.
    pub offered: Vec<String>,
    /// Risk groups that the patient named in this conversation.
    pub groups: Vec<String>,
    /// The outcome of the last reply.
    pub outcome: Option<Outcome>,
    /// Whether any message of this conversation told of a red flag.
    pub flagged: bool,
}

/// What kind of reply it is; the meanings are those of the chat protocol.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A pair answers the question: cited, with a disclaimer.
    Answer,
    /// The question fits several pairs about equally, or lacks its subject: a question back.
    Clarify,
    /// The knowledge does not hold the answer.
    NoAnswer,
    /// The message tells of a red flag.
    Emergency,
    /// Asks for what only a clinician may say: diagnosis, dose, prescription, leave to stop a medicine.
    Personal,
    /// Greeting, thanks, who are you, goodbye.
    Smalltalk,
}

impl Outcome {
    /// The name on the wire, as in `no_answer`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Answer => "answer",
            Outcome::Clarify => "clarify",
            Outcome::NoAnswer => "no_answer",
            Outcome::Emergency => "emergency",
            Outcome::Personal => "personal",
            Outcome::Smalltalk => "smalltalk",
        }
    }
}

/// A source behind an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Citation {
    /// The `n` of `[n]` in the text, from 1.
    pub marker: usize,
    /// The document's id.
    pub source: String,
    /// The document's title, in the reply's language.
    pub title: String,
    /// The part of the document, in the reply's language.
    pub section: String,
    /// The document's own language.
    #[schema(value_type = String)]
    pub lang: Lang,
    /// The passage's id within the document.
    pub passage: String,
    /// What the passage says, in the reply's language.
    pub gist: String,
    /// Where the document can be read, if it is public.
    pub url: Option<String>,
}

/// A caution under an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Disclaimer {
    /// Its id in the policy, such as `not-medical-advice` or `pregnancy`.
    pub code: String,
    /// Its words, in the reply's language.
    pub text: String,
}

/// A question that the patient may ask next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// The question, in the reply's language.
    pub text: String,
    /// The pair that answers it.
    pub pair: String,
}

/// A reply to one message. Channels add ids, `seq` and time; they change nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// What kind of reply it is.
    pub outcome: Outcome,
    /// The language of the patient's message, and of everything here that is read by the patient.
    pub lang: Lang,
    /// What the patient reads: a small subset of Markdown (paragraphs, lists, bold, `[n]` markers).
    pub text: String,
    /// In the order of their markers; empty where nothing is cited.
    pub citations: Vec<Citation>,
    /// The general one first, then those of the risk groups.
    pub disclaimers: Vec<Disclaimer>,
    /// At most four, best first.
    pub suggestions: Vec<Suggestion>,
    /// The pair that answers, if one does.
    pub pair: Option<String>,
    /// Calibrated, from 0 to 1: of the answers given with confidence c about a share c are right.
    pub confidence: f32,
    /// The version of the knowledge that answered (`sha256:` and 64 hex digits).
    pub knowledge: String,
    /// The conversation's context after this reply: what the next message is read with. Not for patients.
    #[serde(skip)]
    pub context: Context,
}
