//! Messages for staff to work on, grouped by what they ask.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

use super::missed::id;

/// Columns of a group, its latest message's words and its assignee's name last.
const GROUP: &str = "g.id, g.kind, g.lang, g.count, g.first_ms, g.last_ms, g.state, g.assignee, g.note, \
                     (SELECT a.display_name FROM account a WHERE a.id = g.assignee), \
                     (SELECT f.text FROM inbox_member m JOIN frame f ON f.conversation = m.conversation \
                      AND f.seq = m.seq WHERE m.in_group = g.id ORDER BY m.at_ms DESC LIMIT 1)";

/// By what groups are ordered; the greatest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// When a message came last.
    #[default]
    Last,
    /// How many there are.
    Count,
    /// When a message came first.
    First,
}

impl Sort {
    const fn column(self) -> &'static str {
        match self {
            Sort::Last => "last_ms",
            Sort::Count => "count",
            Sort::First => "first_ms",
        }
    }
}

/// Which groups are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those of a kind.
    pub kind: Option<&'static str>,
    /// Only those in a state.
    pub state: Option<&'static str>,
    /// Only those in a language.
    pub lang: Option<&'static str>,
    /// Only those with a message that holds all of these folded words.
    pub words: Vec<String>,
    /// The order.
    pub sort: Sort,
    /// Only what comes after a group: what it is ordered by, and its id.
    pub after: Option<(i64, i64)>,
}

/// Messages alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: i64,
    /// `unanswered`, `low_confidence`, `clarified`, `disliked`, `emergency`.
    pub kind: String,
    /// The code of its messages' language.
    pub lang: String,
    /// How many there are.
    pub count: i64,
    /// When the first came, in ms since 1970.
    pub first_ms: i64,
    /// When the last came, in ms since 1970.
    pub last_ms: i64,
    /// `new`, `in_work`, `done`, `ignored`.
    pub state: String,
    /// Who works on it: account and name.
    pub assignee: Option<(Uuid, String)>,
    /// What staff noted.
    pub note: Option<String>,
    /// The words of the last one, masked.
    pub sample: String,
}

impl Group {
    /// What it is ordered by.
    #[must_use]
    pub const fn rank(&self, sort: Sort) -> i64 {
        match sort {
            Sort::Last => self.last_ms,
            Sort::Count => self.count,
            Sort::First => self.first_ms,
        }
    }
}

/// One message of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// What the patient wrote, masked.
    pub text: String,
    /// When, in ms since 1970.
    pub at_ms: i64,
    /// Where.
    pub conversation: Uuid,
    /// Its reply's place there.
    pub seq: i64,
    /// The reply's outcome.
    pub outcome: String,
    /// How sure the reply was.
    pub confidence: f64,
    /// The pair that answered.
    pub pair: Option<String>,
}

/// What is to be changed of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Their state.
    pub state: Option<&'static str>,
    /// Who works on them; `Some(None)`: nobody.
    pub assignee: Option<Option<Uuid>>,
    /// What is noted; `Some(None)`: nothing.
    pub note: Option<Option<String>>,
}

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    let assignee: Option<[u8; 16]> = row.get(7)?;
    let name: Option<String> = row.get(9)?;
    Ok(Group {
        id: row.get(0)?,
        kind: row.get(1)?,
        lang: row.get(2)?,
        count: row.get(3)?,
        first_ms: row.get(4)?,
        last_ms: row.get(5)?,
        state: row.get(6)?,
        assignee: assignee.map(|assignee| (Uuid::from_bytes(assignee), name.unwrap_or_default())),
        note: row.get(8)?,
        sample: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
    })
}

