//! The chat protocol, spoken to the real server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{Client, Server, Setup, post_ask, started};
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_new_conversation_greets_and_answers() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let started = client.start(json!({"locale": "fa", "channel": "web"})).await;
    assert_eq!(started.frame["protocol"], 1);
    assert_eq!(started.seq, 1, "the greeting is a frame that a patient sees");
    let greeting = &started.frame["greeting"];
    assert_eq!((&greeting["seq"], &greeting["lang"]), (&json!(1), &json!("fa")));
    assert_eq!(greeting["conversation"], json!(started.conversation));

    let reply = client.ask("m1", "چند جلسه لازم است؟").await;
    assert_eq!((&reply["seq"], &reply["dir"]), (&json!(2), &json!("rtl")));
    for field in ["id", "outcome", "lang", "text", "knowledge", "sent_at"] {
        assert!(reply[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {reply}");
    }
    for field in ["citations", "disclaimers", "suggestions"] {
        assert!(reply[field].is_array(), "{field} of {reply}");
    }
    assert!(reply["sent_at"].as_str().is_some_and(|time| time.ends_with('Z')));
    assert_eq!(client.ask("m2", "ممنون").await["seq"], 3);
}

#[tokio::test]
async fn a_first_ask_opens_a_conversation() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    client.post("m1", "كم جلسة أحتاج؟").await;
    let started = started(client.hear().await);
    assert_eq!(started.frame["type"], "started");
    let reply = client.hear().await;
    assert_eq!((&reply["type"], &reply["seq"]), (&json!("reply"), &json!(2)));
    assert_eq!(reply["conversation"], json!(started.conversation));
}

#[tokio::test]
async fn a_message_sent_again_gets_the_same_reply() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({})).await;
    let first = client.ask("same", "كم جلسة؟").await;
    let second = client.ask("same", "كم جلسة؟").await;
    assert_eq!(first, second);
    assert_eq!(client.ask("other", "كم جلسة؟").await["seq"], 3, "nothing was answered in between");

    let mut elsewhere = Client::connect(&server).await;
    elsewhere.resume(&known, 3).await;
    assert_eq!(elsewhere.ask("same", "كم جلسة؟").await, first);

    // At once, on two connections that hold the conversation, and twice on one.
    for client in [&mut client, &mut elsewhere] {
        client.post("race", "هل يؤلم؟").await;
        client.post("race", "هل يؤلم؟").await;
    }
    let mut replies = Vec::new();
    for client in [&mut client, &mut elsewhere] {
        client.say(json!({"type": "handoff"})).await;
        // Each hears every frame of the conversation, and its own repetitions, before its own handoff.
        let mut handoffs = 0;
        while handoffs < 1 {
            let frame = client.hear().await;
            match frame["type"].as_str() {
                Some("reply") => replies.push(frame),
                Some("message") => handoffs += 1,
                _ => panic!("unexpected {frame}"),
            }
        }
    }
    assert!(replies.len() >= 2);
    assert!(replies.iter().all(|reply| reply == &replies[0]), "{replies:?}");
    assert_eq!(replies[0]["seq"], 4);
}

#[tokio::test]
async fn everything_later_comes_once_and_in_order_after_a_drop() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({})).await;
    let mut replies = Vec::new();
    for number in 0..5 {
        replies.push(client.ask(&format!("m{number}"), "كم جلسة؟").await);
    }
    client.drop_hard();

    let mut back = Client::connect(&server).await;
    let resumed = back.resume(&known, 3).await;
    assert_eq!((resumed.seq, &resumed.token), (6, &known.token));
    assert!(resumed.frame.get("greeting").is_none());
    for reply in &replies[2..] {
        assert_eq!(&back.hear().await, reply);
    }
    assert_eq!(back.ask("next", "شكرًا").await["seq"], 7, "nothing comes twice");

    let mut all = Client::connect(&server).await;
    all.resume(&known, 0).await;
    let mut seqs = Vec::new();
    for _ in 0..7 {
        seqs.push(all.hear().await["seq"].as_i64().expect("a number"));
    }
    assert_eq!(seqs, [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn a_conversation_outlives_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Setup::default().data(folder.path()).start();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({})).await;
    let reply = client.ask("m1", "كم جلسة؟").await;
    server.signal("TERM");
    assert!(server.wait().success());

    let server = Setup::default().data(folder.path()).start();
    let mut back = Client::connect(&server).await;
    assert_eq!(back.resume(&known, 1).await.seq, 2);
    assert_eq!(back.hear().await, reply);
    assert_eq!(back.ask("m1", "كم جلسة؟").await, reply);
    assert_eq!(back.ask("m2", "كم جلسة؟").await["seq"], 3);
}

