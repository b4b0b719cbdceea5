//! What the core asks its shell to do, and what comes of it.

use super::numbers::Number;
use super::record::{Record, RelayId, Revision};
use crate::ids::Time;

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the registry for a lease: [`Fleet::granted`](super::Fleet::granted).
    Grant,
    /// Renew the lease: [`Fleet::renewed`](super::Fleet::renewed) or [`Fleet::expired`](super::Fleet::expired).
    Renew,
    /// Nobody else can have my rooms before then.
    Sure(Time),
    /// Put this under the relay's own key, with its lease.
    Publish(Record),
    /// Make the key of this number mine, bound to my lease, if there is none or it's mine: [`Fleet::claimed`](super::Fleet::claimed).
    Claim(Number),
    /// Remove the key of this number if its last change is this.
    Release(Number, Revision),
    /// Give the key of this number to another relay, bound to that one's lease, if its last change is this:
    /// [`Fleet::handed`](super::Fleet::handed).
    Hand(Number, Revision, RelayId),
    /// The relay may open its next room at this number.
    Offer(Number),
    /// It may not any more.
    Withdraw(Number),
    /// The room of this number is another relay's. Its members are told where, if it is known.
    LetGo(Number, Option<RelayId>),
    /// Nothing is to be sent to anybody in a room until [`Effect::Open`].
    Fence,
    /// All rooms that are still here are this relay's.
    Open,
}

/// What has come of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It's mine, by this change.
    Mine(Revision),
    /// It's another relay's.
    Other(RelayId),
    /// The registry didn't answer.
    Unanswered,
}
