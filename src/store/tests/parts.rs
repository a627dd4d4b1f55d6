//! What bodies are put together of.

use super::*;

/// Writes a turn for each of `bodies` into a conversation of `store`.
async fn say(store: &Store, id: Uuid, bodies: &[Body]) {
    for (seq, body) in (2..).zip(bodies) {
        let frame = Frame { body: body.clone(), ..frame(seq, Some(&seq.to_string())) };
        let turn = Turn {
            conversation: id,
            text: Masked::new("سؤال"),
            received_ms: 4,
            received: std::time::Instant::now(),
            frame,
            context: "{}".into(),
        };
        store.write(Write::Turn(Box::new(turn))).await.expect("written");
    }
}

fn object(body: &Body) -> String {
    let mut json = String::from("{");
    body.fields_onto(&mut json);
    assert!(json.len() <= body.size() + 2, "{json}");
    json + "}"
}

fn composed(main: &str, disclaimers: &[&str]) -> Body {
    let disclaimers = disclaimers.iter().map(|json| Part::new(*json)).collect();
    Body::Shared { main: Part::new(main), disclaimers }
}

#[tokio::test]
async fn bodies_come_back_as_they_were_put_together() {
    let (folder, store) = store().await;
    let id = Uuid::now_v7();
    store.write(opening(id, 1)).await.expect("written");
    let (a, b, c) = (r#"{"text":"«أ»"}"#, r#"{"code":"ب"}"#, r#"{"code":"c"}"#);
    let bodies = [
        (composed(a, &[b, c]), r#"{"text":"«أ»","disclaimers":[{"code":"ب"},{"code":"c"}]}"#),
        (composed(a, &[c, b]), r#"{"text":"«أ»","disclaimers":[{"code":"c"},{"code":"ب"}]}"#),
        (composed(a, &[b, b]), r#"{"text":"«أ»","disclaimers":[{"code":"ب"},{"code":"ب"}]}"#),
        (composed(a, &[]), a),
        (composed(c, &[c]), r#"{"code":"c","disclaimers":[{"code":"c"}]}"#),
        (Body::Own(b.into()), b),
    ];
    say(&store, id, &bodies.clone().map(|(body, _)| body)).await;
    let connection = rusqlite::Connection::open(folder.path().join("mujib.db")).expect("opens");
    let again = store.frames_after(id, 1, 100).await.expect("read");
    let seen = transcripts::frames(&connection, id, 1, 100).expect("read");
    assert_eq!((again.len(), seen.len()), (bodies.len(), bodies.len()));
    for (((body, expected), again), seen) in bodies.iter().zip(&again).zip(&seen) {
        assert_eq!(object(body), *expected);
        assert_eq!((again.body.as_str(), seen.frame.body.as_str()), (*expected, *expected));
    }
    let parts: i64 =
        connection.query_row("SELECT count(*) FROM part", [], |row| row.get(0)).expect("counted");
    assert_eq!(parts, 4, "the greeting's and three");
}

#[tokio::test]
async fn what_a_frame_lists_is_needed() {
    let (folder, store) = store().await;
    let id = Uuid::now_v7();
    store.write(opening(id, 1)).await.expect("written");
    say(&store, id, &[composed(r#"{"a":1}"#, &[r#"{"b":1}"#, r#"{"c":1}"#])]).await;
    store.close().await;
    drop(store);
    let store = Store::open(folder.path(), Synchronous::Normal).await.expect("opens");
    assert!(store.orphans(i64::MAX).await.expect("read").is_empty());
    store.write(Write::Forget(id)).await.expect("written");
    let orphans = store.orphans(i64::MAX).await.expect("read");
    assert_eq!(orphans.len(), 4);
    store.write(Write::Prune(orphans)).await.expect("written");
    assert!(store.orphans(i64::MAX).await.expect("read").is_empty());
    // What was erased is stored anew where it is needed again.
    let id = Uuid::now_v7();
    store.write(opening(id, 1)).await.expect("written");
    say(&store, id, &[composed(r#"{"c":1}"#, &[r#"{"a":1}"#])]).await;
    let again = store.frames_after(id, 1, 9).await.expect("read");
    let again: Vec<&str> = again.iter().map(|frame| frame.body.as_str()).collect();
    assert_eq!(again, [r#"{"c":1,"disclaimers":[{"a":1}]}"#]);
}

#[tokio::test]
async fn bodies_of_an_older_database_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mujib.db");
    let older = MIGRATIONS.iter().filter(|migration| migration.version < 6).cloned().collect();
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    sqlx::migrate::Migrator::with_migrations(older).run(&mut connection).await.expect("migrates");
    connection.close().await.expect("closes");
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection
        .execute_batch(
            "INSERT INTO conversation (id, token, created_ms) VALUES (zeroblob(16), zeroblob(32), 1);
             INSERT INTO body (key, json, stored_ms) VALUES (x'02', '{\"b\":2}', 1), (x'01', '{\"a\":1}', 2);
             INSERT INTO frame (conversation, seq, id, kind, sent_ms, body, own) VALUES
                 (zeroblob(16), 1, zeroblob(16), 'reply', 1, x'01', NULL),
                 (zeroblob(16), 2, zeroblob(16), 'message', 2, NULL, '{\"c\":3}'),
                 (zeroblob(16), 3, zeroblob(16), 'reply', 3, x'02', NULL),
                 (zeroblob(16), 4, zeroblob(16), 'reply', 4, x'01', NULL);",
        )
        .expect("written");
    drop(connection);
    let store = Store::open(folder.path(), Synchronous::Normal).await.expect("opens");
    let frames = store.frames_after(Uuid::nil(), 0, 9).await.expect("read");
    let bodies: Vec<&str> = frames.iter().map(|frame| frame.body.as_str()).collect();
    assert_eq!(bodies, [r#"{"a":1}"#, r#"{"c":3}"#, r#"{"b":2}"#, r#"{"a":1}"#]);
}
