//! Takes away what is below every voice: handling, wind, hum, a microphone's own offset.

use super::stage::{Block, RATE, Stage};
use crate::audio::biquad::Biquad;

/// In Hz; 3 dB are lost here.
const CUTOFF: f32 = 80.0;

/// A Butterworth filter of the second order.
pub(super) struct HighPass(Biquad);

impl Default for HighPass {
    fn default() -> Self {
        Self(Biquad::high_pass(CUTOFF, RATE))
    }
}

impl Stage for HighPass {
    fn process(&mut self, block: &mut Block) {
        for sample in &mut block.near {
            *sample = self.0.next(*sample);
        }
        self.0.settle();
    }

    fn reset(&mut self) {
        self.0.reset();
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
