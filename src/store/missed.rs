//! What was committed but not gathered, because the server ended or too much came at once.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::news::News;

/// Times are taken before a commit, by a clock that may be set back: whatever is that much younger than the mark is
/// looked at again.
const SLACK_MS: i64 = 3_600_000;

/// Where a search for what was missed goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    conversation: Uuid,
    seq: i64,
}

impl Default for Position {
    fn default() -> Self {
        Self { conversation: Uuid::nil(), seq: -1 }
    }
}

/// The time before which everything is gathered, in ms since 1970.
///
/// # Errors
/// The database's word.
pub fn gathered_through(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT through_ms FROM gathered", [], |row| row.get(0))
}

/// Notes that everything said before `through_ms` is gathered.
///
/// # Errors
/// The database's word.
pub fn set_gathered_through(tx: &Connection, through_ms: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE gathered SET through_ms = max(through_ms, ?)")?.execute([through_ms]).map(drop)
}

/// At most `limit` turns since the mark that are not gathered, and where to go on; `None` at the end.
///
/// # Errors
/// The database's word.
pub fn turns(
    connection: &Connection,
    since_ms: i64,
    from: Position,
    limit: usize,
) -> rusqlite::Result<(Vec<News>, Option<Position>)> {
    let mut found = connection.prepare_cached(
        "SELECT f.conversation, f.seq FROM frame f \
         WHERE (f.conversation, f.seq) > (?1, ?2) AND f.sent_ms >= ?3 AND f.text IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM turn_fact t WHERE t.conversation = f.conversation AND t.seq = f.seq) \
         ORDER BY f.conversation, f.seq LIMIT ?4",
    )?;
    let since_ms = since_ms.saturating_sub(SLACK_MS);
    let limit_rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = found
        .query_map(params![from.conversation.as_bytes(), from.seq, since_ms, limit_rows], |row| {
            Ok((id(row, 0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<Vec<(Uuid, i64)>>>()?;
    let next = (rows.len() == limit)
        .then(|| rows.last().map(|(conversation, seq)| Position { conversation: *conversation, seq: *seq }))
        .flatten();
    let news = rows.into_iter().map(|(conversation, seq)| News::Turn { conversation, seq });
    Ok((news.collect(), next))
}

/// Everything else since the mark: thumbs, wishes for a person, messages to one. Few, and harmless to gather twice.
///
/// # Errors
/// The database's word.
pub fn others(connection: &Connection, since_ms: i64) -> rusqlite::Result<Vec<News>> {
    let since_ms = since_ms.saturating_sub(SLACK_MS);
    let mut news = Vec::new();
    let mut thumbs = connection.prepare("SELECT conversation, reply FROM feedback WHERE given_ms >= ?")?;
    for row in thumbs.query_map([since_ms], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
        let (conversation, reply) = row?;
        news.push(News::Feedback { conversation, reply });
    }
    let mut wishes = connection.prepare("SELECT DISTINCT conversation FROM handoff WHERE asked_ms >= ?")?;
    for row in wishes.query_map([since_ms], |row| id(row, 0))? {
        news.push(News::Handoff { conversation: row? });
    }
    let mut heard = connection.prepare("SELECT conversation, number FROM heard WHERE received_ms >= ?")?;
    for row in heard.query_map([since_ms], |row| Ok((id(row, 0)?, row.get(1)?)))? {
        let (conversation, number) = row?;
        news.push(News::Heard { conversation, number });
    }
    Ok(news)
}

/// A UUID in a column of 16 bytes.
pub(super) fn id(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: [u8; 16] = row.get(column)?;
    Ok(Uuid::from_bytes(bytes))
}
