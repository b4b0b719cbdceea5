//! The group's time: milliseconds since its room was opened.

use crate::ids::Time;
use crate::wire::limits;

/// Turns the relay's time into the group's.
#[derive(Clone, Copy)]
pub(super) struct GroupClock {
    started: Time,
    /// Milliseconds of the group's time then.
    from_ms: u64,
}

impl GroupClock {
    /// Starts at `now`.
    pub(super) fn new(now: Time) -> Self {
        Self::since(0, now)
    }

    /// Goes on from this many milliseconds at `now`.
    pub(super) fn since(from_ms: u64, now: Time) -> Self {
        Self { started: now, from_ms }
    }

    /// Milliseconds of the group's time at `now`.
    pub(super) fn ms(self, now: Time) -> u64 {
        self.from_ms.saturating_add(now.since(self.started).as_millis() as u64).min(limits::GROUP_MS)
    }
}
