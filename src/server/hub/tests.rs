use std::path::Path;

use tokio::sync::{mpsc, oneshot};

use super::super::conversation::{Asked, Happening, Out, Peer, Sender, Staffer, StayError};
use super::*;
use crate::config::Synchronous;
use crate::dialogue::EngineSettings;
use crate::store::accounts;

struct Room {
    folder: tempfile::TempDir,
    store: Arc<Store>,
    hub: Hub,
    engine: Engine,
}

async fn room() -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(Store::open(folder.path(), Synchronous::Normal).await.expect("opens"));
    let knowledge = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let engine = Engine::open(&knowledge, &folder.path().join("index"), &EngineSettings::default());
    Room { folder, hub: Hub::new(Arc::clone(&store), 30), store, engine: engine.expect("opens") }
}

impl Room {
    async fn begin(&self) -> Arc<Conversation> {
        let opened = self.hub.begin(&self.engine, Wish::default());
        self.store.write(opened.write).await.expect("written");
        opened.conversation
    }

    fn ask(&self, conversation: &Arc<Conversation>, id: &str, sender: Sender) -> Result<Asked, Ended> {
        let ask =
            wire::Ask { id: id.into(), text: "كم جلسة؟".into(), conversation: None, locale: None };
        let place = self.store.place().expect("a place");
        conversation.ask(&self.engine, place, ask, self.hub.hash(id), None, sender)
    }
}

#[tokio::test]
async fn there_is_one_conversation_of_an_id() {
    let room = room().await;
    let begun = room.begin().await;
    let id = begun.id;
    let found = room.hub.find(id).await.expect("read").expect("there");
    assert!(Arc::ptr_eq(&begun, &found));
    drop((begun, found));
    assert!(room.hub.registry.map().is_empty(), "nobody is in it");
    let (one, two) = tokio::join!(room.hub.find(id), room.hub.find(id));
    let (one, two) = (one.expect("read").expect("there"), two.expect("read").expect("there"));
    assert!(Arc::ptr_eq(&one, &two));
    assert!(room.hub.find(Uuid::now_v7()).await.expect("read").is_none());
}

#[tokio::test]
async fn a_conversation_past_its_retention_is_unknown() {
    let room = room().await;
    let begun = room.begin().await;
    let id = begun.id;
    drop(begun);
    let mut hub = Hub::new(Arc::clone(&room.store), 30);
    assert!(hub.find(id).await.expect("read").is_some());
    *hub.retention_ms.get_mut() = -60_000;
    assert!(hub.find(id).await.expect("read").is_none(), "before anything has erased it");
    assert!(room.folder.path().join("mujib.db").exists());
}

#[tokio::test]
async fn a_failed_write_is_told_and_the_conversation_read_anew() {
    let room = room().await;
    let begun = room.begin().await;
    let (outbox, mut out) = mpsc::channel(4);
    let peer = Arc::new(Peer::new(1, outbox));
    begun.listen(&peer, None);
    // Behind its back the conversation is erased, so its next write is refused.
    room.store.write(Write::Expire(vec![begun.id], i64::MAX)).await.expect("written");
    assert_eq!(room.ask(&begun, "m1", Sender::Connection(1)), Ok(Asked::New));
    let told = out.recv().await.expect("told");
    assert!(matches!(told, Out::Failed { in_reply_to: Some(id) } if id == "m1"));
    assert_eq!(room.ask(&begun, "m2", Sender::Connection(1)), Err(Ended::Failed));
    assert!(room.hub.find(begun.id).await.expect("read").is_none());
}

#[tokio::test]
async fn a_message_under_way_is_not_answered_again() {
    let room = room().await;
    let begun = room.begin().await;
    let (told, tell) = oneshot::channel();
    assert_eq!(room.ask(&begun, "m1", Sender::Request(told)), Ok(Asked::New));
    let (unheard, _) = oneshot::channel();
    assert_eq!(room.ask(&begun, "m1", Sender::Request(unheard)), Ok(Asked::Again));
    let again = room.hub.again(&begun, "m1").await.expect("read").expect("there");
    let first = tell.await.expect("told").expect("committed");
    assert_eq!(again, first.as_str());
}

impl Room {
    async fn staffer(&self, login: &str, name: &str) -> Staffer {
        let account = accounts::Account {
            id: Uuid::now_v7(),
            login: login.into(),
            display_name: name.into(),
            role: accounts::Role::Editor,
            must_change: false,
            locale: "en".into(),
            theme: "auto".into(),
            disabled: false,
            created_ms: 1,
            seen_ms: None,
        };
        let id = account.id;
        let add = move |tx: &rusqlite::Transaction<'_>| {
            accounts::insert(tx, &account, "").map_err(|_| WriteError::Refused)
        };
        assert!(self.store.transact(add).await.expect("written"));
        Staffer { id, name: name.into() }
    }

    fn put(&self, conversation: &Arc<Conversation>, id: &str, text: &str) -> Result<Asked, Ended> {
        let ask = wire::Ask { id: id.into(), text: text.into(), conversation: None, locale: None };
        let place = self.store.place().expect("a place");
        conversation.ask(&self.engine, place, ask, self.hub.hash(id), None, Sender::Connection(1))
    }
}

