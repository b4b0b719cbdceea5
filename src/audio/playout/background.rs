//! How loud the room of a silent talker is: pauses are found by it, and silences filled with it.

use crate::audio::BLOCK;
use crate::audio::level::decibels;

/// Loudness rises this much in 20 ms at most, in dB: 1.5 dB a second, so that a long word is not taken for background.
const RISE: f32 = 0.03;
/// The share of a fall that is followed in 20 ms.
const FALL: f32 = 0.25;
/// Sound is a pause up to this much above the background, in dB.
const MARGIN: f32 = 8.0;
/// A pause is never louder than this, and what is softer than the other always is one; dBFS.
const PAUSE_MOST: f32 = -38.0;
const PAUSE_SURE: f32 = -65.0;

/// The background of one talker.
#[derive(Clone)]
pub struct Background {
    level: Option<f32>,
}

impl Default for Background {
    fn default() -> Self {
        Self::new()
    }
}

impl Background {
    /// Nothing heard yet.
    pub const fn new() -> Self {
        Self { level: None }
    }

    /// Hears what was decoded, as it came.
    pub fn hear(&mut self, pcm: &[f32]) {
        for block in pcm.chunks_exact(BLOCK) {
            let now = decibels(block);
            let level = self.level.get_or_insert(now);
            *level += if now < *level { (now - *level) * FALL } else { (now - *level).min(RISE) };
        }
    }

    /// Root mean square in dBFS; `None` before anything was heard.
    pub fn level(&self) -> Option<f32> {
        self.level
    }

    /// Whether nothing is said in `pcm`.
    pub fn is_pause(&self, pcm: &[f32]) -> bool {
        let most = self.level.map_or(PAUSE_SURE, |level| (level + MARGIN).clamp(PAUSE_SURE, PAUSE_MOST));
        pcm.chunks(BLOCK / 2).all(|part| decibels(part) <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::{Noise, vowels};

    #[test]
    fn a_room_behind_a_voice_is_measured_between_the_words() {
        let mut noise = Noise(2);
        let hiss: Vec<f32> = (0..48_000).map(|_| noise.next() * 0.003).collect();
        let mut background = Background::new();
        assert!(!background.is_pause(&hiss[..BLOCK]), "nothing is known yet");
        for _ in 0..3 {
            background.hear(&vowels(4.0, 0.4));
            background.hear(&hiss);
        }
        let level = background.level().unwrap();
        assert!((level - decibels(&hiss)).abs() < 2.0, "{level} for {}", decibels(&hiss));
        assert!(background.is_pause(&hiss[..BLOCK]));
        assert!(background.is_pause(&[0.0; BLOCK]));
        let loud = vowels(1.0, 0.4);
        assert!(!background.is_pause(&loud[6_000..9_000]));
    }
}
