//! What `--mic` and `--speaker` may say.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::room_spec::RoomSpec;

/// Where my voice comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MicSpec {
    /// The system's default microphone.
    #[default]
    Default,
    /// The microphone whose name or id has this part.
    Device(String),
    /// A wav file, read in real time from the start of the session and followed by silence. It is always open.
    File {
        /// Where the file is.
        path: PathBuf,
        /// Begin again at its end, instead of falling silent.
        looped: bool,
    },
    /// A room for tests, in which the speaker is heard, whatever that is. It is always open.
    Room(RoomSpec),
    /// No microphone.
    Null,
}

/// Where the others are heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SpeakerSpec {
    /// The system's default speaker.
    #[default]
    Default,
    /// The speaker whose name or id has this part.
    Device(String),
    /// A wav file, written in real time from the start of the session, with silences.
    File(PathBuf),
    /// No speaker. What would be heard still moves the meters.
    Null,
}

impl FromStr for MicSpec {
    type Err = Infallible;

    /// Reads `null`, `file:PATH`, `file:PATH,loop`, `room:` and a [`RoomSpec`], `default`, or a distinctive part of a device's name.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "null" => Self::Null,
            "" | "default" => Self::Default,
            _ => match text.strip_prefix("file:") {
                None => match text.strip_prefix("room:").and_then(|room| room.parse().ok()) {
                    Some(room) => Self::Room(room),
                    None => Self::Device(text.to_owned()),
                },
                Some(path) => match path.strip_suffix(",loop") {
                    Some(path) => Self::File { path: path.into(), looped: true },
                    None => Self::File { path: path.into(), looped: false },
                },
            },
        })
    }
}

impl FromStr for SpeakerSpec {
    type Err = Infallible;

    /// Reads `null`, `file:PATH`, `default`, or a distinctive part of a device's name.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "null" => Self::Null,
            "" | "default" => Self::Default,
            _ => match text.strip_prefix("file:") {
                Some(path) => Self::File(path.into()),
                None => Self::Device(text.to_owned()),
            },
        })
    }
}

impl fmt::Display for MicSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Device(part) => f.write_str(part),
            Self::File { path, looped } => write!(f, "file:{}{}", path.display(), if *looped { ",loop" } else { "" }),
            Self::Room(room) => write!(f, "room:{}", room.response.display()),
            Self::Null => f.write_str("null"),
        }
    }
}

impl fmt::Display for SpeakerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Device(part) => f.write_str(part),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Null => f.write_str("null"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_reads_back_the_same() {
        for text in ["null", "default", "file:a b.wav", "file:a.wav,loop", "USB headset"] {
            assert_eq!(text.parse::<MicSpec>().unwrap().to_string(), text);
        }
        for text in ["null", "default", "file:out.wav", "spk_b"] {
            assert_eq!(text.parse::<SpeakerSpec>().unwrap().to_string(), text);
        }
        assert_eq!("file:x.wav,loop".parse(), Ok(MicSpec::File { path: "x.wav".into(), looped: true }));
        assert_eq!("file:x.wav,loop".parse(), Ok(SpeakerSpec::File("x.wav,loop".into())));
    }
}
