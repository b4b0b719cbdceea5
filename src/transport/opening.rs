//! When the first datagram of a connection is sent again, and when the relay is asked for its answer again.
//!
//! It leaves twice within a moment, since either may be lost; on 16 kbps the second has left before there is anything else to
//! send. Pings behind them ([`super::ping`]) tell what was lost. Only that is sent again. Where no answer comes either, a line may
//! be narrow, so long packets wait. Pure: it is told the time since the first datagram, and what has come.

use std::time::Duration;

/// How soon the first datagram leaves for the second time.
const TWICE: Duration = Duration::from_millis(50);
/// When pings leave, in milliseconds, as long as none is answered; after the last, every [`PING_EVERY`].
const PINGS_AT: [u64; 7] = [0, 50, 150, 300, 500, 750, 1000];
const PING_EVERY: Duration = Duration::from_millis(500);
/// From a ping to its answer, where that isn't known.
const ROUND_TRIP: Duration = Duration::from_millis(150);
/// How often in a row the relay is asked for its answer, before the first datagram is sent again as well: a relay may send an
/// address only three times as much as has come from it.
const AGAIN_IN_A_ROW: u32 = 2;
/// How often at most the relay is asked for its answer again.
const AGAIN_EVERY: Duration = Duration::from_millis(60);
/// Without any answer the first datagram is sent again after this long, and then as often. On 16 kbps its answer takes 1.4 s.
const BLIND: Duration = Duration::from_millis(1500);
/// What an answer may be behind that of a ping that was sent after it: jitter.
const OVERTAKEN: Duration = Duration::from_millis(15);
/// After this many pings the relay is not asked any more. QUIC goes on by itself.
const PINGS: usize = 200;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Send the first datagram again.
    Initial,
    /// Send the ping with this number.
    Ping(u8),
    /// Send the ping with this number, which asks for the answer again.
    Again(u8),
    /// Nothing until then.
    Wait(Duration),
}

/// A connection that has sent its first datagram, and has no answer to it.
#[derive(Debug, Default)]
pub(super) struct Opening {
    /// When each ping was sent.
    pings: Vec<Duration>,
    /// When the first datagram was sent again, and how many pings had been sent by then.
    last_initial: Duration,
    pings_before: usize,
    initials: u32,
    /// A ping is due behind what was just sent.
    ping_behind: bool,
    /// The shortest time in which a ping was answered.
    round_trip: Option<Duration>,
    /// The relay has got the first datagram, and when its answer is to be asked for.
    begun: Option<Duration>,
    /// How often in a row it was asked for.
    asked: u32,
    /// The relay said that it has not got it.
    missing: bool,
}

impl Opening {
    /// The first datagram has just left.
    pub(super) fn new() -> Self {
        Self { ping_behind: true, initials: 1, ..Self::default() }
    }

    /// What to do at this time since the first datagram.
    pub(super) fn next(&mut self, now: Duration) -> Step {
        if self.pings.len() >= PINGS {
            return Step::Wait(now + BLIND);
        }
        if std::mem::take(&mut self.ping_behind) {
            return Step::Ping(self.ping(now));
        }
        if let Some(due) = self.begun {
            if due > now {
                return Step::Wait(due);
            }
            if self.asked >= AGAIN_IN_A_ROW {
                self.asked = 0;
                return Step::Initial;
            }
            self.asked += 1;
            self.begun = Some(now + self.patience());
            return Step::Again(self.ping(now));
        }
        let initial_due = if self.initials < 2 { TWICE } else { self.last_initial + BLIND };
        if std::mem::take(&mut self.missing) || initial_due <= now {
            (self.last_initial, self.pings_before) = (now, self.pings.len());
            self.initials += 1;
            self.ping_behind = true;
            return Step::Initial;
        }
        let later = || self.pings.last().map_or(now, |last| *last + PING_EVERY);
        let ping_due = PINGS_AT.get(self.pings.len()).map_or_else(later, |at| Duration::from_millis(*at));
        if ping_due <= now {
            return Step::Ping(self.ping(now));
        }
        Step::Wait(initial_due.min(ping_due))
    }

