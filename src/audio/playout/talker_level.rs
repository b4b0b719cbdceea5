//! How loud a talker is heard.

use crate::ids::SeatId;

/// What a talker's meter shows for the last 20 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TalkerLevel {
    /// Who.
    pub seat: SeatId,
    /// How loud, `0..=7`.
    pub level: u8,
}
