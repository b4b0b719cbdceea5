//! The members who are there, and their lines.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Road, Room};

/// A member has come.
pub fn is_here(name: &str) -> String {
    say!("presence-is-here", name)
}

/// A member's line is cut.
pub fn is_away(name: &str) -> String {
    say!("presence-away-line-cut-seat", name)
}

/// A member whose line was cut is back.
pub fn is_back(name: &str) -> String {
    say!("presence-back", name)
}

/// A member who was away is back on a new line, and has the old place again.
pub fn has_place_again(room: &Room, seat: SeatId, name: &str) -> String {
    if room.me == Some(seat) {
        text("presence-place-group-again-all").to_owned()
    } else {
        say!("presence-back-new-line", name)
    }
}

/// Somebody came in by the name of a member who is away.
pub fn namesake(name: &str, was: &str, how: Guide) -> String {
    let yes = how(Word::GiveBack, name);
    say!("presence-who-can-ask-if", name, was, yes)
}

/// A member has left, or is no longer waited for.
pub fn is_gone(name: &str) -> String {
    say!("presence-gone", name)
}

/// Words get lost on a member's line.
pub fn loses_words(name: &str) -> String {
    say!("presence-losing-words", name)
}

/// No words get lost on it any more.
pub fn line_is_good(name: &str) -> String {
    say!("presence-line-good-again", name)
}

/// Another road carries my line than before.
pub fn road(road: Road) -> &'static str {
    match road {
        Road::Tcp => text("presence-connected-by-slow-road"),
        Road::Udp => text("presence-connected-by-fast-road"),
    }
}

/// My own line is back.
pub const LINE_BACK: Text = Text::new("presence-line-back");

/// A member's hand went up, at this place from 1, or down.
pub fn hand(room: &Room, seat: SeatId, up: bool) -> String {
    let (me, name) = (room.me == Some(seat), name(room, seat));
    let queue = room.state.turns.queue.in_order();
    let place = queue.iter().position(|other| *other == seat).map_or(queue.len(), |place| place + 1);
    if up { say!("presence-hand-up", me, name, place) } else { say!("presence-hand-down", me, name) }
}

/// A line of chat.
pub fn writes(room: &Room, seat: SeatId, from: &str, text: &str) -> String {
    if room.me == Some(seat) { say!("presence-write", text) } else { say!("presence-writes", from, text) }
}
