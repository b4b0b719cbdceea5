//! How long everything waits on a hop that need not, and what comes through it, from when bundles left and when they came.

use std::collections::VecDeque;
use std::time::Duration;

use crate::ids::Time;

/// The unit of the stamps that bundles bear, and how many there are before they begin anew.
const UNIT: i64 = 8_000;
const ROUND: i64 = 128 * UNIT;
/// The least lag is remembered for one to two of these: routes change and clocks drift, and a talker who backs off lets no
/// queue stand this long.
const WINDOW: Duration = Duration::from_secs(10);
/// The least lag of so many bundles is the queue's, as far as they came within so long, and of so many at least: jitter alone
/// spares one of them.
const RECENT: usize = 6;
const FRESH: Duration = Duration::from_millis(360);
const FEWEST: usize = 3;
/// The least of so many lags is hardly more than so many times their spread, where that is all that makes them differ.
const LEAST_OF_MANY: f64 = 2.2;
const LEAST_OF_FEW: f64 = 2.7;
/// What is older says nothing of now.
const OLD: Duration = Duration::from_millis(700);
/// Over so long the rate is taken, and of so many bundles at the most.
const SECOND: Duration = Duration::from_secs(1);
const KEPT: usize = 64;
/// Where everything waits for so long, over so long.
const STANDS: Duration = Duration::from_millis(60);
const MOMENT: Duration = Duration::from_millis(600);
/// How much a new change counts in the spread, once there are some.
const GAIN: f64 = 0.1;
/// Where lags are evenly spread the mean change of the steps between them is this many times the mean step. Of the changes the
/// spread is taken, a queue that grows evenly is no unevenness.
const BEND: f64 = 1.7;

/// The queue of one hop.
#[derive(Default)]
pub struct DelayEstimator {
    /// Stamp, arrival and lag of the bundle before. Only differences of lags mean something: the two clocks have nothing in
    /// common.
    last: Option<(u8, Time, i64)>,
    base: Option<(i64, i64, Time)>,
    recent: VecDeque<(Time, i64)>,
    came: VecDeque<(Time, usize)>,
    /// By how much the last lag was more than the one before.
    step: f64,
    jitter: f64,
    /// How many changes the spread is of.
    bends: u32,
}

impl DelayEstimator {
    /// A bundle that left at `stamp` (in 8 ms, modulo 128) came now, with so many bytes at the IP level.
    pub fn arrived(&mut self, stamp: u8, bytes: usize, now: Time) {
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

    /// The same with a lag that is known, of one so short that it says nothing of how unevenly others come.
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

    /// How late it is beyond what any is, in microseconds. Of all that its stamp can mean the one is taken that changes least;
    /// after a silence, in which any queue has drained, the one that is nearest to no queue.
    pub(super) fn lag(&self, stamp: u8, now: Time) -> i64 {
        let Some((before, at, lag)) = self.last else { return 0 };
        let passed = i64::try_from(now.since(at).as_micros()).unwrap_or(i64::MAX / 2);
        let left = (i64::from(stamp) - i64::from(before)) * UNIT;
        let near = match self.base {
            Some((old, current, _)) if now.since(at) > SECOND => old.min(current),
            _ => lag,
        };
        let change = (lag - near).saturating_add(passed - left + ROUND / 2).rem_euclid(ROUND) - ROUND / 2;
        near.saturating_add(change)
    }

    /// How long everything waits, beyond what an uneven line does to each; zero while too little has come to tell.
    pub fn queuing_delay(&self) -> Duration {
        let Some((old, current, _)) = self.base else { return Duration::ZERO };
        let least = self.recent.iter().map(|(_, lag)| *lag).min().filter(|_| self.recent.len() >= FEWEST);
        let over = least.map_or(0, |least| least.saturating_sub(old.min(current)));
        let least_of = if self.recent.len() < RECENT { LEAST_OF_FEW } else { LEAST_OF_MANY };
        Duration::from_micros(over.max(0).unsigned_abs()).saturating_sub(self.jitter().mul_f64(least_of))
    }

    /// The same at this moment: nothing is known to wait on a line on which nothing came lately.
    pub fn queuing_delay_at(&self, now: Time) -> Duration {
        let lately = self.last.is_some_and(|(_, at, _)| now.since(at) <= SECOND);
        if lately { self.queuing_delay() } else { Duration::ZERO }
    }

    /// How unevenly bundles come: the mean difference of one's lag from the one's before.
    pub fn jitter(&self) -> Duration {
        Duration::from_micros(self.jitter as u64)
    }

    /// What came within the last second, in kilobits a second; where a queue stands the last moment shows what passes it. 0 while
    /// too little has come to tell.
    pub fn kbps(&self) -> f64 {
        let span = if self.queuing_delay() >= STANDS { MOMENT } else { SECOND };
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

    /// Bundles of 157 bytes each `every` ms for `seconds`, each so many ms on the way.
    fn run(estimator: &mut DelayEstimator, from: u64, every: u64, seconds: u64, way: impl Fn(u64) -> u64) -> u64 {
        for n in 0..seconds * 1000 / every {
            let left = from + n * every;
            // The sender's clock has a start of its own.
            let stamp = ((left + 777) / 8 % 128) as u8;
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
                estimator.arrived((left / 8 % 128) as u8, 157, Time(at * 1000));
                assert!(estimator.queuing_delay() < STANDS, "seed {seed}, {at} ms: {:?}", estimator.queuing_delay());
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
            estimator.arrived((n * 37 % 256) as u8, n as usize % 1200, Time((n * n * 31) % 100_000_000));
        }
        assert!(estimator.recent.len() <= RECENT && estimator.came.len() <= KEPT);
        assert!(estimator.kbps().is_finite());
    }
}
