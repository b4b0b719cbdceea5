//! A person's choice of devices for sound.

use super::chain::Chain;
use super::governor::CpuLimit;
use super::spec::{MicSpec, SpeakerSpec};
use super::status::OnUnplug;
use crate::adapt::Plan;

/// What to use for sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioSetup {
    /// Where my voice comes from.
    pub mic: MicSpec,
    /// Where the others are heard.
    pub speaker: SpeakerSpec,
    /// How my voice is coded.
    pub plan: Plan,
    /// Whether the microphone is open from the start. A file always is.
    pub mic_open: bool,
    /// What becomes of sound when headphones are unplugged.
    pub on_unplug: OnUnplug,
    /// How much of the computer it may take.
    pub cpu: CpuLimit,
    /// What becomes of the microphone's sound before it's sent.
    pub chain: Chain,
}

impl AudioSetup {
    /// The same for a sound check: the microphone open, and no file written.
    #[must_use]
    pub fn for_check(self) -> Self {
        let speaker = if matches!(self.speaker, SpeakerSpec::File(_)) { SpeakerSpec::Null } else { self.speaker };
        Self { speaker, mic_open: true, ..self }
    }

    /// Whether one of the two sides is a device of the system.
    pub(super) fn has_devices(&self) -> bool {
        matches!(self.mic, MicSpec::Default | MicSpec::Device(_))
            || matches!(self.speaker, SpeakerSpec::Default | SpeakerSpec::Device(_))
    }
}
