//! The one task that writes. It takes whatever waits in the queue and commits it together.
//!
//! Turns, the bulk of all writes, go in as one statement a batch, which is its own transaction: of 1, 2, 4 …
//! 128 rows, each prepared once; rows left over are NULL and skipped. On two cores this is what keeps the store
//! from being the slowest part of an answer: every further statement of a batch wakes two threads.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, SqliteConnection};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::record::{Body, Frame, Handoff, Opening, Turn, Write};
use super::{Done, Job, WriteError, hang_up};

/// Turns of one transaction at most: a power of two.
const BATCH: usize = 128;

/// Bodies that are known to be stored, at most (16 bytes each, and the set's own room).
const KNOWN_BODIES: usize = 65_536;

/// How soon after an erasure the log that still holds the old pages is emptied. Erasures of the same
/// second share one.
const EMPTY_LOG_AFTER: Duration = Duration::from_secs(1);

/// Empties the write-ahead log into the database and cuts it to nothing.
pub(super) async fn empty_log(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(connection).await.map(drop)
}

pub(super) struct Writer {
    connection: SqliteConnection,
    /// Keys of bodies that are certainly in the table. Only grows, so a pruned body is never among them.
    known: HashSet<Arc<[u8]>>,
    /// The statement of a batch of 1, 2, 4 … turns.
    batches: Vec<Arc<str>>,
    /// Whether something was erased since the log was emptied.
    erased: bool,
}

impl Writer {
    pub(super) fn new(connection: SqliteConnection) -> Self {
        let sizes = (0..=BATCH.trailing_zeros()).map(|power| 1_usize << power);
        let batches = sizes.map(|rows| batch_statement(rows).into()).collect();
        Self { connection, known: HashSet::new(), batches, erased: false }
    }

