//! Sounds for tests, made and not recorded.

use super::RATE;

/// A seeded generator of white noise, -1 to 1.
pub(super) struct Noise(pub u32);

impl Noise {
    /// The next sample.
    pub(super) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
    }
}

/// Something that a voice detector takes for speech: a pulse train through three moving formants, in syllables.
pub(super) fn vowels(seconds: f32, peak: f32) -> Vec<f32> {
    voice(seconds, peak, 120.0, 4.0)
}

/// The same of another person: a mean pitch in Hz, and syllables in a second.
pub(super) fn voice(seconds: f32, peak: f32, pitch: f32, syllables: f32) -> Vec<f32> {
    let mean_pitch = pitch;
    let count = (seconds * RATE as f32) as usize;
    let mut noise = Noise(7);
    let mut phase = 0.0f32;
    let mut filters = [[0.0f32; 2]; 3];
    let mut out: Vec<f32> = (0..count)
        .map(|i| {
            let t = i as f32 / RATE as f32;
            let pitch = mean_pitch + 15.0 * (t * 3.0).sin();
            phase += pitch / RATE as f32;
            let mut pulse = noise.next() * 0.01;
            if phase >= 1.0 {
                phase -= 1.0;
                pulse += 1.0;
            }
            let glide = (t * 9.0).sin();
            let formants = [(600.0 + 200.0 * glide, 80.0), (1400.0 + 500.0 * glide, 100.0), (2600.0, 140.0)];
            let voice: f32 = formants
                .iter()
                .zip(&mut filters)
                .map(|((hz, width), state)| resonate(state, pulse, *hz, *width, RATE))
                .sum();
            // Syllables with a gap between.
            voice * (0.5 - 0.5 * (t * syllables * std::f32::consts::TAU).cos()).max(0.02)
        })
        .collect();
    let loudest = out.iter().fold(1e-9f32, |m, s| m.max(s.abs()));
    out.iter_mut().for_each(|s| *s *= peak / loudest);
    out
}

/// A formant: noise or pulses through a resonance at `hz`.
pub(super) fn resonate(state: &mut [f32; 2], input: f32, hz: f32, width: f32, rate: u32) -> f32 {
    let radius = (-std::f32::consts::PI * width / rate as f32).exp();
    let turn = (std::f32::consts::TAU * hz / rate as f32).cos();
    let out = input * (1.0 - radius) + 2.0 * radius * turn * state[0] - radius * radius * state[1];
    *state = [out, state[0]];
    out
}
