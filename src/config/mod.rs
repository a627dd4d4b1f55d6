//! Settings, read once at start: flags, then `MUJIB_*` variables, then `mujib.toml`, then defaults
//! that work with none of them. Nothing else in the program reads the environment.

pub mod hours;
mod layers;
mod limits;
mod semantic;
mod values;
mod widget;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

pub use hours::OfficeHours;
pub use layers::{KEYS, Layers, variable};
pub use limits::Limits;
pub use semantic::{Key, Semantic};
pub use values::{Network, country, origins};
pub use widget::Widget;

/// The settings file that is read when it exists and no other is named.
pub const DEFAULT_FILE: &str = "mujib.toml";

/// Days that a conversation may be kept, at most.
pub const RETENTION_DAYS: u32 = 3650;

/// The flags that every command takes. Each beats its variable and the settings file.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    /// Settings file [default: mujib.toml, if there is one] [env: MUJIB_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the clinic's knowledge [default: knowledge] [env: MUJIB_KNOWLEDGE]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub knowledge: Option<String>,
    /// Folder of the search index [default: index] [env: MUJIB_INDEX]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub index: Option<String>,
    /// The clinic's country, such as IR or SA, for the emergency number [env: MUJIB_COUNTRY]
    #[arg(long, global = true, value_name = "CODE")]
    pub country: Option<String>,
    /// What is logged: error, warn, info, debug or trace [default: info] [env: MUJIB_LOG_LEVEL]
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log_level: Option<String>,
    /// How it is logged: human or json [default: human] [env: MUJIB_LOG_FORMAT]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub log_format: Option<String>,
}

/// The flags of `mujib serve` that are settings.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ServeFlags {
    /// Address and port; port 0 takes a free one [default: 127.0.0.1:8080] [env: MUJIB_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Folder of the database [default: data] [env: MUJIB_DATA]
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<String>,
    /// Web pages elsewhere that may talk to this server, such as `https://clinic.example`
    #[arg(long = "allowed-origins", value_name = "ORIGIN", value_delimiter = ',')]
    pub allowed_origins: Vec<String>,
    /// `off` lifts every limit, for measuring only [default: on] [env: MUJIB_LIMITS]
    #[arg(long, value_name = "on|off")]
    pub limits: Option<String>,
}

/// Everything that can be set, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address and port to listen on, as in `127.0.0.1:8080`; the address may be a host name.
    pub listen: String,
    /// Where things are.
    pub folders: Folders,
    /// ISO 3166 code of the clinic's country, in capitals.
    pub country: Option<String>,
    /// Who may connect from a browser, and whom to believe about addresses.
    pub access: Access,
    /// What is logged and how.
    pub log: Log,
    /// How conversations are kept.
    pub store: Store,
    /// The chat socket's own times.
    pub socket: Socket,
    /// What one client may take.
    pub limits: Limits,
    /// Where texts are embedded; `None` unless an endpoint is set.
    pub semantic: Option<Semantic>,
    /// How the chat widget presents itself.
    pub widget: Widget,
    /// The staff's console.
    pub console: Console,
    /// Keys of settings that a flag or the environment sets: staff cannot change these.
    pub fixed: BTreeSet<&'static str>,
    /// Things that are not wrong but that the operator should hear of at start.
    pub warnings: Vec<String>,
}

/// Where things are.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The clinic's knowledge.
    pub knowledge: PathBuf,
    /// The search index; can always be rebuilt.
    pub index: PathBuf,
    /// The database.
    pub data: PathBuf,
    /// Labelled questions that are asked before staff publish anything.
    pub questions: PathBuf,
}

/// Who may connect from a browser, and whom to believe about addresses.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// The address under which browsers reach this server, as in `https://chat.clinic.example`, without a path.
    pub public_url: Option<String>,
    /// Origins besides the server's own, as in `https://clinic.example`, in lower case; `*` for any.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed. Empty: the header is ignored.
    pub trusted_proxies: Vec<Network>,
}

/// What is logged and how.
#[derive(Debug, Clone, Copy)]
pub struct Log {
    /// The least urgent level that is logged.
    pub level: tracing::Level,
    /// Lines for people, or one JSON object a line.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// How conversations are kept.
#[derive(Debug, Clone, Copy)]
pub struct Store {
    /// What a commit survives.
    pub synchronous: Synchronous,
    /// Days after its last message that a conversation is erased.
    pub retention_days: u32,
}

/// What a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronous {
    /// The death of the process, not a power cut in the same second.
    Normal,
    /// A power cut too; each commit waits for the disk.
    Full,
}

/// The chat socket's own times. These are not limits: they find connections that are dead.
#[derive(Debug, Clone, Copy)]
pub struct Socket {
    /// Time between pings. A peer from which nothing came for two and a half of these is gone.
    pub ping: Duration,
    /// The longest that a client may take to accept what is sent to it.
    pub send: Duration,
}

