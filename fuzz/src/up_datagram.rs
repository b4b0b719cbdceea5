//! A member's datagram; what was read is written as the same bytes.
use std::time::Duration;

use ingle::wire::UpDatagram;

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode(bytes))
}

fn decode(bytes: &[u8]) {
    if let Ok(datagram) = UpDatagram::decode(bytes) {
        let again = datagram.encode().expect("what came fits");
        // The time of an answer's frames can be written in more than one way.
        assert!(again == bytes || matches!(datagram, UpDatagram::BackfillAnswer(_)));
        assert_eq!(UpDatagram::decode(&again), Ok(datagram));
    }
}
