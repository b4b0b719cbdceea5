//! Levelling: soft and loud talkers are heard alike.
//!
//! Loudness is measured as ITU-R BS.1770 gates it: what is more than 10 dB below the mean is not speech. A gain follows slowly,
//! while the talker speaks, and rests when it is near enough, so that nothing pumps.

use crate::audio::BLOCK;
use crate::audio::level::decibels;

/// The loudness that everybody is brought to: root mean square of speech, in dBFS.
const GOAL: f32 = -23.0;
/// The most that a voice is raised or lowered, in dB.
const REACH: f32 = 12.0;
/// A background is never raised above this, dBFS.
const BACKGROUND_MOST: f32 = -42.0;
/// Softer sound is never speech (dBFS); nor is sound this far below the mean, or closer to the background than this (dB).
const GATE: f32 = -60.0;
const GATE_BELOW_MEAN: f32 = 10.0;
const GATE_ABOVE_BACKGROUND: f32 = 10.0;
/// 20 ms of speech that count, 10 s, and after which the gain begins to move: 1 s.
const MEMORY: f32 = 500.0;
const KNOWN: f32 = 50.0;
/// The gain moves when it is further off than the first, until it is nearer than the other; dB.
const WAKE: f32 = 2.0;
const REST: f32 = 0.5;
/// How fast it moves, in dB in 20 ms: 1.5 dB a second.
const STEP: f32 = 0.03;
/// Hum and wind are not loudness: one-pole high-pass at about 120 Hz.
const HUM: f32 = 0.0157;

/// The gain of one talker.
#[derive(Clone, Default)]
pub struct Leveller {
    hum: f32,
    /// Mean power of speech, and over how many 20 ms, up to [`MEMORY`].
    power: f32,
    heard: f32,
    moving: bool,
    gain: f32,
    /// How much louder the listener wants it beyond that, in dB: now, and from the next 20 ms on.
    volume: f32,
    wanted: f32,
}

impl Leveller {
    /// The gain in dB now, with the listener's volume.
    pub fn gain(&self) -> f32 {
        self.gain + self.volume
    }

    /// The listener wants this talker this many times as loud as all others; from 0.01 to 100.
    pub fn set_volume(&mut self, times: f32) {
        self.wanted = 20.0 * times.clamp(0.01, 100.0).log10();
    }

    /// Brings the next 20 ms of a talker with this background (dBFS) to the gain of the moment.
    pub fn level(&mut self, block: &mut [f32; BLOCK], background: Option<f32>) {
        let before = factor(self.gain());
        if self.hear(block, background) {
            self.follow(background);
        }
        self.volume = self.wanted;
        let after = factor(self.gain());
        let step = (after - before) / BLOCK as f32;
        for (i, sample) in block.iter_mut().enumerate() {
            *sample *= before + step * i as f32;
        }
    }

    /// Measures; says whether it was speech.
    fn hear(&mut self, block: &[f32; BLOCK], background: Option<f32>) -> bool {
        let mut sum = 0.0;
        for sample in block {
            self.hum += (sample - self.hum) * HUM;
            sum += (sample - self.hum) * (sample - self.hum);
        }
        let power = sum / BLOCK as f32;
        let loud = 10.0 * power.max(1e-12).log10();
        let mean = 10.0 * self.power.max(1e-12).log10();
        let gate = GATE.max(mean - GATE_BELOW_MEAN).max(background.unwrap_or(GATE) + GATE_ABOVE_BACKGROUND);
        if loud < gate {
            return false;
        }
        self.heard = (self.heard + 1.0).min(MEMORY);
        self.power += (power - self.power) / self.heard;
        self.heard >= KNOWN
    }

    fn follow(&mut self, background: Option<f32>) {
        let room = BACKGROUND_MOST - background.unwrap_or(BACKGROUND_MOST);
        let aim = (GOAL - 10.0 * self.power.max(1e-12).log10()).clamp(-REACH, REACH).min(room.max(0.0));
        let off = aim - self.gain;
        self.moving = off.abs() > if self.moving { REST } else { WAKE };
        if self.moving {
            self.gain += off.clamp(-STEP, STEP);
        }
    }
}

