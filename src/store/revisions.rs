//! Revisions of the knowledge: what staff drafted, approved and published over its files. What an entry holds is
//! JSON here; what it means is not known.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

/// Where a revision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RevisionState)]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for somebody else to read it.
    InReview,
    /// Read, and given back with a note.
    Returned,
    /// Read and found good; waits to be published.
    Approved,
    /// What patients have.
    Published,
    /// What patients had, until a later one was published.
    Replaced,
    /// Given up.
    Discarded,
}

impl State {
    /// All of them.
    pub const ALL: [State; 7] = [
        State::Draft,
        State::InReview,
        State::Returned,
        State::Approved,
        State::Published,
        State::Replaced,
        State::Discarded,
    ];

    /// Its name in the database and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Returned => "returned",
            State::Approved => "approved",
            State::Published => "published",
            State::Replaced => "replaced",
            State::Discarded => "discarded",
        }
    }

    /// The state of a stored name. What is not known is open to nobody.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or(State::Discarded)
    }

    /// Whether the revision is still on its way.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, State::Draft | State::InReview | State::Returned | State::Approved)
    }
}

/// Somebody, as others see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Their account.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// One revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Its number; later ones are greater.
    pub number: i64,
    /// The kind of its entry.
    pub kind: String,
    /// The id of its entry.
    pub entry: String,
    /// Where it stands.
    pub state: State,
    /// What patients had when it was begun, as JSON; `None`: nothing.
    pub before: Option<String>,
    /// What they are to have, as JSON; `None`: nothing.
    pub content: Option<String>,
    /// Fingerprint of what the file held; empty: nothing.
    pub beneath: String,
    /// Who began it.
    pub author: Hand,
    /// Who read it last.
    pub reviewer: Option<Hand>,
    /// Why it is made.
    pub reason: String,
    /// The reviewer's words.
    pub note: Option<String>,
    /// When it was begun, in ms since 1970.
    pub created_ms: i64,
    /// When it last changed, in ms since 1970.
    pub changed_ms: i64,
    /// When patients got it, in ms since 1970.
    pub published_ms: Option<i64>,
}

/// What is written into a revision.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The kind of its entry.
    pub kind: &'static str,
    /// The id of its entry.
    pub entry: String,
    /// What patients have now, as JSON.
    pub before: Option<String>,
    /// What they are to have, as JSON.
    pub content: Option<String>,
    /// Fingerprint of what the file holds.
    pub beneath: String,
    /// Who writes.
    pub author: Uuid,
    /// Why.
    pub reason: String,
    /// Now, in ms since 1970.
    pub now_ms: i64,
}

/// Which revisions are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those of one kind.
    pub kind: Option<String>,
    /// Those of one entry.
    pub entry: Option<String>,
    /// Those of one author.
    pub author: Option<Uuid>,
    /// Those that stand so.
    pub state: Option<State>,
    /// Only older ones than this number.
    pub before: Option<i64>,
}

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

/// Whether `account` wrote in the revision.
///
/// # Errors
/// The database's word.
pub fn has_written(connection: &Connection, number: i64, account: Uuid) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM revision_hand WHERE revision = ? AND account = ?")?
        .exists(params![number, account.as_bytes()])
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

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> (Connection, Uuid) {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE account (id BLOB NOT NULL PRIMARY KEY, display_name TEXT NOT NULL) STRICT;",
            )
            .unwrap();
        connection.execute_batch(include_str!("migrations/0003_revisions.sql")).unwrap();
        let author = Uuid::from_u128(7);
        connection.execute("INSERT INTO account VALUES (?, 'Sara')", params![author.as_bytes()]).unwrap();
        (connection, author)
    }

    fn draft(author: Uuid, entry: &str, content: Option<&str>, now_ms: i64) -> Draft {
        Draft {
            kind: "pair",
            entry: entry.into(),
            before: None,
            content: content.map(str::to_owned),
            beneath: String::new(),
            author,
            reason: "why".into(),
            now_ms,
        }
    }

    #[test]
    fn a_revision_lives_from_draft_to_replaced() {
        let (db, author) = database();
        let first = write(&db, &draft(author, "sun", Some("{\"a\":1}"), 1)).unwrap();
        set_state(&db, first, State::Approved, Some(author), None, 2).unwrap();
        assert_eq!(
            write(&db, &draft(author, "sun", Some("{\"a\":2}"), 3)).unwrap(),
            first,
            "one open an entry"
        );
        let open_now = open(&db, "pair", "sun").unwrap().unwrap();
        assert_eq!((open_now.state, open_now.content.as_deref()), (State::Draft, Some("{\"a\":2}")));
        publish(&db, first, Some("{\"a\":3}"), "f", 4).unwrap();
        assert_eq!(open(&db, "pair", "sun").unwrap(), None);
        let second = write(&db, &draft(author, "sun", None, 5)).unwrap();
        publish(&db, second, None, "", 6).unwrap();
        let states: Vec<(i64, State)> =
            list(&db, &Filter::default(), 9).unwrap().into_iter().map(|r| (r.number, r.state)).collect();
        assert_eq!(states, [(second, State::Published), (first, State::Replaced)]);
        let applied = all_published(&db).unwrap();
        assert_eq!((applied.len(), applied[0].content.clone(), applied[0].published_ms), (1, None, Some(6)));
        assert_eq!(applied[0].author, Hand { id: author, name: "Sara".into() });
    }

    #[test]
    fn filters_and_hands() {
        let (db, author) = database();
        let stranger = Uuid::from_u128(8);
        db.execute("INSERT INTO account VALUES (?, 'Ali')", params![stranger.as_bytes()]).unwrap();
        for (at, entry) in ["a", "b", "c"].into_iter().enumerate() {
            write(&db, &draft(author, entry, Some("{}"), at as i64)).unwrap();
        }
        write(&db, &draft(stranger, "b", Some("{}"), 9)).unwrap();
        let count = |filter: Filter| list(&db, &filter, 9).unwrap().len();
        assert_eq!(count(Filter { entry: Some("b".into()), ..Filter::default() }), 1);
        assert_eq!(count(Filter { author: Some(stranger), ..Filter::default() }), 0, "who began it counts");
        assert_eq!(count(Filter { state: Some(State::Draft), before: Some(3), ..Filter::default() }), 2);
        assert_eq!(all_open(&db).unwrap().len(), 3);
        assert!(has_written(&db, 2, stranger).unwrap() && !has_written(&db, 1, stranger).unwrap());
    }

    #[test]
    fn states_have_one_name() {
        for state in State::ALL {
            assert_eq!(State::from_name(state.name()), state);
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
        assert_eq!(State::from_name("no-such"), State::Discarded);
    }
}
