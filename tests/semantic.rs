//! The semantic signal: the real server, with an embedding server that behaves well or badly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod fake_embedder;
mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fake_embedder::{Embedder, Manner, nobody};
use mujib::config::Semantic;
use mujib::search::{Class, ClassKind};
use mujib::semantic::Signal;
use serde_json::{Value, json};
use support::{Client, Server, Setup, post_ask};

/// Messages of several outcomes, none of them a red flag.
const MESSAGES: [&str; 7] = [
    "كم جلسة أحتاج؟",
    "چند جلسه لازم است؟",
    "هل يؤلم الميزو؟",
    "فاصله جلسات چقدر است؟",
    "بكم الجلسة؟",
    "مرحبا",
    "هوای تهران فردا چطور است؟",
];

/// Messages that raise a red flag; the others are typed on the wrong keyboard layout.
const RED_FLAGS: [&str; 3] =
    ["بعد الجلسة صار عندي ضيق تنفس شديد وورم في وجهي", "hgvvh;l gh hsj'du hgjkts", "kldj,kl kts f;al"];

/// A server that asks `endpoint`. The model's name is that of the cache, so that all tests share one.
fn setup(endpoint: &str) -> Setup {
    let setup = Setup::default().set("MUJIB_SEMANTIC_ENDPOINT", endpoint);
    // Far above what a good answer of the fake takes; only silence uses it up.
    setup.set("MUJIB_SEMANTIC_MODEL", "fake").set("MUJIB_SEMANTIC_TIMEOUT_MS", "500")
}

/// A server whose signal is on, and what it asks; nothing heard yet.
fn with_signal() -> (Server, Embedder) {
    let embedder = Embedder::start(Manner::Good);
    let server = setup(&embedder.endpoint()).start();
    server.log.wait_for("the semantic signal is on");
    embedder.heard();
    (server, embedder)
}

