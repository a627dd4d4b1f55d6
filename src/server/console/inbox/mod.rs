//! The inbox: messages that were not answered well, grouped by what they ask, for staff to work on.

mod gather;
mod group;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Event;
use super::problem::{Details, Problem};
use super::request::{Body, List, Page, Path, Query, at};
use super::staff::Staff;
use crate::language::Lang;
use crate::server::App;
use crate::server::conversation::now_ms;
use crate::store::accounts::{self, Role};
use crate::store::{audit, inbox};
use group::shown;

pub(in crate::server) use gather::gather;
pub(super) use gather::words;
pub use group::{Group, GroupState, Kind};

/// Groups changed at once, at most.
const AT_ONCE: usize = 500;

/// Characters of a note, at most.
const NOTE_CHARS: usize = 2000;

/// The order of the groups; the greatest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// When a message came last.
    #[default]
    Last,
    /// How many there are.
    Count,
    /// When a message came first.
    First,
}

/// Which groups.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those of a kind.
    kind: Option<Kind>,
    /// Only those in a state.
    state: Option<GroupState>,
    /// Only those in a language: `ar` or `fa`.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
    /// Words that a message of the group holds, however they are spelt.
    q: Option<String>,
    /// The order.
    #[serde(default)]
    #[param(inline)]
    sort: Sort,
}

/// A page of groups, and how many there are of each kind in each state.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inbox {
    /// The groups.
    pub items: Vec<Group>,
    /// Hand this back as `cursor` for the next page.
    pub next: Option<String>,
    /// By kind and state; what there is none of is left out.
    pub counts: Counts,
}

/// How many groups there are, by kind and state.
pub type Counts = BTreeMap<String, BTreeMap<String, i64>>;

/// A message of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupMessage {
    /// What the patient wrote, with identifiers masked.
    pub text: String,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Where.
    pub conversation: Uuid,
    /// The place of its reply there.
    pub seq: i64,
    /// The reply's outcome.
    #[schema(value_type = crate::dialogue::Outcome)]
    pub outcome: String,
    /// How sure the reply was.
    pub confidence: f64,
    /// The pair that answered.
    pub pair: Option<String>,
}

/// A group with its messages, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupDetail {
    /// The group.
    #[serde(flatten)]
    pub group: Group,
    /// A page of its messages.
    pub messages: Vec<GroupMessage>,
    /// Hand this back as `cursor` for older ones.
    pub next: Option<String>,
}

/// What is to be changed, and of which groups. What is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupChange {
    /// At most 500.
    #[schema(max_items = 500, min_items = 1)]
    ids: Vec<i64>,
    /// The state.
    state: Option<GroupState>,
    /// The account that works on them; null: nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Uuid>)]
    assignee: Option<Option<Uuid>>,
    /// What to note; null: nothing.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    note: Option<Option<String>>,
}

/// Groups after a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedGroups {
    /// Those of the change that there are, as they are now.
    pub items: Vec<Group>,
    /// By kind and state.
    pub counts: Counts,
}

/// A field that is there, be it null.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// The addresses of this area.
pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list, change))
        .routes(routes!(look))
        .routes(routes!(settle::attach))
        .routes(routes!(settle::outside))
        .routes(routes!(settle::missed_flag))
}

fn counted(connection: &rusqlite::Connection) -> Result<Counts, Problem> {
    let mut counts = Counts::new();
    for (kind, state, count) in inbox::counts(connection)? {
        counts.entry(kind).or_default().insert(state, count);
    }
    Ok(counts)
}

/// How many groups there are, by kind and state.
pub(super) async fn counts(app: &App) -> Result<Counts, Problem> {
    app.store.read(counted).await
}

/// Tells whoever watches how many groups there are now.
async fn tell_counts(app: &App) {
    if app.console.events.receiver_count() == 0 {
        return;
    }
    if let Ok(counts) = counts(app).await {
        app.console.tell(Event { name: "inbox", data: json!({"counts": counts}) });
    }
}

