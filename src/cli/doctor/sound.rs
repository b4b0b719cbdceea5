//! Whether the microphone and the speaker are there.

use super::finding::{Finding, State};
use crate::adapt::PlanChoice;
use crate::audio::{self, Audio, AudioSetup, Chain, CpuLimit, MicSpec, OnUnplug, SpeakerSpec};
use crate::text::doctor as text;

/// Both sides. May take some seconds where a sound server doesn't answer.
pub(super) fn sound(mic: &MicSpec, speaker: &SpeakerSpec) -> Vec<Finding> {
    let (mics, speakers) = audio::devices();
    let microphone = match mic {
        MicSpec::Null => Finding::new(text::MICROPHONE.get(), State::Note, text::no_device_wanted(true)),
        MicSpec::Default | MicSpec::Device(_) | MicSpec::File { .. } | MicSpec::Room(_) => {
            let name = match mic {
                MicSpec::Device(name) => named(&mics, name),
                _ => mics.first().cloned().unwrap_or_default(),
            };
            side(true, &setup(mic.clone(), SpeakerSpec::Null), &name)
        }
    };
    let loud = match speaker {
        SpeakerSpec::Null => Finding::new(text::SPEAKER.get(), State::Note, text::no_device_wanted(false)),
        SpeakerSpec::Default | SpeakerSpec::Device(_) | SpeakerSpec::File(_) => {
            let name = match speaker {
                SpeakerSpec::Device(name) => named(&speakers, name),
                _ => speakers.first().cloned().unwrap_or_default(),
            };
            side(false, &setup(MicSpec::Null, speaker.clone()), &name)
        }
    };
    vec![microphone, loud]
}

fn named(known: &[String], part: &str) -> String {
    let part = part.to_lowercase();
    known.iter().find(|name| name.to_lowercase().contains(&part)).cloned().unwrap_or(part)
}

fn side(microphone: bool, setup: &AudioSetup, name: &str) -> Finding {
    let about = if microphone { text::MICROPHONE } else { text::SPEAKER };
    match Audio::check(setup) {
        Ok(()) => Finding::new(about.get(), State::Good, (text::device(microphone, name), String::new())),
        Err(error) => Finding::new(about.get(), State::Problem, crate::text::audio_fault(&error)),
    }
}

fn setup(mic: MicSpec, speaker: SpeakerSpec) -> AudioSetup {
    AudioSetup {
        mic,
        speaker,
        plan: PlanChoice::Auto.into(),
        mic_open: false,
        on_unplug: OnUnplug::Pause,
        cpu: CpuLimit::Auto,
        chain: Chain::Auto,
    }
}
