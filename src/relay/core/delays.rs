//! How long the doors of this relay take to answer, so that decoys take as long.
//!
//! A door's delay is mostly that of its line, and much the same from one flight to the next. So a decoy takes one door's delay
//! for its own, and its answers then differ from each other only as much as a door's do.

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Nameplate;

/// The newest delays are kept, at most this many.
const KEPT: usize = 64;
/// Delays of one room among them, so that nobody can set the delays of all decoys with a room of their own.
const SHARE: usize = 8;
/// A longer delay was not that of a line: the door was away.
const LONGEST: Duration = Duration::from_secs(2);
/// No door answers sooner.
const SHORTEST: Duration = Duration::from_millis(1);
/// The range that delays are drawn from before any door has answered, in microseconds: lines on one continent, and their
/// jitter.
const AT_FIRST: std::ops::Range<u64> = 60_000..250_000;
const JITTER_AT_FIRST: u64 = 8_000;

struct Delay {
    /// The room whose door took this long. `None` for delays that were drawn before any door had answered.
    from: Option<Nameplate>,
    span: Duration,
    /// By how many microseconds it is longer than the same door's delay before.
    longer: Option<i64>,
}

/// The newest delays of doors.
pub(super) struct Delays(VecDeque<Delay>);

impl Delays {
    pub(super) fn new(rng: &mut ChaCha20Rng) -> Self {
        let made_up = |_| Delay {
            from: None,
            span: Duration::from_micros(AT_FIRST.start + below(rng, AT_FIRST.end - AT_FIRST.start)),
            longer: Some(below(rng, 2 * JITTER_AT_FIRST).cast_signed() - JITTER_AT_FIRST.cast_signed()),
        };
        Self((0..KEPT).map(made_up).collect())
    }

    /// A door has answered a flight this long after it was passed on.
    pub(super) fn add(&mut self, room: Nameplate, span: Duration) {
        if span > LONGEST {
            return;
        }
        let own = || (0..).zip(&self.0).filter(|(_, delay)| delay.from == Some(room));
        let last = own().last().map(|(_, delay)| delay.span);
        let longer = last.map(|last| span.as_micros() as i64 - last.as_micros() as i64);
        let oldest = if own().count() >= SHARE { own().next().map_or(0, |(at, _)| at) } else { 0 };
        self.0.remove(oldest);
        self.0.push_back(Delay { from: Some(room), span, longer });
    }

    /// The delay of a door, drawn from those that are kept.
    pub(super) fn some_door(&self, rng: &mut ChaCha20Rng) -> Duration {
        self.0.get(below(rng, self.0.len() as u64) as usize).map_or(SHORTEST, |delay| delay.span)
    }

    /// The next delay of a door whose delay is usually `usual`.
    pub(super) fn next(&self, usual: Duration, rng: &mut ChaCha20Rng) -> Duration {
        let changes: Vec<i64> = self.0.iter().filter_map(|delay| delay.longer).collect();
        let change = changes.get(below(rng, changes.len() as u64) as usize).copied().unwrap_or(0);
        let span = usual.as_micros() as i64 + change;
        // However much a line jitters, half of its delay is distance.
        Duration::from_micros(span.max(0).cast_unsigned()).max(usual / 2).max(SHORTEST)
    }
}

/// A random number below `most`; zero if there is none.
fn below(rng: &mut ChaCha20Rng, most: u64) -> u64 {
    rng.next_u64().checked_rem(most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn delays_are_plausible_before_any_door_has_answered() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let delays = Delays::new(&mut rng);
        let drawn: Vec<_> = (0..200).map(|_| delays.some_door(&mut rng)).collect();
        assert!(drawn.iter().all(|span| (ms(60)..ms(250)).contains(span)));
        assert!(drawn.iter().min() < Some(&ms(90)) && drawn.iter().max() > Some(&ms(220)));
        for _ in 0..200 {
            let next = delays.next(ms(100), &mut rng);
            assert!((ms(92)..ms(108)).contains(&next), "{next:?}");
        }
    }

    #[test]
    fn decoys_are_as_slow_as_doors() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let mut delays = Delays::new(&mut rng);
        for round in 0..20 {
            for room in 0..16 {
                delays.add(Nameplate(1000 + room), ms(300 + u64::from(room) + 2 * (round % 2)));
            }
        }
        assert_eq!(delays.0.len(), KEPT);
        for _ in 0..200 {
            let usual = delays.some_door(&mut rng);
            assert!((ms(300)..=ms(318)).contains(&usual));
            assert!(delays.next(usual, &mut rng).abs_diff(usual) <= ms(2));
        }
        assert!((0..200).all(|_| delays.next(Duration::ZERO, &mut rng) >= SHORTEST));
    }

    #[test]
    fn one_room_has_its_share_and_a_door_that_was_away_has_none() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let mut delays = Delays::new(&mut rng);
        for n in 0..1000 {
            delays.add(Nameplate(4821), ms(n % 7));
            delays.add(Nameplate(4822), LONGEST + ms(1));
        }
        let of = |room| delays.0.iter().filter(|delay| delay.from == Some(Nameplate(room))).count();
        assert_eq!((of(4821), of(4822), delays.0.len()), (SHARE, 0, KEPT));
    }
}
