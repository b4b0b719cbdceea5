//! A room's door: who knocks, and what goes to and fro between them and the member who is the door.

use std::time::Duration;

use super::Room;
use crate::ids::{Attempt, SeatId, Time};
use crate::relay::core::{ConnId, Outbox};
use crate::wire::{Attempting, Blob, Refusal, ToMember, limits};

pub(super) struct Knock {
    pub(super) conn: ConnId,
    pub(super) since: Time,
    /// The flights so far, for a door that comes later or comes back.
    flights: Vec<Blob>,
    /// Whether the door has begun to deal with it. From then on it answers at once.
    answered: bool,
    /// When the flight went to the door that it has not answered yet.
    passed: Option<Time>,
}

impl Room {
    /// Whether there is a door to knock at, be its member away.
    pub(in crate::relay::core) fn has_door(&self) -> bool {
        !self.closed && !self.seats.is_empty()
    }

    pub(in crate::relay::core) fn knock(
        &mut self,
        attempt: Attempt,
        conn: ConnId,
        body: Blob,
        now: Time,
        out: &mut Outbox,
    ) -> Result<(), Refusal> {
        if self.locked {
            return Err(Refusal::Locked);
        }
        if self.seats.len() >= limits::MEMBERS {
            return Err(Refusal::Full);
        }
        if body.bytes().len() > limits::KNOCK_FIRST {
            return Err(Refusal::Protocol);
        }
        if self.knocks.len() >= limits::KNOCKS || !self.shown.take(now) {
            return Err(Refusal::Busy);
        }
        out.tell(conn, &ToMember::Attempt(Attempting::AtDoor));
        if let Some(door) = self.door_conn() {
            out.tell(door, &ToMember::Knock(attempt, body.clone()));
        }
        self.knocks.insert(attempt, Knock { conn, since: now, flights: vec![body], answered: false, passed: None });
        Ok(())
    }

    /// A further flight of a joiner; `false` if it is one too many, too large, or comes before the door's answer.
    pub(in crate::relay::core) fn next_flight(
        &mut self,
        attempt: Attempt,
        body: Blob,
        now: Time,
        out: &mut Outbox,
    ) -> bool {
        let door = self.door_conn();
        let Some(knock) = self.knocks.get_mut(&attempt) else { return false };
        if !knock.answered || knock.flights.len() >= limits::KNOCK_FLIGHTS || body.bytes().len() > limits::KNOCK_FLIGHT
        {
            return false;
        }
        if let Some(door) = door {
            out.tell(door, &ToMember::Knock(attempt, body.clone()));
            knock.passed = Some(now);
        }
        knock.flights.push(body);
        true
    }

    /// How long the door took for a flight that it deals with at once, if `by` is the door and this is its answer.
    pub(in crate::relay::core) fn door_took(&mut self, by: SeatId, attempt: Attempt, now: Time) -> Option<Duration> {
        if self.door() != Some(by) {
            return None;
        }
        let knock = self.knocks.get_mut(&attempt)?;
        knock.answered = true;
        knock.passed.take().map(|passed| now.since(passed))
    }

    pub(in crate::relay::core) fn knock_over(&mut self, attempt: Attempt, out: &mut Outbox) {
        if self.knocks.remove(&attempt).is_none() {
            return;
        }
        match self.door_conn() {
            Some(door) => out.tell(door, &ToMember::KnockOver(attempt)),
            None if self.missed.len() < limits::KNOCKS * 4 => self.missed.push(attempt),
            None => {}
        }
    }

    pub(in crate::relay::core) fn answer(&mut self, by: SeatId, attempt: Attempt, body: Blob, out: &mut Outbox) {
        if self.door() == Some(by)
            && let Some(knock) = self.knocks.get(&attempt)
        {
            out.tell(knock.conn, &ToMember::Answer(body));
        }
    }

    /// The joiner who is not let in, if there is one.
    pub(in crate::relay::core) fn turn_away(
        &mut self,
        by: SeatId,
        attempt: Attempt,
        body: Blob,
        out: &mut Outbox,
    ) -> Option<ConnId> {
        if self.door() != Some(by) {
            return None;
        }
        let knock = self.knocks.remove(&attempt)?;
        out.tell(knock.conn, &ToMember::Attempt(Attempting::TurnedAway(body)));
        out.close(knock.conn);
        Some(knock.conn)
    }

    /// Joiners who are to knock anew. What they began with a door can't be ended with another.
    pub(in crate::relay::core) fn take_evicted(&mut self) -> Vec<ConnId> {
        std::mem::take(&mut self.evicted)
    }

    /// Everybody who waits, for a door that was away, and who no longer does.
    pub(super) fn show_knocks(&mut self, out: &mut Outbox) {
        let Some(door) = self.door_conn() else { return };
        for attempt in self.missed.drain(..) {
            out.tell(door, &ToMember::KnockOver(attempt));
        }
        for (attempt, knock) in &self.knocks {
            for flight in &knock.flights {
                out.tell(door, &ToMember::Knock(*attempt, flight.clone()));
            }
        }
    }
}
