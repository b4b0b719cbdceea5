//! Who may be heard, and my microphone.

use super::commands::Word;
use super::devices::{mic_badge, mic_words};
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{MicFault, Room};

/// The facilitator has muted a member, or lets them speak again.
pub fn floor(room: &Room, seat: SeatId, muted: bool, how: Guide) -> String {
    if room.me != Some(seat) {
        let name = name(room, seat);
        return if muted { format!("{name} is muted by the facilitator.") } else { format!("{name} may speak again.") };
    }
    match muted {
        true => {
            format!("The facilitator has muted you, so nobody hears you now. To ask to speak, {}.", how(Word::Ask, ""))
        }
        false if room.am_floor_muted() => {
            "The facilitator has lifted your own mute. You are still muted with the others.".to_owned()
        }
        false if room.mic.open => "You may speak again; your microphone is open.".to_owned(),
        false => format!("You may speak again. To open your microphone, {}.", how(Word::Mic, "on")),
    }
}

/// How my microphone is, though I am muted or not.
pub fn microphone(open: bool, muted: bool) -> &'static str {
    match (open, muted) {
        (true, true) => "Your microphone is open, but you are muted: nobody hears you.",
        (true, false) => "Your microphone is open.",
        (false, _) => "Your microphone is closed.",
    }
}

/// Whether I am heard, in one of a few ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// My line is cut and my seat is kept; my microphone is open, and what I say is heard later, or closed.
    NoLine(bool),
    /// My line has been cut for so long that my seat may no longer be kept; my microphone is open or closed.
    NoSeat(bool),
    /// The facilitator muted me; my microphone is open or closed.
    Muted(bool),
    /// All but the facilitator are muted.
    MuteAll(bool),
    /// Another has the talking stick.
    Stick(bool),
    /// It is being checked, for me alone.
    Checked,
    /// My microphone is to be open, and nothing comes from it.
    Fault(MicFault),
    /// My microphone is to be open, and nothing has come from it yet.
    Opening,
    /// I have no microphone.
    NoMic,
    /// I am not in yet, and my microphone opens once I am.
    OpensInside,
    /// My microphone is open.
    Open,
    /// My microphone is closed.
    Closed,
}

impl Heard {
    /// In capitals, for the badge.
    pub fn badge(self) -> &'static str {
        match self {
            Self::NoLine(true) => "YOUR LINE IS CUT, MICROPHONE OPEN",
            Self::NoSeat(true) => "YOUR LINE IS CUT, NOBODY HEARS YOU",
            Self::NoLine(false) | Self::NoSeat(false) => "YOUR LINE IS CUT, MICROPHONE CLOSED",
            Self::Muted(_) => "THE FACILITATOR HAS MUTED YOU",
            Self::MuteAll(_) => "ALL BUT THE FACILITATOR ARE MUTED",
            Self::Stick(_) => "SOMEONE ELSE HAS THE STICK",
            Self::Checked => "SOUND CHECK, NOTHING IS SENT",
            Self::Fault(fault) => mic_badge(fault),
            Self::Opening => "YOUR MICROPHONE IS OPENING",
            Self::NoMic => mic_badge(MicFault::Missing),
            Self::OpensInside => "MICROPHONE OPENS ONCE YOU ARE IN",
            Self::Open => "YOUR MICROPHONE IS OPEN",
            Self::Closed => "YOUR MICROPHONE IS CLOSED",
        }
    }

    /// What follows the badge: what it means, or what can be done. `keys` calls the keys for a command.
    pub fn hint(self, keys: Guide) -> String {
        match self {
            Self::NoLine(true) => format!("{} to close, heard later", keys(Word::Mic, "off")),
            Self::NoSeat(true) => format!("{} to close", keys(Word::Mic, "off")),
            Self::NoLine(false) | Self::NoSeat(false) => "coming back by itself".to_owned(),
            Self::Muted(true) | Self::MuteAll(true) | Self::Stick(true) => "nothing of yours is sent".to_owned(),
            Self::MuteAll(false) | Self::Stick(false) => format!("{} to ask to speak", keys(Word::Ask, "")),
            Self::Muted(false) => format!("{} to raise your hand", keys(Word::Hand, "")),
            Self::Checked => "only you can see it".to_owned(),
            Self::Open | Self::Opening | Self::Fault(_) => format!("{} to close", keys(Word::Mic, "off")),
            Self::NoMic => match keys(Word::MicDevice, "") {
                key if key.is_empty() => key,
                key => format!("{key} to choose one"),
            },
            Self::OpensInside => format!("{} to keep it closed", keys(Word::Mic, "off")),
            Self::Closed => format!("{} to open", keys(Word::Mic, "on")),
        }
    }

    /// In a few words, the shortest last.
    pub fn words(self) -> [&'static str; 3] {
        match self {
            Self::NoLine(true) => ["you are heard later", "heard later", "later"],
            Self::NoSeat(true) => ["nobody hears you", "not heard", "cut"],
            Self::NoLine(false) | Self::NoSeat(false) => ["your microphone is closed", "mic closed", "closed"],
            Self::Muted(_) | Self::MuteAll(_) | Self::Stick(_) => ["you are muted", "muted", "muted"],
            Self::Checked => ["sound check, nothing is sent", "sound check", "check"],
            Self::Fault(fault) => mic_words(fault),
            Self::Opening => ["your microphone is opening", "mic opening", "opening"],
            Self::NoMic => mic_words(MicFault::Missing),
            Self::OpensInside => ["your microphone opens once you are in", "mic opens later", "later"],
            Self::Open => ["your microphone is open", "mic open", "open"],
            Self::Closed => ["your microphone is closed", "mic closed", "closed"],
        }
    }
}
