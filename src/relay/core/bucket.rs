//! A bound on how much somebody may send: a burst at once, then one at a time.

use std::time::Duration;

use crate::ids::Time;

/// A token bucket, full at first.
pub(super) struct Bucket {
    most: f64,
    every: Duration,
    tokens: f64,
    at: Time,
}

impl Bucket {
    /// Holds `most`, and gets one more each time `every` passes, which is not zero.
    pub(super) fn new(most: u32, every: Duration, now: Time) -> Self {
        Self { most: f64::from(most), every, tokens: f64::from(most), at: now }
    }

    /// The same by a rate, which is not zero.
    pub(super) fn of(most: u32, per_second: u32, now: Time) -> Self {
        Self::new(most, Duration::from_secs(1) / per_second, now)
    }

    /// Takes one token, if there is one.
    pub(super) fn take(&mut self, now: Time) -> bool {
        self.take_many(1, now)
    }

    /// Takes so many tokens, if there are as many.
    pub(super) fn take_many(&mut self, count: usize, now: Time) -> bool {
        self.tokens = (self.tokens + now.since(self.at).div_duration_f64(self.every)).min(self.most);
        self.at = now;
        let taken = self.tokens >= count as f64;
        if taken {
            self.tokens -= count as f64;
        }
        taken
    }
}
