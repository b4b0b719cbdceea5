//! A room's door: the member who holds it, the joiners who knock, and what goes to and fro between them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::RoomContext;
use super::seats::Seats;
use crate::ids::{Attempt, SeatId, Time};
use crate::relay::core::bucket::Bucket;
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{Attempting, Blob, Refusal, ToMember, limits};

/// Ended knocks that are kept for a door that is away.
const ENDED_KEPT: usize = limits::KNOCKS * 4;

/// A joiner at the door.
struct Knock {
    conn: ConnId,
    since: Time,
    /// The flights so far, for a door that comes later or comes back.
    flights: Vec<Blob>,
    /// Whether the door has begun to deal with it. From then on the door answers at once.
    answered: bool,
    /// How often the door has answered: the second time only those who have the words.
    answers: u32,
    /// When the flight that the door has not answered yet was passed to it.
    passed: Option<Time>,
}

/// The door, with at most [`limits::KNOCKS`] joiners in front of it.
pub(super) struct Door {
    /// Who holds it, as the log says.
    holder: Option<SeatId>,
    knocks: BTreeMap<Attempt, Knock>,
    /// How many more knocks the door is shown.
    shown: Bucket,
    /// Knocks that ended while the door could not be told.
    ended: Vec<Attempt>,
    /// Joiners who are to knock anew, because the door they talked to has moved.
    evicted: Vec<ConnId>,
}

impl Door {
    /// A door at which nobody is yet, held by this seat.
    pub(super) fn new(holder: Option<SeatId>, now: Time) -> Self {
        Self {
            holder,
            knocks: BTreeMap::new(),
            shown: Bucket::new(limits::DOOR_KNOCKS, limits::DOOR_KNOCKS_EVERY, now),
            ended: Vec::new(),
            evicted: Vec::new(),
        }
    }

    // Its holder.

    /// The seat that may act for the relay.
    pub(super) fn holder(&self) -> Option<SeatId> {
        self.holder
    }

    /// This seat holds it from here on. If that's another than before, what was begun with the one before ends. Whether it is.
    pub(super) fn pass_to(&mut self, holder: Option<SeatId>) -> bool {
        let before = std::mem::replace(&mut self.holder, holder);
        if holder == before {
            return false;
        }
        self.ended.clear();
        self.evicted.extend(std::mem::take(&mut self.knocks).into_values().map(|knock| knock.conn));
        true
    }

    fn conn(&self, seats: &Seats) -> Option<ConnId> {
        self.holder().and_then(|door| seats.get(door)).and_then(|seat| seat.conn.filter(|_| seat.welcomed))
    }

    // The knocks.

