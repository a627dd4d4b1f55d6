//! The kinds of entries, and how those of each stand in their files.

use serde::{Deserialize, Serialize};

/// What an entry is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A question and its answer. Content: the table, and `topic`, the id of the topic that it stands in.
    Pair,
    /// The head of a topic's file.
    Topic,
    /// The head of a document's file.
    Source,
    /// A passage of a document; its id is `source#passage`. Content: the table, and `source`.
    Passage,
    /// A concept of the lexicon.
    Concept,
    /// Small talk.
    Smalltalk,
    /// What is said around questions: one entry, `courtesy`.
    Courtesy,
    /// A kind of question that the documents do not answer.
    Outside,
    /// A caution under answers.
    Disclaimer,
    /// A fixed text around replies; `contact` among them. Content: `ar` and `fa`, or `en`.
    Text,
    /// What is said to a red flag. Content: `ar` and `fa`.
    EmergencyText,
    /// A country's number of the ambulance.
    EmergencyNumber,
    /// How a personal request is declined. Content: `ar` and `fa`.
    Decline,
    /// Words of one sign that red flags and requests are told by.
    Sign,
}

impl EntryKind {
    /// All of them.
    pub const ALL: [EntryKind; 14] = [
        EntryKind::Pair,
        EntryKind::Topic,
        EntryKind::Source,
        EntryKind::Passage,
        EntryKind::Concept,
        EntryKind::Smalltalk,
        EntryKind::Courtesy,
        EntryKind::Outside,
        EntryKind::Disclaimer,
        EntryKind::Text,
        EntryKind::EmergencyText,
        EntryKind::EmergencyNumber,
        EntryKind::Decline,
        EntryKind::Sign,
    ];

    /// The name in JSON and in the store: `emergency_number`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            EntryKind::Pair => "pair",
            EntryKind::Topic => "topic",
            EntryKind::Source => "source",
            EntryKind::Passage => "passage",
            EntryKind::Concept => "concept",
            EntryKind::Smalltalk => "smalltalk",
            EntryKind::Courtesy => "courtesy",
            EntryKind::Outside => "outside",
            EntryKind::Disclaimer => "disclaimer",
            EntryKind::Text => "text",
            EntryKind::EmergencyText => "emergency_text",
            EntryKind::EmergencyNumber => "emergency_number",
            EntryKind::Decline => "decline",
            EntryKind::Sign => "sign",
        }
    }

    /// The kind whose [`name`](EntryKind::name) is `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<EntryKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How entries of this kind stand in their file.
    pub(in crate::knowledge) const fn shape(self) -> Shape {
        match self {
            EntryKind::Pair => Shape::Rows { table: "pair", key: "id" },
            EntryKind::Topic => Shape::Head { table: "topic" },
            EntryKind::Source => Shape::Head { table: "source" },
            EntryKind::Passage => Shape::Rows { table: "passage", key: "id" },
            EntryKind::Concept => Shape::Rows { table: "concept", key: "id" },
            EntryKind::Smalltalk => Shape::Rows { table: "smalltalk", key: "id" },
            EntryKind::Courtesy => Shape::Head { table: "courtesy" },
            EntryKind::Outside => Shape::Rows { table: "outside", key: "id" },
            EntryKind::Disclaimer => Shape::Rows { table: "disclaimer", key: "code" },
            EntryKind::Text => Shape::Members { table: "texts" },
            EntryKind::EmergencyText => Shape::Members { table: "emergency" },
            EntryKind::EmergencyNumber => Shape::Rows { table: "number", key: "country" },
            EntryKind::Decline => Shape::Part { table: "personal", key: "kind", part: "decline" },
            EntryKind::Sign => Shape::Rows { table: "sign", key: "id" },
        }
    }

    /// The one file that holds all entries of this kind; `None` where there is a file a topic or source.
    pub(in crate::knowledge) const fn file(self) -> Option<&'static str> {
        match self {
            EntryKind::Pair | EntryKind::Topic | EntryKind::Source | EntryKind::Passage => None,
            EntryKind::Concept => Some("lexicon.toml"),
            EntryKind::Smalltalk | EntryKind::Courtesy => Some("smalltalk.toml"),
            EntryKind::Outside => Some("outside.toml"),
            EntryKind::Disclaimer
            | EntryKind::Text
            | EntryKind::EmergencyText
            | EntryKind::EmergencyNumber
            | EntryKind::Decline
            | EntryKind::Sign => Some("policy.toml"),
        }
    }

    /// The folder of its files, where there is one a topic or source.
    pub(in crate::knowledge) const fn folder(self) -> &'static str {
        match self {
            EntryKind::Pair | EntryKind::Topic => "topics/",
            EntryKind::Source | EntryKind::Passage => "sources/",
            _ => "",
        }
    }
}

/// How entries stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::knowledge) enum Shape {
    /// `[[table]]`, each with its id under `key`.
    Rows { table: &'static str, key: &'static str },
    /// `[table]`: one entry a file.
    Head { table: &'static str },
    /// Members of `[table]`: each key is an entry.
    Members { table: &'static str },
    /// The member `part` of each `[[table]]`.
    Part { table: &'static str, key: &'static str, part: &'static str },
}
