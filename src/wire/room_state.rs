//! What of a room is in the clear: the state that follows from the clear part of its log, by one rule for the relay and the
//! members.
//!
//! The relay works with it. Members follow it, so that they can restore their room at a relay that has lost it: with each entry
//! the relay gives them its [`Tag`] on the state after it, which nobody else can make.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::doors::Doors;
use super::entry::{Act, Entry, EntryKind};
use super::floor::Floor;
use super::limits;
use crate::ids::{ActionNo, Chain, Epoch, Index, LogHead, Nameplate, RoomId, SeatId, SeatSet};

/// A relay's authentication of a [`RoomState`]: HMAC-SHA-256, its first 80 bits, the fewest that RFC 2104 recommends. Whoever
/// guesses at one has to ask the relay each time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag(pub [u8; Self::LEN]);

impl Tag {
    /// Bytes of a tag.
    pub const LEN: usize = 10;
}

/// What of a seat is in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatState {
    /// The entry that gave it to its member: whoever had it before has nothing of it.
    pub given: Index,
    /// The member's newest action in the log.
    pub last: ActionNo,
}

/// A room after an entry of its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    /// Which room it is, among all that ever had its nameplate.
    pub id: RoomId,
    /// What its code begins with.
    pub nameplate: Nameplate,
    /// The newest entry.
    pub head: LogHead,
    /// When that was made, in milliseconds of the group's time.
    pub at_ms: u64,
    /// The number of the group's keys.
    pub epoch: Epoch,
    /// Who may hold the door.
    pub doors: Doors,
    /// Whether no knocks are taken.
    pub locked: bool,
    /// Whether the group has been ended.
    pub closed: bool,
    /// Whose voice is passed on.
    pub floor: Floor,
    /// All seats.
    pub seats: BTreeMap<SeatId, SeatState>,
}

impl RoomState {
    /// A room that has just been opened by the member in this seat.
    pub fn open(id: RoomId, nameplate: Nameplate, host: SeatId) -> Self {
        let mut doors = Doors::default();
        doors.open(host);
        Self {
            id,
            nameplate,
            head: LogHead::default(),
            at_ms: 0,
            epoch: Epoch::default(),
            doors,
            locked: false,
            closed: false,
            floor: Floor::default(),
            seats: BTreeMap::from([(host, SeatState { given: Index(0), last: ActionNo(0) })]),
        }
    }

    /// Applies the next entry, with the body that its maker has sealed. Whether it was the next.
    pub fn apply(&mut self, entry: &Entry) -> bool {
        let Some(head) = follow(self.head, entry) else { return false };
        self.head = head;
        self.at_ms = entry.at_ms.min(limits::GROUP_MS).max(self.at_ms);
        let door = self.doors.door();
        match &entry.kind {
            EntryKind::Gone(seat, _) => self.vacate(*seat),
            EntryKind::Lapsed(seat) => self.doors.lapse(*seat),
            EntryKind::Restored(_) => {}
            EntryKind::Action { seat, number, act, body: _ } => {
                self.seats.entry(*seat).and_modify(|state| state.last = *number);
                self.carry_out(*seat, act);
            }
        }
        if let Some(door) = self.doors.door().filter(|now| Some(*now) != door) {
            // A member who can lift a floor-mute can't stay under one.
            self.floor.unmute(door);
        }
        true
    }

    /// Whether this seat's voice goes to the others at this moment of the group's time.
    pub fn lets_through(&self, seat: SeatId, group_ms: u64) -> bool {
        self.floor.lets_through(seat, self.doors.door(), group_ms)
    }

    /// Whether it could have come about by the calls above.
    pub fn is_sound(&self) -> bool {
        let seated: SeatSet = self.doors.seats().iter().copied().collect();
        self.doors.is_sound()
            && seated == self.seats.keys().copied().collect()
            && self.seats.values().all(|seat| seat.given <= self.head.index)
            && self.at_ms <= limits::GROUP_MS
    }

    fn carry_out(&mut self, by: SeatId, act: &Act) {
        match act {
            Act::None => {}
            Act::Commit { admit, replace, remove } => {
                self.epoch = self.epoch.next();
                replace.iter().map(|(seat, _)| *seat).chain(remove.iter()).for_each(|seat| self.vacate(seat));
                for (_, seat) in admit {
                    self.seats.insert(*seat, SeatState { given: self.head.index, last: ActionNo(0) });
                    self.doors.arrive(*seat);
                }
            }
            Act::FloorMute(seats, muted) => {
                for seat in seats.iter().filter(|seat| self.seats.contains_key(seat)) {
                    if *muted { self.floor.mute(seat) } else { self.floor.unmute(seat) }
                }
            }
            Act::Lock(locked) => self.locked = *locked,
            Act::Close => self.closed = true,
            Act::Doors(named) => self.doors.name(by, named),
            Act::TakeBack => self.doors.take_back(by),
            Act::MuteAll(seconds) => self.floor.mute_all(*seconds, self.at_ms),
            Act::Stick(to) if to.is_none_or(|seat| self.seats.contains_key(&seat)) => self.floor.pass_stick(*to),
            Act::Stick(_) => {}
        }
    }

    fn vacate(&mut self, seat: SeatId) {
        self.seats.remove(&seat);
        self.doors.depart(seat);
        self.floor.forget(seat);
    }
}

/// How far a log goes with this entry, if it went as far as `before`; `None` unless the entry is the next.
pub fn follow(before: LogHead, entry: &Entry) -> Option<LogHead> {
    (entry.index == before.index.next()).then(|| LogHead { index: entry.index, chain: chain(before.chain, entry) })
}

fn chain(before: Chain, entry: &Entry) -> Chain {
    let mut hash = Sha256::new_with_prefix(before.0);
    // Each part of an entry is bounded where it comes in, so it has an encoding.
    hash.update(postcard::to_stdvec(entry).unwrap_or_default());
    let mut chain = Chain::default();
    chain.0.copy_from_slice(&hash.finalize()[..Chain::LEN]);
    chain
}
