//! Why somebody is no longer in the circle.

use crate::wire::Gone;

/// Why a seat was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// As the relay says.
    Gone(Gone),
    /// By the facilitator.
    Removed,
    /// The same person came back on a new line and has a new seat.
    Returned,
}
