//! Staff and their sessions. Passwords and tokens come here only as hashes.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// What somebody may do. Each may do all that those before may.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Drafts answers, works in the inbox, talks to patients.
    Editor,
    /// Approves and publishes what others drafted.
    Reviewer,
    /// Manages people and settings.
    Administrator,
}

impl Role {
    /// Its name in the database and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Editor => "editor",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a stored name; the least for one that is not known.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let all = [Role::Administrator, Role::Reviewer, Role::Editor];
        all.into_iter().find(|role| role.name() == name).unwrap_or(Role::Viewer)
    }
}

/// Somebody of the staff.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// What one signs in with, in lower case.
    pub login: String,
    /// What others see.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Whether the password was given by somebody else and must be changed first.
    pub must_change: bool,
    /// The language of the console: `en`, `ar`, `fa`.
    pub locale: String,
    /// The colours of the console: `auto`, `light`, `dark`.
    pub theme: String,
    /// Whether it may not sign in.
    pub disabled: bool,
    /// When it was made, in ms since 1970.
    pub created_ms: i64,
    /// When it was last seen, in ms since 1970.
    pub seen_ms: Option<i64>,
}

/// One place where somebody is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// What it is called by.
    pub id: Uuid,
    /// Whose it is.
    pub account: Uuid,
    /// When it began, in ms since 1970.
    pub created_ms: i64,
    /// When it was last used, in ms since 1970.
    pub seen_ms: i64,
    /// Where it was begun from.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

const ACCOUNT: &str = "a.id, a.login, a.display_name, a.role, a.must_change, a.locale, a.theme, a.disabled, \
                       a.created_ms, a.seen_ms";
const SESSION: &str = "s.id, s.account, s.created_ms, s.seen_ms, s.address, s.agent";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: Uuid::from_bytes(row.get(0)?),
        login: row.get(1)?,
        display_name: row.get(2)?,
        role: Role::from_name(&row.get::<_, String>(3)?),
        must_change: row.get(4)?,
        locale: row.get(5)?,
        theme: row.get(6)?,
        disabled: row.get(7)?,
        created_ms: row.get(8)?,
        seen_ms: row.get(9)?,
    })
}

fn session(row: &Row<'_>, from: usize) -> rusqlite::Result<Session> {
    Ok(Session {
        id: Uuid::from_bytes(row.get(from)?),
        account: Uuid::from_bytes(row.get(from + 1)?),
        created_ms: row.get(from + 2)?,
        seen_ms: row.get(from + 3)?,
        address: row.get(from + 4)?,
        agent: row.get(from + 5)?,
    })
}

/// All accounts, by login.
///
/// # Errors
/// The database's word.
pub fn list(connection: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {ACCOUNT} FROM account a ORDER BY a.login"))?;
    let rows = statement.query_map([], account)?;
    rows.collect()
}

/// Whether there is an account at all.
///
/// # Errors
/// The database's word.
pub fn any(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))
}

/// The account of `id`.
///
/// # Errors
/// The database's word.
pub fn by_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<Account>> {
    let sql = format!("SELECT {ACCOUNT} FROM account a WHERE a.id = ?");
    connection.prepare_cached(&sql)?.query_row([id.as_bytes()], account).optional()
}

/// The account of `login`, in lower case, and the hash of its password.
///
/// # Errors
/// The database's word.
pub fn by_login(connection: &Connection, login: &str) -> rusqlite::Result<Option<(Account, String)>> {
    let sql = format!("SELECT {ACCOUNT}, a.password FROM account a WHERE a.login = ?");
    connection.prepare_cached(&sql)?.query_row([login], |row| Ok((account(row)?, row.get(10)?))).optional()
}

/// The hash of the password of `id`.
///
/// # Errors
/// The database's word.
pub fn password(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT password FROM account WHERE id = ?")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
}

/// Adds an account; `false` if its login is taken.
///
/// # Errors
/// The database's word.
pub fn insert(connection: &Connection, account: &Account, password: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO account (id, login, display_name, role, password, must_change, locale, \
             theme, disabled, created_ms, seen_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            account.id.as_bytes(),
            account.login,
            account.display_name,
            account.role.name(),
            password,
            account.must_change,
            account.locale,
            account.theme,
            account.disabled,
            account.created_ms,
            account.seen_ms
        ])
        .map(|rows| rows == 1)
}

/// Keeps name, role, language, colours and whether it is disabled, as `account` has them.
///
/// # Errors
/// The database's word.
pub fn update(connection: &Connection, account: &Account) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE account SET display_name = ?, role = ?, locale = ?, theme = ?, disabled = ? WHERE id = ?",
        )?
        .execute(params![
            account.display_name,
            account.role.name(),
            account.locale,
            account.theme,
            account.disabled,
            account.id.as_bytes()
        ])
        .map(drop)
}

/// Replaces the hash of a password.
///
/// # Errors
/// The database's word.
pub fn set_password(
    connection: &Connection,
    id: Uuid,
    password: &str,
    must_change: bool,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE account SET password = ?, must_change = ? WHERE id = ?")?
        .execute(params![password, must_change, id.as_bytes()])
        .map(drop)
}

