//! A member who was shown to a person.

use super::Room;
use crate::ids::SeatId;

/// A member whom a person has selected or was shown. The arrival tells them from the next one on the same seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The seat.
    pub seat: SeatId,
    /// The order of arrival of the member who is meant.
    pub arrival: u64,
}

impl Pick {
    /// The member who sits there now.
    pub fn new(room: &Room, seat: SeatId) -> Option<Self> {
        room.state.circle.seats.get(&seat).map(|member| Self { seat, arrival: member.arrival })
    }

    /// The seat, if the member who was meant still has it.
    pub fn seat(self, room: &Room) -> Option<SeatId> {
        (Self::new(room, self.seat) == Some(self)).then_some(self.seat)
    }
}
