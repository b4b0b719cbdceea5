//! The messages of the control stream.
//!
//! A room's life is its log: [`Act`]s and opaque bodies that members append, in the order the relay gives them. The relay
//! reads the acts, which it carries out, and never the bodies.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::ConstantTimeEq;
use zeroize::ZeroizeOnDrop;

use super::limits;
use crate::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Nameplate, SeatId, SeatSet};

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

/// What a member shows to get its seat back. The relay draws it, and whoever has it has the seat.
#[derive(Clone, Serialize, Deserialize, ZeroizeOnDrop)]
pub struct Ticket(pub [u8; 16]);

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Ticket {}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(secret)")
    }
}

/// A member's first message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The member's [`super::VERSION`].
    pub version: u16,
    /// What it came for.
    pub purpose: Purpose,
}

/// What a connection is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Open a room and be its door.
    Host,
    /// Ask the door of a room to be let in; the body is the first flight of the knock.
    Knock(Nameplate, Blob),
    /// Take a held seat again, having applied the log up to the index.
    Resume(Ticket, Index),
}

/// Member to relay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToRelay {
    /// Must come first, and once.
    Hello(Hello),
    /// From a joiner: the next flight of its knock, passed to the door.
    Knock(Blob),
    /// From the door: a flight for the joiner of this attempt.
    Answer(Attempt, Blob),
    /// From the door: the joiner is not let in; the body says why.
    TurnAway(Attempt, Blob),
    /// From a member: put this into the log, once.
    Append {
        /// Numbers the seat's actions from 1 without gaps; a number that was there before is passed over.
        number: ActionNo,
        /// The group's keys that the body is sealed with. If the room has newer ones by now, the action is passed over as if
        /// it had never come: its maker seals it again when the commit between has reached it.
        epoch: Epoch,
        /// What the relay is to carry out at this place of the log.
        act: Act,
        /// What the members are told.
        body: Blob,
    },
    /// From the door, after its [`Act::Commit`] is in the log: the state at `index` for the joiner in `seat`.
    Welcome {
        /// The seat that the relay gave.
        seat: SeatId,
        /// The log position that the body describes; the joiner gets every later entry.
        index: Index,
        /// The state, for the joiner's eyes.
        body: Blob,
    },
    /// From a member: I leave, and my seat may be given away.
    Leave,
    /// From a member: tell me what was said since a moment of the group's time, in milliseconds, that I may not have.
    Missed {
        /// The moment.
        since_ms: u64,
        /// The newest frame that I have of each talker; at most [`SeatId::COUNT`].
        #[serde(deserialize_with = "one_a_seat")]
        have: Vec<(SeatId, FrameNo)>,
    },
    /// From a member: how many seconds ago what I hear was said; 0: it's live.
    Behind(u8),
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
}

/// How a member's line is, as the relay sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Presence {
    /// Heard from within the last seconds.
    #[default]
    Here,
    /// There, but losing words.
    Poor,
    /// Not heard from; its seat is held.
    Away,
}

/// Why a connection is not served. Each has a sentence in [`crate::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The relay speaks another version, named here.
    Version(u16),
    /// No room has this nameplate.
    NoRoom,
    /// All seats are taken.
    Full,
    /// The door takes no knocks at the moment.
    Locked,
    /// Too many wait at the door.
    Busy,
    /// The seat is no longer held, or the log has moved too far.
    SeatGone,
    /// The same seat came back from elsewhere.
    Replaced,
    /// The door took the seat away.
    Removed,
    /// The door ended the group.
    Closed,
    /// The relay is shutting down, or has no room for more.
    Unavailable,
    /// What was sent is not allowed.
    Protocol,
}

/// What a joiner's attempt has come to, as the relay tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attempting {
    /// The door has the knock.
    AtDoor,
    /// The door says: not now. The body says why.
    TurnedAway(Blob),
}

/// Relay to member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToMember {
    /// The room is open, and this is its door.
    Hosting {
        /// What the code begins with.
        nameplate: Nameplate,
        /// The host's own seat.
        seat: SeatId,
        /// For coming back.
        ticket: Ticket,
    },
    /// To a joiner: how the knock goes.
    Attempt(Attempting),
    /// To a joiner: the door's next flight.
    Answer(Blob),
    /// To the door: a joiner's flight.
    Knock(Attempt, Blob),
    /// To the door: a joiner went away.
    KnockOver(Attempt),
    /// To an admitted joiner: the seat, the state at `index`, and every later entry from now on.
    Seated {
        /// The seat.
        seat: SeatId,
        /// For coming back.
        ticket: Ticket,
        /// The log position that the body describes.
        index: Index,
        /// The door's [`ToRelay::Welcome`] body.
        body: Blob,
    },
    /// To a member who came back: entries up to `head` follow; the seat's actions up to `last` were taken or refused.
    Resumed {
        /// The newest entry of the log.
        head: Index,
        /// The newest action of the seat that the relay has dealt with.
        last: ActionNo,
    },
    /// The next entry of the log.
    Entry(Entry),
    /// An action was not taken, and is in nobody's log.
    Rejected(ActionNo),
    /// How members' lines are; seats not named have not changed. At most [`SeatId::COUNT`].
    Presence(#[serde(deserialize_with = "one_a_seat")] Vec<(SeatId, Presence)>),
    /// This connection ends here.
    Refused(Refusal),
    /// How much later than its time, in 20 ms, what these talkers say may come because their lines lose some of it and it is
    /// asked for again. At most [`SeatId::COUNT`].
    Late(#[serde(deserialize_with = "one_a_seat")] Vec<(SeatId, u8)>),
    /// Which of talkers' frames the relay has, or is about to have: for a member who may have missed some. At most
    /// [`SeatId::COUNT`].
    Missed(#[serde(deserialize_with = "one_a_seat")] Vec<Span>),
    /// How many seconds after it was said members hear what they hear, 0 for live; seats not named have not changed. At most
    /// [`SeatId::COUNT`].
    Behind(#[serde(deserialize_with = "one_a_seat")] Vec<(SeatId, u8)>),
    /// Which layers of its voice a talker is to send; until this is said the full one alone.
    Layers {
        /// Whether some listeners need the thin one too.
        thin: bool,
    },
}

/// Frames of one talker that can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Whose.
    pub seat: SeatId,
    /// The first.
    pub first: FrameNo,
    /// How many numbers there are from it on; some of them may be gone.
    pub count: u16,
    /// When the first was said, in milliseconds of the group's time.
    pub from_ms: u64,
    /// When the last was said.
    pub to_ms: u64,
}

/// Reads a list with an item a seat at most, before anything makes room for as many as it claims to have.
fn one_a_seat<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
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
