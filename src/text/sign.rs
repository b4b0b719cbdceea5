//! How a member is, in words.

use super::catalogue::{say, text};
use std::time::Duration;

use super::care::gesture_words;
use super::figures::span;
use crate::ids::{SeatId, Time};
use crate::session::{Gesture, Phase, Role, Room};
use crate::wire::Presence;

/// One thing to say about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Not heard from for this long; the seat is kept.
    Away(Duration),
    /// Off the floor by the facilitator.
    Muted,
    /// Speaks, with this loudness (`0..=7`).
    Speaking(u8),
    /// Has the talking stick.
    Stick,
    /// Asks to speak; for the facilitator.
    Asks,
    /// Has a hand up, at this place from 1.
    Hand(usize),
    /// There, but losing words.
    Poor,
    /// Hears what was said this many seconds ago.
    Behind(u8),
    /// Is the facilitator.
    Facilitator,
    /// Follows the facilitator.
    CoFacilitator,
    /// Holds door and floor while the facilitator's line is gone.
    Holds,
    /// Holds door and floor, since nobody leads.
    Chair,
    /// I, with my microphone open or closed.
    Mic(bool),
    /// Has no microphone that works; of others, for those who lead.
    NoMic,
    /// Heard as loud as this by me, in percent.
    Volume(u16),
    /// Has asked those who lead for help, me among them.
    Help,
    /// Has given a quiet sign lately.
    Gesture(Gesture),
    /// Nothing else to say.
    Quiet,
}

impl Sign {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Away(length) => say!("sign-away-coming-back", span = span(length)),
            Self::Muted => text("sign-muted-by-facilitator").to_owned(),
            Self::Speaking(_) => text("sign-speaking").to_owned(),
            Self::Stick => text("sign-stick").to_owned(),
            Self::Asks => text("sign-asks-speak").to_owned(),
            Self::Hand(place) => say!("sign-hand-up", place),
            Self::Poor => text("sign-losing-words").to_owned(),
            Self::Behind(seconds) => say!("sign-s-behind", seconds),
            Self::Facilitator => text("sign-facilitator").to_owned(),
            Self::CoFacilitator => text("sign-co-facilitator").to_owned(),
            Self::Holds => text("sign-holds-group").to_owned(),
            Self::Chair => text("sign-chair").to_owned(),
            Self::Mic(true) => text("sign-microphone-open").to_owned(),
            Self::Mic(false) => text("sign-microphone-closed").to_owned(),
            Self::NoMic => text("sign-no-microphone").to_owned(),
            Self::Volume(percent) => format!("{percent} %"),
            Self::Help => text("sign-asks-help").to_owned(),
            Self::Gesture(gesture) => gesture_words(gesture).to_owned(),
            Self::Quiet => text("sign-quiet").to_owned(),
        }
    }
}

/// All there is to say about a member, what matters most first; never nothing.
pub fn signs(room: &Room, seat: SeatId, now: Time) -> Vec<Sign> {
    let me = room.me == Some(seat);
    let mut signs = Vec::new();
    let heard = room.speaking.get(&seat).filter(|_| !room.floor_muted(seat));
    // While my own line is cut I hear nothing of the others, and it's me who is away.
    let cut = matches!(room.phase, Phase::Returning(_));
    let (presence, since) = match room.phase {
        Phase::Returning(since) if me => (Presence::Away, since),
        _ => room.presence.get(&seat).copied().unwrap_or((Presence::Here, now)),
    };
    if presence == Presence::Away {
        signs.push(Sign::Away(now.since(since)));
    }
    if room.needs_help(seat) {
        signs.push(Sign::Help);
    }
    if room.state.circle.is_muted(seat) {
        signs.push(Sign::Muted);
    } else if let (Some(speaking), true) = (heard, presence != Presence::Away && !cut) {
        signs.push(Sign::Speaking(speaking.level.min(7)));
    }
    if room.state.turns.floor.holder == Some(seat) {
        signs.push(Sign::Stick);
    }
    if room.am_facilitator() && room.state.turns.floor.asks.contains(&seat) {
        signs.push(Sign::Asks);
    }
    if let Some(place) = room.state.turns.queue.in_order().iter().position(|other| *other == seat) {
        signs.push(Sign::Hand(place + 1));
    }
    if let (Some(seconds), true) = (room.behind.get(&seat), presence != Presence::Away) {
        signs.push(Sign::Behind(*seconds));
    }
    if presence == Presence::Poor {
        signs.push(Sign::Poor);
    }
    if me && !signs.contains(&Sign::Muted) {
        let none = room.mic.missing || (room.mic.open && room.mic.fault.is_some());
        signs.push(if none { Sign::NoMic } else { Sign::Mic(room.mic.works()) });
    } else if !me && room.has_no_mic(seat) && presence != Presence::Away {
        signs.push(Sign::NoMic);
    }
    signs.extend(room.gesture(seat, now).map(Sign::Gesture));
    let holds = room.state.circle.facilitator() == Some(seat);
    match room.state.circle.roles.role(seat) {
        Role::Facilitator => signs.push(Sign::Facilitator),
        Role::CoFacilitator if holds => signs.push(Sign::Holds),
        Role::CoFacilitator => signs.push(Sign::CoFacilitator),
        Role::Member if holds => signs.push(Sign::Chair),
        Role::Member => {}
    }
    if signs.is_empty() {
        signs.push(Sign::Quiet);
    }
    match room.volume(seat) {
        100 => {}
        percent => signs.insert(1, Sign::Volume(percent)),
    }
    signs
}
