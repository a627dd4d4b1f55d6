//! The pairs, with where each stands.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::parsed;
use crate::knowledge::{Bilingual, EntryKind};
use crate::server::App;
use crate::server::console::problem::Problem;
use crate::server::console::request::{List, Page, Query, at};
use crate::server::console::staff::Reader;
use crate::server::edition::{Edition, searched, words_of};
use crate::store::revisions::{self, State as Stands};

/// Where a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PairState {
    /// Patients have it, and nothing is on its way.
    Published,
    /// A change is being written, or was given back.
    Draft,
    /// A change waits to be read.
    InReview,
    /// A change waits to be published.
    Approved,
    /// Patients do not have it for now.
    Withdrawn,
}

/// Whether both languages say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    /// As far as can be told.
    Ok,
    /// Question or answer are missing in Arabic.
    ArMissing,
    /// Question or answer are missing in Persian.
    FaMissing,
    /// The last change was to the Arabic alone.
    ArChanged,
    /// The last change was to the Persian alone.
    FaChanged,
}

/// A number a language.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Counts {
    /// Arabic.
    pub ar: usize,
    /// Persian.
    pub fa: usize,
}

/// A pair in a list. Of one that changes it is the draft that is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairSummary {
    /// Its id.
    pub id: String,
    /// The id of its topic.
    pub topic: String,
    /// What its question wants.
    pub asks: String,
    /// Its question.
    pub question: Bilingual,
    /// How many other ways to ask it has.
    pub variants: Counts,
    /// Characters of its answer.
    pub answer_chars: Counts,
    /// How many passages it cites.
    pub cites: usize,
    /// Its risk tags.
    pub risk: Vec<String>,
    /// The day on which it has to be looked at again.
    pub review_by: String,
    /// Where it stands.
    pub state: PairState,
    /// Whether both languages say the same.
    pub parity: Parity,
    /// When a revision of it last changed (RFC 3339, UTC); `null` if it is as in its file.
    pub updated_at: Option<String>,
}

/// Which pairs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Those of one topic.
    topic: Option<String>,
    /// Those that hold all these words, in any spelling, in id, question, variants or answer.
    q: Option<String>,
    /// Those that stand so.
    state: Option<PairState>,
    /// Those whose day to be looked at again has come.
    review_due: Option<bool>,
}

