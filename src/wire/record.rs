//! What travels over TCP, which keeps no bounds between datagrams: records of a kind, a length and bytes.
//!
//! ```text
//! record  kind(1) length(2, big-endian) bytes
//! ```

use super::error::WireError;
use super::limits;

const HEAD: usize = 3;
/// Most bytes of the control stream in one record, so that a voice behind it needn't wait long.
pub const CHUNK: usize = 1024;
/// Bytes of a ping, and of the pong that answers it.
pub const PING: usize = 8;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Bytes of the control stream, at most [`CHUNK`].
    Control(Vec<u8>),
    /// A datagram of at most [`limits::DATAGRAM`] bytes.
    Datagram(Vec<u8>),
    /// Asks for a pong with the same bytes.
    Ping([u8; PING]),
    /// Answers a ping.
    Pong([u8; PING]),
}

impl Record {
    fn parts(&self) -> (u8, &[u8]) {
        match self {
            Self::Control(bytes) => (0, bytes),
            Self::Datagram(bytes) => (1, bytes),
            Self::Ping(bytes) => (2, bytes),
            Self::Pong(bytes) => (3, bytes),
        }
    }

    /// Most bytes of a record of this kind; `None` if there is no such kind.
    fn most(kind: u8) -> Option<usize> {
        match kind {
            0 => Some(CHUNK),
            1 => Some(limits::DATAGRAM),
            2 | 3 => Some(PING),
            _ => None,
        }
    }

    /// The record's bytes on the line.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] if it holds more than a record of its kind may.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let (kind, bytes) = self.parts();
        let length = u16::try_from(bytes.len()).map_err(|_| WireError::TooLarge)?;
        if Self::most(kind).is_none_or(|most| bytes.len() > most) {
            return Err(WireError::TooLarge);
        }
        Ok([&[kind], length.to_be_bytes().as_slice(), bytes].concat())
    }

    fn decode(kind: u8, bytes: &[u8]) -> Result<Self, WireError> {
        let ping = || bytes.try_into().map_err(|_| WireError::Malformed);
        match kind {
            0 => Ok(Self::Control(bytes.to_vec())),
            1 => Ok(Self::Datagram(bytes.to_vec())),
            2 => ping().map(Self::Ping),
            3 => ping().map(Self::Pong),
            _ => Err(WireError::Malformed),
        }
    }
}

/// Collects bytes as they come and gives out whole records. Holds at most one record and what was read with it.
#[derive(Default)]
pub struct Records {
    held: Vec<u8>,
    taken: usize,
}

impl Records {
    /// Adds bytes as they came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.held.drain(..self.taken);
        self.taken = 0;
        self.held.extend_from_slice(bytes);
    }

    /// The next whole record, if it is there.
    ///
    /// # Errors
    /// [`WireError`] if there is no such kind, or the length is over its limit or not the kind's. Nothing can be read after that.
    pub fn next_record(&mut self) -> Result<Option<Record>, WireError> {
        let Some((&[kind, high, low], rest)) = self.held[self.taken..].split_first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let most = Record::most(kind).ok_or(WireError::Malformed)?;
        if length > most {
            return Err(WireError::TooLarge);
        }
        let Some(bytes) = rest.get(..length) else { return Ok(None) };
        let record = Record::decode(kind, bytes)?;
        self.taken += HEAD + length;
        Ok(Some(record))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records() -> [Record; 5] {
        [
            Record::Control(vec![1; CHUNK]),
            Record::Control(vec![]),
            Record::Datagram(vec![2; limits::DATAGRAM]),
            Record::Ping([3; PING]),
            Record::Pong([4; PING]),
        ]
    }

    #[test]
    fn records_come_whole_in_whatever_pieces_their_bytes_come() {
        let bytes: Vec<u8> = records().iter().flat_map(|record| record.encode().expect("small")).collect();
        for size in [1, 2, 3, 700, bytes.len()] {
            let (mut reader, mut read) = (Records::default(), Vec::new());
            for piece in bytes.chunks(size) {
                reader.push(piece);
                while let Some(record) = reader.next_record().expect("well-formed") {
                    read.push(record);
                }
                assert!(reader.held.len() - reader.taken < HEAD + limits::DATAGRAM);
            }
            assert_eq!(read, records());
        }
    }

    #[test]
    fn a_record_over_its_limit_is_refused_before_its_bytes_come() {
        let over = |length: usize| u16::try_from(length).expect("small").to_be_bytes();
        for (kind, length) in [(0, CHUNK + 1), (1, limits::DATAGRAM + 1), (2, PING + 1), (3, 0xffff)] {
            let mut reader = Records::default();
            reader.push(&[[kind].as_slice(), &over(length)].concat());
            assert_eq!(reader.next_record(), Err(WireError::TooLarge), "{kind}");
        }
        assert_eq!(Record::Control(vec![0; CHUNK + 1]).encode(), Err(WireError::TooLarge));
        assert_eq!(Record::Datagram(vec![0; 70_000]).encode(), Err(WireError::TooLarge));
    }

    #[test]
    fn an_unknown_kind_and_a_short_ping_are_refused() {
        for bytes in [[4, 0, 0].as_slice(), &[255, 0, 0], &[2, 0, 1, 9], &[3, 0, 0]] {
            let mut reader = Records::default();
            reader.push(bytes);
            assert_eq!(reader.next_record(), Err(WireError::Malformed), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_refused_or_come_back_as_they_were(bytes: Vec<u8>) {
            let mut reader = Records::default();
            reader.push(&bytes);
            let mut read = Vec::new();
            while let Ok(Some(record)) = reader.next_record() {
                read.extend(record.encode().expect("within its limit"));
            }
            prop_assert!(bytes.starts_with(&read));
        }
    }
}
