//! What is gathered of a conversation after its commit: narrow rows for lists, counts and the inbox. Nothing here
//! is in the way of a reply, and all of it can be gathered again.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// A turn as it is read to be gathered.
#[derive(Debug, Clone, PartialEq)]
pub struct RawTurn {
    /// The conversation.
    pub conversation: Uuid,
    /// The reply's place in it.
    pub seq: i64,
    /// When the message came, in ms since 1970.
    pub at_ms: i64,
    /// What the patient wrote, masked.
    pub text: String,
    /// The reply's body, as JSON; the disclaimers may be missing.
    pub body: String,
    /// How sure the reply is.
    pub confidence: f64,
    /// From receipt to writing, in microseconds.
    pub took_us: Option<i64>,
}

/// What there is to know of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnFact {
    /// The conversation.
    pub conversation: Uuid,
    /// The reply's place in it.
    pub seq: i64,
    /// When the message came, in ms since 1970.
    pub at_ms: i64,
    /// The code of the message's language.
    pub lang: String,
    /// The outcome's name on the wire.
    pub outcome: String,
    /// The pair that answered.
    pub pair: Option<String>,
    /// How sure the reply is.
    pub confidence: f64,
    /// From receipt to writing, in microseconds.
    pub took_us: Option<i64>,
    /// The message's words, folded, by which it is found.
    pub folded: String,
    /// The inbox groups that it belongs to: kind and key.
    pub groups: Vec<(&'static str, [u8; 16])>,
}

/// The turn, or `None` if it is erased meanwhile.
///
/// # Errors
/// The database's word.
pub fn turn(connection: &Connection, conversation: Uuid, seq: i64) -> rusqlite::Result<Option<RawTurn>> {
    connection
        .prepare_cached(
            "SELECT f.text, coalesce(f.received_ms, f.sent_ms), coalesce(f.own, p.json, '{}'), \
             coalesce(f.confidence, 0), f.took_us FROM frame f LEFT JOIN part p ON p.id = f.part \
             WHERE f.conversation = ? AND f.seq = ? AND f.text IS NOT NULL",
        )?
        .query_row(params![conversation.as_bytes(), seq], |row| {
            Ok(RawTurn {
                conversation,
                seq,
                text: row.get(0)?,
                at_ms: row.get(1)?,
                body: row.get(2)?,
                confidence: row.get(3)?,
                took_us: row.get(4)?,
            })
        })
        .optional()
}

/// The `seq` of the reply with the id `reply`, if its turn is gathered, and the thumb it got last.
///
/// # Errors
/// The database's word.
pub fn feedback(
    connection: &Connection,
    conversation: Uuid,
    reply: Uuid,
) -> rusqlite::Result<Option<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT f.seq, b.helpful FROM feedback b JOIN frame f ON f.conversation = b.conversation \
             AND f.id = b.reply JOIN turn_fact t ON t.conversation = f.conversation AND t.seq = f.seq \
             WHERE b.conversation = ? AND b.reply = ?",
        )?
        .query_row(params![conversation.as_bytes(), reply.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// The words of a message to a person, masked; `None` if it is erased meanwhile.
///
/// # Errors
/// The database's word.
pub fn heard_text(
    connection: &Connection,
    conversation: Uuid,
    number: i64,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT text FROM heard WHERE conversation = ? AND number = ?")?
        .query_row(params![conversation.as_bytes(), number], |row| row.get(0))
        .optional()
}

/// Writes what is known of a turn. `false` if it is known already, or its conversation was erased.
///
/// # Errors
/// The database's word.
pub fn record(tx: &Connection, fact: &TurnFact) -> rusqlite::Result<bool> {
    let added = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO turn_fact (conversation, seq, at_ms, lang, outcome, pair, confidence, took_us) \
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM conversation WHERE id = ?1)",
        )?
        .execute(params![
            fact.conversation.as_bytes(),
            fact.seq,
            fact.at_ms,
            fact.lang,
            fact.outcome,
            fact.pair,
            fact.confidence,
            fact.took_us,
        ])?;
    if added == 0 {
        return Ok(false);
    }
    words(tx, fact.conversation, fact.seq, &fact.folded)?;
    touch(tx, fact.conversation, fact.at_ms, Some(&fact.lang))?;
    let count = |outcome: &str| i64::from(fact.outcome == outcome);
    tx.prepare_cached(
        "UPDATE conversation_fact SET turns = turns + 1, answer = answer + ?2, clarify = clarify + ?3, \
         no_answer = no_answer + ?4, emergency = emergency + ?5, personal = personal + ?6, \
         smalltalk = smalltalk + ?7 WHERE conversation = ?1",
    )?
    .execute(params![
        fact.conversation.as_bytes(),
        count("answer"),
        count("clarify"),
        count("no_answer"),
        count("emergency"),
        count("personal"),
        count("smalltalk"),
    ])?;
    for (kind, key) in &fact.groups {
        join_group(tx, kind, &fact.lang, key, fact.conversation, fact.seq, fact.at_ms)?;
    }
    Ok(true)
}

/// Makes a message without a reply findable and counts it as the conversation's last. Erased: nothing happens.
///
/// # Errors
/// The database's word.
pub fn heard(tx: &Connection, conversation: Uuid, number: i64, folded: &str) -> rusqlite::Result<()> {
    let at_ms: Option<i64> = tx
        .prepare_cached("SELECT received_ms FROM heard WHERE conversation = ? AND number = ?")?
        .query_row(params![conversation.as_bytes(), number], |row| row.get(0))
        .optional()?;
    let Some(at_ms) = at_ms else { return Ok(()) };
    words(tx, conversation, -number, folded)?;
    touch(tx, conversation, at_ms, None)
}

