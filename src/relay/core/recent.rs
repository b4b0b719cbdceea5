//! What talkers said lately, sealed, by its number: to be sent again to who asks for it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::ids::{FrameNo, SeatId, Time};
use crate::wire::Frame;

/// Frames of one talker, and for how long: what is older comes too late to be heard.
const KEPT: usize = 64;
const FOR: Duration = Duration::from_millis(1500);

/// The last frames of each talker of a room.
#[derive(Default)]
pub(super) struct Recent(BTreeMap<SeatId, VecDeque<(Time, Frame)>>);

impl Recent {
    /// These frames of a talker went out.
    pub(super) fn keep(&mut self, talker: SeatId, frames: &[Frame], now: Time) {
        let kept = self.0.entry(talker).or_default();
        kept.extend(frames.iter().map(|frame| (now, frame.clone())));
        while kept.len() > KEPT {
            kept.pop_front();
        }
    }

    /// A frame that went out lately.
    pub(super) fn find(&self, talker: SeatId, number: FrameNo, now: Time) -> Option<&Frame> {
        let kept = self.0.get(&talker)?.iter().rev();
        let mut fresh = kept.take_while(|(at, _)| now.since(*at) <= FOR);
        fresh.find(|(_, frame)| frame.head.number == number).map(|(_, frame)| frame)
    }

    /// Nothing of this talker is sent again.
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.0.remove(&talker);
    }

    /// Lets go of who has been silent for a while.
    pub(super) fn tick(&mut self, now: Time) {
        self.0.retain(|_, kept| kept.back().is_some_and(|(at, _)| now.since(*at) <= FOR));
    }
}
