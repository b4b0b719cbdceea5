//! What a sound check has measured, and what that means.

use super::super::advisor::TOO_QUIET_DB;
use super::echo_path::EchoPath;

/// Blocks of 20 ms with speech below which nobody has spoken: 200 ms.
const LEAST_SPEECH: u32 = 10;
/// So many blocks that stand out of the noise by this much (dB), without a voice in them that can be told, are a faint one.
const LEAST_FAINT: usize = 15;
const FAINT_DB: f32 = 12.0;
/// A part of the speech that is cut off at full scale, from which on people hear it.
const CLIPPED_SHARE: f32 = 0.03;
/// The microphone hears the speaker no softer than this: an echo canceller has little to hold on to beyond.
const ECHO_DB: f32 = 6.0;
/// Speech stands out of noise by less than this, in dB: the noise is heard beside it.
const NOISY_DB: f32 = 15.0;
/// A room is never quieter than this to a voice, in dBFS, even if the microphone gives digital silence.
const SILENT_DB: f32 = -75.0;
/// Where nobody spoke, noise louder than this, in dBFS, is much.
const LOUD_NOISE_DB: f32 = -40.0;
/// Noise rises above its quiet moments by less than this for half of the time; a voice by more.
const STEADY_DB: f32 = 6.0;

/// What a check says, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No voice is heard: fewer than 200 ms of speech, and fewer than 300 ms of anything; in a short check nothing but digital silence.
    NothingHeard,
    /// More than 3 % of the speech is cut off at full scale.
    TooLoud,
    /// Speech is below -43 dBFS in the mean, which levelling can't make up for, or too faint to be told from noise.
    TooQuiet,
    /// The microphone hears the speaker, attenuated by less than 6 dB.
    Echo,
    /// Speech stands out of the room's noise by less than 15 dB, or in a short check the noise is steady and above -40 dBFS.
    Noisy,
    /// Nothing of these.
    Good,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckReport {
    /// Mean level of speech in dBFS; `None` if nobody spoke, or wasn't asked to.
    pub speech_db: Option<f32>,
    /// The room's noise in dBFS; -120 is digital silence.
    pub noise_db: f32,
    /// The part of the speech that is cut off at full scale, `0.0..=1.0`.
    pub clipped: f32,
    /// The way from the speaker to the microphone; `None` if it hears nothing of it.
    pub echo: Option<EchoPath>,
    /// The worst first; never empty.
    pub verdicts: Vec<Verdict>,
}

/// What was heard of a person who was asked to speak.
#[derive(Default)]
pub(super) struct Heard {
    /// Blocks with speech, how many of them are cut off, and their power together.
    pub(super) speech: u32,
    pub(super) clipped: u32,
    pub(super) power: f32,
    /// The level of each block without, in dBFS.
    pub(super) pauses: Vec<f32>,
}

impl Heard {
    /// What that means.
    pub(super) fn report(&mut self, echo: Option<EchoPath>) -> CheckReport {
        let speech = self.speech.max(1) as f32;
        let spoken = self.speech >= LEAST_SPEECH;
        let speech_db = spoken.then(|| 10.0 * (self.power / speech).max(1e-12).log10());
        let noise_db = noise(&mut self.pauses);
        let clipped = self.clipped as f32 / speech;
        let faint = !spoken
            && self.pauses.iter().filter(|loud| **loud > noise_db.max(SILENT_DB) + FAINT_DB).count() >= LEAST_FAINT;
        let found = [
            (!spoken && !faint, Verdict::NothingHeard),
            (spoken && clipped > CLIPPED_SHARE, Verdict::TooLoud),
            (faint || speech_db.is_some_and(|loud| loud < TOO_QUIET_DB), Verdict::TooQuiet),
            (is_echo(echo), Verdict::Echo),
            (speech_db.is_some_and(|loud| loud - noise_db < NOISY_DB), Verdict::Noisy),
        ];
        CheckReport { speech_db, noise_db, clipped, echo, verdicts: verdicts(found) }
    }

    /// The same where nobody was asked to speak.
    pub(super) fn short_report(&mut self, echo: Option<EchoPath>, silent: bool) -> CheckReport {
        let noise_db = noise(&mut self.pauses);
        let is_steady = self.pauses.get(self.pauses.len() / 2).is_some_and(|median| median - noise_db < STEADY_DB);
        let found = [
            (silent, Verdict::NothingHeard),
            (is_echo(echo), Verdict::Echo),
            (noise_db > LOUD_NOISE_DB && is_steady, Verdict::Noisy),
        ];
        CheckReport { speech_db: None, noise_db, clipped: 0.0, echo, verdicts: verdicts(found) }
    }
}

fn is_echo(echo: Option<EchoPath>) -> bool {
    echo.is_some_and(|path| path.attenuation_db < ECHO_DB)
}

fn verdicts<const N: usize>(found: [(bool, Verdict); N]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = found.into_iter().filter_map(|(is, verdict)| is.then_some(verdict)).collect();
    verdicts.sort_unstable();
    if verdicts.is_empty() { vec![Verdict::Good] } else { verdicts }
}

/// The level that a tenth of the pauses stay below: between words a room is never softer than its noise.
fn noise(pauses: &mut [f32]) -> f32 {
    pauses.sort_unstable_by(f32::total_cmp);
    pauses.get(pauses.len() / 10).copied().unwrap_or(-120.0)
}
