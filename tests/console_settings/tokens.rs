//! Tokens, and what an integration may do with one.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use crate::support::console::{Staff, code};
use crate::support::{Client, Server, Setup, http, wait_until};

/// The status of an upgrade with `headers`; 101 if it is let in.
async fn upgrade(server: &Server, headers: &[(&'static str, &str)]) -> u16 {
    match Client::connect_with(server, headers).await {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn an_integration_signs_in_by_its_token() {
    let data = tempfile::tempdir().expect("a folder");
    let mut server = Setup::small().data(data.path()).start();
    let boss = Staff::set_up(&server);
    let made = boss.post("/tokens", &json!({"name": "واتساب", "scopes": ["chat"]}));
    assert_eq!(made.status, 201);
    let token = made.json()["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("mujib_") && token.len() == 70);
    let listed = boss.get("/tokens");
    assert!(!listed.body.contains(&token), "shown once");
    assert_eq!(listed.json()["items"][0]["last_used_at"], Value::Null);

    let bearer = format!("Bearer {token}");
    assert_eq!(upgrade(&server, &[("authorization", &bearer)]).await, 101);
    let foreign = [("authorization", bearer.as_str()), ("origin", "https://elsewhere.example")];
    assert_eq!(upgrade(&server, &foreign).await, 101, "it is no page");
    for wrong in ["Bearer mujib_0", &bearer[..bearer.len() - 1], "Bearer "] {
        assert_eq!(upgrade(&server, &[("authorization", wrong)]).await, 401);
    }
    let ask = json!({"text": "كم جلسة؟"}).to_string();
    let answer = http(&server, "POST", "/v1/ask", &foreign, &ask);
    assert_eq!(answer.status, 200, "{answer:?}");
    // Noted beside the answer, not before it.
    wait_until("the use is noted", || boss.get("/tokens").json()["items"][0]["last_used_at"].is_string());

    let later =
        boss.post("/tokens", &json!({"name": "x", "scopes": ["chat"], "expires_at": "2999-01-01T00:00:00Z"}));
    let later_bearer = format!("Bearer {}", later.json()["token"].as_str().expect("a token"));
    assert_eq!(upgrade(&server, &[("authorization", &later_bearer)]).await, 101);
    for (body, field) in [
        (json!({"name": " ", "scopes": ["chat"]}), "name"),
        (json!({"name": "x", "scopes": []}), "scopes"),
        (json!({"name": "x", "scopes": ["chat"], "expires_at": "2020-01-01T00:00:00Z"}), "expires_at"),
        (json!({"name": "x", "scopes": ["chat"], "expires_at": "soon"}), "expires_at"),
    ] {
        assert!(boss.post("/tokens", &body).json()["fields"][field].is_string(), "{body}");
    }
    assert_eq!(code(&boss.post("/tokens", &json!({"name": "x", "scopes": ["everything"]}))), "bad_request");

    let path = format!("/tokens/{}", made.json()["id"].as_str().expect("an id"));
    assert_eq!(boss.send("DELETE", &path, None).status, 204);
    assert_eq!(upgrade(&server, &[("authorization", &bearer)]).await, 401, "revoked");
    assert_eq!(code(&boss.send("DELETE", &path, None)), "not_found");
    server.signal("TERM");
    assert!(server.wait().success());

    let database = rusqlite::Connection::open(data.path().join("mujib.db")).expect("opened");
    database.execute("UPDATE api_token SET expires_ms = 1", []).expect("written");
    drop(database);
    let server = Setup::small().data(data.path()).start();
    assert_eq!(upgrade(&server, &[("authorization", &later_bearer)]).await, 401, "over");
}

#[tokio::test]
async fn an_integration_holds_many_conversations() {
    let server = Setup::small().set("MUJIB_LIMITS_MESSAGES_PER_MINUTE", "2").start();
    let boss = Staff::set_up(&server);
    let made = boss.post("/tokens", &json!({"name": "x", "scopes": ["chat"]})).json();
    let bearer = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let mut line = Client::connect_with(&server, &[("authorization", &bearer)]).await.expect("in");
    let arabic = line.start(json!({"locale": "ar", "channel": "whats-app"})).await;
    assert_eq!(line.ask("1", "كم جلسة؟").await["conversation"], arabic.conversation, "the only one");
    let persian = line.start(json!({"locale": "fa"})).await;
    assert_ne!(arabic.conversation, persian.conversation);
    let ask = |conversation: &str, id: &str, text: &str| json!({"type": "ask", "id": id, "conversation": conversation, "text": text});
    line.refused(json!({"type": "ask", "id": "2", "text": "كم جلسة؟"}), "bad_frame").await;
    for round in 0..3 {
        for (known, text) in [(&arabic, "كم جلسة؟"), (&persian, "چند جلسه؟")] {
            line.say(ask(&known.conversation, &format!("m{round}"), text)).await;
            let reply = line.hear().await;
            assert_eq!(
                (&reply["type"], &reply["conversation"]),
                (&json!("reply"), &json!(known.conversation))
            );
        }
    }
    line.say(json!({"type": "forget", "conversation": arabic.conversation})).await;
    assert_eq!(line.hear().await["conversation"], arabic.conversation);
    line.refused(ask(&arabic.conversation, "9", "كم جلسة؟"), "unknown_conversation").await;
    assert_eq!(
        line.ask("again", "چند جلسه؟").await["conversation"],
        persian.conversation,
        "the only one left"
    );

    let mut patient = Client::connect(&server).await;
    let own = patient.start(json!({})).await;
    line.refused(ask(&own.conversation, "9", "كم جلسة؟"), "forbidden").await;
    patient.refused(json!({"type": "start"}), "too_many_conversations").await;
    line.say(json!({"type": "start", "conversation": own.conversation, "resume_token": own.token})).await;
    assert_eq!(line.hear().await["type"], "started", "by its token");
}
