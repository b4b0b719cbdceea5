//! A hop with two ways, over both of which everything is sent: what comes first counts, and what comes again is passed over.
//!
//! So there is one hop, whose loss is what both lose: what is asked for and repeated follows from that. Only how long things
//! wait is known for each way by itself, since the one may always be later than the other; and as nobody waits for the slower
//! way, its queue is the hop's only while nothing comes by the faster one.

use std::time::Duration;

use super::delay_estimator::DelayEstimator;
use super::sequence_window::SequenceWindow;
use crate::ids::{FrameNo, SendStamp, Time};

/// By which way something came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// That of the connection that has the seat.
    #[default]
    First = 0,
    /// The one beside it.
    Second = 1,
}

/// A way by which nothing has come for this long is not counted on.
const LATELY: Duration = Duration::from_secs(1);

/// The numbers of what is sent over both ways, and of what has come by either.
#[derive(Default)]
pub struct TwoWays {
    next: u16,
    came: SequenceWindow<4>,
}

impl TwoWays {
    /// The number of what is sent next.
    pub fn number(&mut self) -> u16 {
        let number = self.next;
        self.next = number.wrapping_add(1);
        number
    }

    /// Whether what has this number comes for the first time, and not so late that nobody can tell.
    pub fn is_first(&mut self, number: u16) -> bool {
        let new = self.came.is_new(FrameNo(number));
        self.came.mark(FrameNo(number));
        new
    }

    /// What comes from here on is counted by another, and what is sent goes on.
    pub fn hear_anew(&mut self) {
        self.came = SequenceWindow::default();
    }
}

/// How long everything waits on each way.
#[derive(Default)]
pub(super) struct Queues {
    ways: [DelayEstimator; 2],
    /// When something came by each.
    came: [Option<Time>; 2],
    /// By which the next comes.
    by: Way,
}

impl Queues {
    pub(super) fn comes_by(&mut self, way: Way) {
        self.by = way;
    }

    /// See [`DelayEstimator::arrived`].
    pub(super) fn arrived(&mut self, stamp: SendStamp, bytes: usize, now: Time) {
        self.came[self.by as usize] = Some(now);
        self.ways[self.by as usize].arrived(stamp, bytes, now);
    }

    /// See [`DelayEstimator::passed`].
    pub(super) fn passed(&mut self, lag: i64, bytes: usize, now: Time) {
        self.came[self.by as usize] = Some(now);
        self.ways[self.by as usize].passed(lag, bytes, now);
    }

    /// See [`DelayEstimator::lag`].
    pub(super) fn lag(&self, stamp: SendStamp, now: Time) -> i64 {
        self.ways[self.by as usize].lag(stamp, now)
    }

    /// The ways by which something came shortly before the newest.
    fn lately(&self) -> impl Iterator<Item = &DelayEstimator> {
        let newest = self.came.iter().flatten().max().copied();
        let is_late =
            move |came: &Option<Time>| came.zip(newest).is_none_or(|(came, newest)| newest.since(came) > LATELY);
        self.ways.iter().zip(&self.came).filter(move |(_, came)| !is_late(came)).map(|(way, _)| way)
    }

    /// How long everything waits that comes by the faster way.
    pub(super) fn queuing_delay_at(&self, now: Time) -> Duration {
        self.lately().map(|way| way.queuing_delay_at(now)).min().unwrap_or_default()
    }

    /// How unevenly things come by the more uneven of the ways.
    pub(super) fn jitter(&self) -> Duration {
        self.lately().map(DelayEstimator::jitter).max().unwrap_or_default()
    }

    /// What came through lately, by both ways and each once.
    pub(super) fn kbps(&self) -> f64 {
        self.lately().map(DelayEstimator::kbps).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_by_both_ways_counts_once() {
        let (mut sent, mut heard) = (TwoWays::default(), TwoWays::default());
        for _ in 0..100_000 {
            let number = sent.number();
            assert!(heard.is_first(number) && !heard.is_first(number));
        }
        assert!(!heard.is_first(sent.number().wrapping_sub(100)), "the slower way is a little behind");
        heard.hear_anew();
        assert!(heard.is_first(0) && heard.is_first(1));
    }

    /// A voice for `seconds` over two ways of these delays in milliseconds, each of which loses every fifth packet, and not the
    /// same; the second at all only where it's `Some`.
    fn talk(queues: &mut Queues, from: u64, seconds: u64, first: Option<u64>, second: Option<u64>) -> Time {
        let mut now = Time(0);
        let mut arrivals: Vec<_> = (from..from + seconds * 1000)
            .step_by(60)
            .filter_map(|left| {
                let by = |delay: Option<u64>, lost: bool, way| {
                    delay.filter(|_| !lost).map(|delay| (Time((left + delay) * 1000), way, left))
                };
                let nth = left / 60;
                let ways = [by(first, nth % 5 == 2, Way::First), by(second, nth % 5 == 4, Way::Second)];
                ways.into_iter().flatten().min_by_key(|(at, ..)| *at)
            })
            .collect();
        arrivals.sort_by_key(|(at, ..)| *at);
        for (at, way, left) in arrivals {
            queues.comes_by(way);
            queues.arrived(SendStamp::at(Time(left * 1000)), 157, at);
            now = at;
        }
        now
    }

    #[test]
    fn a_way_that_is_always_later_is_no_queue() {
        let mut queues = Queues::default();
        let now = talk(&mut queues, 0, 20, Some(40), Some(240));
        assert!(queues.queuing_delay_at(now) < Duration::from_millis(10), "{:?}", queues.queuing_delay_at(now));
        assert!(queues.jitter() < Duration::from_millis(10), "{:?}", queues.jitter());
        assert!((queues.kbps() - 20.9).abs() < 1.5, "{}", queues.kbps());
        // The faster one dies.
        let now = talk(&mut queues, 20_040, 8, None, Some(240));
        assert!(queues.queuing_delay_at(now) < Duration::from_millis(10), "{:?}", queues.queuing_delay_at(now));
        assert!(queues.jitter() < Duration::from_millis(10), "{:?}", queues.jitter());
    }

    #[test]
    fn a_queue_counts_only_where_nothing_comes_by_a_faster_way() {
        let mut queues = Queues::default();
        talk(&mut queues, 0, 10, Some(40), Some(60));
        let now = talk(&mut queues, 10_020, 4, Some(400), Some(60));
        assert!(queues.queuing_delay_at(now) < Duration::from_millis(10), "{:?}", queues.queuing_delay_at(now));
        let now = talk(&mut queues, 14_040, 4, Some(400), None);
        assert!(queues.queuing_delay_at(now) > Duration::from_millis(250), "{:?}", queues.queuing_delay_at(now));
    }
}
