//! When a relay from which nothing more comes is asked for a sign of life.

use std::time::{Duration, Instant};

/// So long after the relay has said anything it is asked again and again. Later a line on which nobody says anything isn't worth a
/// packet a second each way: what shows the relay that its member is there shows whether the line lives, too.
const LATELY: Duration = Duration::from_secs(10);

/// For this long a line may get another port at any moment: from its beginning on, and after the relay has seen another one. Some
/// routers give one every few seconds.
const RESTLESS: Duration = Duration::from_secs(60);
/// On such a line this long without a packet, where voice came before, may mean that the relay sends to a port of before.
const BRIEF: Duration = Duration::from_millis(160);
/// How often such a line is looked at, and any other.
const OFTEN: Duration = Duration::from_millis(40);
const SELDOM: Duration = Duration::from_millis(500);

/// Whether a router may have given a line another port. Whoever only listens sends little by which the relay would learn it.
pub(super) struct Restless {
    until: Instant,
    /// How often the relay has asked whether an address is ours.
    challenges: u64,
    packets: u64,
    came: Instant,
    /// Datagrams that had come, and whether the relay was asked since the last of them.
    datagrams: u64,
    asked: bool,
}

impl Restless {
    /// Of a new line.
    pub(super) fn new(now: Instant) -> Self {
        Self { until: now + RESTLESS, challenges: 0, packets: 0, came: now, datagrams: 0, asked: true }
    }

    /// How soon to look again.
    pub(super) fn look_after(&self, now: Instant) -> Duration {
        if now < self.until { OFTEN } else { SELDOM }
    }

    /// Whether the relay is to be asked for a sign of life, which shows it where we are: once in each pause.
    pub(super) fn look(&mut self, packets: u64, datagrams: u64, challenges: u64, now: Instant) -> bool {
        if std::mem::replace(&mut self.challenges, challenges) != challenges {
            self.until = now + RESTLESS;
        }
        if std::mem::replace(&mut self.packets, packets) != packets {
            self.came = now;
        }
        self.asked &= std::mem::replace(&mut self.datagrams, datagrams) == datagrams;
        let ask = now < self.until && !self.asked && now.duration_since(self.came) >= BRIEF;
        self.asked |= ask;
        ask
    }
}

/// What has come over a line, looked at now and then.
pub(super) struct Lull {
    /// Packets that had come at the last look, and whether any had come then.
    packets: u64,
    comes: bool,
    /// The same of what was said in them, beyond that something has come; and when something was said last.
    said: u64,
    said_at: Instant,
}

impl Lull {
    /// Of a new line.
    pub(super) fn new(now: Instant) -> Self {
        Self { packets: 0, comes: false, said: 0, said_at: now }
    }

    /// Whether the relay is to be asked: so many packets have come, with so many messages and datagrams, and no longer do. Perhaps
    /// nobody speaks, or the line is dead.
    pub(super) fn look(&mut self, packets: u64, said: u64, now: Instant) -> bool {
        if std::mem::replace(&mut self.said, said) != said {
            self.said_at = now;
        }
        let comes = std::mem::replace(&mut self.packets, packets) != packets;
        let stopped = std::mem::replace(&mut self.comes, comes) && !comes;
        stopped && now.duration_since(self.said_at) <= LATELY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Duration = Duration::from_millis(500);

    /// How often the relay is asked in a minute after it has said `said` things, one each half second, if it answers what it's asked.
    fn asked(said: u64) -> u32 {
        let mut now = Instant::now();
        let (mut lull, mut packets, mut asked, mut waits) = (Lull::new(now), 0, 0, false);
        for n in 1..=120 {
            now += LOOK;
            packets += u64::from(n <= said) + u64::from(std::mem::take(&mut waits));
            waits = lull.look(packets, n.min(said), now);
            asked += u32::from(waits);
        }
        asked
    }

    #[test]
    fn a_relay_that_falls_silent_is_asked_at_once_and_for_a_while() {
        let now = Instant::now();
        let mut lull = Lull::new(now);
        let asks: Vec<bool> = [3, 6, 6, 6].iter().zip(1..).map(|(n, at)| lull.look(*n, *n, now + LOOK * at)).collect();
        assert_eq!(asks, [false, false, true, false], "once, as long as nothing comes");
        assert_eq!(asked(60), 10);
    }

    /// How often the relay is asked, within seconds from the beginning, where a voice of packets each 60 ms has a pause of 200 ms
    /// after each half second. The relay asks who we are at `moves`.
    fn asked_in_pauses(seconds: std::ops::Range<u64>, moves: u64) -> u64 {
        let begin = Instant::now();
        let (mut restless, mut packets, mut asked) = (Restless::new(begin), 0, 0);
        for ms in (0..seconds.end * 1000).step_by(20) {
            packets += u64::from(ms % 700 < 500 && ms % 60 == 0);
            let challenges = u64::from(ms / 1000 >= moves);
            let now = begin + Duration::from_millis(ms);
            asked += u64::from(restless.look(packets, packets, challenges, now) && ms / 1000 >= seconds.start);
        }
        asked
    }

    #[test]
    fn a_line_that_moved_lately_asks_once_in_each_pause() {
        assert_eq!(asked_in_pauses(0..7, 1000), 10);
        assert_eq!(asked_in_pauses(61..100, 1000), 0, "it has stayed where it was");
        assert_eq!(asked_in_pauses(200..207, 190), 10);
    }

    #[test]
    fn a_relay_that_has_nothing_to_say_is_left_alone() {
        let now = Instant::now();
        let mut lull = Lull::new(now);
        // What it acknowledges comes every few seconds.
        let asks = (1..1000).filter(|n| lull.look(n / 5, 0, now + LOOK * *n as u32));
        assert!(asks.count() <= 20 / 5);
    }
}
