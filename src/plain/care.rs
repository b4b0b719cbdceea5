//! Looking after each other, in sentences.

use crate::session::{Event, Room};
use crate::text;

/// The sentence for a happening about care; `None` if it's about something else.
pub(super) fn sentence(event: &Event, room: &Room) -> Option<String> {
    text::cared(event, room, |name| format!("type /handled {name}"))
}
