//! The messages of the control stream.
//!
//! A room's life is its log: [`Act`]s and opaque bodies that members append, in the order the relay gives them. The relay
//! reads the acts, which it carries out, and never the bodies.

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::ZeroizeOnDrop;

use super::entry::{Act, Blob, Entry, one_a_seat};
#[cfg(doc)]
use super::limits;
use super::relays::{RelayAt, a_few};
use super::room_state::{RoomState, Tag};
use crate::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, LogHead, Nameplate, SeatId, SeatSet};

/// What a member shows to get its seat back. The relay makes it, and whoever has it has the seat.
#[derive(Clone, Serialize, Deserialize, ZeroizeOnDrop)]
pub struct Ticket(pub [u8; Self::LEN]);

impl Ticket {
    /// Bytes of a ticket.
    pub const LEN: usize = 32;
}

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
    /// Take a held seat again, having applied the log so far.
    Resume(Ticket, LogHead),
    /// Be the second way of the seat that this ticket gives, beside the connection that has it. Datagrams go over both.
    SecondWay(Ticket),
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
    /// From a member whose room the relay has lost: how it was.
    Checkpoint(Box<Checkpoint>),
    /// From a member whose room is being restored: an entry of its log, as it was told to others. Those that were asked for
    /// come in order.
    Entry(Entry),
}

/// A room as one of its members knows it, for a relay that has lost it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The room after the member's newest entry.
    pub state: RoomState,
    /// The relay's tag on that.
    pub tag: Tag,
    /// The member's newest action of which the relay has said what became of it.
    pub last: ActionNo,
    /// The group's time now, in milliseconds, as the member knows it.
    pub group_ms: u64,
    /// Those whose lines were there when the member lost its own.
    pub here: SeatSet,
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
    /// The relay stops, and may well be back in a moment.
    Restarting,
    /// What was sent is not allowed.
    Protocol,
    /// No new room can be opened at the moment; it's worth trying again soon.
    NotYet,
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
        /// For coming back.
        ticket: Ticket,
        /// The room, in which the host has the only seat.
        state: Box<RoomState>,
        /// The relay's tag on that.
        tag: Tag,
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
        /// What of the room is in the clear, as of `index`.
        state: Box<RoomState>,
        /// The relay's tag on that.
        tag: Tag,
    },
    /// To a member who came back: entries up to `head` follow; the seat's actions up to `last` were taken or refused.
    Resumed {
        /// The newest entry of the log.
        head: Index,
        /// The newest action of the seat that the relay has dealt with.
        last: ActionNo,
    },
    /// The next entry of the log, and the relay's tag on the room after it. Without one, another entry follows at once, and
    /// neither counts before the tag is there.
    Entry(Entry, Option<Tag>),
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
    /// To a member who came back: the relay has lost the room, and wants to know how it was.
    AskCheckpoint,
    /// To a member who has shown that: the room is restored once enough of its members are back.
    Restoring {
        /// How many are back.
        back: u8,
        /// How many the room has.
        of: u8,
    },
    /// To one of them: the relay wants the log's entries after this one.
    AskEntries(Index),
    /// What this member asks for is at another relay, or the room has moved there. This connection ends here.
    Elsewhere(RelayAt),
    /// Other relays that know where the room is, should this one fall silent. At most [`limits::RELAYS`].
    Relays(#[serde(deserialize_with = "a_few")] Vec<RelayAt>),
    /// To a connection that wanted to be a seat's second way: it is.
    SecondWay,
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
