//! What comes over TCP, in pieces as the first byte says; what was read is written as the same bytes.
use std::time::Duration;

use ingle::wire::Records;

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode(bytes))
}

fn decode(bytes: &[u8]) {
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
