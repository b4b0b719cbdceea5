//! What the audio side tells the application.

use std::sync::Arc;

use super::check::CheckEvent;
use super::governor::CpuNotice;
use super::packet::Captured;
use super::status::{Advice, MicClosing, MicStatus, SpeakerStatus};
use crate::ids::SeatId;

/// Receives what happens. Called from the audio threads; it must not block.
pub(super) type Sink = Arc<dyn Fn(AudioEvent) + Send + Sync>;

/// What happens on the audio side.
#[derive(Clone, Debug, PartialEq)]
pub enum AudioEvent {
    /// A packet of my voice is ready to be sent.
    Captured(Captured),
    /// How loud my microphone is, `0..=7`: about ten times a second while it is open, and 0 when it closes.
    MicLevel(u8),
    /// A member's voice begins, goes on (ten times a second) or ends.
    Playout {
        /// Who.
        seat: SeatId,
        /// Whether there is sound.
        playing: bool,
        /// How loud, `0..=7`.
        level: u8,
    },
    /// Missed speech is being heard that was said at this moment, as given to [`Audio::play_missed`](super::Audio::play_missed); `None`: live speech is.
    Missed(Option<u64>),
    /// How the microphone is now.
    Mic(MicStatus),
    /// Audio has closed the microphone by itself.
    MicClosed(MicClosing),
    /// How the speaker is now.
    Speaker(SpeakerStatus),
    /// The names of the devices that there are: at the start and whenever they change. Those in use, the statuses tell.
    Devices {
        /// Microphones.
        mics: Vec<String>,
        /// Speakers.
        speakers: Vec<String>,
    },
    /// How my voice could be heard better: each kind at most once in a while.
    Advice(Advice),
    /// The computer is busy, so that voices sound plainer; or no longer.
    Cpu(CpuNotice),
    /// My loudspeaker is heard by my microphone whatever is done against it, so that I am softer while others talk; or no longer.
    Echo(bool),
    /// A sound check goes on, or a second was checked. Only where somebody asked.
    Check(CheckEvent),
    /// A device went away; the session goes on without it. One plain sentence.
    Problem(String),
}
