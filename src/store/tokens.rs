//! Tokens of integrations and other programs. Only their hashes are here.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// A token, without what it is.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is called by.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it is good for, separated by spaces.
    pub scopes: String,
    /// Who made it: id and name.
    pub created_by: (Uuid, String),
    /// When, in ms since 1970.
    pub created_ms: i64,
    /// When it ends, in ms since 1970; `None`: never.
    pub expires_ms: Option<i64>,
    /// When it was last used, in ms since 1970.
    pub used_ms: Option<i64>,
}

const TOKEN: &str = "SELECT t.id, t.name, t.scopes, t.created_by, a.display_name, t.created_ms, t.expires_ms, t.used_ms \
                     FROM api_token t JOIN account a ON a.id = t.created_by ";

fn token(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        id: Uuid::from_bytes(row.get(0)?),
        name: row.get(1)?,
        scopes: row.get(2)?,
        created_by: (Uuid::from_bytes(row.get(3)?), row.get(4)?),
        created_ms: row.get(5)?,
        expires_ms: row.get(6)?,
        used_ms: row.get(7)?,
    })
}

/// All tokens, the newest first.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<Token>> {
    let mut statement = connection.prepare_cached(&format!("{TOKEN} ORDER BY t.id DESC"))?;
    let rows = statement.query_map([], token)?;
    rows.collect()
}

/// The token whose SHA-256 is `digest`.
///
/// # Errors
/// The database's word.
pub fn by_digest(connection: &Connection, digest: &[u8; 32]) -> rusqlite::Result<Option<Token>> {
    connection.prepare_cached(&format!("{TOKEN} WHERE t.token = ?"))?.query_row([digest], token).optional()
}

/// Adds a token whose SHA-256 is `digest`.
///
/// # Errors
/// The database's word.
pub fn insert(connection: &Connection, token: &Token, digest: &[u8; 32]) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO api_token (id, token, name, scopes, created_by, created_ms, expires_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            token.id.as_bytes(),
            digest,
            token.name,
            token.scopes,
            token.created_by.0.as_bytes(),
            token.created_ms,
            token.expires_ms
        ])
        .map(drop)
}

/// Takes note of a use.
///
/// # Errors
/// The database's word.
pub fn used(connection: &Connection, id: Uuid, now_ms: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE api_token SET used_ms = ? WHERE id = ?")?
        .execute(params![now_ms, id.as_bytes()])
        .map(drop)
}

/// Removes a token; its name, or `None` if there is none.
///
/// # Errors
/// The database's word.
pub fn delete(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("DELETE FROM api_token WHERE id = ? RETURNING name")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
}