/// The staff's console.
#[derive(Debug, Clone)]
pub struct Console {
    /// How long one waits who failed to sign in too often. Doubles with each further failure.
    pub sign_in_delay: Duration,
    /// How long somebody of the staff who is in a conversation may be away before automatic answers go on.
    pub leave_after: Duration,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The settings file that was named cannot be read.
    #[error("cannot read the settings file {}: {reason}; correct --config or MUJIB_CONFIG", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's word.
        reason: std::io::Error,
    },
    /// Settings are wrong; one sentence each.
    #[error("the settings have problems:\n{}", .0.join("\n"))]
    Problems(Vec<String>),
}

impl Settings {
    /// Reads the settings of this process.
    ///
    /// # Errors
    /// See [`ConfigError`]; every problem is reported at once.
    pub fn load(flags: &Flags, serve: &ServeFlags) -> Result<Self, ConfigError> {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let environment: BTreeMap<String, String> =
            std::env::vars().filter(|(name, _)| name.starts_with("MUJIB_")).collect();
        let named = flags
            .config
            .clone()
            .or_else(|| environment.get("MUJIB_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(reason) => return Err(ConfigError::Unreadable { path, reason }),
        };
        let file = text.as_deref().map(|text| (path.as_path(), text));
        Self::from_layers(Layers::new(given(flags, serve), environment, file))
    }

    /// Settings from layers that are already read.
    ///
    /// # Errors
    /// [`ConfigError::Problems`].
    pub fn from_layers(mut layers: Layers) -> Result<Self, ConfigError> {
        let mut settings = Self {
            listen: layers.read("listen", "127.0.0.1:8080".into(), values::listen),
            folders: Folders {
                knowledge: layers.path("knowledge", "knowledge"),
                index: layers.path("index", "index"),
                data: layers.path("data", "data"),
                questions: layers.path("questions", "tests/questions"),
            },
            country: layers.read("country", None, country),
            access: Access {
                public_url: layers.read("public_url", None, values::public_url),
                allowed_origins: layers.read("allowed_origins", Vec::new(), origins),
                trusted_proxies: layers.read("trusted_proxies", Vec::new(), values::networks),
            },
            log: Log {
                level: layers.read("log.level", tracing::Level::INFO, |text| {
                    text.parse().map_err(|_| "one of error, warn, info, debug, trace".into())
                }),
                format: layers.read("log.format", LogFormat::Human, |text| match text {
                    "human" => Ok(LogFormat::Human),
                    "json" => Ok(LogFormat::Json),
                    _ => Err("`human` or `json`".into()),
                }),
            },
            store: Store {
                synchronous: layers.read("store.synchronous", Synchronous::Normal, |text| match text {
                    "normal" => Ok(Synchronous::Normal),
                    "full" => Ok(Synchronous::Full),
                    _ => Err("`normal` or `full`".into()),
                }),
                retention_days: layers.number("store.retention_days", 30, 1, RETENTION_DAYS),
            },
            socket: Socket {
                ping: Duration::from_secs(layers.number("socket.ping_seconds", 30, 1, 3600)),
                send: Duration::from_secs(layers.number("socket.send_seconds", 10, 1, 600)),
            },
            limits: Limits::read(&mut layers),
            semantic: semantic::read(&mut layers),
            widget: Widget::read(&mut layers),
            console: Console {
                sign_in_delay: Duration::from_millis(layers.number(
                    "console.sign_in_delay_ms",
                    1000,
                    1,
                    60_000,
                )),
                leave_after: Duration::from_secs(layers.number(
                    "console.leave_after_seconds",
                    120,
                    0,
                    86_400,
                )),
            },
            fixed: layers.fixed(),
            warnings: layers.strangers(),
        };
        settings.warnings.extend(settings.semantic.as_ref().and_then(Semantic::warning));
        let mut problems = std::mem::take(&mut layers.problems);
        if problems.is_empty() {
            settings.limits.check(settings.socket.ping, &mut problems);
        }
        if problems.is_empty() { Ok(settings) } else { Err(ConfigError::Problems(problems)) }
    }
}

fn given(flags: &Flags, serve: &ServeFlags) -> BTreeMap<&'static str, String> {
    let origins = (!serve.allowed_origins.is_empty()).then(|| serve.allowed_origins.join(","));
    let pairs = [
        ("listen", serve.listen.clone()),
        ("knowledge", flags.knowledge.clone()),
        ("index", flags.index.clone()),
        ("data", serve.data.clone()),
        ("country", flags.country.clone()),
        ("allowed_origins", origins),
        ("log.level", flags.log_level.clone()),
        ("log.format", flags.log_format.clone()),
        ("limits.enabled", serve.limits.clone()),
    ];
    pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

#[cfg(test)]
mod tests;
