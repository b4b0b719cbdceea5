//! A control stream in two pieces, read as each side would; what was read is written and read again.
#![no_main]

use ingle::wire::{Framing, ToMember, ToRelay, encode};
use libfuzzer_sys::fuzz_target;

fn read<M>(bytes: &[u8])
where
    M: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let mut framing = Framing::default();
    for piece in [&bytes[..bytes.len() / 2], &bytes[bytes.len() / 2..]] {
        framing.push(piece);
        while let Ok(Some(message)) = framing.next_message::<M>() {
            let mut again = Framing::default();
            again.push(&encode(&message).expect("what fitted fits again"));
            assert_eq!(again.next_message::<M>(), Ok(Some(message)));
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    read::<ToRelay>(bytes);
    read::<ToMember>(bytes);
});
