//! A seeded network: what becomes of each packet on a member's line, both ways.
//!
//! Its two directions are made of the same parts as a [`super::link::Link`]. On top of these it doubles datagrams, goes dark, and
//! carries a stream whose messages are sent again until they pass.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;

use super::link::{Bottleneck, Bursts, Gilbert, unit};
use crate::ids::{Time, overhead};

/// How one member's line is, in both directions.
#[derive(Clone, Copy, Debug)]
pub struct Quality {
    /// Share of packets lost, `0.0..1.0`.
    pub loss: f64,
    /// Mean number of datagrams that are lost in a row, after Gilbert; below `1.0` losses are independent.
    pub burst: f64,
    /// Time on the way.
    pub delay: Duration,
    /// Most that is added to it, evenly distributed; more than the time between packets reorders them.
    pub jitter: Duration,
    /// Share of datagrams that come twice.
    pub doubled: f64,
    /// Kilobits a second that pass at the IP level, each way, and how many datagrams can wait for it; `None`: any number.
    pub rate: Option<(f64, usize)>,
}

impl Quality {
    /// A good line.
    pub const GOOD: Self = Self {
        loss: 0.0,
        burst: 0.0,
        delay: Duration::from_millis(20),
        jitter: Duration::ZERO,
        doubled: 0.0,
        rate: None,
    };

    /// The round trip of a voice and what acknowledges it, where nothing waits.
    pub fn round(&self) -> Duration {
        let bytes = (VOICE + 2 * overhead::DATAGRAM) as f64;
        let carried =
            self.rate.map_or(Duration::ZERO, |(kbps, _)| Duration::from_secs_f64(bytes * 8.0 / 1000.0 / kbps));
        self.delay * 2 + self.jitter + carried
    }
}

/// How long a try to connect may take, as in the transport.
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of a voice's packet.
const VOICE: usize = 100;

/// One member's line.
pub struct Net {
    /// How it is.
    pub quality: Quality,
    /// Until when nothing passes.
    pub dark_until: Time,
    /// Until when nothing passes up, and down.
    pub dead_until: [Time; 2],
    rng: ChaCha20Rng,
    /// Losses in a row, up and down.
    gilbert: [Gilbert; 2],
    /// Datagrams given to the line, up and down.
    carried: [Carried; 2],
    /// What waits, up and down, and how long anything had to at most.
    bottlenecks: [Bottleneck; 2],
    longest: [Duration; 2],
}

/// How much was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Datagrams.
    pub datagrams: u64,
    /// Their bytes, without those of the layers below.
    pub bytes: u64,
}

