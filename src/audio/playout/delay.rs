//! How long to hold a talker's packets back, learnt from their jitter (a histogram with forgetting, as in WebRTC's NetEq).

use std::time::Duration;

use crate::ids::Time;

/// One bin of the histogram, in microseconds.
const BIN: i64 = 5_000;
/// Bins of the histogram: 1.28 s.
const BINS: usize = 256;
/// What a packet of the usual length adds once many have been heard, and others by their length; the rest fades by as much. About
/// the last 6 s of speech count.
const WEIGHT: f32 = 0.01;
const USUAL: Duration = Duration::from_millis(60);
/// One packet more in a hundred that is in time is worth waiting this much longer, in microseconds. Of evenly spread delays
/// all are waited for, of a long tail 95 to 98 in a hundred, of lone stragglers none. Shorter packets are worth less, by their
/// length: to conceal 20 ms here and there costs much less than 60 ms in one piece.
const WORTH: f32 = 40_000.0;
/// Up to this delay people hardly notice it, and words that are missing they do: waiting costs less there, and more beyond.
const EASY: f32 = 240_000.0;
const EASY_COST: f32 = 0.5;
const HARD_COST: f32 = 1.25;
/// How fast the target comes down, in microseconds a second, and after how long: a target that hunts costs more words than
/// one that is a little high.
const DOWN: u64 = 30_000;
const HOLD: Duration = Duration::from_secs(8);
/// Two clocks drift apart by less than one part in this many: 500 ppm.
const DRIFT: i64 = 2_000;
/// The shortest lag is remembered for one to two of these, because clocks drift and routes change.
const WINDOW: Duration = Duration::from_secs(10);

/// After this many packets of the usual length they tell more than what is known of the lines.
const EXPECT_UNTIL: f32 = 100.0;
/// The first packets count as if this many had come in time before them.
const BEFORE: f32 = 20.0;
/// A packet this late, in microseconds, is no jitter: the line stood still. Packets that come late after it, for at most this long,
/// stood in the same queue.
const STALL: i64 = 1_000_000;
const STALL_MOST: Duration = Duration::from_secs(5);

/// No talker is held back less than this.
pub const LEAST: Duration = Duration::from_millis(20);
/// No talker is held back longer than this.
pub const CAP: Duration = Duration::from_millis(1200);

/// The delay of one talker.
///
/// A packet's *lag* is its arrival less its media time; the two clocks have different starts, so only differences of lags
/// mean something. The least lag of late is the *base*: a packet that met no queue on its way.
pub struct Delay {
    base: Option<Base>,
    bins: [f32; BINS],
    /// Packets heard, in those of the usual length.
    heard: f32,
    /// What one more in a hundred is worth.
    worth: f32,
    /// The delay that most packets need beyond the base, and since when.
    needed: Duration,
    since: Time,
    /// Since when a shorter delay would do.
    lower: Option<Time>,
    /// The line stood still, and what stood in it comes now; at the latest until then.
    stalled: Option<Time>,
}

struct Base {
    last: i64,
    current: i64,
    since: Time,
}

impl Base {
    fn new(lag: i64, now: Time) -> Self {
        Self { last: lag, current: lag, since: now }
    }

    fn least(&self) -> i64 {
        self.last.min(self.current)
    }
}

impl Default for Delay {
    fn default() -> Self {
        Self {
            base: None,
            bins: [0.0; BINS],
            heard: 0.0,
            worth: WORTH,
            needed: Duration::ZERO,
            since: Time(0),
            lower: None,
            stalled: None,
        }
    }
}

impl Delay {
    /// The least lag of late in microseconds; `None` before anything was heard.
    pub fn base(&self) -> Option<i64> {
        self.base.as_ref().map(Base::least)
    }

    /// A spurt begins whose packets, if they meet no queue, have this lag. Before anything else is known that is the base; in a
    /// silence the base has moved by no more than clocks can drift apart. How uneven the line was stays known.
    pub fn assume(&mut self, lag: i64, now: Time) {
        let base = self.base.get_or_insert_with(|| Base::new(lag, now));
        let silence = i64::try_from(now.since(self.since).as_micros()).unwrap_or(i64::MAX);
        let drift = lag.saturating_sub(base.least()).clamp(-(silence / DRIFT), silence / DRIFT);
        base.last = base.last.saturating_add(drift);
        base.current = base.current.saturating_add(drift);
    }