async fn hears(out: &mut mpsc::Receiver<Out>) -> serde_json::Value {
    match out.recv().await {
        Some(Out::Frame { text, .. }) => serde_json::from_str(&text).expect("JSON"),
        other => panic!("no frame but {other:?}"),
    }
}

#[tokio::test]
async fn while_a_person_is_here_only_emergencies_are_answered() {
    let room = room().await;
    let begun = room.begin().await;
    let (outbox, mut out) = mpsc::channel(16);
    let peer = Arc::new(Peer::new(1, outbox));
    begun.listen(&peer, None);
    let mut watch = room.hub.watch();
    let (layla, sara) = (room.staffer("layla", "ليلى").await, room.staffer("sara", "Sara").await);
    let place = || room.store.place().expect("a place");

    assert_eq!(begun.say(place(), layla.id, "s1", "أهلًا").unwrap_err(), StayError::NotHere);
    let committed = begun.take(place(), layla.clone()).expect("taken").expect("new");
    committed.await.expect("told").expect("committed");
    assert!(begun.take(place(), layla.clone()).expect("taken").is_none(), "here already");
    assert_eq!(begun.take(place(), sara.clone()).unwrap_err(), StayError::Taken(layla.clone()));
    let taken = hears(&mut out).await;
    assert_eq!(
        (&taken["event"], &taken["name"], &taken["seq"]),
        (&"taken".into(), &"ليلى".into(), &1.into())
    );
    assert_eq!(watch.next().await, Some((begun.id, Happening::Taken)));

    assert_eq!(room.put(&begun, "m1", "كم عدد الجلسات؟"), Ok(Asked::Kept));
    let received = hears(&mut out).await;
    assert_eq!((&received["type"], &received["in_reply_to"]), (&"received".into(), &"m1".into()));
    assert_eq!(room.put(&begun, "m1", "كم عدد الجلسات؟"), Ok(Asked::Again));
    let again = room.hub.again(&begun, "m1").await.expect("read").expect("there");
    assert!(wire::is_received(&again));
    assert_eq!(room.put(&begun, "m2", "لا أستطيع التنفس"), Ok(Asked::New), "a red flag");
    let emergency = hears(&mut out).await;
    assert_eq!((&emergency["outcome"], &emergency["seq"]), (&"emergency".into(), &2.into()));

    for is_new in [true, false] {
        let said = begun.say(place(), layla.id, "s1", "أهلًا").expect("said");
        assert_eq!(said.is_some(), is_new);
    }
    let words = hears(&mut out).await;
    assert_eq!((&words["from"], &words["text"], &words["seq"]), (&"staff".into(), &"أهلًا".into(), &3.into()));
    assert_eq!(begun.say(place(), sara.id, "s2", "أهلًا").unwrap_err(), StayError::Taken(layla.clone()));
    begun.staff_types(layla.id).expect("here");
    assert_eq!(hears(&mut out).await["type"], "typing");

    // Another life of the same conversation knows all of it.
    room.store.write(Write::Barrier).await.expect("written");
    let id = begun.id;
    begun.leave(&peer);
    drop(begun);
    let found = room.hub.find(id).await.expect("read").expect("there");
    found.listen(&peer, None);
    assert_eq!(found.with(), Some(layla.clone()));
    assert!(found.say(place(), layla.id, "s1", "أهلًا").expect("said").is_none(), "said in an earlier life");
    assert_eq!(room.put(&found, "m1", "كم عدد الجلسات؟"), Ok(Asked::Again));
    assert_eq!(room.put(&found, "m3", "شكرا"), Ok(Asked::Kept));
    assert_eq!(hears(&mut out).await["in_reply_to"], "m3");

    let released = found.release(place(), Some(layla.id)).expect("released").expect("new");
    released.await.expect("told").expect("committed");
    assert_eq!(hears(&mut out).await["event"], "released");
    assert!(found.release(place(), None).expect("released").is_none(), "nobody is here");
    assert_eq!(room.put(&found, "m4", "كم عدد الجلسات؟"), Ok(Asked::New));
    let reply = hears(&mut out).await;
    assert_eq!((&reply["type"], &reply["seq"]), (&"reply".into(), &5.into()));
}
