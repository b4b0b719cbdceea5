//! My last frames, sent again where my way up loses some.

use crate::adapt::{Repair, Repeats, Ring};
use crate::ids::Time;
use crate::wire::{Frame, Loss, UpBundle, bundle};

#[derive(Default)]
pub(super) struct Again {
    repair: Repair,
    ring: Ring<Frame>,
}

impl Again {
    /// What the relay says of my way up.
    pub(super) fn reported(&mut self, loss: Loss, now: Time) {
        self.repair.report(loss.share(), loss.gap(), now);
    }

    /// The datagram for a new frame, with those before it that are to be sent again.
    pub(super) fn datagram(&mut self, frame: Frame, now: Time) -> Option<Vec<u8>> {
        let repeats = self.repair.repeats(now);
        let mut frames = vec![frame.clone()];
        frames.extend(self.ring.behind(repeats, now).cloned());
        bundle::fit(&mut frames, 1);
        let end = frame.head.end && repeats != Repeats::NONE;
        self.ring.push(vec![frame], end, now);
        UpBundle(frames).encode().ok()
    }

    /// When [`Self::tail`] is due.
    pub(super) fn due(&self) -> Time {
        self.ring.due()
    }

    /// The datagram that is due after the end of a spurt, if one is.
    pub(super) fn tail(&mut self, now: Time) -> Option<Vec<u8>> {
        let step = self.ring.step(now)?;
        let repeats = self.repair.repeats(now);
        let mut frames: Vec<Frame> = self.ring.tail(repeats, step, now).cloned().collect();
        bundle::fit(&mut frames, 1);
        UpBundle(frames).encode().ok()
    }

    /// What I have said isn't sent again.
    pub(super) fn forget(&mut self) {
        self.ring = Ring::default();
    }
}
