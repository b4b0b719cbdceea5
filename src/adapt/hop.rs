//! The receiving end of a hop: what it loses, how long everything waits on it, and what is worth asking for again.

use std::time::Duration;

use super::asks::Asks;
use super::losses::Losses;
use super::queue::Queue;
use crate::ids::Time;

/// How many datagrams show how a hop does before anybody talks. They are like a voice in size and number, so that a line that is
/// too narrow for one shows it.
pub const PROBES: u8 = 40;
/// How far apart they are.
pub const PROBE_EVERY: Duration = Duration::from_millis(60);
/// A queue that says enough.
const PROBED: Duration = Duration::from_millis(60);

/// The next probe after this one: its number and when it is due. None follows the last, or once everything waits for `queue`.
pub fn next_probe(number: u8, queue: Duration, now: Time) -> (u8, Time) {
    let next = number.saturating_add(1);
    (next, if next < PROBES && queue < PROBED { now + PROBE_EVERY } else { Time::NEVER })
}

/// Less than this share says nothing yet.
const LEAST: f64 = 0.015;
/// What may be missing in the end.
const ACCEPTED: f64 = 0.015;

/// One bundle as it came.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// Its number on the hop.
    pub number: u16,
    /// When it left, in 8 ms, modulo 128.
    pub stamp: u8,
    /// Its length at the IP level.
    pub bytes: usize,
    /// Whether another follows soon.
    pub open: bool,
}

/// The receiving end of a hop.
pub struct Hop {
    bits: u32,
    losses: Losses,
    queue: Queue,
    /// What is missing.
    pub asks: Asks,
    probes: Losses,
}

impl Hop {
    /// For bundles that are numbered with so many bits, `7..=16`.
    pub fn new(bits: u32) -> Self {
        let losses = || Losses::new(bits);
        Self { bits, losses: losses(), queue: Queue::default(), asks: Asks::new(bits), probes: losses() }
    }

    /// The line was cut: what was lost by that says nothing of what it loses otherwise, which is found out anew.
    pub fn interrupted(&mut self) {
        self.losses = Losses::new(self.bits);
    }

    /// A probe came: one of those that are sent before anybody talks.
    pub fn probed(&mut self, number: u16, stamp: u8, bytes: usize, now: Time) {
        self.probes.arrived(number);
        self.queue.arrived(stamp, bytes, now);
        self.asks.set_share(self.share());
    }

    /// A bundle came, for the first time.
    pub fn arrived(&mut self, arrival: Arrival, now: Time) {
        let Arrival { number, stamp, bytes, open } = arrival;
        self.losses.arrived(number);
        self.queue.arrived(stamp, bytes, now);
        self.asks.set_share(self.share());
        self.asks.arrived(number, stamp, open, self.queue.spread(), now);
    }

    /// How much later than its time nearly everything has come, with all that is asked for again; zero where nothing is.
    pub fn repair_time(&self) -> Duration {
        let (share, gap) = (self.share(), self.gap());
        if share < LEAST {
            return Duration::ZERO;
        }
        // Ask and answer have to come through, and where losses come in a row an answer is likely to meet the same one.
        let fails = (1.0 - (1.0 - share) * (1.0 - share * share)).max((1.0 - 1.0 / gap.max(1.0)) * 0.75);
        let tries = (ACCEPTED / share).ln() / fails.ln();
        self.asks.repair_time(tries.ceil().clamp(1.0, 5.0) as u32, self.queue.spread()).unwrap_or_default()
    }
    /// Share that did not come by itself lately, `0.0..=1.0`.
    pub fn share(&self) -> f64 {
        self.known().share()
    }

    /// Mean length of the last gaps, in bundles.
    pub fn gap(&self) -> f64 {
        self.known().gap()
    }

    /// The probes, until enough bundles have come.
    fn known(&self) -> &Losses {
        if self.losses.is_known() { &self.losses } else { &self.probes }
    }

    /// How long everything waits on the way.
    pub fn queue(&self, now: Time) -> Duration {
        self.queue.standing_at(now)
    }

    /// What came through lately, in kilobits a second at the IP level.
    pub fn kbps(&self) -> f64 {
        self.queue.kbps()
    }
}
