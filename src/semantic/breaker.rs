//! Keeps away from an endpoint that fails: after some failures in a row it is left alone for a while, then
//! tried with one question.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Failures in a row after which the endpoint is left alone.
pub const FAILURES: u32 = 5;

/// How long it is left alone, and how long each trial after that keeps the others away.
pub const COOL_DOWN: Duration = Duration::from_secs(30);

/// Whether an endpoint may be asked. Every method takes the time, so that it can be tested without waiting.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Failures since the last success.
    failures: u32,
    /// Until when the endpoint is left alone.
    until: Option<Instant>,
}

/// What a result changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// The endpoint is left alone from now on.
    Opened,
    /// The endpoint answers again.
    Closed,
}

impl Breaker {
    /// Whether the endpoint may be asked now. Once the wait is over one question may go; the next one only if
    /// that one succeeds, or after another wait. A question that is broken off thus blocks nothing for ever.
    #[must_use]
    pub fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                state.until = Some(now + COOL_DOWN);
                true
            }
        }
    }

    /// Takes note of a good answer.
    pub fn succeeded(&self) -> Change {
        let mut state = self.state();
        state.failures = 0;
        if state.until.take().is_some() { Change::Closed } else { Change::None }
    }

    /// Takes note of an answer that was late, wrong or none.
    pub fn failed(&self, now: Instant) -> Change {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures < FAILURES {
            return Change::None;
        }
        let was_open = state.until.replace(now + COOL_DOWN).is_some();
        if was_open { Change::None } else { Change::Opened }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_after_failures_in_a_row_only() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 1..FAILURES {
            assert_eq!(breaker.failed(now), Change::None);
        }
        assert_eq!(breaker.succeeded(), Change::None);
        for _ in 1..FAILURES {
            assert_eq!((breaker.failed(now), breaker.admits(now)), (Change::None, true));
        }
        assert_eq!((breaker.failed(now), breaker.admits(now)), (Change::Opened, false));
    }

    #[test]
    fn one_trial_a_wait() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        let opened = (0..FAILURES).map(|_| breaker.failed(start)).last();
        assert_eq!(opened, Some(Change::Opened));
        let after = start + COOL_DOWN;
        assert_eq!([breaker.admits(after - Duration::from_millis(1)), breaker.admits(after)], [false, true]);
        // The trial is under way, or was broken off: nobody else until the next wait is over.
        assert_eq!([breaker.admits(after), breaker.admits(after + COOL_DOWN)], [false, true]);
        assert_eq!((breaker.failed(after), breaker.admits(after)), (Change::None, false));
        assert!(breaker.admits(after + COOL_DOWN));
        assert_eq!((breaker.succeeded(), breaker.admits(after)), (Change::Closed, true));
        assert_eq!((breaker.failed(after), breaker.admits(after)), (Change::None, true));
    }
}
