//! Rooms that this relay has lost, as when it was started again, while their members come back.
//!
//! Each shows a [`Checkpoint`] with this relay's tag, so none can make up a room, or another course of it. The longest log
//! among them counts. To go back to an older one takes more than half of that one's members, as it takes to go on at all:
//! one alone, or a few, restore nothing as long as the others may come.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::Context;
use super::outbox::ConnId;
use super::room::Past;
use super::seal::Claim;
use crate::ids::{ActionNo, LogHead, Nameplate, RoomId, SeatId, SeatSet, Time};
use crate::wire::{Checkpoint, Entry, Refusal, RoomState, ToMember, ToRelay, limits, room_state};

/// How long it's waited for those who were here before, one of whom may have a longer log, once most are back.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a member may take to show its newest entries until another is asked.
const FETCH: Duration = Duration::from_secs(3);
/// How many members are asked for the same entries.
const ASKED: u8 = 3;

/// A member who is back, with its connection and how it knows the room.
struct Returned {
    conn: ConnId,
    checkpoint: Checkpoint,
}

/// Entries that one member is asked for because others don't have them.
struct Fetch {
    from: SeatId,
    until: Time,
    entries: Vec<Entry>,
    bytes: usize,
}

/// One room.
struct Restoring {
    since: Time,
    back: BTreeMap<SeatId, Returned>,
    fetch: Option<Fetch>,
    /// How many have been asked for what those with the shortest log don't have.
    asked: u8,
    told: (u8, u8),
}

/// A member of a room that can be restored.
pub(super) struct Seated {
    pub(super) seat: SeatId,
    pub(super) conn: ConnId,
    pub(super) known: LogHead,
    pub(super) last: ActionNo,
}

/// What has become of a room.
pub(super) struct Outcome {
    pub(super) nameplate: Nameplate,
    /// How it was, and who is back; `None` if it can't be restored.
    pub(super) restored: Option<(Past, Vec<Seated>)>,
    /// Those who have no seat in it.
    pub(super) strays: Vec<ConnId>,
}

/// All of them, at most [`limits::ROOMS`].
#[derive(Default)]
pub(super) struct Restorations(BTreeMap<(Nameplate, RoomId), Restoring>);

impl Restorations {
    /// Whether the room of this nameplate may come back in a moment.
    pub(super) fn expect(&self, nameplate: Nameplate) -> bool {
        let all = (nameplate, RoomId([0; 8]))..=(nameplate, RoomId([u8::MAX; 8]));
        self.0.range(all).next().is_some()
    }

