//! Frames that came before the keys that open them. Anybody can send such frames, so their number and their time are bounded.

use std::collections::VecDeque;

use crate::ids::Time;
use crate::wire::{Frame, limits};

/// When it's full, the oldest goes.
#[derive(Default)]
pub(super) struct Early(VecDeque<(Time, Frame)>);

impl Early {
    pub(super) fn keep(&mut self, frame: &Frame, now: Time) {
        if self.0.iter().any(|(_, kept)| kept == frame) {
            return; // A repeat of the same packet.
        }
        let seat = frame.head.kid.seat();
        let same = |(_, kept): &(Time, Frame)| kept.head.kid.seat() == seat;
        if self.0.iter().filter(|kept| same(kept)).count() >= limits::EARLY_FRAMES_PER_SEAT {
            let oldest = self.0.iter().position(same);
            oldest.and_then(|at| self.0.remove(at));
        }
        if self.0.len() >= limits::EARLY_FRAMES {
            self.0.pop_front();
        }
        self.0.push_back((now, frame.clone()));
    }

    /// Takes out the frames of the epoch with these two bits, in the order in which they came.
    pub(super) fn take(&mut self, epoch_bits: u8) -> Vec<Frame> {
        let (taken, rest) =
            std::mem::take(&mut self.0).into_iter().partition(|(_, frame)| frame.head.kid.epoch_bits() == epoch_bits);
        self.0 = rest;
        let taken: VecDeque<(Time, Frame)> = taken;
        taken.into_iter().map(|(_, frame)| frame).collect()
    }

    pub(super) fn expire(&mut self, now: Time) {
        while self.0.front().is_some_and(|(came, _)| now >= *came + limits::EARLY_TIME) {
            self.0.pop_front();
        }
    }

    pub(super) fn due(&self) -> Time {
        self.0.front().map_or(Time::NEVER, |(came, _)| *came + limits::EARLY_TIME)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
