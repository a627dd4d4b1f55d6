//! Try: asking as a patient would, seeing why the reply is what it is, and saying what it should have been.

mod explain;
mod verdict;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::knowledge::{aside, drafted, edition};
use super::problem::{Details, Problem};
use super::request::Body;
use super::staff::Staff;
use crate::dialogue::{Context, Engine, Explanation, Message};
use crate::language::Lang;
use crate::search::Likeness;
use crate::server::conversation::now_ms;
use crate::server::{App, wire};
use crate::store::{Frame, FrameKind};

pub use explain::Explained;

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(try_out)).routes(routes!(verdict::judge))
}

/// What a patient would ask.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Trial {
    /// What is asked.
    text: String,
    /// The language of the page: `ar` or `fa`.
    #[serde(default)]
    locale: Option<String>,
    /// The `context` of the reply before, if this goes on from it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    context: Option<Value>,
    /// Who is asked: `live` (if left out), `draft` for the knowledge with all that is on its way, or the id of a
    /// candidate.
    #[serde(default)]
    version: Option<String>,
}

/// A reply and what led to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tried {
    /// The reply, exactly as a patient's client gets it.
    pub reply: wire::Reply,
    /// To be handed back with the next message of the conversation.
    #[schema(value_type = Object)]
    pub context: Value,
    /// Why it is this reply.
    pub explanation: Explained,
}

/// Asks as a patient would. Nothing is stored.
#[utoipa::path(post, path = "/try", tag = "try", operation_id = "try_out", request_body = Trial,
    responses(
        (status = 200, description = "The reply and why it is this one", body = Tried),
        (status = 404, description = "`not_found`: no such candidate any more", body = Details),
        (status = 422, description = "`invalid`; `has_problems`: the drafts cannot be tried", body = Details),
    ))]
pub(super) async fn try_out(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Body(trial): Body<Trial>,
) -> Result<Json<Tried>, Problem> {
    if wire::is_blank(&trial.text) {
        return Err(Problem::invalid("text", "Write what a patient would ask."));
    }
    if app.settings.limits.too_long(&trial.text) {
        return Err(Problem::invalid("text", "Patients may not write that much at once either."));
    }
    let engine = engine(&app, trial.version.as_deref().unwrap_or("live")).await?;
    let context = match trial.context {
        Some(context) => serde_json::from_value(context)
            .map_err(|_| Problem::invalid("context", "Hand back what came with the reply before."))?,
        None => Context::default(),
    };
    let message = Message { text: trial.text, locale: trial.locale.as_deref().and_then(Lang::from_code) };
    let likeness = match &app.signal {
        Some(signal) => signal.likeness(&engine, &message).await,
        None => None,
    };
    aside(move || answer(&engine, &context, &message, likeness.as_ref())).await?.map(Json)
}

fn answer(
    engine: &Engine,
    context: &Context,
    message: &Message,
    likeness: Option<&Likeness>,
) -> Result<Tried, Problem> {
    let explanation = engine.explain_with_likeness(context, message, likeness);
    // The engine's types always serialize.
    let context = serde_json::to_value(&explanation.reply.context).unwrap_or_default();
    let (reply, explanation) = laid_out(engine, explanation).map_err(|error| {
        tracing::error!(%error, "a reply could not be written");
        Problem::internal()
    })?;
    Ok(Tried { reply, context, explanation })
}

/// A reply as the chat would send it, in the conversation `none`, and what led to it.
///
/// # Errors
/// Never for what an engine says.
pub fn laid_out(
    engine: &Engine,
    explanation: Explanation,
) -> Result<(wire::Reply, Explained), serde_json::Error> {
    let reply = &explanation.reply;
    let frame = Frame {
        seq: 0,
        id: Uuid::now_v7(),
        kind: FrameKind::Reply,
        in_reply_to: None,
        sent_ms: now_ms(),
        confidence: Some(reply.confidence),
        body: wire::reply_body(reply)?,
    };
    let reply = serde_json::from_str(&wire::frame_json("none", &frame))?;
    Ok((reply, explain::explain(engine, explanation)))
}

/// The engine of a version: `live`, `draft` or a candidate's id.
async fn engine(app: &Arc<App>, version: &str) -> Result<Arc<Engine>, Problem> {
    match version {
        "live" => Ok(app.engine.load_full()),
        "draft" => {
            let live = edition(app).await?;
            Ok(Arc::clone(drafted(app, &live).await?.engine()))
        }
        id => {
            let id: Uuid = id
                .parse()
                .map_err(|_| Problem::invalid("version", "`live`, `draft` or a candidate's id."))?;
            let built = app.console.workshop.find(id).ok_or_else(Problem::not_found)?;
            let built = built.edition.as_ref().map(|edition| Arc::clone(edition.engine()));
            built.ok_or_else(|| {
                let detail = "The candidate has problems; nothing answers from it.";
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "has_problems", detail)
            })
        }
    }
}
