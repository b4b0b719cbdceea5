//! How the devices are, as the application is told: a status whenever it changes.

/// How the microphone is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MicStatus {
    /// It is closed: the system has no recording stream of ours.
    #[default]
    Closed,
    /// It is to be open, and nothing came yet.
    Opening,
    /// Samples come from this device.
    Open {
        /// The device's name.
        device: String,
    },
    /// It is to be open, and nothing is captured.
    Fault(MicFault),
}

/// Why a microphone that is to be open captures nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicFault {
    /// There is none.
    Missing,
    /// It was unplugged.
    Gone,
    /// Another program has it.
    Busy,
    /// The system forbids it.
    Denied,
    /// Nothing came from it for 500 ms.
    Stalled,
    /// Nothing but digital zero came from it for 5 s.
    Silent,
    /// The system's mixer mutes it.
    Muted,
    /// The system lets it sleep.
    Suspended,
    /// The sound server can't be reached.
    NoServer,
    /// The system says this.
    Other(String),
}

/// Why audio has closed the microphone by itself. The application is to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MicClosing {
    /// The system moved it to this device.
    Moved {
        /// The other device's name.
        to: String,
    },
    /// It was gone, and came back later than 10 s.
    BackLate,
    /// The headphones were unplugged, so whoever is near would be heard too.
    HeadphonesGone,
}

/// How the speaker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeakerStatus {
    /// What is said is heard from this device.
    Playing {
        /// The device's name.
        device: String,
    },
    /// Nothing is heard.
    Fault(SpeakerFault),
    /// Nothing is played, because it would move from headphones to a loudspeaker.
    Paused,
}

/// Why nothing is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The system says this.
    Other(String),
}

/// How my voice could be heard better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// The microphone hears too little of it.
    TooQuiet,
    /// It is so loud that it's distorted.
    Clipping,
    /// Wind, breath or handling of the microphone covers it.
    Wind,
}

/// What becomes of sound when it would move from headphones to a loudspeaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnUnplug {
    /// Nothing is played, and the microphone closes, until somebody says so.
    #[default]
    Pause,
    /// It goes on from the loudspeaker.
    Continue,
}
