//! How a session ends.

use crate::wire::Refusal;
#[cfg(doc)]
use crate::wire::limits;

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// I left.
    Left,
    /// The facilitator ended the group.
    Closed,
    /// The facilitator removed me.
    Removed,
    /// The door did not let me in.
    TurnedAway,
    /// The relay refused.
    Refused(Refusal),
    /// The relay stopped while I was in.
    RelayStopped,
    /// Whoever answered at the door doesn't have the words, or the relay is not the one that the door meets at.
    Intercepted,
    /// At [`limits::LEFT_HANGING`] knocks, whoever answered at the door broke off once I had shown that I have the words.
    LeftHanging,
    /// The log holds a commit that doesn't fit the group's keys, or shows my own action other than I sent it: somebody on the
    /// way has changed it.
    KeysLost,
    /// The line did not come back while my seat was held.
    LineLost,
}
