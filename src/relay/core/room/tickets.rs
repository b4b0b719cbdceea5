//! What gives the members of a room their seats back.

use rand_chacha::ChaCha20Rng;

use crate::ids::{Nameplate, SeatId};
use crate::relay::core::ticket::Tickets;
use crate::wire::Ticket;

/// Draws the tickets of one room.
pub(in crate::relay::core) struct RoomTickets {
    all: Tickets,
    room: Nameplate,
}

impl RoomTickets {
    pub(in crate::relay::core) fn new(all: Tickets, room: Nameplate) -> Self {
        Self { all, room }
    }

    pub(super) fn draw(&self, seat: SeatId, rng: &mut ChaCha20Rng) -> Ticket {
        self.all.draw(self.room, seat, rng)
    }
}
