//! The real server, started for a test, and clients that talk to it.

// Every test file compiles this one and uses its own part.
#![allow(dead_code, reason = "shared by several test programs")]

pub mod clinic;
pub mod console;
pub mod document;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A guard against hanging for ever, far above anything that is measured.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Asks `is_so` again and again until it is; for what the server tells nobody about.
///
/// # Panics
///
/// If it is not so within [`PATIENCE`].
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "waited in vain until {what}");
    }
}

/// How a server is to be started.
#[derive(Default)]
pub struct Setup {
    settings: Vec<(String, String)>,
    flags: Vec<String>,
    data: Option<PathBuf>,
    knowledge: Option<PathBuf>,
    small: Option<clinic::Clinic>,
}

impl Setup {
    /// Sets an environment variable.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }

    /// Adds a flag to `mujib serve`.
    pub fn flag(mut self, flag: &str) -> Self {
        self.flags.push(flag.into());
        self
    }

    /// Uses a data folder that outlives the server.
    pub fn data(mut self, folder: &Path) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Uses another knowledge folder than the project's.
    pub fn knowledge(mut self, folder: &Path) -> Self {
        self.knowledge = Some(folder.into());
        self
    }

    /// Uses the small knowledge of the tests' own, for what does not depend on the project's: it is read at once.
    pub fn small() -> Self {
        let small = clinic::Clinic::new();
        let knowledge = Some(small.knowledge());
        Self { knowledge, small: Some(small), ..Self::default() }
    }

