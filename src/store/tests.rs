mod parts;

use std::collections::HashSet;

use uuid::Uuid;

use super::*;

fn opening(id: Uuid, created_ms: i64) -> Write {
    Write::Open(Box::new(Opening {
        id,
        token: [7; 32],
        channel: Some("web".into()),
        locale: Some("fa"),
        created_ms,
        greeting: Some(frame(1, None)),
    }))
}

fn frame(seq: i64, in_reply_to: Option<&str>) -> Frame {
    Frame {
        seq,
        id: Uuid::now_v7(),
        kind: FrameKind::Reply,
        in_reply_to: in_reply_to.map(Into::into),
        sent_ms: 5,
        confidence: Some(0.93),
        body: Body::shared(format!("{{\"n\":{}}}", seq % 2)),
    }
}

fn turn(conversation: Uuid, seq: i64, message: &str) -> Write {
    Write::Turn(Box::new(Turn {
        conversation,
        text: Masked::new("سؤال"),
        received_ms: 4,
        received: std::time::Instant::now(),
        frame: frame(seq, Some(message)),
        context: format!("{{\"seq\":{seq}}}"),
    }))
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), Synchronous::Normal).await.expect("opens");
    (folder, store)
}

#[tokio::test]
async fn keeps_turns_in_order_and_finds_them_by_the_clients_id() {
    let (_folder, store) = store().await;
    let id = Uuid::now_v7();
    store.write(opening(id, 1)).await.expect("written");
    // Queued without waiting, so that several share a transaction.
    let writes = (2..60).map(|seq| turn(id, seq, &format!("m{seq}")));
    let told = futures_util::future::join_all(writes.map(|write| store.write(write))).await;
    assert!(told.iter().all(Result::is_ok));

    let stored = store.conversation(id).await.expect("read").expect("there");
    assert_eq!((stored.last_seq, stored.context.as_str()), (59, "{\"seq\":59}"));
    assert_eq!(stored.messages.iter().collect::<HashSet<_>>().len(), 58);
    let seqs: Vec<i64> =
        store.frames_after(id, 50, 100).await.expect("read").iter().map(|frame| frame.seq).collect();
    assert_eq!(seqs, (51..60).collect::<Vec<_>>());
    let reply = store.reply_to(id, "m7").await.expect("read").expect("there");
    assert_eq!((reply.seq, reply.body.as_str()), (7, "{\"n\":1}"));
    assert!(store.reply_to(id, "other").await.expect("read").is_none());
    assert!(store.has_reply(id, reply.id).await.expect("read"));
}

#[tokio::test]
async fn one_bad_write_does_not_take_the_others_with_it() {
    let (_folder, store) = store().await;
    let (here, nowhere) = (Uuid::now_v7(), Uuid::now_v7());
    store.write(opening(here, 1)).await.expect("written");
    let (first, bad, twice, last) = tokio::join!(
        store.write(turn(here, 2, "a")),
        store.write(turn(nowhere, 2, "b")),
        store.write(turn(here, 2, "c")),
        store.write(turn(here, 3, "d")),
    );
    assert_eq!(
        (first, bad, twice, last),
        (Ok(()), Err(WriteError::Refused), Err(WriteError::Refused), Ok(()))
    );
}

#[tokio::test]
async fn forgets_everything_also_from_the_log() {
    let (folder, store) = store().await;
    let id = Uuid::now_v7();
    store.write(opening(id, 1)).await.expect("written");
    store
        .write(Write::Turn(Box::new(Turn {
            conversation: id,
            text: Masked::new("SECRET-WORDS"),
            received_ms: 4,
            received: std::time::Instant::now(),
            frame: frame(2, Some("m")),
            context: "{}".into(),
        })))
        .await
        .expect("written");
    store.write(Write::Forget(id)).await.expect("written");
    assert!(store.conversation(id).await.expect("read").is_none());
    assert!(store.frames_after(id, 0, 9).await.expect("read").is_empty());
    store.close().await;
    for entry in std::fs::read_dir(folder.path()).expect("listed") {
        let bytes = std::fs::read(entry.expect("entry").path()).expect("read");
        assert!(!bytes.windows(12).any(|window| window == b"SECRET-WORDS"));
    }
}

#[tokio::test]
async fn expires_what_has_not_changed_and_prunes_its_bodies() {
    let (folder, store) = store().await;
    let old = Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 1, 0));
    let young = Uuid::now_v7();
    store.write(opening(old, 1000)).await.expect("written");
    store.write(opening(young, 1000)).await.expect("written");
    store.write(turn(young, 2, "m")).await.expect("written");
    let due = store.expired(2000, 10).await.expect("read");
    assert_eq!(due, [old]);
    store.write(Write::Expire(due, 500)).await.expect("written");
    assert!(store.conversation(old).await.expect("read").is_some(), "changed since");
    store.write(Write::Expire(vec![old], 2000)).await.expect("written");
    assert!(store.conversation(old).await.expect("read").is_none());

    store.write(Write::Forget(young)).await.expect("written");
    let orphans = store.orphans(i64::MAX).await.expect("read");
    assert_eq!(orphans.len(), 2);
    store.write(Write::Prune(orphans)).await.expect("written");
    assert_eq!(store.orphans(i64::MAX).await.expect("read").len(), 2, "needed since the start: kept");
    store.close().await;
    drop(store);

    let store = Store::open(folder.path(), Synchronous::Normal).await.expect("opens");
    store.write(Write::Prune(store.orphans(i64::MAX).await.expect("read"))).await.expect("written");
    assert!(store.orphans(i64::MAX).await.expect("read").is_empty());
}

#[tokio::test]
async fn a_data_folder_has_one_server() {
    let (folder, store) = store().await;
    let second = Store::open(folder.path(), Synchronous::Full).await;
    assert!(matches!(second, Err(OpenError::InUse(_))), "{second:?}");
    store.close().await;
    assert_eq!(store.write(Write::Barrier).await, Err(WriteError::Closed));
}
