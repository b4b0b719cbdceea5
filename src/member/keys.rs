//! The group's keys as this member has them. What isn't sealed with them goes nowhere.
//!
//! Every entry of the log is sealed with the keys of its place there: the relay passes over what is sealed with older ones,
//! and its maker seals it again. So nothing is ever opened with keys of the past, and those are gone at once.

use serde::Serialize;

use crate::crypto::frame::Frames;
use crate::crypto::group::{Group, GroupError};
use crate::ids::{ActionNo, SeatSet};
use crate::wire::Act;

/// Keys of the log, and keys of voices that come of them.
pub(super) struct Keys {
    pub(super) group: Group,
    pub(super) frames: Frames,
}

impl Keys {
    /// The keys of a group that I have just opened or come into.
    pub(super) fn new(group: Group, seats: SeatSet) -> Result<Self, GroupError> {
        let frames = Frames::new(group.me(), group.epoch(), &*group.frame_key()?, seats);
        Ok(Self { group, frames })
    }

    /// Leaves of members whose seats were given up, to be cut off by the next commit.
    pub(super) fn gone(&self, seats: SeatSet) -> SeatSet {
        self.group.seats().iter().filter(|seat| !seats.contains(*seat)).collect()
    }
}

/// What the relay sees of an action, authenticated with what it doesn't see.
pub(super) fn bound(number: ActionNo, act: &Act) -> Vec<u8> {
    #[derive(Serialize)]
    struct Bound<'a>(ActionNo, &'a Act);
    postcard::to_stdvec(&Bound(number, act)).unwrap_or_default()
}
