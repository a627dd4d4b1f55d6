//! The questions that are asked before anything is published: those of the files, and those that staff added.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::add::{Expected, add_question};
use super::{aside, probes};
use crate::evaluation::compare::Seen;
use crate::server::App;
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::{Body, List, Page, Path, Query};
use crate::server::console::staff::Staff;
use crate::store::accounts::Role;
use crate::store::questions::Purpose;
use crate::store::{audit, questions};

/// A question with what its reply has to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskedBefore {
    /// Its id.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// What is asked; the last message of a conversation.
    pub text: String,
    /// What the reply has to be.
    pub expected: Seen,
    /// What it is asked for. Nothing is published while one of `safety` gets another reply.
    pub set: Purpose,
    /// Whether staff added it, and may remove it; the others are those of the files.
    pub added: bool,
}

/// A question to be asked before anything is published.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewQuestion {
    /// Its language: `ar` or `fa`.
    lang: String,
    /// What is asked. Identifiers in it are masked.
    text: String,
    /// What the reply has to be.
    expected: Expected,
    /// What it is asked for.
    set: Purpose,
}

/// Which questions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// What they are asked for.
    set: Option<Purpose>,
    /// Only those that staff added.
    added: Option<bool>,
}

/// Lists the questions: those that staff added first, latest first, then those of the files.
#[utoipa::path(get, path = "/knowledge/questions", tag = "knowledge", operation_id = "knowledge_questions", params(Which, Page),
    responses((status = 200, description = "The questions", body = List<AskedBefore>)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(which): Query<Which>,
    Query(page): Query<Page>,
) -> Result<Json<List<AskedBefore>>, Problem> {
    let after: Option<String> = page.after()?;
    let added = app.store.read(|connection| questions::list(connection).map_err(Problem::from)).await?;
    let folder = app.publisher.places().questions.clone();
    let all = aside(move || probes::gather(&folder, added)).await??;
    let all: Vec<AskedBefore> = all
        .into_iter()
        .map(|(probe, added)| AskedBefore {
            expected: probe.wanted(),
            text: probe.turns.last().cloned().unwrap_or_default(),
            set: if probe.safety { Purpose::Safety } else { Purpose::Evaluation },
            id: probe.id,
            lang: probe.lang,
            added,
        })
        .filter(|question| which.set.is_none_or(|set| question.set == set))
        .filter(|question| which.added.is_none_or(|added| question.added == added))
        .collect();
    let total = u64::try_from(all.len()).ok();
    let begin = match &after {
        Some(last) => all.iter().position(|question| question.id == *last).map_or(0, |at| at + 1),
        None => 0,
    };
    let items = all.into_iter().skip(begin).take(page.limit() + 1).collect();
    let mut list = List::cut(items, &page, |question: &AskedBefore| question.id.clone());
    list.total = total;
    Ok(Json(list))
}

/// Adds a question.
#[utoipa::path(post, path = "/knowledge/questions", tag = "knowledge", operation_id = "knowledge_question_add", request_body = NewQuestion,
    responses(
        (status = 201, description = "Added", body = AskedBefore),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 422, description = "`invalid`", body = Details),
    ))]
pub(super) async fn add(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(new): Body<NewQuestion>,
) -> Result<(StatusCode, Json<AskedBefore>), Problem> {
    let added = add_question(&app, &staff, &new.lang, &new.text, new.expected, new.set).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// Removes a question that staff added.
#[utoipa::path(delete, path = "/knowledge/questions/{id}", tag = "knowledge", operation_id = "knowledge_question_remove",
    params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Removed"),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`", body = Details),
    ))]
pub(super) async fn remove(
    State(app): State<Arc<App>>,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    // Without its safety questions a clinic could publish anything.
    staff.require(Role::Reviewer)?;
    app.store
        .transact(move |transaction| {
            if !questions::delete(transaction, id)? {
                return Err(Problem::not_found());
            }
            let target = id.to_string();
            audit::record(
                transaction,
                Some(staff.user.id),
                "knowledge.question.remove",
                &target,
                &json!({}),
            )?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
