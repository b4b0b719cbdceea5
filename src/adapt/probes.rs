//! Probes: a row of datagrams that shows how a hop does before anybody talks on it.

use std::time::Duration;

use super::rate_config::QUEUE_LONG;
use crate::ids::{ProbeNo, Time};

/// How many probes there are. They are like a voice in size and number, so that a line that is too narrow for one shows it.
pub const PROBES: u8 = 40;
/// How far apart they are. After a long one it is twice as much, or the short one behind it would wait for it on a narrow line.
pub const PROBE_EVERY: Duration = Duration::from_millis(60);

/// The next probe after this one: its number, and when it is due. None follows the last, or once everything waits so long
/// (`queue`) that the line has shown enough.
pub fn next_probe(number: ProbeNo, queue: Duration, now: Time) -> (ProbeNo, Time) {
    let next = ProbeNo(number.0.saturating_add(1));
    let after = if number.is_long() { PROBE_EVERY * 2 } else { PROBE_EVERY };
    (next, if next.0 < PROBES && queue < QUEUE_LONG { now + after } else { Time::NEVER })
}
