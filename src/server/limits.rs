//! What one client may take, so that others notice nothing of it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota};
use uuid::Uuid;

use crate::config::Limits;

/// When it is worth trying again, in milliseconds.
pub type RetryAfterMs = u64;

/// How long a client that found no free connection should wait.
pub const RECONNECT_AFTER_MS: RetryAfterMs = 10_000;

/// One address as far as limits go: an IPv6 household has a whole /64.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// An address as it may be logged: the network, not the household.
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// The limits that all connections share.
#[derive(Debug)]
pub struct Gate {
    limits: Limits,
    messages: Option<DefaultKeyedRateLimiter<IpAddr>>,
    integrations: Option<DefaultKeyedRateLimiter<Uuid>>,
    clock: DefaultClock,
    connections: Mutex<Connections>,
}

#[derive(Debug, Default)]
struct Connections {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// Why a connection finds no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The server has no more.
    Server,
    /// This address has no more.
    Address,
}

/// A connection's place. Dropping it frees the place.
#[derive(Debug)]
pub struct Pass {
    gate: Arc<Gate>,
    address: IpAddr,
}

impl Gate {
    /// The gate of a server that is about to listen.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let messages =
            limits.enabled.then(|| DefaultKeyedRateLimiter::keyed(quota(limits.messages_per_minute_address)));
        let integrations = limits
            .enabled
            .then(|| DefaultKeyedRateLimiter::keyed(quota(limits.messages_per_minute_integration)));
        Self { limits, messages, integrations, clock: DefaultClock::default(), connections: Mutex::default() }
    }

    /// A place for a chat connection.
    ///
    /// # Errors
    /// [`Full`].
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Result<Pass, Full> {
        let address = household(address);
        let mut connections = self.connections();
        if connections.all >= self.limits.connections {
            return Err(Full::Server);
        }
        let own = connections.of.entry(address).or_insert(0);
        if *own >= self.limits.connections_per_address {
            return Err(Full::Address);
        }
        *own += 1;
        connections.all += 1;
        drop(connections);
        Ok(Pass { gate: Arc::clone(self), address })
    }

    /// Takes note of a message from `address`.
    ///
    /// # Errors
    /// When to try again, if it is one too many.
    pub fn message(&self, address: IpAddr) -> Result<(), RetryAfterMs> {
        let Some(messages) = &self.messages else { return Ok(()) };
        messages
            .check_key(&household(address))
            .map_err(|refused| millis(refused.wait_time_from(self.clock.now())))
    }

    /// Takes note of a message of the integration that `token` stands for, over whichever connection.
    ///
    /// # Errors
    /// When to try again, if it is one too many.
    pub fn message_of(&self, token: Uuid) -> Result<(), RetryAfterMs> {
        let Some(messages) = &self.integrations else { return Ok(()) };
        messages.check_key(&token).map_err(|refused| millis(refused.wait_time_from(self.clock.now())))
    }

    /// Lets go of addresses that have not sent anything for a while. To be called now and then.
    pub fn tidy(&self) {
        if let Some(messages) = &self.messages {
            messages.retain_recent();
            messages.shrink_to_fit();
        }
        if let Some(integrations) = &self.integrations {
            integrations.retain_recent();
        }
    }

    /// Chat connections that are open.
    #[cfg(test)]
    fn open(&self) -> usize {
        self.connections().all
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        // Nothing between lock and unlock can panic half-way, so the counts are right even then.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut connections = self.gate.connections();
        connections.all = connections.all.saturating_sub(1);
        if let Some(own) = connections.of.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                connections.of.remove(&self.address);
            }
        }
    }
}

/// The limits of one connection.
#[derive(Debug)]
pub struct Meter(Option<Meters>);

#[derive(Debug)]
struct Meters {
    messages: DefaultDirectRateLimiter,
    frames: DefaultDirectRateLimiter,
    strikes: DefaultDirectRateLimiter,
    clock: DefaultClock,
}

