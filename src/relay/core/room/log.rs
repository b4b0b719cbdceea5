//! A room's log: one order for everybody, the newest part kept for those who come back.
//!
//! An entry is written once, and shared by the log and all who are told. What each seat has put in lately is counted, so that
//! where there is no more room the seat that takes most of it is the one that waits.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::clock::GroupClock;
use super::past::Past;
use super::seats::Seats;
use crate::ids::{Chain, Index, LogHead, SeatId, Time};
use crate::relay::core::context::Context;
use crate::relay::core::seal::{Claim, Sealer};
use crate::wire::{self, Act, Blob, Entry, EntryKind, Framing, RoomState, Tag, Ticket, ToMember, limits, room_state};

/// What an entry costs at least: so the bound on bytes is one on entries too.
const LEAST: usize = limits::LOG_BYTES / limits::LOG_ENTRIES;
/// An entry that is older is needed by nobody who may still come back: a seat is held for less.
const YOUNG: Duration = Duration::from_secs(limits::SEAT_HELD.as_secs() + 15);
/// Of its share, the part that a seat has while somebody's queue is long, and what it has in any case: enough to take part.
const LEFT: usize = 8;
const LEFT_LEAST: usize = 16 * 1024;

struct Kept {
    at_ms: u64,
    /// Whose action it is.
    author: Option<SeatId>,
    cost: usize,
    /// The message, as it is told.
    bytes: Arc<[u8]>,
    /// Stands for the log up to it.
    chain: Chain,
}

/// The log, and the room that follows from it. Bounded by [`limits::LOG_ENTRIES`] and [`limits::LOG_BYTES`].
pub(in crate::relay::core) struct Log {
    clock: GroupClock,
    state: RoomState,
    sealer: Sealer,
    kept: VecDeque<Kept>,
    /// What stands for the log before the oldest that is kept.
    before: Chain,
    bytes: usize,
    most: usize,
    /// How many of the newest entries are young, and what they cost by their authors.
    young: usize,
    shares: BTreeMap<SeatId, usize>,
    /// How many of the newest entries the members have yet to be told, and when that is due. Those that come close together
    /// share a tag.
    untold: usize,
    due: Time,
    told: Time,
    restored: bool,
}

impl Log {
    /// The log of a room in this state, of which no entry is kept yet. Entries bear the time of this clock.
    pub(super) fn new(state: RoomState, sealer: Sealer, clock: GroupClock) -> Self {
        Self {
            clock,
            before: state.head.chain,
            state,
            sealer,
            kept: VecDeque::new(),
            bytes: 0,
            most: limits::LOG_BYTES,
            young: 0,
            shares: BTreeMap::new(),
            untold: 0,
            due: Time::NEVER,
            told: Time(0),
            restored: false,
        }
    }

    /// The log of a room that was lost, with the last of its entries, which were found to lead to its state.
    pub(super) fn restored(past: Past, sealer: Sealer, clock: GroupClock) -> Self {
        let Past { state, before, entries, .. } = past;
        let mut log = Self { before: before.chain, restored: true, ..Self::new(state, sealer, clock) };
        let mut head = before;
        for entry in entries {
            let Some(next) = room_state::follow(head, &entry) else { break };
            head = next;
            log.write(entry, head.chain);
        }
        log
    }

    /// The room after the newest entry.
    pub(super) fn state(&self) -> &RoomState {
        &self.state
    }

    /// Whether this seat's voice is passed on now.
    pub(super) fn lets_through(&self, seat: SeatId, now: Time) -> bool {
        self.state.lets_through(seat, self.group_ms(now))
    }

    /// Milliseconds of the group's time at `now`.
    pub(super) fn group_ms(&self, now: Time) -> u64 {
        self.clock.ms(now)
    }

    /// The newest entry's index.
    pub(super) fn head(&self) -> Index {
        self.state.head.index
    }

    /// Whether somebody who knows the log so far knows another than this one, which its members have restored.
    pub(super) fn differs_from(&self, have: LogHead) -> bool {
        let oldest = self.head().0.saturating_sub(self.kept.len() as u64);
        self.restored && have.index.0 >= oldest && self.after(have).is_none()
    }