    /// Those of all.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Nameplate> {
        self.0.keys().map(|(nameplate, _)| *nameplate)
    }

    /// Whoever has come back for this number is let go.
    pub(super) fn remove(&mut self, nameplate: Nameplate) {
        self.0.retain(|(other, _), _| *other != nameplate);
    }

    /// How many rooms, and how many members of them.
    #[cfg(test)]
    pub(super) fn held(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().map(|room| room.back.len()).sum())
    }

    /// A member whose ticket claims a seat has shown the room, with this relay's tag. The connection that it had before.
    ///
    /// # Errors
    /// [`Refusal::SeatGone`] if the room has no such seat any more, [`Refusal::Unavailable`] if there are too many.
    pub(super) fn add(
        &mut self,
        claim: Claim,
        conn: ConnId,
        checkpoint: Checkpoint,
        now: Time,
    ) -> Result<Option<ConnId>, Refusal> {
        let state = &checkpoint.state;
        let fits = state.id == claim.room && state.nameplate == claim.nameplate && !state.closed && state.is_sound();
        if !fits || state.seats.get(&claim.seat).is_none_or(|seat| seat.given != claim.given) {
            return Err(Refusal::SeatGone);
        }
        let key = (claim.nameplate, claim.room);
        if !self.0.contains_key(&key) && self.0.len() >= limits::ROOMS {
            return Err(Refusal::Unavailable);
        }
        let room = self.0.entry(key).or_insert_with(|| Restoring::new(now));
        Ok(room.back.insert(claim.seat, Returned { conn, checkpoint }).map(|before| before.conn))
    }

    /// A connection of a member who has come back is no more.
    pub(super) fn closed(&mut self, claim: Claim, conn: ConnId) {
        let key = (claim.nameplate, claim.room);
        let Some(room) = self.0.get_mut(&key) else { return };
        room.back.retain(|_, returned| returned.conn != conn);
        room.fetch.take_if(|fetch| !room.back.contains_key(&fetch.from));
        if room.back.is_empty() {
            self.0.remove(&key);
        }
    }

    /// A member who is back says something. Whether it's an entry that was asked for: then the room may be whole by it.
    pub(super) fn take(&mut self, claim: Claim, message: ToRelay) -> bool {
        match message {
            ToRelay::Entry(entry) => self.entry(claim, entry),
            // What it sends to a room that isn't there yet comes again.
            ToRelay::Append { .. }
            | ToRelay::Knock(_)
            | ToRelay::Answer(..)
            | ToRelay::TurnAway(..)
            | ToRelay::Welcome { .. }
            | ToRelay::Missed { .. }
            | ToRelay::Behind(_)
            | ToRelay::Leave
            | ToRelay::Hello(_)
            | ToRelay::Checkpoint(_) => false,
        }
    }

    fn entry(&mut self, claim: Claim, entry: Entry) -> bool {
        let Some(room) = self.0.get_mut(&(claim.nameplate, claim.room)) else { return false };
        let Some(fetch) = room.fetch.as_mut().filter(|fetch| fetch.from == claim.seat) else { return false };
        fetch.bytes += postcard::to_stdvec(&entry).map_or(limits::LOG_BYTES, |bytes| bytes.len());
        let fits = fetch.bytes <= limits::LOG_BYTES && fetch.entries.len() < limits::LOG_ENTRIES;
        if fits {
            fetch.entries.push(entry);
        }
        fits
    }

    /// Looks which rooms can be restored, and which not. `stands` tells whether a room of this nameplate and this id is here
    /// already: what its members have shown then is of a longer or another log, which takes most of its members to count.
    pub(super) fn run(&mut self, stands: impl Fn(Nameplate, RoomId) -> bool, cx: &mut Context<'_>) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.0.retain(|(nameplate, id), room| {
            let outcome = room.run(stands(*nameplate, *id), cx);
            let goes_on = outcome.is_none();
            outcomes.extend(outcome.map(|(restored, strays)| Outcome { nameplate: *nameplate, restored, strays }));
            goes_on
        });
        outcomes
    }

    /// Everybody is let go.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// What can be restored and who is in it, and who isn't.
type Restored = (Option<(Past, Vec<Seated>)>, Vec<ConnId>);

impl Restoring {
    fn new(now: Time) -> Self {
        Self { since: now, back: BTreeMap::new(), fetch: None, asked: 0, told: (0, 0) }
    }

    /// The room as most of those with the longest log know it.
    fn longest(&self) -> Option<&RoomState> {
        let same = |head: LogHead| self.back.values().filter(|one| one.checkpoint.state.head == head).count();
        let states = self.back.values().map(|returned| &returned.checkpoint.state);
        states.max_by_key(|state| (state.head.index, same(state.head), state.head.chain))
    }

    /// Those back with a seat in `room`, and how far they know its log.
    fn seated<'a>(&'a self, room: &'a RoomState) -> impl Iterator<Item = (SeatId, LogHead)> + 'a {
        self.back.iter().filter_map(|(seat, returned)| {
            let known = &returned.checkpoint.state;
            let same = known.seats.get(seat).map(|seat| seat.given) == room.seats.get(seat).map(|seat| seat.given);
            let of_it = known.head.index < room.head.index || known.head == room.head;
            (same && of_it).then_some((*seat, known.head))
        })
    }

    /// Whether all are back who were here when the others lost their lines.
    fn all_are_back(&self, room: &RoomState) -> bool {
        let here = self.back.values().flat_map(|returned| returned.checkpoint.here.iter());
        here.filter(|seat| room.seats.contains_key(seat)).all(|seat| self.back.contains_key(&seat))
    }

