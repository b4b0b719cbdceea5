//! Soft sounds for what happens in a group, made and not recorded.

use std::f32::consts::TAU;

use super::RATE;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Somebody came in.
    Join,
    /// Somebody left.
    Leave,
    /// It's my turn to speak.
    Turn,
}

/// Samples of a note: a sixth of a second.
const NOTE: usize = RATE as usize / 6;
/// Loudest sample: under a voice, where a voice has about 0.3.
const PEAK: f32 = 0.06;

/// The sound of a cue, at most half a second: notes that go up, that go down, and that come back.
pub(super) fn sound(cue: Cue) -> Vec<f32> {
    // Fifths and octaves of G, as the notes of the sound check.
    let notes: &[f32] = match cue {
        Cue::Join => &[392.0, 587.33],
        Cue::Leave => &[587.33, 392.0],
        Cue::Turn => &[587.33, 783.99, 587.33],
    };
    notes.iter().flat_map(|hz| (0..NOTE).map(|at| note(*hz, at))).collect()
}

/// A sample of a note that swells within 15 ms and fades to nothing, as a struck bar does.
fn note(hz: f32, at: usize) -> f32 {
    let seconds = at as f32 / RATE as f32;
    let rise = (seconds / 0.015).min(1.0);
    let fall = 1.0 - at as f32 / NOTE as f32;
    PEAK * rise * fall * fall * (TAU * hz * seconds).sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_soft_short_and_never_click() {
        for cue in [Cue::Join, Cue::Leave, Cue::Turn] {
            let sound = sound(cue);
            assert!(sound.len() <= RATE as usize / 2, "{cue:?}");
            assert!(sound.iter().all(|sample| sample.abs() <= PEAK) && sound.iter().any(|sample| *sample > PEAK / 3.0));
            assert!(sound.windows(2).all(|two| (two[1] - two[0]).abs() < 0.01), "{cue:?}");
            assert!(sound[sound.len() - 48..].iter().all(|sample| sample.abs() < 0.001));
        }
        assert_ne!(sound(Cue::Join), sound(Cue::Leave));
    }
}
