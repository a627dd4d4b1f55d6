//! Right, or what it should have been: a reply that staff judged becomes a way to ask or a question for later.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dialogue::Outcome;
use crate::server::App;
use crate::server::console::knowledge::{AskedBefore, Expected, Revision, add_question, add_variant};
use crate::server::console::problem::{Details, Problem};
use crate::server::console::request::Body;
use crate::server::console::staff::Staff;
use crate::store::questions::Purpose;

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Addition {
    /// Another way to ask the pair that should answer, as a draft.
    Variant,
    /// A question that is asked before anything is published.
    Question,
}

/// What somebody thinks of a reply.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Judgement {
    /// What was asked.
    text: String,
    /// Its language: `ar` or `fa`.
    lang: String,
    /// What came.
    got: Expected,
    /// Whether that is right.
    right: bool,
    /// What should have come, if it is not.
    #[serde(default)]
    should: Option<Expected>,
    /// What becomes of it.
    add: Addition,
    /// Why; for the draft, if one is begun.
    #[serde(default)]
    reason: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Added {
    /// The draft that the text was added to.
    pub revision: Option<Revision>,
    /// The question that was added.
    pub question: Option<AskedBefore>,
}

/// Adds a message that was tried as a way to ask, or as a question for later. One that has to raise an emergency is
/// one of safety.
#[utoipa::path(post, path = "/try/verdict", tag = "try", operation_id = "try_verdict", request_body = Judgement,
    responses(
        (status = 200, description = "What became of it", body = Added),
        (status = 403, description = "`role_too_low`", body = Details),
        (status = 404, description = "`not_found`: no such pair", body = Details),
        (status = 409, description = "`in_review`, `known_already`, `no_wording`", body = Details),
        (status = 422, description = "`invalid`", body = Details),
    ))]
pub(super) async fn judge(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(judgement): Body<Judgement>,
) -> Result<Json<Added>, Problem> {
    let Judgement { text, lang, got, right, should, add, reason } = judgement;
    let wanted = match (right, should) {
        (true, _) => got,
        (false, Some(should)) => should,
        (false, None) => return Err(Problem::invalid("should", "Say what it should have been.")),
    };
    match add {
        Addition::Variant => {
            let no_pair = || Problem::invalid("should.pair", "Name the pair that should answer.");
            let pair = wanted.pair.ok_or_else(no_pair)?;
            let reason = reason.unwrap_or_default();
            let revision = add_variant(&app, &staff, &pair, &lang, &text, &reason).await?;
            Ok(Json(Added { revision: Some(revision), question: None }))
        }
        Addition::Question => {
            let emergency = wanted.outcome == Outcome::Emergency;
            let set = if emergency { Purpose::Safety } else { Purpose::Evaluation };
            let question = add_question(&app, &staff, &lang, &text, wanted, set).await?;
            Ok(Json(Added { revision: None, question: Some(question) }))
        }
    }
}