    fn command(&self, data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujib"));
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let knowledge = self.knowledge.clone().unwrap_or_else(|| root.join("knowledge"));
        let index = match self.knowledge {
            Some(_) => data.join("index"),
            // One index for all tests, so that it is built once.
            None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("index"),
        };
        command.env_clear().arg("serve").args(&self.flags);
        command.env("MUJIB_LISTEN", "127.0.0.1:0").env("MUJIB_DATA", data);
        command.env("MUJIB_KNOWLEDGE", knowledge).env("MUJIB_INDEX", index);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.current_dir(data).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts the server and waits until it listens.
    pub fn start(self) -> Server {
        let own = tempfile::tempdir().expect("a folder");
        let data = self.data.clone().unwrap_or_else(|| own.path().to_path_buf());
        let mut child = self.command(&data).spawn().expect("the binary starts");
        let log = collect(BufReader::new(child.stderr.take().expect("its error output")).lines());
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let line = match lines.next() {
            Some(line) => line.expect("a line"),
            None => panic!("the server did not start:\n{}", log.rest()),
        };
        let output = collect(lines);
        let address = line.split("http://").nth(1).expect("an address").split(' ').next();
        let address = address.expect("an address").to_owned();
        Server { child, address, line, output, log, _folder: own, _small: self.small }
    }

    /// Starts a server that must refuse to; its exit status and error output.
    pub fn start_refused(self) -> (ExitStatus, String) {
        let own = tempfile::tempdir().expect("a folder");
        let data = self.data.clone().unwrap_or_else(|| own.path().to_path_buf());
        let output = self.command(&data).output().expect("the binary runs");
        (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// What a server prints, line by line.
pub struct Log {
    lines: mpsc::Receiver<String>,
}

fn collect(from: impl Iterator<Item = std::io::Result<String>> + Send + 'static) -> Log {
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in from {
            let Ok(line) = line else { break };
            if send.send(line).is_err() {
                break;
            }
        }
    });
    Log { lines }
}

impl Log {
    /// The next line that holds `words`; those before it are dropped.
    pub fn wait_for(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("nothing in the log holds {words:?}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// What came since the last call, without waiting.
    pub fn so_far(&self) -> String {
        self.lines.try_iter().collect::<Vec<_>>().join("\n")
    }

    /// Everything until the server ended.
    pub fn rest(&self) -> String {
        self.lines.iter().collect::<Vec<_>>().join("\n")
    }
}

/// A running server. Killed when dropped.
pub struct Server {
    child: Child,
    /// Address and port.
    pub address: String,
    /// The line that it printed.
    pub line: String,
    /// What it printed after that line.
    pub output: Log,
    /// Its error output.
    pub log: Log,
    _folder: tempfile::TempDir,
    _small: Option<clinic::Clinic>,
}

impl Server {
    /// A server with default settings.
    pub fn start() -> Self {
        Setup::default().start()
    }

    /// A server with default settings and the small knowledge of the tests' own.
    pub fn start_small() -> Self {
        Setup::small().start()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the end of the process.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("ended")
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already dead is dead too.
        let _dead = self.child.kill();
        let _dead = self.child.wait();
    }
}

/// A chat connection.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
}

/// What a `started` frame says.
#[derive(Debug, Clone)]
pub struct Started {
    /// The conversation.
    pub conversation: String,
    /// Its resume token.
    pub token: String,
    /// Its last `seq`.
    pub seq: i64,
    /// The whole frame.
    pub frame: Value,
}

impl Client {
    /// Connects.
    pub async fn connect(server: &Server) -> Self {
        Self::connect_with(server, &[]).await.expect("connected")
    }

    /// Connects with more headers; the error is the refused upgrade.
    pub async fn connect_with(
        server: &Server,
        headers: &[(&'static str, &str)],
    ) -> tungstenite::Result<Self> {
        let mut request = format!("ws://{}/v1/chat", server.address).into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        let connected = tokio::time::timeout(PATIENCE, tokio_tungstenite::connect_async(request)).await;
        let (socket, _) = connected.expect("an answer in time")?;
        Ok(Self { socket })
    }

    /// Sends a message as it is; an error means that the server is gone.
    pub async fn send(&mut self, message: Message) -> tungstenite::Result<()> {
        self.socket.send(message).await
    }

    /// Sends a frame.
    pub async fn say(&mut self, frame: Value) {
        self.send(Message::text(frame.to_string())).await.expect("sent");
    }

    /// Sends text that may be no frame.
    pub async fn say_raw(&mut self, text: &str) {
        self.send(Message::text(text)).await.expect("sent");
    }

    /// The next frame, or the close, or `None` at the end.
    pub async fn receive(&mut self) -> Option<Received> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame in time");
            match next {
                Some(Ok(Message::Text(text))) => {
                    let frame = serde_json::from_str(text.as_str()).expect("JSON");
                    return Some(Received::Frame(frame));
                }
                Some(Ok(Message::Close(close))) => return Some(Received::Close(close)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next frame.
    pub async fn hear(&mut self) -> Value {
        match self.receive().await {
            Some(Received::Frame(frame)) => frame,
            other => panic!("no frame but {other:?}"),
        }
    }

    /// The code that the server closes with; frames before it are given back too.
    pub async fn hear_close(&mut self) -> (Vec<Value>, u16) {
        let mut frames = Vec::new();
        loop {
            match self.receive().await {
                Some(Received::Frame(frame)) => frames.push(frame),
                Some(Received::Close(Some(close))) => return (frames, close.code.into()),
                other => panic!("no close but {other:?} after {frames:?}"),
            }
        }
    }

    /// Sends `start` with `fields` and hears `started`.
    pub async fn start(&mut self, fields: Value) -> Started {
        let mut frame = json!({"type": "start"});
        for (name, value) in fields.as_object().expect("an object") {
            frame[name] = value.clone();
        }
        self.say(frame).await;
        let frame = self.hear().await;
        assert_eq!(frame["type"], "started", "{frame}");
        started(frame)
    }

    /// Resumes a conversation.
    pub async fn resume(&mut self, known: &Started, after: i64) -> Started {
        let fields = json!({"conversation": known.conversation, "resume_token": known.token, "after": after});
        self.start(fields).await
    }

    /// Sends a message without waiting.
    pub async fn post(&mut self, id: &str, text: &str) {
        self.say(json!({"type": "ask", "id": id, "text": text})).await;
    }

    /// Sends a message and hears its reply.
    pub async fn ask(&mut self, id: &str, text: &str) -> Value {
        self.post(id, text).await;
        let reply = self.hear().await;
        assert_eq!((&reply["type"], &reply["in_reply_to"]), (&json!("reply"), &json!(id)), "{reply}");
        reply
    }

    /// Sends `frame` and hears the error that it must cause.
    pub async fn refused(&mut self, frame: Value, code: &str) -> Value {
        self.say_raw(&frame.to_string()).await;
        self.hear_error(code).await
    }

    /// Hears an error of `code`.
    pub async fn hear_error(&mut self, code: &str) -> Value {
        let error = self.hear().await;
        assert_eq!((&error["type"], &error["code"]), (&json!("error"), &json!(code)), "{error}");
        assert!(error["message"].as_str().is_some_and(|words| words.len() > 10), "{error}");
        error
    }

    /// Breaks the connection off without a close.
    pub fn drop_hard(self) {
        drop(self.socket);
    }
}

/// What came from the server.
#[derive(Debug)]
pub enum Received {
    /// A frame.
    Frame(Value),
    /// The close.
    Close(Option<CloseFrame>),
}

/// Reads a `started` frame.
pub fn started(frame: Value) -> Started {
    let text = |name: &str| frame[name].as_str().expect("a string").to_owned();
    Started {
        conversation: text("conversation"),
        token: text("resume_token"),
        seq: frame["seq"].as_i64().expect("a number"),
        frame,
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The first header of `name`.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// One request over a connection of its own.
pub fn http(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(&server.address).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        request += &format!("host: {}\r\n", server.address);
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n{body}", body.len());
    // A server that refuses early may not read all of it.
    let _refused = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.parse().expect("a number"),
        headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}

/// `GET`.
pub fn get(server: &Server, path: &str) -> Answer {
    http(server, "GET", path, &[], "")
}

/// `POST /v1/ask`.
pub fn post_ask(server: &Server, body: &Value) -> Answer {
    http(server, "POST", "/v1/ask", &[("content-type", "application/json")], &body.to_string())
}
