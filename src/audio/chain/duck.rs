//! When echo stays whatever the canceller does, only one side is heard at a time: my microphone is softer while others talk.

use super::stage::{Block, Stage, power, ramp};

/// Blocks with the loudspeaker's sound that are compared (3 s).
const SPAN: usize = 150;
/// Echo may be later than the loudspeaker by this many blocks (240 ms).
const LAGS: usize = 12;
/// Compared once in this many blocks (0.5 s) of the loudspeaker's sound.
const EVERY: u32 = 25;
/// Two sounds whose loudness rises and falls together like this are one and its echo. Two people who talk are far below.
const ECHO: f32 = 0.6;
/// Below this they have nothing to do with each other.
const NO_ECHO: f32 = 0.4;
/// Echo below this is heard by nobody, in dBFS.
const AUDIBLE_DB: f32 = -52.0;
/// Comparisons in a row that must find echo, and find none.
const SURE: u32 = 3;
const SURE_NOT: u32 = 12;
/// How much softer, about -20 dB.
const SOFTER: f32 = 0.1;
/// Blocks for which the loudspeaker's last sound is still heard (300 ms).
const TAIL: u32 = 15;
/// How much of the way back is made in each block.
const RISE: f32 = 0.15;

/// Half-duplex, where nothing else helps.
pub(super) struct Duck {
    /// Loudness of loudspeaker and microphone in dBFS, the newest last, and of how many blocks.
    far: [f32; SPAN + LAGS],
    near: [f32; SPAN + LAGS],
    filled: usize,
    since: u32,
    silent: u32,
    found: u32,
    missed: u32,
    on: bool,
    gain: f32,
}

impl Default for Duck {
    fn default() -> Self {
        Self {
            far: [0.0; SPAN + LAGS],
            near: [0.0; SPAN + LAGS],
            filled: 0,
            since: 0,
            silent: TAIL,
            found: 0,
            missed: 0,
            on: false,
            gain: 1.0,
        }
    }
}

impl Duck {
    /// Whether echo stays, so that the microphone is softer while others talk.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    fn hear(&mut self, near: f32, far: f32) {
        let db = |power: f32| 10.0 * (power + 1e-8).log10();
        self.far.copy_within(1.., 0);
        self.near.copy_within(1.., 0);
        self.far[SPAN + LAGS - 1] = db(far);
        self.near[SPAN + LAGS - 1] = db(near);
        self.filled = (self.filled + 1).min(SPAN + LAGS);
        self.since += 1;
        if self.filled < SPAN + LAGS || self.since < EVERY {
            return;
        }
        self.since = 0;
        let likeness = self.likeness();
        (self.found, self.missed) = match () {
            () if likeness > ECHO && self.is_audible() => (self.found + 1, 0),
            () if likeness < NO_ECHO || !self.is_audible() => (0, self.missed + 1),
            () => (self.found, self.missed),
        };
        if self.found >= SURE {
            self.on = true;
        } else if self.missed >= SURE_NOT {
            self.on = false;
        }
    }

    /// The highest correlation of both, over the delays that echo may have.
    fn likeness(&self) -> f32 {
        let near = &self.near[LAGS..];
        (0..=LAGS).map(|lag| correlation(near, &self.far[LAGS - lag..][..SPAN])).fold(0.0, f32::max)
    }

    /// Whether the loudest quarter or so of the microphone's sound could be heard.
    fn is_audible(&self) -> bool {
        self.near[LAGS..].iter().filter(|db| **db > AUDIBLE_DB).count() > SPAN / 4
    }
}

impl Stage for Duck {
    fn process(&mut self, block: &mut Block) {
        if block.far_sounds || self.silent < TAIL {
            self.hear(power(&block.near), power(&block.far));
        }
        self.silent = if block.far_sounds { 0 } else { self.silent.saturating_add(1) };
        let before = self.gain;
        let goal = if self.on && self.silent < TAIL { SOFTER } else { 1.0 };
        self.gain = if goal < before { goal } else { before + (goal - before) * RISE };
        if self.gain > 0.999 {
            self.gain = 1.0;
        }
        if before < 1.0 || self.gain < 1.0 {
            ramp(&mut block.near, before, self.gain);
        }
    }

    fn reset(&mut self) {
        (self.filled, self.since, self.silent, self.gain) = (0, 0, TAIL, 1.0);
    }
}

fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let mean = |x: &[f32]| x.iter().sum::<f32>() / x.len() as f32;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut first, mut second) = (0.0, 1e-6, 1e-6);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        both += a * b;
        first += a * a;
        second += b * b;
    }
    both / (first * second).sqrt()
}
