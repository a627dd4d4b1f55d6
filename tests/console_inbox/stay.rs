//! A person of the staff comes into a conversation, and leaves.

use serde_json::{Value, json};

use crate::staff::Clinic;
use crate::support::{Client, Setup, post_ask};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// What has to be the same in a frame.
fn check(frame: &Value, expected: &Value) {
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(&frame[name], value, "{name} of {frame}");
    }
}

#[test]
fn the_bot_is_quiet_while_a_person_is_here() {
    let clinic = Clinic::open();
    let (sara, layla) = (clinic.staff("sara", "editor"), clinic.staff("layla", "editor"));
    let root = clinic.staff("root", "administrator");
    let mut events = sara.watch();
    runtime().block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        let id = json!(started.conversation);
        let path = format!("/conversations/{}", started.conversation);
        let at = |what: &str| format!("{path}/{what}");
        patient.ask("m1", "كم عدد الجلسات؟").await;
        patient.say(json!({"type": "handoff"})).await;
        check(&patient.hear().await, &json!({"type": "message", "from": "system", "seq": 3}));
        events.happened(&id, "handoff");

        // Comes.
        let hello = json!({"id": "s1", "text": "أهلًا بك"});
        sara.refused("POST", &at("messages"), &hello, 409, "not_taken");
        let taken = sara.did("POST", &at("take"), &Value::Null);
        check(&taken, &json!({"handoff": "taken", "with": "sara", "mine": true, "live": true}));
        let came = patient.hear().await;
        check(
            &came,
            &json!({"type": "message", "from": "system", "event": "taken", "name": "sara", "seq": 4}),
        );
        assert!(came["text"].as_str().is_some_and(|text| text.contains("sara")), "{came}");
        events.happened(&id, "taken");
        sara.did("POST", &at("take"), &Value::Null);
        layla.refused("POST", &at("take"), &Value::Null, 409, "taken");
        layla.refused("POST", &at("messages"), &hello, 409, "taken");
        layla.refused("POST", &at("release"), &Value::Null, 409, "taken");
        layla.refused("POST", &at("typing"), &Value::Null, 409, "taken");

        // The bot is quiet; a message sent twice is kept once.
        for _ in 0..2 {
            patient.post("m2", "كم عدد الجلسات؟").await;
            check(
                &patient.hear().await,
                &json!({"type": "received", "in_reply_to": "m2", "conversation": id}),
            );
        }
        events.happened(&id, "message");
        let answer = post_ask(
            &clinic.server,
            &json!({"text": "وأنا؟", "conversation": id, "resume_token": started.token, "id": "m3"}),
        );
        assert_eq!((answer.status, &answer.json()["type"]), (202, &json!("received")));

        // Staff speak; what is sent twice is said once.
        for again in [false, true] {
            let said = sara.did("POST", &at("messages"), &hello);
            assert_eq!(said["again"], again);
        }
        let words = patient.hear().await;
        check(
            &words,
            &json!({"type": "message", "from": "staff", "name": "sara", "text": "أهلًا بك", "seq": 5}),
        );
        sara.did("POST", &at("typing"), &Value::Null);
        check(&patient.hear().await, &json!({"type": "typing", "from": "staff", "name": "sara"}));
        patient.say(json!({"type": "typing"})).await;
        events.happened(&id, "typing");
        for text in ["", " \u{200f}\n", &"x".repeat(4001)] {
            sara.refused("POST", &at("messages"), &json!({"id": "s2", "text": text}), 422, "invalid");
        }
        sara.refused("POST", &at("messages"), &json!({"id": "", "text": "x"}), 422, "invalid");

        // A red flag is still answered at once.
        let urgent = patient.ask("m4", "لا أستطيع التنفس").await;
        check(&urgent, &json!({"outcome": "emergency", "seq": 6}));
        events.happened(&id, "emergency");

        // Another socket resumes and has everything in order, once.
        patient.drop_hard();
        let mut patient = Client::connect(&clinic.server).await;
        assert_eq!(patient.resume(&started, 3).await.seq, 6);
        for expected in [
            json!({"seq": 4, "event": "taken"}),
            json!({"seq": 5, "from": "staff", "text": "أهلًا بك"}),
            json!({"seq": 6, "outcome": "emergency"}),
        ] {
            check(&patient.hear().await, &expected);
        }
        patient.post("m2", "كم عدد الجلسات؟").await;
        check(&patient.hear().await, &json!({"type": "received", "in_reply_to": "m2"}));
        patient.say(json!({"type": "handoff"})).await;
        let here = patient.hear().await;
        assert!(here["text"].as_str().is_some_and(|text| text.contains("sara")), "{here}");

        // Leaves.
        let released = sara.did("POST", &at("release"), &Value::Null);
        check(&released, &json!({"with": null, "mine": false}));
        check(&patient.hear().await, &json!({"event": "released", "name": "sara", "seq": 8}));
        events.happened(&id, "released");
        check(&patient.ask("m5", "كم عدد الجلسات؟").await, &json!({"outcome": "answer", "seq": 9}));

        // Reviewers and up may end the stay of somebody who forgot to.
        layla.did("POST", &at("take"), &Value::Null);
        root.did("POST", &at("release"), &Value::Null);

        let shown = sara.get(&path);
        let said: Vec<(&str, &str)> = shown["entries"]
            .as_array()
            .expect("entries")
            .iter()
            .map(|entry| {
                let word = entry["event"].as_str().or(entry["text"].as_str()).unwrap_or_default();
                let word = word.split(' ').next().unwrap_or_default();
                (entry["from"].as_str().unwrap_or_default(), word)
            })
            .filter(|(from, _)| *from != "bot")
            .collect();
        assert_eq!(
            said,
            [
                ("patient", "كم"),
                ("system", "سُجّل"),
                ("system", "taken"),
                ("patient", "كم"),
                ("patient", "وأنا؟"),
                ("staff", "أهلًا"),
                ("patient", "لا"),
                ("system", "معك"),
                ("system", "released"),
                ("patient", "كم"),
                ("system", "taken"),
                ("system", "released"),
            ]
        );
        let audit = root.get("/audit?action=conversation.");
        let done: Vec<&str> = audit["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| item["action"].as_str())
            .collect();
        let take_and_release = ["conversation.release", "conversation.take"];
        assert_eq!(
            done,
            [&take_and_release[..], &["conversation.release", "conversation.message", "conversation.take"]]
                .concat()
        );
        assert!(!audit.to_string().contains("أهلًا"), "what was said is no part of the record");
    });
}

