//! What the far end of a line reports of it, and what follows from that for those who send on it.

use std::time::Duration;

use super::nack;
use super::rate_config::QUEUE_SHORT;

/// The share of what is sent, and not lost, that comes through in a moment on a line with room for it.
const PASSES: f64 = 0.6;
/// What probes cost in kilobits a second: 157 bytes on average each 90 ms.
const PROBES_KBPS: f64 = 13.9;
/// What a line must carry for a voice and one copy of it, in kilobits a second.
pub(super) const ROOM_KBPS: f64 = 36.0;

/// How a line does, as its far end reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkReport {
    /// Share lost, `0.0..=1.0`.
    pub loss: f64,
    /// How long everything waits.
    pub queuing_delay: Duration,
    /// What came through at the IP level, in kilobits a second.
    pub kbps: f64,
    /// The round trip; zero while it is not known.
    pub rtt: Duration,
    /// What can come through at most, in kilobits a second; `None` where nothing is known against more.
    pub capacity_kbps: Option<f64>,
}

impl LinkReport {
    /// Whether `sent` kilobits a second come through, as far as they aren't lost.
    pub(super) fn passes(&self, sent: f64) -> bool {
        self.kbps >= PASSES * (1.0 - self.loss) * sent
    }

    /// Whether probes come through as fast as they are sent, as far as they aren't lost.
    pub(super) fn passes_probes(&self) -> bool {
        self.passes(PROBES_KBPS)
    }

    /// Whether the line carries a copy beside the voice, as far as is known.
    pub(super) fn has_room(&self) -> bool {
        self.capacity_kbps.is_none_or(|most| most >= ROOM_KBPS)
    }

    /// Whether an answer to a NACK is worth sending twice: the line loses enough, and has room.
    pub fn answer_twice(&self) -> bool {
        self.loss >= nack::TWICE_FROM && self.queuing_delay < QUEUE_SHORT && self.has_room()
    }
}
