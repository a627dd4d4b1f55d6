use std::path::Path;

use tokio::sync::{mpsc, oneshot};

use super::super::conversation::{Asked, Out, Peer, Sender};
use super::*;
use crate::config::Synchronous;
use crate::dialogue::EngineSettings;

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
    hub.retention_ms = -60_000;
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
