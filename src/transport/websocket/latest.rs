//! Datagrams that wait for the line, of which the newest win. Pure: it is told the time.

use std::collections::VecDeque;
use std::time::Duration;

/// A datagram that has waited for longer is dropped: what is said in it would come too late, and hold up what is said now.
pub const LONGEST: Duration = Duration::from_millis(240);
/// Most datagrams that wait. The packets of four talkers that come at once, twice.
pub const MOST: usize = 16;

/// The queue.
#[derive(Debug, Default)]
pub struct Latest {
    waiting: VecDeque<(Duration, Vec<u8>)>,
    dropped: u64,
}

impl Latest {
    /// Adds a datagram at this time, and drops the oldest if too many wait.
    pub fn push(&mut self, datagram: Vec<u8>, now: Duration) {
        self.expire(now);
        if self.waiting.len() == MOST {
            self.waiting.pop_front();
            self.dropped += 1;
        }
        self.waiting.push_back((now, datagram));
    }

    /// The next datagram that is young enough, in their order.
    pub fn pop(&mut self, now: Duration) -> Option<Vec<u8>> {
        self.expire(now);
        self.waiting.pop_front().map(|(_, datagram)| datagram)
    }

    /// How many were dropped so far.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    fn expire(&mut self, now: Duration) {
        while self.waiting.front().is_some_and(|(since, _)| now.saturating_sub(*since) > LONGEST) {
            self.waiting.pop_front();
            self.dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn what_is_young_leaves_in_order() {
        let mut queue = Latest::default();
        queue.push(vec![1], ms(0));
        queue.push(vec![2], ms(60));
        assert_eq!(queue.pop(ms(100)), Some(vec![1]));
        queue.push(vec![3], ms(120));
        assert_eq!((queue.pop(ms(300)), queue.pop(ms(300))), (Some(vec![2]), Some(vec![3])));
        assert_eq!((queue.pop(ms(300)), queue.dropped()), (None, 0));
    }

    #[test]
    fn old_sound_is_dropped_and_the_newest_wins() {
        let mut queue = Latest::default();
        // A line that stands still for three seconds.
        (0..50).for_each(|nth| queue.push(vec![nth], ms(60 * u64::from(nth))));
        assert_eq!(queue.pop(ms(60 * 49)), Some(vec![45]), "240 ms before the newest");
        let left = std::iter::from_fn(|| queue.pop(ms(60 * 49))).count();
        assert_eq!((left, queue.dropped()), (4, 45));
        queue.push(vec![99], ms(4000));
        assert_eq!(queue.pop(ms(4241)), None);
    }

    #[test]
    fn a_burst_is_bounded_at_once() {
        let mut queue = Latest::default();
        (0..100).for_each(|nth| queue.push(vec![nth], ms(5)));
        assert_eq!((queue.waiting.len(), queue.dropped()), (MOST, 84));
        assert_eq!(queue.pop(ms(5)), Some(vec![84]));
    }
}
