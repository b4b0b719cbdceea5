//! The entries of a room's log: an [`Act`], which the relay carries out, and an opaque body, which it can't read.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::limits;
use crate::ids::{ActionNo, Attempt, Index, SeatId, SeatSet};

/// Opaque bytes, at most [`limits::BLOB`]: what members tell each other past the relay.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Blob(Vec<u8>);

impl Blob {
    /// Takes the bytes, or `None` if they are more than [`limits::BLOB`].
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= limits::BLOB).then_some(Self(bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to keep.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_bytes(BlobVisitor)
    }
}

/// Takes bytes that are there. A list of numbers would make room for as many as it claims to have.
struct BlobVisitor;

impl de::Visitor<'_> for BlobVisitor {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {} bytes", limits::BLOB)
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Blob, E> {
        if bytes.len() > limits::BLOB {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(Blob(bytes.to_vec()))
    }
}

/// What the relay carries out at an entry's place in the log. Except where it says otherwise only the door's are heeded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Nothing: the entry concerns the members alone.
    #[default]
    None,
    /// The body is the commit that gives the group its next keys: the first of its epoch, and the only one. Seats are
    /// taken away first, then given.
    Commit {
        /// Knocks that are answered, and the seats that the joiners get: each a leaf of the group's tree. At most
        /// [`limits::KNOCKS`].
        #[serde(deserialize_with = "one_a_seat")]
        admit: Vec<(Attempt, SeatId)>,
        /// Seats of members who are away, each given up to the member on another seat: the same person on a new line.
        #[serde(deserialize_with = "one_a_seat")]
        replace: Vec<(SeatId, SeatId)>,
        /// Seats that are taken away.
        remove: SeatSet,
    },
    /// From here on drop (`true`) or pass (`false`) the voice of these seats.
    FloorMute(SeatSet, bool),
    /// From here on take no knocks (`true`), or take them again (`false`).
    Lock(bool),
    /// End the room for everybody.
    Close,
    /// From anybody: these are to be named for the door, in this order; see [`super::Doors`]. At most [`limits::LEADS`].
    Doors(#[serde(deserialize_with = "one_a_seat")] Vec<SeatId>),
    /// From a member who lost the door with its line: I am back, and count again.
    TakeBack,
    /// A mute of all: from here on pass the door's voice alone, for this many seconds, at most [`limits::MUTE_ALL`], or until
    /// another act ends it; 0 passes all again. Takes the talking stick's place.
    MuteAll(u16),
    /// From here on pass the voice of this seat alone: it has the talking stick. `None` passes all again. Heeded from the
    /// door, and from the member with the stick. Takes the place of a mute of all.
    Stick(Option<SeatId>),
}

/// Why a seat is free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gone {
    /// The member said goodbye.
    Left,
    /// The member's line was away for longer than its seat is held.
    Lost,
    /// The admitted joiner never took the seat.
    NeverCame,
}

/// One entry of a room's log, the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place.
    pub index: Index,
    /// Milliseconds since the room was opened, by the relay's clock: the group's common time.
    pub at_ms: u64,
    /// What it is.
    pub kind: EntryKind,
}

/// Who made an entry, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryKind {
    /// A member's action.
    Action {
        /// Whose.
        seat: SeatId,
        /// Its number within the seat.
        number: ActionNo,
        /// What the relay carried out.
        act: Act,
        /// What the members are told. Empty in what its own maker is told on the connection that it was sent on.
        body: Blob,
    },
    /// The relay's own: a seat is free again.
    Gone(SeatId, Gone),
    /// The relay's own: the door's line has been gone for [`limits::DOOR_HELD`].
    Lapsed(SeatId),
    /// The relay's own: the room was lost, and its members have restored it. The number is drawn, so that a room that is
    /// restored twice has two logs that can be told apart.
    Restored(u64),
}

/// Reads a list with an item a seat at most, before anything makes room for as many as it claims to have.
pub(super) fn one_a_seat<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    struct Items<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Items<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {} items", SeatId::COUNT)
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                if items.len() == usize::from(SeatId::COUNT) {
                    return Err(de::Error::invalid_length(items.len() + 1, &self));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    from.deserialize_seq(Items(PhantomData))
}
