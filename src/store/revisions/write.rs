//! What changes revisions.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Draft, State, open};

/// Writes into the entry's open revision, or begins one, and gives its number. What was approved before is not
/// approved any more.
///
/// # Errors
/// The database's word.
pub fn write(connection: &Connection, draft: &Draft) -> rusqlite::Result<i64> {
    let Draft { kind, entry, before, content, beneath, author, reason, now_ms } = draft;
    let number = match open(connection, kind, entry)? {
        Some(old) => {
            connection
                .prepare_cached(
                    "UPDATE revision SET state = 'draft', before = ?, content = ?, beneath = ?, reason = ?, \
                     changed_ms = ? WHERE number = ?",
                )?
                .execute(params![before, content, beneath, reason, now_ms, old.number])?;
            old.number
        }
        None => {
            connection
                .prepare_cached(
                    "INSERT INTO revision (kind, entry, state, before, content, beneath, author, reason, \
                     created_ms, changed_ms) VALUES (?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    kind,
                    entry,
                    before,
                    content,
                    beneath,
                    author.as_bytes(),
                    reason,
                    now_ms,
                    now_ms
                ])?;
            connection.last_insert_rowid()
        }
    };
    connection
        .prepare_cached("INSERT OR IGNORE INTO revision_hand (revision, account) VALUES (?, ?)")?
        .execute(params![number, author.as_bytes()])?;
    Ok(number)
}

/// Lets a revision stand elsewhere. A reviewer and a note, where given, take the place of those before.
///
/// # Errors
/// The database's word.
pub fn set_state(
    connection: &Connection,
    number: i64,
    state: State,
    reviewer: Option<Uuid>,
    note: Option<&str>,
    now_ms: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE revision SET state = ?, reviewer = coalesce(?, reviewer), note = coalesce(?, note), \
             changed_ms = ? WHERE number = ?",
        )?
        .execute(params![state.name(), reviewer.map(Uuid::into_bytes), note, now_ms, number])
        .map(drop)
}

/// Gives a revision to patients in the place of the one before, with the content that they get; `beneath` is the
/// fingerprint of what the file holds now.
///
/// # Errors
/// The database's word.
pub fn publish(
    connection: &Connection,
    number: i64,
    content: Option<&str>,
    beneath: &str,
    now_ms: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE revision SET state = 'replaced' WHERE state = 'published' AND (kind, entry) IN \
             (SELECT kind, entry FROM revision WHERE number = ?)",
        )?
        .execute([number])?;
    connection
        .prepare_cached(
            "UPDATE revision SET state = 'published', content = ?, beneath = ?, changed_ms = ?, published_ms = ? WHERE number = ?",
        )?
        .execute(params![content, beneath, now_ms, now_ms, number])
        .map(drop)
}

/// Writes a revision that patients get at once, in the place of the one before, and gives its number. One that is on
/// its way stays so.
///
/// # Errors
/// The database's word.
pub fn write_published(connection: &Connection, draft: &Draft) -> rusqlite::Result<i64> {
    let Draft { kind, entry, before, content, beneath, author, reason, now_ms } = draft;
    connection
        .prepare_cached(
            "INSERT INTO revision (kind, entry, state, before, content, beneath, author, reason, created_ms, \
             changed_ms) VALUES (?, ?, 'discarded', ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![kind, entry, before, content, beneath, author.as_bytes(), reason, now_ms, now_ms])?;
    let number = connection.last_insert_rowid();
    publish(connection, number, content.as_deref(), beneath, *now_ms)?;
    Ok(number)
}
