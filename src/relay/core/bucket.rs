//! A bound on how much somebody may send: a burst at once, then one at a time.

use std::time::Duration;

use crate::ids::Time;

/// A token bucket, full at first.
pub(in crate::relay) struct Bucket {
    most: f64,
    every: Duration,
    tokens: f64,
    at: Time,
}

impl Bucket {
    /// Holds `most`, and gets one more each time `every` passes, which is not zero.
    pub(in crate::relay) fn new(most: u32, every: Duration, now: Time) -> Self {
        Self { most: f64::from(most), every, tokens: f64::from(most), at: now }
    }

    /// The same by a rate, which is not zero.
    pub(in crate::relay) fn of(most: u32, per_second: u32, now: Time) -> Self {
        Self::new(most, Duration::from_secs(1) / per_second, now)
    }

    /// Takes one token, if there is one.
    pub(in crate::relay) fn take(&mut self, now: Time) -> bool {
        self.take_many(1, now)
    }

    /// Takes so many tokens, if there are as many.
    pub(in crate::relay) fn take_many(&mut self, count: usize, now: Time) -> bool {
        self.tokens = (self.tokens + now.since(self.at).div_duration_f64(self.every)).min(self.most);
        self.at = now;
        let taken = self.tokens >= count as f64;
        if taken {
            self.tokens -= count as f64;
        }
        taken
    }

    /// From now on it holds `most`, and gets more by this rate, which is not zero. It is no fuller by that.
    pub(in crate::relay) fn limit(&mut self, most: u32, per_second: u32, now: Time) {
        self.take_many(0, now);
        self.most = f64::from(most);
        self.every = Duration::from_secs(1) / per_second;
        self.tokens = self.tokens.min(self.most);
    }
}
