//! Mild noise suppression: what is steady is turned down, by 12 dB at most, and the less the better one is heard above it.
//!
//! Where there is nothing to turn down it holds nothing back either: it changes over in a pause.
//!
//! It knows nothing of speech, so what no model of speech would keep (crying, a sigh, a whisper) is heard above the noise like a word.

use sonora_fft::fft4g::Fft4g;

use super::stage::{Block, Frame, SAMPLES, Stage};
use crate::audio::level::decibels;

/// Samples between two spectra (10 ms), and what is held back while noise is turned down.
pub(super) const HOP: usize = 160;
/// Samples of a spectrum, and of the transform.
const WINDOW: usize = 2 * HOP;
const FFT: usize = 512;
const BINS: usize = FFT / 2 + 1;

/// The most that noise is turned down, in dB.
const DEPTH_DB: f32 = 12.0;
/// The same in a room where voices stand out of the noise by [`CLEAR_DB`].
const CLEAR_DEPTH_DB: f32 = 0.0;
/// Voices that stand out of the noise by less than this need all of it, by more than that none, in dB.
const NOISY_DB: f32 = 16.0;
const CLEAR_DB: f32 = 36.0;
/// Noise below this is heard by nobody, in dBFS.
const INAUDIBLE_DB: f32 = -78.0;
/// The room's noise is the least that was estimated in the last one to two of these many hops (1.5 s): the estimate also follows a
/// voice for as long as a word is steady (minimum statistics: Martin, 2001).
const FLOOR_HOPS: u32 = 150;
/// The loudest moment fades from memory by this much in each hop: 1 dB in 1 s.
const LOUDEST_FADES_DB: f32 = 0.01;

/// It steps aside once noise would have been turned down by less than this for so many hops (1 s), in dB, and back in from
/// that depth on: less noise than that is not worth 10 ms of delay.
const ASIDE_DB: f32 = 0.1;
const ASIDE_AFTER: u32 = 100;
const BACK_IN_DB: f32 = 2.0;
/// A hop of a pause is louder than the room's noise by this at most, in dB.
const PAUSE_DB: f32 = 6.0;

/// Signals are expected this far above the noise (15 dB) where there is one (Gerkmann and Hendriks, 2012).
const EXPECTED: f32 = 31.6;
/// How much of the noise estimate stays from hop to hop.
const NOISE_STAYS: f32 = 0.8;
/// How much of the last estimate of the signal goes into the next one (Ephraim and Malah, 1984).
const SIGNAL_STAYS: f32 = 0.97;
/// The least signal-to-noise ratio that is reckoned with, -18 dB.
const LEAST: f32 = 0.016;
/// Hops of a beginning, in which the mean is the noise.
const BEGINNING: u32 = 10;

/// Turns noise down in each of 257 bands.
pub(super) struct NoiseSuppressor {
    fft: Fft4g,
    window: [f32; WINDOW],
    /// The last hop's input, and the half of its output that the next one completes.
    input: [f32; HOP],
    overlap: [f32; HOP],
    spectrum: [f32; FFT],
    noise: [f32; BINS],
    /// How likely each band was to hold a signal, smoothed.
    presence: [f32; BINS],
    /// The signal's power in the last hop, as estimated.
    signal: [f32; BINS],
    gains: [f32; BINS],
    hops: u32,
    loudest_db: f32,
    /// The least estimate of the noise in the hops before these and in these, in dBFS.
    floor_db: [f32; 2],
    depth_db: f32,
    /// Hops for which there was nothing to turn down.
    idle: u32,
    /// It listens only, and holds nothing back.
    aside: bool,
    on: bool,
}

