//! What one client may take, and how it is set.

use std::time::Duration;

use super::Layers;

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

    pub(super) fn read(layers: &mut Layers) -> Self {
        let enabled = layers.read("limits.enabled", true, |text| match text {
            "on" | "true" | "1" => Ok(true),
            "off" | "false" | "0" => Ok(false),
            _ => Err("`on` or `off`".into()),
        });
        let chosen = Self {
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
            messages_per_minute_address: layers.number(
                "limits.messages_per_minute_address",
                240,
                1,
                10_000_000,
            ),
            frames_per_minute: layers.number("limits.frames_per_minute", 240, 1, 1_000_000),
            strikes_per_minute: layers.number("limits.strikes_per_minute", 60, 1, 1_000_000),
            connections: layers.number("limits.connections", 4096, 1, 1_000_000),
            connections_per_address: layers.number("limits.connections_per_address", 64, 1, 1_000_000),
            queue_frames: layers.number("limits.queue_frames", 64, 2, 65_536),
            idle: Duration::from_secs(layers.number("limits.idle_seconds", 3600, 1, 31_536_000)),
        };
        if enabled { chosen } else { Self::off() }
    }

    /// Adds limits that are right one by one but not together, or not beside `ping`, to `problems`.
    pub(super) fn check(&self, ping: Duration, problems: &mut Vec<String>) {
        let Self { frame_bytes, text_chars, .. } = *self;
        if !self.enabled {
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
        if self.messages_per_minute_address < self.messages_per_minute {
            problems.push(
                "limits.messages_per_minute_address is below limits.messages_per_minute, which could then \
                 never be reached; raise the first or lower the second"
                    .into(),
            );
        }
        if self.connections < self.connections_per_address {
            problems.push(
                "limits.connections is below limits.connections_per_address; raise the first or lower the \
                 second"
                    .into(),
            );
        }
        if self.idle < ping {
            problems.push(
                "limits.idle_seconds is below socket.ping_seconds; raise the first or lower the second"
                    .into(),
            );
        }
    }
}
