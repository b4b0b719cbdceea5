//! A relay's datagram; what was read is written as the same bytes.
use std::time::Duration;

use ingle::wire::DownDatagram;

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode(bytes))
}

fn decode(bytes: &[u8]) {
    if let Ok(datagram) = DownDatagram::decode(bytes) {
        let again = datagram.encode().expect("what came fits");
        // The time of an answer's frames, and the order of seats, can be written in more than one way.
        assert!(again == bytes || matches!(datagram, DownDatagram::BackfillAnswer(_) | DownDatagram::HeardBy(_)));
        assert_eq!(DownDatagram::decode(&again), Ok(datagram));
    }
}