fn factor(decibels: f32) -> f32 {
    10f32.powf(decibels / 20.0)
}

/// How loud the speech in `sound` is by the same gate, in dBFS: for measuring what comes out.
pub fn loudness(sound: &[f32]) -> f32 {
    let mut meter = Leveller::default();
    let background = sound.as_chunks::<BLOCK>().0.iter().map(|block| decibels(block)).fold(0.0, f32::min);
    // Twice, because the gate hangs on the mean.
    for _ in 0..2 {
        for block in sound.as_chunks::<BLOCK>().0 {
            meter.hear(block, Some(background.max(GATE - GATE_ABOVE_BACKGROUND)));
        }
    }
    10.0 * meter.power.max(1e-12).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::{Noise, vowels};

    fn levelled(sound: &[f32], background: Option<f32>) -> (Vec<f32>, Leveller) {
        let mut leveller = Leveller::default();
        let mut out = Vec::new();
        for block in sound.as_chunks::<BLOCK>().0 {
            let mut block = *block;
            leveller.level(&mut block, background);
            out.extend(block);
        }
        (out, leveller)
    }

    #[test]
    fn soft_and_loud_talkers_are_heard_alike() {
        let mut heard = Vec::new();
        for peak in [0.12, 0.35, 0.9] {
            let (out, _) = levelled(&vowels(20.0, peak), Some(-70.0));
            heard.push(loudness(&out[48_000 * 10..]));
        }
        let (least, most) = heard.iter().fold((0.0f32, -99.0f32), |(a, b), x| (a.min(*x), b.max(*x)));
        assert!(most - least < 4.5, "17.5 dB apart were spoken {heard:?}");
    }

    #[test]
    fn it_moves_slowly_and_stays_within_reach() {
        let mut leveller = Leveller::default();
        let mut last = 0.0;
        for block in vowels(30.0, 0.03).as_chunks::<BLOCK>().0 {
            leveller.level(&mut block.clone(), Some(-80.0));
            assert!((leveller.gain() - last).abs() <= STEP * 1.001 && leveller.gain().abs() <= REACH);
            last = leveller.gain();
        }
        assert!(leveller.gain() > REACH - 1.0, "{}", leveller.gain());
        // Silence and a soft hiss move nothing.
        let mut noise = Noise(1);
        for _ in 0..500 {
            leveller.level(&mut [0.0; BLOCK], Some(-80.0));
            let mut hiss: [f32; BLOCK] = std::array::from_fn(|_| noise.next() * 0.0005);
            leveller.level(&mut hiss, Some(-70.0));
        }
        assert_eq!(leveller.gain(), last);
    }

    #[test]
    fn a_volume_comes_on_top_of_the_levelling_without_a_step() {
        let mut leveller = Leveller::default();
        leveller.set_volume(2.0);
        let mut block = [0.1; BLOCK];
        leveller.level(&mut block, Some(-60.0));
        assert!((block[0] - 0.1).abs() < 0.001 && (block[BLOCK - 1] - 0.2).abs() < 0.002, "{block:?}");
        assert!(block.windows(2).all(|w| w[1] - w[0] < 0.001));
        leveller.set_volume(0.5);
        leveller.level(&mut [0.1; BLOCK], Some(-60.0));
        let mut block = [0.1; BLOCK];
        leveller.level(&mut block, Some(-60.0));
        assert!((block[0] - 0.05).abs() < 0.002);
    }

    #[test]
    fn a_voice_near_the_goal_and_a_noisy_room_are_left_alone() {
        let sound = vowels(10.0, 0.3);
        let scale = factor(GOAL - 1.0 - loudness(&sound));
        let near: Vec<f32> = sound.iter().map(|s| s * scale).collect();
        assert_eq!(levelled(&near, Some(-60.0)).0, near[..near.len() / BLOCK * BLOCK]);
        let soft: Vec<f32> = near.iter().map(|s| s * 0.35).collect();
        let (_, leveller) = levelled(&soft, Some(-46.0));
        assert!(leveller.gain() <= 4.0, "{}", leveller.gain());
    }
}
