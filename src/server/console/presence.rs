//! Who of the staff is here: has a stream of events open, and says whether patients may be sent to them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Event;
use super::conversations::leave_all;
use super::problem::{Details, Problem};
use super::request::Body;
use super::staff::Staff;
use crate::server::App;
use crate::server::notice::{Back, Promise};
use crate::store::accounts::Role;

/// Somebody who is here.
#[derive(Debug)]
struct Person {
    name: String,
    streams: usize,
    available: bool,
}

/// Who is here.
#[derive(Debug, Default)]
pub(super) struct People(Mutex<HashMap<Uuid, Person>>);

impl People {
    fn map(&self) -> MutexGuard<'_, HashMap<Uuid, Person>> {
        // Nothing under this lock can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Names of those whom patients may be sent to, in order.
    pub(super) fn available(&self) -> Vec<String> {
        let map = self.map();
        let mut names: Vec<String> =
            map.values().filter(|person| person.available).map(|person| person.name.clone()).collect();
        drop(map);
        names.sort_unstable();
        names
    }

    fn is_anyone_available(&self) -> bool {
        self.map().values().any(|person| person.available)
    }

    /// Whether somebody has a stream open.
    pub(super) fn is_here(&self, id: Uuid) -> bool {
        self.map().contains_key(&id)
    }

    fn is_available(&self, id: Uuid) -> bool {
        self.map().get(&id).is_some_and(|person| person.available)
    }

    fn enter(&self, id: Uuid, name: &str) {
        let mut map = self.map();
        let person =
            map.entry(id).or_insert_with(|| Person { name: String::new(), streams: 0, available: false });
        person.streams += 1;
        name.clone_into(&mut person.name);
    }

    /// Whether that was the last stream.
    fn leave(&self, id: Uuid) -> bool {
        let mut map = self.map();
        let Some(person) = map.get_mut(&id) else { return false };
        person.streams = person.streams.saturating_sub(1);
        let is_gone = person.streams == 0;
        if is_gone {
            map.remove(&id);
        }
        is_gone
    }

    /// `false` if they are not here.
    fn set(&self, id: Uuid, available: bool) -> bool {
        match self.map().get_mut(&id) {
            Some(person) => {
                person.available = available;
                true
            }
            None => false,
        }
    }
}

/// One stream of somebody. They are gone with the last.
pub(super) struct Here {
    app: Arc<App>,
    id: Uuid,
}

impl Here {
    pub(super) fn new(app: &Arc<App>, staff: &Staff) -> Self {
        app.console.people.enter(staff.user.id, &staff.user.display_name);
        Self { app: Arc::clone(app), id: staff.user.id }
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        if !self.app.console.people.leave(self.id) {
            return;
        }
        tell(&self.app);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(leave_when_away(Arc::clone(&self.app), self.id));
        }
    }
}

/// Gives whoever is gone some time to come back, as after a reload; then the conversations that they are in go on
/// without them, so that no patient waits for somebody who is not there.
pub(super) async fn leave_when_away(app: Arc<App>, id: Uuid) {
    tokio::time::sleep(app.settings.console.leave_after).await;
    if !app.console.people.is_here(id) {
        leave_all(&app, id).await;
    }
}

/// Tells whoever watches who is available now.
fn tell(app: &App) {
    app.console.tell(Event { name: "presence", data: json!({"available": app.console.people.available()}) });
}

/// Whether patients may be sent to somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPresence {
    /// Whether they may.
    available: bool,
}

/// Who patients may be sent to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Presence {
    /// Whether whoever asks is among them.
    pub me: bool,
    /// Their names.
    pub available: Vec<String>,
}

/// Says who is available.
#[utoipa::path(get, path = "/presence", tag = "conversations", operation_id = "presence_get", responses(
    (status = 200, description = "Who", body = Presence),
))]
pub(super) async fn look(State(app): State<Arc<App>>, staff: Staff) -> Json<Presence> {
    let people = &app.console.people;
    Json(Presence { me: people.is_available(staff.user.id), available: people.available() })
}

/// Says whether patients may be sent to whoever asks. Ends with their last stream of events.
#[utoipa::path(put, path = "/presence", tag = "conversations", operation_id = "presence_set", request_body = SetPresence, responses(
    (status = 200, description = "Who is available now", body = Presence),
    (status = 403, description = "`role_too_low`", body = Details),
    (status = 409, description = "`not_connected`: there is no stream of events", body = Details),
))]
pub(super) async fn set(
    State(app): State<Arc<App>>,
    staff: Staff,
    Body(SetPresence { available }): Body<SetPresence>,
) -> Result<Json<Presence>, Problem> {
    staff.require(Role::Editor)?;
    if !app.console.people.set(staff.user.id, available) {
        return Err(Problem::conflict(
            "not_connected",
            "Open the stream of events first: without it nobody learns of patients who wait.",
        ));
    }
    tell(&app);
    Ok(look(State(app), staff).await)
}

/// What may be promised now to a patient who asks for a person.
pub(in crate::server) fn promise(app: &App) -> Promise {
    if app.console.people.is_anyone_available() {
        return Promise::Somebody;
    }
    let clinic = app.clinic.load();
    let (hours, now) = (&clinic.office_hours, jiff::Timestamp::now());
    // Within office hours somebody may come any moment, or not: nothing is said that may be untrue.
    if !hours.is_set() || hours.is_open(now) {
        return Promise::Nothing;
    }
    let here = now.to_zoned(hours.zone().clone());
    Promise::Nobody(hours.next_opening(now).map(|opening| Back::new(&here, &opening)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_here_until_the_last_stream_ends() {
        let people = People::default();
        let (sara, layla) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(!people.set(sara, true), "no stream yet");
        people.enter(sara, "Sara");
        people.enter(sara, "Sara");
        people.enter(layla, "ليلى");
        assert!(people.available().is_empty() && people.set(sara, true));
        assert_eq!(people.available(), ["Sara"]);
        assert!(!people.leave(sara), "another stream is open");
        assert!(people.is_available(sara) && people.leave(sara) && !people.is_here(sara));
        assert!(!people.is_anyone_available() && !people.leave(sara));
        people.enter(sara, "Sara");
        assert!(!people.is_available(sara), "who comes back says so anew");
    }
}