impl Default for NoiseSuppressor {
    fn default() -> Self {
        let window = std::array::from_fn(|at| (std::f32::consts::PI * at as f32 / WINDOW as f32).sin());
        Self {
            fft: Fft4g::new(FFT),
            window,
            input: [0.0; HOP],
            overlap: [0.0; HOP],
            spectrum: [0.0; FFT],
            noise: [0.0; BINS],
            presence: [0.0; BINS],
            signal: [0.0; BINS],
            gains: [1.0; BINS],
            hops: 0,
            loudest_db: -120.0,
            floor_db: [0.0; 2],
            depth_db: 0.0,
            idle: 0,
            aside: false,
            on: true,
        }
    }
}

impl NoiseSuppressor {
    /// Lets it work, or rest to spare the processor.
    pub(super) fn set_on(&mut self, on: bool) {
        self.on = on;
    }

    /// The room's noise, in dBFS.
    pub(super) fn noise_db(&self) -> f32 {
        self.floor_db[0].min(self.floor_db[1])
    }

    /// How many samples the sound is held back by.
    pub(super) fn held_back(&self) -> usize {
        if self.aside { 0 } else { HOP }
    }

    fn hop(&mut self, sound: &mut [f32]) {
        let before = self.aside;
        let direct: [f32; HOP] = std::array::from_fn(|at| sound[at]);
        if !self.on && self.depth_db < ASIDE_DB {
            self.pass(sound);
            if before {
                sound.copy_from_slice(&direct);
            }
            return;
        }
        let halves = self.input.iter().chain(&*sound).zip(&self.window);
        self.spectrum[..WINDOW].iter_mut().zip(halves).for_each(|(to, (sample, window))| *to = sample * window);
        self.spectrum[WINDOW..].fill(0.0);
        self.fft.rdft(&mut self.spectrum);
        self.listen();
        self.choose_gains();
        self.step(decibels(&direct));
        if before && self.aside {
            self.pass(sound);
            sound.copy_from_slice(&direct);
            return;
        }
        self.input.copy_from_slice(sound);
        self.apply();
        self.fft.irdft(&mut self.spectrum);
        let scale = 2.0 / FFT as f32;
        for (at, sample) in sound.iter_mut().enumerate() {
            *sample = self.overlap[at] + self.spectrum[at] * self.window[at] * scale;
            self.overlap[at] = self.spectrum[HOP + at] * self.window[HOP + at] * scale;
        }
        if before != self.aside {
            for (at, (sample, direct)) in sound.iter_mut().zip(&direct).enumerate() {
                let share = at as f32 / HOP as f32;
                let share = if self.aside { share } else { 1.0 - share };
                *sample = *sample * (1.0 - share) + direct * share;
            }
        }
    }

    /// The hop as it would come out if no band were turned down, but for the work.
    fn pass(&mut self, sound: &mut [f32]) {
        for (at, sample) in sound.iter_mut().enumerate() {
            let (rising, falling) = (self.window[at] * self.window[at], self.window[HOP + at] * self.window[HOP + at]);
            let tail = std::mem::replace(&mut self.overlap[at], *sample * falling);
            *sample = tail + std::mem::replace(&mut self.input[at], *sample) * rising;
        }
    }

    /// Steps aside where there is nothing to do, and back in where there is, in a pause: `loud_db` is how loud this hop is, in dBFS.
    fn step(&mut self, loud_db: f32) {
        self.idle = if self.depth_db < ASIDE_DB { self.idle.saturating_add(1) } else { 0 };
        if loud_db < self.noise_db() + PAUSE_DB {
            self.aside = if self.aside { self.depth_db < BACK_IN_DB } else { self.idle >= ASIDE_AFTER };
        }
    }

    /// The power in a band. The transform keeps the highest one in the place of the lowest one's missing half.
    fn power(spectrum: &[f32; FFT], band: usize) -> f32 {
        match band {
            0 => spectrum[0] * spectrum[0],
            _ if band == BINS - 1 => spectrum[1] * spectrum[1],
            _ => spectrum[2 * band] * spectrum[2 * band] + spectrum[2 * band + 1] * spectrum[2 * band + 1],
        }
    }

