//! Filters of second order.

/// A Butterworth filter of second order, by Robert Bristow-Johnson's formulas.
pub(super) struct Biquad {
    /// For the sample, the one before and the one before that; then for the last two results.
    factors: [f32; 5],
    state: [f32; 2],
}

impl Biquad {
    /// Passes what is below `hz`, with 3 dB less there, of `rate` samples a second.
    pub(super) fn low_pass(hz: f32, rate: u32) -> Self {
        Self::new(hz, rate, |cos| [(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0])
    }

    /// Passes what is above `hz`, with 3 dB less there, of `rate` samples a second.
    pub(super) fn high_pass(hz: f32, rate: u32) -> Self {
        Self::new(hz, rate, |cos| [f32::midpoint(1.0, cos), -(1.0 + cos), f32::midpoint(1.0, cos)])
    }

    fn new(hz: f32, rate: u32, forward: fn(f32) -> [f32; 3]) -> Self {
        let (sin, cos) = (std::f32::consts::TAU * hz / rate as f32).sin_cos();
        let alpha = sin * std::f32::consts::FRAC_1_SQRT_2;
        let [b0, b1, b2] = forward(cos);
        let factors = [b0, b1, b2, -2.0 * cos, 1.0 - alpha].map(|factor| factor / (1.0 + alpha));
        Self { factors, state: [0.0; 2] }
    }

    /// Forgets what it has heard.
    pub(super) fn reset(&mut self) {
        self.state = [0.0; 2];
    }

    /// Forgets what has died away: it would go on with numbers too small to be fast, after the last sound.
    pub(super) fn settle(&mut self) {
        self.state = self.state.map(|state| if state.abs() < 1e-15 { 0.0 } else { state });
    }

    /// Filters the next sample.
    pub(super) fn next(&mut self, sample: f32) -> f32 {
        let [b0, b1, b2, a1, a2] = self.factors;
        let out = b0 * sample + self.state[0];
        self.state = [b1 * sample - a1 * out + self.state[1], b2 * sample - a2 * out];
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::RATE;

    #[test]
    fn each_passes_its_side_and_stops_the_other() {
        let through = |mut filter: Biquad, hz: f32| {
            let tone = (0..RATE).map(|at| (at as f32 * hz * std::f32::consts::TAU / RATE as f32).sin());
            let out: Vec<f32> = tone.map(|sample| filter.next(sample)).collect();
            super::super::level::decibels(&out[RATE as usize / 2..]) + 3.0
        };
        assert!(
            through(Biquad::low_pass(150.0, RATE), 50.0) > -0.2
                && through(Biquad::low_pass(150.0, RATE), 600.0) < -20.0
        );
        assert!(
            through(Biquad::high_pass(150.0, RATE), 600.0) > -0.2
                && through(Biquad::high_pass(150.0, RATE), 50.0) < -15.0
        );
        assert!((through(Biquad::low_pass(150.0, RATE), 150.0) + 3.0).abs() < 0.2);
    }
}