    /// What gives this seat back.
    pub(super) fn ticket(&self, seat: SeatId) -> Option<Ticket> {
        let RoomState { nameplate, id, seats, .. } = &self.state;
        let given = seats.get(&seat)?.given;
        Some(self.sealer.ticket(Claim { nameplate: *nameplate, room: *id, seat, given }))
    }

    /// The relay's tag on a state of this room.
    pub(super) fn tag(&self, state: &RoomState) -> Tag {
        self.sealer.tag(state)
    }

    /// The room after an entry that follows `from`, as long as the entries between are kept.
    pub(super) fn state_at(&self, index: Index, from: &RoomState) -> Option<RoomState> {
        let mut state = from.clone();
        let ahead = usize::try_from(index.0.checked_sub(from.head.index.0)?).ok()?;
        for bytes in self.after(from.head)?.take(ahead) {
            state.apply(&read(&bytes)?);
        }
        (state.head.index == index).then_some(state)
    }

    /// All that are kept.
    #[cfg(test)]
    pub(in crate::relay::core) fn entries(&self) -> Vec<Entry> {
        self.kept.iter().filter_map(|kept| read(&kept.bytes)).collect()
    }

    /// An entry's place, while it or the next one is kept.
    #[cfg(test)]
    pub(in crate::relay::core) fn place(&self, index: Index) -> Option<LogHead> {
        let newer = usize::try_from(self.head().0.checked_sub(index.0)?).ok()?;
        let from = self.kept.len().checked_sub(newer)?;
        let chain = from.checked_sub(1).map_or(self.before, |last| self.kept[last].chain);
        Some(LogHead { index, chain })
    }

    /// Bytes that are kept, at least as many as there are.
    #[cfg(test)]
    pub(in crate::relay::core) fn bytes(&self) -> usize {
        self.bytes
    }

    /// From now on at most `most` bytes are kept.
    pub(super) fn limit(&mut self, most: usize) {
        self.most = most.min(limits::LOG_BYTES);
        self.shrink();
    }

    /// Whether a member may put in a body of `bytes`: not if that would drive out what others may still need, or if somebody can't
    /// follow any more, and this member has had more than a share of late. `seats` is how many the room has.
    pub(super) fn has_room(&mut self, by: SeatId, bytes: usize, seats: usize, behind: bool, now: Time) -> bool {
        self.age(now);
        let cost = cost(bytes);
        let share = self.most / seats.max(2);
        let mine = self.shares.get(&by).copied().unwrap_or(0) + cost;
        let fits = self.bytes + cost <= self.most || self.young < self.kept.len();
        if behind { mine <= (share / LEFT).max(LEFT_LEAST) } else { fits || mine <= share }
    }

    /// Notes which entries are no longer young.
    fn age(&mut self, now: Time) {
        let oldest = self.clock.ms(now).saturating_sub(YOUNG.as_millis() as u64);
        while let Some(first) = self.kept.len().checked_sub(self.young).and_then(|at| self.kept.get(at))
            && first.at_ms < oldest
        {
            self.young -= 1;
            give_back(&mut self.shares, first);
        }
    }

    fn shrink(&mut self) {
        while self.bytes > self.most && self.kept.len() > 1 {
            let Some(first) = self.kept.pop_front() else { return };
            self.before = first.chain;
            self.bytes -= first.cost;
            if self.young > self.kept.len() {
                self.young = self.kept.len();
                give_back(&mut self.shares, &first);
            }
        }
    }

    /// Adds an entry and gives it its place.
    fn append(&mut self, kind: EntryKind, now: Time) {
        let at_ms = self.clock.ms(now).max(self.state.at_ms);
        let entry = Entry { index: self.head().next(), at_ms, kind };
        self.state.apply(&entry);
        self.write(entry, self.state.head.chain);
        self.age(now);
    }

    /// Keeps an entry. `chain` stands for the log up to it.
    fn write(&mut self, entry: Entry, chain: Chain) {
        let ((author, size), at_ms) = (author(&entry.kind), entry.at_ms);
        // The parts of every entry are bounded where they come in, so all of them fit.
        let Ok(bytes) = wire::encode(&ToMember::Entry(entry, None)) else { return };
        let cost = cost(size);
        self.bytes += cost;
        self.young += 1;
        if let Some(author) = author {
            *self.shares.entry(author).or_default() += cost;
        }
        self.kept.push_back(Kept { at_ms, author, cost, bytes: bytes.into(), chain });
        self.shrink();
    }

