//! Which acts the relay carries out, and for whom.

use std::collections::BTreeSet;

use super::door::Door;
use super::floor::Floor;
use super::seats::Seats;
use crate::ids::{Attempt, SeatId, SeatSet};
use crate::wire::{Act, Presence, limits};

/// Why an action gets no place in the log. The member learns only that it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    /// More actions than the seat's rate allows.
    TooMany,
    /// Only the door may do this.
    NotTheDoor,
    /// Only a door that was named may do this.
    NotNamed,
    /// Not everybody on the list can be named.
    CanNotName,
    /// The seat hasn't lost the door.
    NothingToTakeBack,
    /// The door can't take its own seat away.
    OwnSeat,
    /// A seat that is to be replaced is not away.
    NotAway,
    /// A seat that is to be removed isn't there, or is named twice.
    NoSuchSeat,
    /// A knock that is to be answered isn't there, or is named twice.
    NoSuchKnock,
    /// A seat that is to be given isn't free, or is named twice.
    NotFree,
    /// More seats than a room has.
    Full,
}

/// Whether `by` may do this, and whether it can be done.
///
/// # Errors
/// Why not.
pub(super) fn check(by: SeatId, act: &Act, door: &Door, floor: &Floor, seats: &Seats) -> Result<(), Rejection> {
    let holders = door.holders();
    let is_door = door.holder() == Some(by);
    match act {
        Act::None => Ok(()),
        Act::Doors(named) => holders.can_name(named).then_some(()).ok_or(Rejection::CanNotName),
        Act::TakeBack => holders.has_lapsed(by).then_some(()).ok_or(Rejection::NothingToTakeBack),
        Act::Stick(_) => (is_door || floor.has_stick(by)).then_some(()).ok_or(Rejection::NotTheDoor),
        _ if !is_door => Err(Rejection::NotTheDoor),
        Act::FloorMute(..) | Act::Lock(_) | Act::MuteAll(_) => Ok(()),
        Act::Close => holders.may_admit(by).then_some(()).ok_or(Rejection::NotNamed),
        Act::Commit { admit, .. } if !admit.is_empty() && !holders.may_admit(by) => Err(Rejection::NotNamed),
        Act::Commit { admit, replace, remove } => check_seats(by, admit, *replace, *remove, door, seats),
    }
}

/// Whether a commit takes away and gives only seats that it can.
fn check_seats(
    by: SeatId,
    admit: &[(Attempt, SeatId)],
    replace: SeatSet,
    remove: SeatSet,
    door: &Door,
    seats: &Seats,
) -> Result<(), Rejection> {
    let away = |id| seats.get(id).is_some_and(|seat| seat.presence == Presence::Away);
    let free = |id| !seats.contains(id) || replace.contains(id) || remove.contains(id);
    let knocks: BTreeSet<Attempt> = admit.iter().map(|(attempt, _)| *attempt).collect();
    let given: SeatSet = admit.iter().map(|(_, id)| *id).collect();
    let leaving = replace.iter().count() + remove.iter().count();
    if replace.contains(by) || remove.contains(by) {
        Err(Rejection::OwnSeat)
    } else if !replace.iter().all(away) {
        Err(Rejection::NotAway)
    } else if !remove.iter().all(|id| seats.contains(id) && !replace.contains(id)) {
        Err(Rejection::NoSuchSeat)
    } else if knocks.len() != admit.len() || !knocks.iter().all(|attempt| door.has_knock(*attempt)) {
        Err(Rejection::NoSuchKnock)
    } else if given.iter().count() != admit.len() || !given.iter().all(free) {
        Err(Rejection::NotFree)
    } else if seats.len() + admit.len() > limits::MEMBERS + leaving {
        Err(Rejection::Full)
    } else {
        Ok(())
    }
}
