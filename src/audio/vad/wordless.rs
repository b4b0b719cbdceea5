//! Voices without words: crying, a sigh, a moan, a whisper. The detector was taught on words and lets many of them go by.
//!
//! What it goes by: a person's sound stands out of the room's noise and lasts, a mouth gives it resonances, and it isn't all
//! below 300 Hz. Knocks and keys don't last, hiss has no resonances, and fans and traffic rumble.

use super::floor::Floor;
use crate::audio::biquad::Biquad;
use crate::audio::level::decibels;

const RATE: u32 = 16_000;
/// What is below this (Hz) is left to the detector.
const CUTOFF: f32 = 300.0;
/// Below this nobody is heard, in dBFS.
const QUIETEST_DB: f32 = -72.0;
/// It stands out of the noise by this much.
const ABOVE_FLOOR_DB: f32 = 10.0;
/// What is above 300 Hz is at most this much softer than all of it.
const RUMBLE_DB: f32 = 8.0;
/// Of what resonates, at least this much can be told from the samples before, in dB; of breath less, of hiss and keys nothing.
const RESONANCE_DB: f32 = 4.5;
const BREATH_DB: f32 = 1.2;
/// Breath this much softer than the loudest before it is a knock that dies away; the loudest is forgotten by so much in each frame.
const DIES_AWAY_DB: f32 = 10.0;
const LOUDEST_FADES_DB: f32 = 0.75;
/// Samples before, from which it's told: four resonances.
const ORDER: usize = 8;
/// A resonating frame speaks for a voice twice as much as one of breath, and as any other speaks against it; with so much for it (160 or
/// 320 ms) it begins, and no more than so much is remembered.
const RESONATING: u32 = 2;
const BREATHING: u32 = 1;
const LASTS: u32 = 20;
const LASTS_MOST: u32 = 40;

/// Hears voices without words, in frames of 16 ms.
pub(super) struct Wordless {
    high_pass: Biquad,
    floor: Floor,
    loudest: f32,
    for_it: u32,
    lasts: bool,
}

impl Default for Wordless {
    fn default() -> Self {
        Self {
            high_pass: Biquad::high_pass(CUTOFF, RATE),
            floor: Floor::default(),
            loudest: 0.0,
            for_it: 0,
            lasts: false,
        }
    }
}

impl Wordless {
    /// Whether somebody is heard in the next frame, which is `all_db` loud.
    pub(super) fn hear<const N: usize>(&mut self, frame: &[f32; N], all_db: f32) -> bool {
        let high = frame.map(|sample| self.high_pass.next(sample));
        self.high_pass.settle();
        let loud = decibels(&high);
        self.floor.hear(loud);
        self.loudest = loud.max(self.loudest - LOUDEST_FADES_DB);
        let stands_out = loud > QUIETEST_DB && loud > self.floor.at_most() + ABOVE_FLOOR_DB;
        let resonance = if stands_out && loud > all_db - RUMBLE_DB { resonance_db(&high) } else { 0.0 };
        self.for_it = match () {
            () if resonance > RESONANCE_DB => (self.for_it + RESONATING).min(LASTS_MOST),
            () if resonance > BREATH_DB && loud > self.loudest - DIES_AWAY_DB => {
                (self.for_it + BREATHING).min(LASTS_MOST)
            }
            () => self.for_it.saturating_sub(RESONATING),
        };
        self.lasts = self.for_it >= if self.lasts { 1 } else { LASTS };
        self.lasts
    }
}

