//! A group as the API shows it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialogue::Engine;
use crate::knowledge::Bilingual;
use crate::language::Lang;
use crate::server::console::request::at;
use crate::store::inbox;

/// Pairs that are offered beside a group.
const NEAREST: usize = 3;

/// Why messages are in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = InboxKind)]
pub enum Kind {
    /// The knowledge does not hold the answer.
    Unanswered,
    /// Answered, but not surely.
    LowConfidence,
    /// Answered with a question back.
    Clarified,
    /// The patient's thumb was down.
    Disliked,
    /// It told of a red flag.
    Emergency,
}

impl Kind {
    /// Its name in the store and on the wire.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Kind::Unanswered => "unanswered",
            Kind::LowConfidence => "low_confidence",
            Kind::Clarified => "clarified",
            Kind::Disliked => "disliked",
            Kind::Emergency => "emergency",
        }
    }
}

/// How far staff are with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    /// Nobody has looked at it, or a message came after it was done.
    New,
    /// Somebody works on it.
    InWork,
    /// It is settled until another message comes.
    Done,
    /// It is of no interest, whatever comes.
    Ignored,
}

impl GroupState {
    /// Its name in the store and on the wire.
    pub(super) const fn name(self) -> &'static str {
        match self {
            GroupState::New => "new",
            GroupState::InWork => "in_work",
            GroupState::Done => "done",
            GroupState::Ignored => "ignored",
        }
    }
}

/// Somebody of the staff, by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Assignee {
    /// The account.
    pub id: Uuid,
    /// What others see.
    pub name: String,
}

/// A pair that comes near to a group's messages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NearPair {
    /// The pair.
    pub pair: String,
    /// What it answers.
    pub question: Bilingual,
}

/// Messages alike.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = InboxGroup)]
pub struct Group {
    /// Its id.
    pub id: i64,
    /// Why it is here.
    #[schema(value_type = Kind)]
    pub kind: String,
    /// The language of its messages.
    pub lang: String,
    /// The words of the last one, with identifiers masked.
    pub sample: String,
    /// How many there are.
    pub count: i64,
    /// When the first came (RFC 3339, UTC).
    pub first_at: String,
    /// When the last came.
    pub last_at: String,
    /// How far staff are with it.
    #[schema(value_type = GroupState)]
    pub state: String,
    /// Who works on it.
    pub assignee: Option<Assignee>,
    /// What staff noted.
    pub note: Option<String>,
    /// Pairs that come near, best first.
    pub nearest: Vec<NearPair>,
}

/// A group with the pairs that come near to it.
pub(super) fn shown(engine: &Engine, group: inbox::Group) -> Group {
    let lang = Lang::from_code(&group.lang).unwrap_or(Lang::Ar);
    let near = engine.nearest(&group.sample, lang, NEAREST).into_iter().filter_map(|id| {
        let pair = engine.knowledge().pair(&id)?;
        let question = |lang| pair.wording(lang).question.clone();
        Some(NearPair { pair: id, question: Bilingual { ar: question(Lang::Ar), fa: question(Lang::Fa) } })
    });
    let nearest = near.collect();
    Group {
        id: group.id,
        kind: group.kind,
        lang: group.lang,
        sample: group.sample,
        count: group.count,
        first_at: at(group.first_ms),
        last_at: at(group.last_ms),
        state: group.state,
        assignee: group.assignee.map(|(id, name)| Assignee { id, name }),
        note: group.note,
        nearest,
    }
}
