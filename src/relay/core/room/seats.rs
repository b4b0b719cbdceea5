//! All seats of a room.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::seat::Seat;
use crate::ids::{SeatId, Time};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{Gone, Presence, Refusal, RoomState, ToMember, limits};

/// The seats by their numbers, at most [`limits::MEMBERS`].
pub(super) struct Seats {
    /// Each by itself: a map's nodes are half empty.
    all: BTreeMap<SeatId, Box<Seat>>,
    /// Since when all are away.
    deserted: Option<Time>,
}

impl Seats {
    /// Those of a new room.
    pub(super) fn new(seats: impl IntoIterator<Item = (SeatId, Seat)>) -> Self {
        Self { all: seats.into_iter().map(|(id, seat)| (id, Box::new(seat))).collect(), deserted: None }
    }

    pub(super) fn get(&self, id: SeatId) -> Option<&Seat> {
        self.all.get(&id).map(Box::as_ref)
    }

    pub(super) fn get_mut(&mut self, id: SeatId) -> Option<&mut Seat> {
        self.all.get_mut(&id).map(Box::as_mut)
    }

    /// The seat, if its member is in.
    pub(super) fn welcomed(&self, id: SeatId) -> Option<&Seat> {
        self.get(id).filter(|seat| seat.welcomed)
    }

    /// The same, to change it.
    pub(super) fn welcomed_mut(&mut self, id: SeatId) -> Option<&mut Seat> {
        self.get_mut(id).filter(|seat| seat.welcomed)
    }

    pub(super) fn contains(&self, id: SeatId) -> bool {
        self.all.contains_key(&id)
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All seats in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (SeatId, &Seat)> {
        self.all.iter().map(|(id, seat)| (*id, &**seat))
    }

    /// The same, to change them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (SeatId, &mut Seat)> {
        self.all.iter_mut().map(|(id, seat)| (*id, &mut **seat))
    }

    pub(super) fn ids(&self) -> Vec<SeatId> {
        self.all.keys().copied().collect()
    }

    pub(super) fn insert(&mut self, id: SeatId, seat: Seat) {
        self.all.insert(id, Box::new(seat));
    }

    pub(super) fn remove(&mut self, id: SeatId) -> Option<Seat> {
        self.all.remove(&id).map(|seat| *seat)
    }

    /// Gives a seat whose member is in this connection as a second way. The second way that it had before, if there is one.
    ///
    /// # Errors
    /// [`Refusal::SeatGone`] if there is no such seat, [`Refusal::Busy`] if it was given too much lately.
    pub(super) fn give_second_way(
        &mut self,
        id: SeatId,
        conn: ConnId,
        out: &mut Outbox,
        now: Time,
    ) -> Result<Option<ConnId>, Refusal> {
        let seat = self.welcomed_mut(id).ok_or(Refusal::SeatGone)?;
        if !seat.second_ways.take(now) {
            return Err(Refusal::Busy);
        }
        let before = seat.second.replace(conn);
        if let Some(first) = seat.conn {
            out.pair(first, conn, Some(first));
        }
        out.tell(conn, &ToMember::SecondWay);
        Ok(before)
    }

    /// A connection of a seat is no more. Whether it was the last.
    pub(super) fn cut(&mut self, id: SeatId, conn: ConnId, out: &mut Outbox) -> bool {
        let Some(seat) = self.get_mut(id) else { return false };
        if seat.conn == Some(conn) {
            seat.conn = None;
            out.part(conn);
        } else if seat.second == Some(conn) {
            seat.second = None;
            seat.conn.into_iter().for_each(|first| out.part(first));
        } else {
            return false;
        }
        seat.any_way().is_none()
    }

    /// Over how many connections voices go out to all.
    pub(super) fn ways(&self) -> usize {
        self.all.values().map(|seat| 1 + usize::from(seat.second.is_some())).sum()
    }

    /// The room was like this when these seats were given.
    pub(super) fn note_given(&mut self, ids: impl Iterator<Item = SeatId>, room: &RoomState) {
        for id in ids {
            self.get_mut(id).into_iter().for_each(|seat| seat.given = Some(Box::new(room.clone())));
        }
    }

    /// Sends a control message to everybody who is in.
    pub(super) fn tell_all(&self, message: &ToMember, out: &mut Outbox) {
        out.tell_all(self.all.values().flat_map(|seat| seat.told()), message);
    }

    /// Sends a control message that is written already to everybody who is in, except for one connection.
    pub(super) fn share_with_others(&self, but: Option<ConnId>, bytes: &Arc<[u8]>, out: &mut Outbox) {
        let others = self.all.values().flat_map(|seat| seat.told()).filter(|conn| Some(*conn) != but);
        others.for_each(|conn| out.share(conn, bytes.clone()));
    }

    /// Whether the queue of somebody other than `but` is long.
    pub(super) fn others_are_backlogged(&self, but: SeatId) -> bool {
        self.iter().any(|(id, seat)| id != but && seat.backlogged)
    }

    /// Tells one connection how everybody's line is.
    pub(super) fn tell_lines(&self, conn: ConnId, out: &mut Outbox) {
        let presences = self.iter().map(|(id, seat)| (id, seat.presence)).collect();
        out.tell(conn, &ToMember::Presence(presences));
        let late = self.iter().map(|(id, seat)| (id, seat.up.told_late()));
        let late: Vec<_> = late.filter(|(_, late)| *late > 0).collect();
        if !late.is_empty() {
            out.tell(conn, &ToMember::Late(late));
        }
    }

    /// Tells everybody whose frames come later or less late than before.
    pub(super) fn tell_late(&mut self, out: &mut Outbox) {
        let late: Vec<_> = self.iter_mut().filter_map(|(id, seat)| Some((id, seat.up.late_news()?))).collect();
        if !late.is_empty() {
            self.tell_all(&ToMember::Late(late), out);
        }
    }

    /// Notes since when all are away, if they are. To be called at every look at their lines.
    pub(super) fn watch_deserted(&mut self, now: Time) {
        if self.all.values().all(|seat| seat.presence == Presence::Away) {
            self.deserted.get_or_insert(now);
        }
    }

    /// Whether anybody is in whose line is there.
    pub(super) fn is_anybody_here(&self) -> bool {
        self.all.values().any(|seat| seat.welcomed && seat.presence != Presence::Away)
    }

    /// How the lines are by now.
    pub(super) fn presences_at(&self, now: Time) -> Vec<(SeatId, Presence)> {
        self.iter().map(|(id, seat)| (id, seat.presence_at(now))).collect()
    }

    /// Since when all are away.
    pub(super) fn deserted(&self) -> Option<Time> {
        self.deserted
    }

    /// Why this seat is to be given up by now, if it is.
    pub(super) fn expired(&self, id: SeatId, now: Time) -> Option<Gone> {
        let seat = self.get(id)?;
        let lost = || self.deserted.is_none() && now.since(seat.away_since) >= limits::SEAT_HELD;
        match seat.presence {
            _ if !seat.welcomed && now.since(seat.seated) >= limits::WELCOME_TIME => Some(Gone::NeverCame),
            Presence::Away => lost().then_some(Gone::Lost),
            Presence::Here | Presence::Poor => None,
        }
    }

    /// Somebody is here. If nobody was, all others again have the full time to come back.
    pub(super) fn occupied(&mut self, now: Time) {
        if self.deserted.take().is_some() {
            self.all.values_mut().for_each(|seat| seat.away_since = now);
        }
    }
}
