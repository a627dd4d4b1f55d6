//! Who may use the console: signing in and out, people and their roles, and the record of what they changed.

mod audit;
mod me;
mod names;
mod session;
mod sessions;
mod set_up;
mod users;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::server::App;

pub use names::{check_login, check_name};
pub use sessions::Who;
pub use set_up::link;

/// The addresses of this area.
pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(set_up::needed, set_up::set_up))
        .routes(routes!(session::current, session::sign_in, session::sign_out))
        .routes(routes!(sessions::list, sessions::end_others))
        .routes(routes!(sessions::end))
        .routes(routes!(me::change))
        .routes(routes!(me::change_password))
        .routes(routes!(users::list, users::create))
        .routes(routes!(users::change))
        .routes(routes!(users::new_password))
        .routes(routes!(audit::list))
}
