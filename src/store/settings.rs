//! Settings that were made in the console. What is not here comes from flags, environment and file.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::Widget;
use crate::config::hours::Written;

/// What was made in the console; `None` where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Origins besides the server's own.
    pub allowed_origins: Option<Vec<String>>,
    /// The clinic's country; inside, `None` for none.
    pub country: Option<Option<String>>,
    /// Days that a conversation is kept.
    pub retention_days: Option<u32>,
    /// How the chat widget presents itself.
    pub widget: Option<Widget>,
    /// When staff are there.
    pub office_hours: Option<Written>,
}

/// Everything that was made in the console.
///
/// # Errors
/// The database's word.
pub fn stored(connection: &Connection) -> rusqlite::Result<Stored> {
    Ok(Stored {
        allowed_origins: read(connection, "allowed_origins")?,
        country: read(connection, "country")?,
        retention_days: read(connection, "retention_days")?,
        widget: read(connection, "widget")?,
        office_hours: read(connection, "office_hours")?,
    })
}

/// Keeps `stored` instead of what was kept before.
///
/// # Errors
/// The database's word.
pub fn keep(connection: &Connection, stored: &Stored, now_ms: i64) -> rusqlite::Result<()> {
    let Stored { allowed_origins, country, retention_days, widget, office_hours } = stored;
    write(connection, "allowed_origins", allowed_origins.as_ref(), now_ms)?;
    write(connection, "country", country.as_ref(), now_ms)?;
    write(connection, "retention_days", retention_days.as_ref(), now_ms)?;
    write(connection, "widget", widget.as_ref(), now_ms)?;
    write(connection, "office_hours", office_hours.as_ref(), now_ms)
}

fn read<T: DeserializeOwned>(connection: &Connection, name: &str) -> rusqlite::Result<Option<T>> {
    let json: Option<String> = connection
        .query_row("SELECT value FROM setting WHERE name = ?", [name], |row| row.get(0))
        .optional()?;
    // What another version wrote and this one cannot read counts as not set.
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

fn write(
    connection: &Connection,
    name: &str,
    value: Option<&impl Serialize>,
    now_ms: i64,
) -> rusqlite::Result<()> {
    let json = value.and_then(|value| serde_json::to_string(value).ok());
    match json {
        Some(json) => connection.execute(
            "INSERT INTO setting (name, value, changed_ms) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE \
             SET value = excluded.value, changed_ms = excluded.changed_ms WHERE value <> excluded.value",
            params![name, json, now_ms],
        ),
        None => connection.execute("DELETE FROM setting WHERE name = ?", [name]),
    }
    .map(drop)
}
