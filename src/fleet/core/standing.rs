//! A relay's lease, as far as it can be sure of it.

use std::time::Duration;

use crate::ids::Time;

/// How long an answer is waited for until it's asked again.
const PATIENCE: Duration = Duration::from_secs(1);
/// What is left out of a lease's time, of ten parts: clocks of two machines don't run alike.
const CLOCKS: u32 = 9;

/// What there is to ask of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Grant,
    Renew,
}

/// The lease.
pub(super) struct Standing {
    held: bool,
    ttl: Duration,
    /// Until then nobody else can have what the lease holds.
    sure_until: Time,
    /// When to ask next.
    due: Time,
}

impl Standing {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { held: false, ttl: Duration::ZERO, sure_until: Time(0), due: Time(0) }
    }

    /// The registry has given or renewed the lease, having been asked at `asked`.
    pub(super) fn renewed(&mut self, ttl: Duration, asked: Time) {
        self.held = true;
        self.ttl = ttl;
        self.sure_until = self.sure_until.max(asked + ttl * CLOCKS / 10);
        self.due = asked + ttl / 3;
    }

    /// The registry doesn't know the lease any more.
    pub(super) fn lost(&mut self, now: Time) {
        self.held = false;
        self.due = now;
    }

    /// It's asked as soon as can be.
    pub(super) fn hurry(&mut self, now: Time) {
        self.due = now;
    }

    /// What to ask, if it's time.
    pub(super) fn ask(&mut self, now: Time) -> Option<Ask> {
        if now < self.due {
            return None;
        }
        self.due = now + PATIENCE;
        Some(if self.held { Ask::Renew } else { Ask::Grant })
    }

    /// Until when nobody else can have what the lease holds.
    pub(super) fn sure_until(&self) -> Time {
        self.sure_until
    }

    /// Whether the registry has been heard from lately enough to trust what it says of others.
    pub(super) fn is_sure(&self, now: Time) -> bool {
        self.held && now < self.sure_until
    }
}
