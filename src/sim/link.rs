//! One direction of a line with a bottleneck: when a packet arrives, if at all.
//!
//! The order of things is that of Linux's netem: a packet is lost or not, waits until the bottleneck has carried those before it
//! (or is dropped, because too many wait), and is then on its way for a time of its own, so that packets may overtake each
//! other. Pure: packets and `now` in, arrivals out; one seed gives one course of events.
//!
//! [`Gilbert`] and [`Bottleneck`] are its parts, and those of a member's line in [`super::network`].

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::Time;

/// What one direction of a line does to packets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Time on the way behind the bottleneck.
    pub delay: Duration,
    /// Each packet takes up to this much longer or shorter, evenly distributed, and at least no time.
    pub jitter: Duration,
    /// Share of packets that are lost independently, `0.0..=1.0`.
    pub loss: f64,
    /// Losses in a row besides.
    pub bursts: Option<Bursts>,
    /// Share of packets that come twice, `0.0..=1.0`.
    pub duplicate: f64,
    /// The bottleneck, if there is one.
    pub rate: Option<Rate>,
}

/// Losses in a row, after Gilbert: in the bad state every packet is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bursts {
    /// Odds that a packet is the first of a burst.
    pub begin: f64,
    /// Odds that the packet after a lost one is not lost; its inverse is the mean length of a burst.
    pub end: f64,
}

/// What a bottleneck carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Bits a second, at least 1.
    pub bits: u64,
    /// How many packets may wait, including the one that is being carried. What comes then is dropped.
    pub limit: usize,
}

impl Bursts {
    /// For a share lost below `1.0`, in rows of this mean length, at least `1.0`.
    pub fn of(loss: f64, length: f64) -> Self {
        Self { begin: loss / (length * (1.0 - loss)), end: 1.0 / length }
    }
}

/// Whether the last packet was lost, after Gilbert's model.
#[derive(Default)]
pub struct Gilbert {
    bad: bool,
}

impl Gilbert {
    /// Whether the next packet is lost, where `chance` was drawn from `0.0..1.0`.
    pub fn loses(&mut self, Bursts { begin, end }: Bursts, chance: f64) -> bool {
        let odds = if self.bad { 1.0 - end } else { begin };
        self.bad = chance < odds;
        self.bad
    }
}

impl Rate {
    fn takes(self, bytes: usize) -> Duration {
        Duration::from_nanos(bytes as u64 * 8_000_000_000 / self.bits.max(1))
    }
}

impl Setting {
    /// A line that adds nothing.
    pub const CLEAR: Self =
        Self { delay: Duration::ZERO, jitter: Duration::ZERO, loss: 0.0, bursts: None, duplicate: 0.0, rate: None };
}

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there at this moment.
    Arrives(Time),
    /// It is lost on the way.
    Lost,
    /// It is dropped before the bottleneck, where too many wait.
    Dropped,
}

/// One direction of a line.
pub struct Link {
    setting: Setting,
    rng: ChaCha20Rng,
    gilbert: Gilbert,
    bottleneck: Bottleneck,
}

impl Link {
    /// A line whose chances come from `rng`.
    pub fn new(setting: Setting, rng: ChaCha20Rng) -> Self {
        Self { setting, rng, gilbert: Gilbert::default(), bottleneck: Bottleneck::default() }
    }

    /// Changes the line. What is on its way stays so, and what waits for the bottleneck leaves it when it would have.
    pub fn set(&mut self, setting: Setting) {
        self.setting = setting;
    }

    /// What becomes of a packet of `bytes`, all layers from IP on counted, that is sent at `now`. Times never go back.
    pub fn send(&mut self, bytes: usize, now: Time) -> Fate {
        if self.loses() {
            return Fate::Lost;
        }
        let carried = match self.setting.rate {
            Some(rate) => self.bottleneck.pass(rate.takes(bytes), rate.limit, now),
            None => Some(now),
        };
        carried.map_or(Fate::Dropped, |carried| Fate::Arrives(carried + self.trip()))
    }

    /// Whether the next packet is sent twice. What becomes of each, [`Self::send`] says.
    pub fn duplicates(&mut self) -> bool {
        self.setting.duplicate > 0.0 && unit(&mut self.rng) < self.setting.duplicate
    }

