//! What a member sends for the log: whether it's the next, and whether it gets a place.

use super::acts::{self, Rejection};
use super::door::Door;
use super::log::Log;
use super::moves::Action;
use super::seats::Seats;
use crate::ids::{ActionNo, Epoch, SeatId, Time};
use crate::wire::{Act, Blob, Entry, EntryKind, Refusal, ToRelay, limits};

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

/// The longest body that a message may have. Only a change of keys, and the state for a newcomer, need much.
fn longest(message: &ToRelay) -> Option<(&Blob, usize)> {
    match message {
        ToRelay::Append { act: Act::Commit { .. }, body, .. } | ToRelay::Welcome { body, .. } => {
            Some((body, limits::BLOB))
        }
        ToRelay::Append { body, .. } => Some((body, limits::ACTION_BODY)),
        ToRelay::Answer(_, body) | ToRelay::TurnAway(_, body) | ToRelay::Knock(body) => {
            Some((body, limits::KNOCK_FLIGHT))
        }
        ToRelay::Entry(Entry { kind: EntryKind::Action { act: Act::Commit { .. }, body, .. }, .. }) => {
            Some((body, limits::BLOB))
        }
        ToRelay::Entry(Entry { kind: EntryKind::Action { body, .. }, .. }) => Some((body, limits::ACTION_BODY)),
        ToRelay::Entry(_)
        | ToRelay::Hello(_)
        | ToRelay::Leave
        | ToRelay::Missed { .. }
        | ToRelay::Behind(_)
        | ToRelay::Checkpoint(_) => None,
    }
}

/// Whether no body is longer than what it's for needs.
///
/// # Errors
/// [`Refusal::Protocol`] if it is.
pub(super) fn check_length(message: &ToRelay) -> Result<(), Refusal> {
    let fits = longest(message).is_none_or(|(body, most)| body.bytes().len() <= most);
    if fits { Ok(()) } else { Err(Refusal::Protocol) }
}

/// Whether a member's next action gets a place in the log.
///
/// # Errors
/// Why it is rejected.
pub(super) fn check(
    by: SeatId,
    action: &Action,
    door: &Door,
    log: &mut Log,
    seats: &mut Seats,
    now: Time,
) -> Result<(), Rejection> {
    let bytes = action.body.bytes().len();
    let commits = matches!(action.act, Act::Commit { .. });
    if let Some(seat) = seats.get_mut(by) {
        seat.last_action = action.number;
        if !seat.actions.take(now) {
            return Err(Rejection::TooMany);
        }
    }
    acts::check(by, &action.act, log.state(), door, seats)?;
    // The door's have a budget alone: they are what mutes or takes out somebody who fills the log.
    if door.holder() != Some(by) && !log.has_room(by, bytes, seats.len(), seats.others_are_backlogged(by), now) {
        return Err(Rejection::TooMany);
    }
    let bucket = seats.get_mut(by).map(|seat| if commits { &mut seat.commit_bytes } else { &mut seat.action_bytes });
    if bucket.is_some_and(|bucket| bucket.take_many(bytes, now)) { Ok(()) } else { Err(Rejection::TooMany) }
}
