//! What did not come over a hop, and when to ask for it again.
//!
//! These are the generic NACKs of RFC 4585: a number, and a mask of the 16 after it. What is missing is known from the numbers of
//! what comes or, where nothing more comes, from the time at which it should have. It is asked for at once, and again after a
//! round trip, as long as it can still be heard. So repair costs what is lost; repeating unasked also costs what isn't. It
//! departs from RFC 4585 in that a NACK isn't delayed for others to send it, and is sent twice where the hop loses enough.

use std::collections::VecDeque;
use std::time::Duration;

use crate::ids::{SendStamp, Time};

/// A longer gap is an interruption, not a loss: it is filled in another way ([`super::Backfill`]).
const GAP: u16 = 16;
/// What comes up to this far behind the newest was overtaken.
const LATE: u16 = 24;
/// Most numbers that are missing at a time.
const MOST: usize = 16;
/// How often a number is asked for, and for how long after it was missed.
const TRIES: u8 = 6;
const PATIENCE: Duration = Duration::from_millis(450);
/// Over a line with a longer round trip nobody waits for an answer.
pub(super) const WORTH: Duration = Duration::from_millis(300);
/// Up to this round trip an answer is always worth waiting for; up to a longer one only where more is lost, 40 ms for each
/// hundredth.
const SHORT: Duration = Duration::from_millis(150);
const WORTH_A_SHARE: Duration = Duration::from_millis(4_000);
/// Over a hop that loses at least this share a NACK is sent twice, this far apart, and answered twice: both are lost as easily as
/// what is asked for.
pub(super) const TWICE_FROM: f64 = 0.02;
const TWICE_AFTER: Duration = Duration::from_millis(15);
/// Where gaps are this many times as long as chance makes them, the second NACK, and with it another answer, is that much later:
/// what is lost in a row takes with it what is sent in a row.
const IN_A_ROW: f64 = 1.5;
const FARTHER: Duration = Duration::from_millis(35);
/// A NACK within this time after an answer is the same one, sent twice.
pub const ONCE: Duration = Duration::from_millis(25);
/// After so many in a row without an answer nothing is asked for during this rest.
const UNANSWERED: u8 = 12;
const REST: Duration = Duration::from_secs(10);
/// A datagram is missed when it is late by this and three times the jitter, or later than those that were overtaken lately; that is
/// forgotten by one part in so many with each datagram.
const SLACK: Duration = Duration::from_millis(12);
const FORGET_OVERTAKEN: u32 = 500;
/// Only where nothing was answered for this long either, an end that doesn't answer is taken for deaf.
const DEAF: Duration = Duration::from_secs(3);
/// No copy comes more datagrams later than this.
const FARTHEST: u16 = 4;
/// How many datagrams in a row are guessed to be missing where nothing comes.
const GUESSES: u8 = 3;
/// From one datagram of a voice to the next.
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_millis(120);

struct Missing {
    number: u16,
    since: Time,
    due: Time,
    asked: Option<Time>,
    tries: u8,
    /// The first of two NACKs has been sent.
    twice: bool,
}

/// What is asked for over one hop.
pub struct NackTracker {
    /// The numbers are modulo one more than this.
    mask: u16,
    newest: Option<u16>,
    missing: VecDeque<Missing>,
    /// The newest that has come, and when it left; and how long after it the next one leaves.
    last: (u16, SendStamp),
    interval: Duration,
    /// When the next is missed.
    expected: Time,
    guesses: u8,
    jitter: Duration,
    rtt: Duration,
    /// Up to which round trip an answer is worth waiting for.
    worth: Duration,
    /// How long after its time a copy of what is missing comes by itself; zero where none does.
    copy_after: Duration,
    /// Whether NACKs are sent twice, and how far apart.
    twice: bool,
    apart: Duration,
    unanswered: u8,
    /// When an answer came last, or the first of those in a row was asked for in vain.
    answer: Option<Time>,
    rest: Time,
    /// How long what was missed took to come by itself after all.
    overtaken: Duration,
}

