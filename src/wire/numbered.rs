//! What is sent over two ways, so that it comes by one of them: the same datagram, with a number by which the far end knows what it
//! has already.
//!
//! ```text
//! numbered  0x8d number(2) datagram   both ways, as long as there are two
//! ```

use super::error::WireError;
use super::{limits, tag};

/// Bytes before the datagram.
const HEAD: usize = 3;

/// A datagram as it came, with its number if it was sent over two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// Counted for each direction, modulo 2^16; `None` for what was sent over one way alone.
    pub number: Option<u16>,
    /// The datagram itself, not decoded yet, and not numbered again.
    pub datagram: &'a [u8],
}

impl<'a> Numbered<'a> {
    /// The bytes to send over both ways. `None` for what goes over the first alone: probes, by which that one is measured, and
    /// what would be longer than [`limits::DATAGRAM`].
    pub fn encode(number: u16, datagram: &[u8]) -> Option<Vec<u8>> {
        let alone = datagram.first().is_none_or(|first| matches!(*first, tag::PROBE | tag::NUMBERED));
        let fits = datagram.len() + HEAD <= limits::DATAGRAM;
        (fits && !alone).then(|| [&[tag::NUMBERED], &number.to_be_bytes()[..], datagram].concat())
    }

    /// Reads what came.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] over [`limits::DATAGRAM`], [`WireError::Malformed`] where nothing is numbered, or what has its number
    /// already, or what goes over one way alone.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, WireError> {
        if bytes.len() > limits::DATAGRAM {
            return Err(WireError::TooLarge);
        }
        match bytes {
            [tag::NUMBERED, _, _, tag::PROBE | tag::NUMBERED, ..] => Err(WireError::Malformed),
            [tag::NUMBERED, high, low, datagram @ ..] if !datagram.is_empty() => {
                Ok(Self { number: Some(u16::from_be_bytes([*high, *low])), datagram })
            }
            [tag::NUMBERED, ..] => Err(WireError::Malformed),
            _ => Ok(Self { number: None, datagram: bytes }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_numbered_comes_back_once_and_never_twice() {
        let bytes = Numbered::encode(0x1234, &[tag::PULSE, 7]).expect("short");
        assert_eq!(bytes, [tag::NUMBERED, 0x12, 0x34, tag::PULSE, 7]);
        let read = Numbered::decode(&bytes).expect("whole");
        assert_eq!(read, Numbered { number: Some(0x1234), datagram: &[tag::PULSE, 7] });
        assert_eq!(Numbered::decode(&[5, 6]), Ok(Numbered { number: None, datagram: &[5, 6] }));
        assert_eq!(Numbered::encode(1, &bytes), None);
        assert_eq!(Numbered::encode(1, &[tag::PROBE, 1]), None);
        assert_eq!(Numbered::encode(1, &[]), None);
        assert_eq!(Numbered::encode(1, &[0; limits::DATAGRAM - HEAD + 1]), None);
        assert!(Numbered::encode(1, &[0; limits::DATAGRAM - HEAD]).is_some());
    }

    #[test]
    fn what_is_no_numbered_datagram_is_not_taken() {
        let nested = [tag::NUMBERED, 0, 1, tag::NUMBERED, 0, 2, 5];
        for wrong in [&[tag::NUMBERED][..], &[tag::NUMBERED, 1], &[tag::NUMBERED, 1, 2], &nested] {
            assert_eq!(Numbered::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
        }
        assert_eq!(Numbered::decode(&[tag::NUMBERED, 0, 1, tag::PROBE, 0]), Err(WireError::Malformed));
        assert_eq!(Numbered::decode(&[0; limits::DATAGRAM + 1]), Err(WireError::TooLarge));
    }
}