impl Carried {
    /// Bytes at the IP level.
    pub fn ip_bytes(self) -> u64 {
        self.bytes + self.datagrams * overhead::DATAGRAM as u64
    }
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
        Self {
            quality: Quality::GOOD,
            dark_until: Time(0),
            dead_until: [Time(0); 2],
            rng,
            gilbert: Default::default(),
            carried: Default::default(),
            bottlenecks: Default::default(),
            longest: Default::default(),
        }
    }

    /// How long a datagram had to wait at most since this was last asked.
    pub fn longest_queue(&mut self, way: Way) -> Duration {
        std::mem::take(&mut self.longest[way as usize])
    }

    /// When what is sent now has passed the bottleneck, if there is one; `None` if it is dropped.
    fn leaves(&mut self, way: Way, bytes: usize, now: Time) -> Option<Time> {
        let Some((kbps, most)) = self.quality.rate else { return Some(now) };
        let bottleneck = &mut self.bottlenecks[way as usize];
        let waits = bottleneck.wait(now);
        let takes = Duration::from_secs_f64((bytes + overhead::DATAGRAM) as f64 * 8.0 / 1000.0 / kbps);
        let left = bottleneck.pass(takes, most + 1, now)?;
        let longest = &mut self.longest[way as usize];
        *longest = waits.max(*longest);
        Some(left)
    }

    /// Whether a connection can be made from `now` on to a relay that is there from `from` on, and when that shows.
    pub(super) fn dials(&mut self, now: Time, from: Time) -> (bool, Time) {
        let done = self.stream(Way::Up, now.max(from), Time(0)) + self.quality.delay;
        let done = done.max(self.dead_until[Way::Down as usize]);
        let up = done.since(now) < CONNECT;
        (up, if up { done } else { now + CONNECT })
    }

    /// A number from `0.0` to below `1.0`.
    pub fn chance(&mut self) -> f64 {
        unit(&mut self.rng)
    }

    fn trip(&mut self) -> Duration {
        let jitter = self.quality.jitter.mul_f64(self.chance());
        self.quality.delay + jitter
    }

    /// Until when this direction is dark.
    fn dark(&self, way: Way) -> Time {
        self.dark_until.max(self.dead_until[way as usize])
    }

    fn passes(&mut self, way: Way, now: Time) -> bool {
        now >= self.dark(way) && self.chance() >= self.quality.loss
    }

    /// Whether a datagram passes; with losses in a row that depends on the one before.
    fn datagram_passes(&mut self, way: Way, now: Time) -> bool {
        let Quality { loss, burst, .. } = self.quality;
        if burst < 1.0 || loss >= 1.0 {
            return self.passes(way, now);
        }
        let chance = self.chance();
        let lost = self.gilbert[way as usize].loses(Bursts::of(loss, burst), chance);
        !lost && now >= self.dark(way)
    }

    /// When a datagram of `bytes` sent now arrives: never, once, or twice.
    pub fn datagram(&mut self, way: Way, bytes: usize, now: Time) -> Vec<Time> {
        let carried = &mut self.carried[way as usize];
        carried.datagrams += 1;
        carried.bytes += bytes as u64;
        self.send(way, bytes, now)
    }

    /// The same for a packet that carries nothing: an acknowledgement, or a goodbye.
    pub fn packet(&mut self, way: Way, now: Time) -> Vec<Time> {
        self.send(way, 0, now)
    }

    fn send(&mut self, way: Way, bytes: usize, now: Time) -> Vec<Time> {
        let copies = if self.chance() < self.quality.doubled { 2 } else { 1 };
        let left = self.leaves(way, bytes, now);
        let arrivals = (0..copies).map(|_| {
            let (passes, trip) = (self.datagram_passes(way, now), self.trip());
            (passes && left.is_some(), left.unwrap_or(now) + trip)
        });
        arrivals.filter(|(passes, _)| *passes).map(|(_, arrival)| arrival).collect()
    }

    /// What has been sent since the line was made.
    pub fn carried(&self, way: Way) -> Carried {
        self.carried[way as usize]
    }

    /// When a stream's message sent now arrives: it is sent again until it passes, and arrives no earlier than the one ahead of it.
    pub fn stream(&mut self, way: Way, now: Time, ahead: Time) -> Time {
        let mut sent = now;
        let mut again = self.quality.delay * 3;
        for _ in 0..16 {
            if self.passes(way, sent) {
                break;
            }
            sent = sent + again;
            again = (again * 2).min(Duration::from_secs(3));
        }
        (sent.max(self.dark(way)) + self.trip()).max(ahead)
    }
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn losses_have_the_share_and_the_length_asked_for() {
        for (loss, burst, mean) in [(0.2, 0.0, 1.25), (0.1, 3.0, 3.0), (0.4, 5.0, 5.0)] {
            let mut net = Net::new(ChaCha20Rng::seed_from_u64(1));
            net.quality = Quality { loss, burst, ..Quality::GOOD };
            let came: Vec<bool> = (0..100_000).map(|_| !net.datagram(Way::Up, 10, Time(0)).is_empty()).collect();
            let lost = came.iter().filter(|came| !**came).count() as f64;
            let runs = came.windows(2).filter(|pair| pair[0] && !pair[1]).count() as f64;
            assert!((lost / 100_000.0 - loss).abs() < 0.01 && (lost / runs - mean).abs() < 0.1, "{lost} in {runs}");
            assert_eq!(net.carried(Way::Up), Carried { datagrams: 100_000, bytes: 1_000_000 });
            assert_eq!(net.carried(Way::Down), Carried::default());
        }
    }
}
