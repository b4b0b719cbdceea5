//! When each 20 ms block is really heard. A device asks for them unevenly, as its thread happens to be woken, but plays them evenly.

use std::time::Duration;

use crate::ids::Time;

const STEP: Duration = Duration::from_millis(20);
/// A device is never this uneven: it stopped, or was started again.
const JUMP: Duration = Duration::from_millis(60);
/// The share of a difference that is followed each time: the time constant is 1 s.
const FOLLOW: u32 = 50;
/// How much too early a block was asked for is forgotten by one part in this many with each: the time constant is 10 s.
const FORGET: u32 = 500;

/// The even clock behind the pulls of one speaker. It follows the device's drift against the system's clock.
#[derive(Default)]
pub(super) struct Clock {
    next: Option<Time>,
    early: Duration,
}

impl Clock {
    /// The next 20 ms were asked for at `now`; the moment is returned by which all of it must be there, however unevenly they are
    /// asked for: they are played evenly, so long after it.
    pub(super) fn fetch(&mut self, now: Time) -> Time {
        let even = self.tick(now);
        self.early = (self.early - self.early / FORGET).max(if even > now { even.since(now) } else { Duration::ZERO });
        even - self.early
    }

    /// The next 20 ms were asked for at `now`; the moment for which they are is returned.
    fn tick(&mut self, now: Time) -> Time {
        let even = match self.next {
            Some(next) if now >= next && now.since(next) < JUMP => next + now.since(next) / FOLLOW,
            Some(next) if now < next && next.since(now) < JUMP => next - next.since(now) / FOLLOW,
            _ => now,
        };
        self.next = Some(even + STEP);
        even
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::Noise;

    #[test]
    fn an_even_speaker_is_taken_at_its_word() {
        let mut clock = Clock::default();
        for i in 0..1000 {
            assert_eq!(clock.tick(Time(i * 20_000)), Time(i * 20_000));
        }
        assert_eq!(clock.tick(Time(100_000_000)), Time(100_000_000), "after a pause it begins anew");
    }

    #[test]
    fn what_is_fetched_early_must_be_there_early() {
        let mut clock = Clock::default();
        let mut last = Time(0);
        for i in 0..3_000u64 {
            let now = Time(1_000_000 + i * 20_000 + [0, 9_000, 3_000][i as usize % 3]);
            let fetched = clock.fetch(now);
            assert!(i < 500 || fetched <= now && now.since(fetched) <= Duration::from_millis(10), "{i}");
            assert!(i < 500 || fetched.since(last).as_micros().abs_diff(20_000) < 500);
            last = fetched;
        }
        // Once it is asked evenly the margin goes.
        for i in 3_000..6_000 {
            last = clock.fetch(Time(1_000_000 + i * 20_000));
        }
        assert!(Time(1_000_000 + 5_999 * 20_000).since(last) < Duration::from_millis(1));
    }

    #[test]
    fn uneven_wakes_are_evened_and_drift_is_followed() {
        let mut noise = Noise(3);
        let mut clock = Clock::default();
        let mut last = Time(0);
        for i in 0..30_000u64 {
            // Ten minutes of a device that is 300 ppm slow and asks up to 20 ms late.
            let due = 1_000_000 + i * 20_006;
            let even = clock.tick(Time(due + (noise.next().abs() * 20_000.0) as u64));
            if i > 500 {
                assert!((even.0 as i64 - due as i64 - 10_000).abs() < 6_000, "{i}: {}", even.0 as i64 - due as i64);
                assert!(even.since(last).as_micros().abs_diff(20_000) < 1_000);
            }
            last = even;
        }
    }
}
