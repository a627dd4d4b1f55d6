//! Settings, read once at start: flags, then `MUJIB_*` variables, then `mujib.toml`, then defaults
//! that work with none of them. Nothing else in the program reads the environment.

pub mod hours;
mod layers;
mod semantic;
mod widget;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

pub use hours::OfficeHours;
pub use layers::{KEYS, Layers, variable};
pub use semantic::{Key, Semantic};
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

/// A range of addresses, as in `10.0.0.0/8`; one address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `2001:db8::/32` or one address; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether `address` is in the range. An IPv4 address written as IPv6 counts as IPv4.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
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

/// What one client may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Whether there are limits at all.
    pub enabled: bool,
    /// Bytes of one frame or request body.
    pub frame_bytes: usize,
    /// Characters of one message.
    pub text_chars: usize,
    /// Messages a minute on one connection; as many may come at once.
    pub messages_per_minute: u32,
    /// Messages a minute on the connection of an integration, which speaks for many patients.
    pub messages_per_minute_integration: u32,
    /// Messages a minute from one address.
    pub messages_per_minute_address: u32,
    /// Frames of any kind a minute on one connection.
    pub frames_per_minute: u32,
    /// Refused frames a minute after which a connection counts as flooding and is closed.
    pub strikes_per_minute: u32,
    /// Chat connections in all.
    pub connections: usize,
    /// Chat connections of one address.
    pub connections_per_address: usize,
    /// Frames that may wait for one slow client.
    pub queue_frames: usize,
    /// Silence of the patient after which a connection is closed.
    pub idle: Duration,
}

impl Limits {
    /// No limits, for measuring. A frame still has to fit in memory and a queue still has an end.
    #[must_use]
    pub fn off() -> Self {
        Self {
            enabled: false,
            frame_bytes: 16 << 20,
            text_chars: usize::MAX,
            messages_per_minute: u32::MAX,
            messages_per_minute_integration: u32::MAX,
            messages_per_minute_address: u32::MAX,
            frames_per_minute: u32::MAX,
            strikes_per_minute: u32::MAX,
            connections: usize::MAX,
            connections_per_address: usize::MAX,
            queue_frames: 1024,
            idle: Duration::from_secs(365 * 86_400),
        }
    }

    /// Whether message `text` is longer than allowed; counts characters only where bytes leave a doubt.
    #[must_use]
    pub fn too_long(&self, text: &str) -> bool {
        text.len() > self.text_chars && text.chars().count() > self.text_chars
    }
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
            listen: layers.read("listen", "127.0.0.1:8080".into(), listen),
            folders: Folders {
                knowledge: layers.path("knowledge", "knowledge"),
                index: layers.path("index", "index"),
                data: layers.path("data", "data"),
                questions: layers.path("questions", "tests/questions"),
            },
            country: layers.read("country", None, country),
            access: Access {
                public_url: layers.read("public_url", None, public_url),
                allowed_origins: layers.read("allowed_origins", Vec::new(), origins),
                trusted_proxies: layers.read("trusted_proxies", Vec::new(), networks),
            },
            log: Log {
                level: layers.read("log.level", tracing::Level::INFO, level),
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
            limits: limits(&mut layers),
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
            settings.check_together(&mut problems);
        }
        if problems.is_empty() { Ok(settings) } else { Err(ConfigError::Problems(problems)) }
    }

    /// Settings that are right one by one but not together.
    fn check_together(&self, problems: &mut Vec<String>) {
        let Limits { enabled, frame_bytes, text_chars, messages_per_minute, connections_per_address, .. } =
            self.limits;
        if !enabled {
            return;
        }
        // A character is at most four bytes of UTF-8; the rest of an `ask` frame fits in 512.
        let needed = text_chars * 4 + 512;
        if frame_bytes < needed {
            problems.push(format!(
                "limits.frame_bytes is {frame_bytes}, too small for a message of limits.text_chars \
                 {text_chars}; set it to {needed} or more"
            ));
        }
        if self.limits.messages_per_minute_address < messages_per_minute {
            problems.push(
                "limits.messages_per_minute_address is below limits.messages_per_minute, which could then \
                 never be reached; raise the first or lower the second"
                    .into(),
            );
        }
        if self.limits.connections < connections_per_address {
            problems.push(
                "limits.connections is below limits.connections_per_address; raise the first or lower the \
                 second"
                    .into(),
            );
        }
        if self.limits.idle < self.socket.ping {
            problems.push(
                "limits.idle_seconds is below socket.ping_seconds; raise the first or lower the second"
                    .into(),
            );
        }
    }
}

