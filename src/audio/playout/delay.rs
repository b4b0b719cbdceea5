//! How long to hold a talker's packets back, learnt from how unevenly they come.

use std::time::Duration;

use crate::ids::Time;

/// One bin of the histogram, in microseconds.
const BIN: i64 = 10_000;
/// Bins of the histogram: 1.28 s.
const BINS: usize = 128;
/// What one packet adds once many have been heard; the rest fades by as much. About the last 6 s of speech count.
const WEIGHT: f32 = 0.01;
/// Packets in a hundred that should be in time.
const PERCENT: f32 = 0.95;
/// Sound is taken 20 ms at a time, so a packet has to be there up to this much before it is heard.
const PULL: Duration = Duration::from_millis(20);
/// The shortest lag is remembered for one to two of these, because clocks drift and routes change.
const WINDOW: Duration = Duration::from_secs(10);

/// No talker is held back longer than this.
pub const CAP: Duration = Duration::from_secs(1);

/// The delay of one talker.
///
/// A packet's *lag* is its arrival less its media time; the two clocks have different starts, so only differences of lags
/// mean something. The least lag of late is the *base*: a packet that met no queue on its way.
pub struct Delay {
    base: Option<Base>,
    bins: [f32; BINS],
    heard: u32,
}

struct Base {
    last: i64,
    current: i64,
    since: Time,
}

impl Base {
    fn least(&self) -> i64 {
        self.last.min(self.current)
    }
}

impl Default for Delay {
    fn default() -> Self {
        Self { base: None, bins: [0.0; BINS], heard: 0 }
    }
}

impl Delay {
    /// The least lag of late in microseconds; `None` before anything was heard.
    pub fn base(&self) -> Option<i64> {
        self.base.as_ref().map(Base::least)
    }

    /// Before anything else is known, packets without a queue are taken to have this lag.
    pub fn assume(&mut self, lag: i64, now: Time) {
        self.base.get_or_insert(Base { last: lag, current: lag, since: now });
    }

    /// A packet came `lag` microseconds after its media time.
    pub fn arrived(&mut self, lag: i64, now: Time) {
        let base = self.base.get_or_insert(Base { last: lag, current: lag, since: now });
        let before = base.least();
        if now.since(base.since) >= WINDOW {
            (base.last, base.current, base.since) = (base.current, lag, now);
        }
        base.current = base.current.min(lag);
        let least = base.least();
        self.shift((before - least) / BIN);
        self.heard = self.heard.saturating_add(1);
        // The first packets count in full, or it would take seconds to learn of a bad line.
        let weight = (1.0 / self.heard as f32).max(WEIGHT);
        self.bins.iter_mut().for_each(|bin| *bin *= 1.0 - weight);
        let bin = usize::try_from((lag - least) / BIN).unwrap_or(0).min(BINS - 1);
        self.bins[bin] += weight;
    }

    /// How long after the least lag a packet is heard: long enough for most, at least `floor`, at most [`CAP`].
    pub fn target(&self, floor: Duration) -> Duration {
        let mut sum = 0.0;
        let late = self.bins.iter().position(|bin| {
            sum += bin;
            sum >= PERCENT
        });
        let needed = match (self.heard, late) {
            (0, _) => Duration::ZERO,
            (_, bin) => Duration::from_micros((bin.unwrap_or(BINS - 1) as u64 + 1) * BIN as u64) + PULL,
        };
        needed.clamp(floor, CAP)
    }

    /// The base moved down by `bins`, so that what was heard before lies that much further from it.
    fn shift(&mut self, bins: i64) {
        let by = usize::try_from(bins.unsigned_abs()).unwrap_or(BINS).min(BINS);
        if bins > 0 {
            let over: f32 = self.bins[BINS - by..].iter().sum();
            self.bins.copy_within(..BINS - by, by);
            self.bins[..by].fill(0.0);
            self.bins[BINS - 1] += over;
        } else if bins < 0 {
            let under: f32 = self.bins[..by].iter().sum();
            self.bins.copy_within(by.., 0);
            self.bins[BINS - by..].fill(0.0);
            self.bins[0] += under;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOOR: Duration = Duration::from_millis(60);

    /// Packets every 60 ms with these extra lags in milliseconds, over and over, for `seconds`.
    fn learn(delay: &mut Delay, from: u64, seconds: u64, lags: &[i64]) -> u64 {
        let count = seconds * 1000 / 60;
        for i in 0..count {
            let now = Time(from + i * 60_000);
            delay.arrived(5_000_000 + lags[i as usize % lags.len()] * 1000, now);
        }
        from + count * 60_000
    }

    #[test]
    fn a_smooth_line_gets_the_floor() {
        let mut delay = Delay::default();
        assert_eq!(delay.target(FLOOR), FLOOR);
        learn(&mut delay, 0, 10, &[0, 3, 1]);
        assert_eq!(delay.target(FLOOR), FLOOR);
        assert_eq!(delay.base(), Some(5_000_000));
    }

    #[test]
    fn an_uneven_line_gets_what_most_packets_need_and_no_more() {
        let mut delay = Delay::default();
        learn(&mut delay, 0, 20, &[0, 20, 40, 80, 160]);
        assert!((160..=200).contains(&delay.target(FLOOR).as_millis()), "{:?}", delay.target(FLOOR));
        // One straggler in forty is not waited for.
        let mut lags = vec![0; 39];
        lags.push(500);
        let mut delay = Delay::default();
        learn(&mut delay, 0, 30, &lags);
        assert!(delay.target(FLOOR).as_millis() < 100);
    }

    #[test]
    fn it_learns_within_a_few_packets_and_forgets_within_seconds() {
        let mut delay = Delay::default();
        let now = learn(&mut delay, 0, 1, &[0, 100, 200]);
        assert!(delay.target(FLOOR).as_millis() >= 200);
        let now = learn(&mut delay, now, 25, &[0]);
        assert_eq!(delay.target(FLOOR), FLOOR);
        // A longer route is a new base, not jitter.
        let now = learn(&mut delay, now, 25, &[400]);
        assert_eq!(delay.base(), Some(5_400_000));
        assert_eq!(delay.target(FLOOR), FLOOR);
        // And a shorter one counts from its first packet.
        learn(&mut delay, now, 1, &[-300]);
        assert_eq!(delay.base(), Some(4_700_000));
    }

    #[test]
    fn hostile_lags_stay_within_the_cap() {
        let mut delay = Delay::default();
        for (i, lag) in [0, i64::MAX / 4, i64::MIN / 4, 7, i64::MAX / 4].into_iter().enumerate() {
            delay.arrived(lag, Time(i as u64 * 11_000_000));
            assert!(delay.target(FLOOR) <= CAP);
        }
    }
}
