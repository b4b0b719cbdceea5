//! Probes: a row of datagrams that shows how a hop does before anybody talks on it.

use std::time::Duration;

use super::rate_config::QUEUE_LONG;
use crate::ids::{ProbeNo, Time};

/// How many probes there are. They are like a voice in size and number, so that a line that is too narrow for one shows it.
pub const PROBES: u8 = 40;
/// How far apart they are. After a long one it is twice as much, or the short one behind it would wait for it on a narrow line.
pub const PROBE_EVERY: Duration = Duration::from_millis(60);
/// For this long no probe is sent after something that a newcomer waits for. On 16 kbps probes fill nearly all of the line, and
/// from one step of a knock to the next it takes a second there.
const HELD: Duration = Duration::from_millis(1200);
/// How often probes are held back at most, so that those who knock again and again can't keep a line from being known.
const HOLDS: u8 = 16;

/// The probes of one way of a line.
#[derive(Clone, Debug)]
pub struct ProbeTrain {
    next: ProbeNo,
    due: Time,
    holds: u8,
}

impl Default for ProbeTrain {
    /// None are sent.
    fn default() -> Self {
        Self { next: ProbeNo(0), due: Time::NEVER, holds: HOLDS }
    }
}

impl ProbeTrain {
    /// The first probe is due then.
    pub fn starting(due: Time) -> Self {
        Self { due, ..Self::default() }
    }

    /// When [`Self::take`] has the next one.
    pub fn due(&self) -> Time {
        self.due
    }

    /// Somebody waits for what goes over the line now: probes give way to it for a moment.
    pub fn hold(&mut self, now: Time) {
        if self.due != Time::NEVER && self.holds > 0 {
            self.holds -= 1;
            self.due = self.due.max(now + HELD);
        }
    }

    /// The probe that is to be sent now. None follows the last, or once everything waits so long (`queue`) that the line has shown
    /// enough.
    pub fn take(&mut self, queue: Duration, now: Time) -> Option<ProbeNo> {
        if self.due > now {
            return None;
        }
        let number = self.next;
        self.next = ProbeNo(number.0.saturating_add(1));
        let after = if number.is_long() { PROBE_EVERY * 2 } else { PROBE_EVERY };
        self.due = if self.next.0 < PROBES && queue < QUEUE_LONG { now + after } else { Time::NEVER };
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When each probe is sent, in milliseconds, while something that is awaited goes over the line now and then.
    fn sent(awaited: &[u64]) -> Vec<u64> {
        let (mut train, mut awaited, mut all) = (ProbeTrain::starting(Time(0)), awaited.iter().peekable(), Vec::new());
        for ms in 0..60_000 {
            let now = Time(0) + Duration::from_millis(ms);
            if awaited.next_if_eq(&&ms).is_some() {
                train.hold(now);
            }
            all.extend(train.take(Duration::ZERO, now).map(|_| ms));
        }
        assert_eq!(train.due(), Time::NEVER);
        all
    }

    #[test]
    fn probes_give_way_to_what_a_newcomer_waits_for() {
        let free = sent(&[]);
        assert_eq!((free.len(), free[0]), (PROBES.into(), 0));
        let held = sent(&[200, 900]);
        let within = |ms: &&u64| (200..2100).contains(*ms);
        assert_eq!(held.iter().filter(within).count(), 0, "{held:?}");
        assert_eq!(held.len(), free.len(), "all are sent in the end");
    }

    #[test]
    fn nobody_can_keep_a_line_from_being_known() {
        let always: Vec<u64> = (0..60_000).step_by(100).collect();
        assert_eq!(sent(&always).len(), usize::from(PROBES));
    }
}
