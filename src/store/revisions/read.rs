//! Revisions as they are read.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

use super::{Filter, Hand, Revision, State};

const SELECT: &str = "SELECT r.number, r.kind, r.entry, r.state, r.before, r.content, r.beneath, \
                      r.author, a.display_name, r.reviewer, v.display_name, r.reason, r.note, \
                      r.created_ms, r.changed_ms, r.published_ms FROM revision r \
                      JOIN account a ON a.id = r.author LEFT JOIN account v ON v.id = r.reviewer ";

const OPEN: &str = "r.state IN ('draft', 'in_review', 'returned', 'approved')";

/// The revision `number`.
///
/// # Errors
/// The database's word.
pub fn by_number(connection: &Connection, number: i64) -> rusqlite::Result<Option<Revision>> {
    let sql = format!("{SELECT} WHERE r.number = ?");
    connection.prepare_cached(&sql)?.query_row([number], revision).optional()
}

/// The revision of an entry that is on its way.
///
/// # Errors
/// The database's word.
pub fn open(connection: &Connection, kind: &str, entry: &str) -> rusqlite::Result<Option<Revision>> {
    let sql = format!("{SELECT} WHERE r.kind = ? AND r.entry = ? AND {OPEN}");
    connection.prepare_cached(&sql)?.query_row([kind, entry], revision).optional()
}

/// The revision of an entry that patients have.
///
/// # Errors
/// The database's word.
pub fn published(connection: &Connection, kind: &str, entry: &str) -> rusqlite::Result<Option<Revision>> {
    let sql = format!("{SELECT} WHERE r.kind = ? AND r.entry = ? AND r.state = 'published'");
    connection.prepare_cached(&sql)?.query_row([kind, entry], revision).optional()
}

/// All revisions that are on their way, oldest first.
///
/// # Errors
/// The database's word.
pub fn all_open(connection: &Connection) -> rusqlite::Result<Vec<Revision>> {
    let sql = format!("{SELECT} WHERE {OPEN} ORDER BY r.number");
    connection.prepare_cached(&sql)?.query_map([], revision)?.collect()
}

/// All revisions that patients have, in the order in which they got them.
///
/// # Errors
/// The database's word.
pub fn all_published(connection: &Connection) -> rusqlite::Result<Vec<Revision>> {
    let sql = format!("{SELECT} WHERE r.state = 'published' ORDER BY r.published_ms, r.number");
    connection.prepare_cached(&sql)?.query_map([], revision)?.collect()
}

/// At most `limit` revisions, latest first.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection, filter: &Filter, limit: i64) -> rusqlite::Result<Vec<Revision>> {
    let conditions: Vec<(&str, Option<Value>)> = vec![
        ("r.kind = ?", filter.kind.clone().map(Value::from)),
        ("r.entry = ?", filter.entry.clone().map(Value::from)),
        ("r.author = ?", filter.author.map(|id| Value::from(id.as_bytes().to_vec()))),
        ("r.state = ?", filter.state.map(|state| Value::from(state.name().to_owned()))),
        ("r.number < ?", filter.before.map(Value::from)),
    ];
    let given: Vec<(&str, Value)> = conditions.into_iter().filter_map(|(c, v)| Some((c, v?))).collect();
    let wanted: Vec<&str> = std::iter::once("1").chain(given.iter().map(|(c, _)| *c)).collect();
    let sql = format!("{SELECT} WHERE {} ORDER BY r.number DESC LIMIT {limit}", wanted.join(" AND "));
    let values = given.into_iter().map(|(_, value)| value);
    connection.prepare_cached(&sql)?.query_map(params_from_iter(values), revision)?.collect()
}

/// Whether `account` wrote in the revision.
///
/// # Errors
/// The database's word.
pub fn has_written(connection: &Connection, number: i64, account: Uuid) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM revision_hand WHERE revision = ? AND account = ?")?
        .exists(params![number, account.as_bytes()])
}

/// When patients last got a revision, in ms since 1970; `None` if never.
///
/// # Errors
/// The database's word.
pub fn last_published_ms(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT max(published_ms) FROM revision", [], |row| row.get(0))
}

/// The latest revision of each entry of a kind that was not given up, by entry.
///
/// # Errors
/// The database's word.
pub fn latest(connection: &Connection, kind: &str) -> rusqlite::Result<Vec<Revision>> {
    let sql = format!(
        "{SELECT} WHERE r.number IN (SELECT max(number) FROM revision WHERE kind = ? AND state <> 'discarded' \
         GROUP BY entry) ORDER BY r.entry"
    );
    connection.prepare_cached(&sql)?.query_map([kind], revision)?.collect()
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    let hand = |id: [u8; 16], name: Option<String>| Hand {
        id: Uuid::from_bytes(id),
        name: name.unwrap_or_default(),
    };
    let reviewer: Option<[u8; 16]> = row.get(9)?;
    let reviewer_name: Option<String> = row.get(10)?;
    Ok(Revision {
        number: row.get(0)?,
        kind: row.get(1)?,
        entry: row.get(2)?,
        state: State::from_name(&row.get::<_, String>(3)?),
        before: row.get(4)?,
        content: row.get(5)?,
        beneath: row.get(6)?,
        author: hand(row.get(7)?, row.get(8)?),
        reviewer: reviewer.map(|id| hand(id, reviewer_name)),
        reason: row.get(11)?,
        note: row.get(12)?,
        created_ms: row.get(13)?,
        changed_ms: row.get(14)?,
        published_ms: row.get(15)?,
    })
}