    /// Adds an entry. Everybody is told of it at once, or a moment later with those that follow: never of one that the relay does
    /// something about.
    pub(super) fn record(&mut self, kind: EntryKind, seats: &Seats, cx: &mut Context<'_>) {
        let waits = matches!(&kind, EntryKind::Action { act: Act::None, .. })
            && cx.now.since(self.told) < limits::GATHER
            && self.untold + 1 < limits::ENTRIES_AT_ONCE;
        self.append(kind, cx.now);
        self.untold += 1;
        if waits {
            self.due = self.due.min(self.told + limits::GATHER);
        } else {
            self.tell(seats, cx);
        }
    }

    /// When [`Self::tell`] is due.
    pub(super) fn due(&self) -> Time {
        self.due
    }

    /// Tells everybody of the entries that they have not been told.
    pub(super) fn tell(&mut self, seats: &Seats, cx: &mut Context<'_>) {
        if self.untold == 0 {
            return;
        }
        let from = self.kept.len().saturating_sub(std::mem::take(&mut self.untold));
        (self.due, self.told) = (Time::NEVER, cx.now);
        let last = self.kept.len().saturating_sub(1);
        for at in from..self.kept.len() {
            let Kept { author, bytes, .. } = &self.kept[at];
            let tag = (at == last).then(|| self.sealer.tag(&self.state));
            // Its maker knows what the body says.
            let own = author.and_then(|author| seats.welcomed(author)).and_then(|seat| seat.conn);
            if let Some((own, entry)) = own.and_then(|own| Some((own, without_body(bytes)?))) {
                cx.out.tell(own, &ToMember::Entry(entry, tag));
            }
            if let Some(bytes) = with_tag(bytes, tag) {
                seats.share_with_others(own, &bytes, cx.out);
            }
        }
    }

    /// The messages that tell of every entry after `have`. `None` if some are no longer kept, `have` is still to come, or is
    /// of another log.
    pub(super) fn after(&self, have: LogHead) -> Option<impl ExactSizeIterator<Item = Arc<[u8]>> + '_> {
        let missing = usize::try_from(self.head().0.checked_sub(have.index.0)?).ok()?;
        let from = self.kept.len().checked_sub(missing)?;
        let known = from.checked_sub(1).map_or(self.before, |last| self.kept[last].chain);
        let last = self.kept.len().saturating_sub(1);
        let told = move |(at, kept): (usize, &Kept)| {
            let tag = (from + at == last).then(|| self.sealer.tag(&self.state));
            with_tag(&kept.bytes, tag).unwrap_or_else(|| kept.bytes.clone())
        };
        (known == have.chain).then(|| self.kept.range(from..).enumerate().map(told))
    }
}

/// An entry as it was written.
fn read(bytes: &[u8]) -> Option<Entry> {
    let mut framing = Framing::default();
    framing.push(bytes);
    match framing.next_message() {
        Ok(Some(ToMember::Entry(entry, _))) => Some(entry),
        _ => None,
    }
}

/// The same as its maker is told it.
fn without_body(bytes: &[u8]) -> Option<Entry> {
    let mut entry = read(bytes)?;
    if let EntryKind::Action { body, .. } = &mut entry.kind {
        *body = Blob::default();
    }
    Some(entry)
}

/// The message with a tag, if there is one.
fn with_tag(bytes: &Arc<[u8]>, tag: Option<Tag>) -> Option<Arc<[u8]>> {
    match tag {
        Some(_) => Some(wire::encode(&ToMember::Entry(read(bytes)?, tag)).ok()?.into()),
        None => Some(bytes.clone()),
    }
}

/// Whose action an entry is, and how long its body is.
fn author(kind: &EntryKind) -> (Option<SeatId>, usize) {
    match kind {
        EntryKind::Action { seat, body, .. } => (Some(*seat), body.bytes().len()),
        EntryKind::Gone(..) | EntryKind::Lapsed(_) | EntryKind::Restored(_) => (None, 0),
    }
}

fn give_back(shares: &mut BTreeMap<SeatId, usize>, kept: &Kept) {
    let Some(author) = kept.author else { return };
    if let Some(share) = shares.get_mut(&author) {
        *share = share.saturating_sub(kept.cost);
        if *share == 0 {
            shares.remove(&author);
        }
    }
}

