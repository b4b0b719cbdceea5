//! When the next 20 ms are made for a device that waits for what isn't there yet: evenly, and as fast as the device plays. A talker's
//! packets come evenly too, so blocks made in bursts, as a sound server asks for them, would need them sooner.

use std::time::{Duration, Instant};

const BLOCK_TIME: Duration = Duration::from_millis(20);
/// With each block this part of what the ring holds too much or too little is made up for: within a third of a second.
const FOLLOW: f64 = 1.0 / 16.0;
/// No block comes sooner or later than this by that.
const MOST: f64 = 0.002;
/// After this long without a block the process was stopped: what was due meanwhile is not made.
const STOPPED: Duration = Duration::from_millis(300);

/// The moments of one device.
#[derive(Default)]
pub(super) struct Pull {
    next: Option<Instant>,
}

impl Pull {
    /// A sound begins: the first block is due at once.
    pub(super) fn begin(&mut self) {
        self.next = None;
    }

    /// When the next block is due, which may be before `now`.
    pub(super) fn due(&self, now: Instant) -> Instant {
        self.next.filter(|next| now.saturating_duration_since(*next) < STOPPED).unwrap_or(now)
    }

    /// The block that was due `at` this moment is made, and before it the ring held so many seconds of sound more than it should.
    pub(super) fn made(&mut self, at: Instant, surplus: f64) {
        let later = (surplus * FOLLOW).clamp(-MOST, MOST);
        self.next = Some(at + Duration::from_secs_f64(BLOCK_TIME.as_secs_f64() + later));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A device that takes 10 ms at a time, at this rate beside its nominal one, from a ring that should hold 5 ms: the moments of the
    /// blocks, in milliseconds, and what the ring holds after each piece.
    fn run(ppm: f64, first: f64) -> (Vec<f64>, Vec<f64>) {
        let (start, mut pull, mut ring) = (Instant::now(), Pull::default(), first);
        let (mut made, mut holds, mut taken) = (Vec::new(), Vec::new(), 0.0);
        for micros in (0..60_000_000).step_by(500) {
            let now = start + Duration::from_micros(micros);
            let elapsed = micros as f64 * 1e-6 * (1.0 + ppm * 1e-6);
            while taken + 0.010 <= elapsed {
                taken += 0.010;
                ring -= 0.010;
                holds.push(ring);
            }
            while pull.due(now) <= now {
                let at = pull.due(now);
                pull.made(at, ring - 0.005);
                ring += 0.020;
                made.push(at.saturating_duration_since(start).as_secs_f64() * 1e3);
            }
        }
        (made, holds)
    }

    #[test]
    fn blocks_are_made_evenly_and_as_fast_as_the_device_plays() {
        for (ppm, first) in [(0.0, 0.005), (300.0, 0.005), (-300.0, 0.0), (0.0, 0.060)] {
            let (made, holds) = run(ppm, first);
            let settled = &made[100..];
            assert!(settled.windows(2).all(|w| (w[1] - w[0] - 20.0).abs() < 1.0), "{ppm} {first}");
            assert!(holds[500..].iter().all(|ring| (-0.012..0.022).contains(ring)), "{ppm} {first}");
        }
    }

    #[test]
    fn a_hold_up_is_made_up_for_and_a_stop_is_not() {
        let start = Instant::now();
        let mut pull = Pull::default();
        pull.made(pull.due(start), 0.0);
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!((pull.due(at(5)), pull.due(at(70))), (at(20), at(20)));
        pull.made(at(20), 0.0);
        pull.made(at(40), 0.0);
        assert_eq!(pull.due(at(70)), at(60));
        assert_eq!(pull.due(at(30_000)), at(30_000));
        pull.begin();
        assert_eq!(pull.due(at(90)), at(90));
    }
}
