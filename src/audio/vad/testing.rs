//! Voices without words for tests, made and not recorded.

use crate::audio::testing::{Noise, resonate};

/// Sighs of 1 s, one in each 3 s: breath through a mouth, without a voice. At `rate` samples a second.
pub(in crate::audio) fn breath(seconds: f32, peak: f32, rate: u32) -> Vec<f32> {
    let mut noise = Noise(6);
    let mut filters = [[0.0f32; 2]; 2];
    let mut out: Vec<f32> = (0..(seconds * rate as f32) as usize)
        .map(|at| {
            let t = at as f32 / rate as f32;
            let sigh = ((t % 3.0) * std::f32::consts::PI).sin() * f32::from(t % 3.0 < 1.0);
            let air = noise.next() * sigh;
            let mouth = [(800.0, 200.0), (1900.0, 350.0)];
            mouth.iter().zip(&mut filters).map(|((hz, width), state)| resonate(state, air, *hz, *width, rate)).sum()
        })
        .collect();
    let loudest = out.iter().fold(1e-9f32, |m, s| m.max(s.abs()));
    out.iter_mut().for_each(|s| *s *= peak / loudest);
    out
}
