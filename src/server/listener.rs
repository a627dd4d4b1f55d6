//! The listening socket: bounds what is open at all, and ends connections from which nothing comes.
//!
//! A chat client answers pings, so silence means that it is gone; a plain HTTP client that is silent is
//! done, or sends its request a byte an hour to keep others out. Only who listens to a stream of events has nothing to
//! say: there it counts that what is sent is taken.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep};

/// Connections beside the chat's: pages, health checks, and those that are turned away.
const BESIDE: usize = 1024;

/// A listening socket with bounds.
pub struct Bounded {
    inner: TcpListener,
    places: Arc<Semaphore>,
    silence: Duration,
}

impl Bounded {
    /// Listens on `inner`, for `connections` of chat and some others, each silent for `silence` at most.
    #[must_use]
    pub fn new(inner: TcpListener, connections: usize, silence: Duration) -> Self {
        let places = connections.saturating_add(BESIDE).min(Semaphore::MAX_PERMITS);
        Self { inner, places: Arc::new(Semaphore::new(places)), silence }
    }
}

impl Listener for Bounded {
    type Io = Patient;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Patient, SocketAddr) {
        // The semaphore is never closed; without a permit the connection would only be uncounted.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        let (stream, address) = Listener::accept(&mut self.inner).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
        (Patient::new(stream, self.silence, place), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The address.
    pub address: SocketAddr,
    listens: Arc<AtomicBool>,
}

impl Peer {
    /// From now on the other end only listens: what it takes counts as a sign of life.
    pub fn only_listens(&self) {
        self.listens.store(true, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Bounded>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Bounded>) -> Self {
        Self { address: *stream.remote_addr(), listens: Arc::clone(&stream.io().listens) }
    }
}

/// A connection that ends when nothing came for too long.
pub struct Patient {
    stream: TcpStream,
    heard: Instant,
    silence: Duration,
    alarm: Pin<Box<Sleep>>,
    listens: Arc<AtomicBool>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Patient {
    fn new(stream: TcpStream, silence: Duration, place: Option<OwnedSemaphorePermit>) -> Self {
        let alarm = Box::pin(tokio::time::sleep(silence));
        Self { stream, heard: Instant::now(), silence, alarm, listens: Arc::default(), _place: place }
    }

    fn wrote<T>(&mut self, written: Poll<T>) -> Poll<T> {
        if written.is_ready() && self.listens.load(Ordering::Relaxed) {
            self.heard = Instant::now();
        }
        written
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, to) {
            self.heard = Instant::now();
            return Poll::Ready(read);
        }
        loop {
            // The alarm is set again only when it rings, not at every read.
            ready!(self.alarm.as_mut().poll(cx));
            let until = self.heard + self.silence;
            if Instant::now() >= until {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(until);
        }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, from);
        self.wrote(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, from);
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
