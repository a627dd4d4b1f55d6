//! One engine over the shipped knowledge for all tests of a file, and ways to talk to it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mujib::dialogue::{Context, Engine, EngineSettings, Message, Reply};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let index = tempfile::tempdir().unwrap();
    let settings = EngineSettings { country: Some("IR".into()) };
    match Engine::open(&knowledge_folder(), index.path(), &settings) {
        Ok(engine) => engine,
        Err(error) => panic!("{error}"),
    }
});

/// The engine.
pub fn engine() -> &'static Engine {
    &ENGINE
}

/// The shipped knowledge.
pub fn knowledge_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

/// The reply to the first message of a conversation.
pub fn ask(text: &str) -> Reply {
    engine().reply(&Context::default(), &Message::new(text))
}

/// The reply to the last of several messages.
pub fn converse(turns: &[&str]) -> Reply {
    let mut context = Context::default();
    let mut last = None;
    for turn in turns {
        let reply = engine().reply(&context, &Message::new(*turn));
        context = reply.context.clone();
        last = Some(reply);
    }
    last.expect("a conversation has a turn")
}

/// Copies the shipped knowledge, so that a test may break it.
pub fn copy_knowledge(to: &Path) {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().flatten() {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    copy(&knowledge_folder(), to);
}
