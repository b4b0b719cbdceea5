//! Who hears whom: what listeners say of it, added up for those who talk.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Room;
use crate::ids::{SeatId, Time};
use crate::relay::core::Outbox;
use crate::wire::{HeardBy, Presence, ReceiverReport, ReportBlock};

/// From this share on, in half percents, words are lost; below the other no more.
const LOSING_FROM: u8 = 16;
/// What a listener has said counts for so long.
const FRESH: Duration = Duration::from_secs(20);
/// Who has talked in this time is told.
const TALKS: Duration = Duration::from_secs(3);
/// What has changed is told at most so often, and what hasn't so often.
const TELL_EVERY: Duration = Duration::from_secs(2);
const TELL_AGAIN: Duration = Duration::from_secs(10);

/// How one talker is heard.
#[derive(Default)]
struct TalkerReception {
    /// What listeners have said, and when.
    lost: BTreeMap<SeatId, (u8, Time)>,
    told: Option<(HeardBy, Time)>,
}

/// How the talkers of a room are heard: at most a talker a seat, and of each a listener a seat.
#[derive(Default)]
pub(in crate::relay::core) struct Hearing(BTreeMap<SeatId, TalkerReception>);

impl Room {
    /// A listener says how it hears those who talk.
    pub(super) fn hears(&mut self, id: SeatId, report: &ReceiverReport, now: Time) {
        for ReportBlock { seat: talker, fraction_lost } in &report.0 {
            if *talker != id && self.seats.contains_key(talker) {
                self.hearing.0.entry(*talker).or_default().lost.insert(id, (*fraction_lost, now));
            }
        }
    }

    /// The seat is free: nobody hears it, and it hears nobody.
    pub(super) fn forget_hearing(&mut self, id: SeatId) {
        self.hearing.0.remove(&id);
        for talker in self.hearing.0.values_mut() {
            talker.lost.remove(&id);
        }
    }

    /// Tells those who talk how they are heard.
    pub(super) fn tell_hearing(&mut self, now: Time, out: &mut Outbox) {
        let talking: Vec<SeatId> =
            self.seats.iter().filter(|(_, s)| s.talked_since(now) < TALKS).map(|(id, _)| *id).collect();
        for id in talking {
            let told = self.hearing.0.get(&id).and_then(|talker| talker.told);
            if told.is_some_and(|(_, at)| now.since(at) < TELL_EVERY) {
                continue;
            }
            let heard = self.heard_by(id, now);
            let Some(conn) = self.seats.get(&id).and_then(super::Seat::listening) else { continue };
            let due = match told {
                None => heard.of > 0,
                Some((told, at)) => told != heard || now.since(at) >= TELL_AGAIN,
            };
            if due {
                self.hearing.0.entry(id).or_default().told = Some((heard, now));
                out.datagram(conn, heard.encode());
            }
        }
    }

    fn heard_by(&self, id: SeatId, now: Time) -> HeardBy {
        let talker = self.hearing.0.get(&id);
        let mut heard = HeardBy::default();
        if self.muted.contains(id) {
            return heard;
        }
        for (listener, seat) in self.seats.iter().filter(|(seat, _)| **seat != id) {
            if !seat.welcomed {
                continue;
            }
            heard.of += 1;
            let lost = talker.and_then(|talker| talker.lost.get(listener)).filter(|(_, at)| now.since(*at) < FRESH);
            match lost {
                _ if seat.presence == Presence::Away => {}
                Some((lost, _)) if *lost >= LOSING_FROM => heard.losing.insert(*listener),
                _ => heard.hear += 1,
            }
        }
        heard
    }
}
