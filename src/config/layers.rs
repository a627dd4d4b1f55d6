//! Where a setting's value comes from: flags, then the environment, then `mujib.toml`.
//!
//! Every layer is brought to text first, so that one parser and one error message serve all three.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Every setting's key in `mujib.toml`; `a.b` is key `b` of table `[a]`.
pub const KEYS: [&str; 40] = [
    "listen",
    "knowledge",
    "index",
    "data",
    "questions",
    "country",
    "public_url",
    "allowed_origins",
    "trusted_proxies",
    "log.level",
    "log.format",
    "store.synchronous",
    "store.retention_days",
    "socket.ping_seconds",
    "socket.send_seconds",
    "limits.enabled",
    "limits.frame_bytes",
    "limits.text_chars",
    "limits.messages_per_minute",
    "limits.messages_per_minute_address",
    "limits.messages_per_minute_integration",
    "limits.frames_per_minute",
    "limits.strikes_per_minute",
    "limits.connections",
    "limits.connections_per_address",
    "limits.queue_frames",
    "limits.idle_seconds",
    "semantic.endpoint",
    "semantic.model",
    "semantic.key_file",
    "semantic.timeout_ms",
    "semantic.query_prefix",
    "semantic.passage_prefix",
    "widget.name_ar",
    "widget.name_fa",
    "widget.accent",
    "widget.logo",
    "widget.phone",
    "console.leave_after_seconds",
    "console.sign_in_delay_ms",
];

/// Settings that only a variable may hold, so that no secret stands in a settings file.
const SECRETS: [&str; 1] = ["semantic.key"];

/// The environment variable of a setting: `MUJIB_` and the key in capitals, `.` as `_`. Only
/// `limits.enabled` is the shorter `MUJIB_LIMITS`.
#[must_use]
pub fn variable(key: &str) -> String {
    if key == "limits.enabled" {
        return "MUJIB_LIMITS".into();
    }
    format!("MUJIB_{}", key.replace('.', "_").to_ascii_uppercase())
}

