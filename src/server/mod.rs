//! The server: chat socket, HTTP, web pages, limits. Carries the engine's replies and changes nothing in them.

mod access;
mod ask;
pub mod clinic;
pub mod console;
mod conversation;
pub mod docs;
pub mod edition;
mod health;
mod held;
mod hub;
mod limits;
mod line;
mod listener;
pub mod notice;
mod pages;
pub mod publisher;
mod refusal;
pub mod reload;
mod session;
mod shield;
mod socket;
mod widget;
pub mod wire;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::config::Settings;
use crate::dialogue::{Engine, EngineSettings, Message};
use crate::language::Lang;
use crate::search::Likeness;
use crate::semantic::Signal;
use crate::store::{Store, Write};
use conversation::Conversation;
use hub::Hub;
use limits::Gate;
use notice::Code;
use publisher::Publisher;
use refusal::Refusal;
use shield::Client;

/// The longest that a plain request may take.
const REQUEST: Duration = Duration::from_secs(30);

/// The longest that stopping may take before connections are cut.
const STOP: Duration = Duration::from_secs(9);

/// Connections over a limit that are told so at one time.
const TELLING: usize = 64;

/// Conversations erased in one transaction.
const ERASED_AT_ONCE: i64 = 200;

/// What all requests share.
#[derive(Debug)]
pub struct App {
    engine: Arc<ArcSwap<Engine>>,
    publisher: Arc<Publisher>,
    store: Arc<Store>,
    settings: Settings,
    signal: Option<Arc<Signal>>,
    hub: Hub,
    gate: Arc<Gate>,
    telling: Arc<Semaphore>,
    stop: watch::Sender<bool>,
    sockets: watch::Sender<usize>,
    clinic: clinic::Shared,
    console: console::Console,
}

/// A chat socket that stopping waits for.
struct OpenSocket(Arc<App>);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.0.sockets.send_modify(|open| *open = open.saturating_sub(1));
    }
}

impl App {
    /// What a server needs: the knowledge that answers, an open store, the semantic signal if there is one, the
    /// settings, and the clinic as staff set it.
    #[must_use]
    pub fn new(
        publisher: Arc<Publisher>,
        store: Arc<Store>,
        signal: Option<Arc<Signal>>,
        settings: Settings,
        clinic: clinic::Shared,
    ) -> Arc<Self> {
        Arc::new(Self {
            hub: Hub::new(Arc::clone(&store), clinic.load().retention_days),
            gate: Arc::new(Gate::new(settings.limits)),
            telling: Arc::new(Semaphore::new(TELLING)),
            stop: watch::Sender::new(false),
            sockets: watch::Sender::new(0),
            clinic,
            console: console::Console::new(&settings.console),
            engine: publisher.engine(),
            publisher,
            store,
            signal,
            settings,
        })
    }

    /// The clinic's time zone, in which its days begin.
    fn time_zone(&self) -> jiff::tz::TimeZone {
        self.clinic.load().office_hours.zone().clone()
    }

    /// From now on the clinic is set like this, for everyone.
    fn adopt(&self, clinic: clinic::Clinic) {
        self.hub.keep_for(clinic.retention_days);
        let country = clinic.country.clone();
        self.clinic.store(Arc::new(clinic));
        // Whichever knowledge is live when the swap succeeds goes on with the new country.
        self.engine.rcu(|engine| engine.with_settings(EngineSettings { country: country.clone() }));
    }

    /// What may be promised now to a patient who asks for a person.
    fn promise(&self) -> notice::Promise {
        console::promise(self)
    }

    /// What an embedding model says of a message, if one is set and answers in time. Never for a message that was
    /// answered before.
    async fn likeness(
        &self,
        engine: &Engine,
        conversation: &Conversation,
        hash: u64,
        text: &str,
    ) -> Option<Likeness> {
        let signal = self.signal.as_ref().filter(|_| !conversation.has_answered(hash))?;
        signal.likeness(engine, &Message::new(text)).await
    }

    fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Turns `true` when the server stops.
    fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    fn open_socket(self: &Arc<Self>) -> OpenSocket {
        self.sockets.send_modify(|open| *open += 1);
        OpenSocket(Arc::clone(self))
    }
}

