//! Two soft notes, made and not recorded.

use std::f32::consts::TAU;

use super::RATE;

/// The notes, G and the C above it, in Hz; half a second each.
const NOTES: [f32; 2] = [392.0, 523.25];
/// Samples of a note.
const LENGTH: usize = RATE as usize / 2;
/// Loudest sample: soft beside a voice.
const PEAK: f32 = 0.15;
const STRUCK: Struck = Struck { length: LENGTH, peak: PEAK, swell_s: 0.02 };

/// How notes are struck.
#[derive(Clone, Copy)]
pub(super) struct Struck {
    /// Samples of a note.
    pub(super) length: usize,
    /// Its loudest sample.
    pub(super) peak: f32,
    /// How long it swells, in seconds.
    pub(super) swell_s: f32,
}

impl Struck {
    /// A sample of a note that swells, and fades to nothing as that of a struck bar does.
    pub(super) fn sample(self, hz: f32, at: usize, wave: fn(f32) -> f32) -> f32 {
        let seconds = at as f32 / RATE as f32;
        let rise = (seconds / self.swell_s).min(1.0);
        let fall = 1.0 - at as f32 / self.length as f32;
        self.peak * rise * fall * fall * wave(TAU * hz * seconds)
    }
}

/// One second of sound.
pub(super) fn notes() -> Vec<f32> {
    NOTES.iter().flat_map(|hz| (0..LENGTH).map(move |at| STRUCK.sample(*hz, at, f32::sin))).collect()
}

/// The first of them alone, half a second.
pub(super) fn note_alone() -> Vec<f32> {
    (0..LENGTH).map(|at| STRUCK.sample(NOTES[0], at, f32::sin)).collect()
}

/// [`notes`] a quarter of a period earlier: together they find the notes at any phase.
pub(super) fn quadrature() -> Vec<f32> {
    NOTES.iter().flat_map(|hz| (0..LENGTH).map(move |at| STRUCK.sample(*hz, at, f32::cos))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::level::loudness;

    #[test]
    fn the_notes_are_heard_and_never_click() {
        let sound = notes();
        assert_eq!(sound.len(), RATE as usize);
        assert!(sound.iter().all(|sample| sample.abs() <= PEAK));
        // No step between two samples is more than the note itself makes.
        assert!(sound.windows(2).all(|two| (two[1] - two[0]).abs() < 0.02));
        assert!((2..7).contains(&loudness(&sound[..LENGTH / 2])));
        assert_eq!(loudness(&sound[sound.len() - RATE as usize / 50..]), 0);
    }
}
