//! Listens to my microphone for what people can put right: a voice too soft or so loud that it's distorted, wind and handling.
//! No clock: 20 ms of open microphone at a time. It wants the sound as the microphone gives it, since a high-pass filter takes
//! off what tells wind.

use super::biquad::Biquad;
use super::status::Advice;
use super::vad::Sound;
use super::{BLOCK, RATE};

/// The same advice comes no sooner than after this many blocks: 5 min; another one after 30 s.
const SAME_AGAIN: u64 = 15_000;
const ANOTHER: u64 = 1500;
/// And no more than so often, whatever becomes of it: it was understood, or can't be helped.
const MOST_TIMES: u32 = 3;

/// Speech softer than this in the mean, in dBFS, is too quiet: levelling raises a voice to -23 dBFS by 12 dB at most.
pub(super) const TOO_QUIET_DB: f32 = -43.0;
/// The blocks of speech that make the mean, 6 s.
const SPEECH_BLOCKS: f32 = 300.0;

/// A sample from here up may be one that was cut off, and so many in a row with the same sign are.
const FULL_SCALE: f32 = 0.98;
const CUT_OFF: u32 = 3;
/// Blocks of the last [`WINDOW`] with such samples that are too many. A knock has one or two of them.
const CLIPPED_BLOCKS: u32 = 12;
/// Blocks that are judged together: 5 s.
const WINDOW: u32 = 250;

/// Samples of a slice that wind is told by: 100 ms. In 20 ms even steady noise wavers.
const SLICE_BLOCKS: u32 = 5;
/// Wind is below 150 Hz, and above 20 Hz, below which a microphone may have an offset.
const LOW_HZ: f32 = 150.0;
const OFFSET_HZ: f32 = 20.0;
/// A slice is windy if its low part is louder than this (dBFS) and by so much (dB) than what is above. Voices are not: most of
/// theirs is above 150 Hz.
const WINDY_DB: f32 = -38.0;
const WINDY_ABOVE_REST_DB: f32 = 6.0;
/// So many of the slices of a window are windy, and they are this uneven (standard deviation in dB): a hum and an engine are
/// steady.
const WINDY_SLICES: usize = 15;
const UNEVEN_DB: f32 = 3.0;

/// The watch over one microphone.
#[derive(Default)]
pub(super) struct Advisor {
    /// Blocks heard so far.
    blocks: u64,
    given: [Given; 3],
    last: Option<u64>,
    speech: Speech,
    clipping: Clipping,
    wind: Wind,
}

/// When an advice was given last, and how often.
#[derive(Clone, Copy, Default)]
struct Given {
    last: Option<u64>,
    times: u32,
}

impl Advisor {
    /// The microphone opens again: what was measured before says nothing, but what was said was said.
    pub(super) fn open(&mut self) {
        (self.speech, self.clipping, self.wind) = Default::default();
    }

    /// Hears the next 20 ms, in which there was this.
    pub(super) fn hear(&mut self, pcm: &[f32; BLOCK], sound: Sound) -> Option<Advice> {
        self.blocks += 1;
        let wind = self.wind.hear(pcm);
        let clips = self.clipping.hear(pcm);
        let quiet = self.speech.hear(pcm, sound);
        // A cause comes before what it may bring about.
        [(wind, Advice::Wind), (clips, Advice::Clipping), (quiet, Advice::TooQuiet)]
            .into_iter()
            .find_map(|(found, advice)| (found && self.may_give(advice)).then_some(advice))
    }

    fn may_give(&mut self, advice: Advice) -> bool {
        let place = match advice {
            Advice::TooQuiet => 0,
            Advice::Clipping => 1,
            Advice::Wind => 2,
        };
        let (now, given) = (self.blocks, &mut self.given[place]);
        let since = |last: Option<u64>, least| last.is_none_or(|last| now - last >= least);
        let may = since(self.last, ANOTHER) && since(given.last, SAME_AGAIN) && given.times < MOST_TIMES;
        if may {
            (given.last, given.times, self.last) = (Some(now), given.times + 1, Some(now));
        }
        may
    }
}

