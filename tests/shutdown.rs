//! How the server begins and ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::{Client, Server, Setup};

#[tokio::test]
async fn a_stop_closes_sockets_with_1001_and_exits_well() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start();
        let mut idle = Client::connect(&server).await;
        let mut busy = Client::connect(&server).await;
        busy.start(json!({})).await;
        for number in 0..20 {
            busy.post(&format!("m{number}"), "كم جلسة؟").await;
        }
        // The first reply proves that the messages are being read.
        busy.hear().await;
        server.signal(signal);
        let (replies, code) = busy.hear_close().await;
        assert_eq!(code, 1001);
        assert!(replies.iter().all(|reply| reply["type"] == "reply"), "{replies:?}");
        assert_eq!(idle.hear_close().await.1, 1001);
        assert_eq!(server.wait().code(), Some(0));
    }
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_client_that_says_nothing() {
    let mut server = Server::start();
    // A socket that never answers the close, and a connection that never sends its request.
    let _deaf = Client::connect(&server).await;
    let _mute = std::net::TcpStream::connect(&server.address).expect("connected");
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn wrong_settings_are_told_with_exit_code_2() {
    let (status, said) = Setup::default().set("MUJIB_LIMITS_TEXT_CHARS", "many").start_refused();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("limits.text_chars") && said.contains("MUJIB_LIMITS_TEXT_CHARS"), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("clinic.toml");
    std::fs::write(&file, "lisen = '127.0.0.1:0'\n").expect("written");
    let config = file.to_str().expect("text");
    let (status, said) = Setup::default().set("MUJIB_CONFIG", config).start_refused();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("did you mean `listen`"), "{said}");
}

#[test]
fn an_address_in_use_is_told_with_exit_code_3() {
    let server = Server::start();
    let (status, said) = Setup::default().set("MUJIB_LISTEN", &server.address).start_refused();
    assert_eq!(status.code(), Some(3), "{said}");
    assert!(said.contains(&server.address) && said.contains("--listen"), "{said}");
}

#[test]
fn limits_off_is_announced() {
    let server = Setup::default().set("MUJIB_LIMITS", "off").start();
    assert!(server.line.contains("limits are off"), "{}", server.line);
    assert!(!Server::start().line.contains("limits"));
}
