//! One member as all see them.

use serde::{Deserialize, Serialize};

use crate::ids::ActionNo;

/// The holder of a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name as shown: clean, and unlike every other in the group.
    pub name: String,
    /// Whether the facilitator has muted this member.
    pub muted: bool,
    /// The order of arrival, from 0.
    pub arrival: u64,
    /// When this member came in, in milliseconds of the group's time.
    pub since_ms: u64,
    /// From when on a gesture with a pause counts again, in milliseconds of the group's time.
    pub gestures_from_ms: u64,
    /// Whether this member's client says that there is no microphone, or none that works.
    pub no_mic: bool,
    /// The newest of this member's actions in the log.
    pub actions: ActionNo,
}
