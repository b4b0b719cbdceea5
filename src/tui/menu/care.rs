//! When the lines about care and roles have something to do.

use crate::session::{Phase, Room};

pub(super) fn at_door(room: &Room) -> bool {
    room.phase == Phase::Waiting
}

pub(super) fn trouble(room: &Room) -> bool {
    room.hears_of_trouble() && !(room.state.care.alarms().is_empty() && room.confided.help.is_empty())
}

pub(super) fn leads(room: &Room) -> bool {
    room.am_lead()
}

pub(super) fn chaired(room: &Room) -> bool {
    room.is_chaired()
}

pub(super) fn take_back(room: &Room) -> bool {
    room.me.is_some_and(|me| room.state.circle.roles.can_take_back(me))
}
