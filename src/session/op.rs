//! What members tell each other in the bodies of log entries, past the relay.

use serde::{Deserialize, Serialize};

use crate::wire::Blob;

/// The body of a log entry. What the relay must know too stands in the entry's act, and only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// The first entry of a group, by its host.
    Open {
        /// The group's title.
        title: String,
        /// The host's name.
        name: String,
    },
    /// Goes with an admission: who comes in.
    Admit {
        /// The joiner's name as asked for.
        name: String,
    },
    /// Goes with any other act: do as the act says.
    Direct,
    /// My hand is up, or down.
    Hand(bool),
    /// A line of chat.
    Chat(String),
    /// The four words are read aloud and compared from here on. Only the facilitator's counts.
    Verify,
    /// The words that I hear are mine, or aren't.
    Verified(bool),
}

impl Op {
    /// The bytes; `None` if they are more than an entry holds.
    pub fn encode(&self) -> Option<Blob> {
        postcard::to_stdvec(self).ok().and_then(Blob::new)
    }

    /// Reads a body; `None` unless all of it is one operation.
    pub fn decode(body: &Blob) -> Option<Self> {
        postcard::take_from_bytes(body.bytes()).ok().and_then(|(op, rest)| rest.is_empty().then_some(op))
    }
}
