//! Whose voice is passed on: not that of muted members, and at times only the door's or the stick holder's.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::ids::{SeatId, SeatSet};

/// Whom the floor is for, apart from floor-mutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Holders {
    #[default]
    Everybody,
    /// The door alone, until this moment of the group's time, in milliseconds.
    Door(u64),
    /// The member with the talking stick.
    Stick(SeatId),
}

/// Who may be heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    muted: SeatSet,
    holders: Holders,
}

impl Floor {
    /// Whether this seat's voice goes to the others at this moment of the group's time. `door` is the seat that holds the door.
    pub fn lets_through(&self, seat: SeatId, door: Option<SeatId>, group_ms: u64) -> bool {
        let has_floor = match self.holders {
            Holders::Everybody => true,
            Holders::Door(until) => group_ms >= until || door == Some(seat),
            Holders::Stick(holder) => holder == seat,
        };
        has_floor && !self.muted.contains(seat)
    }

    /// Whether a seat is floor-muted by itself.
    pub fn is_muted(&self, seat: SeatId) -> bool {
        self.muted.contains(seat)
    }

    /// Whether a seat has the talking stick.
    pub fn has_stick(&self, seat: SeatId) -> bool {
        self.holders == Holders::Stick(seat)
    }

    pub(super) fn mute(&mut self, seat: SeatId) {
        self.muted.insert(seat);
    }

    pub(super) fn unmute(&mut self, seat: SeatId) {
        self.muted.remove(seat);
    }

    /// Mutes all but the door for this many seconds from a moment of the group's time, at most [`limits::MUTE_ALL`]; 0 ends it.
    pub(super) fn mute_all(&mut self, seconds: u16, group_ms: u64) {
        if seconds > 0 {
            let span = u64::from(seconds).min(limits::MUTE_ALL.as_secs()) * 1000;
            self.holders = Holders::Door(group_ms.saturating_add(span));
        } else if matches!(self.holders, Holders::Door(_)) {
            self.holders = Holders::Everybody;
        }
    }

    /// Gives the talking stick to a seat. `None` puts it away.
    pub(super) fn pass_stick(&mut self, to: Option<SeatId>) {
        if to.is_some() || matches!(self.holders, Holders::Stick(_)) {
            self.holders = to.map_or(Holders::Everybody, Holders::Stick);
        }
    }

    /// The seat is free. A stick that it had is put away.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.muted.remove(seat);
        if self.has_stick(seat) {
            self.holders = Holders::Everybody;
        }
    }
}
