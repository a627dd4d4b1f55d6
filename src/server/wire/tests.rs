use super::*;
use crate::dialogue;
use crate::store::{Frame, FrameKind};

fn check(json: &str, request: Request) {
    assert_eq!(Request::parse(json), Ok(request), "{json}");
}

fn check_bad(json: &str, id: Option<&str>) {
    assert_eq!(Request::parse(json), Err(BadFrame { id: id.map(Into::into) }), "{json}");
}

#[test]
fn reads_every_frame() {
    check(r#"{"type":"start"}"#, Request::Start(Start::default()));
    check(
        r#"{"type":"start","conversation":"c","resume_token":"t","after":3,"locale":"fa","channel":"web","new":[1]}"#,
        Request::Start(Start {
            conversation: Some("c".into()),
            resume_token: Some("t".into()),
            after: Some(3),
            locale: Some("fa".into()),
            channel: Some("web".into()),
        }),
    );
    check(r#"{"type":"start","locale":7,"channel":{"a":1}}"#, Request::Start(Start::default()));
    let ask = Ask { id: "1".into(), text: "س".into(), conversation: None, locale: None };
    check(r#"{"type":"ask","id":"1","text":"س"}"#, Request::Ask(ask.clone()));
    check(r#"{"text":"س","unknown":null,"id":"1","type":"ask","conversation":null}"#, Request::Ask(ask));
    check(
        r#"{"type":"feedback","reply":"r","helpful":false}"#,
        Request::Feedback(Feedback { reply: "r".into(), helpful: false, comment: None, conversation: None }),
    );
    check(r#"{"type":"handoff"}"#, Request::Handoff(Handoff::default()));
    check(r#"{"type":"typing"}"#, Request::Typing(Typing::default()));
    check(
        r#"{"type":"forget","conversation":"c"}"#,
        Request::Forget(Forget { conversation: Some("c".into()) }),
    );
}

#[test]
fn refuses_what_is_no_frame_and_keeps_the_id() {
    check_bad("", None);
    check_bad("[]", None);
    check_bad("{}", None);
    check_bad(r#"{"type":"dance","id":"1"}"#, Some("1"));
    check_bad(r#"{"type":"ask","id":"1"}"#, Some("1"));
    check_bad(r#"{"type":"ask","id":"1","text":5}"#, Some("1"));
    check_bad(r#"{"type":"ask","text":"x"}"#, None);
    check_bad(r#"{"type":"ask","id":"","text":"x"}"#, None);
    check_bad(r#"{"type":"ask","id":7,"text":"x"}"#, None);
    check_bad(r#"{"type":"feedback","reply":"r"}"#, None);
    check_bad(&format!(r#"{{"type":"ask","id":"{}","text":"x"}}"#, "x".repeat(65)), None);
    check_bad(&"[".repeat(100_000), None);
}

#[test]
fn ids_are_counted_in_characters() {
    assert!(is_id(&"ش".repeat(64)));
    assert!(!is_id(&"ش".repeat(65)));
}

#[test]
fn sees_when_a_message_shows_nothing() {
    for (text, blank) in
        [("", true), (" \n\t", true), ("\u{200c}\u{feff} ", true), ("؟", false), ("😀", false)]
    {
        assert_eq!(is_blank(text), blank, "{text:?}");
    }
}

#[test]
fn frames_are_the_types_that_are_published() {
    let reply = dialogue::Reply {
        outcome: Outcome::Answer,
        lang: Lang::Fa,
        text: "متن \"[1]\"\n".into(),
        citations: vec![Citation {
            marker: 1,
            source: "s".into(),
            title: "t".into(),
            section: "e".into(),
            lang: Lang::Ar,
            passage: "p1".into(),
            gist: "g".into(),
            url: None,
        }],
        disclaimers: vec![Disclaimer { code: "c".into(), text: "d".into() }],
        suggestions: vec![Suggestion { text: "q".into(), pair: "p".into() }],
        pair: Some("p".into()),
        confidence: 0.93,
        knowledge: "sha256:0".into(),
        context: dialogue::Context::default(),
    };
    let mut frame = Frame {
        seq: 4,
        id: Uuid::nil(),
        kind: FrameKind::Reply,
        in_reply_to: Some("a\"b".into()),
        sent_ms: 1_795_255_200_120,
        confidence: Some(0.93),
        body: reply_body(&reply).expect("serializes"),
    };
    let json = frame_json("c", &frame);
    let read: Reply = serde_json::from_str(&json).expect("a reply");
    assert_eq!((read.text.as_str(), read.in_reply_to.as_deref()), (reply.text.as_str(), Some("a\"b")));
    assert_eq!((read.confidence, read.sent_at.as_str()), (0.93, "2026-11-21T10:00:00.12Z"));
    let with_token: Reply = serde_json::from_str(&with_field(&json, "resume_token", "t")).expect("a reply");
    assert_eq!(with_token.resume_token.as_deref(), Some("t"));

    let started = started_json("c", "t", 1, "sha256:0", Some(&json));
    let started: Started = serde_json::from_str(&started).expect("a started");
    assert_eq!(started.greeting, Some(read));
    assert!(serde_json::from_str::<Started>(&started_json("c", "t", 1, "k", None)).is_ok());
    assert!(serde_json::from_str::<Forgotten>(&forgotten_json("c")).is_ok());

    frame.kind = FrameKind::Message;
    frame.confidence = None;
    frame.body = system_body("سلام");
    let message: Message = serde_json::from_str(&frame_json("c", &frame)).expect("a message");
    assert_eq!((message.from.as_str(), message.text.as_str()), ("system", "سلام"));

    frame.body = staff_body("ليلى", "أهلًا \"بك\"");
    let message: Message = serde_json::from_str(&frame_json("c", &frame)).expect("a message");
    assert_eq!((message.from.as_str(), message.name.as_deref()), ("staff", Some("ليلى")));
    assert_eq!((message.text.as_str(), message.event), ("أهلًا \"بك\"", None));
    frame.body = event_body("taken", "ليلى", "معك");
    let message: Message = serde_json::from_str(&frame_json("c", &frame)).expect("a message");
    assert_eq!((message.from.as_str(), message.event.as_deref()), ("system", Some("taken")));
    let received: Received = serde_json::from_str(&received_json("c", "a\"b")).expect("a received");
    assert_eq!((received.kind.as_str(), received.in_reply_to.as_str()), ("received", "a\"b"));
    let typing: StaffTyping = serde_json::from_str(&staff_typing_json("c", "\"")).expect("a typing");
    assert_eq!((typing.kind.as_str(), typing.name.as_str()), ("typing", "\""));
}