/// How loud speech is.
#[derive(Default)]
struct Speech {
    power: f32,
    blocks: f32,
}

impl Speech {
    fn hear(&mut self, pcm: &[f32; BLOCK], sound: Sound) -> bool {
        if sound != Sound::Speech {
            return false;
        }
        let power = pcm.iter().map(|s| s * s).sum::<f32>() / BLOCK as f32;
        self.blocks = (self.blocks + 1.0).min(SPEECH_BLOCKS);
        self.power += (power - self.power) / self.blocks;
        self.blocks >= SPEECH_BLOCKS && 10.0 * self.power.max(1e-12).log10() < TOO_QUIET_DB
    }
}

/// Whether the loudest samples are cut off.
#[derive(Default)]
struct Clipping {
    blocks: u32,
    clipped: u32,
}

impl Clipping {
    fn hear(&mut self, pcm: &[f32; BLOCK]) -> bool {
        self.blocks += 1;
        if self.blocks > WINDOW {
            // The window moves on by half.
            (self.blocks, self.clipped) = (WINDOW / 2, self.clipped / 2);
        }
        self.clipped += u32::from(is_clipped(pcm));
        self.clipped >= CLIPPED_BLOCKS
    }
}

/// Whether samples are cut off at full scale.
pub(super) fn is_clipped(pcm: &[f32]) -> bool {
    let (mut run, mut before) = (0, 0.0f32);
    pcm.iter().any(|sample| {
        let full = sample.abs() >= FULL_SCALE && (run == 0 || sample.is_sign_positive() == before.is_sign_positive());
        run = if full { run + 1 } else { u32::from(sample.abs() >= FULL_SCALE) };
        before = *sample;
        run >= CUT_OFF
    })
}

/// The slices of a window.
const SLICES: usize = (WINDOW / SLICE_BLOCKS) as usize;

/// Whether there is wind in the microphone, or a hand on it.
struct Wind {
    offset: Biquad,
    low: Biquad,
    rest: Biquad,
    blocks: u32,
    low_power: f32,
    rest_power: f32,
    /// How loud each slice of the window was below 150 Hz, in dBFS, and whether it was windy; and how many there were.
    slices: [(f32, bool); SLICES],
    count: usize,
}

impl Default for Wind {
    fn default() -> Self {
        Self {
            offset: Biquad::high_pass(OFFSET_HZ, RATE),
            low: Biquad::low_pass(LOW_HZ, RATE),
            rest: Biquad::high_pass(LOW_HZ, RATE),
            blocks: 0,
            low_power: 0.0,
            rest_power: 0.0,
            slices: [(0.0, false); SLICES],
            count: 0,
        }
    }
}

impl Wind {
    fn hear(&mut self, pcm: &[f32; BLOCK]) -> bool {
        for sample in pcm {
            let sound = self.offset.next(*sample);
            let (low, rest) = (self.low.next(sound), self.rest.next(sound));
            self.low_power += low * low;
            self.rest_power += rest * rest;
        }
        self.blocks += 1;
        if self.blocks < SLICE_BLOCKS {
            return false;
        }
        let mean = |power: f32| 10.0 * (power / (BLOCK as u32 * SLICE_BLOCKS) as f32).max(1e-12).log10();
        let (low, rest) = (mean(self.low_power), mean(self.rest_power));
        (self.blocks, self.low_power, self.rest_power) = (0, 0.0, 0.0);
        self.slices[self.count % SLICES] = (low, low > WINDY_DB && low > rest + WINDY_ABOVE_REST_DB);
        self.count += 1;
        self.count >= SLICES && self.is_windy()
    }

    fn is_windy(&self) -> bool {
        if self.slices.iter().filter(|(_, windy)| *windy).count() < WINDY_SLICES {
            return false;
        }
        // Over all slices: gusts and knocks have pauses between them.
        let mean = self.slices.iter().map(|(loud, _)| *loud).sum::<f32>() / SLICES as f32;
        let spread = self.slices.iter().map(|(loud, _)| (loud - mean).powi(2)).sum::<f32>() / SLICES as f32;
        spread.sqrt() > UNEVEN_DB
    }
}

#[cfg(test)]
mod tests;
