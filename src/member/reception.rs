//! Whether words arrive: how I hear those who talk, which they are told, and how I am heard. What RFC 3550 calls receiver
//! reports.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::Context;
use crate::adapt::{LossEstimator, hole_from};
use crate::ids::{FrameNo, SeatId, Time};
use crate::session::{Event, HeardBy};
use crate::wire::{ReceiverReport, ReportBlock, limits};

/// From this share of lost frames on a talker is told of it, and then again until it is below the second.
const FROM: f64 = 0.06;
const BELOW: f64 = 0.03;
/// How often talkers are told.
const EVERY: Duration = Duration::from_secs(4);
/// A member who has talked in this time talks.
const TALKS: Duration = Duration::from_secs(2);
/// How I am heard is known for this long.
const KNOWN: Duration = Duration::from_secs(25);

struct TalkerReception {
    losses: LossEstimator,
    at: Time,
    /// Whether the talker was told that I lose words.
    told: bool,
}

/// What I tell talkers, and what I am told.
pub(super) struct ReceptionReports {
    talkers: BTreeMap<SeatId, TalkerReception>,
    told: Time,
    /// When I was told how I am heard.
    heard: Option<Time>,
}

impl ReceptionReports {
    pub(super) fn new(now: Time) -> Self {
        Self { talkers: BTreeMap::new(), told: now, heard: None }
    }

    /// A live frame came that stands for this many numbers.
    pub(super) fn hear(&mut self, seat: SeatId, number: FrameNo, count: u8, after_hole: bool, now: Time) {
        let new = || TalkerReception { losses: LossEstimator::of_late(16), at: now, told: false };
        let talker = self.talkers.entry(seat).or_insert_with(new);
        if after_hole {
            // What was missed then is heard later.
            talker.losses = LossEstimator::of_late(16);
        }
        number.last(count.into()).for_each(|number| talker.losses.arrived(number.0));
        talker.at = now;
    }

    /// From how many missing frames of a talker on its line or mine was cut, and didn't only lose them.
    pub(super) fn hole_from(&self, seat: SeatId) -> u16 {
        hole_from(self.talkers.get(&seat).map_or(1.0, |talker| talker.losses.gap()))
    }

    /// Somebody left: the next in the seat is another.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.talkers.remove(&seat);
    }

    /// When there may be something to tell.
    pub(super) fn due(&self) -> Time {
        let known = self.heard.map_or(Time::NEVER, |at| at + KNOWN);
        let talk = self.talkers.values().any(|talker| talker.at + TALKS > self.told + EVERY || talker.told);
        known.min(if talk { self.told + EVERY } else { Time::NEVER })
    }

    /// What those who talk are to be told, if anything.
    fn report(&mut self, now: Time) -> Option<ReceiverReport> {
        if now.since(self.told) < EVERY {
            return None;
        }
        self.told = now;
        let mut report = ReceiverReport::default();
        for (seat, talker) in &mut self.talkers {
            let talks = now.since(talker.at) < TALKS;
            let share = talker.losses.loss();
            let losing = talks && share >= if talker.told { BELOW } else { FROM };
            if (losing || talker.told) && report.0.len() < limits::REPORT_BLOCKS {
                let fraction_lost = if losing { (share * 200.0).round().clamp(0.0, 200.0) as u8 } else { 0 };
                report.0.push(ReportBlock { seat: *seat, fraction_lost });
                talker.told = losing;
            }
        }
        (!report.0.is_empty()).then_some(report)
    }

    /// The datagram that tells those who talk how I hear them, if it's time. What I was told is forgotten after a while.
    pub(super) fn watch(&mut self, cx: &mut Context) -> Option<Vec<u8>> {
        let report = if cx.is_live() { self.report(cx.now) } else { None };
        if self.heard.take_if(|at| cx.now.since(*at) >= KNOWN).is_some() {
            cx.room.heard_by = None;
        }
        report.and_then(|report| report.encode().ok())
    }

    /// How I am heard, as the relay adds it up.
    pub(super) fn heard_by(&mut self, told: HeardBy, cx: &mut Context) {
        self.heard = Some(cx.now);
        let seats = &cx.room.state.circle.seats;
        let losing = told.losing.iter().filter(|seat| seats.contains_key(seat) && Some(*seat) != cx.room.me).collect();
        let heard = HeardBy { losing, ..told };
        if cx.room.heard_by.replace(heard) != Some(heard) {
            cx.tell(Event::HeardBy(heard));
        }
    }
}
