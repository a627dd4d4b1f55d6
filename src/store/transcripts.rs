//! Conversations as staff see them: lists, and everything that was said in one.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

use super::missed::id;
use super::{FrameKind, StoredFrame};

/// Columns of a conversation, its first message's words and who is in it last.
const CONVERSATION: &str = "c.conversation, c.started_ms, c.last_ms, c.lang, c.channel, c.turns, c.answer, c.clarify, \
     c.no_answer, c.emergency, c.personal, c.smalltalk, c.up, c.down, c.handoff, \
     coalesce((SELECT f.text FROM frame f WHERE f.conversation = c.conversation AND f.text IS NOT NULL \
               ORDER BY f.seq LIMIT 1), \
              (SELECT h.text FROM heard h WHERE h.conversation = c.conversation ORDER BY h.number LIMIT 1), ''), \
     (SELECT t.name FROM takeover t WHERE t.conversation = c.conversation AND t.released_ms IS NULL), \
     (SELECT t.staff FROM takeover t WHERE t.conversation = c.conversation AND t.released_ms IS NULL)";

/// Which conversations are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those with something not before this time, in ms since 1970.
    pub from_ms: Option<i64>,
    /// Those whose last is before this time, in ms since 1970.
    pub until_ms: Option<i64>,
    /// Only those in a language.
    pub lang: Option<&'static str>,
    /// Only those with a reply of an outcome, as on the wire.
    pub outcome: Option<&'static str>,
    /// Only those with a thumb up (`true`) or down.
    pub feedback: Option<bool>,
    /// Only those with an emergency (`true`) or without.
    pub emergency: Option<bool>,
    /// Only those in which a person is `waiting`ed for, has `taken` it, or is `done`.
    pub handoff: Option<&'static str>,
    /// Only those with a message of the patient that holds all of these folded words.
    pub words: Vec<String>,
    /// Only one.
    pub only: Option<Uuid>,
    /// Only what comes after a conversation: its last time and its id.
    pub after: Option<(i64, Uuid)>,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: Uuid,
    /// When it was opened, in ms since 1970.
    pub started_ms: i64,
    /// When something was said last, in ms since 1970.
    pub last_ms: i64,
    /// The code of its language.
    pub lang: Option<String>,
    /// Where it takes place.
    pub channel: Option<String>,
    /// How many messages were answered.
    pub turns: i64,
    /// How many replies there are of each outcome, in the order of [`OUTCOMES`].
    pub outcomes: [i64; 6],
    /// Thumbs up and down.
    pub thumbs: (i64, i64),
    /// `waiting`, `taken`, `done`; `None`: no person was asked for or came.
    pub handoff: Option<String>,
    /// The patient's first words, masked.
    pub excerpt: String,
    /// Who of the staff is in it: account and name.
    pub with: Option<(Uuid, String)>,
}

/// Outcomes by their names on the wire; the names of columns too.
pub const OUTCOMES: [&str; 6] = ["answer", "clarify", "no_answer", "emergency", "personal", "smalltalk"];

fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    let mut outcomes = [0; 6];
    for (at, count) in outcomes.iter_mut().enumerate() {
        *count = row.get(6 + at)?;
    }
    let name: Option<String> = row.get(16)?;
    let staff: Option<[u8; 16]> = row.get(17)?;
    Ok(Summary {
        id: id(row, 0)?,
        started_ms: row.get(1)?,
        last_ms: row.get(2)?,
        lang: row.get(3)?,
        channel: row.get(4)?,
        turns: row.get(5)?,
        outcomes,
        thumbs: (row.get(12)?, row.get(13)?),
        handoff: row.get(14)?,
        excerpt: row.get(15)?,
        with: staff.map(Uuid::from_bytes).zip(name),
    })
}

