//! When a voice is heard in what a member's speaker played.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use hound::WavReader;
use ingle::audio::RATE;

use super::super::harness::sound::first_sample;

/// Samples in a block: 20 ms.
const BLOCK: usize = RATE as usize / 50;
/// From this level on a block is speech: half as loud as the softest of it.
const LOUD: f32 = 0.008;
/// Blocks of a window: where at most one of them is loud, nobody is heard. No pause of a practice voice is as long.
const WINDOW: usize = 30;

/// A member's speaker, which is a file.
pub(super) struct Ear(pub PathBuf);

impl Ear {
    /// How it's given to the program.
    pub(super) fn argument(&self) -> String {
        format!("file:{}", self.0.display())
    }

    /// Whether each block was loud, and when the first one was played.
    fn blocks(&self) -> (Vec<bool>, SystemTime) {
        let mut reader = WavReader::open(&self.0).expect("a wav file");
        let sound: Vec<f32> = reader.samples::<i16>().map_while(Result::ok).map(|s| f32::from(s) / 32_768.0).collect();
        let power = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32;
        let loud = sound.chunks_exact(BLOCK).map(|part| power(part).sqrt() > LOUD).collect();
        (loud, SystemTime::UNIX_EPOCH + Duration::from_secs_f64(first_sample(&self.0)))
    }

    /// How long after a moment somebody is heard for good, up to another moment: when the last silence ends that is longer than a
    /// pause. What had come before a fault is still played for a while, so the first sound says nothing.
    pub(super) fn heard_after(&self, from: SystemTime, until: SystemTime) -> Option<Duration> {
        let (loud, first) = self.blocks();
        let span = loud.get(at(first, from)..at(first, until).min(loud.len()))?;
        let silent = |window: &[bool]| window.iter().filter(|loud| **loud).count() <= 1;
        let last = span.windows(WINDOW).rposition(silent).map_or(0, |last| last + WINDOW - 1);
        let again = last + span.get(last..)?.iter().position(|loud| *loud)?;
        Some(Duration::from_millis(again as u64 * 20))
    }

    /// The share of the blocks between two moments that were loud.
    pub(super) fn share(&self, from: SystemTime, to: SystemTime) -> f64 {
        let (loud, first) = self.blocks();
        let span = loud.get(at(first, from)..at(first, to).min(loud.len())).unwrap_or_default();
        span.iter().filter(|loud| **loud).count() as f64 / span.len().max(1) as f64
    }
}

/// The block that is played at a moment.
fn at(first: SystemTime, moment: SystemTime) -> usize {
    moment.duration_since(first).map_or(0, |since| (since.as_secs_f64() * 50.0) as usize)
}
