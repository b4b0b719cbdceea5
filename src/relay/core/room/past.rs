//! How a room was that this relay has lost.

use crate::ids::{Chain, LogHead};
use crate::wire::{Entry, RoomState};

/// A room to be restored.
pub(in crate::relay::core) struct Past {
    /// What of it is in the clear, after its newest entry.
    pub(in crate::relay::core) state: RoomState,
    /// What stands for the log before the entries below.
    pub(in crate::relay::core) before: Chain,
    /// The newest entries, as far as some member doesn't have them. They lead from `before` to `state`.
    pub(in crate::relay::core) entries: Vec<Entry>,
    /// The group's time now.
    pub(in crate::relay::core) group_ms: u64,
}

impl Past {
    /// Whether a member who knows the log so far can be given the rest.
    pub(in crate::relay::core) fn follows(&self, known: LogHead) -> bool {
        let mut chain = self.before;
        let first = self.state.head.index.0 - self.entries.len() as u64;
        let mut index = first;
        for entry in &self.entries {
            if index == known.index.0 {
                break;
            }
            chain = crate::wire::room_state::chain(chain, entry);
            index += 1;
        }
        index == known.index.0 && chain == known.chain
    }
}
