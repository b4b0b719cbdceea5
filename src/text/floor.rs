//! Who may be heard, and my microphone.

use super::catalogue::{say, text};
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
        return if muted { say!("floor-muted-by-facilitator", name) } else { say!("floor-may-speak-again", name) };
    }
    match muted {
        true => {
            say!("floor-facilitator-muted-nobody-hears", ask = how(Word::Ask, ""))
        }
        false if room.am_floor_muted() => text("floor-facilitator-lifted-own-mute").to_owned(),
        false if room.mic.open => text("floor-may-speak-again-microphone").to_owned(),
        false => say!("floor-may-speak-again-open", mic = how(Word::Mic, "on")),
    }
}

/// How my microphone is, though I am muted or not.
pub fn microphone(open: bool, muted: bool) -> &'static str {
    match (open, muted) {
        (true, true) => text("floor-microphone-open-but-muted"),
        (true, false) => text("floor-microphone-open"),
        (false, _) => text("floor-microphone-closed"),
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
            Self::NoLine(true) => text("floor-line-cut-microphone-open"),
            Self::NoSeat(true) => text("floor-line-cut-nobody-hears"),
            Self::NoLine(false) | Self::NoSeat(false) => text("floor-line-cut-microphone-closed"),
            Self::Muted(_) => text("floor-facilitator-muted"),
            Self::MuteAll(_) => text("floor-all-but-facilitator-muted"),
            Self::Stick(_) => text("floor-someone-else-stick"),
            Self::Checked => text("floor-sound-check-nothing-sent"),
            Self::Fault(fault) => mic_badge(fault),
            Self::Opening => text("floor-microphone-opening"),
            Self::NoMic => mic_badge(MicFault::Missing),
            Self::OpensInside => text("floor-microphone-opens-once"),
            Self::Open => text("floor-microphone-open-2"),
            Self::Closed => text("floor-microphone-closed-2"),
        }
    }

    /// What follows the badge: what it means, or what can be done. `keys` calls the keys for a command.
    pub fn hint(self, keys: Guide) -> String {
        match self {
            Self::NoLine(true) => say!("floor-close-heard-later", mic = keys(Word::Mic, "off")),
            Self::NoSeat(true) => say!("floor-close", mic = keys(Word::Mic, "off")),
            Self::NoLine(false) | Self::NoSeat(false) => text("floor-coming-back-by-itself").to_owned(),
            Self::Muted(true) | Self::MuteAll(true) | Self::Stick(true) => text("floor-nothing-yours-sent").to_owned(),
            Self::MuteAll(false) | Self::Stick(false) => say!("floor-ask-speak", ask = keys(Word::Ask, "")),
            Self::Muted(false) => say!("floor-raise-hand", hand = keys(Word::Hand, "")),
            Self::Checked => text("floor-only-can-see").to_owned(),
            Self::Open | Self::Opening | Self::Fault(_) => say!("floor-close", mic = keys(Word::Mic, "off")),
            Self::NoMic => match keys(Word::MicDevice, "") {
                key if key.is_empty() => key,
                key => say!("floor-choose-one", key),
            },
            Self::OpensInside => say!("floor-keep-closed", mic = keys(Word::Mic, "off")),
            Self::Closed => say!("floor-open", mic = keys(Word::Mic, "on")),
        }
    }

    /// In a few words, the shortest last.
    pub fn words(self) -> [&'static str; 3] {
        match self {
            Self::NoLine(true) => [text("floor-heard-later"), text("floor-heard-later-2"), text("floor-later")],
            Self::NoSeat(true) => [text("floor-nobody-hears"), text("floor-not-heard"), text("floor-cut")],
            Self::NoLine(false) | Self::NoSeat(false) => {
                [text("floor-microphone-closed-3"), text("floor-mic-closed"), text("floor-closed")]
            }
            Self::Muted(_) | Self::MuteAll(_) | Self::Stick(_) => {
                [text("floor-muted"), text("floor-muted-2"), text("floor-muted-2")]
            }
            Self::Checked => [text("floor-sound-check-nothing-sent-2"), text("floor-sound-check"), text("floor-check")],
            Self::Fault(fault) => mic_words(fault),
            Self::Opening => [text("floor-microphone-opening-2"), text("floor-mic-opening"), text("floor-opening")],
            Self::NoMic => mic_words(MicFault::Missing),
            Self::OpensInside => {
                [text("floor-microphone-opens-once-2"), text("floor-mic-opens-later"), text("floor-later")]
            }
            Self::Open => [text("floor-microphone-open-3"), text("floor-mic-open"), text("floor-open-2")],
            Self::Closed => [text("floor-microphone-closed-3"), text("floor-mic-closed"), text("floor-closed")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_badge_fits_a_small_screen_in_every_language() {
        let both = [Heard::NoLine, Heard::NoSeat, Heard::Muted, Heard::MuteAll, Heard::Stick];
        let faults = MicFault::ALL.map(Heard::Fault);
        let others = [Heard::Checked, Heard::Opening, Heard::NoMic, Heard::OpensInside, Heard::Open, Heard::Closed];
        let all = both.iter().flat_map(|of| [of(true), of(false)]).chain(faults).chain(others);
        for (heard, language) in all.flat_map(|heard| Language::ALL.map(|language| (heard, language))) {
            let badge = language.speak(|| heard.badge());
            assert!(badge.chars().count() <= 35, "{language:?}: {badge}");
            assert_eq!(badge, badge.to_uppercase(), "{language:?}");
        }
    }
}
