//! Seats: the leaves of the library's tree, as many as a group may have members.

use mls_rs::group::Roster;

use crate::ids::{SeatId, SeatSet};
use crate::wire::limits;

/// What another's commit may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// The seats that newcomers get: exactly these, in this order.
    pub add: Vec<SeatId>,
    /// The seats whose members have to go.
    pub must_remove: SeatSet,
    /// The seats that may go too, because the relay has given them up already.
    pub may_remove: SeatSet,
}

pub(super) fn seat_of(leaf: u32) -> SeatId {
    // Groups with more leaves than seats are neither joined nor made.
    SeatId(u8::try_from(leaf).unwrap_or(u8::MAX))
}

pub(super) fn seat_set(roster: &Roster<'_>) -> SeatSet {
    roster.members_iter().map(|member| seat_of(member.index)).collect()
}

/// The first `count` seats that are free once `remove` is gone: where the library puts newcomers (RFC 9420, section 7.7).
pub(super) fn free_seats(present: SeatSet, remove: SeatSet, count: usize) -> Option<Vec<SeatId>> {
    let stays = |seat: &SeatId| present.contains(*seat) && !remove.contains(*seat);
    let all = || (0..SeatId::COUNT).map(SeatId);
    if all().filter(stays).count().checked_add(count)? > limits::MEMBERS {
        return None;
    }
    let free: Vec<SeatId> = all().filter(|seat| !stays(seat)).take(count).collect();
    (free.len() == count).then_some(free)
}
