//! The receiving end of a hop: what it loses, how long everything waits on it, and what is worth asking for again.

use std::time::Duration;

use super::bottleneck::BottleneckEstimator;
use super::delay_estimator::DelayEstimator;
use super::loss_estimator::LossEstimator;
use super::nack::NackTracker;
use crate::ids::Time;

/// How many datagrams show how a hop does before anybody talks. They are like a voice in size and number, so that a line that is
/// too narrow for one shows it.
pub const PROBES: u8 = 40;
/// How far apart they are; after a long one it is twice as much, or the short one behind it would wait for it on a narrow line.
pub const PROBE_EVERY: Duration = Duration::from_millis(60);
/// A queue that says enough.
const PROBED: Duration = Duration::from_millis(60);

/// Long and short ones follow each other by turns.
fn is_long(number: u16) -> bool {
    number.is_multiple_of(2)
}

/// The next probe after this one: its number and when it is due. None follows the last, or once everything waits for `queue`.
pub fn next_probe(number: u8, queue: Duration, now: Time) -> (u8, Time) {
    let next = number.saturating_add(1);
    let after = if is_long(number.into()) { PROBE_EVERY * 2 } else { PROBE_EVERY };
    (next, if next < PROBES && queue < PROBED { now + after } else { Time::NEVER })
}

/// What probes have shown of a line is believed for so long, lines change; or until so many times more comes through.
const BELIEVED: Duration = Duration::from_secs(120);
const EXCEEDED: f64 = 1.2;

/// Less than this share says nothing yet.
const LEAST: f64 = 0.015;
/// What may be missing in the end.
const ACCEPTED: f64 = 0.015;

/// Share of questions that bring nothing in time, at least.
const FAILS: f64 = 0.12;

/// Unevenness that nobody has to wait for.
const EVEN: Duration = Duration::from_millis(30);

/// With so much of what it can carry a line is full.
const FULL: f64 = 0.75;

/// Where everything waits for so long what doesn't come is on its way.
const WAITS: Duration = Duration::from_millis(40);

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
pub struct LinkReceiver {
    bits: u32,
    losses: LossEstimator,
    queue: DelayEstimator,
    /// What is missing.
    pub nack: NackTracker,
    probes: LossEstimator,
    /// Of the probes.
    bottleneck: BottleneckEstimator,
    /// What can come through at most, in kilobits a second, and until when that is believed.
    most: Option<(f64, Time)>,
}

impl LinkReceiver {
    /// For bundles that are numbered with so many bits, `7..=16`.
    pub fn new(bits: u32) -> Self {
        let losses = || LossEstimator::new(bits);
        Self {
            bits,
            losses: losses(),
            queue: DelayEstimator::default(),
            nack: NackTracker::new(bits),
            probes: losses(),
            bottleneck: BottleneckEstimator::default(),
            most: None,
        }
    }

    /// The line was cut: what was lost by that says nothing of what it loses otherwise, and it may be another line; both are found
    /// out anew.
    pub fn interrupted(&mut self) {
        (self.losses, self.most) = (LossEstimator::new(self.bits), None);
    }

    /// A probe came: one of those that are sent before anybody talks, long and short ones by turns.
    pub fn probed(&mut self, number: u16, stamp: u8, bytes: usize, now: Time) {
        if number == 0 {
            self.bottleneck = BottleneckEstimator::default();
        }
        self.probes.arrived(number);
        let lag = self.queue.lag(stamp, now);
        self.bottleneck.arrived(number, bytes, lag);
        self.most = self.bottleneck.capacity_kbps().map(|most| (most, now + BELIEVED));
        // That the short ones are sooner makes the line no uneven one.
        if is_long(number) {
            self.queue.arrived(stamp, bytes, now)
        } else {
            self.queue.passed(lag, bytes, now)
        }
        self.set_loss();
    }

    /// A bundle came, for the first time.
    pub fn arrived(&mut self, arrival: Arrival, now: Time) {
        let Arrival { number, stamp, bytes, open } = arrival;
        self.losses.follow(&self.probes);
        self.losses.arrived(number);
        self.queue.arrived(stamp, bytes, now);
        self.most.take_if(|(most, _)| self.queue.kbps() > *most * EXCEEDED);
        self.set_loss();
        // What seems to be missing on a line that loses next to nothing, or on which all waits, is on its way; to ask for it would
        // have it sent twice where there is no room for once.
        let open = open && self.loss() >= LEAST && self.queue.queuing_delay() < WAITS;
        self.nack.arrived(number, stamp, open, self.queue.jitter(), now);
    }

    /// Tells what is lost, for which it's worth to ask and to wait; a line that is full as it is has no room for answers.
    fn set_loss(&mut self) {
        let full = self.most.is_some_and(|(most, _)| self.queue.kbps() >= most * FULL);
        self.nack.set_loss(if full { 0.0 } else { self.loss() }, self.gap());
    }

    /// How much later than its time nearly everything has come, with all that is asked for or sent again; zero on an even line that
    /// loses next to nothing.
    pub fn lateness(&self) -> Duration {
        let (loss, gap) = (self.loss(), self.gap());
        let uneven = Some(self.queue.jitter() * 3).filter(|uneven| *uneven >= EVEN).unwrap_or_default();
        if loss < LEAST {
            return uneven;
        }
        // Question and answer have to come through, of which both are sent twice; where losses come in a row both are likely to
        // meet the same one.
        let through = 1.0 - loss * loss;
        let fails = (1.0 - through * through).max((1.0 - 1.0 / gap.max(1.0)) * 0.5).max(FAILS);
        let tries = ((ACCEPTED / loss).ln() / fails.ln()).ceil().clamp(1.0, 5.0) as u32;
        // Over a longer way it's sent again unasked.
        self.nack.repair_time(tries, self.queue.jitter()).unwrap_or(uneven + self.nack.interval())
    }

    /// Share that did not come by itself lately, `0.0..=1.0`.
    pub fn loss(&self) -> f64 {
        self.known().loss()
    }

    /// Mean length of the last gaps, in bundles.
    pub fn gap(&self) -> f64 {
        self.known().gap()
    }

    /// The probes, until enough bundles have come.
    fn known(&self) -> &LossEstimator {
        if self.losses.is_known() { &self.losses } else { &self.probes }
    }

    /// How long everything waits on the way.
    pub fn queuing_delay(&self, now: Time) -> Duration {
        self.queue.queuing_delay_at(now)
    }

    /// What can come through at most, in kilobits a second at the IP level, as the probes have shown; `None` where nothing is known
    /// against more.
    pub fn capacity_kbps(&self, now: Time) -> Option<f64> {
        self.most.filter(|(_, until)| now < *until).map(|(most, _)| most)
    }

    /// What came through lately, in kilobits a second at the IP level.
    pub fn kbps(&self) -> f64 {
        self.queue.kbps()
    }
}
