//! What a relay carries.

/// What a relay carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Rooms.
    pub rooms: u32,
    /// Connections.
    pub connections: u32,
    /// How much that is of what it can carry, of whichever is scarcest, in thousandths.
    pub permille: u16,
}

impl Load {
    /// Whether the others should know of the change.
    pub(super) fn differs_from(self, told: Self) -> bool {
        self.permille.abs_diff(told.permille) >= 20 || self.rooms.abs_diff(told.rooms) * 16 > told.rooms.max(16)
    }
}
