//! An embedding server that behaves as a test wants, on a real socket.

// Every test file compiles this one and uses its own part.
#![allow(dead_code, reason = "shared by several test programs")]

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How it answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Manner {
    /// As it should.
    Good,
    /// Never, with the connection left open.
    Silent,
    /// With this status and a good body.
    Status(u16),
    /// With status 200 and this body.
    Body(String),
    /// With vectors one figure longer than before.
    Longer,
    /// With other vectors, of another model.
    OtherModel,
    /// Closes the connection.
    HangUp,
    /// With 401, unless this bearer token is presented.
    NeedsKey(String),
}

#[derive(Debug)]
struct State {
    manner: Manner,
    /// Every text that it was asked to embed.
    texts: Vec<String>,
    requests: usize,
    models: Vec<Value>,
    /// What a text is embedded as, if not as itself.
    like: Vec<(String, String)>,
}

/// The server. It serves until the end of the process.
#[derive(Debug, Clone)]
pub struct Embedder {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// Figures of a vector.
const LENGTH: usize = 8;

impl Embedder {
    /// Starts it on a free port.
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
        let address = listener.local_addr().expect("an address");
        let state = State { manner, texts: Vec::new(), requests: 0, models: Vec::new(), like: Vec::new() };
        let embedder = Self { address, state: Arc::new(Mutex::new(state)) };
        let own = embedder.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = own.clone();
                std::thread::spawn(move || own.serve(stream));
            }
        });
        embedder
    }

    /// Its endpoint.
    pub fn endpoint(&self) -> String {
        format!("http://{}/v1/embeddings", self.address)
    }

    /// Changes how it answers from now on.
    pub fn becomes(&self, manner: Manner) {
        self.state().manner = manner;
    }

    /// Embeds `text` as if it were `other`.
    pub fn takes(&self, text: &str, other: &str) {
        self.state().like.push((text.to_owned(), other.to_owned()));
    }

    /// The texts of all requests since the last call.
    pub fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.state().texts)
    }

    /// How many requests came so far.
    pub fn requests(&self) -> usize {
        self.state().requests
    }

    /// The `model` of every request so far.
    pub fn models(&self) -> Vec<Value> {
        self.state().models.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().expect("cloned"));
        while let Some((head, body)) = request(&mut reader) {
            let Some((status, body)) = self.answer(&head, &body) else { return };
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {length}");
            if (&stream).write_all(format!("{head}\r\n\r\n{body}").as_bytes()).is_err() {
                return;
            }
        }
    }

    /// Status and body; `None` to hang up.
    fn answer(&self, head: &str, body: &[u8]) -> Option<(u16, String)> {
        let asked: Value = serde_json::from_slice(body).expect("JSON");
        let texts: Vec<String> = serde_json::from_value(asked["input"].clone()).expect("a list of texts");
        let mut state = self.state();
        state.requests += 1;
        state.models.push(asked["model"].clone());
        state.texts.extend(texts.iter().cloned());
        let embed = |length: usize, salt: &str| {
            let vector = |text: &String| {
                let like = state.like.iter().find(|(own, _)| own == text);
                direction(like.map_or(text, |(_, other)| other), length, salt)
            };
            let items = texts.iter().enumerate().map(|(at, t)| json!({"index": at, "embedding": vector(t)}));
            json!({"data": items.collect::<Vec<_>>(), "model": "fake"}).to_string()
        };
        let good = || embed(LENGTH, "");
        match &state.manner {
            Manner::Good => Some((200, good())),
            Manner::Silent => {
                drop(state);
                loop {
                    std::thread::park();
                }
            }
            Manner::Status(status) => Some((*status, good())),
            Manner::Body(body) => Some((200, body.clone())),
            Manner::Longer => Some((200, embed(LENGTH + 1, ""))),
            Manner::OtherModel => Some((200, embed(LENGTH, "other"))),
            Manner::HangUp => None,
            Manner::NeedsKey(key) => {
                let presented = head.lines().any(|line| {
                    line.split_once(": ").is_some_and(|(name, value)| {
                        name.eq_ignore_ascii_case("authorization") && value == format!("Bearer {key}")
                    })
                });
                Some(if presented { (200, good()) } else { (401, "{}".to_owned()) })
            }
        }
    }
}

/// Head and body of the next request; `None` at the end of the connection.
fn request(reader: &mut impl BufRead) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

/// A direction that depends on the text alone: no two texts are alike.
fn direction(text: &str, length: usize, salt: &str) -> Vec<f32> {
    let digest = Sha256::digest(format!("{salt}{text}").as_bytes());
    digest.iter().take(length).map(|byte| f32::from(*byte) - 127.5).collect()
}

/// An endpoint at which nobody listens.
pub fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
    format!("http://{}/v1/embeddings", listener.local_addr().expect("an address"))
}
