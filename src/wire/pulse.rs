//! The sign of life that a quiet member sends, with what it sees of its line.

use super::WireError;

const KIND: u8 = 0x80;

/// A member's sign of life: two bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// Share of the relay's bundles that did not arrive lately, in half percents, `0..=200`.
    pub loss_down: u8,
}

impl Pulse {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        vec![KIND, self.loss_down]
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// [`WireError::Malformed`] unless it is a pulse within its range.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        match *bytes {
            [KIND, loss_down @ 0..=200] => Ok(Self { loss_down }),
            _ => Err(WireError::Malformed),
        }
    }
}