    /// Packets of this talker may need this long beyond the base, by what is known of the lines. Packets soon tell it themselves.
    pub fn expect(&mut self, needed: Duration) {
        if self.heard < EXPECT_UNTIL {
            self.needed = self.needed.max(needed.min(CAP));
        }
    }

    /// A packet of this length, at most 120 ms, came `lag` microseconds after its media time.
    pub fn arrived(&mut self, lag: i64, length: Duration, now: Time) {
        let of_usual = length.as_secs_f32() / USUAL.as_secs_f32();
        self.worth = WORTH * of_usual.min(1.0);
        let base = self.base.get_or_insert_with(|| Base::new(lag, now));
        let before = base.least();
        if now.since(base.since) >= WINDOW {
            (base.last, base.current, base.since) = (base.current, lag, now);
        }
        base.current = base.current.min(lag);
        let least = base.least();
        self.shift((before.saturating_sub(least)) / BIN);
        // Where the base rises the moment at which packets are due stays; from there it moves as slowly as ever.
        let risen = u64::try_from(least.saturating_sub(before)).unwrap_or(0);
        self.needed = self.needed.saturating_sub(Duration::from_micros(risen));
        let over = lag.saturating_sub(least);
        if self.is_stalled(over, now) {
            self.since = now;
            return;
        }
        self.heard += of_usual;
        // The first packets count in full, or it would take seconds to learn of a bad line.
        let weight = (1.0 / (self.heard + BEFORE)).max(WEIGHT) * of_usual;
        self.bins.iter_mut().for_each(|bin| *bin *= 1.0 - weight);
        let bin = usize::try_from(over / BIN).unwrap_or(0).min(BINS - 1);
        self.bins[bin] += weight;
        self.follow(now);
    }

    /// Whether this packet is one of many that a line had kept: they say nothing of what those to come will need.
    fn is_stalled(&mut self, over: i64, now: Time) -> bool {
        if over > STALL {
            self.stalled.get_or_insert(now + STALL_MOST);
        } else if over <= self.needed.as_micros() as i64 {
            self.stalled = None;
        }
        self.stalled.is_some_and(|until| now < until)
    }

    /// How long after the least lag a packet must be there: long enough for most, at least `floor`, at most [`CAP`].
    pub fn target(&self, floor: Duration) -> Duration {
        self.needed.clamp(floor.clamp(LEAST, CAP), CAP)
    }

    /// Up at once to what the histogram says, down slowly, and not for less than a bin.
    fn follow(&mut self, now: Time) {
        let best = Duration::from_micros((self.best() as i64 + 1).unsigned_abs() * BIN.unsigned_abs());
        let passed = u64::try_from(now.since(self.since).as_micros()).unwrap_or(u64::MAX);
        self.since = now;
        if best + Duration::from_micros(BIN.unsigned_abs()) >= self.needed {
            self.lower = None;
            self.needed = self.needed.max(best);
        } else if now.since(*self.lower.get_or_insert(now)) >= HOLD {
            let down = Duration::from_micros(passed.saturating_mul(DOWN) / 1_000_000);
            self.needed = self.needed.saturating_sub(down).max(best);
        }
    }

    /// The bin at whose end waiting longer is no longer worth what it would save.
    fn best(&self) -> usize {
        let (mut missed, mut best, mut least) = (1.0, BINS - 1, f32::MAX);
        for (bin, share) in self.bins.iter().enumerate() {
            missed -= share;
            let wait = bin as f32 * BIN as f32;
            let wait = wait.min(EASY) * EASY_COST + (wait - EASY).max(0.0) * HARD_COST;
            let cost = wait + missed * 100.0 * self.worth;
            if cost < least {
                (best, least) = (bin, cost);
            }
        }
        best
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
            delay.arrived(5_000_000 + lags[i as usize % lags.len()] * 1000, USUAL, now);
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
        // One straggler in a hundred is not waited for, one in ten is: so late are packets that were repeated.
        for (every, wait) in [(100, 60..=60), (10, 200..=250)] {
            let mut lags = vec![0; every - 1];
            lags.push(200);
            let mut delay = Delay::default();
            learn(&mut delay, 0, 60, &lags);
            assert!(wait.contains(&delay.target(FLOOR).as_millis()), "{every}: {:?}", delay.target(FLOOR));
        }
    }