fn limits(layers: &mut Layers) -> Limits {
    let enabled = layers.read("limits.enabled", true, |text| match text {
        "on" | "true" | "1" => Ok(true),
        "off" | "false" | "0" => Ok(false),
        _ => Err("`on` or `off`".into()),
    });
    let chosen = Limits {
        enabled,
        frame_bytes: layers.number("limits.frame_bytes", 65_536, 1024, 16 << 20),
        text_chars: layers.number("limits.text_chars", 4000, 1, 1_000_000),
        messages_per_minute: layers.number("limits.messages_per_minute", 30, 1, 1_000_000),
        messages_per_minute_integration: layers.number(
            "limits.messages_per_minute_integration",
            3000,
            1,
            10_000_000,
        ),
        // A waiting room or a mobile network shares one address.
        messages_per_minute_address: layers.number("limits.messages_per_minute_address", 240, 1, 10_000_000),
        frames_per_minute: layers.number("limits.frames_per_minute", 240, 1, 1_000_000),
        strikes_per_minute: layers.number("limits.strikes_per_minute", 60, 1, 1_000_000),
        connections: layers.number("limits.connections", 4096, 1, 1_000_000),
        connections_per_address: layers.number("limits.connections_per_address", 64, 1, 1_000_000),
        queue_frames: layers.number("limits.queue_frames", 64, 2, 65_536),
        idle: Duration::from_secs(layers.number("limits.idle_seconds", 3600, 1, 31_536_000)),
    };
    if enabled { chosen } else { Limits::off() }
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

fn listen(text: &str) -> Result<String, String> {
    let good =
        text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if good { Ok(text.into()) } else { Err("an address and a port, as in 127.0.0.1:8080".into()) }
}

/// A country's code in capitals.
///
/// # Errors
/// What is expected, if it is none.
pub fn country(text: &str) -> Result<Option<String>, String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(Some(text.to_ascii_uppercase()));
    }
    Err("a two-letter country code, as in IR or SA".into())
}

fn level(text: &str) -> Result<tracing::Level, String> {
    text.parse().map_err(|_| "one of error, warn, info, debug, trace".into())
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Origins, separated by commas, in lower case.
///
/// # Errors
/// What is expected, if one is none.
pub fn origins(text: &str) -> Result<Vec<String>, String> {
    items(text)
        .map(|item| {
            let origin = item.trim_end_matches('/').to_ascii_lowercase();
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            let good = item == "*" || host.is_some_and(|host| !host.is_empty() && is_host(host));
            if good { Ok(origin) } else { Err("origins, as in https://clinic.example, or `*`".into()) }
        })
        .collect()
}

/// Letters that a host with a port may have; anything else could break out of a header.
fn is_host(host: &str) -> bool {
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte))
}

fn public_url(text: &str) -> Result<Option<String>, String> {
    match origins(text).as_deref() {
        Ok([origin]) if origin != "*" => Ok(Some(origin.clone())),
        _ => Err("an address without a path, as in https://chat.clinic.example".into()),
    }
}

fn networks(text: &str) -> Result<Vec<Network>, String> {
    items(text)
        .map(|item| Network::parse(item).ok_or_else(|| "addresses or ranges, as in 10.0.0.0/8".into()))
        .collect()
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