#[tokio::test]
async fn two_connections_of_one_conversation_hear_the_same() {
    let server = Server::start();
    let mut one = Client::connect(&server).await;
    let known = one.start(json!({})).await;
    let mut two = Client::connect(&server).await;
    two.resume(&known, 1).await;
    let reply = one.ask("m1", "كم جلسة؟").await;
    assert_eq!(two.hear().await, reply);
}

#[tokio::test]
async fn many_messages_at_once_are_answered_in_order() {
    let server = Setup::default().set("MUJIB_LIMITS", "off").start();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    for number in 0..300 {
        client.post(&format!("m{number}"), "كم جلسة؟").await;
    }
    for number in 0..300 {
        let reply = client.hear().await;
        assert_eq!(
            (&reply["seq"], &reply["in_reply_to"]),
            (&json!(number + 2), &json!(format!("m{number}")))
        );
    }
}

#[tokio::test]
async fn a_forgotten_conversation_is_unknown() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({})).await;
    client.ask("m1", "كم جلسة؟").await;
    client.say(json!({"type": "forget"})).await;
    assert_eq!(client.hear().await, json!({"type": "forgotten", "conversation": known.conversation}));
    client.refused(json!({"type": "forget"}), "unknown_conversation").await;
    let again = json!({"type": "ask", "id": "m2", "text": "نعم", "conversation": known.conversation});
    let error = client.refused(again, "unknown_conversation").await;
    assert_eq!(error["in_reply_to"], "m2");
    let resume = json!({"type": "start", "conversation": known.conversation, "resume_token": known.token});
    client.refused(resume, "unknown_conversation").await;
    // The connection may begin anew.
    assert_ne!(client.start(json!({})).await.conversation, known.conversation);
}

#[tokio::test]
async fn feedback_and_handoff_are_taken() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({"locale": "fa"})).await;
    let reply = client.ask("m1", "چند جلسه؟").await;
    for helpful in [true, false] {
        let comment = if helpful { Value::Null } else { json!("نه") };
        client
            .say(json!({"type": "feedback", "reply": reply["id"], "helpful": helpful, "comment": comment}))
            .await;
    }
    client.say(json!({"type": "typing"})).await;
    client.say(json!({"type": "handoff", "contact": "0912 000 0000"})).await;
    // Feedback and typing are answered by nothing, so the next frame is the handoff's.
    let message = client.hear().await;
    assert_eq!((&message["type"], &message["from"]), (&json!("message"), &json!("system")), "{message}");
    assert_eq!(message["seq"], 3);
    assert!(message["text"].as_str().is_some_and(|text| text.contains("کلینیک")), "in Persian: {message}");

    let mut back = Client::connect(&server).await;
    back.resume(&known, 2).await;
    assert_eq!(back.hear().await, message, "a patient should see it, so it is resumed");
}

/// Sends one frame in a new conversation; the error of `code` must come and the connection must go on.
async fn check_refused(server: &Server, frame: &str, code: &str, in_reply_to: Value) {
    let mut client = Client::connect(server).await;
    client.start(json!({})).await;
    client.say_raw(frame).await;
    let error = client.hear_error(code).await;
    assert_eq!(error["in_reply_to"], in_reply_to, "{frame}");
    assert_eq!(client.ask("after", "كم جلسة؟").await["seq"], 2, "{frame}");
}