/// The gain of linear prediction (Levinson and Durbin): what the spectrum's shape tells of a sound in advance. Noise without one has
/// none.
fn resonance_db(sound: &[f32]) -> f32 {
    let mut likeness = [0.0f32; ORDER + 1];
    for (lag, sum) in likeness.iter_mut().enumerate() {
        *sum = sound.iter().zip(&sound[lag..]).map(|(a, b)| a * b).sum();
    }
    // As white noise 40 dB below it would, this keeps a pure tone from being foretold whole.
    let mut left = likeness[0] * 1.0001 + 1e-12;
    let all = left;
    let mut weights = [0.0f32; ORDER];
    for order in 0..ORDER {
        let told: f32 = (0..order).map(|at| weights[at] * likeness[order - at]).sum();
        let reflection = (likeness[order + 1] - told) / left;
        let before = weights;
        for at in 0..order {
            weights[at] -= reflection * before[order - 1 - at];
        }
        weights[order] = reflection;
        left *= (1.0 - reflection * reflection).max(1e-6);
    }
    10.0 * (all / left).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::Noise;
    use crate::audio::vad::testing::breath;

    const FRAME: usize = 256;

    /// The share of the frames in which somebody is heard.
    fn heard(sound: &[f32]) -> f32 {
        let mut ear = Wordless::default();
        let frames = sound.as_chunks::<FRAME>().0;
        let heard = frames.iter().filter(|frame| ear.hear(frame, decibels(*frame))).count();
        heard as f32 / frames.len() as f32
    }

    /// Seconds of a room at -70 dBFS, and what else is in it as a function of the second and of white noise.
    fn room(seconds: f32, mut sound: impl FnMut(f32, f32) -> f32) -> Vec<f32> {
        let (mut room, mut noise) = (Noise(4), Noise(8));
        (0..(seconds * RATE as f32) as usize)
            .map(|at| room.next() * 5e-4 + sound(at as f32 / RATE as f32, noise.next()))
            .collect()
    }

    #[test]
    fn soft_sighs_are_heard_and_the_room_between_is_not() {
        let sighs = breath(12.0, 0.01, RATE);
        let sound = room(12.0, |second, _| sighs[(second * RATE as f32) as usize]);
        // One of 1 s in each 3 s; it takes 160 ms to be told and half as long to be over.
        assert!((0.2..0.45).contains(&heard(&sound)), "{}", heard(&sound));
    }

    #[test]
    fn keys_knocks_and_hiss_are_nobody() {
        let dies_away = |second: f32, every: f32, within: f32| (-(second % every) / within).exp() * 0.03;
        assert_eq!(heard(&room(9.0, |_, _| 0.0)), 0.0);
        assert_eq!(heard(&room(9.0, |second, noise| noise * dies_away(second, 0.13, 0.012))), 0.0);
        assert_eq!(heard(&room(9.0, |second, noise| noise * dies_away(second, 0.13, 0.05))), 0.0);
        assert_eq!(heard(&room(9.0, |second, noise| noise * if second > 4.0 { 0.05 } else { 0.0 })), 0.0);
        // A door: low, and over soon.
        let (mut low, mut lower) = (0.0, 0.0);
        let door = room(9.0, |second, noise| {
            low += (noise - low) * 0.05;
            lower += (low - lower) * 0.05;
            lower * 20.0 * dies_away(second, 1.0, 0.06)
        });
        assert_eq!(heard(&door), 0.0);
    }

    #[test]
    fn rumble_that_comes_and_goes_is_nobody() {
        let mut low = [0.0f32; 3];
        let lorry = room(12.0, |second, noise| {
            let mut through = noise;
            for state in &mut low {
                *state += (through - *state) * 0.04;
                through = *state;
            }
            through * 2.0 * (second * 2.0).sin().max(0.0)
        });
        assert!(decibels(&lorry) > -35.0, "{}", decibels(&lorry));
        assert_eq!(heard(&lorry), 0.0);
    }

    #[test]
    fn resonance_is_what_a_mouth_gives() {
        let mut noise = Noise(2);
        let white: [f32; FRAME] = std::array::from_fn(|_| noise.next());
        let tone: [f32; FRAME] = std::array::from_fn(|at| (at as f32 * 0.3).sin());
        let sigh: [f32; FRAME] = *breath(2.0, 1.0, RATE)[8_000..].first_chunk().unwrap();
        assert!(resonance_db(&white) < 1.0, "{}", resonance_db(&white));
        assert!(resonance_db(&sigh) > RESONANCE_DB, "{}", resonance_db(&sigh));
        assert!(resonance_db(&tone) > 20.0);
        assert_eq!(resonance_db(&[0.0; FRAME]), 0.0);
    }
}
