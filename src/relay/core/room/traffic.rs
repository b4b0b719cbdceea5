//! How much voice a room sends.

use crate::ids::Time;
use crate::relay::core::bucket::Bucket;

/// Counts what is forwarded, and holds it to the room's share.
pub(super) struct Traffic {
    /// None until [`Self::limit`] gives the room a share.
    bucket: Option<Bucket>,
    /// Bytes that were to be sent since then, whether they could be or not.
    wanted: u64,
    since: Time,
}

impl Traffic {
    pub(super) fn new(now: Time) -> Self {
        Self { bucket: None, wanted: 0, since: now }
    }

    /// Whether `bytes` may go out now.
    pub(super) fn take(&mut self, bytes: usize, now: Time) -> bool {
        self.wanted += bytes as u64;
        self.bucket.as_mut().is_none_or(|bucket| bucket.take_many(bytes, now))
    }

    /// Bytes a second that the room has wanted to send since the last call.
    pub(super) fn take_wanted(&mut self, now: Time) -> u32 {
        let passed = now.since(std::mem::replace(&mut self.since, now)).as_millis() as u64;
        let wanted = std::mem::take(&mut self.wanted) * 1000 / passed.max(1);
        u32::try_from(wanted).unwrap_or(u32::MAX)
    }

    /// From now on `most` bytes a second, which is not zero, and at most as many at once.
    pub(super) fn limit(&mut self, most: u32, now: Time) {
        self.bucket.get_or_insert_with(|| Bucket::of(most, most, now)).limit(most, most, now);
    }
}
