//! The group's keys as this member has them. Nothing is sent to the group that isn't sealed with them.
//!
//! Each entry of the log is sealed with the keys of its epoch: the relay ignores what is sealed with older ones, and its maker
//! seals it again. So nothing is ever opened with earlier keys, which are forgotten at once.

use serde::Serialize;

use crate::crypto::frame::Frames;
use crate::crypto::group::{Group, GroupError};
use crate::ids::{ActionNo, SeatSet};
use crate::wire::Act;

/// The keys of the log, and the keys of voices, which are derived from them.
pub(super) struct Keys {
    pub(super) group: Group,
    pub(super) frames: Frames,
}

impl Keys {
    /// The keys of a group that I have just opened or joined.
    pub(super) fn new(group: Group, seats: SeatSet) -> Result<Self, GroupError> {
        let frames = Frames::new(group.me(), group.epoch(), &*group.frame_key()?, seats);
        Ok(Self { group, frames })
    }

    /// Leaves of members whose seats were given up, to be removed by the next commit.
    pub(super) fn gone(&self, seats: SeatSet) -> SeatSet {
        self.group.seats().iter().filter(|seat| !seats.contains(*seat)).collect()
    }
}

/// The part of an action that the relay sees, to be authenticated with the part that it doesn't.
pub(super) fn bound(number: ActionNo, act: &Act) -> Vec<u8> {
    #[derive(Serialize)]
    struct Bound<'a>(ActionNo, &'a Act);
    postcard::to_stdvec(&Bound(number, act)).unwrap_or_default()
}
