//! Which messages somebody waits for, step by step: those of a newcomer on the way in, and of a member on the way back.

use super::{Act, Attempting, Entry, EntryKind, ToMember, ToRelay};

impl ToRelay {
    /// Whether somebody can't go on before this has come.
    pub fn is_awaited(&self) -> bool {
        match self {
            Self::Hello(_)
            | Self::Knock(_)
            | Self::Answer(..)
            | Self::TurnAway(..)
            | Self::Welcome { .. }
            | Self::Checkpoint(_)
            | Self::Entry(_) => true,
            Self::Append { act, .. } => matches!(act, Act::Commit { .. }),
            Self::Leave | Self::Missed { .. } | Self::Behind(_) => false,
        }
    }

    /// The same, where the relay itself has no answer to it: whoever sent it doesn't see that it came.
    pub fn is_passed_on(&self) -> bool {
        match self {
            Self::Knock(_) | Self::Answer(..) | Self::TurnAway(..) | Self::Welcome { .. } => true,
            Self::Hello(_)
            | Self::Append { .. }
            | Self::Leave
            | Self::Missed { .. }
            | Self::Behind(_)
            | Self::Checkpoint(_)
            | Self::Entry(_) => false,
        }
    }
}

impl ToMember {
    /// Whether somebody can't go on before this has come.
    pub fn is_awaited(&self) -> bool {
        match self {
            Self::Hosting { .. }
            | Self::Attempt(Attempting::TurnedAway(_))
            | Self::Answer(_)
            | Self::Knock(..)
            | Self::Seated { .. }
            | Self::Resumed { .. }
            | Self::AskCheckpoint
            | Self::AskEntries(_)
            | Self::Elsewhere(_)
            | Self::SecondWay => true,
            Self::Entry(Entry { kind, .. }, _) => matches!(kind, EntryKind::Action { act: Act::Commit { .. }, .. }),
            Self::Attempt(Attempting::AtDoor)
            | Self::KnockOver(_)
            | Self::Rejected(_)
            | Self::Presence(_)
            | Self::Refused(_)
            | Self::Late(_)
            | Self::Missed(_)
            | Self::Behind(_)
            | Self::Layers { .. }
            | Self::Restoring { .. }
            | Self::Relays(_) => false,
        }
    }
}
