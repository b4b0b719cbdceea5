//! What comes over TCP, in pieces as the first byte says; what was read is written as the same bytes.
#![no_main]

#[path = "../support/timed.rs"]
mod timed;

use ingle::wire::Records;
use libfuzzer_sys::fuzz_target;

use self::timed::{soon, took};

fuzz_target!(|bytes: &[u8]| soon(|| took(|| read(bytes))));

fn read(bytes: &[u8]) {
    let Some((size, bytes)) = bytes.split_first() else { return };
    let (mut reader, mut again) = (Records::default(), Vec::new());
    'all: for piece in bytes.chunks(usize::from(*size).max(1)) {
        reader.push(piece);
        loop {
            match reader.next_record() {
                Ok(Some(record)) => again.extend(record.encode().expect("what came fits")),
                Ok(None) => break,
                Err(_) => break 'all,
            }
        }
    }
    assert!(bytes.starts_with(&again));
}
