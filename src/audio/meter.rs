//! The voices being heard, for the screen: at once when one begins, then ten times a second.

use super::AudioEvent;
use super::playout::TalkerLevel;
use crate::ids::{SeatId, SeatSet};

/// Blocks of 20 ms between two readings.
const READING: u32 = 5;

/// The talk meters of a room.
#[derive(Default)]
pub(super) struct Meters {
    playing: SeatSet,
    loud: Vec<TalkerLevel>,
    blocks: u32,
}

impl Meters {
    /// Whether no meter is up.
    pub(super) fn is_silent(&self) -> bool {
        self.playing.is_empty()
    }

    /// The next 20 ms had these talkers in it.
    pub(super) fn heard(&mut self, heard: &[TalkerLevel], sink: &dyn Fn(AudioEvent)) {
        for now in heard {
            match self.loud.iter_mut().find(|known| known.seat == now.seat) {
                Some(known) => known.level = known.level.max(now.level),
                None => self.loud.push(*now),
            }
            if !self.playing.contains(now.seat) {
                self.playing.insert(now.seat);
                sink(AudioEvent::Playout { seat: now.seat, playing: true, level: now.level });
            }
        }
        self.blocks += 1;
        if self.blocks < READING {
            return;
        }
        self.blocks = 0;
        for seat in self.playing.iter().collect::<Vec<SeatId>>() {
            let level = self.loud.iter().find(|known| known.seat == seat).map(|known| known.level);
            if level.is_none() {
                self.playing.remove(seat);
            }
            sink(AudioEvent::Playout { seat, playing: level.is_some(), level: level.unwrap_or(0) });
        }
        self.loud.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn a_meter_rises_at_once_reads_ten_times_a_second_and_falls() {
        let (mut meters, events) = (Meters::default(), RefCell::new(Vec::new()));
        let seat = SeatId(4);
        let sink = |event| {
            if let AudioEvent::Playout { playing, level, .. } = event {
                events.borrow_mut().push((playing, level));
            }
        };
        for level in [2, 5, 3, 1, 1, 2, 2, 2, 2, 2] {
            meters.heard(&[TalkerLevel { seat, level }], &sink);
        }
        assert!(!meters.is_silent());
        for _ in 0..10 {
            meters.heard(&[], &sink);
        }
        assert_eq!(events.into_inner(), [(true, 2), (true, 5), (true, 2), (false, 0)]);
        assert!(meters.is_silent());
    }
}