/// The known name nearest to `unknown`, if any is near enough to be what was meant.
#[must_use]
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(unknown, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// Where a value was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag, with its dashes.
    Flag(String),
    /// An environment variable.
    Environment(String),
    /// A settings file.
    File(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(flag) => f.write_str(flag),
            Origin::Environment(name) => f.write_str(name),
            Origin::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// A value as text, and where it was set.
#[derive(Debug, Clone)]
pub struct Found {
    /// The value; a list is joined by commas.
    pub text: String,
    /// Where it was set.
    pub origin: Origin,
}

/// The three layers, and every problem met while reading them.
#[derive(Debug, Default)]
pub struct Layers {
    flags: BTreeMap<&'static str, String>,
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    file_path: PathBuf,
    /// What is wrong, one sentence each: which setting, from where, what to do.
    pub problems: Vec<String>,
}

impl Layers {
    /// Flags by key, variables by name, and the settings file's path and text, if there is one.
    #[must_use]
    pub fn new(
        flags: BTreeMap<&'static str, String>,
        environment: BTreeMap<String, String>,
        file: Option<(&Path, &str)>,
    ) -> Self {
        let mut layers = Self { flags, environment, ..Self::default() };
        if let Some((path, text)) = file {
            layers.file_path = path.to_path_buf();
            layers.read_file(text);
        }
        layers
    }

    /// The value of `key` in the highest layer that sets it. An empty variable counts as unset.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Found> {
        if let Some(text) = self.flags.get(key) {
            let flag = key.rsplit('.').next().unwrap_or(key).replace('_', "-");
            let flag = match key {
                "limits.enabled" => "--limits".to_owned(),
                "log.level" => "--log-level".to_owned(),
                "log.format" => "--log-format".to_owned(),
                _ => format!("--{flag}"),
            };
            return Some(Found { text: text.clone(), origin: Origin::Flag(flag) });
        }
        let name = variable(key);
        if let Some(text) = self.environment.get(&name).filter(|text| !text.trim().is_empty()) {
            return Some(Found { text: text.clone(), origin: Origin::Environment(name) });
        }
        let text = self.file.get(key)?;
        Some(Found { text: text.clone(), origin: Origin::File(self.file_path.clone()) })
    }

    /// The value of a secret, which only its variable may hold.
    #[must_use]
    pub fn secret(&self, key: &str) -> Option<String> {
        self.environment.get(&variable(key)).filter(|text| !text.trim().is_empty()).cloned()
    }

    /// Keys that a flag or the environment sets.
    #[must_use]
    pub fn fixed(&self) -> BTreeSet<&'static str> {
        let above_file =
            |key: &&str| self.find(key).is_some_and(|found| !matches!(found.origin, Origin::File(_)));
        KEYS.into_iter().filter(above_file).collect()
    }

    /// The value of `key` read by `parse`, else `default`. `parse` gives what it expects as its error.
    pub fn read<T>(&mut self, key: &str, default: T, parse: impl Fn(&str) -> Result<T, String>) -> T {
        let Some(found) = self.find(key) else { return default };
        match parse(found.text.trim()) {
            Ok(value) => value,
            Err(expected) => {
                self.problems.push(format!(
                    "{key} (from {}): expected {expected}; correct it, or leave it out for the default",
                    found.origin
                ));
                default
            }
        }
    }

    /// A whole number from `least` to `most`.
    pub fn number<T>(&mut self, key: &str, default: T, least: T, most: T) -> T
    where
        T: FromStr + PartialOrd + fmt::Display + Copy,
    {
        self.read(key, default, |text| match text.replace('_', "").parse::<T>() {
            Ok(number) if number >= least && number <= most => Ok(number),
            _ => Err(format!("a whole number from {least} to {most}")),
        })
    }

    /// A path. One in the settings file is relative to that file, others to the working directory.
    pub fn path(&mut self, key: &str, default: &str) -> PathBuf {
        match self.find(key) {
            Some(Found { text, origin: Origin::File(file) }) => {
                file.parent().map_or_else(|| PathBuf::from(&text), |folder| folder.join(&text))
            }
            Some(found) => PathBuf::from(found.text),
            None => PathBuf::from(default),
        }
    }

    fn read_file(&mut self, text: &str) {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let reason = error.to_string();
                self.problems.push(format!("{}: {}", self.file_path.display(), reason.trim()));
                return;
            }
        };
        for (name, value) in &table {
            match value {
                toml::Value::Table(inner) => {
                    for (inner_name, value) in inner {
                        self.file_value(&format!("{name}.{inner_name}"), value);
                    }
                }
                value => self.file_value(name, value),
            }
        }
    }

    fn file_value(&mut self, key: &str, value: &toml::Value) {
        let path = self.file_path.display().to_string();
        if !KEYS.contains(&key) {
            let advice = match nearest(key, KEYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it".into(),
            };
            self.problems.push(format!("{path}: there is no setting `{key}`; {advice}"));
            return;
        }
        match as_text(value) {
            Some(text) => {
                self.file.insert(key.to_owned(), text);
            }
            None => self
                .problems
                .push(format!("{path}: `{key}` must be a string, a number, a switch or a list of strings")),
        }
    }

    /// Variables that begin with `MUJIB_` and name no setting, each with the nearest one: a spelling
    /// mistake that would otherwise pass in silence.
    #[must_use]
    pub fn strangers(&self) -> Vec<String> {
        let known: Vec<String> = KEYS.iter().chain(&SECRETS).map(|key| variable(key)).collect();
        self.environment
            .keys()
            .filter(|name| *name != "MUJIB_CONFIG" && !known.contains(name))
            .map(|name| match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("{name} names no setting and is ignored; did you mean {near}?"),
                None => format!("{name} names no setting and is ignored"),
            })
            .collect()
    }
}

fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(on) => Some(if *on { "on" } else { "off" }.into()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}
