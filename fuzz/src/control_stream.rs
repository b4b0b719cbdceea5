//! A control stream in two pieces; what was read is written and read again as the same.
use std::fmt::Debug;

use ingle::wire::{Framing, encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn decode<M: Serialize + DeserializeOwned + Debug + PartialEq>(bytes: &[u8]) {
    let mut framing = Framing::default();
    for piece in [&bytes[..bytes.len() / 2], &bytes[bytes.len() / 2..]] {
        framing.push(piece);
        while let Ok(Some(message)) = framing.next_message::<M>() {
            let mut again = Framing::default();
            again.push(&encode(&message).expect("what fitted fits again"));
            assert_eq!(again.next_message(), Ok(Some(message)));
        }
    }
}
