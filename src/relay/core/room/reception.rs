//! Who hears whom: what listeners report, added up for each talker.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::RoomContext;
use super::seats::Seats;
use crate::adapt::work;
use crate::ids::{SeatId, Time};
use crate::wire::{Floor, HeardBy, Presence, ReceiverReport, ReportBlock};

/// From this loss on, in half percents, words are lost.
const LOSING_FROM: u8 = 16;
/// For this long a listener's word counts.
const FRESH: Duration = Duration::from_secs(20);
/// A member who has talked within this time is told.
const TALKS: Duration = Duration::from_secs(3);
/// The shortest time between two tellings, and the longest while nothing changes.
const TELL_EVERY: Duration = Duration::from_secs(2);
const TELL_AGAIN: Duration = Duration::from_secs(10);

/// How one talker is heard.
#[derive(Default)]
struct TalkerReception {
    listeners: BTreeMap<SeatId, ListenerLoss>,
    /// What the talker was told last, and when.
    told: Option<(HeardBy, Time)>,
}

/// What one listener has said it loses of a talker.
struct ListenerLoss {
    /// In half percents.
    lost: u8,
    at: Time,
}

/// How the talkers of a room are heard: at most one talker a seat, and for each one listener a seat.
#[derive(Default)]
pub(super) struct Receptions(BTreeMap<SeatId, TalkerReception>);

impl Receptions {
    /// A listener says how it hears those who talk.
    pub(super) fn report(&mut self, listener: SeatId, report: &ReceiverReport, cx: &RoomContext<'_>) {
        for ReportBlock { seat: talker, fraction_lost } in &report.0 {
            work::count(1);
            if *talker != listener && cx.seats.contains(*talker) {
                let listeners = &mut self.0.entry(*talker).or_default().listeners;
                listeners.insert(listener, ListenerLoss { lost: *fraction_lost, at: cx.now });
            }
        }
    }

    /// The seat is free: nobody hears it, and it hears nobody.
    pub(super) fn forget(&mut self, id: SeatId) {
        self.0.remove(&id);
        for talker in self.0.values_mut() {
            talker.listeners.remove(&id);
        }
    }

    /// Tells those who talk how they are heard.
    pub(super) fn tell(&mut self, floor: &Floor, cx: &mut RoomContext<'_>) {
        let now = cx.now;
        for (id, seat) in cx.seats.iter().filter(|(_, seat)| seat.up.silent_for(now) < TALKS) {
            let told = self.0.get(&id).and_then(|talker| talker.told);
            if told.is_some_and(|(_, at)| now.since(at) < TELL_EVERY) {
                continue;
            }
            let Some(conn) = seat.listening() else { continue };
            let heard = if floor.is_muted(id) { HeardBy::default() } else { self.heard_by(id, cx.seats, now) };
            let due = match told {
                None => heard.of > 0,
                Some((told, at)) => told != heard || now.since(at) >= TELL_AGAIN,
            };
            if due {
                self.0.entry(id).or_default().told = Some((heard, now));
                cx.out.datagram(conn, heard.encode());
            }
        }
    }

    /// How the others hear this talker.
    fn heard_by(&self, talker: SeatId, seats: &Seats, now: Time) -> HeardBy {
        let listeners = self.0.get(&talker).map(|talker| &talker.listeners);
        let mut heard = HeardBy::default();
        for (listener, seat) in seats.iter().filter(|(id, seat)| *id != talker && seat.welcomed) {
            heard.of += 1;
            let loss = listeners.and_then(|all| all.get(&listener)).filter(|loss| now.since(loss.at) < FRESH);
            match loss {
                _ if seat.presence == Presence::Away => {}
                Some(loss) if loss.lost >= LOSING_FROM => heard.losing.insert(listener),
                _ => heard.hear += 1,
            }
        }
        heard
    }
}
