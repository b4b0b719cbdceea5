//! What talkers send, opened, as the decoder takes it: packets of any bytes and any order, with holes between them. Each is a byte
//! that says what comes, a byte for the length, and as many bytes.

use std::time::Duration;

use ingle::audio::BLOCK;
use ingle::audio::opus::Decoder;
use ingle::audio::playout::voice::{Hole, Voice};

/// No time is asked for: what comes is held to so many packets a second before it comes here, and libopus isn't slowed down by
/// what fuzzing watches in the same way.
pub fn read(bytes: &[u8]) -> Duration {
    let mut voice: Voice<Decoder> = Voice::default();
    let mut rest = bytes;
    while let [head, length, more @ ..] = rest {
        let (packet, more) = more.split_at(usize::from(*length).min(more.len()));
        rest = more;
        match head & 7 {
            0..=4 => {
                if let Some(sound) = voice.decode(packet) {
                    assert!(sound.len() <= 6 * BLOCK && sound.iter().all(|sample| sample.is_finite()));
                }
            }
            5 => {
                let hole = if head & 8 == 0 { Hole::Middle } else { Hole::Tail };
                let samples = (1 + usize::from(head >> 4) % 6) * BLOCK;
                let sound = voice.conceal(samples, hole);
                assert!(sound.len() == samples && sound.iter().all(|sample| sample.is_finite()));
            }
            6 => voice.begin(head & 8 == 0),
            _ => voice.rest(),
        }
    }
    Duration::ZERO
}
