//! What audio says of devices, in the member's words. Names come from the system, and are shown only once they are clean.

use crate::audio;
use crate::session::{Known, MicClosing, MicFault, MicStatus, SpeakerFault, SpeakerStatus, VoiceAdvice, clean};

pub(super) fn mic(status: audio::MicStatus) -> MicStatus {
    let named = |fault| MicStatus::Fault(fault, String::new());
    match status {
        audio::MicStatus::Closed => MicStatus::Closed,
        audio::MicStatus::Opening => MicStatus::Opening,
        audio::MicStatus::Open { device } => MicStatus::Open(clean::chat(&device)),
        audio::MicStatus::Fault(fault) => match fault {
            audio::MicFault::Missing => named(MicFault::Missing),
            audio::MicFault::Gone => named(MicFault::Gone),
            audio::MicFault::Busy => named(MicFault::Busy),
            audio::MicFault::Denied => named(MicFault::Denied),
            audio::MicFault::Stalled => named(MicFault::Stalled),
            audio::MicFault::Silent => named(MicFault::Silent),
            audio::MicFault::Muted => named(MicFault::Muted),
            audio::MicFault::Suspended => named(MicFault::Suspended),
            audio::MicFault::NoServer => named(MicFault::NoServer),
            audio::MicFault::Other(said) => MicStatus::Fault(MicFault::Other, sentence(&said)),
        },
    }
}

pub(super) fn mic_closing(why: audio::MicClosing) -> MicClosing {
    match why {
        audio::MicClosing::Moved { to } => MicClosing::Moved(clean::chat(&to)),
        audio::MicClosing::BackLate => MicClosing::BackLate,
        audio::MicClosing::HeadphonesGone => MicClosing::HeadphonesGone,
    }
}

pub(super) fn speaker(status: audio::SpeakerStatus) -> SpeakerStatus {
    let named = |fault| SpeakerStatus::Fault(fault, String::new());
    match status {
        audio::SpeakerStatus::Playing { device } => SpeakerStatus::Plays(clean::chat(&device)),
        audio::SpeakerStatus::Paused => SpeakerStatus::Paused,
        audio::SpeakerStatus::Fault(fault) => match fault {
            audio::SpeakerFault::Missing => named(SpeakerFault::Missing),
            audio::SpeakerFault::Gone => named(SpeakerFault::Gone),
            audio::SpeakerFault::Busy => named(SpeakerFault::Busy),
            audio::SpeakerFault::Denied => named(SpeakerFault::Denied),
            audio::SpeakerFault::NoServer => named(SpeakerFault::NoServer),
            audio::SpeakerFault::Muted => named(SpeakerFault::Muted),
            audio::SpeakerFault::Other(said) => SpeakerStatus::Fault(SpeakerFault::Other, sentence(&said)),
        },
    }
}

pub(super) fn known(mics: &[String], speakers: &[String]) -> Known {
    let clean = |names: &[String]| names.iter().map(|name| clean::chat(name)).filter(|name| !name.is_empty()).collect();
    Known { mics: clean(mics), speakers: clean(speakers) }
}

pub(super) fn advice(about: audio::Advice) -> VoiceAdvice {
    match about {
        audio::Advice::TooQuiet => VoiceAdvice::TooQuiet,
        audio::Advice::Clipping => VoiceAdvice::Clipping,
        audio::Advice::Wind => VoiceAdvice::Wind,
    }
}

/// What the system says, as the end of a sentence.
fn sentence(said: &str) -> String {
    clean::chat(said).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_calls_a_device_is_cleaned_before_it_is_shown() {
        let device = "USB\u{1b}[2J headset".to_owned();
        assert_eq!(mic(audio::MicStatus::Open { device: device.clone() }), MicStatus::Open(clean::chat(&device)));
        assert!(!clean::chat(&device).contains('\u{1b}'));
        assert_eq!(known(&[String::new(), "Built-in".into()], &[]).mics, ["Built-in"]);
        let said = audio::SpeakerStatus::Fault(audio::SpeakerFault::Other("no such port.".into()));
        assert_eq!(speaker(said), SpeakerStatus::Fault(SpeakerFault::Other, "no such port".into()));
    }
}