/// Serves on `listener` until `shutdown`; then takes nothing new, ends what is under way, closes the chat
/// sockets and the store. Takes less than ten seconds for that.
///
/// # Errors
/// If the listener fails.
pub async fn run(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let silence = app.settings.socket.ping.mul_f32(2.5);
    let listener = listener::Bounded::new(listener, app.settings.limits.connections, silence);
    let service = router(&app).into_make_service_with_connect_info::<listener::Peer>();
    let housekeeping = tokio::spawn(keep_house(Arc::clone(&app)));
    let gathering = tokio::spawn(console::gather(Arc::clone(&app)));
    console::await_those_who_were_here(Arc::clone(&app)).await;
    let telling = tokio::spawn(console::knowledge::tell_versions(Arc::clone(&app)));
    // Begun once the server listens: no start waits for it.
    let learning = app.signal.clone().map(|signal| tokio::spawn(learn(signal, Arc::clone(&app.publisher))));

    let stopper = Arc::clone(&app);
    let stop = async move {
        shutdown.await;
        tracing::info!("stopping");
        stopper.stop.send_replace(true);
    };
    let mut stopping = app.stopping();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
    let late = async {
        // The sender lives in the app, so this ends only with a stop.
        let _stopping = stopping.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(STOP).await;
    };
    let ended = async {
        let served = serving.await;
        // Upgraded connections are no longer axum's; they end on their own when the server stops.
        let mut sockets = app.sockets.subscribe();
        let _none = sockets.wait_for(|open| *open == 0).await;
        served
    };
    let result = tokio::select! {
        served = ended => served,
        () = late => {
            tracing::warn!(sockets = *app.sockets.borrow(), "stopped with connections that did not end");
            Ok(())
        }
    };
    housekeeping.abort();
    gathering.abort();
    telling.abort();
    learning.inspect(|learning| learning.abort());
    app.store.close().await;
    tracing::info!("stopped");
    result
}

/// Lets the semantic signal know of the knowledge that answers, and of every one after it.
async fn learn(signal: Arc<Signal>, publisher: Arc<Publisher>) {
    let mut versions = publisher.versions();
    loop {
        versions.mark_unchanged();
        signal.learn(publisher.engine().load_full());
        if versions.changed().await.is_err() {
            return;
        }
    }
}

fn router(app: &Arc<App>) -> Router {
    let plain = Router::new()
        .route("/v1/ask", post(ask::ask))
        .route("/v1/widget", get(widget::look))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/version", get(health::version))
        .route("/openapi.json", get(async || docs::file(docs::openapi())))
        .route("/asyncapi.json", get(async || docs::file(docs::asyncapi())))
        .fallback(get(pages::page))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST))
        .layer(DefaultBodyLimit::max(app.settings.limits.frame_bytes));
    Router::new()
        .route("/v1/chat", get(socket::chat))
        .merge(plain)
        .merge(console::router().layer(CompressionLayer::new()))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(app), shield::guard))
        .with_state(Arc::clone(app))
}

/// An error as an HTTP answer, in the form of the protocol's error frame.
fn answer(refusal: &Refusal, lang: Lang, in_reply_to: Option<String>) -> Response {
    let error = refusal.frame(lang, in_reply_to);
    let mut response =
        (refusal.code.status(), [(header::CONTENT_TYPE, "application/json")], error.json()).into_response();
    if let Some(ms) = error.retry_after_ms {
        response.headers_mut().insert(header::RETRY_AFTER, ms.div_ceil(1000).into());
    }
    response
}

/// What a patient sees when a handler panicked. The cause may hold anything, so it is not shown; the panic
/// itself is on the error output.
fn panicked(_cause: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    answer(&Code::Internal.into(), Lang::Ar, None)
}

/// Erases conversations past their retention, bodies that nobody needs, and old limits.
async fn keep_house(app: Arc<App>) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    let mut minute: u64 = 0;
    loop {
        minutes.tick().await;
        app.gate.tidy();
        app.console.tidy();
        if minute.is_multiple_of(60) {
            erase_expired(&app).await;
            console::end_old(&app).await;
        }
        if minute.is_multiple_of(24 * 60) {
            prune_parts(&app).await;
        }
        minute += 1;
    }
}

async fn erase_expired(app: &App) {
    let cutoff_ms = app.hub.cutoff_ms();
    let mut erased = 0;
    loop {
        let due = match app.store.expired(cutoff_ms, ERASED_AT_ONCE).await {
            Ok(due) => due,
            Err(error) => return tracing::error!(%error, "expired conversations could not be found"),
        };
        let count = due.len();
        if count == 0 || app.store.write(Write::Expire(due, cutoff_ms)).await.is_err() {
            break;
        }
        erased += count;
    }
    if erased > 0 {
        tracing::info!(erased, "conversations past their retention are erased");
    }
}

async fn prune_parts(app: &App) {
    let yesterday = conversation::now_ms() - 86_400_000;
    match app.store.orphans(yesterday).await {
        Ok(orphans) if orphans.is_empty() => {}
        Ok(orphans) => {
            // A failure is logged by the store and tried again tomorrow.
            let _tomorrow = app.store.write(Write::Prune(orphans)).await;
        }
        Err(error) => tracing::error!(%error, "unused parts of replies could not be found"),
    }
}