    /// The relay answers a ping: whether it has got the first datagram.
    pub(super) fn answered(&mut self, number: u8, begun: bool, now: Duration) {
        // Numbers go round; the newest ping with that number is meant.
        let Some(at) = (0..self.pings.len()).rev().find(|at| *at as u8 == number) else { return };
        let took = now.saturating_sub(self.pings[at]);
        self.round_trip = Some(self.round_trip.map_or(took, |least| least.min(took)));
        if begun {
            self.begun.get_or_insert(now + OVERTAKEN + took / 8);
        } else if self.begun.is_none() && at >= self.pings_before {
            // It was sent behind the last copy, and came without it.
            self.missing = true;
        }
    }

    /// The time from a packet to its answer, as far as it is known, at the time when the relay's answer came.
    pub(super) fn round_trip(&self, now: Duration) -> Duration {
        self.round_trip.unwrap_or(now)
    }

    fn ping(&mut self, now: Duration) -> u8 {
        self.pings.push(now);
        (self.pings.len() - 1) as u8
    }

    fn patience(&self) -> Duration {
        let round_trip = self.round_trip.unwrap_or(ROUND_TRIP);
        (round_trip + round_trip / 4 + OVERTAKEN).max(AGAIN_EVERY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// What is sent until then, and when.
    fn sent(opening: &mut Opening, from: Duration, until: Duration) -> Vec<(u64, Step)> {
        let (mut now, mut all) = (from, Vec::new());
        while now < until {
            match opening.next(now) {
                Step::Wait(then) => now = then,
                step => all.push((now.as_millis() as u64, step)),
            }
        }
        all
    }

    #[test]
    fn nothing_long_follows_two_first_packets_where_nothing_answers() {
        let all = sent(&mut Opening::new(), ms(0), ms(1490));
        let initials = all.iter().filter(|(_, step)| *step == Step::Initial).map(|(at, _)| *at);
        assert_eq!(initials.collect::<Vec<_>>(), [50]);
        assert_eq!(all.len(), 8, "{all:?}");
        assert_eq!(all[..3], [(0, Step::Ping(0)), (50, Step::Initial), (50, Step::Ping(1))]);
        let later = sent(&mut Opening::new(), ms(0), ms(600_000));
        assert!(later.len() < 2 * PINGS, "it has an end: {}", later.len());
    }

    #[test]
    fn a_first_packet_known_to_be_lost_is_sent_again_at_once() {
        let mut opening = Opening::new();
        sent(&mut opening, ms(0), ms(80));
        opening.answered(0, false, ms(80));
        assert_eq!(sent(&mut opening, ms(80), ms(100)), [], "the second may still come");
        opening.answered(1, false, ms(130));
        assert_eq!(sent(&mut opening, ms(130), ms(140)), [(130, Step::Initial), (130, Step::Ping(2))]);
        opening.answered(1, false, ms(150));
        assert_eq!(sent(&mut opening, ms(150), ms(160)), [], "an old ping says nothing of a new packet");
    }

    #[test]
    fn an_answer_that_is_known_to_be_lost_is_asked_for_again() {
        let mut opening = Opening::new();
        sent(&mut opening, ms(0), ms(80));
        opening.answered(0, true, ms(80));
        assert_eq!(opening.round_trip(ms(80)), ms(80));
        let credit = [(335, Step::Initial), (335, Step::Again(4))];
        assert_eq!(
            sent(&mut opening, ms(80), ms(340)),
            [[(105, Step::Again(2)), (220, Step::Again(3))], credit].concat()
        );
        opening.answered(99, true, ms(341));
        assert_eq!(opening.round_trip(ms(341)), ms(80), "no such ping was sent");
    }
}
