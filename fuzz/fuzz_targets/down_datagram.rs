//! A relay's datagram; what was read is written as the same bytes.
#![no_main]

#[path = "../support/timed.rs"]
mod timed;

use ingle::wire::DownDatagram;
use libfuzzer_sys::fuzz_target;

use self::timed::{soon, took};

fuzz_target!(|bytes: &[u8]| soon(|| took(|| read(bytes))));

fn read(bytes: &[u8]) {
    if let Ok(datagram) = DownDatagram::decode(bytes) {
        let again = datagram.encode().expect("what came fits");
        // The time of an answer's frames, and the order of seats, can be written in more than one way.
        assert!(again == bytes || matches!(datagram, DownDatagram::BackfillAnswer(_) | DownDatagram::HeardBy(_)));
        assert_eq!(DownDatagram::decode(&again), Ok(datagram));
    }
}
