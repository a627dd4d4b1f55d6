//! Entries of every kind: listed, and looked at one by one.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Entry, entry, parsed};
use crate::knowledge::{Bilingual, EntryKind};
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{List, Page, Path, Query, Tagged};
use crate::server::console::staff::Reader;
use crate::server::edition::{searched, words_of};
use crate::store::revisions::{self, State as Stands};

/// An entry in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryLine {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: String,
    /// What it is known by: its title or question, or the first of its texts.
    pub title: Bilingual,
    /// Where the revision stands that is on its way; `published` if none is.
    pub state: Stands,
}

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Of which kind; all kinds if left out.
    kind: Option<EntryKind>,
    /// Those that hold all these words, in any spelling.
    q: Option<String>,
}

/// Lists entries by kind, in the order of their files; new ones last.
#[utoipa::path(get, path = "/knowledge/entries", tag = "knowledge", operation_id = "knowledge_entries", params(Which, Page),
    responses((status = 200, description = "The entries", body = List<EntryLine>)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _reader: Reader,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<List<EntryLine>>, Problem> {
    let after: Option<(EntryKind, String)> = page.after()?;
    let edition = super::edition(&app).await?;
    let open = app.store.read(|connection| revisions::all_open(connection).map_err(Problem::from)).await?;
    let query = which.q.unwrap_or_default();
    let wanted = words_of(&query);
    let kinds = which.kind.map_or_else(|| EntryKind::ALL.to_vec(), |kind| vec![kind]);
    let states: HashMap<(&str, &str), Stands> =
        open.iter().map(|r| ((r.kind.as_str(), r.entry.as_str()), r.state)).collect();
    let mut lines: Vec<EntryLine> = Vec::new();
    for kind in kinds {
        let shelf = edition.shelf();
        lines.extend(shelf.find(kind, &query).map(|entry| EntryLine {
            kind,
            id: entry.id.clone(),
            title: title(&entry.content),
            state: states.get(&(kind.name(), entry.id.as_str())).copied().unwrap_or(Stands::Published),
        }));
        for new in open.iter().filter(|r| r.kind == kind.name() && shelf.get(kind, &r.entry).is_none()) {
            let content = parsed(new.content.clone()).unwrap_or_default();
            let words = searched(&new.entry, &content);
            if wanted.iter().all(|word| words.contains(word)) {
                let title = title(&content);
                lines.push(EntryLine { kind, id: new.entry.clone(), title, state: new.state });
            }
        }
    }
    let total = u64::try_from(lines.len()).ok();
    let begin = match &after {
        Some((kind, id)) => lines.iter().position(|l| l.kind == *kind && l.id == *id).map_or(0, |at| at + 1),
        None => 0,
    };
    let items = lines.into_iter().skip(begin).take(page.limit() + 1).collect();
    let mut list = List::cut(items, &page, |line: &EntryLine| (line.kind, line.id.clone()));
    list.total = total;
    Ok(Json(list))
}

/// What an entry is known by in each language: the most telling text that it has.
fn title(content: &Value) -> Bilingual {
    let text = |lang: &str| {
        let own = &content[lang];
        let found = [
            &content["title"][lang],
            &content["gist"][lang],
            &own["question"],
            &own["forms"][0],
            &own[0],
            own,
            &content["en"],
            &content["number"],
        ];
        found.into_iter().find_map(Value::as_str).unwrap_or_default().to_owned()
    };
    Bilingual { ar: text("ar"), fa: text("fa") }
}

/// One entry, as patients have it and as it is to be.
#[utoipa::path(get, path = "/knowledge/entries/{kind}/{id}", tag = "knowledge", operation_id = "knowledge_entry",
    params(("kind" = EntryKind, Path), ("id" = String, Path)),
    responses(
        (status = 200, description = "The entry, with its ETag", body = Entry),
        (status = 404, description = "`not_found`", body = Details),
    ))]
pub(super) async fn look(
    State(app): State<Arc<App>>,
    _reader: Reader,
    Path((kind, id)): Path<(EntryKind, String)>,
) -> Result<Tagged<Entry>, Problem> {
    let edition = super::edition(&app).await?;
    let found =
        app.store.read(move |connection| entry(&edition, connection, kind, &id).map_err(Problem::from));
    found.await?.map(Tagged).ok_or_else(Problem::not_found)
}
