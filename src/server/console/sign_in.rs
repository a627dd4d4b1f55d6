//! How long somebody has to wait who failed to sign in: longer with each failure.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::server::limits::household;

/// Failures of one login that cost nothing: everybody mistypes.
const FREE: u32 = 3;

/// Failures of one address that cost nothing: a whole clinic may share it.
const FREE_ADDRESS: u32 = 12;

/// The longest wait of a login.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The longest wait of an address. Shorter, since it meets those who share it.
const LONGEST_ADDRESS: Duration = Duration::from_secs(60);

/// How long failures are remembered.
const MEMORY: Duration = Duration::from_secs(3600);

/// Logins and addresses remembered, each. Over it the oldest are let go: an attacker with more addresses than this
/// meets the delay of the login.
const ROOM: usize = 10_000;

/// Who failed to sign in lately.
#[derive(Debug)]
pub(super) struct Failures {
    base: Duration,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    logins: HashMap<String, Failed>,
    addresses: HashMap<IpAddr, Failed>,
}

#[derive(Debug, Clone, Copy)]
struct Failed {
    times: u32,
    last: Instant,
}

impl Failed {
    /// What is left of the wait at `now`.
    fn wait(&self, now: Instant, base: Duration, free: u32, longest: Duration) -> Duration {
        let Some(over) = self.times.checked_sub(free) else { return Duration::ZERO };
        let delay = base.saturating_mul(1_u32.checked_shl(over).unwrap_or(u32::MAX)).min(longest);
        (self.last + delay).saturating_duration_since(now)
    }
}

impl Failures {
    /// Nobody failed yet. `base` is the first wait; each failure doubles it.
    pub(super) fn new(base: Duration) -> Self {
        Self { base, known: Mutex::default() }
    }

    /// What `login` at `address` has to wait before it may try; none for most.
    pub(super) fn wait(&self, login: &str, address: IpAddr) -> Option<Duration> {
        let now = Instant::now();
        let known = self.known();
        let login = known.logins.get(login).map(|failed| failed.wait(now, self.base, FREE, LONGEST));
        let address = known.addresses.get(&household(address));
        let address = address.map(|failed| failed.wait(now, self.base, FREE_ADDRESS, LONGEST_ADDRESS));
        drop(known);
        login.max(address).filter(|wait| !wait.is_zero())
    }

    /// Takes note of a failure.
    pub(super) fn failed(&self, login: &str, address: IpAddr) {
        let now = Instant::now();
        let mut known = self.known();
        note(&mut known.logins, login.to_owned(), now);
        note(&mut known.addresses, household(address), now);
    }

    /// Forgets the failures of `login`: it is its owner. Those of the address stay, or an attacker with one account
    /// could try others for ever.
    pub(super) fn succeeded(&self, login: &str) {
        self.known().logins.remove(login);
    }

    /// Forgets old failures.
    pub(super) fn tidy(&self) {
        let now = Instant::now();
        let mut known = self.known();
        known.logins.retain(|_, failed| now.duration_since(failed.last) < MEMORY);
        known.addresses.retain(|_, failed| now.duration_since(failed.last) < MEMORY);
        known.logins.shrink_to_fit();
        known.addresses.shrink_to_fit();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing under this lock can panic half-way.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note<K: Hash + Eq + Clone>(failed: &mut HashMap<K, Failed>, key: K, now: Instant) {
    if failed.len() >= ROOM && !failed.contains_key(&key) {
        let oldest = failed.iter().min_by_key(|(_, failed)| failed.last).map(|(key, _)| key.clone());
        oldest.and_then(|oldest| failed.remove(&oldest));
    }
    let entry = failed.entry(key).or_insert(Failed { times: 0, last: now });
    entry.times = entry.times.saturating_add(1);
    entry.last = now;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let base = Duration::from_secs(1);
        let now = Instant::now();
        let check = |times: u32, after: u64, seconds: u64| {
            let failed = Failed { times, last: now };
            let wait = failed.wait(now + Duration::from_secs(after), base, FREE, LONGEST);
            assert_eq!(wait, Duration::from_secs(seconds), "{times} times, {after} s ago");
        };
        check(2, 0, 0);
        check(3, 0, 1);
        check(4, 0, 2);
        check(4, 1, 1);
        check(4, 2, 0);
        check(6, 0, 8);
        check(40, 0, 900);
        check(u32::MAX, 0, 900);
    }

    #[test]
    fn logins_and_addresses_wait_apart() {
        let failures = Failures::new(Duration::from_secs(100));
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let (one, other) = (address("10.0.0.1"), address("10.0.0.2"));
        for _ in 0..FREE {
            assert_eq!(failures.wait("a", one), None);
            failures.failed("a", one);
        }
        assert!(failures.wait("a", other).is_some(), "the login, from anywhere");
        assert_eq!(failures.wait("b", one), None);
        for login in 0..FREE_ADDRESS {
            failures.failed(&login.to_string(), one);
        }
        assert!(failures.wait("b", one).is_some_and(|wait| wait <= LONGEST_ADDRESS), "the address, for any");
        failures.succeeded("a");
        assert_eq!(failures.wait("a", other), None);
        failures.tidy();
        assert!(failures.wait("b", one).is_some());
    }

    #[test]
    fn memory_is_bounded() {
        let mut failed = HashMap::new();
        let now = Instant::now();
        for key in 0..ROOM + 5 {
            note(&mut failed, key, now + Duration::from_millis(u64::try_from(key).expect("small")));
        }
        assert!(failed.len() == ROOM && !failed.contains_key(&0) && failed.contains_key(&ROOM));
    }
}