    #[test]
    fn short_packets_are_remembered_as_long_and_waited_for_less() {
        let one_late_in = |every: u64, length: u64| {
            let mut delay = Delay::default();
            for n in 0..20_000 / length {
                let lag = if n % every == every - 1 { 105_000 } else { 0 };
                delay.arrived(5_000_000 + lag, Duration::from_millis(length), Time(n * length * 1000));
            }
            delay.target(LEAST).as_millis()
        };
        assert_eq!([one_late_in(40, 60), one_late_in(40, 20)], [110, 20], "2.5 % late by 105 ms");
        assert_eq!(one_late_in(10, 20), 110, "and 10 %");
        // After a row of late packets and then even ones, what is remembered hangs on the time.
        let remembered = |length: u64| {
            let mut delay = Delay::default();
            for n in 0..30_000 / length {
                let lag = if n * length < 3_000 { 105_000 * (n as i64 % 2) } else { 0 };
                delay.arrived(5_000_000 + lag, Duration::from_millis(length), Time(n * length * 1000));
            }
            delay.bins[21]
        };
        let (short, usual) = (remembered(20), remembered(60));
        assert!((short / usual - 1.0).abs() < 0.2, "{short} {usual}");
    }

    #[test]
    fn it_learns_in_a_few_packets_and_forgets_in_half_a_minute() {
        let mut delay = Delay::default();
        let now = learn(&mut delay, 0, 1, &[0, 100, 200]);
        assert!(delay.target(FLOOR).as_millis() >= 200);
        let now = learn(&mut delay, now, 30, &[0]);
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
    fn it_is_up_within_a_second_and_comes_down_over_many() {
        let mut delay = Delay::default();
        let now = learn(&mut delay, 0, 30, &[0, 10]);
        let now = learn(&mut delay, now, 1, &[0, 150]);
        let up = delay.target(FLOOR);
        assert!(up.as_millis() >= 150, "{up:?}");
        let mut last = up;
        for second in 0..40 {
            learn(&mut delay, now + second * 1_000_000, 1, &[0, 10]);
            let target = delay.target(FLOOR);
            assert!(target <= last && last - target <= Duration::from_millis(31), "{last:?} to {target:?}");
            last = target;
        }
        assert_eq!(last, FLOOR);
    }

    #[test]
    fn a_drifting_clock_is_followed_in_speech_and_over_a_silence() {
        // 300 ppm: 3 ms in 10 s.
        for sign in [1i64, -1] {
            let mut delay = Delay::default();
            let lag = |now: u64| 5_000_000 + sign * now as i64 * 300 / 1_000_000;
            for now in (0..600_000_000).step_by(60_000) {
                delay.arrived(lag(now), USUAL, Time(now));
                assert!((lag(now) - delay.base().unwrap()).abs() <= 6_000);
                assert_eq!(delay.target(FLOOR), FLOOR);
            }
            let now = 3_600_000_000;
            delay.assume(lag(now), Time(now));
            delay.arrived(lag(now), USUAL, Time(now));
            assert_eq!(delay.base(), Some(lag(now)));
            assert_eq!(delay.target(FLOOR), FLOOR);
        }
    }

    #[test]
    fn a_line_that_stood_still_once_is_not_waited_for() {
        let mut delay = Delay::default();
        let now = learn(&mut delay, 0, 10, &[0, 3]);
        // Four seconds of packets come at once, and then all is as before.
        for i in 0..66 {
            delay.arrived(5_000_000 + 4_000_000 - i * 60_000, USUAL, Time(now + 4_000_000));
        }
        assert_eq!(delay.target(FLOOR), FLOOR);
        learn(&mut delay, now + 4_060_000, 10, &[0, 3]);
        assert_eq!((delay.target(FLOOR), delay.stalled), (FLOOR, None));
        // A line that is that slow from now on is learnt: as a longer way.
        learn(&mut delay, now + 14_060_000, 30, &[1_500]);
        assert_eq!((delay.base(), delay.target(FLOOR)), (Some(6_500_000), FLOOR));
    }

    #[test]
    fn hostile_lags_stay_within_the_cap() {
        let mut delay = Delay::default();
        for (i, lag) in [0, i64::MAX / 4, i64::MIN / 4, 7, i64::MAX / 4].into_iter().enumerate() {
            delay.arrived(lag, USUAL, Time(i as u64 * 11_000_000));
            assert!(delay.target(FLOOR) <= CAP);
        }
    }
}
