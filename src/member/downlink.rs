//! My way down: what it loses, what is asked for again, and how late each talker may come.

use std::collections::BTreeMap;
use std::time::Duration;

use super::copies::Copies;
use crate::adapt::{Arrival, LinkReceiver, PlanChoice, Way};
use crate::ids::{FrameNo, SeatId, Time};
use crate::wire::{DownBundle, Frame, Loss, Missing, NackBundles, Probe, Reception, limits};

/// A frame that comes at most this many numbers behind its talker's newest is late, and further behind of another count.
const LATE: i16 = 64;
/// What comes later than this beyond its time is learnt from what comes.
const EXPECTED_MOST: Duration = Duration::from_millis(400);

/// What is known of my way down, and what the relay was told of it.
pub(super) struct Downlink {
    receiver: LinkReceiver,
    /// What the relay was told, and when.
    told: (Reception, Time),
    /// How late what others say may come because of their lines.
    late: BTreeMap<SeatId, Duration>,
    /// The newest frame of each talker.
    newest: BTreeMap<SeatId, FrameNo>,
    /// Which frames have come, first or as copies.
    copies: Copies,
}

impl Downlink {
    pub(super) fn new(choice: PlanChoice, now: Time) -> Self {
        let mut receiver = LinkReceiver::new(7);
        receiver.set_choice(choice);
        Self {
            receiver,
            told: (Reception::default(), now),
            late: BTreeMap::new(),
            newest: BTreeMap::new(),
            copies: Copies::default(),
        }
    }

    /// Another plan from now on.
    pub(super) fn choose(&mut self, choice: PlanChoice) {
        self.receiver.set_choice(choice);
    }

    /// By which way what comes next has come.
    pub(super) fn comes_by(&mut self, way: Way) {
        self.receiver.comes_by(way);
    }

    /// A bundle came that took this many bytes of the line; `open` is whether others speak now.
    pub(super) fn bundle(&mut self, bundle: &DownBundle, bytes: usize, open: bool, now: Time) {
        let (number, stamp) = (bundle.sequence.into(), bundle.sent);
        let (copies, complete) = self.copies.came(&bundle.frames);
        self.receiver.arrived(Arrival { number, stamp, bytes, open, copies }, now);
        if complete && self.receiver.expects_copies() {
            self.receiver.nack.copied_up_to(number);
        }
    }

    /// A bundle that was asked for came.
    pub(super) fn retransmitted(&mut self, sequence: u8, frames: &[Frame], now: Time) {
        self.copies.came(frames);
        self.receiver.nack.answered(sequence.into(), now);
    }

    /// A probe came that took this many bytes of the line.
    pub(super) fn probed(&mut self, probe: &Probe, bytes: usize, now: Time) {
        self.receiver.probed(probe.number, probe.sent, bytes, now);
    }

    /// The line was cut: what it loses otherwise is to be found out anew.
    pub(super) fn interrupted(&mut self) {
        self.receiver.interrupted();
    }

    /// The round trip to the relay, as the transport has it.
    pub(super) fn set_rtt(&mut self, rtt: Duration) {
        self.receiver.nack.set_rtt(rtt);
    }

    /// Share of the relay's bundles that did not arrive lately, `0.0..=1.0`.
    pub(super) fn loss(&self) -> f64 {
        self.receiver.loss()
    }

    /// From how many missing bundles on the line was cut, and didn't only lose them.
    pub(super) fn hole_from(&self) -> u16 {
        self.receiver.hole_from()
    }

    /// How late what these say may come, in 20 ms units.
    pub(super) fn late(&mut self, late: &[(SeatId, u8)]) {
        let known = late.iter().filter(|(seat, _)| seat.is_valid());
        self.late.extend(known.map(|(seat, units)| (*seat, Duration::from_millis(u64::from(*units) * 20))));
    }

    /// How much later than the fastest a talker's packets may come, as far as the lines are known: mostly one of the two has
    /// lost what comes late.
    pub(super) fn expected(&self, seat: SeatId) -> Duration {
        let (down, up) = (self.receiver.lateness(), self.late.get(&seat).copied().unwrap_or_default());
        (down.max(up) + down.min(up) / 2).min(EXPECTED_MOST)
    }

    /// Whether no frame of this talker with a higher number came yet.
    pub(super) fn is_newest(&mut self, seat: SeatId, number: FrameNo) -> bool {
        let newest = self.newest.entry(seat).or_insert(number);
        let late = (-LATE..0).contains(&number.since(*newest));
        if !late {
            *newest = number;
        }
        !late
    }

    fn reception(&self, now: Time) -> Reception {
        let loss = Loss::new(self.receiver.loss(), self.receiver.gap());
        let receiver = &self.receiver;
        Reception::new(loss, receiver.queuing_delay(now), receiver.kbps(), receiver.capacity_kbps(now))
    }

    /// When the relay is to be told how my way down does, because there is news: a queue is told of at once.
    pub(super) fn news_due(&self) -> Time {
        let (told, at) = self.told;
        let is = self.reception(at + limits::QUEUE_TOLD_EVERY);
        match () {
            () if is.queue() >= limits::QUEUE => at + limits::QUEUE_TOLD_EVERY,
            () if told.loss != is.loss || told.most != is.most || told.queue() >= limits::QUEUE => {
                at + limits::PULSE_EVERY
            }
            () => Time::NEVER,
        }
    }

    /// What the relay is told now.
    pub(super) fn tell(&mut self, now: Time) -> Reception {
        let reception = self.reception(now);
        self.told = (reception, now);
        reception
    }

    /// When a bundle that is missing is to be asked for.
    pub(super) fn ask_due(&self) -> Time {
        self.receiver.nack.due()
    }

    /// The datagram that asks for what is missing, if it's time.
    pub(super) fn ask(&mut self, now: Time) -> Option<Vec<u8>> {
        if self.ask_due() > now {
            return None;
        }
        let (first, more) = self.receiver.nack.ask(now)?;
        Some(NackBundles(Missing { first, more }).encode())
    }
}
