//! How much of a control stream may be in flight, so that voice beside it is not late.
//!
//! The line's rate isn't known, but its queue shows in the round trip. So the window grows while the round trip is nearly as
//! short as it has ever been, and shrinks while it is longer, in the manner of LEDBAT (RFC 6817).

use std::time::Duration;

use quinn::Connection;
use tokio::time::sleep;

/// The least, in bytes, and what the window starts from: on 32 kbps it keeps the queue at 150 ms or less.
const LEAST: u64 = 600;
/// The most, in bytes.
const MOST: u64 = 16 * 1024;
/// A round trip that is longer than the shortest by more than this is taken for a queue.
const QUEUE: Duration = Duration::from_millis(80);
/// After this many bytes of a stream the reader lets the sender know at once. Through a window as small as that, nothing more
/// would come before the acknowledgement.
const PROMPT: usize = 400;
/// How long an answer may take that carries an acknowledgement along.
const ANSWERED: Duration = Duration::from_millis(15);
/// A datagram that says nothing, and carries an acknowledgement along.
const NUDGE: u8 = 0x90;

/// The window after a second in which the round trip was `rtt`, and has been `least` at the shortest.
fn next(window: u64, rtt: Duration, least: Duration) -> u64 {
    if rtt > least + QUEUE {
        return (window / 2).max(LEAST);
    }
    // What 64 kbps fill in a round trip, and the least on top.
    let full = LEAST + 8 * u64::try_from(least.as_millis()).unwrap_or(u64::MAX).min(MOST);
    (window + window / 2).min(full).min(MOST)
}

/// The window of a connection that carries voice.
#[derive(Debug)]
pub(crate) struct Window(u64);

impl Window {
    /// Voice is on the line from here on, and streams give way to it.
    pub(crate) fn narrow(connection: &Connection) -> Self {
        connection.set_send_window(LEAST);
        Self(LEAST)
    }

    /// Follows the round trip. To be called once a second.
    pub(crate) fn look(&mut self, connection: &Connection) {
        let window = next(self.0, connection.rtt(), connection.min_rtt());
        if std::mem::replace(&mut self.0, window) != window {
            connection.set_send_window(window);
        }
    }
}

/// Counts what is read from a stream, and lets the sender know in time.
#[derive(Default)]
pub(crate) struct Prompt(usize);

impl Prompt {
    /// This many bytes were read.
    pub(crate) fn read(&mut self, bytes: usize, connection: &Connection) {
        self.0 += bytes;
        if self.0 >= PROMPT {
            self.0 = 0;
            acknowledge_unless_answered(connection);
        }
    }
}

/// Lets the other end know at once what has come, by a datagram that says nothing, and that it acknowledges itself.
pub(crate) fn acknowledge(connection: &Connection) {
    // If it can't be sent, the acknowledgement comes by itself, only later.
    let _ = connection.send_datagram(vec![NUDGE].into());
}

/// As [`acknowledge`], unless what is said anyhow carries it along: on 16 kbps a datagram of its own takes 30 ms, and the answer
/// would wait behind it.
pub(crate) fn acknowledge_unless_answered(connection: &Connection) {
    let (connection, before) = (connection.clone(), connection.stats().udp_tx.datagrams);
    tokio::spawn(async move {
        sleep(ANSWERED).await;
        if connection.close_reason().is_none() && connection.stats().udp_tx.datagrams == before {
            acknowledge(&connection);
        }
    });
}

/// Whether a datagram says nothing.
pub(crate) fn is_nudge(bytes: &[u8]) -> bool {
    bytes == [NUDGE]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn the_window_grows_with_the_round_trip_and_shrinks_on_a_queue() {
        let settled = |least: u32| (0..60).fold(LEAST, |window, _| next(window, least * MS, least * MS));
        assert_eq!(settled(20), 760);
        assert_eq!(settled(200), 2200);
        assert_eq!(settled(600), 5400);
        assert_eq!(settled(10_000), MOST);
        assert_eq!(next(5400, 650 * MS, 600 * MS), 5400, "jitter is no queue");
        assert_eq!(next(5400, 700 * MS, 600 * MS), 2700);
        assert_eq!(next(LEAST, 9000 * MS, 600 * MS), LEAST, "something always goes through");
    }
}
