//! The flights of a knock, as the relay carries them without being able to read them.
//!
//! ```text
//! joiner → door   One    attempt, message
//! door → joiner   Two    message
//! joiner → door   Three  confirmation, sealed: name, relay's key as the joiner sees it
//! door → joiner   Four   sealed: confirmation, group's title, relay's key as the door sees it
//! ```

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::wire::{Blob, limits};

/// Bytes that a name takes in a flight, however long it is: a character is at most four.
const NAME: usize = limits::NAME_CHARS * 4;
/// Bytes that a title takes in a flight.
const TITLE: usize = limits::TITLE_CHARS * 4;

/// From a joiner.
#[derive(Serialize, Deserialize)]
pub(super) enum ToDoor {
    One { attempt: [u8; 16], message: Vec<u8> },
    Three { confirmation: [u8; 32], sealed: Vec<u8> },
}

/// From the door.
#[derive(Serialize, Deserialize)]
pub(super) enum ToJoiner {
    Two { message: Vec<u8> },
    Four { sealed: Vec<u8> },
}

/// What a joiner says of itself, once it has shown that it knows the words.
#[derive(Serialize, Deserialize)]
pub(super) struct Introduction {
    name: Vec<u8>,
    pub(super) relay_key: [u8; 32],
}

/// What the door answers.
#[derive(Serialize, Deserialize)]
pub(super) struct Reception {
    pub(super) confirmation: [u8; 32],
    title: Vec<u8>,
    pub(super) relay_key: [u8; 32],
}

/// Why the door sends somebody away.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Away {
    /// These are not the words.
    WrongWords,
    /// Not now.
    NotNow,
}

impl Introduction {
    pub(super) fn new(name: &str, relay_key: [u8; 32]) -> Self {
        Self { name: padded(name, NAME), relay_key }
    }

    pub(super) fn name(&self) -> String {
        unpadded(&self.name)
    }
}

impl Reception {
    pub(super) fn new(confirmation: [u8; 32], title: &str, relay_key: [u8; 32]) -> Self {
        Self { confirmation, title: padded(title, TITLE), relay_key }
    }

    pub(super) fn title(&self) -> String {
        unpadded(&self.title)
    }
}

/// Fills up with zeros, so that the length tells nothing.
fn padded(text: &str, length: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(length, 0);
    bytes
}

fn unpadded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}

/// The bytes of a flight, or of what is sealed in one.
pub(super) fn write<T: Serialize>(flight: &T) -> Vec<u8> {
    // Plain fields of a known size always have an encoding.
    postcard::to_stdvec(flight).unwrap_or_default()
}

/// The same as a body for the relay to carry.
pub(super) fn body<T: Serialize>(flight: &T) -> Blob {
    Blob::new(write(flight)).unwrap_or_default()
}

/// Reads a flight; `None` unless all of it is one.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::take_from_bytes(bytes).ok().and_then(|(flight, rest)| rest.is_empty().then_some(flight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_flight_tells_nothing() {
        let length = |name| write(&Introduction::new(name, [0; 32])).len();
        assert_eq!(length("Bo"), length(&"李".repeat(limits::NAME_CHARS)));
        assert_eq!(
            read::<Introduction>(&write(&Introduction::new("Zoë", [1; 32]))).map(|i| i.name()),
            Some("Zoë".into())
        );
        let mut long = write(&Introduction::new("Bo", [0; 32]));
        long.push(0);
        assert!(read::<Introduction>(&long).is_none());
    }
}
