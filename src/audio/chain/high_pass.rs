//! Takes away what is below every voice: handling, wind, hum, a microphone's own offset.

use super::stage::{Block, RATE, Stage};

/// In Hz; 3 dB are lost here.
const CUTOFF: f32 = 80.0;

/// A Butterworth filter of the second order.
pub(super) struct HighPass {
    /// Of the input now and before.
    b: [f32; 2],
    /// Of the output before.
    a: [f32; 2],
    state: [f32; 2],
}

impl Default for HighPass {
    fn default() -> Self {
        let (sin, cos) = (std::f32::consts::TAU * CUTOFF / RATE as f32).sin_cos();
        let alpha = sin * std::f32::consts::FRAC_1_SQRT_2;
        let scale = 1.0 / (1.0 + alpha);
        Self {
            b: [(1.0 + cos) / 2.0 * scale, -(1.0 + cos) * scale],
            a: [-2.0 * cos * scale, (1.0 - alpha) * scale],
            state: [0.0; 2],
        }
    }
}

impl Stage for HighPass {
    fn process(&mut self, block: &mut Block) {
        for sample in &mut block.near {
            let input = *sample;
            let out = self.b[0] * input + self.state[0];
            self.state = [self.b[1] * input - self.a[0] * out + self.state[1], self.b[0] * input - self.a[1] * out];
            *sample = out;
        }
        // Or it would go on with numbers too small to be fast, after the last sound.
        self.state = self.state.map(|state| if state.abs() < 1e-15 { 0.0 } else { state });
    }

    fn reset(&mut self) {
        self.state = [0.0; 2];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::chain::stage::{Frame, SAMPLES};
    use crate::audio::level::decibels;

    fn tone(hz: f32, block: usize) -> Frame {
        std::array::from_fn(|at| ((block * SAMPLES + at) as f32 * hz / RATE as f32 * std::f32::consts::TAU).sin())
    }

    #[test]
    fn hum_goes_and_voices_stay() {
        for (hz, least, most) in [(20.0, -90.0, -23.0), (50.0, -90.0, -8.0), (120.0, -1.2, 0.1), (1_000.0, -0.1, 0.1)] {
            let mut filter = HighPass::default();
            let mut block = Block::default();
            for at in 0..50 {
                block.near = tone(hz, at);
                filter.process(&mut block);
            }
            let left = decibels(&block.near) - decibels(&tone(hz, 49));
            assert!((least..most).contains(&left), "{hz} Hz: {left} dB");
        }
    }
}
