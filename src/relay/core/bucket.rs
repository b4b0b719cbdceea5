//! A bound on how much one seat may send: so much at once, so much a second.

use crate::ids::Time;

/// A token bucket, full at first.
pub(super) struct Bucket {
    most: u32,
    per_second: u32,
    tokens: f64,
    at: Time,
}

impl Bucket {
    pub(super) fn new(most: u32, per_second: u32, now: Time) -> Self {
        Self { most, per_second, tokens: f64::from(most), at: now }
    }

    /// Takes one token, if there is one.
    pub(super) fn take(&mut self, now: Time) -> bool {
        let more = now.since(self.at).as_secs_f64() * f64::from(self.per_second);
        self.tokens = (self.tokens + more).min(f64::from(self.most));
        self.at = now;
        let taken = self.tokens >= 1.0;
        if taken {
            self.tokens -= 1.0;
        }
        taken
    }
}
