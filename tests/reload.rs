//! New knowledge while the server runs: swapped in at once, refused with its problems if it is broken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};

use serde_json::json;
use support::{Client, Server, Setup, get};

/// A copy of the project's knowledge that a test may change.
struct Knowledge {
    folder: tempfile::TempDir,
}

impl Knowledge {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"), folder.path());
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn topic(&self) -> PathBuf {
        self.path().join("topics/sessions.toml")
    }

    /// Replaces the first `old` of the topic on sessions by `new`.
    fn edit(&self, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.topic()).expect("read");
        assert!(text.contains(old), "the topic holds {old}");
        std::fs::write(self.topic(), text.replacen(old, new, 1)).expect("written");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("listed") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The version that `mujib` names for what answers now.
fn version(server: &Server) -> String {
    let body = get(server, "/version").json();
    body["knowledge"].as_str().expect("a version").to_owned()
}

#[tokio::test]
async fn a_hangup_swaps_the_knowledge_and_conversations_go_on() {
    let knowledge = Knowledge::new();
    let server = Setup::default().knowledge(knowledge.path()).start();
    let mut client = Client::connect(&server).await;
    let started = client.start(json!({})).await;
    let first = client.ask("m1", "كم جلسة أحتاج؟").await;
    assert_eq!(
        (first["pair"].as_str(), &first["knowledge"]),
        (Some("sessions-count"), &started.frame["knowledge"])
    );

    knowledge.edit("answer = \"\"\"", "answer = \"\"\"باختصار: ");
    server.signal("HUP");
    server.log.wait_for("new knowledge answers from now on");
    let second = client.ask("m2", "كم جلسة أحتاج؟").await;
    assert_eq!(second["seq"].as_i64(), first["seq"].as_i64().map(|seq| seq + 1), "the conversation went on");
    assert_ne!(second["knowledge"], first["knowledge"]);
    assert!(second["text"].as_str().expect("a text").starts_with("باختصار: "), "{second}");
    assert_eq!(version(&server), second["knowledge"]);
}

#[tokio::test]
async fn broken_knowledge_is_refused_with_its_problems_and_the_old_answers() {
    let knowledge = Knowledge::new();
    let server = Setup::default().knowledge(knowledge.path()).start();
    let before = version(&server);
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;

    knowledge.edit("cites = [", "cites = [\"no-such-source#p1\", ");
    server.signal("HUP");
    let problem = server.log.wait_for("no-such-source");
    assert!(problem.contains("sessions.toml:"), "file and line: {problem}");
    server.log.wait_for("the old one stays");
    assert_eq!((version(&server), get(&server, "/readyz").status), (before.clone(), 200));
    let reply = client.ask("m1", "كم جلسة أحتاج؟").await;
    assert_eq!(
        (reply["outcome"].as_str(), reply["knowledge"].as_str()),
        (Some("answer"), Some(before.as_str()))
    );

    // A server that starts on it says the same and does not start.
    let (status, said) = Setup::default().knowledge(knowledge.path()).start_refused();
    assert!(!status.success() && said.contains("no-such-source"), "{said}");
}

#[tokio::test]
async fn a_watched_change_is_taken_up_by_itself() {
    let knowledge = Knowledge::new();
    let server = Setup::default().knowledge(knowledge.path()).flag("--watch").start();
    let before = version(&server);
    knowledge.edit("answer = \"\"\"", "answer = \"\"\"باختصار: ");
    server.log.wait_for("new knowledge answers from now on");
    assert_ne!(version(&server), before);
}
