//! Soft sounds for what happens in a group, made and not recorded.

use super::RATE;
use super::chime::Struck;

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
const STRUCK: Struck = Struck { length: NOTE, peak: PEAK, swell_s: 0.015 };

/// The sound of a cue, at most half a second: notes that go up, that go down, and that come back.
pub(super) fn sound(cue: Cue) -> Vec<f32> {
    // Fifths and octaves of G, as the notes of the sound check.
    let notes: &[f32] = match cue {
        Cue::Join => &[392.0, 587.33],
        Cue::Leave => &[587.33, 392.0],
        Cue::Turn => &[587.33, 783.99, 587.33],
    };
    notes.iter().flat_map(|hz| (0..NOTE).map(|at| STRUCK.sample(*hz, at, f32::sin))).collect()
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
