//! When each 20 ms block is really heard. A device asks for them unevenly, as its thread happens to be woken, but plays them evenly.

use std::time::Duration;

use crate::ids::Time;

const STEP: Duration = Duration::from_millis(20);
/// A device is never this uneven: it stopped, or was started again.
const JUMP: Duration = Duration::from_millis(60);
/// The share of a difference that is followed each time: the time constant is 1 s.
const FOLLOW: u32 = 50;

/// The even clock behind the pulls of one speaker. It follows the device's drift against the system's clock.
#[derive(Default)]
pub(super) struct Clock {
    next: Option<Time>,
}

impl Clock {
    /// The next 20 ms were asked for at `now`; the moment for which they are is returned.
    pub(super) fn tick(&mut self, now: Time) -> Time {
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
