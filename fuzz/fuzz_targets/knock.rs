//! A flight of a knock, as the relay's decoys and the members read it.
#![no_main]

#[path = "../support/timed.rs"]
mod timed;

use ingle::wire::knock::{self, Away, ToDoor, ToJoiner};
use libfuzzer_sys::fuzz_target;

use self::timed::{soon, took};

fuzz_target!(|bytes: &[u8]| soon(|| took(|| read(bytes))));

fn read(bytes: &[u8]) {
    for again in [
        knock::read::<ToDoor>(bytes).map(|flight| knock::write(&flight)),
        knock::read::<ToJoiner>(bytes).map(|flight| knock::write(&flight)),
        knock::read::<Away>(bytes).map(|flight| knock::write(&flight)),
    ] {
        // A length may be written in more bytes than it needs.
        assert!(again.is_none_or(|again| again.len() <= bytes.len()));
    }
}