/// Administrators other than `id` who may sign in.
///
/// # Errors
/// The database's word.
pub fn other_administrators(connection: &Connection, id: Uuid) -> rusqlite::Result<i64> {
    connection.query_row(
        "SELECT count(*) FROM account WHERE role = 'administrator' AND NOT disabled AND id <> ?",
        [id.as_bytes()],
        |row| row.get(0),
    )
}

/// Begins a session; `token` is the SHA-256 of the cookie's value.
///
/// # Errors
/// The database's word.
pub fn begin(connection: &Connection, token: &[u8; 32], session: &Session) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session (token, id, account, created_ms, seen_ms, address, agent) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            token,
            session.id.as_bytes(),
            session.account.as_bytes(),
            session.created_ms,
            session.seen_ms,
            session.address,
            session.agent
        ])
        .map(drop)
}

/// The session of `token` and whose it is; `None` also for somebody who may not sign in any more.
///
/// # Errors
/// The database's word.
pub fn session_of(connection: &Connection, token: &[u8; 32]) -> rusqlite::Result<Option<(Session, Account)>> {
    let sql = format!(
        "SELECT {ACCOUNT}, {SESSION} FROM session s JOIN account a ON a.id = s.account \
         WHERE s.token = ? AND NOT a.disabled"
    );
    connection
        .prepare_cached(&sql)?
        .query_row([token], |row| Ok((session(row, 10)?, account(row)?)))
        .optional()
}

/// The session that is called `id`; `None` also for somebody who may not sign in any more.
///
/// # Errors
/// The database's word.
pub fn session_by_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<Session>> {
    let sql = format!(
        "SELECT {SESSION} FROM session s JOIN account a ON a.id = s.account WHERE s.id = ? AND NOT a.disabled"
    );
    connection.prepare_cached(&sql)?.query_row([id.as_bytes()], |row| session(row, 0)).optional()
}

/// Sessions, latest used first: those of `account`, or everybody's.
///
/// # Errors
/// The database's word.
pub fn sessions(
    connection: &Connection,
    of: Option<Uuid>,
    since_ms: i64,
) -> rusqlite::Result<Vec<(Session, Account)>> {
    let sql = format!(
        "SELECT {ACCOUNT}, {SESSION} FROM session s JOIN account a ON a.id = s.account \
         WHERE (?1 IS NULL OR s.account = ?1) AND s.seen_ms >= ?2 ORDER BY s.seen_ms DESC, s.id LIMIT 1000"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let of = of.map(Uuid::into_bytes);
    let rows = statement.query_map(params![of, since_ms], |row| Ok((session(row, 10)?, account(row)?)))?;
    rows.collect()
}

/// Takes note that somebody is here.
///
/// # Errors
/// The database's word.
pub fn seen(connection: &Connection, session: Uuid, account: Uuid, now_ms: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE session SET seen_ms = ? WHERE id = ?")?
        .execute(params![now_ms, session.as_bytes()])?;
    connection
        .prepare_cached("UPDATE account SET seen_ms = ? WHERE id = ?")?
        .execute(params![now_ms, account.as_bytes()])
        .map(drop)
}

/// Ends one session; whose it was, or `None` if there is none.
///
/// # Errors
/// The database's word.
pub fn end(connection: &Connection, session: Uuid) -> rusqlite::Result<Option<Uuid>> {
    connection
        .prepare_cached("DELETE FROM session WHERE id = ? RETURNING account")?
        .query_row([session.as_bytes()], |row| Ok(Uuid::from_bytes(row.get(0)?)))
        .optional()
}

/// Ends all sessions of `account` but `except`; how many.
///
/// # Errors
/// The database's word.
pub fn end_others(connection: &Connection, account: Uuid, except: Option<Uuid>) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("DELETE FROM session WHERE account = ?1 AND (?2 IS NULL OR id <> ?2)")?
        .execute(params![account.as_bytes(), except.map(Uuid::into_bytes)])
}

/// Ends sessions that were not used since `seen_ms` or began before `begun_ms`.
///
/// # Errors
/// The database's word.
pub fn end_old(connection: &Connection, seen_ms: i64, begun_ms: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("DELETE FROM session WHERE seen_ms < ? OR created_ms < ?")?
        .execute([seen_ms, begun_ms])
}

/// Makes the one link for the first administrator; one made before is void. Its SHA-256 is kept.
///
/// # Errors
/// The database's word.
pub fn set_up_link(connection: &Connection, token: &[u8; 32], now_ms: i64) -> rusqlite::Result<()> {
    connection
        .execute(
            "INSERT OR REPLACE INTO setup_link (id, token, created_ms) VALUES (1, ?, ?)",
            params![token, now_ms],
        )
        .map(drop)
}

/// The SHA-256 of the link for the first administrator, if it was not used yet.
///
/// # Errors
/// The database's word.
pub fn link(connection: &Connection) -> rusqlite::Result<Option<[u8; 32]>> {
    connection.query_row("SELECT token FROM setup_link", [], |row| row.get(0)).optional()
}

/// Voids the link.
///
/// # Errors
/// The database's word.
pub fn void_link(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM setup_link", []).map(drop)
}
