//! The one thread that writes. It takes whatever waits in the queue and commits it together.
//!
//! A thread of its own, because SQLite blocks: a batch is one visit to the database, and what waits meanwhile is the
//! next batch. Whoever waits for a commit is told from here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::checkpoint::{self, Checkpoints};
use super::news::{News, Outlet};
use super::queue::{Queue, Taken};
use super::record::{Body, Feedback, Frame, Handoff, Key, Opening, Part, Turn, Word, Work, Write};
use super::takeover;
use super::{Done, Job, WriteError};

/// Writes of one transaction at most.
const BATCH: usize = 128;

/// Parts that are known to be stored, at most (24 bytes each, and the map's own room).
const KNOWN_PARTS: usize = 65_536;

/// How soon after an erasure the log that still holds the old pages is emptied. Erasures of the same
/// second share one.
const EMPTY_LOG_AFTER: Duration = Duration::from_secs(1);

const INSERT_FRAME: &str = "INSERT INTO frame (conversation, seq, id, kind, in_reply_to, sent_ms, part, \
                            disclaimers, own, confidence, text, received_ms, context, took_us) \
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

pub(super) struct Writer {
    connection: Connection,
    checkpoints: Checkpoints,
    news: Outlet,
    /// Parts that are certainly in the table, and their ids there. Only grows, so a pruned one is never among them.
    known: FxHashMap<Key, i64>,
    /// What joins `known` once the transaction under way is committed.
    kept: Vec<(Key, i64)>,
    /// Whether something was erased since the log was emptied.
    erased: bool,
}

/// Ends the queue, so that nobody waits for a writer that is gone.
struct Ending<'a>(&'a Queue);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Writer {
    pub(super) fn new(connection: Connection, checkpoints: Checkpoints, news: Outlet) -> Self {
        Self { connection, checkpoints, news, known: FxHashMap::default(), kept: Vec::new(), erased: false }
    }

    /// Writes until [`Write::Close`] or until the store is dropped. The connection is closed before whoever asked
    /// for the close is told.
    pub(super) fn run(mut self, queue: &Queue) {
        // Also if a panic ends the writer.
        let ending = Ending(queue);
        let mut jobs = Vec::with_capacity(BATCH);
        let mut closing = None;
        while closing.is_none() {
            let patience = self.erased.then_some(EMPTY_LOG_AFTER);
            match queue.take(&mut jobs, BATCH, patience) {
                Taken::Some(taken) => {
                    closing = self.commit(&mut jobs);
                    self.checkpoints.written(taken, &self.connection);
                }
                Taken::None => self.wipe_log(),
                Taken::End => break,
            }
        }
        drop(ending);
        self.checkpoints.end();
        self.wipe_log();
        if let Err((_, error)) = self.connection.close() {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        if let Some(done) = closing {
            done(Ok(()));
        }
    }

    /// Commits all of `jobs` in order; gives back whom to tell of the end if one of them was a close.
    fn commit(&mut self, jobs: &mut Vec<Job>) -> Option<Done> {
        // Turns and whom to tell, in step.
        let mut turns: Vec<Turn> = Vec::with_capacity(jobs.len());
        let mut told: Vec<Done> = Vec::with_capacity(jobs.len());
        for Job { write, done } in jobs.drain(..) {
            if let Write::Turn(turn) = write {
                turns.push(*turn);
                told.push(done);
                continue;
            }
            self.turns(&mut turns, &mut told);
            if matches!(write, Write::Close) {
                return Some(done);
            }
            let news = news_of(&write);
            let result = self.single(write);
            let result = self.outcome(result);
            done(result);
            if let Some(news) = news.filter(|_| result.is_ok()) {
                self.news.tell(vec![news]);
            }
        }
        self.turns(&mut turns, &mut told);
        None
    }

    /// Commits `turns` together. If that fails, one by one, so that one that cannot be written, such as
    /// one of a conversation that was just erased, does not take the others with it.
    fn turns(&mut self, turns: &mut Vec<Turn>, told: &mut Vec<Done>) {
        if turns.is_empty() {
            return;
        }
        let result = self.batch(turns);
        let result = self.outcome(result);
        if result.is_ok() || turns.len() == 1 {
            told.drain(..).for_each(|done| done(result));
            if result.is_ok() {
                self.news.tell(turns.iter().map(news_of_turn).collect());
            }
            turns.clear();
            return;
        }
        for (turn, done) in turns.drain(..).zip(told.drain(..)) {
            let result = self.batch(std::slice::from_ref(&turn));
            let result = self.outcome(result);
            done(result);
            if result.is_ok() {
                self.news.tell(vec![news_of_turn(&turn)]);
            }
        }
    }

    /// Logs a failure once; its transaction was taken back. What a success stored is known from now on.
    fn outcome(&mut self, result: rusqlite::Result<()>) -> Result<(), WriteError> {
        let kept = std::mem::take(&mut self.kept);
        match result {
            Ok(()) => {
                let room = KNOWN_PARTS.saturating_sub(self.known.len());
                self.known.extend(kept.into_iter().take(room));
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "the database refused a write");
                Err(WriteError::Refused)
            }
        }
    }

