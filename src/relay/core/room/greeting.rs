//! What a member is told on coming in or coming back.

use super::lag::Lags;
use super::log::Log;
use super::media::Media;
use super::seats::Seats;
use crate::ids::{LogHead, SeatId};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{Blob, RoomState, ToMember};

/// The parts that have something to tell.
pub(super) struct Greeting<'a> {
    pub(super) seats: &'a Seats,
    pub(super) log: &'a Log,
    pub(super) lags: &'a Lags,
    pub(super) media: &'a Media,
}

impl Greeting<'_> {
    /// Tells a joiner who has been given this seat of the room as it was then, and of what has come since.
    pub(super) fn tell_seated(&self, id: SeatId, conn: ConnId, state: RoomState, body: Blob, out: &mut Outbox) {
        let (Some(ticket), Some(missed)) = (self.log.ticket(id), self.log.after(state.head)) else { return };
        let (index, tag) = (state.head.index, self.log.tag(&state));
        out.tell(conn, &ToMember::Seated { seat: id, ticket, index, body, state: Box::new(state), tag });
        missed.for_each(|entry| out.share(conn, entry));
    }

    /// Brings a connection for a seat up to date that has the log up to an entry.
    pub(super) fn tell_resumed(&self, id: SeatId, conn: ConnId, have: LogHead, out: &mut Outbox) {
        let (Some(seat), Some(missed)) = (self.seats.get(id), self.log.after(have)) else { return };
        out.tell(conn, &ToMember::Resumed { head: self.log.head(), last: seat.last_action });
        missed.for_each(|entry| out.share(conn, entry));
        self.tell_lines(conn, out);
    }

    /// Tells one connection how everybody's line is.
    pub(super) fn tell_lines(&self, conn: ConnId, out: &mut Outbox) {
        self.seats.tell_lines(conn, out);
        let lags = self.lags.all();
        if !lags.is_empty() {
            out.tell(conn, &ToMember::Behind(lags));
        }
        self.media.tell_layers(conn, out);
    }
}
