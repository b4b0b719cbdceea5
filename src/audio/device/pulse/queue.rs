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
        self.length_ms += STEP_MS;
        Some(self.length_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