    fn loses(&mut self) -> bool {
        let in_burst = match self.setting.bursts {
            Some(bursts) => self.gilbert.loses(bursts, unit(&mut self.rng)),
            None => {
                self.gilbert = Gilbert::default();
                false
            }
        };
        in_burst || unit(&mut self.rng) < self.setting.loss
    }

    fn trip(&mut self) -> Duration {
        let Setting { delay, jitter, .. } = self.setting;
        if jitter.is_zero() {
            return delay;
        }
        (delay + jitter.mul_f64(2.0 * unit(&mut self.rng))).saturating_sub(jitter)
    }
}

/// A number from `0.0` to below `1.0`.
pub(super) fn unit(rng: &mut ChaCha20Rng) -> f64 {
    f64::from(rng.next_u32()) / (f64::from(u32::MAX) + 1.0)
}

/// What waits before a bottleneck, which carries one packet after the other.
#[derive(Default)]
pub struct Bottleneck {
    /// When each of those that wait has been carried, in order.
    waiting: VecDeque<Time>,
}

impl Bottleneck {
    /// When a packet that comes at `now`, and takes this long to be carried, has passed; `None` if it is dropped, because `limit`
    /// wait already, including the one that is being carried. Times never go back.
    pub fn pass(&mut self, takes: Duration, limit: usize, now: Time) -> Option<Time> {
        self.forget(now);
        if self.waiting.len() >= limit {
            return None;
        }
        let free = self.waiting.back().copied().unwrap_or(now);
        let carried = free + takes;
        self.waiting.push_back(carried);
        Some(carried)
    }

    /// How long a packet that comes at `now` waits until it is its turn.
    pub fn wait(&mut self, now: Time) -> Duration {
        self.forget(now);
        self.waiting.back().map_or(Duration::ZERO, |free| free.since(now))
    }

