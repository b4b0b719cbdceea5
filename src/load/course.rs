//! How far a run is, and what it has counted.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::ids::Time;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Rooms are opened, and members come in.
    Founding,
    /// All are in, and talkers talk between these two moments.
    Talking(Instant, Instant),
    /// Everybody goes.
    Over,
}

/// A run: its clock, its stage, and its counts.
pub(super) struct Course {
    start: Instant,
    stage: watch::Sender<Stage>,
    connects: AtomicUsize,
    failed: AtomicUsize,
    come: AtomicUsize,
    offered: AtomicU64,
    /// Of each frame that was heard, in microseconds.
    delays: Mutex<Vec<u32>>,
    /// When the relay was started again, and how long after that each member was back.
    returns: Mutex<Option<(Time, Vec<u32>)>>,
}

impl Course {
    pub(super) fn new() -> Self {
        Self {
            start: Instant::now(),
            stage: watch::Sender::new(Stage::Founding),
            connects: AtomicUsize::new(0),
            failed: AtomicUsize::new(0),
            come: AtomicUsize::new(0),
            offered: AtomicU64::new(0),
            delays: Mutex::default(),
            returns: Mutex::default(),
        }
    }

    /// A moment by the clock that all members go by.
    pub(super) fn time(&self, at: Instant) -> Time {
        Time::default() + at.duration_since(self.start)
    }

    /// The moment at which the clock shows this; `None` for [`Time::NEVER`].
    pub(super) fn instant(&self, time: Time) -> Option<Instant> {
        (time != Time::NEVER).then(|| self.start + Duration::from_micros(time.0))
    }

    /// Tells every change of the stage.
    pub(super) fn stages(&self) -> watch::Receiver<Stage> {
        self.stage.subscribe()
    }

    pub(super) fn enter(&self, stage: Stage) {
        self.stage.send_replace(stage);
    }

    pub(super) fn connected(&self) {
        self.connects.fetch_add(1, Ordering::Relaxed);
    }

    /// This many members did not come in, or not back.
    pub(super) fn failed(&self, members: usize) {
        self.failed.fetch_add(members, Ordering::Relaxed);
    }

    pub(super) fn came_in(&self) {
        self.come.fetch_add(1, Ordering::Relaxed);
    }

    /// A frame is said that this many others are to hear.
    pub(super) fn said(&self, listeners: u64) {
        self.offered.fetch_add(listeners, Ordering::Relaxed);
    }

    /// A frame is heard that was said at `said`.
    pub(super) fn heard(&self, said: Time, now: Time) {
        let delay = u32::try_from(now.since(said).as_micros()).unwrap_or(u32::MAX);
        self.delays.lock().unwrap_or_else(PoisonError::into_inner).push(delay);
    }

    /// The relay was started again then.
    pub(super) fn restarted(&self, at: Instant) {
        *self.returns.lock().unwrap_or_else(PoisonError::into_inner) = Some((self.time(at), Vec::new()));
    }

    /// A member's line is there again.
    pub(super) fn back(&self, now: Time) {
        if let Some((started, returns)) = &mut *self.returns.lock().unwrap_or_else(PoisonError::into_inner) {
            returns.push(u32::try_from(now.since(*started).as_micros()).unwrap_or(u32::MAX));
        }
    }

    /// How long each member took to be back, the shortest time first, in microseconds.
    pub(super) fn take_returns(&self) -> Vec<u32> {
        let returns = self.returns.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (_, mut returns) = returns.unwrap_or_default();
        returns.sort_unstable();
        returns
    }

    /// Members who are in, and those who won't be.
    pub(super) fn attendance(&self) -> (usize, usize) {
        (self.come.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed))
    }

    /// Connections that were made.
    pub(super) fn connects(&self) -> usize {
        self.connects.load(Ordering::Relaxed)
    }

    /// Frames that were to be heard.
    pub(super) fn offered(&self) -> u64 {
        self.offered.load(Ordering::Relaxed)
    }

    /// How late each frame was that was heard, the shortest delay first, in microseconds.
    pub(super) fn take_delays(&self) -> Vec<u32> {
        let mut delays = std::mem::take(&mut *self.delays.lock().unwrap_or_else(PoisonError::into_inner));
        delays.sort_unstable();
        delays
    }
}
