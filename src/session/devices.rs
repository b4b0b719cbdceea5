//! My microphone and my speaker, as this computer has them.

use super::Spending;
use crate::ids::SeatId;

/// My microphone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Microphone {
    /// Whether I opened it. Only I can.
    pub open: bool,
    /// Loudness while it is open, `0..=7`.
    pub level: u8,
    /// It was open when I was muted, and still listens, so that I can be told that I talk and am not heard. Nothing is sent,
    /// and it doesn't open again by itself.
    pub listens: bool,
    /// Whether there is none at all.
    pub missing: bool,
    /// While it is to be open: whether nothing has come from it yet.
    pub opening: bool,
    /// While it is to be open: why nothing comes from it.
    pub fault: Option<MicFault>,
}

impl Microphone {
    /// Whether it is open, and something comes from it.
    pub fn works(&self) -> bool {
        self.open && !self.opening && self.fault.is_none()
    }
}

/// Why nothing comes from a microphone that is to be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MicFault {
    /// There is none.
    Missing,
    /// It was unplugged.
    Gone,
    /// Another program has it.
    Busy,
    /// The system forbids it.
    Denied,
    /// It gives no samples.
    Stalled,
    /// It gives nothing but digital silence.
    Silent,
    /// The system's mixer mutes it.
    Muted,
    /// The system lets it sleep.
    Suspended,
    /// The sound server can't be reached.
    NoServer,
    /// Something else, which the system says.
    Other,
}

impl MicFault {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::Gone,
        Self::Busy,
        Self::Denied,
        Self::Stalled,
        Self::Silent,
        Self::Muted,
        Self::Suspended,
        Self::NoServer,
        Self::Other,
    ];

    /// The word for it that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Gone => "gone",
            Self::Busy => "busy",
            Self::Denied => "denied",
            Self::Stalled => "stalled",
            Self::Silent => "silent",
            Self::Muted => "muted",
            Self::Suspended => "suspended",
            Self::NoServer => "no_server",
            Self::Other => "other",
        }
    }
}

/// Why I hear nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerFault {
    /// There is no speaker.
    Missing,
    /// It was unplugged.
    Gone,
    /// Another program has it.
    Busy,
    /// The system forbids it.
    Denied,
    /// The sound server can't be reached.
    NoServer,
    /// The system's mixer mutes it.
    Muted,
    /// Something else, which the system says.
    Other,
}

impl SpeakerFault {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Gone, Self::Busy, Self::Denied, Self::NoServer, Self::Muted, Self::Other];

    /// The word for it that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Gone => "gone",
            Self::Busy => "busy",
            Self::Denied => "denied",
            Self::NoServer => "no_server",
            Self::Muted => "muted",
            Self::Other => "other",
        }
    }
}

/// My speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speaker {
    /// I hear what is said, as far as it's known.
    #[default]
    Plays,
    /// I hear nothing.
    Fault(SpeakerFault),
    /// Nothing is played, because it would move from headphones to a loudspeaker, until I say so.
    Paused,
}

/// A side of my sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where my voice goes in.
    Mic,
    /// Where the others are heard.
    Speaker,
}

/// The devices of this computer, by the names that people know them by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// The microphone that is open, or was last; empty if none was.
    pub mic: String,
    /// The speaker in use, or last in use; empty if none was.
    pub speaker: String,
    /// What the system says about a fault that has no other name; empty if nothing.
    pub said: String,
    /// Whether I wanted no microphone, so that none can be opened until I choose one.
    pub no_mic: bool,
    /// All there are, once that is known.
    pub known: Option<Known>,
}

/// All devices of this computer, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Microphones.
    pub mics: Vec<String>,
    /// Speakers.
    pub speakers: Vec<String>,
}

impl Devices {
    /// Those of one side; `None` while that isn't known.
    pub fn all(&self, side: Side) -> Option<&[String]> {
        let known = self.known.as_ref()?;
        Some(match side {
            Side::Mic => &known.mics,
            Side::Speaker => &known.speakers,
        })
    }

    /// The one in use on this side; empty if there is none.
    pub fn used(&self, side: Side) -> &str {
        match side {
            Side::Mic => &self.mic,
            Side::Speaker => &self.speaker,
        }
    }
}

/// How the microphone is, as a member is told by its devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicStatus {
    /// Closed.
    Closed,
    /// To be open, and nothing has come yet.
    Opening,
    /// Open: samples come from the device of this name.
    Open(String),
    /// To be open, and nothing comes; and what the system says about it, if anything.
    Fault(MicFault, String),
}

/// How the speaker is, as a member is told by its devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeakerStatus {
    /// It plays on the device of this name.
    Plays(String),
    /// Nothing is heard; and what the system says about it, if anything.
    Fault(SpeakerFault, String),
    /// Nothing is played until I say so, because it would move to a loudspeaker.
    Paused,
}

/// Why my microphone was closed by this computer, and not by me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicClosing {
    /// The system put another device, of this name, in its place.
    Moved(String),
    /// It was gone for too long.
    BackLate,
    /// My headphones were unplugged.
    HeadphonesGone,
}

impl MicClosing {
    /// The word for it that scripts read.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Moved(_) => "moved",
            Self::BackLate => "back_late",
            Self::HeadphonesGone => "headphones_gone",
        }
    }
}

/// How the others could hear me better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoiceAdvice {
    /// My microphone hears too little of me.
    TooQuiet,
    /// I am so loud that it's distorted.
    Clipping,
    /// Wind, breath or handling of the microphone covers my voice.
    Wind,
}

impl VoiceAdvice {
    /// The word for it that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooQuiet => "too_quiet",
            Self::Clipping => "clipping",
            Self::Wind => "wind",
        }
    }
}

/// What becomes of sound on this computer, or of a member's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum SoundEvent {
    /// My speaker is otherwise than before; the room has it.
    Speaker,
    /// There are other devices than before; the room has them.
    Devices,
    /// This computer has closed my microphone.
    MicClosed(MicClosing),
    /// How the others could hear me better.
    Advice(VoiceAdvice),
    /// For those who lead: a member has no microphone that works, or has one again.
    NoMic { seat: SeatId, missing: bool },
    /// I hear this member as loud as this from now on, in percent.
    Volume { seat: SeatId, percent: u16 },
    /// My line costs this from now on.
    Spending(Spending),
}
