//! What may need more than one person's will, and whose say it is.

use serde::{Deserialize, Serialize};

/// What may need more than one person's will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Power {
    /// Take a member's voice off the floor.
    Mute,
    /// Take all voices but one's own off the floor.
    MuteAll,
    /// Lock the door, or unlock it.
    Lock,
    /// Take a member out of the group.
    Remove,
    /// End the group.
    Close,
    /// Lead turns: rounds, the talking stick, the order of hands, the agenda and breaks.
    Turns,
    /// Call a vote on a proposal. A motion to change roles or the charter needs nobody's leave.
    Vote,
    /// Name and release co-facilitators.
    Roles,
}

/// Who may use a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Say {
    /// A facilitator, alone.
    Facilitator,
    /// A facilitator, once the group has said yes.
    Group,
    /// Every member.
    Anyone,
}

/// Who takes the chair when every facilitator is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chair {
    /// Whoever has been there longest.
    Longest,
    /// Whoever came next after the facilitator who is gone; after the last, the first.
    Rotation,
}

impl Power {
    /// All powers.
    pub const ALL: [Self; 8] =
        [Self::Mute, Self::MuteAll, Self::Lock, Self::Remove, Self::Close, Self::Turns, Self::Vote, Self::Roles];

    /// Whether this is a power that every member can be given: of the others the relay heeds only the door.
    pub fn can_be_anyones(self) -> bool {
        matches!(self, Self::Turns | Self::Vote)
    }
}
