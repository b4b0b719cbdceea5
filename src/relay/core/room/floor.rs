//! Whose voice is let through: not that of the muted, and for a while perhaps only one.

use std::time::Duration;

use super::Room;
use crate::ids::{SeatId, Time};
use crate::wire::{Act, limits};

/// Who may be heard, beside who is muted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Floor {
    /// Everybody.
    #[default]
    Open,
    /// The door alone, until then.
    MuteAll(Time),
    /// Who has the talking stick.
    Stick(SeatId),
}

impl Room {
    /// Whether this seat may do what only the door may, since it has the talking stick.
    pub(super) fn passes_stick(&self, by: SeatId, act: &Act) -> bool {
        matches!(act, Act::Stick(_)) && self.floor == Floor::Stick(by)
    }

    /// Carries out what changes the floor; nothing for other acts.
    pub(super) fn change_floor(&mut self, act: &Act, now: Time) {
        let stopped = |room: &Self| -> Vec<SeatId> {
            room.seats.keys().copied().filter(|seat| !room.is_let_through(*seat, now)).collect()
        };
        let before = stopped(self);
        self.floor = match *act {
            Act::MuteAll(0) if matches!(self.floor, Floor::MuteAll(_)) => Floor::Open,
            Act::MuteAll(0) => return,
            Act::MuteAll(seconds) => Floor::MuteAll(now + Duration::from_secs(seconds.into()).min(limits::MUTE_ALL)),
            Act::Stick(Some(seat)) if self.seats.contains_key(&seat) => Floor::Stick(seat),
            Act::Stick(None) if matches!(self.floor, Floor::Stick(_)) => Floor::Open,
            _ => return,
        };
        let silenced = stopped(self);
        before.iter().chain(&silenced).for_each(|seat| self.begin_anew(*seat));
        silenced.into_iter().for_each(|seat| self.silence(seat));
    }

    /// Whether this seat's voice goes to the others.
    pub(super) fn is_let_through(&self, seat: SeatId, now: Time) -> bool {
        let floor = match self.floor {
            Floor::Open => true,
            Floor::MuteAll(until) => now >= until || self.door() == Some(seat),
            Floor::Stick(holder) => holder == seat,
        };
        floor && !self.muted.contains(seat)
    }

    /// A seat is free; a stick that it had lies on the floor.
    pub(super) fn drop_stick(&mut self, seat: SeatId) {
        if self.floor == Floor::Stick(seat) {
            self.floor = Floor::Open;
        }
    }
}
