//! Several voices into one without harshness.

use super::BLOCK;

/// Up to this (-3 dBFS) nothing is changed. What would go beyond is turned down for as long as it lasts.
const MOST: f32 = 0.707;
/// Samples within which the gain comes down: 2 ms. What is over in this time is rounded off.
const ATTACK: usize = 96;
/// By this factor the gain comes back in 20 ms: 6 dB in half a second.
const RELEASE: f32 = 1.028;

/// A limiter: many loud voices at once stay below full scale, and one voice is left as it is.
pub struct Limiter {
    gain: f32,
}

impl Default for Limiter {
    fn default() -> Self {
        Self { gain: 1.0 }
    }
}

impl Limiter {
    /// Limits the next 20 ms to -1 to 1.
    pub fn limit(&mut self, block: &mut [f32; BLOCK]) {
        let peak = block.iter().fold(0.0f32, |most, sample| most.max(sample.abs()));
        // Half of what is over, in dB, is left to the rounding, so that single peaks don't turn a whole word down.
        let wanted = if peak > MOST { (MOST / peak).sqrt() } else { 1.0 };
        let from = self.gain;
        let to = wanted.min(from * RELEASE).min(1.0);
        self.gain = to;
        if from == 1.0 && to == 1.0 {
            return;
        }
        let ramp = if to < from { ATTACK } else { BLOCK };
        for (i, sample) in block.iter_mut().enumerate() {
            *sample *= from + (to - from) * (i as f32 / ramp as f32).min(1.0);
        }
        soften(block);
    }
}

/// Rounds peaks off so that they stay below full scale. It has no memory, so it can't pump.
fn soften(samples: &mut [f32]) {
    for sample in samples {
        let over = sample.abs() - MOST;
        if over > 0.0 {
            *sample = (MOST + (1.0 - MOST) * (over / (1.0 - MOST)).tanh()).copysign(*sample);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::vowels;

    fn limited(sound: &[f32]) -> Vec<f32> {
        let mut limiter = Limiter::default();
        let mut out = Vec::new();
        for block in sound.as_chunks::<BLOCK>().0 {
            let mut block = *block;
            limiter.limit(&mut block);
            out.extend(block);
        }
        out
    }

    #[test]
    fn one_voice_passes_and_no_sum_clips() {
        let one = vowels(2.0, 0.7);
        assert_eq!(limited(&one), one);
        for times in [1.5, 3.0, 10.0, 1e6] {
            let loud: Vec<f32> = one.iter().map(|s| s * times).collect();
            let out = limited(&loud);
            assert!(out.iter().all(|s| s.abs() <= 1.0), "{times}");
            let back = |a: &[f32]| a.iter().map(|s| s.signum()).sum::<f32>();
            assert_eq!(back(&out), back(&loud), "signs stay");
        }
    }

    #[test]
    fn the_gain_comes_down_without_a_step_and_back_slowly() {
        let mut limiter = Limiter::default();
        let mut out = Vec::new();
        for level in [0.5, 0.5, 2.0, 2.0, 0.5, 0.5, 0.5] {
            let mut block = [level; BLOCK];
            limiter.limit(&mut block);
            out.extend(block);
        }
        let after = &out[BLOCK * 4..];
        assert!(after.windows(2).all(|w| (w[1] - w[0]).abs() < 0.001 && w[1] >= w[0]), "no pumping");
        assert!(after[0] > 0.25 && after[BLOCK * 3 - 1] < 0.5);
        for _ in 0..100 {
            limiter.limit(&mut [0.1; BLOCK]);
        }
        let mut block = [0.5; BLOCK];
        limiter.limit(&mut block);
        assert_eq!(block, [0.5; BLOCK]);
    }

    #[test]
    fn rounding_keeps_the_order() {
        let mut samples: Vec<f32> = (-600..=600).map(|i| i as f32 / 100.0).collect();
        soften(&mut samples);
        assert!(samples.windows(2).all(|w| w[0] <= w[1]) && samples.iter().all(|s| s.abs() <= 1.0));
    }
}
