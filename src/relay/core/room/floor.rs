//! Whose voice is passed on: not that of muted members, and at times only the door's or the stick holder's.

use std::time::Duration;

use crate::ids::{SeatId, SeatSet, Time};
use crate::wire::limits;

/// Whom the floor is for, apart from floor-mutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Holders {
    #[default]
    Everybody,
    /// The door alone, until then.
    Door(Time),
    /// The member with the talking stick.
    Stick(SeatId),
}

/// Who may be heard.
#[derive(Default)]
pub(super) struct Floor {
    muted: SeatSet,
    holders: Holders,
}

impl Floor {
    /// Whether this seat's voice goes to the others. `door` is the seat that holds the door.
    pub(super) fn lets_through(&self, seat: SeatId, door: Option<SeatId>, now: Time) -> bool {
        let has_floor = match self.holders {
            Holders::Everybody => true,
            Holders::Door(until) => now >= until || door == Some(seat),
            Holders::Stick(holder) => holder == seat,
        };
        has_floor && !self.muted.contains(seat)
    }

    pub(super) fn is_muted(&self, seat: SeatId) -> bool {
        self.muted.contains(seat)
    }

    pub(super) fn mute(&mut self, seat: SeatId) {
        self.muted.insert(seat);
    }

    pub(super) fn unmute(&mut self, seat: SeatId) {
        self.muted.remove(seat);
    }

    pub(super) fn has_stick(&self, seat: SeatId) -> bool {
        self.holders == Holders::Stick(seat)
    }

    /// Mutes all but the door for this many seconds, at most [`limits::MUTE_ALL`]; 0 ends it. Whether that changes anything.
    pub(super) fn mute_all(&mut self, seconds: u16, now: Time) -> bool {
        if seconds > 0 {
            self.holders = Holders::Door(now + Duration::from_secs(seconds.into()).min(limits::MUTE_ALL));
            return true;
        }
        let ends = matches!(self.holders, Holders::Door(_));
        if ends {
            self.holders = Holders::Everybody;
        }
        ends
    }

    /// Gives the talking stick to a seat. `None` puts it away. Whether that changes anything.
    pub(super) fn pass_stick(&mut self, to: Option<SeatId>) -> bool {
        let changes = to.is_some() || matches!(self.holders, Holders::Stick(_));
        if changes {
            self.holders = to.map_or(Holders::Everybody, Holders::Stick);
        }
        changes
    }

    /// The seat is free. A stick that it had is put away.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.muted.remove(seat);
        if self.has_stick(seat) {
            self.holders = Holders::Everybody;
        }
    }
}