#[test]
fn a_stay_outlives_the_server_and_goes_with_the_conversation() {
    let clinic = Clinic::open();
    let started = runtime().block_on(async {
        let sara = clinic.staff("sara", "editor");
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "fa"})).await;
        patient.ask("m1", "سلام").await;
        sara.did("POST", &format!("/conversations/{}/take", started.conversation), &Value::Null);
        check(&patient.hear().await, &json!({"event": "taken"}));
        patient.post("m2", "KEPTWORD").await;
        check(&patient.hear().await, &json!({"type": "received"}));
        started
    });
    let clinic = clinic.killed(Setup::default());
    runtime().block_on(async {
        let sara = clinic.sign_in("sara");
        let mut patient = Client::connect(&clinic.server).await;
        patient.resume(&started, 3).await;
        patient.post("m2", "KEPTWORD").await;
        check(&patient.hear().await, &json!({"type": "received", "in_reply_to": "m2"}));
        let path = format!("/conversations/{}", started.conversation);
        let said = sara.did("POST", &format!("{path}/messages"), &json!({"id": "s1", "text": "در خدمتم"}));
        assert_eq!(said["again"], false);
        check(&patient.hear().await, &json!({"from": "staff", "seq": 4}));
        assert!(sara.get(&path).to_string().contains("KEPTWORD"));
        patient.say(json!({"type": "forget"})).await;
        assert_eq!(patient.hear().await["type"], "forgotten");
        sara.refused(
            "POST",
            &format!("{path}/messages"),
            &json!({"id": "s2", "text": "x"}),
            404,
            "not_found",
        );
    });
    assert!(clinic.stored(&["KEPTWORD", "keptword"]).is_empty());
}

