//! Gain control: a soft voice is made louder and a loud one softer, slowly and within bounds, and nothing clips.

use super::stage::{Block, SAMPLES, Stage, ramp};
use crate::audio::level::decibels;

/// Voices between these are as they should be, in dBFS.
const SOFT_DB: f32 = -32.0;
const LOUD_DB: f32 = -16.0;
/// The most that is added and taken, in dB.
const MOST_DB: f32 = 15.0;
const LEAST_DB: f32 = -9.0;
/// Noise is not lifted above this, in dBFS.
const NOISE_DB: f32 = -52.0;
/// How fast, in dB for each block of speech: up by 1.5 dB and down by 6 dB in 1 s.
const UP_DB: f32 = 0.03;
const DOWN_DB: f32 = 0.12;
/// How much a block of speech moves the estimate of how loud I talk: 2 s.
const FOLLOWS: f32 = 0.01;
/// Blocks of speech (0.5 s) before anything is said about it.
const KNOWN_AFTER: u32 = 25;
/// What is this much softer than my voice is the end of a word, in dB.
const PART_DB: f32 = 15.0;
/// No sample is louder than this: -1 dBFS.
const CEILING: f32 = 0.89;
/// Samples that the limiter looks at together (1 ms), and how much of the way back it makes in each: 60 ms in all.
const LIMITED: usize = 16;
const RELEASE: f32 = 0.03;
/// How fast a raised gain is given up while echo may be heard, and found again, as a share of the way in each block.
const YIELDS: f32 = 0.3;

/// Brings my voice to a level that can be heard.
pub(super) struct GainControl {
    voice_db: f32,
    known: u32,
    gain_db: f32,
    /// The gain at the end of the last block, and the limiter's.
    applied_db: f32,
    limited: f32,
}

impl Default for GainControl {
    fn default() -> Self {
        Self { voice_db: -26.0, known: 0, gain_db: 0.0, applied_db: 0.0, limited: 1.0 }
    }
}

impl GainControl {
    fn follow(&mut self, block: &Block) {
        let loud = decibels(&block.near);
        if self.known < KNOWN_AFTER {
            self.known += 1;
            self.voice_db += (loud.max(-60.0) - self.voice_db) * 0.1;
        } else if loud > self.voice_db - PART_DB {
            self.voice_db += (loud - self.voice_db) * FOLLOWS;
        }
        let wanted = (SOFT_DB - self.voice_db).max(0.0) + (LOUD_DB - self.voice_db).min(0.0);
        let noise_allows = (NOISE_DB - block.noise_db).max(0.0);
        let wanted = wanted.clamp(LEAST_DB, MOST_DB.min(noise_allows));
        if self.known == KNOWN_AFTER {
            self.gain_db += (wanted - self.gain_db).clamp(-DOWN_DB, UP_DB);
        }
    }

    fn limit(&mut self, near: &mut [f32; SAMPLES]) {
        for piece in near.chunks_exact_mut(LIMITED) {
            let loudest = piece.iter().fold(0.0f32, |loudest, sample| loudest.max(sample.abs()));
            let (before, allowed) = (self.limited, (CEILING / loudest.max(CEILING)).min(1.0));
            self.limited = allowed.min(before + (1.0 - before) * RELEASE);
            if self.limited > 0.9999 {
                self.limited = 1.0;
            }
            if self.limited < 1.0 || before < 1.0 {
                ramp(piece, before.min(allowed), self.limited);
            }
        }
    }
}

impl Stage for GainControl {
    fn process(&mut self, block: &mut Block) {
        // What is left of an echo must not teach the gain, nor be lifted by it.
        if block.speech && !block.echo {
            self.follow(block);
        }
        let before = self.applied_db;
        let goal = if block.echo { self.gain_db.min(0.0) } else { self.gain_db };
        self.applied_db += (goal - before) * YIELDS;
        if (self.applied_db - goal).abs() < 0.01 {
            self.applied_db = goal;
        }
        if before != 0.0 || self.applied_db != 0.0 {
            let linear = |db: f32| 10f32.powf(db / 20.0);
            ramp(&mut block.near, linear(before), linear(self.applied_db));
        }
        self.limit(&mut block.near);
    }

    /// How loud I talk stays known.
    fn reset(&mut self) {
        self.limited = 1.0;
    }
}
