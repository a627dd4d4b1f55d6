//! The real server and one member of the staff who asks it, without a browser between.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Result;

const PASSWORD: &str = "correct horse battery";

/// Adds somebody who may do what `role` says.
pub fn hire(data: &Path, login: &str, role: &str) -> Result<()> {
    let mut user = Command::new(env!("CARGO_BIN_EXE_mujib"));
    user.args(["user", "add", login, "--role", role, "--data"]).arg(data);
    let mut user = user.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    writeln!(user.stdin.take().ok_or("no input")?, "{PASSWORD}")?;
    if !user.wait()?.success() {
        return Err("nobody could be added".into());
    }
    Ok(())
}

/// A server that runs until this is dropped.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Server {
    /// Starts it and waits until it listens.
    pub fn start(data: &Path, index: &Path, knowledge: &Path, questions: &Path) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujib"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--limits", "off", "--log-level", "error"]);
        command.arg("--data").arg(data).arg("--index").arg(index).arg("--knowledge").arg(knowledge);
        command.env("MUJIB_QUESTIONS", questions).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let line = BufReader::new(child.stdout.take().ok_or("no output")?).lines().next();
        let line = line.ok_or("the server did not start")??;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        let address = address.ok_or("no address")?.to_owned();
        Ok(Self { child, address })
    }

    /// Signs somebody in.
    pub fn sign_in(&self, login: &str) -> Result<Staff<'_>> {
        let mut staff = Staff { server: self, cookie: String::new() };
        let body = json!({"login": login, "password": PASSWORD});
        let answer = staff.ask("POST", "/session", None, Some(&body))?;
        let cookie = answer.header("set-cookie").ok_or("nobody is signed in")?;
        staff.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(staff)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already dead is dead too.
        let _dead = self.child.kill();
        let _dead = self.child.wait();
    }
}

/// An answer and how long it took.
pub struct Answer {
    /// From the first byte sent to the last received.
    pub took: Duration,
    head: String,
    /// What came after the head.
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

/// Somebody who is signed in.
pub struct Staff<'a> {
    server: &'a Server,
    cookie: String,
}

impl Staff<'_> {
    /// Asks for a page of the API.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.ask("GET", path, None, None)
    }

    /// Sends something to the API.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.ask("POST", path, None, Some(body))
    }

    /// The same with another method, and what is believed to be there.
    pub fn ask(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> Result<Answer> {
        let (address, cookie) = (&self.server.address, &self.cookie);
        let body = body.map(Value::to_string).unwrap_or_default();
        let tag = tag.map(|tag| format!("if-match: {tag}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} /api/v1{path} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\n\
             x-mujib-console: 1\r\ncontent-type: application/json\r\n{tag}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let begun = Instant::now();
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let took = begun.elapsed();
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no head")?;
        if !head.lines().next().is_some_and(|line| line.contains(" 20")) {
            return Err(format!("{method} {path}: {answer}").into());
        }
        Ok(Answer { took, head: head.to_owned(), body: body.to_owned() })
    }
}
