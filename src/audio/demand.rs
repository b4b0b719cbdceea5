//! How much a speaker's ring has to hold: what is asked for at once, and some for a thread that wakes late.
//!
//! A sound server asks for a long piece when a stream begins or was held up, and then for short ones: a ring that is filled for the
//! longest ever asked for is heard that much later for good.

use std::time::{Duration, Instant};

/// The most that was asked for is remembered for one to two of these.
const WINDOW: Duration = Duration::from_secs(5);

/// How late the thread may be woken without being heard, in milliseconds: to begin with, more after each time that it was heard,
/// and at most.
const SLACK_MS: u32 = 10;
const SLACK_STEP_MS: u32 = 5;
const SLACK_MOST_MS: u32 = 20;
/// To begin with where a device waits for what isn't there yet.
const SLACK_PATIENT_MS: u32 = 5;

/// What a ring has to hold.
pub(super) struct Demand {
    slack_ms: u32,
    /// What is asked for at once may come little by little.
    patient: bool,
    last: usize,
    current: usize,
    since: Instant,
}

impl Demand {
    /// Nothing was asked for before `now`. `patient`: the device takes what there is, and the rest later.
    pub(super) fn new(patient: bool, now: Instant) -> Self {
        let slack_ms = if patient { SLACK_PATIENT_MS } else { SLACK_MS };
        Self { slack_ms, patient, last: 0, current: 0, since: now }
    }

    /// At most this many frames were asked for at once since this was last called.
    pub(super) fn asked(&mut self, frames: usize, now: Instant) {
        // While nobody asks nothing is learnt, so nothing is forgotten.
        if frames == 0 || self.patient {
            return;
        }
        if now.saturating_duration_since(self.since) >= WINDOW {
            (self.last, self.current, self.since) = (self.current, 0, now);
        }
        self.current = self.current.max(frames);
    }

    /// The ring was empty in the middle of a sound.
    pub(super) fn ran_dry(&mut self) {
        self.slack_ms = (self.slack_ms + SLACK_STEP_MS).min(SLACK_MOST_MS);
    }

    /// Frames that the ring should hold, at this many in a second.
    pub(super) fn wanted(&self, rate: u32) -> usize {
        self.last.max(self.current) + (rate * self.slack_ms / 1000) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_once_at_the_start_is_soon_forgotten() {
        let start = Instant::now();
        let mut demand = Demand::new(false, start);
        demand.asked(1_200, start);
        for ms in (5..=12_000).step_by(5) {
            demand.asked(240, start + Duration::from_millis(ms));
            assert!(ms >= 5_000 || demand.wanted(48_000) == 1_680, "{ms}");
        }
        assert_eq!(demand.wanted(48_000), 720);
    }

    #[test]
    fn what_is_asked_for_now_and_then_is_kept() {
        let start = Instant::now();
        let mut demand = Demand::new(false, start);
        for second in 0..60 {
            let frames = if second % 4 == 0 { 960 } else { 240 };
            demand.asked(frames, start + Duration::from_secs(second));
            assert_eq!(demand.wanted(48_000), 1_440, "{second}");
        }
        // A speaker that rests asks for nothing.
        demand.asked(0, start + Duration::from_secs(600));
        assert_eq!(demand.wanted(48_000), 1_440);
    }

    #[test]
    fn a_device_that_waits_needs_little_in_the_ring() {
        let start = Instant::now();
        let mut demand = Demand::new(true, start);
        demand.asked(1_200, start);
        assert_eq!(demand.wanted(48_000), 240);
        demand.ran_dry();
        assert_eq!(demand.wanted(48_000), 480);
    }

    #[test]
    fn a_ring_that_ran_dry_holds_more_up_to_a_bound() {
        let mut demand = Demand::new(false, Instant::now());
        let wanted = [(); 5].map(|()| {
            demand.ran_dry();
            demand.wanted(48_000)
        });
        assert_eq!(wanted, [720, 960, 960, 960, 960]);
    }
}