    /// Writes until [`Write::Close`] or until the store is dropped.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        let mut closing = None;
        while closing.is_none() {
            let waiting = queue.recv_many(&mut jobs, BATCH);
            let taken = if self.erased {
                // Nothing is lost when the time is up: recv_many takes jobs only when it returns.
                match tokio::time::timeout(EMPTY_LOG_AFTER, waiting).await {
                    Ok(taken) => taken,
                    Err(_) => {
                        self.wipe_log().await;
                        continue;
                    }
                }
            } else {
                waiting.await
            };
            if taken == 0 {
                break;
            }
            // Messages that are being answered right now share this commit: whoever is ready to run goes first.
            tokio::task::yield_now().await;
            while jobs.len() < BATCH
                && let Ok(job) = queue.try_recv()
            {
                jobs.push(job);
            }
            closing = self.commit(&mut jobs).await;
        }
        // Jobs that came after the close are dropped, and with them the word to whoever waits.
        queue.close();
        self.wipe_log().await;
        hang_up(self.connection).await;
        if let Some(done) = closing {
            done(Ok(()));
        }
    }

    /// Commits all of `jobs` in order; gives back whom to tell of the end if one of them was a close.
    async fn commit(&mut self, jobs: &mut Vec<Job>) -> Option<Done> {
        // Turns and whom to tell, in step.
        let mut turns: Vec<Turn> = Vec::with_capacity(jobs.len());
        let mut told: Vec<Done> = Vec::with_capacity(jobs.len());
        for Job { write, done } in jobs.drain(..) {
            if let Write::Turn(turn) = write {
                turns.push(*turn);
                told.push(done);
                continue;
            }
            self.turns(&mut turns, &mut told).await;
            if matches!(write, Write::Close) {
                return Some(done);
            }
            let result = self.single(write).await;
            done(self.outcome(result).await);
        }
        self.turns(&mut turns, &mut told).await;
        None
    }

    /// Commits `turns` together. If that fails, one by one, so that one that cannot be written, such as
    /// one of a conversation that was just erased, does not take the others with it.
    async fn turns(&mut self, turns: &mut Vec<Turn>, told: &mut Vec<Done>) {
        if turns.is_empty() {
            return;
        }
        let result = self.batch(turns).await;
        let result = self.outcome(result).await;
        if result.is_ok() || turns.len() == 1 {
            turns.clear();
            told.drain(..).for_each(|done| done(result));
            return;
        }
        for (turn, done) in turns.drain(..).zip(told.drain(..)) {
            let result = self.batch(std::slice::from_ref(&turn)).await;
            done(self.outcome(result).await);
        }
    }

    /// Logs a failure once and ends the transaction it may have left open.
    async fn outcome(&mut self, result: Result<(), sqlx::Error>) -> Result<(), WriteError> {
        let Err(error) = result else { return Ok(()) };
        tracing::error!(%error, "the database refused a write");
        // Fails when no transaction is open, which is as good.
        let _none = sqlx::query("ROLLBACK").execute(&mut self.connection).await;
        Err(WriteError::Refused)
    }

    async fn batch(&mut self, turns: &[Turn]) -> Result<(), sqlx::Error> {
        for turn in turns {
            self.keep_body(&turn.frame).await?;
        }
        let power = turns.len().next_power_of_two().trailing_zeros() as usize;
        let Some(sql) = self.batches.get(power) else {
            return Err(sqlx::Error::Protocol("more turns than a batch holds".into()));
        };
        let arguments = batch_arguments(turns, 1 << power)?;
        sqlx::query_with(AssertSqlSafe(Arc::clone(sql)), arguments).execute(&mut self.connection).await?;
        Ok(())
    }

    /// Stores the frame's body if it is one that many share and is not stored yet. In a transaction of its
    /// own: a body without a frame does no harm and is pruned.
    async fn keep_body(&mut self, frame: &Frame) -> Result<(), sqlx::Error> {
        let Body::Shared(key, json) = &frame.body else { return Ok(()) };
        if self.known.contains(key) {
            return Ok(());
        }
        sqlx::query("INSERT OR IGNORE INTO body (key, json, stored_ms) VALUES (?, ?, ?)")
            .bind(key.as_ref())
            .bind(Arc::clone(json))
            .bind(frame.sent_ms)
            .execute(&mut self.connection)
            .await?;
        if self.known.len() < KNOWN_BODIES {
            self.known.insert(Arc::clone(key));
        }
        Ok(())
    }

    async fn single(&mut self, write: Write) -> Result<(), sqlx::Error> {
        match write {
            Write::Open(opening) => self.open(*opening).await,
            Write::Handoff(handoff) => self.handoff(*handoff).await,
            Write::Feedback(feedback) => sqlx::query(
                "INSERT OR REPLACE INTO feedback (conversation, reply, helpful, comment, given_ms) \
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(feedback.conversation.as_bytes().as_slice())
            .bind(feedback.reply.as_bytes().as_slice())
            .bind(feedback.helpful)
            .bind(feedback.comment.map(super::Masked::into_text))
            .bind(feedback.given_ms)
            .execute(&mut self.connection)
            .await
            .map(drop),
            Write::Forget(id) => self.erase(&[id], i64::MAX).await,
            Write::Expire(ids, cutoff_ms) => self.erase(&ids, cutoff_ms).await,
            Write::Prune(keys) => self.prune(&keys).await,
            Write::Pulse(now_ms) => sqlx::query("UPDATE pulse SET written_ms = ?")
                .bind(now_ms)
                .execute(&mut self.connection)
                .await
                .map(drop),
            // Turns and closes are taken out before; a barrier is nothing but its place in the queue.
            Write::Barrier | Write::Turn(_) | Write::Close => Ok(()),
        }
    }

    async fn open(&mut self, opening: Opening) -> Result<(), sqlx::Error> {
        if let Some(frame) = &opening.greeting {
            self.keep_body(frame).await?;
        }
        let mut arguments = Bound::new();
        arguments
            .blob(&opening.id)?
            .add(opening.token.as_slice())?
            .add(opening.channel)?
            .add(opening.locale)?
            .add(opening.created_ms)?;
        frame_arguments(&mut arguments, &opening.id, opening.greeting.as_ref())?;
        let sql = "BEGIN IMMEDIATE; \
            INSERT INTO conversation (id, token, channel, locale, created_ms) VALUES (?, ?, ?, ?, ?); \
            INSERT INTO frame (conversation, seq, id, kind, in_reply_to, sent_ms, body, own, confidence) \
                SELECT * FROM (VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)) WHERE column1 IS NOT NULL; \
            COMMIT";
        sqlx::query_with(sql, arguments.0).execute(&mut self.connection).await.map(drop)
    }

    async fn handoff(&mut self, handoff: Handoff) -> Result<(), sqlx::Error> {
        let Handoff { conversation, contact, frame } = handoff;
        let mut arguments = Bound::new();
        frame_arguments(&mut arguments, &conversation, Some(&frame))?;
        arguments.blob(&conversation)?.add(frame.seq)?.add(contact)?.add(frame.sent_ms)?;
        let sql = "BEGIN IMMEDIATE; \
            INSERT INTO frame (conversation, seq, id, kind, in_reply_to, sent_ms, body, own, confidence) \
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?); \
            INSERT INTO handoff (conversation, seq, contact, asked_ms) VALUES (?, ?, ?, ?); \
            COMMIT";
        sqlx::query_with(sql, arguments.0).execute(&mut self.connection).await.map(drop)
    }

    /// Erases those of `ids` that have not changed since `cutoff_ms`; what hangs on them goes with them.
    async fn erase(&mut self, ids: &[Uuid], cutoff_ms: i64) -> Result<(), sqlx::Error> {
        self.erased = true;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut self.connection).await?;
        for id in ids {
            let sql = "DELETE FROM conversation WHERE id = ? AND created_ms < ? AND NOT EXISTS \
                       (SELECT 1 FROM frame f WHERE f.conversation = conversation.id AND f.sent_ms >= ?)";
            sqlx::query(sql)
                .bind(id.as_bytes().as_slice())
                .bind(cutoff_ms)
                .bind(cutoff_ms)
                .execute(&mut self.connection)
                .await?;
        }
        sqlx::query("COMMIT").execute(&mut self.connection).await.map(drop)
    }

    /// Erases the bodies of `keys`, except those written or needed since this process began. If there
    /// were too many to remember, none: whether one is needed is then not known.
    async fn prune(&mut self, keys: &[Vec<u8>]) -> Result<(), sqlx::Error> {
        if self.known.len() >= KNOWN_BODIES {
            return Ok(());
        }
        for key in keys.iter().filter(|key| !self.known.contains(key.as_slice())) {
            sqlx::query("DELETE FROM body WHERE key = ?")
                .bind(key.as_slice())
                .execute(&mut self.connection)
                .await?;
        }
        Ok(())
    }

    /// Empties the log after an erasure. A reader in the way is waited for, then tried again later.
    async fn wipe_log(&mut self) {
        match empty_log(&mut self.connection).await {
            Ok(()) => self.erased = false,
            Err(error) => tracing::warn!(%error, "the log could not be emptied; will try again"),
        }
    }
}

