//! What the group can make of a member.

use serde::{Deserialize, Serialize};

/// What the group has given to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Holds the door and the floor.
    Facilitator,
    /// Takes part.
    Member,
    /// Follows the facilitator, in the order of naming, and hears with them of members who need something.
    CoFacilitator,
}
