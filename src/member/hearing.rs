//! Heard or not: how I hear those who talk, which they are told, and how I am heard.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Effect, Member};
use crate::adapt::LossEstimator;
use crate::ids::{FrameNo, SeatId, Time};
use crate::session::{Event, HeardBy};
use crate::wire::{ReceiverReport, ReportBlock, limits};

/// From this share of lost frames on a talker is told of it, and what is told then is told again until it's less than the other.
const FROM: f64 = 0.06;
const BELOW: f64 = 0.03;
/// How often.
const EVERY: Duration = Duration::from_secs(4);
/// Who has talked in this time talks.
const TALKS: Duration = Duration::from_secs(2);
/// How I am heard is known for so long.
const KNOWN: Duration = Duration::from_secs(25);

struct TalkerReception {
    losses: LossEstimator,
    at: Time,
    /// Whether it was told that I lose words.
    told: bool,
}

pub(super) struct Hearing {
    talkers: BTreeMap<SeatId, TalkerReception>,
    told: Time,
    /// When I was told how I am heard.
    heard: Option<Time>,
}

impl Hearing {
    pub(super) fn new(now: Time) -> Self {
        Self { talkers: BTreeMap::new(), told: now, heard: None }
    }

    /// A live frame came that stands for so many numbers.
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
}

impl Member {
    pub(super) fn watch_hearing(&mut self, now: Time) {
        if self.is_in()
            && self.connection.is_up()
            && let Some(datagram) = self.hearing.report(now).and_then(|report| report.encode().ok())
        {
            self.voice.sent(now);
            self.effects.push_back(Effect::Datagram(datagram));
        }
        if self.hearing.heard.take_if(|at| now.since(*at) >= KNOWN).is_some() {
            self.room.heard_by = None;
        }
    }

    /// How I am heard, as the relay adds it up.
    pub(super) fn heard_by(&mut self, told: HeardBy, now: Time) {
        self.hearing.heard = Some(now);
        let seats = &self.room.state.seats;
        let losing =
            told.losing.iter().filter(|seat| seats.contains_key(seat) && Some(*seat) != self.room.me).collect();
        let heard = HeardBy { losing, ..told };
        if self.room.heard_by.replace(heard) != Some(heard) {
            self.tell(Event::HeardBy(heard));
        }
    }
}
