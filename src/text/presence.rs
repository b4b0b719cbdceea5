//! The members who are there, and their lines.

use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Road, Room};

/// A member has come.
pub fn is_here(name: &str) -> String {
    format!("{name} is here.")
}

/// A member's line is cut.
pub fn is_away(name: &str) -> String {
    format!("{name} is away: the line is cut. The seat is kept.")
}

/// A member whose line was cut is back.
pub fn is_back(name: &str) -> String {
    format!("{name} is back.")
}

/// A member who was away is back on a new line, and has the old place again.
pub fn has_place_again(room: &Room, seat: SeatId, name: &str) -> String {
    if room.me == Some(seat) {
        "You have your place in the group again, with all that went with it.".to_owned()
    } else {
        format!("{name} is back, on a new line.")
    }
}

/// Somebody came in by the name of a member who is away.
pub fn namesake(name: &str, was: &str, how: Guide) -> String {
    let yes = how(Word::GiveBack, name);
    format!(
        "Is {name} the {was} who was here? You can ask. If so, {yes}: {was}'s place, vote and role are theirs again."
    )
}

/// A member has left, or is no longer waited for.
pub fn is_gone(name: &str) -> String {
    format!("{name} is gone.")
}

/// Words get lost on a member's line.
pub fn loses_words(name: &str) -> String {
    format!("{name} is losing words.")
}

/// No words get lost on it any more.
pub fn line_is_good(name: &str) -> String {
    format!("{name}'s line is good again.")
}

/// Another road carries my line than before.
pub fn road(road: Road) -> &'static str {
    match road {
        Road::Tcp => "You are connected by the slow road (UDP is blocked here). Voices come a little later.",
        Road::Udp => "You are connected by the fast road again.",
    }
}

/// My own line is back.
pub const LINE_BACK: &str = "Your line is back.";

/// A member's hand went up, at this place from 1, or down.
pub fn hand(room: &Room, seat: SeatId, up: bool) -> String {
    let whose = if room.me == Some(seat) { "Your".to_owned() } else { format!("{}'s", name(room, seat)) };
    let queue = room.state.turns.queue.in_order();
    let place = queue.iter().position(|other| *other == seat).map_or(queue.len(), |place| place + 1);
    if up { format!("{whose} hand is up, number {place}.") } else { format!("{whose} hand is down.") }
}

/// A line of chat.
pub fn writes(room: &Room, seat: SeatId, from: &str, text: &str) -> String {
    if room.me == Some(seat) { format!("You write: {text}") } else { format!("{from} writes: {text}") }
}
