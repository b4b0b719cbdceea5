//! A member's ears: what it was given to play, one packet after the other, and when each is heard.

use std::collections::VecDeque;

use crate::ids::{FrameNo, Time};
use crate::session::HeardBy;

/// A packet that a member was given to play.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    /// The member who said it.
    pub talker: usize,
    /// Its number within its talker.
    pub number: FrameNo,
    /// When it was said, as far as the listener knows; for a live packet, when it came.
    pub at_ms: u64,
    /// When it is heard.
    pub heard: Time,
    /// Whether it was missed.
    pub missed: bool,
}

/// One member's ears.
#[derive(Default)]
pub(super) struct Player {
    pub(super) plays: Vec<Play>,
    /// When everything it was given will have been heard.
    pub(super) free: Time,
    /// What hasn't been heard yet: when it will be, and when it was said.
    pub(super) behind: VecDeque<(Time, u64)>,
    /// Whether the member is being told what it plays.
    pub(super) telling: bool,
    /// Packets that its member has said.
    pub(super) spoken: u64,
    /// How far behind other members were seen to be, in seconds, and when.
    pub(super) seen: Vec<(Time, usize, u8)>,
    /// How its member's own voice was heard, and since when.
    pub(super) heard_by: Vec<(Time, HeardBy)>,
}

impl Player {
    /// The listener doesn't want to hear what it was given and hasn't heard yet.
    pub(super) fn skip(&mut self, now: Time) {
        self.plays.retain(|play| play.heard <= now);
        self.behind.clear();
        self.free = now;
    }
}