#[test]
fn who_is_gone_leaves_patients_to_the_bot() {
    let clinic = Clinic::open_with(Setup::default().set("MUJIB_CONSOLE_LEAVE_AFTER_SECONDS", "0"));
    let sara = clinic.staff("sara", "editor");
    let events = sara.watch();
    runtime().block_on(async {
        let mut patient = Client::connect(&clinic.server).await;
        let started = patient.start(json!({"locale": "ar"})).await;
        patient.ask("m1", "كم عدد الجلسات؟").await;
        sara.did("POST", &format!("/conversations/{}/take", started.conversation), &Value::Null);
        check(&patient.hear().await, &json!({"event": "taken"}));
        drop(events);
        // Nothing tells the server that a browser is gone but that it does not take what is sent; so something is.
        let other = clinic.staff("other", "editor");
        let _watching = other.watch();
        other.did("PUT", "/presence", &json!({"available": true}));
        check(&patient.hear().await, &json!({"event": "released", "name": "sara"}));
        check(&patient.ask("m2", "كم عدد الجلسات؟").await, &json!({"outcome": "answer"}));
    });
}

#[test]
fn what_is_promised_depends_on_who_is_here() {
    let clinic = Clinic::open();
    let (sara, root) = (clinic.staff("sara", "editor"), clinic.staff("root", "administrator"));
    let asks = || {
        runtime().block_on(async {
            let mut patient = Client::connect(&clinic.server).await;
            patient.start(json!({"locale": "fa"})).await;
            patient.say(json!({"type": "handoff"})).await;
            patient.hear().await["text"].as_str().expect("words").to_owned()
        })
    };
    assert!(asks().contains("نمی‌توانیم زمانی"), "nothing is known of when anyone is there");
    sara.refused("PUT", "/presence", &json!({"available": true}), 409, "not_connected");

    let open_in_three_days = |settings: &mut Value| {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let today =
            jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).weekday().to_monday_zero_offset();
        let day = days[(usize::try_from(today).expect("a day") + 3) % 7];
        settings["office_hours"] =
            json!({"time_zone": "UTC", "days": [{"day": day, "from": "09:15", "to": "17:00"}], "closed": []});
    };
    root.put_settings(open_in_three_days);
    let words = asks();
    assert!(words.contains("کسی از آنان اینجا نیست") && words.contains("ساعت 09:15"), "{words}");

    let mut events = sara.watch();
    let set = sara.did("PUT", "/presence", &json!({"available": true}));
    assert_eq!(set, json!({"me": true, "available": ["sara"]}));
    events.wait_for("presence", |data| data["available"] == json!(["sara"]));
    assert!(asks().contains("با شما خواهد بود"));
    assert_eq!(root.get("/presence"), json!({"me": false, "available": ["sara"]}));
    sara.did("PUT", "/presence", &json!({"available": false}));
    events.wait_for("presence", |data| data["available"] == json!([]));
    assert!(asks().contains("ساعت 09:15"));
}

#[test]
fn a_stream_ends_with_its_session_and_with_the_server() {
    let mut clinic = Clinic::open();
    {
        let sara = clinic.staff("sara", "viewer");
        let mut events = sara.watch();
        let (first, data) = events.next().expect("how things are");
        assert_eq!((first.as_str(), data), ("inbox", json!({"counts": {}})));
        events
            .wait_for("knowledge", |data| data["version"].as_str().is_some_and(|v| v.starts_with("sha256:")));
    }
    let mut stream = clinic.sign_in("sara").watch();
    clinic.server.signal("TERM");
    while stream.next().is_some() {}
    assert!(clinic.server.wait().success(), "an open stream does not hold up the stop");
}
