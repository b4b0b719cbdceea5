//! Whether a talker is heard: a listener who loses words says so (as in the receiver reports of RFC 3550), and the relay adds it
//! up for the talker.
//!
//! ```text
//! receiver report  0x8b (seat lost)*    from a listener: the fraction of each talker's frames that did not come, in half percents
//! heard by         0x8c of hear seat*   to a talker: how many listen, how many of them hear it, and who loses words
//! ```

use super::error::WireError;
use super::{limits, tag};
use crate::ids::{SeatId, SeatSet};

/// Most half percents.
const ALL: u8 = 200;

/// How a listener hears one talker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportBlock {
    /// The talker.
    pub seat: SeatId,
    /// Fraction of its frames that did not come lately, in half percents, `0..=200`.
    pub fraction_lost: u8,
}

/// How a listener hears those who talk: at least one of them, at most [`limits::REPORT_BLOCKS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiverReport(pub Vec<ReportBlock>);

/// How a talker is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeardBy {
    /// How many listen, be their lines there or not.
    pub of: u8,
    /// How many of them hear what is said.
    pub hear: u8,
    /// Those of the others who lose words. A listener whose line is cut isn't among them.
    pub losing: SeatSet,
}

impl ReceiverReport {
    /// The datagram.
    ///
    /// # Errors
    /// [`WireError`] without blocks, with too many of them, or with one out of its range.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        self.check()?;
        let pairs = self.0.iter().flat_map(|block| [block.seat.0, block.fraction_lost]);
        Ok([tag::RECEIVER_REPORT].into_iter().chain(pairs).collect())
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        let (pairs, rest) = body.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(WireError::Malformed);
        }
        if pairs.len() > limits::REPORT_BLOCKS {
            return Err(WireError::TooLarge);
        }
        let block =
            |[seat, fraction_lost]: &[u8; 2]| ReportBlock { seat: SeatId(*seat), fraction_lost: *fraction_lost };
        let report = Self(pairs.iter().map(block).collect());
        report.check().map(|()| report)
    }

    fn check(&self) -> Result<(), WireError> {
        let is_wrong = |block: &ReportBlock| !block.seat.is_valid() || block.fraction_lost > ALL;
        if self.0.is_empty() || self.0.iter().any(is_wrong) {
            return Err(WireError::Malformed);
        }
        if self.0.len() > limits::REPORT_BLOCKS { Err(WireError::TooLarge) } else { Ok(()) }
    }
}

impl HeardBy {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        [tag::HEARD_BY, self.of, self.hear].into_iter().chain(self.losing.iter().map(|seat| seat.0)).collect()
    }

    /// It is one that a room can have.
    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        let Some(([of, hear], seats)) = body.split_first_chunk() else { return Err(WireError::Malformed) };
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
        let block = |seat, fraction_lost| ReportBlock { seat: SeatId(seat), fraction_lost };
        let report = ReceiverReport(vec![block(3, 20), block(63, 200)]);
        assert_eq!(ReceiverReport::read(&report.encode().expect("fits")[1..]), Ok(report));
        for wrong in [&[][..], &[64, 0], &[1, 201], &[1], &[1, 2, 3], &[1; 98]] {
            assert!(ReceiverReport::read(wrong).is_err(), "{wrong:?}");
        }
        let heard = HeardBy { of: 8, hear: 6, losing: [SeatId(2), SeatId(40)].into_iter().collect() };
        assert_eq!(HeardBy::read(&heard.encode()[1..]), Ok(heard));
        for wrong in [&[][..], &[1], &[64, 0], &[2, 2, 5], &[3, 0, 64], &[3, 0, 5, 5]] {
            assert!(HeardBy::read(wrong).is_err(), "{wrong:?}");
        }
    }
}
