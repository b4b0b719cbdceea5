//! Whether a talker is heard: who loses words says so, and the relay adds it up for the talker.
//!
//! ```text
//! hears   0x8b (seat lost)*    from a listener, of talkers: the share of their frames that did not come, in half percents
//! heard   0x8c of hear seat*   to a talker: how many listen, how many of them hear it, and who loses words
//! ```

use super::{WireError, limits};
use crate::ids::{SeatId, SeatSet};

const HEARS: u8 = 0x8b;
const HEARD: u8 = 0x8c;
/// Most half percents.
const ALL: u8 = 200;

/// How a listener hears those who talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hears(pub Vec<(SeatId, u8)>);

/// How a talker is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeardBy {
    /// How many listen, be their lines there or not.
    pub of: u8,
    /// How many of them hear what is said.
    pub hear: u8,
    /// Who of the others loses words. Whose line is cut isn't among them.
    pub losing: SeatSet,
}

impl Hears {
    /// The datagram.
    ///
    /// # Errors
    /// [`WireError`] if it says nothing, too much, or of more than all.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        if self.0.is_empty() || self.0.iter().any(|(seat, lost)| !seat.is_valid() || *lost > ALL) {
            return Err(WireError::Malformed);
        }
        if self.0.len() > limits::HEARS {
            return Err(WireError::TooLarge);
        }
        let pairs = self.0.iter().flat_map(|(seat, lost)| [seat.0, *lost]);
        Ok([HEARS].into_iter().chain(pairs).collect())
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// As [`Hears::encode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let Some((&HEARS, pairs)) = bytes.split_first() else { return Err(WireError::Malformed) };
        if pairs.len() > 2 * limits::HEARS {
            return Err(WireError::TooLarge);
        }
        if pairs.len() % 2 != 0 {
            return Err(WireError::Malformed);
        }
        let hears = Self(pairs.chunks_exact(2).map(|pair| (SeatId(pair[0]), pair[1])).collect());
        hears.encode().map(|_| hears)
    }
}

impl HeardBy {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        [HEARD, self.of, self.hear].into_iter().chain(self.losing.iter().map(|seat| seat.0)).collect()
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// [`WireError::Malformed`] unless it is one that a room can have.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let Some(([HEARD, of, hear], seats)) = bytes.split_first_chunk() else { return Err(WireError::Malformed) };
        let losing: SeatSet = seats.iter().map(|seat| SeatId(*seat)).collect();
        let heard = Self { of: *of, hear: *hear, losing };
        let whole = losing.iter().count() == seats.len() && usize::from(*hear) + seats.len() <= usize::from(*of);
        if whole && *of < SeatId::COUNT { Ok(heard) } else { Err(WireError::Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_come_back_as_they_went_and_nothing_else_is_taken() {
        let hears = Hears(vec![(SeatId(3), 20), (SeatId(63), 200)]);
        assert_eq!(Hears::decode(&hears.encode().expect("fits")), Ok(hears));
        for wrong in [&[HEARS][..], &[HEARS, 64, 0], &[HEARS, 1, 201], &[HEARS, 1], &[HEARD, 1, 2], &[HEARS; 99], &[]] {
            assert!(Hears::decode(wrong).is_err(), "{wrong:?}");
        }
        let heard = HeardBy { of: 8, hear: 6, losing: [SeatId(2), SeatId(40)].into_iter().collect() };
        assert_eq!(HeardBy::decode(&heard.encode()), Ok(heard));
        for wrong in [&[HEARD, 1][..], &[HEARD, 64, 0], &[HEARD, 2, 2, 5], &[HEARD, 3, 0, 64], &[HEARD, 3, 0, 5, 5]] {
            assert!(HeardBy::decode(wrong).is_err(), "{wrong:?}");
        }
    }
}
