use rusqlite::{Connection, Transaction};
use uuid::Uuid;

use super::super::*;
use super::*;

/// A store with one conversation of `turns` turns and a greeting, and a connection beside it.
struct Room {
    folder: tempfile::TempDir,
    store: Store,
    id: Uuid,
    replies: Vec<Uuid>,
    connection: Connection,
}

fn frame(seq: i64, in_reply_to: Option<&str>) -> Frame {
    Frame {
        seq,
        id: Uuid::now_v7(),
        kind: FrameKind::Reply,
        in_reply_to: in_reply_to.map(Into::into),
        sent_ms: 10 * seq,
        confidence: Some(0.5),
        body: Body::shared(r#"{"outcome":"no_answer","lang":"ar","pair":null}"#),
    }
}

async fn room(turns: i64) -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), Synchronous::Normal).await.expect("opens");
    let id = Uuid::now_v7();
    let greeting = Some(frame(1, None));
    let opening =
        Opening { id, token: [1; 32], channel: Some("web".into()), locale: None, created_ms: 1, greeting };
    store.write(Write::Open(Box::new(opening))).await.expect("written");
    let mut replies = Vec::new();
    for seq in 2..2 + turns {
        let turn = Turn {
            conversation: id,
            text: Masked::new("كم السعر؟"),
            received_ms: 10 * seq - 1,
            received: std::time::Instant::now(),
            frame: frame(seq, Some(&seq.to_string())),
            context: "{}".into(),
        };
        replies.push(turn.frame.id);
        store.write(Write::Turn(Box::new(turn))).await.expect("written");
    }
    let connection = writing(&folder.path().join("mujib.db"), Synchronous::Normal).expect("opens");
    Room { folder, store, id, replies, connection }
}

impl Room {
    fn fact(&self, seq: i64, key: u8) -> TurnFact {
        let raw = turn(&self.connection, self.id, seq).expect("read").expect("there");
        assert_eq!((raw.text.as_str(), raw.at_ms, raw.confidence), ("كم السعر؟", 10 * seq - 1, 0.5));
        assert!(raw.took_us.is_some() && raw.body.contains("no_answer"));
        TurnFact {
            conversation: self.id,
            seq,
            at_ms: raw.at_ms,
            lang: "ar".into(),
            outcome: "no_answer".into(),
            pair: None,
            confidence: raw.confidence,
            took_us: raw.took_us,
            folded: "كم السعر".into(),
            groups: vec![("unanswered", [key; 16])],
        }
    }

    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> T {
        let transaction = self.connection.transaction().expect("begins");
        let result = work(&transaction).expect("written");
        transaction.commit().expect("committed");
        result
    }

    /// The only number that `sql` gives.
    fn number(&self, sql: &str) -> i64 {
        self.connection.query_row(sql, [], |row| row.get(0)).expect("a row")
    }
}

#[tokio::test]
async fn a_turn_is_counted_once() {
    let mut room = room(2).await;
    assert!(turn(&room.connection, room.id, 1).expect("read").is_none(), "a greeting answers nothing");
    for (seq, is_new) in [(2, true), (2, false), (3, true)] {
        let fact = room.fact(seq, 7);
        assert_eq!(room.write(|tx| record(tx, &fact)), is_new, "{seq}");
    }
    assert_eq!(room.number("SELECT turns FROM conversation_fact WHERE no_answer = 2 AND last_ms = 29"), 2);
    assert_eq!(room.number("SELECT count FROM inbox_group WHERE first_ms = 19 AND last_ms = 29"), 2);
    assert_eq!(room.number("SELECT count(*) FROM turn_words WHERE folded = 'كم السعر'"), 2);
    let stranger = TurnFact { conversation: Uuid::now_v7(), ..room.fact(2, 7) };
    assert!(!room.write(|tx| record(tx, &stranger)), "erased meanwhile");
}

#[tokio::test]
async fn a_group_that_was_done_is_new_again_and_an_ignored_one_stays() {
    for (state, then) in [("done", "new"), ("in_work", "in_work"), ("ignored", "ignored")] {
        let mut room = room(2).await;
        let (first, second) = (room.fact(2, 7), room.fact(3, 7));
        room.write(|tx| record(tx, &first));
        room.write(|tx| tx.execute("UPDATE inbox_group SET state = ?", [state]));
        room.write(|tx| record(tx, &second));
        let now: String =
            room.connection.query_row("SELECT state FROM inbox_group", [], |row| row.get(0)).expect("a row");
        assert_eq!(now, then, "{state}");
    }
}

