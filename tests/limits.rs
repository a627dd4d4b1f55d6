//! Who takes too much is told so; others notice nothing.

mod support;

use std::io::Read;

use serde_json::json;
use support::{Client, PATIENCE, Setup, get, post_ask};
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn too_many_messages_a_minute_are_refused_with_a_time_to_wait() {
    let server = Setup::default().set("MUJIB_LIMITS_MESSAGES_PER_MINUTE", "3").start();
    let mut fast = Client::connect(&server).await;
    fast.start(json!({})).await;
    let mut calm = Client::connect(&server).await;
    calm.start(json!({})).await;
    fast.ask("1", "نعم").await;
    fast.ask("2", "نعم").await;
    let error = fast.refused(json!({"type": "ask", "id": "3", "text": "نعم"}), "rate_limited").await;
    assert_eq!(error["in_reply_to"], "3");
    assert!(error["retry_after_ms"].as_u64().is_some_and(|ms| ms > 0 && ms <= 20_001), "{error}");
    assert_eq!(calm.ask("1", "نعم").await["seq"], 2);
}

#[tokio::test]
async fn one_address_shares_its_messages_over_connections_and_http() {
    let server = Setup::default()
        .set("MUJIB_LIMITS_MESSAGES_PER_MINUTE", "4")
        .set("MUJIB_LIMITS_MESSAGES_PER_MINUTE_ADDRESS", "4")
        .set("MUJIB_TRUSTED_PROXIES", "127.0.0.1")
        .start();
    let from = |address| [("x-forwarded-for", address)];
    let mut one = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
    let mut two = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
    let mut other = Client::connect_with(&server, &from("203.0.113.2")).await.expect("in");
    one.start(json!({})).await;
    two.start(json!({})).await;
    one.ask("1", "نعم").await;
    two.ask("1", "نعم").await;
    one.refused(json!({"type": "ask", "id": "2", "text": "نعم"}), "rate_limited").await;
    other.start(json!({})).await;
    other.ask("1", "نعم").await;
    let headers = [("x-forwarded-for", "203.0.113.1")];
    let refused = support::http(&server, "POST", "/v1/ask", &headers, &json!({"text": "نعم"}).to_string());
    assert_eq!((refused.status, refused.json()["code"].as_str()), (429, Some("rate_limited")));
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    assert_eq!(post_ask(&server, &json!({"text": "نعم"})).status, 200, "another address");
}

#[tokio::test]
async fn who_floods_is_closed_with_1008() {
    let server = Setup::default().set("MUJIB_LIMITS_STRIKES_PER_MINUTE", "5").start();
    let mut calm = Client::connect(&server).await;
    calm.start(json!({})).await;
    let mut flood = Client::connect(&server).await;
    for _ in 0..200 {
        // The server may be gone before all are sent.
        if flood.send(Message::text("{")).await.is_err() {
            break;
        }
    }
    let (errors, code) = flood.hear_close().await;
    assert_eq!(code, 1008);
    assert_eq!(errors.len(), 6, "{errors:?}");
    assert_eq!(calm.ask("1", "نعم").await["seq"], 2);
}

#[tokio::test]
async fn frames_of_any_kind_are_counted() {
    let server = Setup::default().set("MUJIB_LIMITS_FRAMES_PER_MINUTE", "3").start();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    for _ in 0..3 {
        client.say(json!({"type": "typing"})).await;
    }
    client.hear_error("rate_limited").await;
}