/// At most `limit` groups.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection, filter: &Filter, limit: i64) -> rusqlite::Result<Vec<Group>> {
    let column = filter.sort.column();
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    for (name, wanted) in [("kind", filter.kind), ("state", filter.state), ("lang", filter.lang)] {
        if let Some(wanted) = wanted {
            conditions.push(format!("{name} = ?"));
            values.push(wanted.to_owned().into());
        }
    }
    if !filter.words.is_empty() {
        let holds = vec!["instr(w.folded, ?) > 0"; filter.words.len()].join(" AND ");
        conditions.push(format!(
            "id IN (SELECT m.in_group FROM turn_words w CROSS JOIN inbox_member m \
             ON m.conversation = w.conversation AND m.seq = w.seq WHERE {holds})"
        ));
        values.extend(filter.words.iter().map(|word| word.clone().into()));
    }
    if let Some((rank, id)) = filter.after {
        conditions.push(format!("({column}, id) < (?, ?)"));
        values.extend([rank.into(), id.into()]);
    }
    values.push(limit.into());
    // What is looked up for each group is looked up only for those that are given back.
    let sql = format!(
        "SELECT {GROUP} FROM (SELECT * FROM inbox_group WHERE {} ORDER BY {column} DESC, id DESC LIMIT ?) g \
         ORDER BY g.{column} DESC, g.id DESC",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), group)?;
    rows.collect()
}

/// How many groups there are of each kind in each state; those of which there are none are left out.
///
/// # Errors
/// The database's word.
pub fn counts(connection: &Connection) -> rusqlite::Result<Vec<(String, String, i64)>> {
    let mut statement =
        connection.prepare_cached("SELECT kind, state, count(*) FROM inbox_group GROUP BY kind, state")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// The group of `id`.
///
/// # Errors
/// The database's word.
pub fn by_id(connection: &Connection, id: i64) -> rusqlite::Result<Option<Group>> {
    let sql = format!("SELECT {GROUP} FROM inbox_group g WHERE g.id = ?");
    connection.prepare_cached(&sql)?.query_row([id], group).optional()
}

/// At most `limit` messages of a group, latest first, older than `before`: a time and a place, as of the last one given.
///
/// # Errors
/// The database's word.
pub fn members(
    connection: &Connection,
    group: i64,
    before: Option<(i64, Uuid, i64)>,
    limit: i64,
) -> rusqlite::Result<Vec<Member>> {
    let (at_ms, conversation, seq) = before.unwrap_or((i64::MAX, Uuid::max(), i64::MAX));
    let mut statement = connection.prepare_cached(
        "SELECT f.text, m.at_ms, m.conversation, m.seq, t.outcome, t.confidence, t.pair FROM inbox_member m \
         JOIN frame f ON f.conversation = m.conversation AND f.seq = m.seq \
         JOIN turn_fact t ON t.conversation = m.conversation AND t.seq = m.seq \
         WHERE m.in_group = ?1 AND (m.at_ms, m.conversation, m.seq) < (?2, ?3, ?4) \
         ORDER BY m.at_ms DESC, m.conversation DESC, m.seq DESC LIMIT ?5",
    )?;
    let rows = statement.query_map(params![group, at_ms, conversation.as_bytes(), seq, limit], |row| {
        Ok(Member {
            text: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
            at_ms: row.get(1)?,
            conversation: id(row, 2)?,
            seq: row.get(3)?,
            outcome: row.get(4)?,
            confidence: row.get(5)?,
            pair: row.get(6)?,
        })
    })?;
    rows.collect()
}

/// Changes a group; `false` if there is none of `id`.
///
/// # Errors
/// The database's word.
pub fn change(connection: &Connection, id: i64, change: &Change, now_ms: i64) -> rusqlite::Result<bool> {
    let mut changed = 0;
    if let Some(state) = change.state {
        changed += connection
            .prepare_cached("UPDATE inbox_group SET state = ?2, changed_ms = ?3 WHERE id = ?1")?
            .execute(params![id, state, now_ms])?;
    }
    if let Some(assignee) = change.assignee {
        changed += connection
            .prepare_cached("UPDATE inbox_group SET assignee = ?2, changed_ms = ?3 WHERE id = ?1")?
            .execute(params![id, assignee.map(Uuid::into_bytes), now_ms])?;
    }
    if let Some(note) = &change.note {
        changed += connection
            .prepare_cached("UPDATE inbox_group SET note = ?2, changed_ms = ?3 WHERE id = ?1")?
            .execute(params![id, note, now_ms])?;
    }
    Ok(changed > 0)
}
