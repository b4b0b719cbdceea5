//! A seeded network: what becomes of each packet.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Time;

/// How one member's line is, in both directions.
#[derive(Clone, Copy, Debug)]
pub struct Quality {
    /// Share of packets lost, `0.0..1.0`.
    pub loss: f64,
    /// Time on the way.
    pub delay: Duration,
    /// Most that is added to it, evenly; more than the time between packets reorders them.
    pub jitter: Duration,
    /// Share of datagrams that come twice.
    pub doubled: f64,
}

impl Quality {
    /// A good line.
    pub const GOOD: Self = Self { loss: 0.0, delay: Duration::from_millis(20), jitter: Duration::ZERO, doubled: 0.0 };
}

/// One member's line.
pub struct Net {
    /// How it is.
    pub quality: Quality,
    /// Until when nothing passes.
    pub dark_until: Time,
    rng: ChaCha20Rng,
    /// When the newest control message arrives, up and down: a stream keeps its order.
    stream: [Time; 2],
}

/// Which way something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the relay.
    Up = 0,
    /// To the member.
    Down = 1,
}

impl Net {
    /// A good line with a generator of its own.
    pub fn new(rng: ChaCha20Rng) -> Self {
        Self { quality: Quality::GOOD, dark_until: Time(0), rng, stream: [Time(0); 2] }
    }

    /// A number from `0.0` to below `1.0`.
    pub fn chance(&mut self) -> f64 {
        f64::from(self.rng.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    fn trip(&mut self) -> Duration {
        let jitter = self.quality.jitter.mul_f64(self.chance());
        self.quality.delay + jitter
    }

    fn passes(&mut self, now: Time) -> bool {
        now >= self.dark_until && self.chance() >= self.quality.loss
    }

    /// When a datagram sent now arrives: never, once, or twice.
    pub fn datagram(&mut self, now: Time) -> Vec<Time> {
        let copies = if self.chance() < self.quality.doubled { 2 } else { 1 };
        let arrivals = (0..copies).map(|_| (self.passes(now), now + self.trip()));
        arrivals.filter(|(passes, _)| *passes).map(|(_, arrival)| arrival).collect()
    }

    /// When a stream's message sent now arrives: sent again until it passes, and never before the one ahead of it.
    pub fn stream(&mut self, way: Way, now: Time) -> Time {
        let mut sent = now;
        let mut again = self.quality.delay * 3;
        for _ in 0..16 {
            if self.passes(sent) {
                break;
            }
            sent = sent + again;
            again = (again * 2).min(Duration::from_secs(3));
        }
        let arrival = (sent.max(self.dark_until) + self.trip()).max(self.stream[way as usize]);
        self.stream[way as usize] = arrival;
        arrival
    }

    /// A new connection has new streams.
    pub fn new_streams(&mut self) {
        self.stream = [Time(0); 2];
    }
}
