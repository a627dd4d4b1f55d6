//! Questions that staff added, with what their reply has to be.

use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::Masked;

/// What a question is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To see which answers change.
    Evaluation,
    /// Nothing is published while its reply is another one.
    Safety,
}

impl Purpose {
    /// Its name in the database and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Evaluation => "evaluation",
            Purpose::Safety => "safety",
        }
    }
}

/// A question to be kept.
#[derive(Debug, Clone)]
pub struct NewQuestion {
    /// Its id.
    pub id: Uuid,
    /// Its language: `ar` or `fa`.
    pub lang: &'static str,
    /// What is asked.
    pub text: Masked,
    /// The outcome that the reply has to have.
    pub outcome: &'static str,
    /// The pair that has to answer, if it matters.
    pub pair: Option<String>,
    /// What it is asked for.
    pub purpose: Purpose,
    /// Who added it.
    pub author: Uuid,
    /// When, in ms since 1970.
    pub created_ms: i64,
}

/// A question that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptQuestion {
    /// Its id.
    pub id: Uuid,
    /// Its language: `ar` or `fa`.
    pub lang: String,
    /// What is asked.
    pub text: String,
    /// The outcome that the reply has to have.
    pub outcome: String,
    /// The pair that has to answer, if it matters.
    pub pair: Option<String>,
    /// What it is asked for.
    pub purpose: Purpose,
    /// When it was added, in ms since 1970.
    pub created_ms: i64,
}

/// Keeps a question.
///
/// # Errors
/// The database's word.
pub fn insert(connection: &Connection, question: NewQuestion) -> rusqlite::Result<()> {
    let NewQuestion { id, lang, text, outcome, pair, purpose, author, created_ms } = question;
    connection
        .prepare_cached(
            "INSERT INTO question (id, lang, text, outcome, pair, purpose, author, created_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id.as_bytes(),
            lang,
            text.into_text(),
            outcome,
            pair,
            purpose.name(),
            author.as_bytes(),
            created_ms
        ])
        .map(drop)
}

/// Lets go of a question; whether there was one.
///
/// # Errors
/// The database's word.
pub fn delete(connection: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    let deleted =
        connection.prepare_cached("DELETE FROM question WHERE id = ?")?.execute(params![id.as_bytes()])?;
    Ok(deleted > 0)
}

/// All questions, latest first.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<KeptQuestion>> {
    let sql = "SELECT id, lang, text, outcome, pair, purpose, created_ms FROM question ORDER BY id DESC";
    connection.prepare_cached(sql)?.query_map([], question)?.collect()
}

fn question(row: &Row<'_>) -> rusqlite::Result<KeptQuestion> {
    let purpose: String = row.get(5)?;
    Ok(KeptQuestion {
        id: Uuid::from_bytes(row.get(0)?),
        lang: row.get(1)?,
        text: row.get(2)?,
        outcome: row.get(3)?,
        pair: row.get(4)?,
        purpose: if purpose == Purpose::Safety.name() { Purpose::Safety } else { Purpose::Evaluation },
        created_ms: row.get(6)?,
    })
}