impl Meter {
    /// The meter of a new connection.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self(limits.enabled.then(|| Meters {
            messages: DefaultDirectRateLimiter::direct(quota(limits.messages_per_minute)),
            frames: DefaultDirectRateLimiter::direct(quota(limits.frames_per_minute)),
            strikes: DefaultDirectRateLimiter::direct(quota(limits.strikes_per_minute)),
            clock: DefaultClock::default(),
        }))
    }

    /// The meter of an integration's connection, over which many patients speak.
    #[must_use]
    pub fn of_integration(limits: &Limits) -> Self {
        let messages = limits.messages_per_minute_integration;
        let frames = messages.saturating_mul(4).max(limits.frames_per_minute);
        Self::new(&Limits { messages_per_minute: messages, frames_per_minute: frames, ..*limits })
    }

    /// Takes note of a frame of any kind.
    ///
    /// # Errors
    /// When to try again, if it is one too many.
    pub fn frame(&self) -> Result<(), RetryAfterMs> {
        self.check(|meters| &meters.frames)
    }

    /// Takes note of a message.
    ///
    /// # Errors
    /// When to try again, if it is one too many.
    pub fn message(&self) -> Result<(), RetryAfterMs> {
        self.check(|meters| &meters.messages)
    }

    /// Takes note of a refused frame; `true` if there were so many that the client floods.
    #[must_use]
    pub fn strike(&self) -> bool {
        self.check(|meters| &meters.strikes).is_err()
    }

    fn check(&self, which: impl Fn(&Meters) -> &DefaultDirectRateLimiter) -> Result<(), RetryAfterMs> {
        let Some(meters) = &self.0 else { return Ok(()) };
        which(meters).check().map_err(|refused| millis(refused.wait_time_from(meters.clock.now())))
    }
}

/// `number` a minute, and as many at once.
fn quota(number: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN))
}

/// Rounded up, so that who waits this long has waited enough.
fn millis(wait: std::time::Duration) -> RetryAfterMs {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn places_are_counted_and_freed() {
        let limits = Limits { enabled: true, connections: 3, connections_per_address: 2, ..Limits::off() };
        let gate = Arc::new(Gate::new(limits));
        let (a, b) = (address("10.0.0.1"), address("10.0.0.2"));
        let first = gate.enter(a).expect("a place");
        let _second = gate.enter(a).expect("a place");
        assert_eq!(gate.enter(a).err(), Some(Full::Address));
        let _third = gate.enter(b).expect("a place");
        assert_eq!(gate.enter(address("10.0.0.3")).err(), Some(Full::Server));
        drop(first);
        assert_eq!(gate.open(), 2);
        assert!(gate.enter(a).is_ok());
    }

    #[test]
    fn one_address_too_many_messages_leaves_others_alone() {
        let limits = Limits { enabled: true, messages_per_minute_address: 2, ..Limits::off() };
        let gate = Gate::new(limits);
        let a = address("2001:db8::1");
        assert!(gate.message(a).is_ok());
        assert!(gate.message(address("2001:db8::2")).is_ok(), "the same household");
        assert!(gate.message(a).is_err_and(|wait| wait > 0));
        assert!(gate.message(address("10.0.0.1")).is_ok());
        gate.tidy();
    }

    #[test]
    fn a_meter_counts_frames_messages_and_strikes_apart() {
        let limits = Limits {
            enabled: true,
            messages_per_minute: 1,
            frames_per_minute: 2,
            strikes_per_minute: 1,
            ..Limits::off()
        };
        let meter = Meter::new(&limits);
        assert!(meter.message().is_ok());
        assert!(meter.message().is_err());
        assert!(meter.frame().is_ok() && meter.frame().is_ok() && meter.frame().is_err());
        assert!(!meter.strike());
        assert!(meter.strike());
        assert!((0..10_000).all(|_| Meter::new(&Limits::off()).message().is_ok()));
    }

    #[test]
    fn logged_addresses_name_no_household() {
        for (full, logged) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ] {
            assert_eq!(network(address(full)), logged);
        }
    }
}