/// Writes a thumb on a gathered turn; a thumb down joins the inbox under `key`, a later one up leaves it.
/// `false` if nothing is different.
///
/// # Errors
/// The database's word.
pub fn judge(
    tx: &Connection,
    conversation: Uuid,
    seq: i64,
    helpful: bool,
    key: &[u8; 16],
) -> rusqlite::Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE turn_fact SET helpful = ?3 WHERE conversation = ?1 AND seq = ?2 AND helpful IS NOT ?3",
        )?
        .execute(params![conversation.as_bytes(), seq, helpful])?;
    if changed == 0 {
        return Ok(false);
    }
    tx.prepare_cached(
        "UPDATE conversation_fact SET \
         up = (SELECT count(*) FROM turn_fact WHERE conversation = ?1 AND helpful = 1), \
         down = (SELECT count(*) FROM turn_fact WHERE conversation = ?1 AND helpful = 0) WHERE conversation = ?1",
    )?
    .execute(params![conversation.as_bytes()])?;
    if helpful {
        tx.prepare_cached(
            "DELETE FROM inbox_member WHERE conversation = ?1 AND seq = ?2 \
             AND in_group IN (SELECT id FROM inbox_group WHERE kind = 'disliked')",
        )?
        .execute(params![conversation.as_bytes(), seq])?;
        return Ok(true);
    }
    let (lang, at_ms): (String, i64) = tx
        .prepare_cached("SELECT lang, at_ms FROM turn_fact WHERE conversation = ? AND seq = ?")?
        .query_row(params![conversation.as_bytes(), seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    join_group(tx, "disliked", &lang, key, conversation, seq, at_ms)?;
    Ok(true)
}

/// Brings a conversation's word on persons up to date: who asked for one, who came, who left.
///
/// # Errors
/// The database's word.
pub fn refresh_handoff(tx: &Connection, conversation: Uuid) -> rusqlite::Result<()> {
    let asked_ms: Option<i64> = tx
        .prepare_cached("SELECT max(asked_ms) FROM handoff WHERE conversation = ?")?
        .query_row([conversation.as_bytes()], |row| row.get(0))?;
    let (stays, open, left_ms): (i64, i64, Option<i64>) = tx
        .prepare_cached(
            "SELECT count(*), count(*) - count(released_ms), max(released_ms) FROM takeover WHERE conversation = ?",
        )?
        .query_row([conversation.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let state = match asked_ms {
        _ if open > 0 => "taken",
        Some(asked_ms) if left_ms.is_none_or(|left_ms| asked_ms > left_ms) => "waiting",
        None if stays == 0 => return Ok(()),
        _ => "done",
    };
    if let Some(asked_ms) = asked_ms {
        touch(tx, conversation, asked_ms, None)?;
    }
    tx.prepare_cached("UPDATE conversation_fact SET handoff = ?2 WHERE conversation = ?1")?
        .execute(params![conversation.as_bytes(), state])
        .map(drop)
}

/// Sees to it that a conversation has its row, and that nothing in it is later than its last.
pub(super) fn touch(
    tx: &Connection,
    conversation: Uuid,
    at_ms: i64,
    lang: Option<&str>,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO conversation_fact (conversation, started_ms, last_ms, lang, channel) \
         SELECT id, created_ms, max(created_ms, ?2), coalesce(?3, locale), channel FROM conversation WHERE id = ?1 \
         ON CONFLICT (conversation) DO UPDATE SET last_ms = max(last_ms, ?2), lang = coalesce(?3, lang)",
    )?
    .execute(params![conversation.as_bytes(), at_ms, lang])
    .map(drop)
}

fn words(tx: &Connection, conversation: Uuid, seq: i64, folded: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO turn_words (conversation, seq, folded) VALUES (?, ?, ?)")?
        .execute(params![conversation.as_bytes(), seq, folded])
        .map(drop)
}

/// Puts a message into its group, made if need be. What comes after the group was done makes it new again.
fn join_group(
    tx: &Connection,
    kind: &str,
    lang: &str,
    key: &[u8; 16],
    conversation: Uuid,
    seq: i64,
    at_ms: i64,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO inbox_group (kind, lang, key, first_ms, last_ms, changed_ms) VALUES (?1, ?2, ?3, ?4, ?4, ?4) \
         ON CONFLICT (kind, lang, key) DO NOTHING",
    )?
    .execute(params![kind, lang, key, at_ms])?;
    let id: i64 = tx
        .prepare_cached("SELECT id FROM inbox_group WHERE kind = ? AND lang = ? AND key = ?")?
        .query_row(params![kind, lang, key], |row| row.get(0))?;
    let joined = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO inbox_member (in_group, at_ms, conversation, seq) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![id, at_ms, conversation.as_bytes(), seq])?;
    if joined == 0 {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE inbox_group SET count = count + 1, first_ms = min(first_ms, ?2), last_ms = max(last_ms, ?2), \
         state = CASE state WHEN 'done' THEN 'new' ELSE state END WHERE id = ?1",
    )?
    .execute(params![id, at_ms])
    .map(drop)
}

#[cfg(test)]
#[path = "facts/tests.rs"]
mod tests;
