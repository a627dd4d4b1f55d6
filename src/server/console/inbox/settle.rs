//! What becomes of a group: another way to ask a pair, one more thing that lies outside, or a red flag that was missed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Group, GroupState, shown, tell_counts};
use crate::dialogue::Outcome;
use crate::knowledge::EntryKind;
use crate::server::App;
use crate::server::console::knowledge::{AskedBefore, Expected, Revision, add_form, add_question};
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, Path};
use crate::server::console::staff::Staff;
use crate::server::conversation::now_ms;
use crate::store::accounts::Role;
use crate::store::questions::Purpose;
use crate::store::{audit, inbox};

/// Why a draft is begun that comes from here.
const REASON: &str = "From the inbox.";

/// The pair that should answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    /// Its id.
    pair: String,
    /// The words to add, in the group's language; left out: those of its last message.
    text: Option<String>,
}

/// The entry of what lies outside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkOutside {
    /// Its id, as in `price`.
    entry: String,
    /// The words to add, in the group's language; left out: those of its last message.
    text: Option<String>,
}

/// A message that told of a red flag which was not seen.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MissedFlag {
    /// The words, in the group's language; left out: those of its last message.
    text: Option<String>,
}

/// What became of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settled {
    /// The group now.
    pub group: Group,
    /// The draft that the words were added to.
    pub revision: Option<Revision>,
    /// The question that was added: nothing is published while it raises no emergency.
    pub question: Option<AskedBefore>,
}

/// Adds the words of a group to a pair's draft, as another way to ask it. The group is done.
#[utoipa::path(post, path = "/inbox/{id}/attach", tag = "inbox", operation_id = "inbox_attach",
    params(("id" = i64, Path)), request_body = Attach, responses(
    (status = 200, description = "What became of it", body = Settled),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`: no such group or pair", body = Details),
    (status = 409, description = "`in_review`, `known_already`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn attach(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<String>,
    Body(Attach { pair, text }): Body<Attach>,
) -> Result<Json<Settled>, Problem> {
    let group = group(&app, &staff, &id).await?;
    let id = group.id;
    let text = text.unwrap_or(group.sample);
    let revision = add_form(&app, &staff, EntryKind::Pair, &pair, &group.lang, &text, REASON).await?;
    let group = settle(&app, &staff, id, GroupState::Done, "inbox.attach").await?;
    Ok(Json(Settled { group, revision: Some(revision), question: None }))
}

/// Adds the words of a group to the draft of an entry of what lies outside. The group is done.
#[utoipa::path(post, path = "/inbox/{id}/outside", tag = "inbox", operation_id = "inbox_outside",
    params(("id" = i64, Path)), request_body = MarkOutside, responses(
    (status = 200, description = "What became of it", body = Settled),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`: no such group or entry", body = Details),
    (status = 409, description = "`in_review`, `known_already`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn outside(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<String>,
    Body(MarkOutside { entry, text }): Body<MarkOutside>,
) -> Result<Json<Settled>, Problem> {
    let group = group(&app, &staff, &id).await?;
    let id = group.id;
    let text = text.unwrap_or(group.sample);
    let revision = add_form(&app, &staff, EntryKind::Outside, &entry, &group.lang, &text, REASON).await?;
    let group = settle(&app, &staff, id, GroupState::Done, "inbox.outside").await?;
    Ok(Json(Settled { group, revision: Some(revision), question: None }))
}

/// Keeps the words of a group as a question of safety: from now on nothing is published while they raise no emergency.
/// The group stays in work until somebody has mended the policy.
#[utoipa::path(post, path = "/inbox/{id}/missed_flag", tag = "inbox", operation_id = "inbox_missed_flag",
    params(("id" = i64, Path)), request_body = MissedFlag, responses(
    (status = 200, description = "What became of it", body = Settled),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 404, description = "`not_found`", body = Details),
    (status = 422, description = "`invalid`", body = Details),
))]
pub(super) async fn missed_flag(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<String>,
    Body(MissedFlag { text }): Body<MissedFlag>,
) -> Result<Json<Settled>, Problem> {
    let group = group(&app, &staff, &id).await?;
    let id = group.id;
    let text = text.unwrap_or(group.sample);
    let expected = Expected { outcome: Outcome::Emergency, pair: None };
    let question = add_question(&app, &staff, &group.lang, &text, expected, Purpose::Safety).await?;
    let group = settle(&app, &staff, id, GroupState::InWork, "inbox.missed_flag").await?;
    Ok(Json(Settled { group, revision: None, question: Some(question) }))
}

/// The group of `id`, for who may settle it: what is no number names nothing.
async fn group(app: &App, staff: &Staff, id: &str) -> Result<inbox::Group, Problem> {
    staff.require(Role::Editor)?;
    let id: i64 = id.parse().map_err(|_| Problem::not_found())?;
    let found = app.store.read(move |connection| inbox::by_id(connection, id).map_err(Problem::from)).await?;
    found.ok_or_else(Problem::not_found)
}

/// Puts the group into `state`; gives it back as it is then.
async fn settle(
    app: &App,
    staff: &Staff,
    id: i64,
    state: GroupState,
    action: &'static str,
) -> Result<Group, Problem> {
    let actor = staff.user.id;
    let change = inbox::Change { state: Some(state.name()), ..inbox::Change::default() };
    let group = app
        .store
        .transact(move |tx| {
            inbox::change(tx, id, &change, now_ms())?;
            audit::record(tx, Some(actor), action, &id.to_string(), &json!({"state": change.state}))?;
            inbox::by_id(tx, id)?.ok_or_else(Problem::not_found)
        })
        .await?;
    tell_counts(app).await;
    Ok(shown(&app.engine.load(), group))
}
