//! What members tell each other, sealed in the bodies of log entries.

use serde::{Deserialize, Serialize};

use super::poll::Step;
use super::{Charter, Decide, Gesture, Role, Turn};
use crate::ids::SeatId;
use crate::wire::limits;

/// What is sealed in a log entry. What the relay must know too stands in the entry's act, and only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// The first entry of a group, by its host.
    Open {
        /// The group's title.
        title: String,
        /// The host's name.
        name: String,
        /// What the group holds itself by.
        charter: Charter,
    },
    /// Goes with any other act: do as the act says.
    Direct,
    /// My hand is up, or down.
    Hand {
        /// Whether it is up.
        up: bool,
    },
    /// A line of chat.
    Chat(String),
    /// The four words are read aloud and compared from here on. Counts only from the facilitator.
    Verify,
    /// The words that I hear are mine, or aren't.
    Verified {
        /// Whether they are the same.
        same: bool,
    },
    /// A member gets a role. Counts from the facilitator, and from anybody who leads and steps back to be a member.
    Role(SeatId, Role),
    /// Something about turns.
    Turn(Turn),
    /// Something about decisions.
    Decide(Decide),
    /// A step of the secret vote with this number, by a voter's client.
    Poll(u32, Step),
    /// A quiet sign, without a word.
    Gesture(Gesture),
    /// Something sealed to a few.
    Private(Vec<u8>),
    /// The member with this order of arrival, who vanished, was seen to. Counts only from those who lead.
    SeenTo(u64),
    /// The words of the code were drawn anew. Counts only from the door.
    CodeChanged,
    /// Wrong words were tried at the door. Counts only from the door.
    WrongWords,
    /// I have no microphone that works, or have one again: said by a client of its own accord.
    NoMic(bool),
    /// While nobody who leads is there: I want the member on this seat to lead. Goes with the act that names that seat for the
    /// door, which counts once more than half want the same.
    Choose(SeatId),
}

impl Op {
    /// The bytes; `None` if they are more than [`limits::OP`].
    pub fn encode(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok().filter(|bytes| bytes.len() <= limits::OP)
    }

    /// Reads the bytes; `None` unless all of them are one operation.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (op, rest) = postcard::take_from_bytes(bytes).ok().filter(|_| bytes.len() <= limits::OP)?;
        rest.is_empty().then_some(op)
    }
}