    fn run(&mut self, stands: bool, cx: &mut Context<'_>) -> Option<Restored> {
        loop {
            let state = self.longest()?.clone();
            let seated: Vec<(SeatId, LogHead)> = self.seated(&state).collect();
            self.tell(seated.len(), state.seats.len(), cx);
            let (waited, most) = (cx.now.since(self.since), seated.len() * 2 > state.seats.len());
            let ready = most && (self.all_are_back(&state) || waited >= PATIENCE);
            if stands && !most && waited >= limits::RIVAL_TIME {
                return Some((None, self.back.values().map(|returned| returned.conn).collect()));
            }
            if !ready && (stands || waited < limits::SEAT_HELD) {
                return None;
            }
            let shortest = seated.iter().map(|(_, known)| *known).min()?;
            if shortest.index == state.head.index {
                return Some(self.restored(state.head, vec![], state));
            }
            match self.fetched(shortest, &state, cx) {
                Fetched::Entries(entries) => return Some(self.restored(shortest, entries, state)),
                Fetched::Waits => return None,
                // Nobody has what leads from there to the longest log, so it's a place in another.
                Fetched::Nothing => {
                    let stray = |returned: &Returned| returned.checkpoint.state.head == shortest;
                    let strays: Vec<SeatId> =
                        self.back.iter().filter(|(_, one)| stray(one)).map(|(seat, _)| *seat).collect();
                    let gone: Vec<Returned> = strays.iter().filter_map(|seat| self.back.remove(seat)).collect();
                    gone.iter().for_each(|returned| cx.out.refuse(returned.conn, Refusal::SeatGone));
                    self.asked = 0;
                }
            }
        }
    }

    /// The entries from `shortest` on, if they are here; otherwise somebody is asked for them.
    fn fetched(&mut self, shortest: LogHead, state: &RoomState, cx: &mut Context<'_>) -> Fetched {
        let missing = (state.head.index.0 - shortest.index.0) as usize;
        if let Some(fetch) = &mut self.fetch {
            let whole = fetch.entries.len() >= missing;
            if whole && leads(shortest, &fetch.entries, state.head) {
                return Fetched::Entries(std::mem::take(&mut fetch.entries));
            }
            if !whole && cx.now < fetch.until {
                return Fetched::Waits;
            }
            self.fetch = None;
        }
        let holders: Vec<SeatId> =
            self.seated(state).filter(|(_, known)| *known == state.head).map(|(seat, _)| seat).collect();
        let next = holders.get(usize::from(self.asked)).filter(|_| self.asked < ASKED);
        let Some((from, returned)) = next.and_then(|seat| self.back.get_key_value(seat)) else {
            return Fetched::Nothing;
        };
        cx.out.tell(returned.conn, &ToMember::AskEntries(shortest.index));
        self.fetch = Some(Fetch { from: *from, until: cx.now + FETCH, entries: vec![], bytes: 0 });
        self.asked += 1;
        Fetched::Waits
    }

    /// Everybody back is told how many there are, when that changes.
    fn tell(&mut self, back: usize, of: usize, cx: &mut Context<'_>) {
        let counts = (back as u8, of as u8);
        if self.told != counts {
            self.told = counts;
            let conns = self.back.values().map(|returned| returned.conn);
            cx.out.tell_all(conns, &ToMember::Restoring { back: counts.0, of: counts.1 });
        }
    }

    fn restored(&self, before: LogHead, entries: Vec<Entry>, state: RoomState) -> Restored {
        let seats: SeatSet = self.seated(&state).map(|(seat, _)| seat).collect();
        let mut times: Vec<u64> =
            seats.iter().filter_map(|seat| self.back.get(&seat)).map(|one| one.checkpoint.group_ms).collect();
        times.sort_unstable();
        // No single member can turn the group's clock.
        let group_ms = times.get(times.len().saturating_sub(1) / 2).copied().unwrap_or_default().min(limits::GROUP_MS);
        let past = Past { state, before, entries, group_ms };
        let (mut seated, mut strays) = (Vec::new(), Vec::new());
        for (seat, Returned { conn, checkpoint }) in &self.back {
            let known = checkpoint.state.head;
            if seats.contains(*seat) && past.follows(known) {
                seated.push(Seated { seat: *seat, conn: *conn, known, last: checkpoint.last });
            } else {
                strays.push(*conn);
            }
        }
        (Some((past, seated)), strays)
    }
}

enum Fetched {
    Entries(Vec<Entry>),
    /// Somebody is asked.
    Waits,
    /// Nobody has them.
    Nothing,
}

/// Whether these entries lead from one place in a log to another.
fn leads(from: LogHead, entries: &[Entry], to: LogHead) -> bool {
    entries.iter().try_fold(from, room_state::follow) == Some(to)
}
