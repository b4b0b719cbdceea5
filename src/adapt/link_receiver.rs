//! The receiving end of a hop: what it loses, how long everything waits on it, and what is worth asking for again.
//!
//! It puts the estimators of this module together, as a receiver of RTP does for its reports (RFC 3550), and decides with them
//! what [`NackTracker`] asks for.

use std::time::Duration;

use super::backfill::hole_from;
use super::bottleneck::BottleneckEstimator;
use super::loss_estimator::LossEstimator;
use super::nack::NackTracker;
use super::plan::PlanChoice;
use super::rate_config::QUEUE_SHORT;
use super::redundancy;
use super::repeats::{ACCEPTED, Redundancy};
use super::two_ways::{Queues, Way};
use crate::ids::{ProbeNo, SendStamp, Time};

/// What probes have shown of a line is believed for this time, because lines change, or until this many times as much comes
/// through.
const BELIEVED: Duration = Duration::from_secs(120);
const EXCEEDED: f64 = 1.2;
/// A smaller share lost says nothing yet.
const LOSS_LEAST: f64 = 0.015;
/// At least this share of NACKs brings nothing in time.
const FAILS: f64 = 0.12;
/// Less jitter than this nobody has to wait for.
const EVEN: Duration = Duration::from_millis(30);
/// From one packet to the next in a voice that is coded for the least delay.
const SHORTEST: Duration = Duration::from_millis(20);
/// A line is full from this share of what it can carry on.
const FULL: f64 = 0.75;

/// One bundle as it came.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// Its number on the hop.
    pub number: u16,
    /// When it left.
    pub stamp: SendStamp,
    /// Its length in bytes at the IP level.
    pub bytes: usize,
    /// Whether another follows soon.
    pub open: bool,
    /// How many bundles later than at first the nearest of the copies in it is; 0 without any.
    pub copies: u16,
}

/// The receiving end of a hop.
pub struct LinkReceiver {
    bits: u32,
    losses: LossEstimator,
    queue: Queues,
    /// What is missing.
    pub nack: NackTracker,
    probes: LossEstimator,
    /// Of the probes.
    bottleneck: BottleneckEstimator,
    /// What can come through at most, in kilobits a second, and until when that is believed.
    most: Option<(f64, Time)>,
    /// By which plan the far end sends on it.
    choice: PlanChoice,
}

impl LinkReceiver {
    /// For bundles whose numbers have `bits` bits, `7..=16`.
    pub fn new(bits: u32) -> Self {
        let losses = || LossEstimator::new(bits);
        Self {
            bits,
            losses: losses(),
            queue: Queues::default(),
            nack: NackTracker::new(bits),
            probes: losses(),
            bottleneck: BottleneckEstimator::default(),
            most: None,
            choice: PlanChoice::default(),
        }
    }

    /// By which plan the far end sends on it.
    pub fn set_choice(&mut self, choice: PlanChoice) {
        self.choice = choice;
    }

    /// Whether what is missing comes again by itself before it is asked for, as far as there is room.
    pub fn expects_copies(&self) -> bool {
        self.choice == PlanChoice::Full
    }

    /// By which way what comes next has come: each has a delay of its own.
    pub fn comes_by(&mut self, way: Way) {
        self.queue.comes_by(way);
    }

    /// The line was cut. What was lost by that says nothing of what it loses otherwise, and it may be another line: both loss and
    /// capacity are found out anew.
    pub fn interrupted(&mut self) {
        (self.losses, self.most) = (LossEstimator::new(self.bits), None);
    }

    /// A probe of `bytes` at the IP level came.
    pub fn probed(&mut self, number: ProbeNo, stamp: SendStamp, bytes: usize, now: Time) {
        if number.0 == 0 {
            self.bottleneck = BottleneckEstimator::default();
        }
        self.probes.arrived(number.0.into());
        let lag = self.queue.lag(stamp, now);
        self.bottleneck.arrived(number.0.into(), bytes, lag);
        self.most = self.bottleneck.capacity_kbps().map(|most| (most, now + BELIEVED));
        // That the short ones are faster is no jitter.
        if number.is_long() {
            self.queue.arrived(stamp, bytes, now)
        } else {
            self.queue.passed(lag, bytes, now)
        }
        self.set_loss();
    }

