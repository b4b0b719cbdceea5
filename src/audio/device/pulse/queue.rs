//! How much sound waits at the server: little, and more where that ran out.

use std::time::{Duration, Instant};

use super::table::Server;

/// All that waits between us and the loudspeaker, to begin with. PulseAudio's device gets half of what is left when two requests are
/// taken off, here 10 ms, and we have the rest to answer a request. PipeWire asks for 20 ms at once.
const PULSEAUDIO_MS: u32 = 30;
const PIPEWIRE_MS: u32 = 40;
/// It grows no longer than this.
const LONG_MS: u32 = 80;
/// What is added each time.
const STEP_MS: u32 = 10;
/// One hold-up of the machine may empty the queue several times, and counts once.
const AGAIN: Duration = Duration::from_secs(1);

/// The length of the queue of one stream.
pub(super) struct Queue {
    length_ms: u32,
    lengthened: Option<Instant>,
}

impl Queue {
    /// As short as this server can do with.
    pub(super) fn at(server: Server) -> Self {
        let length_ms = match server {
            Server::PulseAudio => PULSEAUDIO_MS,
            Server::PipeWire => PIPEWIRE_MS,
        };
        Self { length_ms, lengthened: None }
    }

    /// How long it is, in milliseconds.
    pub(super) fn length_ms(&self) -> u32 {
        self.length_ms
    }

    /// The server had nothing left to play. The new length, if it changes.
    pub(super) fn ran_out(&mut self, now: Instant) -> Option<u32> {
        let soon = self.lengthened.is_some_and(|at| now.saturating_duration_since(at) < AGAIN);
        if soon || self.length_ms == LONG_MS {
            return None;
        }
        self.lengthened = Some(now);
        self.length_ms = (self.length_ms + STEP_MS).min(LONG_MS);
        Some(self.length_ms)
    }
}

/// How much a server gets now that wants `wanted` and has `held`, while the ring has `available`, all in bytes. What the ring hasn't
/// yet it waits for as long as it has `enough`; then the gap is filled.
pub(super) fn due(wanted: usize, held: usize, available: usize, enough: usize) -> usize {
    wanted.min(available.max(enough.saturating_sub(held)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_yet_is_waited_for_while_there_is_enough() {
        let due = |wanted, held, available| due(wanted, held, available, 10);
        assert_eq!(due(5, 15, 20), 5, "no more than is wanted");
        assert_eq!((due(10, 10, 4), due(10, 10, 0)), (4, 0));
        // Half of what it needs at once is there.
        assert_eq!((due(15, 5, 4), due(15, 5, 0), due(20, 0, 12)), (5, 5, 12));
    }

    #[test]
    fn it_grows_with_each_hold_up_to_a_bound() {
        let (mut queue, start) = (Queue::at(Server::PulseAudio), Instant::now());
        assert_eq!(queue.length_ms(), PULSEAUDIO_MS);
        let at = |ms| start + Duration::from_millis(ms);
        let grown: Vec<_> = [0, 5, 900, 1_000, 3_000].iter().map(|ms| queue.ran_out(at(*ms))).collect();
        assert_eq!(grown, [Some(40), None, None, Some(50), Some(60)]);
        for second in 10..100 {
            queue.ran_out(at(second * 1_000));
        }
        assert_eq!((queue.length_ms(), queue.ran_out(at(200_000))), (LONG_MS, None));
    }
}
