//! When a relay from which nothing more comes is asked for a sign of life.

use std::time::{Duration, Instant};

/// So long after the relay has said anything it is asked again and again. Later a line on which nobody says anything isn't worth a
/// packet a second each way: what shows the relay that its member is there shows whether the line lives, too.
const LATELY: Duration = Duration::from_secs(10);

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

    #[test]
    fn a_relay_that_has_nothing_to_say_is_left_alone() {
        let now = Instant::now();
        let mut lull = Lull::new(now);
        // What it acknowledges comes every few seconds.
        let asks = (1..1000).filter(|n| lull.look(n / 5, 0, now + LOOK * *n as u32));
        assert!(asks.count() <= 20 / 5);
    }
}
