//! Looking after each other, in sentences.

use crate::session::{Happening, Room};
use crate::text;

/// The sentence for a happening about care; `None` if it's about something else.
pub(super) fn sentence(happening: &Happening, room: &Room) -> Option<String> {
    text::cared(happening, room, |name| format!("type /handled {name}"))
}
