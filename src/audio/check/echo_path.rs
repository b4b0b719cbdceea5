//! How much of the speaker the microphone hears, and how late, by two notes that were played.

use super::super::biquad::Biquad;
use super::super::{RATE, chime};

/// Samples are looked at in tens and two: 4 kHz are plenty for notes of 392 and 523 Hz.
const DECIMATION: usize = 12;
const PER_MS: usize = 4;
/// The longest way from the speaker to the microphone, in milliseconds, with all buffers.
const MOST_DELAY_MS: usize = 600;
/// Below this the notes are as good as not heard: noise and voices reach a fifth by chance.
const LEAST_COHERENCE: f32 = 0.3;

/// The way from the speaker to the microphone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EchoPath {
    /// By how much the microphone hears the speaker more softly than it was played, in dB; below zero if louder.
    pub attenuation_db: f32,
    /// How late, in milliseconds, with the buffers of both devices; good to about 8 ms.
    pub delay_ms: u32,
}

/// Finds the notes, of which `length` samples were played from the start on, in what the microphone `heard` since then, at 48 kHz.
/// `None` if they aren't heard.
pub(super) fn find(length: usize, heard: &[f32]) -> Option<EchoPath> {
    let part = |notes: Vec<f32>| decimate(&notes[..length.min(notes.len())]);
    let (sine, cosine) = (part(chime::notes()), part(chime::quadrature()));
    let heard = decimate(heard);
    let energy: f32 = sine.iter().map(|s| s * s).sum();
    let most = heard.len().checked_sub(sine.len())?.min(MOST_DELAY_MS * PER_MS);
    // The notes' phase tells the delay; the sum over both phases tells how loud they are.
    let delay = (0..=most).max_by(|a, b| dot(&heard[*a..], &sine).abs().total_cmp(&dot(&heard[*b..], &sine).abs()))?;
    let there = &heard[delay..];
    let found = (dot(there, &sine).powi(2) + dot(there, &cosine).powi(2)) / energy;
    let all: f32 = there[..sine.len()].iter().map(|s| s * s).sum();
    if found <= LEAST_COHERENCE * LEAST_COHERENCE * all || all <= 1e-9 {
        return None;
    }
    let delay_ms = u32::try_from(delay / PER_MS).unwrap_or(u32::MAX);
    Some(EchoPath { attenuation_db: 10.0 * (energy / found).log10(), delay_ms })
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Every twelfth sample of what is between hum and hiss.
fn decimate(sound: &[f32]) -> Vec<f32> {
    let (mut high, mut low) = (Biquad::high_pass(200.0, RATE), Biquad::low_pass(1200.0, RATE));
    let filtered = sound.iter().map(|sample| low.next(high.next(*sample)));
    filtered.step_by(DECIMATION).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::{Noise, vowels};

    const SECOND: usize = RATE as usize;

    /// The notes `late` milliseconds late and so much softer, with some noise.
    fn room(late: usize, attenuation_db: f32, noise: f32, reverberant: bool) -> Vec<f32> {
        let gain = 10f32.powf(-attenuation_db / 20.0);
        let mut out = vec![0.0; SECOND * 8 / 5];
        let mut add = |at: usize, gain: f32| {
            out.iter_mut().skip(at).zip(chime::notes()).for_each(|(to, sample)| *to += sample * gain);
        };
        add(late * 48, gain);
        if reverberant {
            for reflection in 1..8 {
                add(
                    late * 48 + reflection * 311,
                    gain * 0.5f32.powi(reflection as i32) * if reflection % 2 == 0 { 1.0 } else { -1.0 },
                );
            }
        }
        let mut hiss = Noise(3);
        out.iter_mut().for_each(|sample| *sample += hiss.next() * noise);
        out
    }

    #[test]
    fn delay_and_attenuation_of_a_path_are_found() {
        for (late, attenuation, noise) in
            [(0, 0.0, 0.0), (20, 10.0, 0.003), (80, 25.0, 0.003), (200, -6.0, 0.01), (410, 30.0, 0.001)]
        {
            let path = find(SECOND, &room(late, attenuation, noise, false)).unwrap();
            assert!((path.attenuation_db - attenuation).abs() < 1.5, "{path:?}, not {attenuation} dB");
            assert!(path.delay_ms.abs_diff(late as u32) <= 8, "{path:?}, not {late} ms");
            let path = find(SECOND, &room(late, attenuation, noise, true)).unwrap();
            assert!((path.attenuation_db - attenuation).abs() < 5.0, "{path:?}, not {attenuation} dB");
            assert!(path.delay_ms.abs_diff(late as u32) <= 16, "{path:?}, not {late} ms");
        }
    }

    #[test]
    fn where_no_note_is_heard_there_is_no_path() {
        assert_eq!(find(SECOND, &vec![0.0; SECOND * 8 / 5]), None);
        assert_eq!(find(SECOND, &room(20, 90.0, 0.02, false)), None);
        assert_eq!(find(SECOND, &vowels(1.6, 0.5)), None);
        let hum: Vec<f32> =
            (0..SECOND * 8 / 5).map(|at| (at as f32 * 400.0 * std::f32::consts::TAU / 48_000.0).sin() * 0.1).collect();
        assert_eq!(find(SECOND, &hum), None);
        assert_eq!(find(SECOND, &[0.1; 100]), None);
    }

    #[test]
    fn half_of_the_notes_is_enough() {
        let path = find(SECOND / 2, &room(60, 12.0, 0.003, false)[..SECOND]).unwrap();
        assert!((path.attenuation_db - 12.0).abs() < 2.0 && path.delay_ms.abs_diff(60) <= 10, "{path:?}");
    }
}
