//! A machine's second line.

use super::network::Net;
use crate::relay::core::ConnId;

/// A line beside the usual one, and the connection over it.
pub(super) struct Second {
    pub(super) net: Net,
    pub(super) conn: Option<ConnId>,
    /// Packets that came over it.
    pub(super) heard: u64,
    /// The one that is being made, and whether it leads over this line.
    pub(super) dialling: Option<(ConnId, bool)>,
}
