//! What staff can change about the clinic while the server runs: the settings of the start, and over them those that
//! were made in the console.

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::http::HeaderValue;

use super::shield;
use crate::config::{OfficeHours, Settings, Widget};
use crate::store::Store;
use crate::store::settings::{self, Stored};

/// The clinic as it is set now.
#[derive(Debug, Clone)]
pub struct Clinic {
    /// Origins besides the server's own, in lower case; `*` for any.
    pub allowed_origins: Vec<String>,
    /// ISO 3166 code of its country, in capitals.
    pub country: Option<String>,
    /// Days after its last message that a conversation is erased.
    pub retention_days: u32,
    /// How the chat widget presents itself.
    pub widget: Widget,
    /// When staff are there.
    pub office_hours: OfficeHours,
    /// The policy for pages, made from the rest.
    pub(super) content_security_policy: HeaderValue,
}

impl Clinic {
    /// What the settings of the start say, and `stored` over them where neither a flag nor the environment does.
    #[must_use]
    pub fn new(settings: &Settings, stored: &Stored) -> Self {
        let free = |key: &str| !settings.fixed.contains(key);
        let widget = match &stored.widget {
            Some(stored) => settings.widget.with(stored, free),
            None => settings.widget.clone(),
        };
        let origins = stored.allowed_origins.clone().filter(|_| free("allowed_origins"));
        let allowed_origins = origins.unwrap_or_else(|| settings.access.allowed_origins.clone());
        let country = stored.country.clone().filter(|_| free("country"));
        let days = stored.retention_days.filter(|_| free("store.retention_days"));
        // What was stored was checked; a zone that this machine does not know any more leaves no hours.
        let hours = stored.office_hours.clone().and_then(|written| OfficeHours::new(written).ok());
        Self {
            content_security_policy: shield::content_security_policy(&allowed_origins, widget.logo_origin()),
            allowed_origins,
            country: country.unwrap_or_else(|| settings.country.clone()),
            retention_days: days.unwrap_or(settings.store.retention_days),
            widget,
            office_hours: hours.unwrap_or_default(),
        }
    }
}

/// The clinic for everyone who needs to know it; a change is there for all at once.
pub type Shared = Arc<ArcSwap<Clinic>>;

/// The clinic at the start.
///
/// # Errors
/// If the store cannot be read.
pub async fn at_start(settings: &Settings, store: &Store) -> Result<Shared, crate::store::ReadError> {
    let stored =
        store.read(|connection| settings::stored(connection).map_err(crate::store::ReadError::from)).await?;
    Ok(Arc::new(ArcSwap::from_pointee(Clinic::new(settings, &stored))))
}
