//! What the knowledge holds, and what is on its way.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::knowledge::{Asks, Bilingual, EntryKind, LEAST_VARIANTS, SUBJECTS};
use crate::server::App;
use crate::server::console::problem::Problem;
use crate::server::console::request::at;
use crate::server::console::staff::Reader;
use crate::store::revisions::{self, State as Stands};

/// What the knowledge holds, and the words that entries are made of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnowledgeOverview)]
pub struct Overview {
    /// The version that answers.
    pub version: String,
    /// When something was last published (RFC 3339, UTC).
    pub published_at: Option<String>,
    /// The topics, in the order of their files.
    pub topics: Vec<TopicLine>,
    /// What a question can want.
    pub asks: Vec<&'static str>,
    /// What a pair can be about.
    pub subjects: Vec<&'static str>,
    /// Risk tags: codes of disclaimers.
    pub risks: Vec<Risk>,
    /// Kinds of entries.
    pub kinds: Vec<EntryKind>,
    /// Variants that a pair needs in each language.
    pub least_variants: usize,
    /// Revisions on their way.
    pub open: Open,
    /// Entries whose file was changed beneath what staff published.
    pub conflicts: Vec<Conflict>,
}

/// A topic.
#[derive(Debug, Serialize, ToSchema)]
pub struct TopicLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// How many pairs it holds, withdrawn ones too.
    pub pairs: usize,
}

/// A risk tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct Risk {
    /// The disclaimer's code.
    pub code: String,
    /// Its words.
    pub text: Bilingual,
}

/// How many revisions are on their way.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Open {
    /// Being written, or given back.
    pub draft: usize,
    /// Wait to be read.
    pub in_review: usize,
    /// Wait to be published.
    pub approved: usize,
}

/// An entry whose file was changed beneath what staff published.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conflict {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
}

/// What the knowledge holds, and what is on its way.
#[utoipa::path(get, path = "/knowledge", tag = "knowledge", operation_id = "knowledge_overview",
    responses((status = 200, description = "The knowledge", body = Overview)))]
pub(super) async fn overview(
    State(app): State<Arc<App>>,
    _reader: Reader,
) -> Result<Json<Overview>, Problem> {
    let edition = super::edition(&app).await?;
    let (revisions, published_ms) = app
        .store
        .read(|connection| {
            let open = revisions::all_open(connection)?;
            Ok::<_, Problem>((open, revisions::last_published_ms(connection)?))
        })
        .await?;
    let mut open = Open::default();
    for revision in &revisions {
        match revision.state {
            Stands::InReview => open.in_review += 1,
            Stands::Approved => open.approved += 1,
            _ => open.draft += 1,
        }
    }
    let knowledge = edition.engine().knowledge();
    let withdrawn = knowledge.withdrawn.iter().map(|withdrawn| &withdrawn.pair);
    let topics_of: Vec<&str> = knowledge.pairs.iter().chain(withdrawn).map(|p| p.topic.as_str()).collect();
    Ok(Json(Overview {
        version: edition.version().to_owned(),
        published_at: published_ms.map(at),
        topics: knowledge
            .topics
            .iter()
            .map(|topic| TopicLine {
                id: topic.id.clone(),
                title: topic.title.clone(),
                pairs: topics_of.iter().filter(|of| **of == topic.id).count(),
            })
            .collect(),
        asks: Asks::ALL.iter().map(|asks| asks.name()).collect(),
        subjects: SUBJECTS.to_vec(),
        risks: knowledge
            .policy
            .disclaimers
            .iter()
            .map(|disclaimer| Risk { code: disclaimer.code.clone(), text: disclaimer.text.clone() })
            .collect(),
        kinds: EntryKind::ALL.to_vec(),
        least_variants: LEAST_VARIANTS,
        open,
        conflicts: edition
            .conflicts()
            .iter()
            .map(|(kind, id)| Conflict { kind: *kind, id: id.clone() })
            .collect(),
    }))
}
