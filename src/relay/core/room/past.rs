//! How a room was that this relay has lost.

use crate::ids::LogHead;
use crate::wire::room_state::follow;
use crate::wire::{Entry, RoomState};

/// A room to be restored.
pub(in crate::relay::core) struct Past {
    /// What of it is in the clear, after its newest entry.
    pub(in crate::relay::core) state: RoomState,
    /// How far its log went before the entries below.
    pub(in crate::relay::core) before: LogHead,
    /// The newest entries, as far as some member doesn't have them. They lead from `before` to `state`.
    pub(in crate::relay::core) entries: Vec<Entry>,
    /// The group's time now.
    pub(in crate::relay::core) group_ms: u64,
}

impl Past {
    /// Whether a member who knows the log so far can be given the rest.
    pub(in crate::relay::core) fn follows(&self, known: LogHead) -> bool {
        let mut at = self.before;
        let mut places = self.entries.iter().map_while(|entry| {
            at = follow(at, entry)?;
            Some(at)
        });
        self.before == known || places.any(|place| place == known)
    }
}
