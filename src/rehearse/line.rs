//! A practice member's line, which can be made bad: datagrams are lost in bursts, and the rest is late.

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Time;

/// Datagrams that come through between two bursts of loss: about four of five do.
const THROUGH: std::ops::RangeInclusive<u32> = 7..=13;
/// Datagrams lost in a burst.
const LOST: std::ops::RangeInclusive<u32> = 2..=4;
/// How late the others may be, in milliseconds.
const LATE_MS: std::ops::RangeInclusive<u32> = 0..=90;
/// What may wait on the line.
const WAITING: usize = 64;

/// One direction of a line.
pub(super) struct Line {
    rng: ChaCha20Rng,
    bad: bool,
    /// Datagrams until the burst that comes, and how many that takes.
    through: u32,
    lost: u32,
    waiting: VecDeque<(Time, Vec<u8>)>,
}

impl Line {
    /// A good line.
    pub(super) fn new(rng: ChaCha20Rng) -> Self {
        Self { rng, bad: false, through: 0, lost: 0, waiting: VecDeque::new() }
    }

    /// Makes the line bad, or good again.
    pub(super) fn set_bad(&mut self, bad: bool) {
        self.bad = bad;
        (self.through, self.lost) = (self.draw(THROUGH), self.draw(LOST));
    }

    /// Puts a datagram on the line.
    pub(super) fn put(&mut self, datagram: Vec<u8>, now: Time) {
        if self.bad && self.loses() || self.waiting.len() >= WAITING {
            return;
        }
        let late = if self.bad { self.draw(LATE_MS) } else { 0 };
        // Nothing is overtaken: a bad line is most often a long queue.
        let last = self.waiting.back().map_or(now, |(due, _)| *due);
        self.waiting.push_back((last.max(now + Duration::from_millis(late.into())), datagram));
    }

    /// The next datagram that is through by now.
    pub(super) fn take(&mut self, now: Time) -> Option<Vec<u8>> {
        let through = self.waiting.front().is_some_and(|(due, _)| *due <= now);
        through.then(|| self.waiting.pop_front()).flatten().map(|(_, datagram)| datagram)
    }

    /// When [`Self::take`] has something.
    pub(super) fn due(&self) -> Time {
        self.waiting.front().map_or(Time::NEVER, |(due, _)| *due)
    }

    fn loses(&mut self) -> bool {
        if self.through > 0 {
            self.through -= 1;
            return false;
        }
        self.lost -= 1;
        if self.lost == 0 {
            (self.through, self.lost) = (self.draw(THROUGH), self.draw(LOST));
        }
        true
    }

    fn draw(&mut self, from: std::ops::RangeInclusive<u32>) -> u32 {
        let span = from.end() - from.start() + 1;
        from.start() + self.rng.next_u32() % span
    }
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    /// Puts `count` numbered datagrams on the line, 60 ms apart; what came, and when.
    fn run(line: &mut Line, count: u16) -> Vec<(u16, u64)> {
        let mut came = Vec::new();
        for ms in 0..u64::from(count) * 60 + 200 {
            let now = Time(ms * 1000);
            if ms % 60 == 0 && ms / 60 < u64::from(count) {
                line.put(((ms / 60) as u16).to_be_bytes().to_vec(), now);
            }
            while let Some(datagram) = line.take(now) {
                came.push((u16::from_be_bytes([datagram[0], datagram[1]]), ms));
            }
        }
        came
    }

    #[test]
    fn a_good_line_passes_everything_at_once() {
        let mut line = Line::new(ChaCha20Rng::from_seed([1; 32]));
        assert_eq!(run(&mut line, 100), (0..100).map(|n| (n, u64::from(n) * 60)).collect::<Vec<_>>());
        assert_eq!(line.due(), Time::NEVER);
    }

    #[test]
    fn a_bad_line_loses_about_a_fifth_in_bursts_and_keeps_the_order() {
        for seed in 0..50 {
            let mut line = Line::new(ChaCha20Rng::from_seed([seed; 32]));
            line.set_bad(true);
            // As long as it is bad in the script, and long.
            for count in [75, 1000] {
                let came = run(&mut line, count);
                let lost = f64::from(count) - came.len() as f64;
                assert!((0.12..=0.32).contains(&(lost / f64::from(count))), "seed {seed}: {lost} of {count}");
                assert!(came.is_sorted_by(|a, b| a.0 < b.0 && b.0 - a.0 <= 5));
                let late = came.iter().map(|(n, ms)| ms - u64::from(*n) * 60).max();
                assert!(late.is_some_and(|ms| (30..=90).contains(&ms)), "seed {seed}: {late:?}");
            }
            line.set_bad(false);
            assert_eq!(run(&mut line, 100).len(), 100);
        }
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut line = Line::new(ChaCha20Rng::from_seed([1; 32]));
        (0..1000).for_each(|_| line.put(vec![0], Time(0)));
        assert_eq!(std::iter::from_fn(|| line.take(Time(0))).count(), WAITING);
    }
}
