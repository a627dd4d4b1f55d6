//! What waits to be written. The writer is woken when it is worth it: a commit costs as much for one write as for
//! several, and each time it is woken it takes a processor from those who compose replies.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Job, WriteError};

/// Writes that may wait. Over it clients are told that the server is busy.
const MOST: usize = 4096;

/// Writes that are worth a commit while others are still being composed. Twice as many connections that ask at the same
/// time keep the writer and the rest busy in turn.
const ENOUGH: usize = 8;

/// How old a write may get before the next one to come wakes the writer whatever else is being composed.
const PATIENCE: Duration = Duration::from_millis(1);

/// What waits, shared by all who write and the one writer.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    due: Condvar,
}

#[derive(Default)]
struct State {
    jobs: Vec<Job>,
    /// When the oldest of them came.
    since: Option<Instant>,
    /// Places that are taken and not yet filled: somebody is about to write.
    composing: usize,
    closed: bool,
    /// Whether the writer sleeps.
    asleep: bool,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("jobs", &self.jobs.len()).finish_non_exhaustive()
    }
}

/// What the writer gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// So many writes, one at least.
    Some(usize),
    /// Nothing came in time.
    None,
    /// Nothing comes any more.
    End,
}

impl Queue {
    /// Takes a place for one write. Until it is filled or dropped, the writer waits for it a little.
    ///
    /// # Errors
    /// [`WriteError::Busy`], [`WriteError::Closed`].
    pub(super) fn reserve(&self) -> Result<(), WriteError> {
        let mut state = self.state();
        if state.closed {
            return Err(WriteError::Closed);
        }
        if state.jobs.len() + state.composing >= MOST {
            return Err(WriteError::Busy);
        }
        state.composing += 1;
        Ok(())
    }

    /// Fills a place.
    pub(super) fn fill(&self, job: Job) {
        let mut state = self.state();
        state.composing = state.composing.saturating_sub(1);
        state.push(job);
        self.wake(state);
    }

    /// Gives a place back.
    pub(super) fn leave(&self) {
        let mut state = self.state();
        state.composing = state.composing.saturating_sub(1);
        self.wake(state);
    }

    /// Queues a write of the server or the staff, of which there are few: they find room even where patients do not.
    ///
    /// # Errors
    /// [`WriteError::Closed`].
    pub(super) fn push(&self, job: Job) -> Result<(), WriteError> {
        let mut state = self.state();
        if state.closed {
            return Err(WriteError::Closed);
        }
        state.push(job);
        self.wake(state);
        Ok(())
    }

    /// Takes no more. What waits is still written.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        self.wake(state);
    }

    /// Takes all that waits, at most `most`, into the empty `jobs`, as soon as it is worth it; waits at most `patience`
    /// for that, or for ever.
    pub(super) fn take(&self, jobs: &mut Vec<Job>, most: usize, patience: Option<Duration>) -> Taken {
        let mut state = self.state();
        let until = patience.map(|patience| Instant::now() + patience);
        while !state.is_due() {
            if state.closed && state.jobs.is_empty() {
                return Taken::End;
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Taken::None;
            }
            state.asleep = true;
            state = match left {
                None => self.due.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(left) => self.due.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            };
            state.asleep = false;
        }
        if state.jobs.len() <= most {
            std::mem::swap(&mut state.jobs, jobs);
            state.since = None;
        } else {
            jobs.extend(state.jobs.drain(..most));
        }
        Taken::Some(jobs.len())
    }

    /// Takes no more and drops what waits, so that whoever waits for it learns that it is not written.
    pub(super) fn end(&self) {
        let mut state = self.state();
        state.closed = true;
        let unwritten = std::mem::take(&mut state.jobs);
        // Their owners are told as they are dropped, which is not to happen under the lock.
        drop(state);
        drop(unwritten);
    }

    fn wake(&self, state: MutexGuard<'_, State>) {
        let wakes = state.asleep && (state.is_due() || state.closed);
        drop(state);
        if wakes {
            self.due.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn push(&mut self, job: Job) {
        self.since.get_or_insert_with(Instant::now);
        self.jobs.push(job);
    }

    /// Whether what waits is worth a commit.
    fn is_due(&self) -> bool {
        let old = || self.since.is_some_and(|since| since.elapsed() >= PATIENCE);
        !self.jobs.is_empty() && (self.composing == 0 || self.closed || self.jobs.len() >= ENOUGH || old())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Write;

    fn job() -> Job {
        Job { write: Write::Barrier, done: Box::new(|_| ()) }
    }

    #[track_caller]
    fn check(queue: &Queue, taken: Taken) {
        let mut jobs = Vec::new();
        assert_eq!(queue.take(&mut jobs, 10, Some(Duration::ZERO)), taken);
        assert_eq!(jobs.len(), if let Taken::Some(n) = taken { n } else { 0 });
    }

    #[test]
    fn a_write_alone_is_due_at_once() {
        let queue = Queue::default();
        check(&queue, Taken::None);
        queue.reserve().unwrap();
        queue.fill(job());
        check(&queue, Taken::Some(1));
        queue.push(job()).unwrap();
        check(&queue, Taken::Some(1));
    }

    #[test]
    fn enough_are_due_while_others_are_composed() {
        let queue = Queue::default();
        queue.reserve().unwrap();
        (0..ENOUGH).for_each(|_| queue.push(job()).unwrap());
        check(&queue, Taken::Some(ENOUGH));
        (0..11).for_each(|_| queue.push(job()).unwrap());
        check(&queue, Taken::Some(10));
        queue.leave();
        check(&queue, Taken::Some(1));
    }

    #[test]
    fn places_are_counted() {
        let queue = Queue::default();
        (0..MOST).for_each(|_| queue.reserve().unwrap());
        assert_eq!(queue.reserve(), Err(WriteError::Busy));
        queue.leave();
        assert_eq!(queue.reserve(), Ok(()));
    }

    #[test]
    fn what_waits_when_it_closes_is_still_taken() {
        let queue = Queue::default();
        queue.reserve().unwrap();
        queue.push(job()).unwrap();
        queue.close();
        assert_eq!(queue.reserve(), Err(WriteError::Closed));
        assert_eq!(queue.push(job()), Err(WriteError::Closed));
        check(&queue, Taken::Some(1));
        check(&queue, Taken::End);
    }

    #[test]
    fn what_waits_at_the_end_is_dropped() {
        let queue = Queue::default();
        let (told, tell) = std::sync::mpsc::channel::<()>();
        let write = Write::Barrier;
        queue.push(Job { write, done: Box::new(move |_| drop(told)) }).unwrap();
        queue.end();
        assert!(tell.recv().is_err());
        check(&queue, Taken::End);
    }

    #[test]
    fn the_writer_is_woken() {
        let queue = Queue::default();
        queue.reserve().unwrap();
        let taken = std::thread::scope(|scope| {
            let writer = scope.spawn(|| queue.take(&mut Vec::new(), 10, None));
            queue.fill(job());
            writer.join().unwrap()
        });
        assert_eq!(taken, Taken::Some(1));
    }
}
