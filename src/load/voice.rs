//! A voice whose packets say when they were said.

use std::time::{Duration, Instant};

use crate::adapt::{Plan, PlanChoice};
use crate::ids::Time;
use crate::member::Spoken;

/// How loud it is, of 7.
const LEVEL: u8 = 5;
/// The length that a packet's number counts in.
const TICK: Duration = Duration::from_millis(20);
/// A packet's time, in bytes.
const STAMP: usize = 8;

/// One who talks on and on.
pub(super) struct Voice {
    /// The next packet's number and when it is said.
    number: u32,
    due: Instant,
    until: Instant,
    packet: Duration,
    bytes: usize,
}

impl Voice {
    /// Talks from one moment to the other, a packet each `packet`: a multiple of 20 ms.
    pub(super) fn new(from: Instant, until: Instant, packet: Duration) -> Self {
        let rate = u128::from(Plan::from(PlanChoice::Auto).bitrate);
        let bytes = usize::try_from(rate * packet.as_millis() / 8000).unwrap_or(STAMP).max(STAMP);
        Self { number: 0, due: from, until, packet, bytes }
    }

    /// When there is more to be said.
    pub(super) fn due(&self) -> Option<Instant> {
        (self.due < self.until).then_some(self.due)
    }

    /// The next packet, said now. One that comes late does not make the others late.
    pub(super) fn say(&mut self, now: Time) -> Spoken {
        let ticks = self.packet.as_millis() / TICK.as_millis();
        let tick = u128::from(self.number) * ticks % 256;
        let mut packet = vec![0; self.bytes];
        packet[..STAMP].copy_from_slice(&now.0.to_le_bytes());
        let start = self.number == 0;
        self.number += 1;
        self.due += self.packet;
        let end = self.due >= self.until;
        Spoken { tick: tick as u8, level: LEVEL, start, end, packet, thin: None }
    }
}

/// When a packet was said.
pub(super) fn said(packet: &[u8]) -> Option<Time> {
    packet.first_chunk().map(|stamp| Time(u64::from_le_bytes(*stamp)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_keep_their_pace_and_say_their_time() {
        let (from, packet) = (Instant::now(), Duration::from_millis(60));
        let mut voice = Voice::new(from, from + 3 * packet, packet);
        let mut all = Vec::new();
        while let Some(due) = voice.due() {
            all.push((due - from, voice.say(Time(all.len() as u64 + 7))));
        }
        assert_eq!(all.iter().map(|(due, _)| *due).collect::<Vec<_>>(), [0, 1, 2].map(|n| n * packet));
        let heard = all.iter().map(|(_, said)| (said.tick, said.start, said.end, said.packet.len()));
        assert_eq!(heard.collect::<Vec<_>>(), [(0, true, false, 90), (3, false, false, 90), (6, false, true, 90)]);
        assert_eq!(
            all.iter().map(|(_, heard)| said(&heard.packet)).collect::<Vec<_>>(),
            [7, 8, 9].map(|n| Some(Time(n)))
        );
        assert_eq!(said(&[1, 2]), None);
    }
}
