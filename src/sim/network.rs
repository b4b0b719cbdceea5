//! A seeded network: what becomes of each packet.

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Time;
use crate::wire::limits;

/// How one member's line is, in both directions.
#[derive(Clone, Copy, Debug)]
pub struct Quality {
    /// Share of packets lost, `0.0..1.0`.
    pub loss: f64,
    /// Mean number of datagrams that are lost in a row, after Gilbert; below `1.0` each is lost or not by itself.
    pub burst: f64,
    /// Time on the way.
    pub delay: Duration,
    /// Most that is added to it, evenly; more than the time between packets reorders them.
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
        let bytes = (VOICE + 2 * limits::AROUND_DATAGRAM) as f64;
        let carried =
            self.rate.map_or(Duration::ZERO, |(kbps, _)| Duration::from_secs_f64(bytes * 8.0 / 1000.0 / kbps));
        self.delay * 2 + self.jitter + carried
    }
}

/// Bytes of a voice's packet.
const VOICE: usize = 100;

/// One member's line.
pub struct Net {
    /// How it is.
    pub quality: Quality,
    /// Until when nothing passes.
    pub dark_until: Time,
    rng: ChaCha20Rng,
    /// Whether the last datagram was lost, up and down.
    bad: [bool; 2],
    /// Datagrams given to the line, up and down.
    carried: [Carried; 2],
    /// When each datagram that waits has left, up and down.
    waiting: [VecDeque<Time>; 2],
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
            rng,
            bad: [false; 2],
            carried: Default::default(),
            waiting: Default::default(),
            longest: Default::default(),
        }
    }

    /// How long a datagram had to wait at most since this was last asked.
    pub fn longest_queue(&mut self, way: Way) -> Duration {
        std::mem::take(&mut self.longest[way as usize])
    }

    /// When what is sent now has left, where the line is narrow; `None` if there is no room for it.
    fn leaves(&mut self, way: Way, bytes: usize, now: Time) -> Option<Time> {
        let Some((kbps, most)) = self.quality.rate else { return Some(now) };
        let waiting = &mut self.waiting[way as usize];
        while waiting.front().is_some_and(|left| *left <= now) {
            waiting.pop_front();
        }
        if waiting.len() > most {
            return None;
        }
        let from = waiting.back().copied().unwrap_or(now);
        let left = from + Duration::from_secs_f64((bytes + limits::AROUND_DATAGRAM) as f64 * 8.0 / 1000.0 / kbps);
        waiting.push_back(left);
        let longest = &mut self.longest[way as usize];
        *longest = from.since(now).max(*longest);
        Some(left)
    }

    /// A number from `0.0` to below `1.0`.
    pub fn chance(&mut self) -> f64 {
        unit(&mut self.rng)
    }

    fn trip(&mut self) -> Duration {
        let jitter = self.quality.jitter.mul_f64(self.chance());
        self.quality.delay + jitter
    }

    fn passes(&mut self, now: Time) -> bool {
        now >= self.dark_until && self.chance() >= self.quality.loss
    }

    /// Whether a datagram passes; what is lost in a row depends on the datagram before.
    fn datagram_passes(&mut self, way: Way, now: Time) -> bool {
        let Quality { loss, burst, .. } = self.quality;
        if burst < 1.0 || loss >= 1.0 {
            return self.passes(now);
        }
        let bad = &mut self.bad[way as usize];
        let odds = if *bad { 1.0 - 1.0 / burst } else { loss / (burst * (1.0 - loss)) };
        *bad = unit(&mut self.rng) < odds;
        !*bad && now >= self.dark_until
    }

    /// When a datagram of `bytes` sent now arrives: never, once, or twice.
    pub fn datagram(&mut self, way: Way, bytes: usize, now: Time) -> Vec<Time> {
        let carried = &mut self.carried[way as usize];
        carried.datagrams += 1;
        carried.bytes += bytes as u64;
        self.send(way, bytes, now)
    }

    /// The same for what carries nothing: an acknowledgement, or a goodbye.
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

    /// When a stream's message sent now arrives: sent again until it passes, and never before the one ahead of it.
    pub fn stream(&mut self, now: Time, ahead: Time) -> Time {
        let mut sent = now;
        let mut again = self.quality.delay * 3;
        for _ in 0..16 {
            if self.passes(sent) {
                break;
            }
            sent = sent + again;
            again = (again * 2).min(Duration::from_secs(3));
        }
        (sent.max(self.dark_until) + self.trip()).max(ahead)
    }
}

fn unit(rng: &mut ChaCha20Rng) -> f64 {
    f64::from(rng.next_u32()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn losses_have_the_share_and_the_length_that_were_asked_for() {
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
