//! How members are called.

use super::catalogue::{say, text};
use crate::ids::SeatId;
use crate::session::Room;

/// A member's name.
pub fn name(room: &Room, seat: SeatId) -> &str {
    room.state.circle.name(seat).unwrap_or(text("names-someone"))
}

/// A member's name, or "you" within a sentence.
pub fn called(room: &Room, seat: SeatId) -> &str {
    if room.me == Some(seat) { text("names-you") } else { name(room, seat) }
}

/// Names in a row: `Ana`, `Ana and Bo`, `Ana, Bo and Cyn`.
pub fn names<S: AsRef<str>>(names: &[S]) -> String {
    row(names, |first, last| say!("names-and", first, last))
}

/// A choice between several: `Ana, Bo or Cyn`.
pub(super) fn any_of<S: AsRef<str>>(names: &[S]) -> String {
    row(names, |first, last| say!("names-or", first, last))
}

/// Several in a row, the last of them joined to those before it.
fn row<S: AsRef<str>>(names: &[S], join: impl Fn(String, &str) -> String) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            join(first.join(", "), last.as_ref())
        }
    }
}
