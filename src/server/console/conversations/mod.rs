//! Conversations: lists, transcripts, and persons of the staff in them.

mod list;
mod stay;
mod transcript;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::problem::Problem;
use crate::server::App;
use crate::server::conversation::Conversation;
use crate::server::hub::HubError;

pub(in crate::server) use stay::await_those_who_were_here;
pub(super) use stay::leave_all;

/// The addresses of this area.
pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(transcript::look, transcript::erase))
        .routes(routes!(transcript::export))
        .routes(routes!(stay::take))
        .routes(routes!(stay::release))
        .routes(routes!(stay::say))
        .routes(routes!(stay::types))
}

impl From<HubError> for Problem {
    fn from(error: HubError) -> Self {
        match error {
            HubError::Write(error) => error.into(),
            HubError::Read(error) => error.into(),
        }
    }
}

/// The conversation, as everyone in it shares it.
async fn living(app: &App, id: Uuid) -> Result<Arc<Conversation>, Problem> {
    app.hub.find(id).await?.ok_or_else(Problem::not_found)
}
