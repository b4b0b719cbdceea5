//! What one room may keep.

use crate::wire::limits;

/// In bytes.
#[derive(Clone, Copy)]
pub(in crate::relay::core) struct Share {
    /// Of what was said.
    pub(in crate::relay::core) history: usize,
    /// Of the log.
    pub(in crate::relay::core) log: usize,
}

impl Share {
    /// That of each of so many rooms.
    pub(in crate::relay::core) fn of(rooms: usize) -> Self {
        let rooms = rooms.max(1);
        Self { history: limits::PAST_RELAY / rooms, log: limits::LOG_RELAY / rooms }
    }
}