/// Lists pairs by topic, in the order of their files; new ones last.
#[utoipa::path(get, path = "/knowledge/pairs", tag = "knowledge", operation_id = "knowledge_pairs", params(Which, Page),
    responses((status = 200, description = "The pairs", body = List<PairSummary>)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _reader: Reader,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<List<PairSummary>>, Problem> {
    let after: Option<String> = page.after()?;
    let edition = super::edition(&app).await?;
    app.store
        .read(move |connection| {
            let latest = revisions::latest(connection, EntryKind::Pair.name())?;
            let open = revisions::all_open(connection)?;
            let open = open.iter().filter(|r| r.kind == EntryKind::Pair.name());
            let open: HashMap<&str, &revisions::Revision> = open.map(|r| (r.entry.as_str(), r)).collect();
            let latest: HashMap<&str, &revisions::Revision> =
                latest.iter().map(|r| (r.entry.as_str(), r)).collect();
            let all = summaries(&edition, &which, &latest, &open);
            let total = u64::try_from(all.len()).ok();
            let begin = match &after {
                Some(last) => all.iter().position(|pair| pair.id == *last).map_or(0, |at| at + 1),
                None => 0,
            };
            let items = all.into_iter().skip(begin).take(page.limit() + 1).collect();
            let mut list = List::cut(items, &page, |pair: &PairSummary| pair.id.clone());
            list.total = total;
            Ok(Json(list))
        })
        .await
}

type Revisions<'a> = HashMap<&'a str, &'a revisions::Revision>;

fn summaries(
    edition: &Edition,
    which: &Which,
    latest: &Revisions<'_>,
    open: &Revisions<'_>,
) -> Vec<PairSummary> {
    let shelf = edition.shelf();
    let query = which.q.as_deref().unwrap_or_default();
    let wanted = words_of(query);
    let today = jiff::Zoned::now().date().to_string();
    let found: std::collections::HashSet<&str> =
        shelf.find(EntryKind::Pair, query).map(|entry| entry.id.as_str()).collect();
    let holds = |id: &str, content: &Value| {
        let words = searched(id, content);
        wanted.iter().all(|word| words.contains(word))
    };
    let published = shelf.find(EntryKind::Pair, "").map(|entry| (entry.id.as_str(), Some(&entry.content)));
    let new = open.keys().filter(|id| shelf.get(EntryKind::Pair, id).is_none()).map(|id| (*id, None));
    let mut new: Vec<(&str, Option<&Value>)> = new.collect();
    new.sort_by_key(|(id, _)| *id);
    published
        .chain(new)
        .filter_map(|(id, live)| {
            let revision = open.get(id).copied();
            let draft = revision.and_then(|revision| parsed(revision.content.clone()));
            if !found.contains(id) && !draft.as_ref().is_some_and(|draft| holds(id, draft)) {
                return None;
            }
            let content = draft.as_ref().or(live)?;
            let last = latest.get(id).copied();
            let summary = summary(id, content, state(revision, live), last);
            let fits = which.topic.as_ref().is_none_or(|topic| summary.topic == *topic)
                && which.state.is_none_or(|state| summary.state == state)
                && (which.review_due != Some(true) || summary.review_by <= today);
            fits.then_some(summary)
        })
        .collect()
}

fn state(open: Option<&revisions::Revision>, live: Option<&Value>) -> PairState {
    match open.map(|revision| revision.state) {
        Some(Stands::InReview) => PairState::InReview,
        Some(Stands::Approved) => PairState::Approved,
        Some(_) => PairState::Draft,
        None if live.is_some_and(|pair| pair["withdrawn"] == true) => PairState::Withdrawn,
        None => PairState::Published,
    }
}

fn summary(id: &str, content: &Value, state: PairState, last: Option<&revisions::Revision>) -> PairSummary {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let count = |value: &Value| value.as_array().map_or(0, Vec::len);
    let both = |of: &dyn Fn(&Value) -> usize| Counts { ar: of(&content["ar"]), fa: of(&content["fa"]) };
    PairSummary {
        id: id.to_owned(),
        topic: text(&content["topic"]),
        asks: text(&content["asks"]),
        question: Bilingual { ar: text(&content["ar"]["question"]), fa: text(&content["fa"]["question"]) },
        variants: both(&|lang| count(&lang["variants"])),
        answer_chars: both(&|lang| lang["answer"].as_str().map_or(0, |answer| answer.chars().count())),
        cites: count(&content["cites"]),
        risk: content["risk"].as_array().into_iter().flatten().map(text).collect(),
        review_by: text(&content["review_by"]),
        state,
        parity: parity(content, last),
        updated_at: last.map(|revision| at(revision.changed_ms)),
    }
}

fn parity(content: &Value, last: Option<&revisions::Revision>) -> Parity {
    let missing = |lang: &str| {
        ["question", "answer"]
            .iter()
            .any(|part| content[lang][part].as_str().unwrap_or_default().trim().is_empty())
    };
    if missing("ar") {
        return Parity::ArMissing;
    }
    if missing("fa") {
        return Parity::FaMissing;
    }
    let Some(before) = last.and_then(|revision| parsed(revision.before.clone())) else { return Parity::Ok };
    let Some(after) = last.and_then(|revision| parsed(revision.content.clone())) else { return Parity::Ok };
    // Ways to ask differ between languages by nature; what has to be the same is what is said.
    let changed = |lang: &str| {
        before[lang]["question"] != after[lang]["question"] || before[lang]["answer"] != after[lang]["answer"]
    };
    match (changed("ar"), changed("fa")) {
        (true, false) => Parity::ArChanged,
        (false, true) => Parity::FaChanged,
        _ => Parity::Ok,
    }
}