/// At most `limit` conversations, those with the latest words first.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection, filter: &Filter, limit: i64) -> rusqlite::Result<Vec<Summary>> {
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut only = |condition: String, wanted: Option<Value>| {
        if let Some(wanted) = wanted {
            conditions.push(condition);
            values.push(wanted);
        }
    };
    only("last_ms >= ?".into(), filter.from_ms.map(Into::into));
    only("last_ms < ?".into(), filter.until_ms.map(Into::into));
    only("lang = ?".into(), filter.lang.map(|lang| lang.to_owned().into()));
    only("handoff = ?".into(), filter.handoff.map(|state| state.to_owned().into()));
    only("(emergency > 0) = ?".into(), filter.emergency.map(Into::into));
    only("conversation = ?".into(), filter.only.map(|id| id.as_bytes().to_vec().into()));
    if let Some(outcome) = filter.outcome.filter(|outcome| OUTCOMES.contains(outcome)) {
        conditions.push(format!("{outcome} > 0"));
    }
    if let Some(up) = filter.feedback {
        conditions.push(format!("{} > 0", if up { "up" } else { "down" }));
    }
    if !filter.words.is_empty() {
        let holds = vec!["instr(folded, ?) > 0"; filter.words.len()].join(" AND ");
        conditions.push(format!("conversation IN (SELECT conversation FROM turn_words WHERE {holds})"));
        values.extend(filter.words.iter().map(|word| word.clone().into()));
    }
    if let Some((last_ms, id)) = filter.after {
        conditions.push("(last_ms, conversation) < (?, ?)".into());
        values.extend([last_ms.into(), id.as_bytes().to_vec().into()]);
    }
    values.push(limit.into());
    let sql = format!(
        "SELECT {CONVERSATION} FROM (SELECT * FROM conversation_fact WHERE {} \
         ORDER BY last_ms DESC, conversation DESC LIMIT ?) c ORDER BY c.last_ms DESC, c.conversation DESC",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), summary)?;
    rows.collect()
}

/// A frame, and what it answers.
#[derive(Debug, Clone)]
pub struct Said {
    /// The frame.
    pub frame: StoredFrame,
    /// What the patient wrote, masked, and when; `None`: it answers nothing.
    pub patient: Option<(String, i64)>,
    /// The thumb that it got, and the comment with it.
    pub thumb: Option<(bool, Option<String>)>,
}

/// At most `limit` frames of a conversation later than `after`, in order.
///
/// # Errors
/// The database's word.
pub fn frames(
    connection: &Connection,
    conversation: Uuid,
    after: i64,
    limit: i64,
) -> rusqlite::Result<Vec<Said>> {
    let mut statement = connection.prepare_cached(concat!(
        "SELECT f.seq, f.id, f.kind, f.in_reply_to, f.sent_ms, ",
        body!(),
        ", f.confidence, f.text, coalesce(f.received_ms, f.sent_ms), t.helpful, t.comment \
             FROM frame f LEFT JOIN part p ON p.id = f.part \
             LEFT JOIN feedback t ON t.conversation = f.conversation AND t.reply = f.id \
             WHERE f.conversation = ? AND f.seq > ? ORDER BY f.seq LIMIT ?"
    ))?;
    let rows = statement.query_map(params![conversation.as_bytes(), after, limit], |row| {
        let text: Option<String> = row.get(7)?;
        let at_ms: i64 = row.get(8)?;
        let helpful: Option<bool> = row.get(9)?;
        let comment: Option<String> = row.get(10)?;
        Ok(Said {
            frame: StoredFrame {
                seq: row.get(0)?,
                id: id(row, 1)?,
                kind: FrameKind::from_name(&row.get::<_, String>(2)?),
                in_reply_to: row.get(3)?,
                sent_ms: row.get(4)?,
                body: row.get(5)?,
                confidence: row.get(6)?,
            },
            patient: text.map(|text| (text, at_ms)),
            thumb: helpful.map(|helpful| (helpful, comment)),
        })
    })?;
    rows.collect()
}

/// A message to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPerson {
    /// The `seq` of the frame before it.
    pub after_seq: i64,
    /// What the patient wrote, masked.
    pub text: String,
    /// When, in ms since 1970.
    pub at_ms: i64,
}

/// All messages to persons in a conversation, in order.
///
/// # Errors
/// The database's word.
pub fn heard(connection: &Connection, conversation: Uuid) -> rusqlite::Result<Vec<ToPerson>> {
    let mut statement = connection.prepare_cached(
        "SELECT after_seq, text, received_ms FROM heard WHERE conversation = ? ORDER BY number",
    )?;
    let rows = statement.query_map([conversation.as_bytes()], |row| {
        Ok(ToPerson { after_seq: row.get(0)?, text: row.get(1)?, at_ms: row.get(2)? })
    })?;
    rows.collect()
}

/// How the patient wants to be reached, if that was said; the last word on it.
///
/// # Errors
/// The database's word.
pub fn contact(connection: &Connection, conversation: Uuid) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "SELECT contact FROM handoff WHERE conversation = ? AND contact IS NOT NULL ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([conversation.as_bytes()], |row| row.get(0))
        .optional()
}

/// The `seq` after which the last `limit` frames up to `until` begin; 0 if there are no more than those.
///
/// # Errors
/// The database's word.
pub fn seq_before_last(
    connection: &Connection,
    conversation: Uuid,
    until: i64,
    limit: i64,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "SELECT seq FROM frame WHERE conversation = ? AND seq <= ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
        )?
        .query_row(params![conversation.as_bytes(), until, limit], |row| row.get(0))
        .optional()
        .map(|seq| seq.unwrap_or(0))
}