    /// A bundle came, for the first time.
    pub fn arrived(&mut self, arrival: Arrival, now: Time) {
        let Arrival { number, stamp, bytes, open, copies } = arrival;
        self.losses.follow(&self.probes);
        self.losses.arrived(number);
        self.queue.arrived(stamp, bytes, now);
        self.most.take_if(|(most, _)| self.queue.kbps() > *most * EXCEEDED);
        self.set_loss();
        // What seems to be missing on a line that loses next to nothing, or on which everything waits, is on its way. To ask for
        // it would have it sent twice where there is hardly room for once.
        let open = open && self.loss() >= LOSS_LEAST && self.queue.queuing_delay_at(now) < QUEUE_SHORT;
        self.nack.set_copies(if self.expects_copies() { copies } else { 0 });
        self.nack.arrived(number, stamp, open, self.queue.jitter(), now);
    }

    /// What is lost decides what is worth asking and waiting for; but a line that is full has no room for answers.
    fn set_loss(&mut self) {
        let full = self.most.is_some_and(|(most, _)| self.queue.kbps() >= most * FULL);
        self.nack.set_loss(if full { 0.0 } else { self.loss() }, self.known().burstiness());
    }

    /// How much later than its time nearly everything has come, with all that is asked for or sent again. Zero on an even line that
    /// loses next to nothing.
    pub fn lateness(&self) -> Duration {
        let (loss, gap, spread) = (self.loss(), self.gap(), self.queue.jitter() * 3);
        let uneven = Some(spread).filter(|spread| *spread >= EVEN).unwrap_or_default();
        if loss < LOSS_LEAST {
            return uneven;
        }
        let copies = redundancy::on(self.choice, loss, gap, self.nack.rtt());
        if self.expects_copies() && copies != Redundancy::NONE {
            // Packets are short, and each of them has its own jitter.
            return spread + SHORTEST * copies.nearly_all_after(loss, gap);
        }
        // NACK and answer have to come through, and each is sent twice. Where losses come in a row both are likely to meet the
        // same gap.
        let through = 1.0 - loss * loss;
        let fails = (1.0 - through * through).max((1.0 - 1.0 / gap.max(1.0)) * 0.5).max(FAILS);
        let tries = ((ACCEPTED / loss).ln() / fails.ln()).ceil().clamp(1.0, 5.0) as u32;
        // Over a longer way frames are sent again unasked.
        self.nack.repair_time(tries, self.queue.jitter()).unwrap_or(uneven + self.nack.interval())
    }

    /// Share that did not come lately unless it was sent again, `0.0..=1.0`.
    pub fn loss(&self) -> f64 {
        self.known().loss()
    }

    /// Mean length of the last gaps, in bundles.
    pub fn gap(&self) -> f64 {
        self.known().gap()
    }

    /// From how many missing frames on a gap is a hole on this line ([`hole_from`]).
    pub fn hole_from(&self) -> u16 {
        hole_from(self.gap())
    }

    /// The probes, until enough bundles have come.
    fn known(&self) -> &LossEstimator {
        if self.losses.is_known() { &self.losses } else { &self.probes }
    }

    /// How long everything waits on the way.
    pub fn queuing_delay(&self, now: Time) -> Duration {
        self.queue.queuing_delay_at(now)
    }

    /// What can come through at most, in kilobits a second at the IP level, as the probes have shown. `None` where nothing is known
    /// against more.
    pub fn capacity_kbps(&self, now: Time) -> Option<f64> {
        self.most.filter(|(_, until)| now < *until).map(|(most, _)| most)
    }

    /// What came through lately, in kilobits a second at the IP level.
    pub fn kbps(&self) -> f64 {
        self.queue.kbps()
    }
}
