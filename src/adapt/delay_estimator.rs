//! How long everything waits on a hop, and what comes through it, from when datagrams left and when they came.
//!
//! As in LEDBAT (RFC 6817) the queuing delay is the least one-way delay of late minus the least in a longer time, so that the two
//! clocks needn't agree. It departs from LEDBAT in that the jitter, measured in much the same way as in RFC 3550, is taken off as
//! well: where few datagrams tell, and all are uneven, even the least of them is late. And in that stamps have 7 bits, so that
//! what a stamp means is guessed from the one before.

use std::collections::VecDeque;
use std::time::Duration;

use super::rate_config::QUEUE_LONG;
use crate::ids::{SendStamp, Time};

/// The unit of stamps, and after how long they begin anew, in microseconds.
const UNIT: i64 = SendStamp::UNIT.as_micros() as i64;
const ROUND: i64 = SendStamp::UNITS as i64 * UNIT;
/// The least lag is remembered for one to two of these: routes change, clocks drift, and no queue stands this long when a talker
/// backs off.
const WINDOW: Duration = Duration::from_secs(10);
/// The queue is the least lag of the last few datagrams, at most and at least so many, that came within this time: jitter alone
/// spares one of them.
const RECENT: usize = 6;
const FRESH: Duration = Duration::from_millis(360);
const FEWEST: usize = 3;
/// Where jitter alone makes lags differ, the least of many, or of few, is hardly more than this many times it.
const LEAST_OF_MANY: f64 = 2.2;
const LEAST_OF_FEW: f64 = 2.7;
/// Where few have come, older ones count too, up to this age.
const OLD: Duration = Duration::from_millis(700);
/// The rate is taken over this time, and of this many datagrams at most.
const SECOND: Duration = Duration::from_secs(1);
const KEPT: usize = 64;
/// Where a long queue stands, it is taken over this time.
const MOMENT: Duration = Duration::from_millis(600);
/// How much a new change counts in the jitter, once there are some.
const GAIN: f64 = 0.1;
/// The jitter is taken from how steps between lags change, because a queue that grows evenly is no jitter. Where lags are evenly
/// spread, the mean change is this many times the mean step.
const BEND: f64 = 1.7;

/// The queue of one hop, its jitter and its rate.
#[derive(Default)]
pub struct DelayEstimator {
    /// Stamp, arrival and lag of the datagram before. Only differences of lags mean anything, because the two clocks have nothing
    /// in common.
    last: Option<(SendStamp, Time, i64)>,
    base: Option<(i64, i64, Time)>,
    recent: VecDeque<(Time, i64)>,
    came: VecDeque<(Time, usize)>,
    /// How much more the last lag was than the one before.
    step: f64,
    jitter: f64,
    /// How many changes the jitter is of.
    bends: u32,
}

impl DelayEstimator {
    /// A datagram that left at `stamp` came now, with `bytes` at the IP level.
    pub fn arrived(&mut self, stamp: SendStamp, bytes: usize, now: Time) {
        let lag = self.lag(stamp, now);
        if let Some((_, _, before)) = self.last {
            let step = (lag - before) as f64;
            let bend = (step - std::mem::replace(&mut self.step, step)).abs() / BEND;
            self.bends = self.bends.saturating_add(1);
            self.jitter += GAIN.max(1.0 / f64::from(self.bends)) * (bend - self.jitter);
        }
        self.last = Some((stamp, now, lag));
        self.passed(lag, bytes, now);
    }

    /// The same for one whose lag is known, and too short to say anything of the jitter of others.
    pub(super) fn passed(&mut self, lag: i64, bytes: usize, now: Time) {
        let (old, current, since) = self.base.get_or_insert((lag, lag, now));
        if now.since(*since) >= WINDOW {
            (*old, *current, *since) = (*current, lag, now);
        }
        *current = lag.min(*current);
        self.recent.push_back((now, lag));
        let fresh = |at: Time, of: usize| now.since(at) <= if of > FEWEST { FRESH } else { OLD };
        while self.recent.len() > RECENT || self.recent.front().is_some_and(|(at, _)| !fresh(*at, self.recent.len())) {
            self.recent.pop_front();
        }
        self.came.push_back((now, bytes));
        while self.came.len() > KEPT || self.came.front().is_some_and(|(at, _)| now.since(*at) > SECOND) {
            self.came.pop_front();
        }
    }

