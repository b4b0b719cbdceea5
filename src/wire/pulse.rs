//! What both ends of a line tell each other of it: a quiet member by its sign of life, the relay while a member talks.

use super::WireError;

const PULSE: u8 = 0x80;
const REPORT: u8 = 0x81;
/// Most half percents.
const ALL: u8 = 200;
/// Longest mean gap, in quarters.
const LONGEST: u8 = 64;

/// What one way of a line loses: two bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Share of the datagrams that did not arrive lately, in half percents, `0..=200`.
    pub share: u8,
    /// Mean number of datagrams lost in a row, in quarters, `0..=64`.
    pub gap: u8,
}

impl Loss {
    /// From a share (`0.0..=1.0`) and a mean gap in datagrams. Without loss the gap is 0.
    pub fn new(share: f64, gap: f64) -> Self {
        let share = (share * 200.0).round().clamp(0.0, ALL.into()) as u8;
        let gap = if share == 0 { 0 } else { (gap * 4.0).round().clamp(0.0, LONGEST.into()) as u8 };
        Self { share, gap }
    }

    /// The share, `0.0..=1.0`.
    pub fn share(self) -> f64 {
        f64::from(self.share) / 200.0
    }

    /// The mean gap in datagrams, `0.0..=16.0`.
    pub fn gap(self) -> f64 {
        f64::from(self.gap) / 4.0
    }

    fn encode(self, kind: u8) -> Vec<u8> {
        vec![kind, self.share, self.gap]
    }

    fn decode(bytes: &[u8], of: u8) -> Result<Self, WireError> {
        match *bytes {
            [kind, share @ 0..=ALL, gap @ 0..=LONGEST] if kind == of => Ok(Self { share, gap }),
            _ => Err(WireError::Malformed),
        }
    }
}

/// A member's sign of life, with what it sees of the way down: three bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse(pub Loss);

impl Pulse {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        self.0.encode(PULSE)
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// [`WireError::Malformed`] unless it is a pulse within its range.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        Loss::decode(bytes, PULSE).map(Self)
    }
}

/// What a relay tells a talker of the way up: three bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report(pub Loss);

impl Report {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        self.0.encode(REPORT)
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// [`WireError::Malformed`] unless it is a report within its range.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        Loss::decode(bytes, REPORT).map(Self)
    }
}
