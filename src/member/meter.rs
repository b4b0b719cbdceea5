//! What a link's counts of one second and the next say of it.

use super::effect::LineCounts;
use crate::ids::Time;
use crate::session::LinkFigures;

/// How much a second's loss counts: at voice rates a second holds few packets.
const GAIN: f64 = 0.2;

/// The counts of one link after the other.
#[derive(Default)]
pub(super) struct Meter {
    counts: LineCounts,
    counted: Option<Time>,
    loss_up: f64,
    /// Bytes of links before this one.
    before: u64,
}

impl Meter {
    /// What is counted from here on is another link's.
    pub(super) fn begin_anew(&mut self) {
        self.before += self.counts.up_bytes + self.counts.down_bytes;
        self.counts = LineCounts::default();
        self.counted = None;
    }

    /// Whether packets came since the last counts.
    pub(super) fn shows_packets(&self, counts: &LineCounts) -> bool {
        counts.heard > self.counts.heard
    }

    /// Share of what was sent that was lost, `0.0..=1.0`.
    pub(super) fn loss_up(&self) -> f64 {
        self.loss_up
    }

    /// Takes the transport's counts, and makes figures of what has changed since the last.
    pub(super) fn figures(&mut self, counts: LineCounts, loss_down: f64, now: Time) -> LinkFigures {
        let last = std::mem::replace(&mut self.counts, counts);
        let seconds = self.counted.replace(now).map_or(0.0, |then| now.since(then).as_secs_f64());
        let kbps = |new: u64, old: u64| {
            if seconds > 0.0 { new.saturating_sub(old) as f64 * 8.0 / 1000.0 / seconds } else { 0.0 }
        };
        let sent = counts.sent.saturating_sub(last.sent);
        if sent > 0 {
            let lost = counts.lost.saturating_sub(last.lost) as f64 / sent as f64;
            self.loss_up += GAIN * (lost.min(1.0) - self.loss_up);
        }
        LinkFigures {
            road: counts.road,
            up_kbps: kbps(counts.up_bytes, last.up_bytes),
            down_kbps: kbps(counts.down_bytes, last.down_bytes),
            loss_up: self.loss_up,
            loss_down,
            rtt_ms: counts.rtt.as_secs_f64() * 1000.0,
            playout_ms: counts.playout_ms,
            dropped_ms: counts.dropped_ms,
            data_bytes: self.before + counts.up_bytes + counts.down_bytes,
        }
    }
}
