//! The record of what staff changed: written in the transaction of the change itself.

use rusqlite::{Connection, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

/// One change.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number; later ones are greater.
    pub id: i64,
    /// When, in ms since 1970.
    pub at_ms: i64,
    /// Who: id and name; `None` for the command line.
    pub actor: Option<(Uuid, String)>,
    /// What was done, as in `user.create`.
    pub action: String,
    /// To what: an id, a login, a name.
    pub target: String,
    /// More about it, as a JSON object.
    pub detail: String,
}

/// Which changes are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those of one account.
    pub actor: Option<Uuid>,
    /// Those whose action begins so.
    pub action: Option<String>,
    /// Not before this time, in ms since 1970.
    pub from_ms: Option<i64>,
    /// Before this time, in ms since 1970.
    pub until_ms: Option<i64>,
    /// Only older ones than this number.
    pub before: Option<i64>,
}

/// Takes note of a change, in the transaction that makes it. `detail` is a JSON object without any secret and without
/// words of patients.
///
/// # Errors
/// The database's word.
pub fn record(
    connection: &Connection,
    actor: Option<Uuid>,
    action: &str,
    target: &str,
    detail: &serde_json::Value,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO audit (at_ms, actor, action, target, detail) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![
            jiff::Timestamp::now().as_millisecond(),
            actor.map(|actor| actor.into_bytes()),
            action,
            target,
            detail.to_string()
        ])
        .map(drop)
}

/// At most `limit` changes, latest first.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection, filter: &Filter, limit: i64) -> rusqlite::Result<Vec<Entry>> {
    let mut conditions = vec!["1"];
    let mut values: Vec<Value> = Vec::new();
    if let Some(actor) = filter.actor {
        conditions.push("a.actor = ?");
        values.push(actor.as_bytes().to_vec().into());
    }
    if let Some(action) = &filter.action {
        // No pattern of LIKE, so that `_` and `%` are letters.
        conditions.push("substr(a.action, 1, length(?)) = ?");
        values.extend([action.clone().into(), action.clone().into()]);
    }
    for (condition, bound) in
        [("a.at_ms >= ?", filter.from_ms), ("a.at_ms < ?", filter.until_ms), ("a.id < ?", filter.before)]
    {
        if let Some(bound) = bound {
            conditions.push(condition);
            values.push(bound.into());
        }
    }
    values.push(limit.into());
    let sql = format!(
        "SELECT a.id, a.at_ms, a.actor, u.display_name, a.action, a.target, a.detail FROM audit a \
         LEFT JOIN account u ON u.id = a.actor WHERE {} ORDER BY a.id DESC LIMIT ?",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), entry)?;
    rows.collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let actor: Option<[u8; 16]> = row.get(2)?;
    let name: Option<String> = row.get(3)?;
    Ok(Entry {
        id: row.get(0)?,
        at_ms: row.get(1)?,
        actor: actor.map(|id| (Uuid::from_bytes(id), name.unwrap_or_default())),
        action: row.get(4)?,
        target: row.get(5)?,
        detail: row.get(6)?,
    })
}