    /// How late a datagram is, in microseconds from any zero. Of all times that its stamp can mean the one is taken that changes
    /// the lag least; after a silence, in which any queue has drained, the one that is nearest to no queue.
    pub(super) fn lag(&self, stamp: SendStamp, now: Time) -> i64 {
        let Some((before, at, lag)) = self.last else { return 0 };
        let passed = i64::try_from(now.since(at).as_micros()).unwrap_or(i64::MAX / 2);
        let left = (i64::from(stamp.units()) - i64::from(before.units())) * UNIT;
        let near = match self.base {
            Some((old, current, _)) if now.since(at) > SECOND => old.min(current),
            _ => lag,
        };
        let change = (lag - near).saturating_add(passed - left + ROUND / 2).rem_euclid(ROUND) - ROUND / 2;
        near.saturating_add(change)
    }

    /// How long everything waits, beyond the jitter; zero while too little has come to tell.
    pub fn queuing_delay(&self) -> Duration {
        let Some((old, current, _)) = self.base else { return Duration::ZERO };
        let least = self.recent.iter().map(|(_, lag)| *lag).min().filter(|_| self.recent.len() >= FEWEST);
        let over = least.map_or(0, |least| least.saturating_sub(old.min(current)));
        let least_of = if self.recent.len() < RECENT { LEAST_OF_FEW } else { LEAST_OF_MANY };
        Duration::from_micros(over.max(0).unsigned_abs()).saturating_sub(self.jitter().mul_f64(least_of))
    }

    /// The same at this moment: zero where nothing has come lately.
    pub fn queuing_delay_at(&self, now: Time) -> Duration {
        let lately = self.last.is_some_and(|(_, at, _)| now.since(at) <= SECOND);
        if lately { self.queuing_delay() } else { Duration::ZERO }
    }

    /// How unevenly datagrams come: the mean difference of one's lag from that of the one before.
    pub fn jitter(&self) -> Duration {
        Duration::from_micros(self.jitter as u64)
    }

