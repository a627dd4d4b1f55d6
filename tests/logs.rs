//! The logs hold no word of what was typed, no token and no full address.

mod support;

use serde_json::{Value, json};
use support::{Client, Setup, http};
use tokio_tungstenite::tungstenite::Message;

/// Words that must not be in any log, in every place where a client can put words.
const TYPED: [&str; 8] =
    ["سرّي", "محرمانه", "plugh", "xyzzy", "0912 345 6789", "frotz", "198.51.100.77", "quux"];

async fn logs_of_a_busy_server(format: &str, level: &str) -> (String, Vec<String>) {
    let mut server = Setup::default()
        .set("MUJIB_LOG_FORMAT", format)
        .set("MUJIB_LOG_LEVEL", level)
        .set("MUJIB_TRUSTED_PROXIES", "127.0.0.1")
        .start();
    let headers = [("x-forwarded-for", "198.51.100.77"), ("user-agent", "quux")];
    let mut client = Client::connect_with(&server, &headers).await.expect("in");
    let known = client.start(json!({"channel": "frotz", "locale": "ar"})).await;
    let reply = client.ask("xyzzy", "سرّي plugh كم جلسة؟").await;
    client.ask("xyzzy", "محرمانه").await;
    client.say(json!({"type": "feedback", "reply": reply["id"], "helpful": false, "comment": "plugh"})).await;
    client.refused(json!({"type": "ask", "id": "frotz", "text": " ", "plugh": "plugh"}), "empty").await;
    client.say_raw("plugh {").await;
    client.hear_error("bad_frame").await;
    client
        .refused(
            json!({"type": "start", "conversation": "plugh", "resume_token": "xyzzy"}),
            "unknown_conversation",
        )
        .await;
    client.say(json!({"type": "handoff", "contact": "0912 345 6789"})).await;
    assert_eq!(client.hear().await["type"], "message");
    let ask = json!({"text": "محرمانه plugh", "id": "frotz"}).to_string();
    assert_eq!(http(&server, "POST", "/v1/ask?plugh", &headers, &ask).status, 200);
    http(&server, "POST", "/v1/ask", &headers, "plugh");
    http(&server, "GET", "/xyzzy?plugh", &headers, "");
    http(&server, "PLUGH", "/v1/ask", &headers, "");
    client.say(json!({"type": "forget"})).await;
    assert_eq!(client.hear().await["type"], "forgotten");
    client.send(Message::binary(b"plugh".to_vec())).await.expect("sent");
    client.hear_error("bad_frame").await;
    client.hear_close().await;
    server.signal("TERM");
    assert!(server.wait().success());
    (server.log.rest(), vec![known.token, known.conversation])
}

async fn check_silent(format: &str, level: &str) -> String {
    let (logs, secrets) = logs_of_a_busy_server(format, level).await;
    for word in TYPED {
        assert!(!logs.contains(word), "{format} {level} holds {word:?}:\n{logs}");
        let escaped = json!(word).to_string();
        assert!(!logs.contains(escaped.trim_matches('"')), "{format} {level} holds {escaped}");
    }
    assert!(!logs.contains(&secrets[0]), "a token");
    assert!(logs.contains(&secrets[1]), "conversations are named");
    assert!(logs.contains("198.51.100.0/24"), "networks are named");
    logs
}

#[tokio::test]
async fn human_logs_hold_no_word_that_was_typed() {
    check_silent("human", "info").await;
    check_silent("human", "trace").await;
}

#[tokio::test]
async fn json_logs_hold_no_word_that_was_typed() {
    check_silent("json", "trace").await;
    let logs = check_silent("json", "info").await;
    for line in logs.lines() {
        let line: Value = serde_json::from_str(line).expect("one JSON object a line");
        assert!(line["level"].is_string() && line["timestamp"].is_string());
    }
}
