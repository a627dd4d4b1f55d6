//! Revisions of the knowledge: what staff drafted, approved and published over its files. What an entry holds is
//! JSON here; what it means is not known.

mod read;
mod write;

use uuid::Uuid;

pub use read::{
    all_open, all_published, by_number, has_written, last_published_ms, latest, list, open, published,
};
pub use write::{publish, set_state, write, write_published};

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

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, params};

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