impl NackTracker {
    /// For numbers of `bits` bits, `7..=16`.
    pub fn new(bits: u32) -> Self {
        Self {
            mask: u16::MAX >> 16_u32.saturating_sub(bits).min(9),
            newest: None,
            missing: VecDeque::new(),
            last: (0, SendStamp::default()),
            interval: LONGEST / 2,
            expected: Time::NEVER,
            guesses: 0,
            jitter: Duration::ZERO,
            rtt: Duration::from_millis(100),
            worth: SHORT,
            copy_after: Duration::ZERO,
            twice: false,
            apart: TWICE_AFTER,
            unanswered: 0,
            answer: None,
            rest: Time(0),
            overtaken: Duration::ZERO,
        }
    }

    /// The round trip of the line, where it is known.
    pub fn set_rtt(&mut self, rtt: Duration) {
        if !rtt.is_zero() {
            self.rtt = rtt;
        }
    }

    /// The round trip that is counted on.
    pub(super) fn rtt(&self) -> Duration {
        self.rtt
    }

    /// The hop loses this share, `0.0..=1.0`, in gaps that are `burstiness` times as long as chance makes them.
    pub fn set_loss(&mut self, loss: f64, burstiness: f64) {
        self.apart = if burstiness >= IN_A_ROW { FARTHER } else { TWICE_AFTER };
        self.twice = loss >= TWICE_FROM;
        self.worth = WORTH_A_SHARE.mul_f64(loss.clamp(0.0, 1.0)).clamp(SHORT, WORTH);
    }

    /// What is missing comes again by itself with the datagram that is so many behind it; 0 if it doesn't. It is asked for only if
    /// that is missing too.
    pub fn set_copies(&mut self, distance: u16) {
        self.copy_after = self.interval * distance.min(FARTHEST).into();
    }

    /// What was missing with this number came behind another.
    pub fn copied(&mut self, number: u16) {
        self.came(number & self.mask);
    }

    /// All that was missing up to this number came behind others.
    pub fn copied_up_to(&mut self, number: u16) {
        let mask = self.mask;
        self.missing.retain(|missing| number.wrapping_sub(missing.number) & mask > mask / 2);
    }

    /// How much later than its time something comes that was asked for `tries` times; `None` where nothing is asked for.
    pub fn repair_time(&self, tries: u32, jitter: Duration) -> Option<Duration> {
        let again = (self.rtt + self.rtt / 4 + SLACK) * tries.saturating_sub(1);
        (self.rtt <= self.worth).then(|| SLACK + jitter * 3 + again + self.rtt)
    }

    /// The datagram with this number came, which left at `stamp`. `open`: more follows soon. `jitter`: how unevenly they come.
    pub fn arrived(&mut self, number: u16, stamp: SendStamp, open: bool, jitter: Duration, now: Time) {
        self.jitter = jitter;
        let number = number & self.mask;
        let newest = *self.newest.get_or_insert(number.wrapping_sub(1) & self.mask);
        let step = number.wrapping_sub(newest) & self.mask;
        // What was guessed to be missing, and only takes longer, tells how long.
        if number.wrapping_sub(self.last.0) & self.mask == 1 {
            self.learn(stamp);
        }
        if number.wrapping_sub(self.last.0) & self.mask <= self.mask / 2 {
            self.last = (number, stamp);
        }
        self.overtaken -= self.overtaken / FORGET_OVERTAKEN;
        if newest.wrapping_sub(number) & self.mask <= LATE {
            let missing = self.came(number);
            if step != 0 {
                // Answers come another way: it was overtaken.
                let late = missing.map_or(Duration::ZERO, |missing| now.since(missing.since) + SLACK);
                self.overtaken = self.overtaken.max(late);
                return;
            }
        } else if step > GAP {
            self.missing.clear();
        } else {
            let uneven = jitter * 3;
            for missed in 1..step {
                let copy = (self.copy_after + uneven).saturating_sub(self.interval * u32::from(step - missed));
                let wait = uneven.saturating_sub(self.interval).max(self.overtaken);
                let wait = if self.copy_after.is_zero() { wait } else { wait.max(copy + SLACK) };
                self.miss(newest.wrapping_add(missed) & self.mask, now + wait, now);
            }
        }
        (self.newest, self.guesses) = (Some(number), 0);
        self.expected = if open { now + self.interval + SLACK + jitter * 3 } else { Time::NEVER };
    }

