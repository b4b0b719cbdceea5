//! Which acts the relay carries out, and for whom.

use std::collections::BTreeSet;

use super::door::Door;
use super::seats::Seats;
use crate::ids::{Attempt, SeatId, SeatSet};
use crate::wire::{Act, EntryKind, Presence, RoomState, limits};

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
    /// A seat that is to be removed, or to take another's place, isn't there, or is named twice.
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
pub(super) fn check(by: SeatId, act: &Act, state: &RoomState, door: &Door, seats: &Seats) -> Result<(), Rejection> {
    let holders = &state.doors;
    let is_door = holders.door() == Some(by);
    match act {
        Act::None => Ok(()),
        Act::Doors(named) => holders.can_name(named).then_some(()).ok_or(Rejection::CanNotName),
        Act::TakeBack => holders.has_lapsed(by).then_some(()).ok_or(Rejection::NothingToTakeBack),
        Act::Stick(_) => (is_door || state.floor.has_stick(by)).then_some(()).ok_or(Rejection::NotTheDoor),
        _ if !is_door => Err(Rejection::NotTheDoor),
        Act::FloorMute(..) | Act::Lock(_) | Act::MuteAll(_) => Ok(()),
        Act::Close => holders.may_admit(by).then_some(()).ok_or(Rejection::NotNamed),
        Act::Commit { admit, .. } if !admit.is_empty() && !holders.may_admit(by) => Err(Rejection::NotNamed),
        Act::Commit { admit, replace, remove } => check_seats(by, admit, replace, *remove, door, seats),
    }
}

/// Whether a commit takes away and gives only seats that it can.
fn check_seats(
    by: SeatId,
    admit: &[(Attempt, SeatId)],
    replace: &[(SeatId, SeatId)],
    remove: SeatSet,
    door: &Door,
    seats: &Seats,
) -> Result<(), Rejection> {
    let replaced: SeatSet = replace.iter().map(|(id, _)| *id).collect();
    let stays = |id| seats.contains(id) && !replaced.contains(id) && !remove.contains(id);
    let away = |id| seats.get(id).is_some_and(|seat| seat.presence == Presence::Away);
    let free = |id| !seats.contains(id) || replaced.contains(id) || remove.contains(id);
    let knocks: BTreeSet<Attempt> = admit.iter().map(|(attempt, _)| *attempt).collect();
    let given: SeatSet = admit.iter().map(|(_, id)| *id).collect();
    let leaving = replaced.iter().count() + remove.iter().count();
    if replaced.contains(by) || remove.contains(by) {
        Err(Rejection::OwnSeat)
    } else if !replaced.iter().all(away) {
        Err(Rejection::NotAway)
    } else if replaced.iter().count() != replace.len()
        || !replace.iter().all(|(_, id)| stays(*id))
        || !remove.iter().all(|id| seats.contains(id) && !replaced.contains(id))
    {
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

/// Whether an entry gives the talking stick to somebody, perhaps again.
pub(super) fn passes_stick(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Action { act: Act::Stick(Some(_)), .. })
}

#[cfg(test)]
mod tests {
    use super::super::seat::Seat;
    use super::*;
    use crate::ids::{ActionNo, Index, Nameplate, RoomId, Time};
    use crate::relay::core::outbox::ConnId;
    use crate::wire::{Blob, Entry};

    const DOOR: SeatId = SeatId(0);
    const OTHER: SeatId = SeatId(1);

    fn set(seats: &[SeatId]) -> SeatSet {
        seats.iter().copied().collect()
    }

    #[test]
    fn each_rejected_act_has_its_reason() {
        let seat = |n: u8| Seat::new(Some(ConnId(n.into())), DOOR, Time(0));
        let (door, mut seats) = (Door::new(Some(DOOR), Time(0)), Seats::new([(DOOR, seat(0))]));
        seats.insert(OTHER, seat(1));
        let mut state = RoomState::open(RoomId([1; 8]), Nameplate(4821), DOOR);
        let arrives = Act::Commit { admit: vec![(Attempt(1), OTHER)], replace: vec![], remove: SeatSet::default() };
        for (number, act) in (1..).zip([arrives, Act::Stick(Some(OTHER))]) {
            let kind = EntryKind::Action { seat: DOOR, number: ActionNo(number), act, body: Blob::default() };
            assert!(state.apply(&Entry { index: Index(number), at_ms: 0, kind }));
        }
        let why = |by, act| check(by, &act, &state, &door, &seats).err();
        let commit = |admit: &[SeatId], replace: &[SeatId], remove: &[SeatId]| Act::Commit {
            admit: admit.iter().map(|seat| (Attempt(1), *seat)).collect(),
            replace: replace.iter().map(|id| (*id, DOOR)).collect(),
            remove: set(remove),
        };
        assert_eq!(why(OTHER, Act::Lock(true)), Some(Rejection::NotTheDoor));
        assert_eq!(why(OTHER, Act::Stick(None)), None, "the holder passes the stick");
        assert_eq!(why(OTHER, Act::TakeBack), Some(Rejection::NothingToTakeBack));
        assert_eq!(why(OTHER, Act::Doors(vec![SeatId(9)])), Some(Rejection::CanNotName));
        assert_eq!(why(DOOR, commit(&[], &[], &[DOOR])), Some(Rejection::OwnSeat));
        assert_eq!(why(DOOR, commit(&[], &[OTHER], &[])), Some(Rejection::NotAway));
        let replace = |replace: &[(SeatId, SeatId)]| Act::Commit {
            admit: vec![],
            replace: replace.to_vec(),
            remove: SeatSet::default(),
        };
        let mut gone = Seats::new([(DOOR, seat(0))]);
        gone.insert(OTHER, seat(1));
        gone.get_mut(OTHER).expect("it is there").presence = Presence::Away;
        let to = |act| check(DOOR, &act, &state, &door, &gone).err();
        assert_eq!(to(replace(&[(OTHER, DOOR)])), None);
        assert_eq!(to(replace(&[(OTHER, SeatId(9))])), Some(Rejection::NoSuchSeat));
        assert_eq!(to(replace(&[(OTHER, OTHER)])), Some(Rejection::NoSuchSeat));
        assert_eq!(to(replace(&[(OTHER, DOOR), (OTHER, DOOR)])), Some(Rejection::NoSuchSeat));
        assert_eq!(why(DOOR, commit(&[], &[], &[SeatId(9)])), Some(Rejection::NoSuchSeat));
        assert_eq!(why(DOOR, commit(&[SeatId(2)], &[], &[])), Some(Rejection::NoSuchKnock));
        assert_eq!(why(DOOR, commit(&[], &[], &[OTHER])), None);
        assert!(state.apply(&Entry { index: Index(3), at_ms: 0, kind: EntryKind::Lapsed(DOOR) }));
        let why = |act| check(OTHER, &act, &state, &door, &seats).err();
        assert_eq!(why(Act::Close), Some(Rejection::NotNamed), "it only holds the door");
        assert_eq!(why(commit(&[SeatId(2)], &[], &[])), Some(Rejection::NotNamed));
    }
}