/// The statement that commits up to `rows` turns.
fn batch_statement(rows: usize) -> String {
    let row = format!("({})", ["?"; FRAME_COLUMNS + 3].join(","));
    format!(
        "INSERT INTO frame (conversation, seq, id, kind, in_reply_to, sent_ms, body, own, confidence, text, \
         received_ms, context) SELECT * FROM (VALUES {}) WHERE column1 IS NOT NULL",
        vec![row; rows].join(",")
    )
}

/// The values of [`batch_statement`], in its order.
fn batch_arguments(turns: &[Turn], rows: usize) -> Result<SqliteArguments, sqlx::Error> {
    let mut arguments = Bound::new();
    for turn in turns {
        frame_arguments(&mut arguments, &turn.conversation, Some(&turn.frame))?;
        arguments.add(turn.text.clone().into_text())?.add(turn.received_ms)?.add(turn.context.as_str())?;
    }
    arguments.nulls((FRAME_COLUMNS + 3) * (rows - turns.len()))?;
    Ok(arguments.0)
}

/// Columns of every frame.
const FRAME_COLUMNS: usize = 9;

/// A frame's columns; all NULL for none.
fn frame_arguments(
    arguments: &mut Bound,
    conversation: &Uuid,
    frame: Option<&Frame>,
) -> Result<(), sqlx::Error> {
    let Some(frame) = frame else { return arguments.nulls(FRAME_COLUMNS).map(drop) };
    arguments
        .blob(conversation)?
        .add(frame.seq)?
        .blob(&frame.id)?
        .add(frame.kind.name())?
        .add(frame.in_reply_to.as_deref())?
        .add(frame.sent_ms)?;
    match &frame.body {
        Body::Shared(key, _) => arguments.add(key.as_ref())?.add(None::<&str>)?,
        Body::Own(json) => arguments.add(None::<&[u8]>)?.add(json.as_ref())?,
    };
    arguments.add(frame.confidence)?;
    Ok(())
}

/// Arguments of a statement, added one after another.
struct Bound(SqliteArguments);

impl Bound {
    fn new() -> Self {
        Self(SqliteArguments::default())
    }

    fn add<'t, T>(&mut self, value: T) -> Result<&mut Self, sqlx::Error>
    where
        T: sqlx::Encode<'t, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
    {
        self.0.add(value).map_err(sqlx::Error::Encode)?;
        Ok(self)
    }

    fn blob(&mut self, id: &Uuid) -> Result<&mut Self, sqlx::Error> {
        self.add(id.as_bytes().as_slice())
    }

    fn nulls(&mut self, count: usize) -> Result<&mut Self, sqlx::Error> {
        for _ in 0..count {
            self.add(None::<i64>)?;
        }
        Ok(self)
    }
}
