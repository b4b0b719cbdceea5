//! Between the 48 kHz of devices and codec and the chain's 16 kHz: a third of the samples, and back.

use super::stage::{Frame, SAMPLES};
use crate::audio::BLOCK;

/// Taps of the filter at 48 kHz. It passes 7 kHz and stops what would fold back from above 8 kHz; either way delays by 1 ms.
const TAPS: usize = 96;
/// Where the filter has lost half of the amplitude, in Hz.
const CUTOFF: f32 = 7_500.0;
/// What of the past a block needs.
const PAST: usize = TAPS - 1;
/// The same at 16 kHz.
const PAST_LOW: usize = TAPS / 3 - 1;

/// From 48 to 16 kHz.
pub(in crate::audio) struct Down {
    taps: [f32; TAPS],
    sound: [f32; PAST + BLOCK],
}

/// From 16 to 48 kHz.
pub(in crate::audio) struct Up {
    /// The taps that meet a sample of the input, for each of three samples of the output.
    phases: [[f32; TAPS / 3]; 3],
    sound: [f32; PAST_LOW + SAMPLES],
}

impl Default for Down {
    fn default() -> Self {
        Self { taps: low_pass(), sound: [0.0; PAST + BLOCK] }
    }
}

impl Down {
    /// 20 ms.
    pub(in crate::audio) fn process(&mut self, block: &[f32; BLOCK], out: &mut Frame) {
        self.sound.copy_within(BLOCK.., 0);
        self.sound[PAST..].copy_from_slice(block);
        for (at, out) in out.iter_mut().enumerate() {
            *out = dot(&self.sound[3 * at..], &self.taps);
        }
    }
}

impl Default for Up {
    fn default() -> Self {
        let taps = low_pass();
        // The filter is the same from both ends. Of three samples of the output one is met by every third tap.
        let phases = std::array::from_fn(|phase| std::array::from_fn(|at| 3.0 * taps[3 * at + 2 - phase]));
        Self { phases, sound: [0.0; PAST_LOW + SAMPLES] }
    }
}

impl Up {
    /// 20 ms.
    pub(in crate::audio) fn process(&mut self, frame: &Frame, out: &mut [f32; BLOCK]) {
        self.sound.copy_within(SAMPLES.., 0);
        self.sound[PAST_LOW..].copy_from_slice(frame);
        for (at, out) in out.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            *out = self.phases.each_ref().map(|taps| dot(&self.sound[at..], taps));
        }
    }
}

/// In eight sums, so that a processor can take eight products at a time.
fn dot<const N: usize>(sound: &[f32], taps: &[f32; N]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (sound, taps) in sound.as_chunks::<8>().0.iter().zip(taps.as_chunks::<8>().0) {
        for ((sum, sound), tap) in sums.iter_mut().zip(sound).zip(taps) {
            *sum += sound * tap;
        }
    }
    sums.iter().sum()
}

/// A sinc in a Blackman window.
fn low_pass() -> [f32; TAPS] {
    let mut taps: [f32; TAPS] = std::array::from_fn(|at| {
        let x = at as f32 - PAST as f32 / 2.0;
        let phase = std::f32::consts::PI * x * (2.0 * CUTOFF / 48_000.0);
        let turn = std::f32::consts::TAU * at as f32 / PAST as f32;
        phase.sin() / phase * (0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos())
    });
    let sum: f32 = taps.iter().sum();
    taps.iter_mut().for_each(|tap| *tap /= sum);
    taps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::level::decibels;

    /// How loud a tone comes out, at 16 kHz and back at 48 kHz, in dB of what went in.
    fn through(hz: f32) -> (f32, f32) {
        let (mut down, mut up) = (Down::default(), Up::default());
        let (mut low, mut out) = ([0.0; SAMPLES], [0.0; BLOCK]);
        let mut at = 0.0f32;
        for _ in 0..10 {
            let block = std::array::from_fn(|_| {
                at += hz / 48_000.0;
                (at * std::f32::consts::TAU).sin()
            });
            down.process(&block, &mut low);
            up.process(&low, &mut out);
        }
        (decibels(&low) + 3.01, decibels(&out) + 3.01)
    }

    #[test]
    fn speech_passes_both_ways_and_what_would_fold_back_does_not() {
        for hz in [100.0, 440.0, 1_000.0, 3_000.0, 6_000.0] {
            let (low, out) = through(hz);
            assert!(low.abs() < 0.3 && out.abs() < 0.5, "{hz} Hz: {low} and {out} dB");
        }
        assert!(through(10_000.0).0 < -50.0);
    }

    #[test]
    fn the_way_down_and_up_takes_two_milliseconds() {
        let (mut down, mut up) = (Down::default(), Up::default());
        let (mut low, mut out, mut click) = ([0.0; SAMPLES], [0.0; BLOCK], [0.0; BLOCK]);
        click[300] = 1.0;
        down.process(&click, &mut low);
        up.process(&low, &mut out);
        let loudest = (0..BLOCK).max_by(|a, b| out[*a].abs().total_cmp(&out[*b].abs())).unwrap();
        assert!(loudest.abs_diff(300 + PAST) <= 2, "{loudest}");
    }
}
