//! The documents and their passages, with the pairs that rest on them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::knowledge::{Bilingual, SourceKind};
use crate::server::App;
use crate::server::console::problem::Problem;
use crate::server::console::request::List;
use crate::server::console::staff::Reader;

/// A document.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// Its own language: `ar` or `fa`.
    pub lang: &'static str,
    /// What kind of document it is.
    pub kind: SourceKind,
    /// Where it can be read, if it is public.
    pub url: Option<String>,
    /// Its passages, in the document's order.
    pub passages: Vec<PassageLine>,
}

/// A passage.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassageLine {
    /// Its id within the document; a pair cites it as `source#passage`.
    pub id: String,
    /// The part of the document that it stands in.
    pub section: Bilingual,
    /// Where in the document it stands.
    pub locator: String,
    /// What it says.
    pub gist: Bilingual,
    /// Ids of the pairs that cite it, withdrawn ones too.
    pub cited_by: Vec<String>,
}

/// Lists all documents with their passages.
#[utoipa::path(get, path = "/knowledge/sources", tag = "knowledge", operation_id = "knowledge_sources",
    responses((status = 200, description = "The documents", body = List<SourceLine>)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _reader: Reader,
) -> Result<Json<List<SourceLine>>, Problem> {
    let edition = super::edition(&app).await?;
    let knowledge = edition.engine().knowledge();
    let withdrawn = knowledge.withdrawn.iter().map(|withdrawn| &withdrawn.pair);
    let mut cited_by: HashMap<(&str, &str), Vec<String>> = HashMap::new();
    for pair in knowledge.pairs.iter().chain(withdrawn) {
        for cite in &pair.cites {
            let pairs = cited_by.entry((cite.source.as_str(), cite.passage.as_str())).or_default();
            if pairs.last() != Some(&pair.id) {
                pairs.push(pair.id.clone());
            }
        }
    }
    let sources = knowledge.sources.iter().map(|source| SourceLine {
        id: source.id.clone(),
        title: source.title.clone(),
        lang: source.lang.code(),
        kind: source.kind,
        url: source.url.clone(),
        passages: source
            .passages
            .iter()
            .map(|passage| PassageLine {
                id: passage.id.clone(),
                section: passage.section.clone(),
                locator: passage.locator.clone(),
                gist: passage.gist.clone(),
                cited_by: cited_by
                    .get(&(source.id.as_str(), passage.id.as_str()))
                    .cloned()
                    .unwrap_or_default(),
            })
            .collect(),
    });
    Ok(Json(List::whole(sources.collect())))
}
