//! The group's time: milliseconds since its room was opened.

use crate::ids::Time;
use crate::wire::limits;

/// Turns the relay's time into the group's.
#[derive(Clone, Copy)]
pub(super) struct GroupClock {
    opened: Time,
}

impl GroupClock {
    /// Starts at `now`.
    pub(super) fn new(now: Time) -> Self {
        Self { opened: now }
    }

    /// Milliseconds of the group's time at `now`.
    pub(super) fn ms(self, now: Time) -> u64 {
        (now.since(self.opened).as_millis() as u64).min(limits::GROUP_MS)
    }
}
