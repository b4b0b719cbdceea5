//! When the lines about turns have something to do.

use crate::session::{Order, Room};

pub(super) fn mine(room: &Room) -> bool {
    room.me.is_some_and(|me| room.state.turns.is_turn_of(me))
}

pub(super) fn can_wait(room: &Room) -> bool {
    mine(room) && room.state.turns.round.as_ref().is_some_and(|round| !round.order.is_empty())
}

pub(super) fn anothers(room: &Room) -> bool {
    !mine(room) && room.state.turns.round.as_ref().is_some_and(|round| round.now.is_some())
}

pub(super) fn round(room: &Room) -> bool {
    room.state.turns.round.is_some()
}

pub(super) fn no_round(room: &Room) -> bool {
    !round(room)
}

pub(super) fn asked(room: &Room) -> bool {
    let asked = room.state.turns.floor.mute_all_asked(room.clock.1);
    asked.is_some_and(|asked| room.me.is_some_and(|me| !asked.yes.contains(me)))
}

pub(super) fn can_ask(room: &Room) -> bool {
    !room.am_facilitator()
}

pub(super) fn has_stick(room: &Room) -> bool {
    room.state.circle.seats.len() > 1
        && (room.am_facilitator() || (room.me.is_some() && room.state.turns.floor.holder == room.me))
}

pub(super) fn stick_is_up(room: &Room) -> bool {
    room.state.turns.floor.holder.is_some_and(|holder| room.am_facilitator() || room.me == Some(holder))
}

pub(super) fn someone_waits(room: &Room) -> bool {
    crate::command::next(room).is_ok()
}

pub(super) fn by_hands(room: &Room) -> bool {
    room.state.turns.queue.order == Order::Hands
}

pub(super) fn by_least(room: &Room) -> bool {
    !by_hands(room)
}

pub(super) fn some_muted(room: &Room) -> bool {
    room.state.circle.seats.keys().any(|seat| room.floor_muted(*seat))
}

pub(super) fn agenda(room: &Room) -> bool {
    !room.state.turns.agenda.points.is_empty()
}

pub(super) fn rest(room: &Room) -> bool {
    room.state.turns.pause.is_some()
}

pub(super) fn no_break(room: &Room) -> bool {
    !rest(room)
}

pub(super) fn not_back(room: &Room) -> bool {
    room.state.turns.pause.is_some_and(|rest| room.me.is_some_and(|me| !rest.back.contains(me)))
}
