//! Sample rates of devices and files to and from the 48 kHz that everything else runs at.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Async, FixedAsync, Resampler as _, SincInterpolationParameters, WindowFunction};

use super::{AudioError, BLOCK};

/// Changes the rate of a mono stream. Equal rates pass unchanged and without delay.
pub struct Resampler {
    inner: Option<Async<f32>>,
    out: Vec<f32>,
}

impl Resampler {
    /// For a source: every call gives one block of [`BLOCK`] samples at `to` Hz, from as many as [`Resampler::needs`] says.
    pub fn to_blocks(from: u32, to: u32) -> Result<Self, AudioError> {
        Self::new(from, to, FixedAsync::Output)
    }

    /// For a sink: every call takes one block of [`BLOCK`] samples at `from` Hz and gives what that is at `to` Hz.
    pub fn from_blocks(from: u32, to: u32) -> Result<Self, AudioError> {
        Self::new(from, to, FixedAsync::Input)
    }

    fn new(from: u32, to: u32, fixed: FixedAsync) -> Result<Self, AudioError> {
        if from == to {
            return Ok(Self { inner: None, out: vec![0.0; BLOCK] });
        }
        let system = |error: &dyn std::fmt::Display| AudioError::System(error.to_string());
        if from == 0 || to == 0 {
            return Err(system(&"a sample rate of zero"));
        }
        // 64 points are 1.3 ms of delay at 48 kHz; speech doesn't profit from more.
        let shape = SincInterpolationParameters::new(64, WindowFunction::BlackmanHarris2);
        let ratio = f64::from(to) / f64::from(from);
        let inner = Async::new_sinc(ratio, 1.0, &shape, BLOCK, 1, fixed).map_err(|e| system(&e))?;
        let out = vec![0.0; inner.output_frames_max()];
        Ok(Self { inner: Some(inner), out })
    }

    /// How many samples the next call takes.
    pub fn needs(&self) -> usize {
        self.inner.as_ref().map_or(BLOCK, |inner| inner.input_frames_next())
    }

    /// The most samples that a call gives.
    pub fn gives_at_most(&self) -> usize {
        self.out.len()
    }

    /// Changes the rate of `input`, of which exactly [`Resampler::needs`] samples are taken; missing ones are silence.
    pub fn process(&mut self, input: &[f32]) -> &[f32] {
        let Some(inner) = &mut self.inner else {
            let length = input.len().min(BLOCK);
            self.out[..length].copy_from_slice(&input[..length]);
            self.out[length..].fill(0.0);
            return &self.out;
        };
        let room = self.out.len();
        let written = InterleavedSlice::new(input, 1, input.len()).ok().and_then(|input| {
            let mut out = InterleavedSlice::new_mut(&mut self.out, 1, room).ok()?;
            Some(inner.process_into_buffer(&input, &mut out, None).ok()?.1)
        });
        &self.out[..written.unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::level::decibels;

    fn tone(rate: u32, hz: f32, at: usize) -> f32 {
        (at as f32 * hz * std::f32::consts::TAU / rate as f32).sin() * 0.5
    }

    #[test]
    fn a_tone_keeps_its_pitch_and_loudness_at_every_rate() {
        for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000] {
            let mut up = Resampler::to_blocks(rate, 48_000).unwrap();
            let (mut at, mut out) = (0, Vec::new());
            while out.len() < 48_000 {
                let input: Vec<f32> = (0..up.needs()).map(|i| tone(rate, 1000.0, at + i)).collect();
                at += input.len();
                out.extend_from_slice(up.process(&input));
            }
            // 1 s of output came from 1 s of input, less what the filter holds back.
            assert!(at.abs_diff(rate as usize) < rate as usize / 40, "{rate}: {at}");
            let steady = &out[4800..];
            let crossings = steady.windows(2).filter(|w| w[0] <= 0.0 && w[1] > 0.0).count();
            assert!(crossings.abs_diff(900) <= 1, "{rate}: {crossings}");
            assert!((decibels(steady) - -9.03).abs() < 0.2, "{rate}: {} dB", decibels(steady));
        }
    }

    #[test]
    fn a_sink_of_another_rate_gets_as_much_time_as_it_was_given() {
        let mut down = Resampler::from_blocks(48_000, 44_100).unwrap();
        let mut given = 0;
        for _ in 0..50 {
            assert_eq!(down.needs(), BLOCK);
            let out = down.process(&[0.1; BLOCK]).len();
            assert!(out <= down.gives_at_most());
            given += out;
        }
        assert!(given.abs_diff(44_100) < 100, "{given}");
    }
}
