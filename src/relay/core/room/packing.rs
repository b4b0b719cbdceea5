//! What goes out together: frames of all who talk at the same time, in one datagram for each listener.
//!
//! One talker's frames go out as they come. Where several talk, a frame waits for those of the others for up to two thirds of
//! the time between two frames, so that soon all of them go out with the one that comes last.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::ids::{Layer, SeatId, Time};
use crate::wire::Frame;

/// No frame of the full layer waits longer for others.
const HOLD: Duration = Duration::from_millis(40);
/// No frame of the thin layer waits longer than this, by which two simultaneous talkers are always in one datagram.
const HOLD_THIN: Duration = Duration::from_millis(60);
/// A talker who was heard within this time and has not ended still talks.
const TALKS: Duration = Duration::from_millis(200);

/// The frames of one layer that wait for the next bundle.
#[derive(Default)]
pub(super) struct Pending {
    frames: BTreeMap<SeatId, Vec<Frame>>,
    due: Option<Time>,
    /// The talkers of this layer, and when each was heard last.
    active: BTreeMap<SeatId, Time>,
}

impl Pending {
    /// When the next bundle is due.
    pub(super) fn due(&self) -> Time {
        self.due.unwrap_or(Time::NEVER)
    }

    pub(super) fn has(&self, talker: SeatId) -> bool {
        self.frames.contains_key(&talker)
    }

    /// Takes a talker's frames. Whether the bundle is complete: no other talker is waited for.
    pub(super) fn add(&mut self, talker: SeatId, frames: Vec<Frame>, hold: Duration, now: Time) -> bool {
        if frames.iter().any(|frame| frame.head.end) {
            self.active.remove(&talker);
        } else {
            self.active.insert(talker, now);
        }
        self.active.retain(|_, heard| now.since(*heard) < TALKS);
        self.frames.entry(talker).or_default().extend(frames);
        let hold = now + hold;
        self.due = Some(self.due.map_or(hold, |due| due.min(hold)));
        self.active.keys().all(|active| self.frames.contains_key(active))
    }

    /// All frames that wait, by their talkers.
    pub(super) fn take(&mut self) -> BTreeMap<SeatId, Vec<Frame>> {
        self.due = None;
        std::mem::take(&mut self.frames)
    }

    /// Nothing of this talker goes out any more.
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.frames.remove(&talker);
        self.active.remove(&talker);
    }
}

/// How long a frame may wait, of a talker who sends one each `interval`.
pub(super) fn hold(layer: Layer, interval: Duration) -> Duration {
    match layer {
        Layer::Full => (interval * 2 / 3).min(HOLD),
        Layer::Thin => HOLD_THIN,
    }
}