#[tokio::test]
async fn connections_of_one_address_are_bounded() {
    let server = Setup::default()
        .set("MUJIB_LIMITS_CONNECTIONS_PER_ADDRESS", "2")
        .set("MUJIB_TRUSTED_PROXIES", "127.0.0.1")
        .start();
    let from = |address| [("x-forwarded-for", address)];
    let mut first = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
    let second = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
    let mut third = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
    let error = third.hear_error("rate_limited").await;
    assert!(error["retry_after_ms"].is_u64());
    assert_eq!(third.hear_close().await.1, 1008);
    let mut other = Client::connect_with(&server, &from("203.0.113.2")).await.expect("in");
    other.start(json!({})).await;
    first.start(json!({})).await;
    second.drop_hard();
    server.log.wait_for("a chat connection ends");
    // The place is free once the connection's task is done, right after its line in the log.
    let mut fourth = None;
    while fourth.is_none() {
        let mut next = Client::connect_with(&server, &from("203.0.113.1")).await.expect("in");
        next.say(json!({"type": "start"})).await;
        if next.hear().await["type"] == "started" {
            fourth = Some(next);
        }
    }
}

#[tokio::test]
async fn connections_in_all_are_bounded() {
    let server = Setup::default()
        .set("MUJIB_LIMITS_CONNECTIONS", "1")
        .set("MUJIB_LIMITS_CONNECTIONS_PER_ADDRESS", "1")
        .start();
    let mut first = Client::connect(&server).await;
    first.start(json!({})).await;
    let mut second = Client::connect(&server).await;
    second.hear_error("busy").await;
    assert_eq!(second.hear_close().await.1, 1013);
    assert_eq!(first.ask("1", "نعم").await["seq"], 2);
    assert_eq!(get(&server, "/healthz").status, 200);
}

#[tokio::test]
async fn who_is_silent_is_let_go() {
    let server =
        Setup::default().set("MUJIB_SOCKET_PING_SECONDS", "1").set("MUJIB_LIMITS_IDLE_SECONDS", "1").start();
    let mut client = Client::connect(&server).await;
    let (_, code) = client.hear_close().await;
    assert_eq!(code, 1000);
}

#[test]
fn who_never_sends_a_request_is_let_go() {
    let server = Setup::default().set("MUJIB_SOCKET_PING_SECONDS", "1").start();
    let mut mute = std::net::TcpStream::connect(&server.address).expect("connected");
    mute.set_read_timeout(Some(PATIENCE)).expect("set");
    let mut nothing = Vec::new();
    // The end of the stream, not the time-out of this side.
    assert_eq!(mute.read_to_end(&mut nothing).expect("closed by the server"), 0);
}

#[tokio::test]
async fn off_is_off() {
    let server = Setup::default().set("MUJIB_LIMITS", "off").start();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    for number in 0..200 {
        client.ask(&format!("m{number}"), "نعم").await;
    }
    client.ask("long", &"س ".repeat(50_000)).await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_given_up_and_can_resume() {
    let server = Setup::default()
        .set("MUJIB_LIMITS_QUEUE_FRAMES", "2")
        .set("MUJIB_SOCKET_SEND_SECONDS", "1")
        .set("MUJIB_LIMITS_MESSAGES_PER_MINUTE", "100000")
        .set("MUJIB_LIMITS_MESSAGES_PER_MINUTE_ADDRESS", "100000")
        .set("MUJIB_LIMITS_FRAMES_PER_MINUTE", "100000")
        .start();
    let mut slow = Client::connect(&server).await;
    let known = slow.start(json!({})).await;
    let mut quick = Client::connect(&server).await;
    quick.resume(&known, 1).await;
    // What the slow one hears fills the buffers on the way, then its queue, and then it is given up; the
    // quick one hears everything all the while.
    let mut number = 0;
    while !server_gave_up(&server) {
        for _ in 0..500 {
            quick.ask(&format!("m{number}"), "نعم").await;
            number += 1;
        }
    }
    let mut back = Client::connect(&server).await;
    assert_eq!(back.resume(&known, 1 + number).await.seq, 1 + number);
    assert_eq!(back.ask("last", "نعم").await["seq"], json!(2 + number));
}

/// Whether the log has told of the end of a connection since the last call.
fn server_gave_up(server: &support::Server) -> bool {
    server.log.so_far().contains("a chat connection ends")
}