    /// Follows the noise: what each band adds to it depends on how likely it is that nobody is heard there.
    fn listen(&mut self) {
        self.hops = self.hops.saturating_add(1);
        let mut all = 0.0;
        for band in 0..BINS {
            let power = Self::power(&self.spectrum, band) + 1e-12;
            all += power;
            if self.hops <= BEGINNING {
                self.noise[band] += (power - self.noise[band]) / self.hops as f32;
            }
            let noise = self.noise[band];
            let likely =
                1.0 / (1.0 + (1.0 + EXPECTED) * (-power / noise * EXPECTED / (1.0 + EXPECTED)).max(-80.0).exp());
            self.presence[band] = 0.9 * self.presence[band] + 0.1 * likely;
            // Or the estimate would never follow noise that became louder.
            let likely = if self.presence[band] > 0.99 { likely.min(0.99) } else { likely };
            self.noise[band] = NOISE_STAYS * noise + (1.0 - NOISE_STAYS) * (likely * noise + (1.0 - likely) * power);
        }
        if self.hops.is_multiple_of(FLOOR_HOPS) {
            self.floor_db = [self.floor_db[1], 0.0];
        }
        self.floor_db[1] = self.floor_db[1].min(power_db(self.noise.iter().sum()));
        self.loudest_db = (self.loudest_db - LOUDEST_FADES_DB).max(power_db(all));
    }

    /// How far noise may be turned down now.
    fn depth(&self) -> f32 {
        let noise = self.noise_db();
        if !self.on || noise < INAUDIBLE_DB {
            return 0.0;
        }
        let clear = ((self.loudest_db - noise - NOISY_DB) / (CLEAR_DB - NOISY_DB)).clamp(0.0, 1.0);
        DEPTH_DB + (CLEAR_DEPTH_DB - DEPTH_DB) * clear
    }

    fn choose_gains(&mut self) {
        self.depth_db += (self.depth() - self.depth_db) * 0.05;
        let least = 10f32.powf(-self.depth_db / 20.0);
        for band in 0..BINS {
            let power = Self::power(&self.spectrum, band) + 1e-12;
            let noise = self.noise[band].max(1e-12);
            let above = (power / noise - 1.0).clamp(0.0, 1_000.0);
            let ratio = (SIGNAL_STAYS * self.signal[band] / noise + (1.0 - SIGNAL_STAYS) * above).max(LEAST);
            let gain = (ratio / (1.0 + ratio)).sqrt();
            self.signal[band] = gain * gain * power;
            self.gains[band] = gain.max(least);
        }
    }

    /// Each band by the mean of the gains around it: single bands that come and go would ring.
    fn apply(&mut self) {
        for band in 0..BINS {
            let (from, to) = (band.saturating_sub(1), (band + 2).min(BINS));
            let gain = self.gains[from..to].iter().sum::<f32>() / (to - from) as f32;
            match band {
                0 => self.spectrum[0] *= gain,
                _ if band == BINS - 1 => self.spectrum[1] *= gain,
                _ => {
                    self.spectrum[2 * band] *= gain;
                    self.spectrum[2 * band + 1] *= gain;
                }
            }
        }
    }
}

impl Stage for NoiseSuppressor {
    fn process(&mut self, block: &mut Block) {
        let near: &mut Frame = &mut block.near;
        for hop in near.chunks_exact_mut(HOP) {
            self.hop(hop);
        }
        debug_assert_eq!(SAMPLES % HOP, 0);
    }

    /// The room's noise stays known.
    fn reset(&mut self) {
        self.input.fill(0.0);
        self.overlap.fill(0.0);
        self.signal.fill(0.0);
    }
}

/// From the sum over all bands to dBFS.
fn power_db(sum: f32) -> f32 {
    // Half of the bands, of a window that keeps half of the power.
    10.0 * (sum * 2.0 / (FFT * WINDOW / 2) as f32 + 1e-12).log10()
}
