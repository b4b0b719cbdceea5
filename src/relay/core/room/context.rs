//! What the room lends to one of its parts for a call.

use super::seats::Seats;
use crate::ids::Time;
use crate::relay::core::context::Context;
use crate::relay::core::outbox::Outbox;

/// The seats, where outputs go, and the time.
pub(super) struct RoomContext<'a> {
    pub(super) seats: &'a mut Seats,
    pub(super) out: &'a mut Outbox,
    pub(super) now: Time,
}

impl<'a> RoomContext<'a> {
    pub(super) fn new(seats: &'a mut Seats, cx: &'a mut Context<'_>) -> Self {
        Self { seats, out: cx.out, now: cx.now }
    }
}
