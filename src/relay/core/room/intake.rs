//! What a member sends for the log: whether it's the next, and whether it gets a place.

use super::acts::{self, Rejection};
use super::door::Door;
use super::floor::Floor;
use super::moves::Action;
use super::seats::Seats;
use crate::ids::{ActionNo, Epoch, SeatId, Time};
use crate::wire::Refusal;

/// Whether this is the member's next action in a room in `present`; one that was there before, or is sealed with older keys, is
/// passed over.
///
/// # Errors
/// [`Refusal::Protocol`] if some are missing before it, or nobody can have the keys that it is sealed with.
pub(super) fn is_next(
    by: SeatId,
    number: ActionNo,
    epoch: Epoch,
    present: Epoch,
    seats: &Seats,
) -> Result<bool, Refusal> {
    let seat = seats.get(by).ok_or(Refusal::SeatGone)?;
    if number <= seat.last_action || epoch < present {
        return Ok(false);
    }
    let sound = number == seat.last_action.next() && epoch == present && seat.welcomed;
    if sound { Ok(true) } else { Err(Refusal::Protocol) }
}

/// Whether a member's next action gets a place in the log.
///
/// # Errors
/// Why it is rejected.
pub(super) fn check(
    by: SeatId,
    action: &Action,
    door: &Door,
    floor: &Floor,
    seats: &mut Seats,
    now: Time,
) -> Result<(), Rejection> {
    if let Some(seat) = seats.get_mut(by) {
        seat.last_action = action.number;
        if !seat.actions.take(now) {
            return Err(Rejection::TooMany);
        }
    }
    acts::check(by, &action.act, door, floor, seats)
}
