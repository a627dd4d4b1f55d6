//! `GET /v1/chat`: one task a connection, from the upgrade to the close.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use super::access::Origin;
use super::console::tokens::{self, Bearer, Scope};
use super::conversation::{Out, Peer};
use super::limits::{Full, Pass, RECONNECT_AFTER_MS, network};
use super::line::{Gone, Line};
use super::notice::Code;
use super::refusal::Refusal;
use super::session::{Flow, Session};
use super::{App, Client, answer};
use crate::language::Lang;

/// How long what is under way may take when the server stops.
const LAST_COMMITS: Duration = Duration::from_secs(5);

/// Buffer of a socket for reading. Messages are short; the default of 128 KiB would be most of what an
/// idle connection costs.
const READ_BUFFER: usize = 2 << 10;

/// Numbers of connections; 0 is none.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The upgrade. Refused here: foreign pages, unknown credentials, and a server that stops. A connection
/// over a limit is opened, told why and closed, because a browser shows a refused upgrade to nobody.
pub(super) async fn chat(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let lang = page_lang(&headers);
    let right = match right(&app, &client, &headers).await {
        Ok(right) => right,
        Err(refusal) => return answer(&refusal, lang, None),
    };
    if app.is_stopping() {
        return answer(&Code::Busy.into(), lang, None);
    }
    let limits = &app.settings.limits;
    let upgrade = upgrade
        .max_message_size(limits.frame_bytes)
        .max_frame_size(limits.frame_bytes)
        .read_buffer_size(READ_BUFFER);
    match app.gate.enter(client.address) {
        Ok(pass) => upgrade.on_upgrade(move |socket| serve(app, socket, (client.address, right), lang, pass)),
        Err(full) => {
            // Telling costs a connection too, so only some are told; the rest get a plain status.
            let Ok(telling) = Arc::clone(&app.telling).try_acquire_owned() else {
                return answer(&Code::Busy.into(), lang, None);
            };
            let patience = app.settings.socket.send;
            tracing::info!(client = network(client.address), ?full, "no place for a connection");
            upgrade.on_upgrade(move |socket| async move {
                turn_away(Line::new(socket, patience), full, lang).await;
                drop(telling);
            })
        }
    }
}

/// By what right somebody talks to the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// As a patient.
    Patient,
    /// As an integration, by the token of this id: it may hold many conversations.
    Integration(Uuid),
}

/// By what right a request comes.
///
/// # Errors
/// `unauthorized` with a bad token; `forbidden` for a foreign page without one.
pub(super) async fn right(app: &Arc<App>, client: &Client, headers: &HeaderMap) -> Result<Right, Refusal> {
    match tokens::bearer(app, headers, Scope::Chat).await? {
        Bearer::Good(token) => Ok(Right::Integration(token)),
        Bearer::Bad => Err(Code::Unauthorized.into()),
        Bearer::None if client.origin == Origin::Foreign => Err(Code::Forbidden.into()),
        Bearer::None => Ok(Right::Patient),
    }
}

async fn turn_away(mut line: Line, full: Full, lang: Lang) {
    let (code, close) = match full {
        Full::Server => (Code::Busy, close_code::AGAIN),
        Full::Address => (Code::RateLimited, close_code::POLICY),
    };
    let refusal = Refusal { code, retry_after_ms: Some(RECONNECT_AFTER_MS) };
    if line.send(refusal.frame(lang, None).json().into()).await.is_ok() {
        line.close(close, "too many connections").await;
    }
}

/// Why a connection ends.
enum End {
    /// The client closed it or is gone.
    Client,
    /// The server closes it, with this code and reason.
    Server(u16, &'static str),
    /// The server stops.
    Stop,
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        End::Client
    }
}

async fn serve(app: Arc<App>, socket: WebSocket, (address, right): (IpAddr, Right), lang: Lang, pass: Pass) {
    let since = Instant::now();
    let open = app.open_socket();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (outbox, out) = mpsc::channel(app.settings.limits.queue_frames);
    let peer = Arc::new(Peer::new(number, outbox));
    let line = Line::new(socket, app.settings.socket.send);
    let session = Session::new(Arc::clone(&app), Arc::clone(&peer), (address, right), lang);
    let mut connection = Connection { app, peer, line, session, out };
    tracing::debug!(connection = number, client = network(address), "a chat connection opens");

    let end = connection.run().await;
    let conversation = connection.session.conversation_id();
    let reason = match end {
        End::Client => "client",
        End::Server(_, reason) => reason,
        End::Stop => "the server stops",
    };
    tracing::info!(
        connection = number,
        client = network(address),
        conversation = conversation.map(tracing::field::display),
        messages = connection.session.asked,
        seconds = since.elapsed().as_secs(),
        reason,
        "a chat connection ends"
    );
    connection.finish(end).await;
    drop((pass, open));
}

