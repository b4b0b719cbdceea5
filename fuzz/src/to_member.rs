//! A control stream in two pieces, as a member reads it; what was read is written and read again as the same.
use std::time::Duration;

use ingle::wire::{Framing, ToMember, encode};

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| decode(bytes))
}

fn decode(bytes: &[u8]) {
    let mut framing = Framing::default();
    for piece in [&bytes[..bytes.len() / 2], &bytes[bytes.len() / 2..]] {
        framing.push(piece);
        while let Ok(Some(message)) = framing.next_message::<ToMember>() {
            let mut again = Framing::default();
            again.push(&encode(&message).expect("what fitted fits again"));
            assert_eq!(again.next_message(), Ok(Some(message)));
        }
    }
}