/// What an entry with so large a body costs.
fn cost(body: usize) -> usize {
    (body + 64).max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ActionNo, Nameplate, RoomId};
    use crate::wire::{Act, Gone};

    fn empty() -> Log {
        let state = RoomState::open(RoomId([1; 8]), Nameplate(4821), SeatId(0));
        Log::new(state, Sealer::new([3; 32]), GroupClock::new(Time(0)))
    }

    fn at(log: &Log, index: u64) -> LogHead {
        log.place(Index(index)).expect("kept")
    }

    fn action(seat: u8, bytes: usize) -> EntryKind {
        let body = Blob::new(vec![7; bytes]).expect("small");
        EntryKind::Action { seat: SeatId(seat), number: ActionNo(1), act: Act::None, body }
    }

    fn index(bytes: &[u8]) -> u64 {
        let mut framing = Framing::default();
        framing.push(bytes);
        match framing.next_message() {
            Ok(Some(ToMember::Entry(entry, _))) => entry.index.0,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_log_gives_the_missing_entries_while_it_has_them() {
        let mut log = empty();
        for _ in 0..limits::LOG_ENTRIES + 10 {
            log.append(EntryKind::Gone(SeatId(1), Gone::Left), Time(0));
        }
        let head = log.head();
        assert_eq!(log.after(at(&log, head.0)).map(Iterator::count), Some(0));
        assert_eq!(log.after(at(&log, head.0 - 3)).map(|rest| rest.map(|e| index(&e)).min()), Some(Some(head.0 - 2)));
        assert_eq!(log.after(at(&log, 10)).map(Iterator::count), Some(limits::LOG_ENTRIES));
        let with = |index| LogHead { index: Index(index), chain: Chain::default() };
        assert!(log.after(with(9)).is_none(), "fell out at the bound");
        assert!(log.after(with(head.0 + 1)).is_none(), "is still to come");
        assert!(log.after(with(u64::MAX)).is_none());
        assert!(log.after(with(head.0)).is_none(), "is of another log");
    }

    #[test]
    fn the_seat_that_wrote_most_waits_and_the_others_do_not() {
        let mut log = empty();
        log.append(action(1, 100), Time(0));
        let mut taken = 0;
        while log.has_room(SeatId(2), 4096, 4, false, Time(0)) {
            log.append(action(2, 4096), Time(0));
            taken += 1;
        }
        assert!((200..260).contains(&taken), "{taken}");
        assert_eq!(log.after(at(&log, 0)).map(Iterator::count), Some(taken + 1), "what others said is still there");
        assert!(log.has_room(SeatId(3), 4096, 4, false, Time(0)));
        assert!(log.bytes() <= limits::LOG_BYTES);
        let later = Time(0) + YOUNG + Duration::from_secs(1);
        assert!(log.has_room(SeatId(2), 4096, 4, false, later), "nobody needs the old ones any more");
        log.append(action(2, 4096), later);
        assert_eq!(log.shares.len(), 1);
        log.limit(10_000);
        assert!(log.bytes() <= 10_000 && log.after(LogHead::default()).is_none());
    }

    #[test]
    fn while_somebody_can_not_follow_each_seat_has_a_small_share() {
        let mut log = empty();
        let mut taken = 0;
        while log.has_room(SeatId(2), 4096, 8, true, Time(0)) {
            log.append(action(2, 4096), Time(0));
            taken += 1;
        }
        assert_eq!(taken, limits::LOG_BYTES / 8 / LEFT / (4096 + 64));
        assert!(log.has_room(SeatId(2), 4096, 8, false, Time(0)) && log.has_room(SeatId(3), 100, 8, true, Time(0)));
        // In a full room, with somebody who doesn't read at all, the others still take part.
        let mut log = empty();
        for _ in 0..60 {
            assert!(log.has_room(SeatId(2), 200, limits::MEMBERS, true, Time(0)));
            log.append(action(2, 200), Time(0));
        }
    }

    #[test]
    fn time_never_runs_back_in_the_log() {
        let mut log = empty();
        log.append(action(1, 1), Time(5_000_000));
        log.append(action(1, 1), Time(3_000_000));
        assert_eq!(log.state().at_ms, 5000);
    }
}
