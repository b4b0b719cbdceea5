//! Whose voice is for my ears, and what is heard of an opened frame.

use super::context::Context;
use super::effect::Heard;
use crate::ids::SeatId;
use crate::session::{Event, Room, Trouble};
use crate::wire::{FrameHead, limits};

fn is_other(seat: SeatId, room: &Room) -> bool {
    room.state.circle.seats.contains_key(&seat) && Some(seat) != room.me
}

/// Whether this seat's voice is for my ears now: it's another member's, and on the floor.
pub(super) fn live(seat: SeatId, room: &Room) -> bool {
    is_other(seat, room) && !room.floor_muted(seat)
}

/// Whether what this seat has said before may be heard now. The present floor doesn't count: the relay keeps only what
/// it let through.
pub(super) fn late(seat: SeatId, room: &Room) -> bool {
    is_other(seat, room) && !room.state.circle.is_muted(seat)
}

/// What is heard of a frame that was opened: a tick, of the thin layer a count, and the packet.
pub(super) fn packet(head: &FrameHead, plain: &[u8], at_ms: u64) -> Option<Heard> {
    let FrameHead { kid, number, start, end, .. } = *head;
    let (&tick, rest) = plain.split_first()?;
    let (count, packet) = if head.is_thin() { rest.split_first()? } else { (&1, rest) };
    let (seat, count) = (kid.seat(), *count);
    let packet = (1..=limits::THIN_COUNT).contains(&count).then(|| packet.to_vec())?;
    Some(Heard { seat, number, count, tick, start, end, at_ms, missed: false, packet })
}

/// Too many frames don't open that claim to be of this seat.
pub(super) fn bad_sound(seat: SeatId, cx: &mut Context) {
    let name = cx.name(seat);
    cx.tell(Event::Trouble(Trouble::BadSound(name)));
}