    fn batch(&mut self, turns: &[Turn]) -> rusqlite::Result<()> {
        self.transaction(|transaction| turns.iter().try_for_each(|turn| transaction.turn(turn)))
    }

    /// Runs `work` in one transaction, which is rolled back if it fails.
    fn transaction(
        &mut self,
        work: impl FnOnce(&mut Open<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let connection = &self.connection;
        // Prepared once: to parse these two takes as long as to write a turn.
        let run = |statement| connection.prepare_cached(statement)?.execute([]).map(drop);
        run("BEGIN IMMEDIATE")?;
        let done = work(&mut Open { connection, known: &self.known, kept: &mut self.kept })
            .and_then(|()| run("COMMIT"));
        // Some errors have taken the transaction back already. What failed first is what the caller hears of.
        if done.is_err()
            && !connection.is_autocommit()
            && let Err(error) = run("ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be taken back");
        }
        done
    }

    fn single(&mut self, write: Write) -> rusqlite::Result<()> {
        match write {
            Write::Open(opening) => self.transaction(|t| t.opening(&opening)),
            Write::Handoff(handoff) => self.transaction(|t| t.handoff(&handoff)),
            Write::Feedback(feedback) => self.transaction(|t| t.feedback(*feedback)),
            Write::Heard(heard) => self.transaction(|t| takeover::heard(t.connection, &heard)),
            Write::Word(word) => self.transaction(|t| t.word(&word)),
            Write::Forget(id) => self.erase(&[id], i64::MAX),
            Write::Expire(ids, cutoff_ms) => self.erase(&ids, cutoff_ms),
            Write::Prune(keys) => self.prune(&keys),
            Write::Pulse(now_ms) => self
                .connection
                .prepare_cached("UPDATE pulse SET written_ms = ?")?
                .execute(params![now_ms])
                .map(drop),
            Write::Work(work) => self.work(work),
            // Turns and closes are taken out before; a barrier is nothing but its place in the queue.
            Write::Barrier | Write::Turn(_) | Write::Close => Ok(()),
        }
    }

    /// Runs what the console writes. A panic in it takes only itself back.
    fn work(&mut self, Work(run): Work) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let keep = catch_unwind(AssertUnwindSafe(|| run(&transaction)));
        if keep.is_err() {
            tracing::error!("a write of the console panicked");
        }
        if keep.unwrap_or(false) {
            transaction.commit()?;
        }
        Ok(())
    }

    /// Erases those of `ids` that have not changed since `cutoff_ms`; what hangs on them goes with them.
    fn erase(&mut self, ids: &[Uuid], cutoff_ms: i64) -> rusqlite::Result<()> {
        self.erased = true;
        self.transaction(|t| ids.iter().try_for_each(|id| t.erase(id, cutoff_ms)))
    }

    /// Erases the parts of `keys`, except those written or needed since this process began. If there
    /// were too many to remember, none: whether one is needed is then not known.
    fn prune(&mut self, keys: &[Vec<u8>]) -> rusqlite::Result<()> {
        if self.known.len() >= KNOWN_PARTS {
            return Ok(());
        }
        self.transaction(|t| {
            let unneeded = keys.iter().filter(|key| {
                let key = Key::try_from(key.as_slice());
                key.is_ok_and(|key| !t.known.contains_key(&key))
            });
            let mut delete = t.connection.prepare_cached("DELETE FROM part WHERE key = ?")?;
            unneeded.map(|key| delete.execute([key])).try_for_each(|deleted| deleted.map(drop))
        })
    }

    /// Empties the log after an erasure. A reader or a checkpoint in the way is waited for, then tried again later.
    fn wipe_log(&mut self) {
        match checkpoint::empty_log(&self.connection) {
            Ok(true) => self.erased = false,
            Ok(false) => tracing::debug!("the log is in use; it will be emptied later"),
            Err(error) => tracing::warn!(%error, "the log could not be emptied; will try again"),
        }
    }
}

fn news_of_turn(turn: &Turn) -> News {
    News::Turn { conversation: turn.conversation, seq: turn.frame.seq }
}

/// What the commit of `write`, which is no turn, means to the console.
fn news_of(write: &Write) -> Option<News> {
    match write {
        Write::Heard(heard) => Some(News::Heard { conversation: heard.conversation, number: heard.number }),
        Write::Handoff(handoff) => Some(News::Handoff { conversation: handoff.conversation }),
        Write::Feedback(feedback) => {
            Some(News::Feedback { conversation: feedback.conversation, reply: feedback.reply })
        }
        _ => None,
    }
}

