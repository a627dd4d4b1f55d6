//! Persons of the staff in conversations, and what patients wrote to them.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::audit;
use super::facts;
use super::missed::id;
use super::record::{Heard, Step, Word};

/// Writes a message to a person.
pub(super) fn heard(connection: &Connection, heard: &Heard) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO heard (conversation, number, after_seq, message, text, received_ms) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            heard.conversation.as_bytes(),
            heard.number,
            heard.after_seq,
            heard.message,
            heard.text.text(),
            heard.received_ms,
        ])
        .map(drop)
}

/// Writes what a frame of the staff means. The frame itself is written already.
pub(super) fn step(connection: &Connection, word: &Word) -> rusqlite::Result<()> {
    let Word { conversation, frame, step } = word;
    match step {
        Step::Take { staff, name } => {
            connection
                .prepare_cached(
                    "INSERT INTO takeover (conversation, seq, staff, name, taken_ms) VALUES (?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    conversation.as_bytes(),
                    frame.seq,
                    staff.as_bytes(),
                    name.as_ref(),
                    frame.sent_ms
                ])?;
        }
        Step::Release { .. } => {
            connection
                .prepare_cached(
                    "UPDATE takeover SET released_ms = ?2 WHERE conversation = ?1 AND released_ms IS NULL",
                )?
                .execute(params![conversation.as_bytes(), frame.sent_ms])?;
        }
        Step::Speak { .. } => {}
    }
    facts::touch(connection, *conversation, frame.sent_ms, None)?;
    facts::refresh_handoff(connection, *conversation)?;
    let (actor, action) = match step {
        Step::Take { staff, .. } => (Some(*staff), "conversation.take"),
        Step::Speak { staff } => (Some(*staff), "conversation.message"),
        Step::Release { by } => (*by, "conversation.release"),
    };
    let target = conversation.hyphenated().to_string();
    audit::record(connection, actor, action, &target, &serde_json::json!({"seq": frame.seq}))
}

/// Conversations that somebody of the staff is in, with who that is.
///
/// # Errors
/// The database's word.
pub fn open_stays(connection: &Connection) -> rusqlite::Result<Vec<(Uuid, Uuid)>> {
    let mut open =
        connection.prepare_cached("SELECT conversation, staff FROM takeover WHERE released_ms IS NULL")?;
    let rows = open.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
    rows.collect()
}
