//! What connections have turned out to be.

use super::origin::Place;
use super::seal::Claim;
use crate::adapt::Way;
use crate::ids::{Attempt, Nameplate, SeatId, Time};
use crate::wire::limits;

/// What a connection has turned out to be.
#[derive(Clone, Copy)]
pub(super) enum Guest {
    /// It hasn't said anything since then.
    New { since: Time, from: Place },
    /// Since then, before the end of its handshake, it has asked for a seat.
    Early { since: Time, from: Place, nameplate: Nameplate, seat: SeatId },
    /// At a room's door.
    Joiner { nameplate: Nameplate, attempt: Attempt },
    /// At the door of a decoy.
    AtDecoy { nameplate: Nameplate, attempt: Attempt },
    /// Knocks at a number whose room may still be restored.
    Waiting { attempt: Attempt },
    /// It was asked since then how its room was, which this relay has lost.
    Asked { since: Time, claim: Claim },
    /// It has shown that, and waits for the others.
    Returned { claim: Claim },
    /// In a room.
    Member { nameplate: Nameplate, seat: SeatId },
    /// The second way of a member in a room.
    SecondWay { nameplate: Nameplate, seat: SeatId },
    /// Refused. What it still sends is passed over.
    Refused,
}

impl Guest {
    /// Whether it's in the room of this number, at its door, or has come back to restore it.
    pub(super) fn is_at(&self, room: Nameplate) -> bool {
        match self {
            Self::Joiner { nameplate, .. }
            | Self::Member { nameplate, .. }
            | Self::SecondWay { nameplate, .. }
            | Self::Early { nameplate, .. } => *nameplate == room,
            Self::Asked { claim, .. } | Self::Returned { claim } => claim.nameplate == room,
            Self::New { .. } | Self::AtDecoy { .. } | Self::Waiting { .. } | Self::Refused => false,
        }
    }

    /// The seat whose member sends datagrams on it, and which of its ways it is.
    pub(super) fn sends(&self) -> Option<(Nameplate, SeatId, Way)> {
        match *self {
            Self::Member { nameplate, seat } => Some((nameplate, seat, Way::First)),
            Self::SecondWay { nameplate, seat } => Some((nameplate, seat, Way::Second)),
            Self::New { .. }
            | Self::Early { .. }
            | Self::Joiner { .. }
            | Self::AtDecoy { .. }
            | Self::Waiting { .. }
            | Self::Asked { .. }
            | Self::Returned { .. }
            | Self::Refused => None,
        }
    }

    /// Whether it has taken too long to say what it wants.
    pub(super) fn is_late(&self, now: Time) -> bool {
        match self {
            Self::New { since, .. } | Self::Early { since, .. } | Self::Asked { since, .. } => {
                now.since(*since) > limits::HELLO_TIME
            }
            Self::Joiner { .. }
            | Self::AtDecoy { .. }
            | Self::Waiting { .. }
            | Self::Returned { .. }
            | Self::Member { .. }
            | Self::SecondWay { .. }
            | Self::Refused => false,
        }
    }
}

/// How much a relay holds.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) connections: usize,
    pub(super) origins: usize,
    pub(super) decoys: usize,
    /// On the lines to all decoys.
    pub(super) flights: usize,
    pub(super) outputs: usize,
    /// Bytes of all logs.
    pub(super) logs: usize,
    /// Rooms that may be restored, and members of theirs who are back.
    pub(super) restoring: (usize, usize),
}