    fn forget(&mut self, now: Time) {
        while self.waiting.front().is_some_and(|carried| *carried <= now) {
            self.waiting.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_core::SeedableRng;

    use super::*;

    const DELAY: Duration = Duration::from_millis(100);

    fn link(setting: Setting) -> Link {
        Link::new(setting, ChaCha20Rng::seed_from_u64(7))
    }

    fn ms(ms: u64) -> Time {
        Time(ms * 1000)
    }

    /// The fates of packets of 100 bytes, one each 20 ms.
    fn fates(link: &mut Link, count: u64) -> Vec<Fate> {
        (0..count).map(|n| link.send(100, ms(20 * n))).collect()
    }

    #[test]
    fn a_clear_line_adds_its_delay_and_nothing_else() {
        let mut link = link(Setting { delay: DELAY, ..Setting::CLEAR });
        let all = fates(&mut link, 100);
        assert!(all.iter().zip(0..).all(|(fate, n)| *fate == Fate::Arrives(ms(20 * n) + DELAY)));
    }

    #[test]
    fn jitter_is_even_around_the_delay_and_swaps_packets() {
        let jitter = Duration::from_millis(80);
        let mut line = link(Setting { delay: DELAY, jitter, ..Setting::CLEAR });
        let trips: Vec<i64> = (fates(&mut line, 20_000).iter().zip(0..))
            .map(|(fate, n)| match fate {
                Fate::Arrives(at) => at.0 as i64 - n * 20_000,
                _ => panic!("nothing is lost"),
            })
            .collect();
        let mean = trips.iter().sum::<i64>() / trips.len() as i64;
        let (least, most) = (trips.iter().min().expect("some"), trips.iter().max().expect("some"));
        assert!((mean - 100_000).abs() < 1500, "{mean}");
        assert!((20_000..21_000).contains(least) && (179_000..=180_000).contains(most), "{least} to {most}");
        assert!(trips.windows(2).any(|pair| pair[0] > pair[1] + 20_000), "one comes before another");
        // More jitter than delay: nothing arrives before it is sent.
        let mut odd = link(Setting { delay: Duration::from_millis(5), jitter, ..Setting::CLEAR });
        let early = fates(&mut odd, 1000)
            .iter()
            .zip(0..)
            .any(|(fate, n)| matches!(fate, Fate::Arrives(at) if *at < ms(20 * n)));
        assert!(!early);
    }

    #[test]
    fn losses_have_their_share_and_their_length() {
        let alone = Setting { loss: 0.2, ..Setting::CLEAR };
        let bursts = Setting { bursts: Some(Bursts { begin: 0.037, end: 0.333 }), ..Setting::CLEAR };
        let all = Setting { loss: 1.0, ..Setting::CLEAR };
        for (setting, share, length) in [(alone, 0.2, 1.25), (bursts, 0.1, 3.0)] {
            let lost: Vec<bool> = fates(&mut link(setting), 400_000).iter().map(|fate| *fate == Fate::Lost).collect();
            let count = lost.iter().filter(|lost| **lost).count() as f64;
            let runs = lost.windows(2).filter(|pair| !pair[0] && pair[1]).count() as f64;
            assert!((count / 400_000.0 - share).abs() < 0.01, "{count}");
            assert!((count / runs - length).abs() < 0.1, "{count} in {runs}");
        }
        assert!(fates(&mut link(all), 1000).iter().all(|fate| *fate == Fate::Lost));
    }

    #[test]
    fn a_share_of_packets_comes_twice() {
        let mut line = link(Setting { duplicate: 0.3, ..Setting::CLEAR });
        let twice = (0..10_000).filter(|_| line.duplicates()).count();
        assert!((2800..3200).contains(&twice), "{twice}");
        assert!(!link(Setting::CLEAR).duplicates());
    }

    #[test]
    fn a_bottleneck_carries_its_rate_and_drops_what_is_too_much() {
        // 16 kbps carry 100 bytes in 50 ms; 40 kbps are offered.
        let rate = Some(Rate { bits: 16_000, limit: 10 });
        let mut line = link(Setting { delay: DELAY, rate, ..Setting::CLEAR });
        let all = fates(&mut line, 1000);
        let arrivals: Vec<Time> =
            all.iter().filter_map(|fate| if let Fate::Arrives(at) = fate { Some(*at) } else { None }).collect();
        assert_eq!(arrivals[0], ms(150));
        assert!(
            arrivals.windows(2).all(|pair| pair[1].since(pair[0]) == Duration::from_millis(50)),
            "one after the other"
        );
        // 20 s of sending and a queue of ten at the end.
        assert_eq!(arrivals.len(), 400 + 9);
        assert_eq!(all.iter().filter(|fate| **fate == Fate::Dropped).count(), 1000 - arrivals.len());
        // The last that a nearly full queue takes waits for nine others.
        let longest = (all.iter().zip(0..)).filter_map(|(fate, n)| match fate {
            Fate::Arrives(at) => Some(at.since(ms(20 * n))),
            _ => None,
        });
        assert_eq!(longest.max(), Some(DELAY + Duration::from_millis(500)));
        // After a pause it is as it was at first.
        assert_eq!(line.send(100, ms(60_000)), Fate::Arrives(ms(60_150)));
    }

    #[test]
    fn a_queue_says_how_long_it_is() {
        let (mut queue, takes) = (Bottleneck::default(), Rate { bits: 8_000, limit: 3 }.takes(100));
        assert_eq!(queue.wait(ms(0)), Duration::ZERO);
        assert_eq!([(); 4].map(|()| queue.pass(takes, 3, ms(0))), [Some(ms(100)), Some(ms(200)), Some(ms(300)), None]);
        assert_eq!(queue.wait(ms(50)), Duration::from_millis(250));
        assert_eq!(queue.wait(ms(300)), Duration::ZERO);
    }

    #[test]
    fn a_line_changes_for_what_comes_after() {
        let mut line = link(Setting { delay: DELAY, ..Setting::CLEAR });
        assert_eq!(line.send(100, ms(0)), Fate::Arrives(ms(100)));
        line.set(Setting { loss: 1.0, ..Setting::CLEAR });
        assert_eq!(line.send(100, ms(10)), Fate::Lost);
        line.set(Setting::CLEAR);
        assert_eq!(line.send(100, ms(20)), Fate::Arrives(ms(20)));
    }

    #[test]
    fn a_seed_gives_one_course_of_events() {
        let setting = Setting { delay: DELAY, jitter: DELAY, loss: 0.3, ..Setting::CLEAR };
        assert_eq!(fates(&mut link(setting), 1000), fates(&mut link(setting), 1000));
    }
}