    /// How long after one datagram the next leaves.
    pub fn interval(&self) -> Duration {
        self.interval
    }

    /// Nothing more is expected for now, and nothing is asked for.
    pub fn stop(&mut self) {
        self.missing.clear();
        self.expected = Time::NEVER;
    }

    /// Learns how long after this one the next leaves: a longer time at once, a shorter one by and by.
    fn learn(&mut self, stamp: SendStamp) {
        let passed = stamp.since(self.last.1);
        // A longer time is a pause, and a shorter one the beginning of a spurt.
        if passed > LONGEST + SHORTEST || passed < SHORTEST / 2 {
            return;
        }
        let passed = passed.clamp(SHORTEST, LONGEST);
        self.interval = if passed > self.interval { passed } else { self.interval - (self.interval - passed) / 4 };
    }

    /// An answer came with the datagram of this number.
    pub fn answered(&mut self, number: u16, now: Time) {
        let Some(missing) = self.came(number & self.mask) else { return };
        (self.unanswered, self.answer) = (0, Some(now));
        if let Some(asked) = missing.asked.filter(|_| missing.tries == 1) {
            self.rtt = (self.rtt * 3 + now.since(asked)) / 4;
        }
    }

    fn came(&mut self, number: u16) -> Option<Missing> {
        let at = self.missing.iter().position(|missing| missing.number == number)?;
        self.missing.remove(at)
    }

    fn miss(&mut self, number: u16, due: Time, now: Time) {
        if self.missing.len() >= MOST {
            self.missing.pop_front();
        }
        self.missing.push_back(Missing { number, since: now, due, asked: None, tries: 0, twice: false });
    }

    /// When [`NackTracker::ask`] is due.
    pub fn due(&self) -> Time {
        self.missing.iter().map(|missing| missing.due).min().unwrap_or(Time::NEVER).min(self.expected)
    }

    /// The numbers to ask for now: the first, and a mask of the 16 after it; `None` if there are none.
    pub fn ask(&mut self, now: Time) -> Option<(u16, u16)> {
        while self.expected <= now {
            self.guess(now);
        }
        let given_up = |missing: &Missing| missing.tries >= TRIES || now.since(missing.since) >= PATIENCE;
        let before = self.missing.len();
        let silent = self.missing.iter().filter(|missing| given_up(missing) && missing.tries > 0).count();
        self.missing.retain(|missing| !given_up(missing));
        if before > self.missing.len() && silent > 0 {
            self.unanswered = self.unanswered.saturating_add(silent as u8);
            let since = *self.answer.get_or_insert(now);
            if self.unanswered >= UNANSWERED && now.since(since) >= DEAF {
                (self.unanswered, self.answer, self.rest) = (0, None, now + REST);
            }
        }
        if self.rtt > self.worth || now < self.rest {
            self.missing.clear();
            return None;
        }
        let again = now + self.rtt + self.rtt / 4 + SLACK;
        let (mask, twice, apart, mut first, mut more) = (self.mask, self.twice, self.apart, None, 0);
        for missing in self.missing.iter_mut().filter(|missing| missing.due <= now) {
            let after = missing.number.wrapping_sub(*first.get_or_insert(missing.number)) & mask;
            if after > 16 {
                continue;
            }
            if after > 0 {
                more |= 1 << (after - 1);
            }
            if twice && !missing.twice {
                (missing.due, missing.twice) = (now + apart, true);
            } else {
                (missing.due, missing.twice, missing.tries) = (again, false, missing.tries + 1);
            }
            missing.asked.get_or_insert(now);
        }
        first.map(|first| (first, more))
    }

