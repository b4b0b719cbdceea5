//! How members are called.

use crate::ids::SeatId;
use crate::session::Room;

/// A member's name.
pub fn name(room: &Room, seat: SeatId) -> &str {
    room.state.circle.name(seat).unwrap_or("Someone")
}

/// A member's name, or "you" within a sentence.
pub fn called(room: &Room, seat: SeatId) -> &str {
    if room.me == Some(seat) { "you" } else { name(room, seat) }
}

/// Names in a row: `Ana`, `Ana and Bo`, `Ana, Bo and Cyn`.
pub fn names<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}
