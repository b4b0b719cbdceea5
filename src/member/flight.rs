//! What is sealed in the flights of a knock: [`crate::wire::knock`] has their outer shape, which the relay carries.
//!
//! ```text
//! Three  name, relay's key as the joiner sees it
//! Four   confirmation, group's title, relay's key as the door sees it
//! ```

use serde::{Deserialize, Serialize};

pub(super) use crate::wire::knock::{Away, ToDoor, ToJoiner, body, read, write};
use crate::wire::limits;

/// Bytes that a name takes in a flight, however long it is: a character is at most four.
const NAME: usize = limits::NAME_CHARS * 4;
/// Bytes that a title takes in a flight.
const TITLE: usize = limits::TITLE_CHARS * 4;

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