/// Lists groups.
#[utoipa::path(get, path = "/inbox", tag = "inbox", operation_id = "inbox_list", params(Filter, Page), responses(
    (status = 200, description = "A page of them", body = Inbox),
))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(filter): Query<Filter>,
    Query(page): Query<Page>,
) -> Result<Json<Inbox>, Problem> {
    let sort = match filter.sort {
        Sort::Last => inbox::Sort::Last,
        Sort::Count => inbox::Sort::Count,
        Sort::First => inbox::Sort::First,
    };
    let wanted = inbox::Filter {
        kind: filter.kind.map(Kind::name),
        state: filter.state.map(GroupState::name),
        lang: filter.lang.map(Lang::code),
        words: words(filter.q.as_deref()),
        sort,
        after: page.after()?,
    };
    let engine = app.engine.load_full();
    let inbox = app.store.read(move |connection| {
        let groups = inbox::list(connection, &wanted, page.sql_limit())?;
        let counts = counted(connection)?;
        let list = List::cut(groups, &page, |group| (group.rank(sort), group.id));
        let items = list.items.into_iter().map(|group| shown(&engine, group)).collect();
        Ok::<_, Problem>(Inbox { items, next: list.next, counts })
    });
    Ok(Json(inbox.await?))
}

/// Shows a group with its messages.
#[utoipa::path(get, path = "/inbox/{id}", tag = "inbox", operation_id = "inbox_group", params(("id" = i64, Path), Page), responses(
    (status = 200, description = "It", body = GroupDetail),
    (status = 404, description = "`not_found`: it went with its last message", body = Details),
))]
pub(super) async fn look(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> Result<Json<GroupDetail>, Problem> {
    let before: Option<(i64, Uuid, i64)> = page.after()?;
    let engine = app.engine.load_full();
    let detail = app.store.read(move |connection| {
        let group = inbox::by_id(connection, id)?.ok_or_else(Problem::not_found)?;
        let members = inbox::members(connection, id, before, page.sql_limit())?;
        let list = List::cut(members, &page, |member| (member.at_ms, member.conversation, member.seq));
        let messages = list.items.into_iter().map(|member| GroupMessage {
            text: member.text,
            at: at(member.at_ms),
            conversation: member.conversation,
            seq: member.seq,
            outcome: member.outcome,
            confidence: member.confidence,
            pair: member.pair,
        });
        let messages = messages.collect();
        Ok::<_, Problem>(GroupDetail { group: shown(&engine, group), messages, next: list.next })
    });
    Ok(Json(detail.await?))
}

/// Changes groups, several at once. Those that went meanwhile are left out.
#[utoipa::path(patch, path = "/inbox", tag = "inbox", operation_id = "inbox_change", request_body = GroupChange, responses(
    (status = 200, description = "As they are now", body = ChangedGroups),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(change): Body<GroupChange>,
) -> Result<Json<ChangedGroups>, Problem> {
    staff.require(Role::Editor)?;
    let GroupChange { ids, state, assignee, note } = change;
    if ids.is_empty() || ids.len() > AT_ONCE {
        return Err(Problem::invalid("ids", "1 to 500 groups"));
    }
    if note.iter().flatten().any(|note| note.chars().count() > NOTE_CHARS) {
        return Err(Problem::invalid("note", "at most 2000 characters"));
    }
    let note = note.map(|note| note.filter(|note| !note.trim().is_empty()));
    let change = inbox::Change { state: state.map(GroupState::name), assignee, note };
    if change == inbox::Change::default() {
        return Err(Problem::invalid("state", "a state, an assignee or a note"));
    }
    let engine = app.engine.load_full();
    let actor = staff.user.id;
    let changed = app.store.transact(move |tx| {
        if let Some(Some(assignee)) = change.assignee
            && accounts::by_id(tx, assignee)?.is_none_or(|account| account.disabled)
        {
            return Err(Problem::invalid("assignee", "somebody of the staff who may sign in"));
        }
        let now = now_ms();
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            if inbox::change(tx, id, &change, now)? {
                let detail = json!({"state": change.state, "assignee": change.assignee, "note": change.note.is_some()});
                audit::record(tx, Some(actor), "inbox.change", &id.to_string(), &detail)?;
                items.extend(inbox::by_id(tx, id)?);
            }
        }
        Ok((items, counted(tx)?))
    });
    let (items, counts) = changed.await?;
    app.console.tell(Event { name: "inbox", data: json!({"counts": counts}) });
    // What is near is searched on the readers' side, not on the writer's.
    let items = items.into_iter().map(|group| shown(&engine, group)).collect();
    Ok(Json(ChangedGroups { items, counts }))
}
