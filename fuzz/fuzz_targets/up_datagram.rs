//! A member's datagram; what was read is written as the same bytes.
#![no_main]

#[path = "../support/timed.rs"]
mod timed;

use ingle::wire::UpDatagram;
use libfuzzer_sys::fuzz_target;

use self::timed::{soon, took};

fuzz_target!(|bytes: &[u8]| soon(|| took(|| read(bytes))));

fn read(bytes: &[u8]) {
    if let Ok(datagram) = UpDatagram::decode(bytes) {
        let again = datagram.encode().expect("what came fits");
        // The time of an answer's frames can be written in more than one way.
        assert!(again == bytes || matches!(datagram, UpDatagram::BackfillAnswer(_)));
        assert_eq!(UpDatagram::decode(&again), Ok(datagram));
    }
}