    /// A joiner knocks.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn knock(
        &mut self,
        attempt: Attempt,
        conn: ConnId,
        body: Blob,
        cx: &mut RoomContext<'_>,
    ) -> Result<(), Refusal> {
        if cx.seats.len() >= limits::MEMBERS {
            return Err(Refusal::Full);
        }
        if body.bytes().len() > limits::KNOCK_FIRST {
            return Err(Refusal::Protocol);
        }
        if self.knocks.len() >= limits::KNOCKS || !self.shown.take(cx.now) {
            return Err(Refusal::Busy);
        }
        cx.out.tell(conn, &ToMember::Attempt(Attempting::AtDoor));
        self.show(attempt, &body, cx);
        self.knocks.insert(
            attempt,
            Knock { conn, since: cx.now, flights: vec![body], answered: false, answers: 0, passed: None },
        );
        Ok(())
    }

    /// A joiner's next flight.
    ///
    /// # Errors
    /// [`Refusal::Protocol`] if it is one too many, too large, or comes before the door's answer.
    pub(super) fn next_flight(
        &mut self,
        attempt: Attempt,
        body: Blob,
        cx: &mut RoomContext<'_>,
    ) -> Result<(), Refusal> {
        let knock = self.knocks.get(&attempt).ok_or(Refusal::Protocol)?;
        if !knock.answered || knock.flights.len() >= limits::KNOCK_FLIGHTS || body.bytes().len() > limits::KNOCK_FLIGHT
        {
            return Err(Refusal::Protocol);
        }
        let shown = self.show(attempt, &body, cx);
        if let Some(knock) = self.knocks.get_mut(&attempt) {
            knock.passed = if shown { Some(cx.now) } else { knock.passed };
            knock.flights.push(body);
        }
        Ok(())
    }

    /// Shows the door a joiner's flight, if the door is there, and keeps the line free for it. Whether it is there.
    fn show(&self, attempt: Attempt, body: &Blob, cx: &mut RoomContext<'_>) -> bool {
        let Some(door) = self.conn(cx.seats) else { return false };
        cx.out.tell(door, &ToMember::Knock(attempt, body.clone()));
        let seat = self.holder().and_then(|holder| cx.seats.get_mut(holder));
        seat.into_iter().for_each(|seat| seat.down.hold_probes(cx.now));
        true
    }

    /// The door deals with a knock: how long it took for the newest flight, if it had one to answer. `None` too if `by` is not
    /// the door.
    pub(super) fn delay(&mut self, by: SeatId, attempt: Attempt, now: Time) -> Option<Duration> {
        if self.holder() != Some(by) {
            return None;
        }
        let knock = self.knocks.get_mut(&attempt)?;
        knock.answered = true;
        knock.passed.take().map(|passed| now.since(passed))
    }

    /// The door answers a joiner.
    pub(super) fn answer(&mut self, by: SeatId, attempt: Attempt, body: Blob, out: &mut Outbox) {
        if self.holder() == Some(by)
            && let Some(knock) = self.knocks.get_mut(&attempt)
        {
            knock.answers += 1;
            out.tell(knock.conn, &ToMember::Answer(body));
        }
    }

    /// The door turns a joiner away. The joiner's connection, which ends.
    pub(super) fn turn_away(&mut self, by: SeatId, attempt: Attempt, body: Blob, out: &mut Outbox) -> Option<ConnId> {
        if self.holder() != Some(by) {
            return None;
        }
        let conn = self.knocks.remove(&attempt)?.conn;
        out.tell(conn, &ToMember::Attempt(Attempting::TurnedAway(body)));
        out.close(conn);
        Some(conn)
    }

    /// A joiner goes away.
    pub(super) fn knock_over(&mut self, attempt: Attempt, seats: &Seats, out: &mut Outbox) {
        if self.knocks.remove(&attempt).is_none() {
            return;
        }
        match self.conn(seats) {
            Some(door) => out.tell(door, &ToMember::KnockOver(attempt)),
            None if self.ended.len() < ENDED_KEPT => self.ended.push(attempt),
            None => {}
        }
    }

    /// The group ends. The joiners who have its words, and may know; the others are to knock anew, and find no other answer
    /// than at any number.
    pub(super) fn close(&mut self) -> Vec<ConnId> {
        let (known, strangers): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.knocks).into_values().partition(|knock| knock.answers > 1);
        self.evicted.extend(strangers.into_iter().map(|knock| knock.conn));
        known.into_iter().map(|knock| knock.conn).collect()
    }

    /// Refuses the joiners who have waited too long. Their connections.
    pub(super) fn expire(&mut self, cx: &mut RoomContext<'_>) -> Vec<ConnId> {
        if cx.seats.is_empty() {
            self.evicted.extend(std::mem::take(&mut self.knocks).into_values().map(|knock| knock.conn));
        }
        let stale = |knock: &Knock| cx.now.since(knock.since) >= limits::KNOCK_TIME;
        let stale = self.knocks.iter().filter(|(_, knock)| stale(knock));
        let stale: Vec<_> = stale.map(|(attempt, knock)| (*attempt, knock.conn)).collect();
        for (attempt, conn) in &stale {
            self.knock_over(*attempt, cx.seats, cx.out);
            cx.out.refuse(*conn, Refusal::Busy);
        }
        stale.into_iter().map(|(_, conn)| conn).collect()
    }

    /// A joiner gets a seat: its connection.
    pub(super) fn admit(&mut self, attempt: Attempt) -> Option<ConnId> {
        self.knocks.remove(&attempt).map(|knock| knock.conn)
    }

    pub(super) fn has_knock(&self, attempt: Attempt) -> bool {
        self.knocks.contains_key(&attempt)
    }

    /// The connections of all joiners.
    pub(super) fn joiners(&self) -> impl Iterator<Item = ConnId> {
        self.knocks.values().map(|knock| knock.conn)
    }

    /// Joiners who are to knock anew. What they began with one door can't be ended with another.
    pub(super) fn take_evicted(&mut self) -> Vec<ConnId> {
        std::mem::take(&mut self.evicted)
    }

    /// Shows the joiners that wait, and those that no longer do, to a door that was away.
    pub(super) fn show_knocks(&mut self, seats: &Seats, out: &mut Outbox) {
        let Some(door) = self.conn(seats) else { return };
        for attempt in self.ended.drain(..) {
            out.tell(door, &ToMember::KnockOver(attempt));
        }
        for (attempt, knock) in &self.knocks {
            for flight in &knock.flights {
                out.tell(door, &ToMember::Knock(*attempt, flight.clone()));
            }
        }
    }
}
