//! What can be wrong with sound, in words for the person it happens to.

use std::path::PathBuf;

/// One of the two sides of a sound setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where my voice goes in.
    Microphone,
    /// Where the others are heard.
    Speaker,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Microphone => "microphone",
            Self::Speaker => "speaker",
        }
    }

    fn flag(self) -> &'static str {
        match self {
            Self::Microphone => "--mic",
            Self::Speaker => "--speaker",
        }
    }
}

/// Why there is no sound. Its text is one sentence for the problem; [`AudioError::hint`] says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// A device was asked for, and this machine has none, or its sound server doesn't answer.
    #[error("{}", no_devices(*mic, *speaker))]
    NoDevices {
        /// A microphone is missing.
        mic: bool,
        /// A speaker is missing.
        speaker: bool,
    },
    /// A device was asked for by name, and there is none of that name.
    #[error("There is no {} called \"{wanted}\" on this machine.", side.name())]
    NoSuchDevice {
        /// Which side it was asked for.
        side: Side,
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The file that should be the microphone can't be opened.
    #[error("The sound file {} can't be read: {reason}.", path.display())]
    Unreadable {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file that should be the microphone is not a wav file that can be played.
    #[error("The file {} isn't a wav file that can be played: {reason}.", path.display())]
    NotWav {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file that should take the sound can't be written.
    #[error("The sound file {} can't be written: {reason}.", path.display())]
    Unwritable {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The system refuses a thread or the memory for the codec.
    #[error("Sound could not be started: {0}.")]
    System(String),
}

fn no_devices(mic: bool, speaker: bool) -> &'static str {
    match (mic, speaker) {
        (true, false) => "This machine has no microphone that can be used.",
        (false, true) => "This machine has no speaker that can be used.",
        _ => "This machine has no sound device that can be used.",
    }
}

impl AudioError {
    /// What to do next, in one sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::NoDevices { mic: true, speaker: false } => {
                "Plug in a microphone or a headset, or add --mic null to listen without speaking.".into()
            }
            Self::NoDevices { mic: false, speaker: true } => {
                "Plug in a speaker or a headset, or add --speaker null to go on without hearing.".into()
            }
            Self::NoDevices { .. } => {
                "Plug in a headset, or add --mic null --speaker null to go on with the screen alone.".into()
            }
            Self::NoSuchDevice { side, known, .. } if known.is_empty() => {
                format!("No {} was found; leave {} out to use what the system offers.", side.name(), side.flag())
            }
            Self::NoSuchDevice { side, known, .. } => {
                format!("Use a part of one of these names with {}: {}.", side.flag(), known.join(", "))
            }
            Self::Unreadable { .. } => "Check the path and that you may read the file.".into(),
            Self::NotWav { .. } => {
                "Use a wav file of 8 to 48 kHz with one or two channels, for example one made with a sound recorder."
                    .into()
            }
            Self::Unwritable { .. } => "Choose a place where you may write, with --speaker file:PATH.".into(),
            Self::System(_) => "Close other programs and try again.".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_there_is_answered_with_the_names_that_are() {
        let error = AudioError::NoSuchDevice {
            side: Side::Microphone,
            wanted: "usb".into(),
            known: vec!["Built-in".into(), "Webcam".into()],
        };
        assert_eq!(error.to_string(), "There is no microphone called \"usb\" on this machine.");
        assert_eq!(error.hint(), "Use a part of one of these names with --mic: Built-in, Webcam.");
    }

    #[test]
    fn a_missing_side_is_named() {
        let hint = |mic, speaker| AudioError::NoDevices { mic, speaker }.hint();
        assert!(hint(true, false).contains("--mic null"));
        assert!(hint(false, true).contains("--speaker null"));
        assert!(hint(true, true).contains("--mic null --speaker null"));
    }
}
