//! What is read back: resuming, messages sent twice, and what is due to be erased.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::{FrameKind, ReadError, Store, Stored, StoredFrame};

/// Columns of a frame with its body, of whatever it is put together.
const FRAME: &str = concat!(
    "SELECT f.seq, f.id, f.kind, f.in_reply_to, f.sent_ms, ",
    body!(),
    ", f.confidence FROM frame f LEFT JOIN part p ON p.id = f.part "
);

impl Store {
    /// The conversation, or `None` if it never was or is erased.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn conversation(&self, id: Uuid) -> Result<Option<Stored>, ReadError> {
        let row = sqlx::query(
            "SELECT c.token, c.locale, \
             coalesce((SELECT f.context FROM frame f WHERE f.conversation = c.id AND f.context IS NOT NULL \
                       ORDER BY f.seq DESC LIMIT 1), '{}'), \
             coalesce((SELECT max(f.seq) FROM frame f WHERE f.conversation = c.id), 0), \
             max(c.created_ms, coalesce((SELECT max(f.sent_ms) FROM frame f WHERE f.conversation = c.id), 0), \
                 coalesce((SELECT max(h.received_ms) FROM heard h WHERE h.conversation = c.id), 0)), \
             t.staff, t.name, coalesce((SELECT max(h.number) FROM heard h WHERE h.conversation = c.id), 0) \
             FROM conversation c LEFT JOIN takeover t ON t.conversation = c.id AND t.released_ms IS NULL \
             WHERE c.id = ?",
        )
        .bind(id.as_bytes().as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let messages = sqlx::query(
            "SELECT in_reply_to FROM frame WHERE conversation = ?1 AND text IS NOT NULL \
                 UNION ALL SELECT message FROM heard WHERE conversation = ?1",
        )
        .bind(id.as_bytes().as_slice())
        .fetch_all(&self.readers)
        .await?;
        let said = sqlx::query("SELECT id FROM frame WHERE conversation = ? AND kind = 'message'")
            .bind(id.as_bytes().as_slice())
            .fetch_all(&self.readers)
            .await?;
        let with: Option<String> = row.try_get(6)?;
        let with = with.map(|name| Ok::<_, ReadError>((uuid(&row, 5)?, name))).transpose()?;
        Ok(Some(Stored {
            token: row.try_get(0)?,
            locale: row.try_get(1)?,
            context: row.try_get(2)?,
            last_seq: row.try_get(3)?,
            updated_ms: row.try_get(4)?,
            messages: messages.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?,
            with,
            heard: row.try_get(7)?,
            said: said.iter().map(|row| uuid(row, 0)).collect::<Result<_, _>>()?,
        }))
    }

    /// The frame that replied to the client's message `message`.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn reply_to(&self, id: Uuid, message: &str) -> Result<Option<StoredFrame>, ReadError> {
        let sql = const_sql("WHERE f.conversation = ? AND f.in_reply_to = ? AND f.text IS NOT NULL");
        let row = sqlx::query(sql)
            .bind(id.as_bytes().as_slice())
            .bind(message)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(frame).transpose()
    }

    /// Whether the client's message `message` is kept without a reply.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn has_heard(&self, id: Uuid, message: &str) -> Result<bool, ReadError> {
        let row = sqlx::query("SELECT 1 FROM heard WHERE conversation = ? AND message = ?")
            .bind(id.as_bytes().as_slice())
            .bind(message)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// At most `limit` frames later than `after`, in order.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn frames_after(
        &self,
        id: Uuid,
        after: i64,
        limit: i64,
    ) -> Result<Vec<StoredFrame>, ReadError> {
        let sql = const_sql("WHERE f.conversation = ? AND f.seq > ? ORDER BY f.seq LIMIT ?");
        let rows = sqlx::query(sql)
            .bind(id.as_bytes().as_slice())
            .bind(after)
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(frame).collect()
    }

    /// Whether `frame` is a reply of this conversation.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn has_reply(&self, id: Uuid, frame: Uuid) -> Result<bool, ReadError> {
        let row = sqlx::query("SELECT 1 FROM frame WHERE conversation = ? AND id = ? AND kind = 'reply'")
            .bind(id.as_bytes().as_slice())
            .bind(frame.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }

    /// At most `limit` conversations whose last message is older than `cutoff_ms`.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn expired(&self, cutoff_ms: i64, limit: i64) -> Result<Vec<Uuid>, ReadError> {
        // A version 7 id begins with its time, so younger conversations are never looked at and no
        // index on times, to be kept up at every message, is needed.
        let mut youngest = [0xff_u8; 16];
        for (byte, time) in youngest.iter_mut().zip(cutoff_ms.to_be_bytes().into_iter().skip(2)) {
            *byte = time;
        }
        let rows = sqlx::query(
            "SELECT c.id FROM conversation c WHERE c.id < ?1 AND c.created_ms < ?2 AND NOT EXISTS \
             (SELECT 1 FROM frame f WHERE f.conversation = c.id AND f.sent_ms >= ?2) AND NOT EXISTS \
             (SELECT 1 FROM heard h WHERE h.conversation = c.id AND h.received_ms >= ?2) LIMIT ?3",
        )
        .bind(youngest.as_slice())
        .bind(cutoff_ms)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| uuid(row, 0)).collect()
    }

    /// Keys of parts stored before `cutoff_ms` that no frame needs.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn orphans(&self, cutoff_ms: i64) -> Result<Vec<Vec<u8>>, ReadError> {
        let rows = sqlx::query(
            "SELECT key FROM part WHERE stored_ms < ? \
             AND id NOT IN (SELECT part FROM frame WHERE part IS NOT NULL) \
             AND id NOT IN (SELECT e.value FROM (SELECT DISTINCT disclaimers FROM frame \
                            WHERE disclaimers IS NOT NULL) f, json_each(f.disclaimers) e) LIMIT 10000",
        )
        .bind(cutoff_ms)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }
}

/// [`FRAME`] and the rest of a statement. Both are constants of this file.
fn const_sql(rest: &'static str) -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(format!("{FRAME}{rest}"))
}

fn frame(row: &SqliteRow) -> Result<StoredFrame, ReadError> {
    Ok(StoredFrame {
        seq: row.try_get(0)?,
        id: uuid(row, 1)?,
        kind: FrameKind::from_name(row.try_get(2)?),
        in_reply_to: row.try_get(3)?,
        sent_ms: row.try_get(4)?,
        body: row.try_get(5)?,
        confidence: row.try_get(6)?,
    })
}

fn uuid(row: &SqliteRow, column: usize) -> Result<Uuid, ReadError> {
    let bytes: &[u8] = row.try_get(column)?;
    Ok(Uuid::from_slice(bytes).map_err(|error| sqlx::Error::Decode(error.into()))?)
}
