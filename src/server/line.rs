//! The sending side of a chat socket: a client that does not take what is sent is given up.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;

/// How long a client has to answer a close.
const CLOSING: Duration = Duration::from_secs(2);

/// Frames that are still read, and thrown away, while a close is on its way.
const LAST_FRAMES: usize = 10_000;

/// The client is gone, or takes nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the client is gone")]
pub struct Gone;

/// A chat socket.
pub struct Line {
    socket: WebSocket,
    patience: Duration,
}

impl Line {
    /// A socket whose client has `patience` to take each frame.
    #[must_use]
    pub fn new(socket: WebSocket, patience: Duration) -> Self {
        Self { socket, patience }
    }

    /// What the client sends next. Loses nothing when dropped: the socket keeps what it has read.
    pub async fn receive(&mut self) -> Option<Result<Message, axum::Error>> {
        self.socket.recv().await
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn send(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        self.feed(text).await?;
        self.flush().await
    }

    /// Puts a frame into the socket's buffer; [`Line::flush`] sends it.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn feed(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        within(self.patience, self.socket.feed(Message::Text(text))).await
    }

    /// Sends what is in the buffer.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn flush(&mut self) -> Result<(), Gone> {
        within(self.patience, self.socket.flush()).await
    }

    /// Asks the client whether it is there.
    ///
    /// # Errors
    /// [`Gone`].
    pub async fn ping(&mut self) -> Result<(), Gone> {
        within(self.patience, self.socket.send(Message::Ping(axum::body::Bytes::new()))).await
    }

    /// Closes the socket and waits a moment for the client to do the same. What it still sends is read and
    /// thrown away: closing with unread bytes would reset the connection and lose the close itself.
    pub async fn close(mut self, code: u16, reason: &'static str) {
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
        if within(self.patience, self.socket.send(Message::Close(Some(frame)))).await.is_err() {
            return;
        }
        let answered = async {
            for _ in 0..LAST_FRAMES {
                if !matches!(self.socket.recv().await, Some(Ok(_))) {
                    break;
                }
            }
        };
        // No answer in time: the socket is dropped all the same.
        let _late = tokio::time::timeout(CLOSING, answered).await;
    }
}

async fn within(
    patience: Duration,
    sending: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), Gone> {
    match tokio::time::timeout(patience, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}