struct Connection {
    app: Arc<App>,
    peer: Arc<Peer>,
    line: Line,
    session: Session,
    out: mpsc::Receiver<Out>,
}

impl Connection {
    async fn run(&mut self) -> End {
        let app = Arc::clone(&self.app);
        let (limits, times) = (&app.settings.limits, &app.settings.socket);
        let mut stop = app.stopping();
        let mut pings = tokio::time::interval(times.ping);
        pings.reset();
        let mut spoken = Instant::now();
        loop {
            if self.peer.is_overrun() {
                // What was lost is in the store; a client that resumes gets it.
                return End::Server(close_code::AGAIN, "too slow");
            }
            // A client whose frames wait for their commits is read on when there is room for the answers.
            let may_read = self.session.in_flight + self.out.len() < limits.queue_frames;
            tokio::select! {
                biased;
                // Every branch loses nothing when another one wins: the watch keeps its mark, the channel
                // and the socket keep their frames.
                () = stopped(&mut stop) => return End::Stop,
                Some(out) = self.out.recv() => {
                    if self.pass_on(out).await.is_err() {
                        return End::Client;
                    }
                }
                frame = self.line.receive(), if may_read => match self.take(frame, &mut spoken).await {
                    Ok(Flow::GoOn) => {}
                    Ok(Flow::Flood) => return End::Server(close_code::POLICY, "flood"),
                    Err(end) => return end,
                },
                _ = pings.tick() => {
                    if spoken.elapsed() >= limits.idle {
                        return End::Server(close_code::NORMAL, "idle");
                    }
                    if self.line.ping().await.is_err() {
                        return End::Client;
                    }
                }
            }
        }
    }

    /// Sends `out` and whatever else waits, together.
    async fn pass_on(&mut self, out: Out) -> Result<(), Gone> {
        let mut next = Some(out);
        while let Some(out) = next {
            match out {
                Out::Frame { text, own } => {
                    self.session.in_flight -= usize::from(own && self.session.in_flight > 0);
                    self.line.feed(text).await?;
                }
                Out::Failed { in_reply_to } => {
                    self.session.in_flight = self.session.in_flight.saturating_sub(1);
                    let error = Refusal::from(Code::Internal).frame(self.session.lang(), in_reply_to);
                    self.line.feed(error.json().into()).await?;
                }
                Out::Forgotten { conversation, text, own } => {
                    self.session.in_flight -= usize::from(own && self.session.in_flight > 0);
                    self.session.let_go_of(conversation);
                    self.line.feed(text).await?;
                }
            }
            next = self.out.try_recv().ok();
        }
        self.line.flush().await
    }

    /// Does what the client sent.
    async fn take(
        &mut self,
        frame: Option<Result<Message, axum::Error>>,
        spoken: &mut Instant,
    ) -> Result<Flow, End> {
        match frame {
            Some(Ok(Message::Text(text))) => {
                *spoken = Instant::now();
                Ok(self.session.handle(text.as_str(), &mut self.line).await?)
            }
            Some(Ok(Message::Binary(_))) => {
                self.session.refuse(&Code::BadFrame.into(), &mut self.line).await?;
                Err(End::Server(close_code::UNSUPPORTED, "text only"))
            }
            // The socket answers pings by itself.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(self.session.noise()),
            Some(Ok(Message::Close(_))) | None => Err(End::Client),
            Some(Err(error)) => {
                // The library's error type is hidden; a test holds this to its words.
                if !error.to_string().contains("too long") {
                    return Err(End::Server(close_code::PROTOCOL, "protocol"));
                }
                self.session.refuse(&Code::TooLong.into(), &mut self.line).await?;
                Err(End::Server(close_code::SIZE, "frame too long"))
            }
        }
    }

    /// Sends what is under way, then closes.
    async fn finish(mut self, end: End) {
        if matches!(end, End::Stop) {
            let last = async {
                while self.session.in_flight > 0 {
                    let Some(out) = self.out.recv().await else { break };
                    if self.pass_on(out).await.is_err() {
                        break;
                    }
                }
            };
            if tokio::time::timeout(LAST_COMMITS, last).await.is_err() {
                tracing::warn!(connection = self.peer.number, "stopped with a message under way");
            }
        }
        self.session.let_go();
        match end {
            End::Client => {}
            End::Server(code, reason) => self.line.close(code, reason).await,
            End::Stop => self.line.close(close_code::AWAY, "the server stops").await,
        }
    }
}

/// Ends when the server stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The sender lives in the app, so this ends only with a stop. The guard must not outlive this call.
    let _stopping = stop.wait_for(|stopping| *stopping).await;
}

/// The first of a browser's languages that mujib speaks; Arabic if there is none.
pub(super) fn page_lang(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let codes = accepted.unwrap_or_default().split([',', ';']).map(str::trim);
    codes.filter_map(Lang::from_code).next().unwrap_or(Lang::Ar)
}
