//! What happens while staff watch, as a stream: the inbox, conversations, the knowledge, who is here.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, State};
use axum::response::sse::{self, KeepAlive, Sse};
use futures_util::{Stream, stream};
use serde_json::json;
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;
use uuid::Uuid;

use super::inbox;
use super::presence::Here;
use super::problem::{Details, Problem};
use super::staff::{self, Staff};
use crate::server::App;
use crate::server::conversation::Watch;
use crate::server::listener::Peer;

/// How often it is looked whether whoever watches is still signed in.
const STILL_IN: Duration = Duration::from_secs(30);

/// What one stream tells of conversations within [`WINDOW`], at most. More than anyone can read; whoever watches is then
/// told to read the lists again, so that a storm of patients costs no more than this.
const MOST: usize = 100;

/// See [`MOST`].
const WINDOW: Duration = Duration::from_secs(1);

/// Something that happened. What it holds is for staff; nothing of it is stored.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its kind, as in `inbox`.
    pub name: &'static str,
    /// What there is to say about it.
    pub data: serde_json::Value,
}

impl Event {
    /// `what` happened in the conversation of `id`.
    pub(super) fn conversation(id: Uuid, what: &str) -> Self {
        Self { name: "conversation", data: json!({"id": id, "what": what}) }
    }

    /// Something was missed: lists should be read again.
    pub(super) fn resync() -> Self {
        Self { name: "resync", data: json!({}) }
    }

    fn sse(self) -> sse::Event {
        // One line: a JSON text holds no line break.
        sse::Event::default().event(self.name).data(self.data.to_string())
    }
}

struct Watching {
    app: Arc<App>,
    session: Uuid,
    first: VecDeque<Event>,
    events: broadcast::Receiver<Event>,
    conversations: Watch,
    /// When the window under way ends, and what was told in it.
    window: (Instant, usize),
    stop: watch::Receiver<bool>,
    still_in: tokio::time::Interval,
    _here: Here,
}

impl Watching {
    /// The next event; `None` when the server stops or the session is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.first.pop_front() {
                return Some(event);
            }
            let (window_ends, told) = self.window;
            let is_storm = told >= MOST;
            // Every branch loses nothing when another one wins.
            tokio::select! {
                () = stopped(&mut self.stop) => return None,
                event = self.events.recv() => match event {
                    Ok(event) => return Some(event),
                    // What was missed is in the lists; whoever watches should read them again.
                    Err(broadcast::error::RecvError::Lagged(_)) => return Some(Event::resync()),
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                () = tokio::time::sleep_until(window_ends), if is_storm => {
                    self.window = (Instant::now() + WINDOW, 0);
                    // What happened meanwhile is not told one by one.
                    self.conversations.skip();
                    return Some(Event::resync());
                }
                happened = self.conversations.next(), if !is_storm => {
                    let (id, what) = happened?;
                    let now = Instant::now();
                    self.window = if now < window_ends { (window_ends, told + 1) } else { (now + WINDOW, 1) };
                    return Some(Event::conversation(id, what.name()));
                }
                _ = self.still_in.tick() => {
                    if !staff::is_still_in(&self.app, self.session).await.unwrap_or(false) {
                        return None;
                    }
                }
            }
        }
    }
}

/// Ends when the server stops. The guard must not outlive this call.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _stopping = stop.wait_for(|stop| *stop).await;
}

/// Streams what happens: `inbox {counts}`, `conversation {id, what}`, `knowledge {version}`, `presence {available}`.
/// `what` is `message`, `handoff`, `emergency`, `taken`, `released`, `typing`, `staff_typing`, `erased`, and `listed` once
/// the lists know of it. `resync {}` says that something was missed and lists should be read again. Begins with how
/// things are. Ends with the session.
#[utoipa::path(get, path = "/events", tag = "conversations", operation_id = "events", responses(
    (status = 200, description = "Server-sent events", content_type = "text/event-stream", body = String),
    (status = 401, description = "`signed_out`", body = Details),
))]
pub(super) async fn events(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    staff: Staff,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>, Problem> {
    peer.only_listens();
    // Listened to before anything is read, so that nothing falls in between.
    let events = app.console.events.subscribe();
    let conversations = app.hub.watch();
    let here = Here::new(&app, &staff);
    let counts = inbox::counts(&app).await?;
    let first = [
        Event { name: "inbox", data: json!({"counts": counts}) },
        Event { name: "presence", data: json!({"available": app.console.people.available()}) },
        Event { name: "knowledge", data: json!({"version": app.engine.load().version()}) },
    ];
    let mut still_in = tokio::time::interval(STILL_IN);
    still_in.reset();
    let watching = Watching {
        session: staff.session,
        first: first.into(),
        events,
        conversations,
        window: (Instant::now() + WINDOW, 0),
        stop: app.stopping(),
        still_in,
        _here: here,
        app,
    };
    let stream = stream::unfold(watching, async |mut watching| {
        let event = watching.next().await?;
        Some((Ok(event.sse()), watching))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}
