//! A killed server loses no message that it answered, and answers none twice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::{Value, json};
use support::{Client, Received, Server, Setup, Started};
use tokio_tungstenite::tungstenite::Message;

const CONNECTIONS: usize = 8;

/// The messages answered on one connection until the server died, and the last one sent.
struct Heard {
    known: Started,
    replies: Vec<(String, Value)>,
    unanswered: Vec<String>,
}

fn serve(folder: &Path) -> Server {
    Setup::default().data(folder).set("MUJIB_LIMITS", "off").start()
}

/// Asks until the server is gone, four messages ahead of the replies.
async fn ask_until_the_end(mut client: Client, known: Started, told: tokio::sync::mpsc::Sender<()>) -> Heard {
    let mut heard = Heard { known, replies: Vec::new(), unanswered: Vec::new() };
    for number in 0.. {
        let id = format!("m{number}");
        let frame = json!({"type": "ask", "id": id, "text": "كم جلسة أحتاج؟"});
        if client.send(Message::text(frame.to_string())).await.is_err() {
            break;
        }
        heard.unanswered.push(id);
        if heard.unanswered.len() < 4 {
            continue;
        }
        let Some(Received::Frame(reply)) = client.receive().await else { break };
        let id = reply["in_reply_to"].as_str().expect("an id").to_owned();
        assert_eq!(heard.unanswered.remove(0), id);
        heard.replies.push((id, reply));
        // Nobody counts any more when the server is about to be killed.
        let _counted = told.try_send(());
    }
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_in_the_middle_of_traffic_loses_nothing_and_repeats_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all: Vec<Heard> = Vec::new();
    for round in 0..3 {
        let server = serve(folder.path());
        let (told, mut count) = tokio::sync::mpsc::channel(100_000);
        let mut tasks = Vec::new();
        for _ in 0..CONNECTIONS {
            let mut client = Client::connect(&server).await;
            let known = client.start(json!({})).await;
            tasks.push(tokio::spawn(ask_until_the_end(client, known, told.clone())));
        }
        // At another point of the traffic each time, while all of them are sending.
        for _ in 0..(200 + 137 * round) {
            count.recv().await.expect("a reply");
        }
        server.kill();
        for task in tasks {
            all.push(task.await.expect("no panic"));
        }
    }

    let server = serve(folder.path());
    for heard in &all {
        check_nothing_lost(&server, heard).await;
    }
}

/// Resends every message of a conversation: those that were answered get the very same reply, the others
/// one reply, and the conversation holds each `seq` once.
async fn check_nothing_lost(server: &Server, heard: &Heard) {
    let mut client = Client::connect(server).await;
    let resumed = client.resume(&heard.known, 1).await;
    let mut stored: HashMap<String, Value> = HashMap::new();
    for seq in 2..=resumed.seq {
        let frame = client.hear().await;
        assert_eq!(frame["seq"], json!(seq));
        let id = frame["in_reply_to"].as_str().expect("an id").to_owned();
        assert!(stored.insert(id, frame).is_none(), "answered twice");
    }
    for (id, reply) in &heard.replies {
        assert_eq!(stored.get(id), Some(reply), "lost, though it was answered");
    }
    let mut seqs: HashSet<i64> = (1..=resumed.seq).collect();
    for id in &heard.unanswered {
        let reply = client.ask(id, "كم جلسة أحتاج؟").await;
        match stored.get(id) {
            Some(before) => assert_eq!(&reply, before, "answered before the reply got out: the same again"),
            None => assert!(seqs.insert(reply["seq"].as_i64().expect("a number")), "a new seq"),
        }
    }
    let last = i64::try_from(seqs.len()).expect("small");
    assert_eq!(client.ask("the last", "شكرًا").await["seq"], json!(last + 1));
}

#[tokio::test]
async fn what_is_forgotten_is_gone_from_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = serve(folder.path());
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({})).await;
    client.ask("m1", "xyzzy-plugh كم جلسة؟").await;
    client.say(json!({"type": "forget"})).await;
    assert_eq!(client.hear().await["type"], "forgotten");
    server.signal("TERM");
    assert!(server.wait().success());
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).expect("listed") {
        let path = entry.expect("an entry").path();
        if !path.is_file() {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&path).expect("read");
        let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        assert!(!holds(b"xyzzy-plugh"), "{}", path.display());
        assert!(!holds(known.token.as_bytes()), "{}", path.display());
    }
    assert!(files > 0);
}

#[tokio::test]
async fn a_data_folder_serves_one_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let _first = serve(folder.path());
    let (status, said) = Setup::default().data(folder.path()).start_refused();
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(said.contains("another mujib") && said.contains("--data"), "{said}");
}