#[tokio::test]
async fn a_thumb_down_joins_the_inbox_and_one_up_leaves_it() {
    let mut room = room(1).await;
    let fact = room.fact(2, 7);
    let (id, reply) = (room.id, room.replies[0]);
    let thumb = |helpful| {
        let feedback = Feedback { conversation: id, reply, helpful, comment: None, given_ms: 5 };
        Write::Feedback(Box::new(feedback))
    };
    room.store.write(thumb(false)).await.expect("written");
    assert_eq!(feedback(&room.connection, id, reply).expect("read"), None, "its turn is not gathered yet");
    room.write(|tx| record(tx, &fact));
    assert_eq!(feedback(&room.connection, id, reply).expect("read"), Some((2, false)));
    for (helpful, changes, disliked) in
        [(false, true, 1), (false, false, 1), (true, true, 0), (false, true, 1)]
    {
        assert_eq!(room.write(|tx| judge(tx, id, 2, helpful, &[9; 16])), changes);
        assert_eq!(room.number("SELECT count(*) FROM inbox_group WHERE kind = 'disliked'"), disliked);
        assert_eq!(room.number("SELECT down FROM conversation_fact"), disliked);
    }
}

#[tokio::test]
async fn what_was_missed_is_found_once() {
    let mut room = room(5).await;
    let from_start = missed::gathered_through(&room.connection).expect("read");
    let (found, next) =
        missed::turns(&room.connection, from_start, missed::Position::default(), 3).expect("read");
    assert_eq!(found.len(), 3);
    let (rest, end) = missed::turns(&room.connection, from_start, next.expect("more"), 3).expect("read");
    assert_eq!((rest.len(), end), (2, None));
    let fact = room.fact(3, 7);
    room.write(|tx| record(tx, &fact));
    let (left, _) =
        missed::turns(&room.connection, from_start, missed::Position::default(), 9).expect("read");
    assert_eq!(left.len(), 4, "what is gathered is not found again");
    room.write(|tx| missed::set_gathered_through(tx, 10_000_000));
    let since = missed::gathered_through(&room.connection).expect("read");
    let (old, _) = missed::turns(&room.connection, since, missed::Position::default(), 9).expect("read");
    assert!(old.is_empty(), "long before the mark");
}

#[tokio::test]
async fn news_come_after_their_commit() {
    let room = room(3).await;
    let mut inlet = room.store.news().expect("not taken yet");
    assert!(room.store.news().is_none());
    room.store.write(Write::Barrier).await.expect("written");
    let mut news = Vec::new();
    while news.len() < 3 {
        assert!(inlet.next(&mut news, 100).await);
    }
    let turns = (2..5).map(|seq| News::Turn { conversation: room.id, seq });
    assert_eq!(news, turns.collect::<Vec<_>>());
    assert!(!inlet.has_missed());
}

#[tokio::test]
async fn everything_goes_with_the_conversation() {
    let mut room = room(2).await;
    let facts = [room.fact(2, 7), room.fact(3, 8)];
    for fact in &facts {
        room.write(|tx| record(tx, fact));
    }
    room.write(|tx| judge(tx, facts[0].conversation, 2, false, &[7; 16]));
    room.store.write(Write::Forget(room.id)).await.expect("written");
    for table in
        ["turn_fact", "turn_words", "conversation_fact", "inbox_member", "inbox_group", "heard", "takeover"]
    {
        assert_eq!(room.number(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert!(room.folder.path().join("mujib.db").exists());
}

#[tokio::test]
async fn a_group_keeps_what_others_said() {
    let mut room = room(1).await;
    let other = self::room(1).await;
    let fact = room.fact(2, 7);
    room.write(|tx| record(tx, &fact));
    let opening =
        Opening { id: other.id, token: [1; 32], channel: None, locale: None, created_ms: 1, greeting: None };
    room.store.write(Write::Open(Box::new(opening))).await.expect("written");
    let later = TurnFact { conversation: other.id, at_ms: 500, ..fact };
    room.write(|tx| record(tx, &later));
    assert_eq!(room.number("SELECT last_ms FROM inbox_group WHERE count = 2"), 500);
    room.store.write(Write::Forget(other.id)).await.expect("written");
    assert_eq!(room.number("SELECT last_ms FROM inbox_group WHERE count = 1"), 19);
}