/// A transaction under way. Every statement in it is prepared once a connection.
struct Open<'a> {
    connection: &'a Connection,
    known: &'a FxHashMap<Key, i64>,
    kept: &'a mut Vec<(Key, i64)>,
}

impl Open<'_> {
    fn turn(&mut self, turn: &Turn) -> rusqlite::Result<()> {
        let said = Said {
            text: turn.text.text(),
            received_ms: turn.received_ms,
            context: &turn.context,
            took_us: i64::try_from(turn.received.elapsed().as_micros()).ok(),
        };
        self.frame(&turn.conversation, &turn.frame, Some(&said))
    }

    /// A frame; with what the patient said if it answers a message.
    fn frame(&mut self, conversation: &Uuid, frame: &Frame, said: Option<&Said<'_>>) -> rusqlite::Result<()> {
        let (part, disclaimers, own) = match &frame.body {
            Body::Shared { main, disclaimers } => {
                (Some(self.keep(main, frame.sent_ms)?), self.keep_all(disclaimers, frame.sent_ms)?, None)
            }
            Body::Own(json) => (None, None, Some(json.as_ref())),
        };
        self.connection
            .prepare_cached(INSERT_FRAME)?
            .execute(params![
                conversation.as_bytes(),
                frame.seq,
                frame.id.as_bytes(),
                frame.kind.name(),
                frame.in_reply_to,
                frame.sent_ms,
                part,
                disclaimers,
                own,
                frame.confidence,
                said.map(|said| said.text),
                said.map(|said| said.received_ms),
                said.map(|said| said.context),
                said.and_then(|said| said.took_us),
            ])
            .map(drop)
    }

    /// The id of `part`, which is stored if it is not yet.
    fn keep(&mut self, part: &Part, stored_ms: i64) -> rusqlite::Result<i64> {
        if let Some(id) = self.known.get(&part.key) {
            return Ok(*id);
        }
        let mut stored = self.connection.prepare_cached("SELECT id FROM part WHERE key = ?")?;
        let id = match stored.query_row([part.key], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => self
                .connection
                .prepare_cached("INSERT INTO part (key, json, stored_ms) VALUES (?, ?, ?)")?
                .insert(params![part.key, part.json, stored_ms])?,
        };
        self.kept.push((part.key, id));
        Ok(id)
    }

    /// The ids of `parts` as a JSON array; `None` for no parts.
    fn keep_all(&mut self, parts: &[Part], stored_ms: i64) -> rusqlite::Result<Option<String>> {
        let mut ids = String::new();
        for part in parts {
            ids.push(if ids.is_empty() { '[' } else { ',' });
            ids.push_str(&self.keep(part, stored_ms)?.to_string());
        }
        Ok((!parts.is_empty()).then(|| ids + "]"))
    }

    fn opening(&mut self, opening: &Opening) -> rusqlite::Result<()> {
        let Opening { id, token, channel, locale, created_ms, greeting } = opening;
        self.connection
            .prepare_cached(
                "INSERT INTO conversation (id, token, channel, locale, created_ms) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![id.as_bytes(), token, channel, locale, created_ms])?;
        greeting.iter().try_for_each(|frame| self.frame(id, frame, None))
    }

    fn handoff(&mut self, handoff: &Handoff) -> rusqlite::Result<()> {
        let Handoff { conversation, contact, frame } = handoff;
        self.frame(conversation, frame, None)?;
        self.connection
            .prepare_cached("INSERT INTO handoff (conversation, seq, contact, asked_ms) VALUES (?, ?, ?, ?)")?
            .execute(params![conversation.as_bytes(), frame.seq, contact, frame.sent_ms])
            .map(drop)
    }

    fn word(&mut self, word: &Word) -> rusqlite::Result<()> {
        self.frame(&word.conversation, &word.frame, None)?;
        takeover::step(self.connection, word)
    }

    fn feedback(&mut self, feedback: Feedback) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO feedback (conversation, reply, helpful, comment, given_ms) \
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                feedback.conversation.as_bytes(),
                feedback.reply.as_bytes(),
                feedback.helpful,
                feedback.comment.map(super::Masked::into_text),
                feedback.given_ms,
            ])
            .map(drop)
    }

    fn erase(&mut self, id: &Uuid, cutoff_ms: i64) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "DELETE FROM conversation WHERE id = ?1 AND created_ms < ?2 AND NOT EXISTS \
                 (SELECT 1 FROM frame f WHERE f.conversation = conversation.id AND f.sent_ms >= ?2) AND NOT EXISTS \
                 (SELECT 1 FROM heard h WHERE h.conversation = conversation.id AND h.received_ms >= ?2)",
            )?
            .execute(params![id.as_bytes(), cutoff_ms])
            .map(drop)
    }
}

/// What a patient said, beside the frame that answers it.
struct Said<'a> {
    text: &'a str,
    received_ms: i64,
    context: &'a str,
    took_us: Option<i64>,
}