#[tokio::test]
async fn every_bad_frame_is_named_and_the_connection_goes_on() {
    let server = Setup::default().set("MUJIB_LIMITS_MESSAGES_PER_MINUTE_ADDRESS", "1000").start();
    let unknown = "01920000-0000-7000-8000-000000000000";
    let long = "س".repeat(4001);
    for (frame, code, in_reply_to) in [
        ("{", "bad_frame", Value::Null),
        ("[]", "bad_frame", Value::Null),
        ("\"ask\"", "bad_frame", Value::Null),
        (r#"{"type":"dance"}"#, "bad_frame", Value::Null),
        (r#"{"id":"1","text":"x"}"#, "bad_frame", json!("1")),
        (r#"{"type":"ask","text":"x"}"#, "bad_frame", Value::Null),
        (r#"{"type":"ask","id":"1"}"#, "bad_frame", json!("1")),
        (r#"{"type":"ask","id":"1","text":[]}"#, "bad_frame", json!("1")),
        (&json!({"type": "ask", "id": "x".repeat(65), "text": "x"}).to_string(), "bad_frame", Value::Null),
        (r#"{"type":"ask","id":"1","text":""}"#, "empty", json!("1")),
        ("{\"type\":\"ask\",\"id\":\"1\",\"text\":\" \\n\u{200c}\"}", "empty", json!("1")),
        (&json!({"type": "ask", "id": "1", "text": long}).to_string(), "too_long", json!("1")),
        (
            &json!({"type": "ask", "id": "1", "text": "x", "conversation": unknown}).to_string(),
            "unknown_conversation",
            json!("1"),
        ),
        (r#"{"type":"forget","conversation":"no uuid"}"#, "unknown_conversation", Value::Null),
        (r#"{"type":"feedback","reply":"no uuid","helpful":true}"#, "bad_frame", Value::Null),
        (
            &json!({"type": "feedback", "reply": unknown, "helpful": true}).to_string(),
            "bad_frame",
            Value::Null,
        ),
        (r#"{"type":"feedback","reply":"r","helpful":"yes"}"#, "bad_frame", Value::Null),
        (r#"{"type":"start"}"#, "too_many_conversations", Value::Null),
        (
            &json!({"type": "start", "conversation": unknown}).to_string(),
            "too_many_conversations",
            Value::Null,
        ),
    ] {
        check_refused(&server, frame, code, in_reply_to).await;
    }
}

#[tokio::test]
async fn a_conversation_belongs_to_who_holds_its_token() {
    let server = Server::start();
    let mut owner = Client::connect(&server).await;
    let known = owner.start(json!({})).await;
    let mut stranger = Client::connect(&server).await;
    for token in [json!("wrong"), Value::Null, json!(known.token.to_uppercase())] {
        let frame = json!({"type": "start", "conversation": known.conversation, "resume_token": token});
        stranger.refused(frame, "forbidden").await;
    }
    for frame in [
        json!({"type": "ask", "id": "1", "text": "x", "conversation": known.conversation}),
        json!({"type": "forget", "conversation": known.conversation}),
        json!({"type": "handoff", "conversation": known.conversation}),
        json!({"type": "typing", "conversation": known.conversation}),
        json!({"type": "feedback", "reply": "r", "helpful": true, "conversation": known.conversation}),
    ] {
        stranger.refused(frame, "forbidden").await;
    }
    stranger.start(json!({})).await;
    let second = json!({"type": "start", "conversation": known.conversation, "resume_token": known.token});
    stranger.refused(second, "too_many_conversations").await;
    assert_eq!(owner.ask("m1", "كم جلسة؟").await["seq"], 2, "the owner noticed nothing");
}

#[tokio::test]
async fn unknown_hints_are_ignored() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    let fields = json!({"locale": "xx", "channel": {"odd": 1}, "after": 5, "something": "new"});
    let started = client.start(fields).await;
    client
        .say(json!({"type": "ask", "id": "1", "text": "كم جلسة؟", "locale": 7, "more": [1, {"a": 2}]}))
        .await;
    let reply = client.hear().await;
    assert_eq!((&reply["type"], &reply["seq"]), (&json!("reply"), &json!(2)));
    assert_eq!(reply["conversation"], json!(started.conversation));
}

#[tokio::test]
async fn errors_are_in_the_language_of_the_conversation() {
    let server = Server::start();
    for (locale, word) in [("ar", "يُرجى"), ("fa", "لطفاً")] {
        let mut client = Client::connect(&server).await;
        client.start(json!({"locale": locale})).await;
        let error = client.refused(json!({"type": "ask", "id": "1", "text": " "}), "empty").await;
        assert!(error["message"].as_str().is_some_and(|words| words.contains(word)), "{error}");
    }
    let mut client =
        Client::connect_with(&server, &[("accept-language", "en-US,fa;q=0.8")]).await.expect("in");
    let error = client.refused(json!({"type": "forget"}), "unknown_conversation").await;
    assert!(error["message"].as_str().is_some_and(|words| words.contains("گفت‌وگو")), "{error}");
}

#[tokio::test]
async fn a_binary_frame_is_no_frame() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    client.send(Message::binary(vec![1, 2, 3])).await.expect("sent");
    client.hear_error("bad_frame").await;
    assert_eq!(client.hear_close().await.1, 1003);
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_the_connection() {
    let server = Server::start();
    let mut client = Client::connect(&server).await;
    client.post("1", &"س".repeat(40_000)).await;
    client.hear_error("too_long").await;
    assert_eq!(client.hear_close().await.1, 1009);
}

#[tokio::test]
async fn http_and_socket_are_one_conversation() {
    let server = Server::start();
    let first = post_ask(&server, &json!({"text": "كم جلسة؟", "id": "m1"})).json();
    assert_eq!((&first["type"], &first["seq"]), (&json!("reply"), &json!(1)));
    let token = first["resume_token"].as_str().expect("a token").to_owned();
    let conversation = first["conversation"].as_str().expect("an id").to_owned();
    let mut client = Client::connect(&server).await;
    let known = client.start(json!({"conversation": conversation, "resume_token": token})).await;
    let heard = client.hear().await;
    assert_eq!((&heard["id"], &heard["text"]), (&first["id"], &first["text"]));
    assert_eq!(client.ask("m1", "كم جلسة؟").await, heard);

    let second =
        json!({"text": "وأضراره؟", "id": "m2", "conversation": conversation, "resume_token": known.token});
    let second = post_ask(&server, &second).json();
    assert_eq!(client.hear().await, second, "who listens hears it too");
    assert!(second.get("resume_token").is_none());
}
