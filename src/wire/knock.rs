//! The outer shape of a knock's flights. What is sealed in them is for the members alone.
//!
//! ```text
//! joiner → door   Spake         attempt, message
//! door → joiner   Spake         message
//! joiner → door   Confirm       confirmation, sealed
//! door → joiner   Confirm       sealed
//! door → joiner   Keeper        number, sealed; as often as that member changes who can let the joiner in
//! door → joiner   Keys          number, sealed; ahead of a commit that lets this joiner in alone
//! joiner → door   AgreeToRules  sealed, if the joiner agrees to the ground rules
//! joiner → door   Note          sealed, if the joiner leaves a note
//! ```
//!
//! The relay passes them on without looking. It has to know them all the same, for where there is no door it answers as one
//! would, so that nobody learns which codes have a group.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Blob;

/// From a joiner.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToDoor {
    /// First: which try this is, and half of the agreement on a key.
    Spake {
        /// Drawn by the joiner.
        attempt: [u8; 16],
        /// A SPAKE2 message.
        #[serde(with = "bytes")]
        message: Vec<u8>,
    },
    /// Then: that the joiner has the words, and who it is.
    Confirm {
        /// Proves that the joiner has the words.
        confirmation: [u8; 32],
        /// For the door's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
    /// While it waits: that the joiner agrees to the ground rules.
    AgreeToRules {
        /// For the door's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
    /// While it waits: a note for those who lead.
    Note {
        /// For the door's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
}

/// From the door.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToJoiner {
    /// First: the other half of the agreement.
    Spake {
        /// A SPAKE2 message.
        #[serde(with = "bytes")]
        message: Vec<u8>,
    },
    /// Then: that the door has the words as well.
    Confirm {
        /// For the joiner's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
    /// While the joiner waits: the member who can let it in.
    Keeper {
        /// Counts these from 1. One that isn't higher than the last is passed over.
        number: u32,
        /// For the joiner's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
    /// Ahead of the commit that lets the joiner in: the keys that it gives.
    Keys {
        /// As [`ToJoiner::Keeper`]'s, counted apart.
        number: u32,
        /// For the joiner's eyes.
        #[serde(with = "bytes")]
        sealed: Vec<u8>,
    },
}

/// Why the door sends somebody away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Away {
    /// These are not the words.
    WrongWords,
    /// Not now.
    NotNow,
}

/// The bytes of a flight, or of what is sealed in one.
pub fn write<T: Serialize>(flight: &T) -> Vec<u8> {
    // Plain fields of a known size always have an encoding.
    postcard::to_stdvec(flight).unwrap_or_default()
}

/// The same as a body for the relay to carry.
pub fn body<T: Serialize>(flight: &T) -> Blob {
    Blob::new(write(flight)).unwrap_or_default()
}

/// Reads a flight; `None` unless all of it is one.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::take_from_bytes(bytes).ok().and_then(|(flight, rest)| rest.is_empty().then_some(flight))
}

/// A field as bytes that are there. A list of numbers would make room for as many as it claims to have.
mod bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::wire::Blob;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        Blob::deserialize(from).map(Blob::into_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flight_is_read_whole_or_not_at_all() {
        let mut bytes = write(&ToDoor::Spake { attempt: [7; 16], message: vec![1; 33] });
        assert_eq!(bytes.len(), 1 + 16 + 1 + 33);
        assert!(matches!(read(&bytes), Some(ToDoor::Spake { attempt: [7, ..], message }) if message == [1; 33]));
        bytes.push(0);
        assert!(read::<ToDoor>(&bytes).is_none());
        assert!(read::<ToDoor>(&bytes[..20]).is_none());
        assert!(read::<ToDoor>(&[]).is_none());
        assert_eq!(read(&write(&Away::NotNow)), Some(Away::NotNow));
    }

    #[test]
    fn a_field_that_claims_more_than_there_is_gets_no_room() {
        let mut bytes = write(&ToJoiner::Confirm { sealed: vec![] });
        bytes.pop();
        bytes.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert!(read::<ToJoiner>(&bytes).is_none());
    }
}