    /// What came within the last second, in kilobits a second at the IP level; where a long queue stands, within a shorter time,
    /// which shows what passes it. 0 while too little has come to tell.
    pub fn kbps(&self) -> f64 {
        let span = if self.queuing_delay() >= QUEUE_LONG { MOMENT } else { SECOND };
        let Some((last, _)) = self.came.back() else { return 0.0 };
        let mut lately = self.came.iter().skip_while(|(at, _)| last.since(*at) > span);
        let Some((first, _)) = lately.next() else { return 0.0 };
        let seconds = last.since(*first).as_secs_f64();
        let bytes: usize = lately.map(|(_, bytes)| bytes).sum();
        if seconds < 0.2 { 0.0 } else { bytes as f64 * 8.0 / 1000.0 / seconds }
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::{RngCore, SeedableRng};

    use super::*;

    /// Datagrams of 157 bytes, one each `every` ms for `seconds`, each `way` ms on the way.
    fn run(estimator: &mut DelayEstimator, from: u64, every: u64, seconds: u64, way: impl Fn(u64) -> u64) -> u64 {
        for n in 0..seconds * 1000 / every {
            let left = from + n * every;
            // The sender's clock has a start of its own.
            let stamp = SendStamp::at(Time((left + 777) * 1000));
            estimator.arrived(stamp, 157, Time((left + way(n)) * 1000));
        }
        from + seconds * 1000
    }

    #[test]
    fn an_even_line_has_no_queue_and_shows_its_rate() {
        let mut estimator = DelayEstimator::default();
        run(&mut estimator, 0, 60, 100, |_| 300);
        assert!(estimator.queuing_delay() < Duration::from_millis(10), "{:?}", estimator.queuing_delay());
        assert!((estimator.kbps() - 20.9).abs() < 0.3, "{}", estimator.kbps());
        assert!(estimator.jitter() < Duration::from_millis(8));
    }

    #[test]
    fn jitter_is_no_queue() {
        let mut estimator = DelayEstimator::default();
        run(&mut estimator, 0, 60, 60, |n| 200 + (n * 37) % 80);
        assert!(estimator.queuing_delay() < Duration::from_millis(40), "{:?}", estimator.queuing_delay());
        assert!(estimator.jitter() > Duration::from_millis(20));
    }

    #[test]
    fn no_jitter_is_ever_a_queue() {
        for seed in 0..20 {
            let mut rng = ChaCha20Rng::seed_from_u64(seed);
            let mut chance = || f64::from(rng.next_u32()) / f64::from(u32::MAX);
            let mut estimator = DelayEstimator::default();
            // Spurts and pauses, in which a few bundles have to tell.
            let (mut now, mut came) = (0, vec![]);
            for _ in 0..200 {
                let of = 1 + (chance() * 30.0) as u64;
                came.extend((0..of).map(|n| (now + n * 60 + (chance() * 160.0) as u64, now + n * 60)));
                now += of * 60 + (chance() * 1500.0) as u64;
            }
            came.sort_unstable();
            for (at, left) in came {
                estimator.arrived(SendStamp::at(Time(left * 1000)), 157, Time(at * 1000));
                assert!(
                    estimator.queuing_delay() < QUEUE_LONG,
                    "seed {seed}, {at} ms: {:?}",
                    estimator.queuing_delay()
                );
            }
        }
    }

    #[test]
    fn a_queue_is_seen_while_it_grows_and_long_after() {
        let mut estimator = DelayEstimator::default();
        let now = run(&mut estimator, 0, 60, 20, |_| 100);
        let now = run(&mut estimator, now, 60, 2, |n| 100 + n * 20);
        let seen = estimator.queuing_delay().as_millis();
        assert!((480..=660).contains(&seen), "{seen}");
        run(&mut estimator, now, 60, 7, |_| 760);
        assert!((640..=680).contains(&estimator.queuing_delay().as_millis()), "{:?}", estimator.queuing_delay());
    }

    #[test]
    fn a_drained_queue_is_none_and_a_silence_hides_nothing() {
        let mut estimator = DelayEstimator::default();
        let now = run(&mut estimator, 0, 60, 10, |_| 100);
        let now = run(&mut estimator, now, 60, 3, |_| 400);
        let now = run(&mut estimator, now, 60, 2, |n| 400_u64.saturating_sub(n * 50).max(100));
        assert!(estimator.queuing_delay() < Duration::from_millis(20), "{:?}", estimator.queuing_delay());
        run(&mut estimator, now + 20_000, 60, 2, |_| 300);
        assert!((180..=210).contains(&estimator.queuing_delay().as_millis()), "{:?}", estimator.queuing_delay());
    }

    #[test]
    fn a_queue_that_was_left_behind_is_gone_after_a_silence() {
        let mut estimator = DelayEstimator::default();
        let now = run(&mut estimator, 0, 60, 5, |_| 100);
        let now = run(&mut estimator, now, 60, 2, |n| 100 + n * 20);
        assert!(estimator.queuing_delay() > Duration::from_millis(480));
        run(&mut estimator, now + 7_000, 60, 2, |_| 100);
        assert!(estimator.queuing_delay() < Duration::from_millis(20), "{:?}", estimator.queuing_delay());
    }

    #[test]
    fn whatever_comes_does_no_harm() {
        let mut estimator = DelayEstimator::default();
        for n in 0..10_000_u64 {
            estimator.arrived(SendStamp::at(Time(n * 37 * 8000)), n as usize % 1200, Time((n * n * 31) % 100_000_000));
        }
        assert!(estimator.recent.len() <= RECENT && estimator.came.len() <= KEPT);
        assert!(estimator.kbps().is_finite());
    }
}