    /// The next datagram should have come by now.
    fn guess(&mut self, now: Time) {
        let Some(newest) = self.newest.filter(|_| self.guesses < GUESSES) else {
            self.expected = Time::NEVER;
            return;
        };
        let next = newest.wrapping_add(1) & self.mask;
        self.guesses += 1;
        self.newest = Some(next);
        self.expected = self.expected + self.interval;
        self.miss(next, now + self.copy_after, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Duration = Duration::ZERO;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    fn stamp(ms: u64) -> SendStamp {
        SendStamp::at(at(ms))
    }

    /// Sends a packet each 60 ms from 0 on, each 50 ms on the way, without those that are lost. Gives what is asked for, and when.
    fn run(nack: &mut NackTracker, of: u64, lost: &[u64], jitter: Duration) -> Vec<(u64, u16, u16)> {
        run_every(60, nack, of, lost, jitter)
    }

    fn run_every(every: u64, nack: &mut NackTracker, of: u64, lost: &[u64], jitter: Duration) -> Vec<(u64, u16, u16)> {
        let mut asked = vec![];
        for ms in 0..of * every + 400 {
            if nack.due() <= at(ms)
                && let Some((first, more)) = nack.ask(at(ms))
            {
                asked.push((ms, first, more));
            }
            if ms >= 50 && (ms - 50) % every == 0 {
                let number = (ms - 50) / every;
                if number < of && !lost.contains(&number) {
                    nack.arrived(number as u16, stamp(number * every), number + 1 < of, jitter, at(ms));
                }
            }
        }
        asked
    }

    #[test]
    fn what_is_lost_is_asked_for_when_late_and_a_round_trip_later() {
        let mut nack = NackTracker::new(16);
        nack.set_rtt(Duration::from_millis(80));
        let asked = run(&mut nack, 30, &[10], EVEN);
        // It should have come at 650; stamps are exact to 8 ms.
        assert!((662..670).contains(&asked[0].0) && asked[0].1 == 10, "{asked:?}");
        assert!(asked[1].0 - asked[0].0 >= 100 && asked.len() <= usize::from(TRIES), "{asked:?}");
    }

    #[test]
    fn what_comes_again_as_a_copy_is_not_asked_for() {
        // Each packet of 20 ms has copies in the next two; some are lost, and once three in a row.
        let mut nack = NackTracker::new(16);
        let (lost, mut asked) = ([10, 20, 21, 30, 31, 32], vec![]);
        for ms in 0..1200 {
            if nack.due() <= at(ms)
                && let Some((first, more)) = nack.ask(at(ms))
            {
                asked.push((first, more));
            }
            let number = ms / 20;
            if ms % 20 == 0 && !lost.contains(&number) {
                nack.set_copies(1);
                nack.arrived(number as u16, stamp(ms), number < 59, EVEN, at(ms));
                (1..=2.min(number)).for_each(|back| nack.copied((number - back) as u16));
            }
        }
        // 10 came with the next; the nearest copies of 20, 30 and 31 were lost too.
        assert!(asked.iter().any(|(first, _)| *first == 30), "{asked:?}");
        assert!(asked.iter().all(|(first, _)| [20, 30, 31].contains(first)), "{asked:?}");
        nack.miss(40, at(2000), at(2000));
        nack.copied_up_to(41);
        assert_eq!(nack.due(), Time::NEVER);
        // A distance that nobody sends puts nothing off for long.
        nack.set_copies(u16::MAX);
        assert!(nack.copy_after <= LONGEST * u32::from(FARTHEST));
    }

    #[test]
    fn an_answer_ends_it_and_tells_the_round_trip() {
        let mut nack = NackTracker::new(7);
        nack.arrived(126, stamp(0), true, EVEN, at(0));
        nack.arrived(1, stamp(180), true, EVEN, at(180));
        assert_eq!(nack.ask(at(180)), Some((127, 1)));
        nack.answered(127, at(250));
        nack.answered(0, at(250));
        assert_eq!(nack.due(), at(180) + nack.interval + SLACK);
        assert!((nack.rtt.as_millis()).abs_diff(87) < 5, "{:?}", nack.rtt);
    }

    #[test]
    fn nothing_is_asked_for_where_nothing_is_lost() {
        let mut nack = NackTracker::new(16);
        assert_eq!(run(&mut nack, 200, &[], EVEN), []);
        // How far apart they leave is learnt, though the first seem to be late.
        for (every, first) in [(20, 0), (60, 0), (120, 4)] {
            let asked = run_every(every, &mut NackTracker::new(16), 200, &[], EVEN);
            assert!(asked.len() <= first, "{every}: {asked:?}");
        }
    }

    #[test]
    fn the_end_of_a_spurt_that_was_lost_is_missed_too() {
        let asked = run(&mut NackTracker::new(16), 20, &[19], EVEN);
        assert!((1202..1210).contains(&asked[0].0) && asked[0].1 == 19, "{asked:?}");
        // Guesses end by themselves.
        assert!(asked.iter().all(|(_, first, _)| *first < 19 + u16::from(GUESSES)), "{asked:?}");
    }

    #[test]
    fn what_is_only_overtaken_is_waited_for() {
        let mut nack = NackTracker::new(16);
        let jitter = Duration::from_millis(30);
        nack.arrived(1, stamp(60), true, jitter, at(60));
        nack.arrived(2, stamp(120), true, jitter, at(120));
        nack.arrived(4, stamp(240), true, jitter, at(200));
        assert!(nack.due() > at(220));
        nack.arrived(3, stamp(180), true, jitter, at(225));
        assert_eq!(nack.ask(at(280)), None);
    }

    #[test]
    fn what_is_overtaken_as_usual_is_not_asked_for() {
        // Few are overtaken, so the mean jitter says little; but those that are come 200 ms late.
        let (mut nack, jitter) = (NackTracker::new(16), Duration::from_millis(15));
        nack.set_rtt(Duration::from_millis(80));
        let way = |number: u64| if number % 20 == 19 { 250 } else { 50 };
        let mut came: Vec<(u64, u64)> = (0..200).map(|number| (number * 60 + way(number), number)).collect();
        came.sort_unstable();
        let mut asked = vec![];
        for ms in 0..200 * 60 + 300 {
            if nack.due() <= at(ms) && nack.ask(at(ms)).is_some() {
                asked.push(ms);
            }
            for (_, number) in came.iter().filter(|(at, _)| *at == ms) {
                nack.arrived(*number as u16, stamp(number * 60), false, jitter, at(ms));
            }
        }
        assert!(asked.len() <= 4 && asked.iter().all(|ms| *ms < 3000), "{asked:?}");
    }

    #[test]
    fn an_end_is_deaf_only_after_seconds_without_an_answer() {
        let mut nack = NackTracker::new(16);
        nack.set_rtt(Duration::from_millis(80));
        // A burst of twelve, of which nothing comes back, and then one more that is missing.
        nack.arrived(0, stamp(0), false, EVEN, at(0));
        nack.arrived(13, stamp(780), false, EVEN, at(780));
        (780..1500).for_each(|ms| _ = nack.ask(at(ms)));
        nack.arrived(15, stamp(1500), false, EVEN, at(1500));
        assert_eq!(nack.ask(at(1520)), Some((14, 0)));
    }

    #[test]
    fn long_lines_deaf_senders_and_interruptions_are_not_asked() {
        let mut long = NackTracker::new(16);
        long.set_rtt(Duration::from_millis(600));
        assert_eq!(run(&mut long, 50, &[10, 20, 30], EVEN), []);
        let mut deaf = NackTracker::new(16);
        let lost: Vec<u64> = (0..400).filter(|n| n % 4 == 3).collect();
        let asked = run(&mut deaf, 400, &lost, EVEN);
        assert!(asked.len() < 250, "{}", asked.len());
        let mut hole = NackTracker::new(16);
        hole.arrived(1, stamp(0), true, EVEN, at(0));
        hole.arrived(100, stamp(72), true, EVEN, at(6000));
        assert_eq!(hole.ask(at(6010)), None);
    }

    #[test]
    fn whatever_comes_the_missing_have_a_bound() {
        for bits in [7, 16] {
            let mut nack = NackTracker::new(bits);
            for n in 0..20_000_u64 {
                nack.arrived((n * 7919 % 65_536) as u16, stamp(n * 8), n % 3 > 0, EVEN, at(n * 5));
                let _ = nack.ask(at(n * 5 + n % 50));
                assert!(nack.missing.len() <= MOST);
            }
        }
    }
}