/// What the patient sees of a reply, without ids and times.
fn seen(reply: &Value) -> Value {
    let fields = ["outcome", "lang", "text", "citations", "disclaimers", "suggestions", "pair", "confidence"];
    fields
        .into_iter()
        .map(|field| (field.to_owned(), reply[field].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The replies to [`MESSAGES`], each in a conversation of its own.
fn replies(server: &Server) -> Vec<Value> {
    MESSAGES.iter().map(|text| seen(&post_ask(server, &json!({"text": text})).json())).collect()
}

#[test]
fn an_endpoint_that_fails_changes_no_reply_and_is_left_alone() {
    let plain = replies(&Server::start());
    for manner in [
        Manner::Silent,
        Manner::Status(500),
        Manner::Status(429),
        Manner::Status(302),
        Manner::Body("<html>".into()),
        Manner::Body(r#"{"data":[]}"#.into()),
        Manner::Longer,
        Manner::HangUp,
    ] {
        let (server, embedder) = with_signal();
        embedder.becomes(manner.clone());
        let before = embedder.requests();
        assert_eq!(replies(&server), plain, "{manner:?}");
        // The client may try a connection that was closed under it once more.
        let asked = embedder.requests() - before;
        let most = if manner == Manner::HangUp { 10 } else { 5 };
        assert!((5..=most).contains(&asked), "{manner:?}: {asked} requests for {} messages", MESSAGES.len());
        server.log.wait_for("replies go without the embedding endpoint for now");
    }
}

#[test]
fn an_endpoint_that_is_not_there_changes_no_reply() {
    let plain = replies(&Server::start());
    let server = setup(&nobody()).start();
    assert_eq!(replies(&server), plain);
    server.log.wait_for("the semantic signal is not on yet");
}

#[test]
fn a_key_is_presented() {
    let embedder = Embedder::start(Manner::NeedsKey("s3cret".into()));
    let without = setup(&embedder.endpoint()).start();
    let refused = without.log.wait_for("the semantic signal is not on yet");
    assert!(refused.contains("status 401"), "{refused}");
    let with = setup(&embedder.endpoint()).set("MUJIB_SEMANTIC_KEY", "s3cret").start();
    with.log.wait_for("the semantic signal is on");
    assert!(embedder.models().iter().all(|model| model == "fake"));
}

#[tokio::test]
async fn the_signal_reaches_every_channel() {
    let (server, embedder) = with_signal();
    let (text, like) = ("قديش مدة الشغلة هاي كلها؟", "كم تستغرق جلسة الميزوثيرابي؟");
    let plain = post_ask(&Server::start(), &json!({"text": text})).json();
    embedder.takes(text, like);
    let over_http = post_ask(&server, &json!({"text": text})).json();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    let over_chat = client.ask("m1", text).await;
    assert_eq!(embedder.heard(), [text, text]);
    assert_eq!(seen(&over_http), seen(&over_chat));
    assert_ne!(over_http["confidence"], plain["confidence"], "{over_http}");
}

#[tokio::test]
async fn messages_are_answered_in_their_order_and_asked_about_once() {
    let (server, embedder) = with_signal();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    for (at, text) in MESSAGES.iter().enumerate() {
        client.post(&format!("m{at}"), text).await;
    }
    for at in 0..MESSAGES.len() {
        assert_eq!(client.hear().await["in_reply_to"], json!(format!("m{at}")));
    }
    client.ask("m0", MESSAGES[0]).await;
    assert_eq!(embedder.heard(), MESSAGES);
}

#[tokio::test]
async fn no_word_of_a_red_flag_leaves_the_process() {
    let (server, embedder) = with_signal();
    let mut client = Client::connect(&server).await;
    client.start(json!({})).await;
    for (at, text) in RED_FLAGS.iter().enumerate() {
        assert_eq!(client.ask(&format!("m{at}"), text).await["outcome"], "emergency", "{text}");
        assert_eq!(post_ask(&server, &json!({"text": text})).json()["outcome"], "emergency", "{text}");
    }
    // The next message shows that those before are over.
    client.ask("next", MESSAGES[0]).await;
    assert_eq!(embedder.heard(), MESSAGES[..1]);
}

#[test]
fn identifiers_are_masked_before_they_leave() {
    let (server, embedder) = with_signal();
    for (text, sent) in [
        ("رقمي 0912 345 6789 كم جلسة أحتاج؟", Some("رقمي [phone] كم جلسة أحتاج؟")),
        ("ایمیلم sara@mail.example چند جلسه لازم است؟", Some("ایمیلم [email] چند جلسه لازم است؟")),
        // On the wrong keyboard layout: as it was meant, but not with an identifier, which another layout hides.
        (";l [gsm hpjh[", Some("كم جلسة احتاج")),
        (";l [gsm hpjh[ 0912 345 6789", None),
    ] {
        post_ask(&server, &json!({"text": text}));
        assert_eq!(embedder.heard(), Vec::from_iter(sent), "{text}");
    }
}

#[test]
fn logs_hold_no_word_of_what_is_sent() {
    for manner in [Manner::Good, Manner::Status(500), Manner::Body("plugh".into())] {
        let embedder = Embedder::start(Manner::Good);
        let setup = setup(&embedder.endpoint()).set("MUJIB_SEMANTIC_KEY", "s3cret");
        let mut server = setup.set("MUJIB_LOG_LEVEL", "trace").start();
        server.log.wait_for("the semantic signal is on");
        embedder.becomes(manner);
        for at in 0..6 {
            post_ask(&server, &json!({"text": format!("xyzzy{at} كم جلسة أحتاج؟")}));
        }
        assert!(embedder.heard().iter().any(|text| text.contains("xyzzy0")));
        server.signal("TERM");
        assert!(server.wait().success());
        let log = server.log.rest();
        for word in ["xyzzy", "جلسة", "plugh", "s3cret"] {
            assert!(!log.contains(word), "{word} is in {log}");
        }
    }
}

fn class(id: &str, forms: &[&str]) -> Class {
    Class {
        kind: ClassKind::Pair,
        id: id.into(),
        asks: None,
        subject: Vec::new(),
        related: Vec::new(),
        forms: [forms.iter().map(|form| (*form).to_owned()).collect(), Vec::new()],
        answers: [String::new(), String::new()],
    }
}

fn signal(embedder: &Embedder, index: &Path) -> Arc<Signal> {
    let settings = Semantic {
        endpoint: embedder.endpoint().parse().unwrap(),
        model: Some("fake".into()),
        key: None,
        timeout: Duration::from_secs(10),
        query_prefix: "query: ".into(),
        passage_prefix: "passage: ".into(),
    };
    Arc::new(Signal::new(&settings, index).unwrap())
}

#[tokio::test]
async fn only_what_is_new_is_embedded() {
    let embedder = Embedder::start(Manner::Good);
    let index = tempfile::tempdir().unwrap();
    let first = [class("p", &["a", "b"]), class("q", &["c", "a"])];
    let changed = [class("p", &["a", "d"]), class("q", &["c", "a"])];
    // The knowledge, what is embedded beside the text that the model is known by, and how the server answers.
    for (classes, wanted, manner) in [
        (&first, &["passage: a", "passage: b", "passage: c"][..], Manner::Good),
        (&first, &["passage: a"][..], Manner::Good),
        (&changed, &["passage: a", "passage: d"][..], Manner::Good),
        (&changed, &["passage: a", "passage: a", "passage: d", "passage: c"][..], Manner::OtherModel),
        (&changed, &["passage: a", "passage: a", "passage: d", "passage: c"][..], Manner::Longer),
        (&changed, &["passage: a"][..], Manner::Longer),
    ] {
        embedder.becomes(manner.clone());
        signal(&embedder, index.path()).prepare("v", classes).await.unwrap();
        assert_eq!(embedder.heard(), wanted, "{manner:?}");
    }
}

#[tokio::test]
async fn a_cache_that_is_broken_is_made_again_and_a_failure_keeps_what_is_there() {
    let embedder = Embedder::start(Manner::Good);
    let index = tempfile::tempdir().unwrap();
    let classes = [class("p", &["a", "b"])];
    signal(&embedder, index.path()).prepare("v", &classes).await.unwrap();
    let file = std::fs::read_dir(index.path().join("semantic")).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    embedder.heard();
    signal(&embedder, index.path()).prepare("v", &classes).await.unwrap();
    assert_eq!(embedder.heard(), ["passage: a", "passage: b"]);
    assert_eq!(std::fs::read(&file).unwrap(), whole, "the same vectors are the same file");

    embedder.becomes(Manner::Status(503));
    let error = signal(&embedder, index.path()).prepare("v", &classes).await.unwrap_err().to_string();
    assert!(error.contains("status 503") && error.contains("semantic.endpoint"), "{error}");
    assert_eq!(std::fs::read(&file).unwrap(), whole);
}

#[tokio::test]
async fn likeness_is_of_one_version_and_one_question() {
    let embedder = Embedder::start(Manner::Good);
    let index = tempfile::tempdir().unwrap();
    let signal = signal(&embedder, index.path());
    assert_eq!(signal.likeness_for("v", "x").await, None, "nothing is embedded yet");
    assert_eq!(embedder.requests(), 0);
    signal.prepare("v", &[class("p", &["a", "b"]), class("q", &["c"])]).await.unwrap();
    embedder.heard();
    embedder.takes("query: x", "passage: c");
    let likeness = signal.likeness_for("v", "x").await.expect("an answer");
    assert_eq!(embedder.heard(), ["query: x"]);
    assert_eq!(likeness.best(2, mujib::language::Lang::Ar), [1, 0]);
    assert_eq!(signal.likeness_for("w", "x").await, None, "another version");
    assert_eq!(embedder.requests(), 2, "nobody is asked for nothing");
}
