//! `mujib user`: the staff who use the console, from a terminal. Works beside a running server.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;

use super::Failure;
use crate::config::ServeFlags;
use crate::server::console::{NewPassword, check_login, check_name, hash_password};
use crate::store::accounts::{self, Account, Role};
use crate::store::{self, audit};

/// The flags of `mujib user`.
#[derive(Debug, Args)]
pub(super) struct UserArgs {
    /// Folder of the database [default: data] [env: MUJIB_DATA]
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add somebody; the password is asked for, or read from the first line of the input
    Add {
        /// What they sign in with
        login: String,
        /// What they may do
        #[arg(long, value_enum, default_value_t = Role::Viewer)]
        role: Role,
        /// What others see [default: the login]
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// List everybody
    List,
    /// Give somebody a new password and end their sessions; it is asked for, or read from the input
    Password {
        /// What they sign in with
        login: String,
    },
}

impl UserArgs {
    /// The flags as settings.
    pub(super) fn settings(&self) -> ServeFlags {
        ServeFlags { data: self.data.clone(), ..ServeFlags::default() }
    }
}

/// Does what `args` say to the database in `data`.
pub(super) fn run(args: UserArgs, data: &Path, out: &mut impl Write) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Internal(format!("cannot start: {error}")))?;
    let mut connection =
        runtime.block_on(store::beside(data)).map_err(|error| Failure::Surroundings(error.to_string()))?;
    let said = match args.what {
        What::Add { login, role, name } => add(&mut connection, &login, role, name.as_deref())?,
        What::List => list(&connection)?,
        What::Password { login } => password(&mut connection, &login)?,
    };
    out.write_all(said.as_bytes()).map_err(|error| super::CommandError::from(error).into())
}

fn add(
    connection: &mut rusqlite::Connection,
    login: &str,
    role: Role,
    name: Option<&str>,
) -> Result<String, Failure> {
    let wrong = |what: &str, error: &dyn std::fmt::Display| Failure::Problems(format!("the {what}: {error}"));
    let login = check_login(login).map_err(|error| wrong("login", &error))?;
    let name = check_name(name.unwrap_or(&login)).map_err(|error| wrong("name", &error))?;
    if accounts::by_login(connection, &login).map_err(refused)?.is_some() {
        return Err(taken(&login));
    }
    let hash = new_hash(&login)?;
    let account = Account {
        id: uuid::Uuid::now_v7(),
        login,
        display_name: name,
        role,
        must_change: false,
        locale: "en".into(),
        theme: "auto".into(),
        disabled: false,
        created_ms: jiff::Timestamp::now().as_millisecond(),
        seen_ms: None,
    };
    let transaction = connection.transaction().map_err(refused)?;
    if !accounts::insert(&transaction, &account, &hash).map_err(refused)? {
        return Err(taken(&account.login));
    }
    // Whoever has the link could otherwise still become administrator.
    accounts::void_link(&transaction).map_err(refused)?;
    let detail = json!({"role": role, "by": "terminal"});
    audit::record(&transaction, None, "user.create", &account.login, &detail).map_err(refused)?;
    transaction.commit().map_err(refused)?;
    Ok(format!("{} is added as {}\n", account.login, role.name()))
}

fn list(connection: &rusqlite::Connection) -> Result<String, Failure> {
    let all = accounts::list(connection).map_err(refused)?;
    if all.is_empty() {
        return Ok(
            "there is nobody yet; add the first with: mujib user add LOGIN --role administrator\n".into()
        );
    }
    let line = |account: &Account| {
        let state = if account.disabled { "\tdisabled" } else { "" };
        format!("{}\t{}\t{}{state}\n", account.login, account.role.name(), account.display_name)
    };
    Ok(all.iter().map(line).collect())
}

fn password(connection: &mut rusqlite::Connection, login: &str) -> Result<String, Failure> {
    let unknown = || Failure::Problems("nobody signs in with this login; see: mujib user list".into());
    let login = check_login(login).map_err(|_| unknown())?;
    let (account, _) = accounts::by_login(connection, &login).map_err(refused)?.ok_or_else(unknown)?;
    let hash = new_hash(&login)?;
    let transaction = connection.transaction().map_err(refused)?;
    accounts::set_password(&transaction, account.id, &hash, false).map_err(refused)?;
    let ended = accounts::end_others(&transaction, account.id, None).map_err(refused)?;
    let detail = json!({"by": "terminal", "sessions_ended": ended});
    audit::record(&transaction, None, "password.reset", &login, &detail).map_err(refused)?;
    transaction.commit().map_err(refused)?;
    Ok(format!("{login} has a new password; sessions ended: {ended}\n"))
}

/// The hash of a password that is asked for twice at a terminal, else read from the first line of the input.
fn new_hash(login: &str) -> Result<String, Failure> {
    let unread = |error: std::io::Error| Failure::Surroundings(format!("cannot read the password: {error}"));
    let password = if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("password: ").map_err(unread)?;
        if rpassword::prompt_password("once more: ").map_err(unread)? != first {
            return Err(Failure::Problems("the two passwords differ; nothing is changed".into()));
        }
        first
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(unread)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    let password = NewPassword::chosen(password, login)
        .map_err(|error| Failure::Problems(format!("the password is not taken: {error}")))?;
    hash_password(&password).map_err(|error| Failure::Internal(error.to_string()))
}

fn taken(login: &str) -> Failure {
    Failure::Problems(format!("{login} is there already; for a new password: mujib user password {login}"))
}

fn refused(error: rusqlite::Error) -> Failure {
    Failure::Surroundings(format!("the database refused it: {error}"))
}
