//! A server with staff, and what they do in the console.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Answer, PATIENCE, Server, Setup, http, post_ask};

const PASSWORD: &str = "correct horse battery";

/// A server with its data folder, so that staff can be added beside it.
pub struct Clinic {
    pub server: Server,
    folder: tempfile::TempDir,
}

impl Clinic {
    pub fn open() -> Self {
        Self::open_with(Setup::default())
    }

    pub fn open_with(setup: Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = setup.set("MUJIB_LIMITS", "off").data(folder.path()).start();
        Self { server, folder }
    }

    /// `kill -9`, and another server on the same data.
    pub fn killed(self, setup: Setup) -> Self {
        let Self { server, folder } = self;
        server.kill();
        let server = setup.set("MUJIB_LIMITS", "off").data(folder.path()).start();
        Self { server, folder }
    }

    /// Somebody new, signed in.
    pub fn staff(&self, login: &str, role: &str) -> Staff<'_> {
        let mut user = Command::new(env!("CARGO_BIN_EXE_mujib"))
            .env_clear()
            .args(["user", "add", login, "--role", role, "--data"])
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .current_dir(self.folder.path())
            .spawn()
            .expect("the binary starts");
        writeln!(user.stdin.take().expect("its input"), "{PASSWORD}").expect("written");
        assert!(user.wait().expect("ended").success(), "{login} is added");
        self.sign_in(login)
    }

    /// Somebody who is known.
    pub fn sign_in(&self, login: &str) -> Staff<'_> {
        let mut staff = Staff { server: &self.server, cookie: String::new() };
        let answer = staff.send("POST", "/session", &json!({"login": login, "password": PASSWORD}));
        assert_eq!(answer.status, 200, "{answer:?}");
        let cookie = answer.header("set-cookie").split(';').next().expect("a cookie");
        cookie.clone_into(&mut staff.cookie);
        staff
    }

    /// A message of a patient in a conversation of its own; the reply.
    pub fn asked(&self, text: &str) -> Value {
        let answer = post_ask(&self.server, &json!({"text": text}));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Which of `words` any file of the database holds, once the server is stopped.
    pub fn stored(mut self, words: &[&str]) -> Vec<String> {
        self.server.signal("TERM");
        assert!(self.server.wait().success());
        let files = std::fs::read_dir(self.folder.path()).expect("listed");
        let files: Vec<Vec<u8>> =
            files.filter_map(Result::ok).map(|file| std::fs::read(file.path()).expect("read")).collect();
        let holds = |word: &&&str| {
            files.iter().any(|bytes| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
        };
        words.iter().filter(holds).map(|word| (*word).to_owned()).collect()
    }
}

/// Somebody who is signed in.
pub struct Staff<'a> {
    server: &'a Server,
    cookie: String,
}

impl Staff<'_> {
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send_with(method, path, &[], body)
    }

    fn send_with(&self, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Answer {
        let origin = format!("http://{}", self.server.address);
        let mut headers = vec![
            ("cookie", self.cookie.as_str()),
            ("origin", &origin),
            ("x-mujib-console", "1"),
            ("content-type", "application/json"),
        ];
        headers.extend(more);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        http(self.server, method, &format!("/api/v1{path}"), &headers, &body)
    }

    /// Does it to what is at `path` as it is now.
    pub fn put_settings(&self, change: impl FnOnce(&mut Value)) {
        let now = self.send("GET", "/settings", &Value::Null);
        let mut settings = now.json();
        change(&mut settings);
        let tag = now.header("etag").to_owned();
        let answer = self.send_with("PUT", "/settings", &[("if-match", &tag)], &settings);
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// What is at `path`.
    pub fn get(&self, path: &str) -> Value {
        let answer = self.send("GET", path, &Value::Null);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    /// The items of a list.
    pub fn items(&self, path: &str) -> Vec<Value> {
        self.get(path)["items"].as_array().expect("items").clone()
    }

    /// The items of a list that is asked for one by one; `path` has a query already.
    pub fn one_by_one(&self, path: &str) -> Vec<Value> {
        let mut seen = Vec::new();
        let mut next = format!("{path}&limit=1");
        loop {
            let page = self.get(&next);
            seen.extend(page["items"].as_array().expect("items").iter().cloned());
            let Some(cursor) = page["next"].as_str() else { return seen };
            next = format!("{path}&limit=1&cursor={cursor}");
        }
    }

    /// Does it; what comes back.
    pub fn did(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.send(method, path, body);
        assert!((200..300).contains(&answer.status), "{method} {path}: {answer:?}");
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// Is refused with `status` and `code`.
    pub fn refused(&self, method: &str, path: &str, body: &Value, status: u16, code: &str) {
        let answer = self.send(method, path, body);
        assert_eq!((answer.status, &answer.json()["code"]), (status, &json!(code)), "{method} {path}");
    }

    /// Begins to watch.
    pub fn watch(&self) -> Events {
        let mut stream = TcpStream::connect(&self.server.address).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        // Version 1.0, so that the stream comes as it is and not in chunks.
        let (address, cookie) = (&self.server.address, &self.cookie);
        write!(stream, "GET /api/v1/events HTTP/1.0\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n")
            .expect("sent");
        let mut events = Events { lines: BufReader::new(stream) };
        assert!(events.line().expect("an answer").contains(" 200 "));
        while !events.line().expect("headers").is_empty() {}
        events
    }
}

/// What happens.
pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// A line; `None` at the end.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).expect("a line in time");
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; `None` at the end.
    pub fn next(&mut self) -> Option<(String, Value)> {
        let mut name = String::new();
        loop {
            let line = self.line()?;
            if let Some(event) = line.strip_prefix("event: ") {
                event.clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                return Some((name, serde_json::from_str(data).expect("JSON")));
            }
        }
    }

    /// The next event of `name` that is as `wanted`; those before it are dropped.
    pub fn wait_for(&mut self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (own, data) = self.next().unwrap_or_else(|| panic!("the stream ended before {name}"));
            if own == name && wanted(&data) {
                return data;
            }
        }
    }

    /// Waits until `what` happened in a conversation.
    pub fn happened(&mut self, conversation: &Value, what: &str) {
        self.wait_for("conversation", |data| data["id"] == *conversation && data["what"] == what);
    }

    /// Waits until there are `count` groups of `kind` in `state`.
    pub fn counted(&mut self, kind: &str, state: &str, count: i64) {
        self.wait_for("inbox", |data| data["counts"][kind][state].as_i64().unwrap_or(0) == count);
    }
}
