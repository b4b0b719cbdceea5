//! A room's log: one order for everybody, the newest part kept for those who come back.
//!
//! An entry is written once, and shared by the log and all who are told. What each seat has put in lately is counted, so that
//! where there is no more room the seat that takes most of it is the one that waits.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::clock::GroupClock;
use super::seats::Seats;
use crate::ids::{Index, SeatId, Time};
use crate::relay::core::context::Context;
use crate::wire::{self, Blob, Entry, EntryKind, ToMember, limits};

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
}

/// The log. Bounded by [`limits::LOG_ENTRIES`] and [`limits::LOG_BYTES`].
pub(super) struct Log {
    clock: GroupClock,
    kept: VecDeque<Kept>,
    bytes: usize,
    most: usize,
    head: Index,
    /// When the newest entry was made.
    at_ms: u64,
    /// How many of the newest entries are young, and what they cost by their authors.
    young: usize,
    shares: BTreeMap<SeatId, usize>,
}

impl Log {
    /// An empty log, whose entries bear the time of this clock.
    pub(super) fn new(clock: GroupClock) -> Self {
        Self {
            clock,
            kept: VecDeque::new(),
            bytes: 0,
            most: limits::LOG_BYTES,
            head: Index(0),
            at_ms: 0,
            young: 0,
            shares: BTreeMap::new(),
        }
    }

    /// The newest entry's index.
    pub(super) fn head(&self) -> Index {
        self.head
    }

    /// Bytes that are kept, at least as many as there are.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
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
            self.bytes -= first.cost;
            if self.young > self.kept.len() {
                self.young = self.kept.len();
                give_back(&mut self.shares, &first);
            }
        }
    }

    /// Adds an entry and gives it its place. The message that tells of it.
    fn append(&mut self, kind: EntryKind, now: Time) -> Option<Arc<[u8]>> {
        let (author, size) = match &kind {
            EntryKind::Action { seat, body, .. } => (Some(*seat), body.bytes().len()),
            EntryKind::Gone(..) | EntryKind::Lapsed(_) => (None, 0),
        };
        let at_ms = self.clock.ms(now).max(self.at_ms);
        let entry = Entry { index: self.head.next(), at_ms, kind };
        // The parts of every entry are bounded where they come in, so all of them fit.
        let bytes: Arc<[u8]> = wire::encode(&ToMember::Entry(entry)).ok()?.into();
        (self.head, self.at_ms) = (self.head.next(), at_ms);
        let cost = cost(size);
        self.bytes += cost;
        self.young += 1;
        if let Some(author) = author {
            *self.shares.entry(author).or_default() += cost;
        }
        self.kept.push_back(Kept { at_ms, author, cost, bytes: bytes.clone() });
        self.age(now);
        self.shrink();
        Some(bytes)
    }

    /// Adds an entry and tells everybody.
    pub(super) fn record(&mut self, kind: EntryKind, seats: &Seats, cx: &mut Context<'_>) {
        let mut short = None;
        if let EntryKind::Action { seat, number, act, .. } = &kind {
            // Its maker knows what the body says.
            let own = seats.welcomed(*seat).and_then(|seat| seat.conn);
            let kind = EntryKind::Action { seat: *seat, number: *number, act: act.clone(), body: Blob::default() };
            short = own.map(|own| (own, kind));
        }
        let Some(bytes) = self.append(kind, cx.now) else { return };
        let own = short.map(|(own, kind)| {
            cx.out.tell(own, &ToMember::Entry(Entry { index: self.head, at_ms: self.at_ms, kind }));
            own
        });
        seats.share_with_others(own, &bytes, cx.out);
    }

    /// The messages that tell of every entry after `have`. `None` if some are no longer kept, or `have` is still to come.
    pub(super) fn after(&self, have: Index) -> Option<impl ExactSizeIterator<Item = Arc<[u8]>> + '_> {
        let missing = usize::try_from(self.head.0.checked_sub(have.0)?).ok()?;
        let from = self.kept.len().checked_sub(missing)?;
        Some(self.kept.range(from..).map(|kept| kept.bytes.clone()))
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
    use crate::ids::ActionNo;
    use crate::wire::{Act, Framing, Gone};

    fn action(seat: u8, bytes: usize) -> EntryKind {
        let body = Blob::new(vec![7; bytes]).expect("small");
        EntryKind::Action { seat: SeatId(seat), number: ActionNo(1), act: Act::None, body }
    }

    fn index(bytes: &[u8]) -> u64 {
        let mut framing = Framing::default();
        framing.push(bytes);
        match framing.next_message() {
            Ok(Some(ToMember::Entry(entry))) => entry.index.0,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_log_gives_the_missing_entries_while_it_has_them() {
        let mut log = Log::new(GroupClock::new(Time(0)));
        for _ in 0..limits::LOG_ENTRIES + 10 {
            log.append(EntryKind::Gone(SeatId(1), Gone::Left), Time(0));
        }
        let head = log.head();
        assert_eq!(log.after(head).map(Iterator::count), Some(0));
        assert_eq!(log.after(Index(head.0 - 3)).map(|rest| rest.map(|e| index(&e)).min()), Some(Some(head.0 - 2)));
        assert_eq!(log.after(Index(10)).map(Iterator::count), Some(limits::LOG_ENTRIES));
        assert!(log.after(Index(9)).is_none(), "fell out at the bound");
        assert!(log.after(head.next()).is_none(), "is still to come");
        assert!(log.after(Index(u64::MAX)).is_none());
    }

    #[test]
    fn the_seat_that_wrote_most_waits_and_the_others_do_not() {
        let mut log = Log::new(GroupClock::new(Time(0)));
        log.append(action(1, 100), Time(0));
        let mut taken = 0;
        while log.has_room(SeatId(2), 4096, 4, false, Time(0)) {
            log.append(action(2, 4096), Time(0));
            taken += 1;
        }
        assert!((200..260).contains(&taken), "{taken}");
        assert_eq!(log.after(Index(0)).map(Iterator::count), Some(taken + 1), "what others said is still there");
        assert!(log.has_room(SeatId(3), 4096, 4, false, Time(0)));
        assert!(log.bytes() <= limits::LOG_BYTES);
        let later = Time(0) + YOUNG + Duration::from_secs(1);
        assert!(log.has_room(SeatId(2), 4096, 4, false, later), "nobody needs the old ones any more");
        log.append(action(2, 4096), later);
        assert_eq!(log.shares.len(), 1);
        log.limit(10_000);
        assert!(log.bytes() <= 10_000 && log.after(Index(0)).is_none());
    }

    #[test]
    fn while_somebody_can_not_follow_each_seat_has_a_small_share() {
        let mut log = Log::new(GroupClock::new(Time(0)));
        let mut taken = 0;
        while log.has_room(SeatId(2), 4096, 8, true, Time(0)) {
            log.append(action(2, 4096), Time(0));
            taken += 1;
        }
        assert_eq!(taken, limits::LOG_BYTES / 8 / LEFT / (4096 + 64));
        assert!(log.has_room(SeatId(2), 4096, 8, false, Time(0)) && log.has_room(SeatId(3), 100, 8, true, Time(0)));
        // In a full room, with somebody who doesn't read at all, the others still take part.
        let mut log = Log::new(GroupClock::new(Time(0)));
        for _ in 0..60 {
            assert!(log.has_room(SeatId(2), 200, limits::MEMBERS, true, Time(0)));
            log.append(action(2, 200), Time(0));
        }
    }

    #[test]
    fn time_never_runs_back_in_the_log() {
        let mut log = Log::new(GroupClock::new(Time(0)));
        log.append(action(1, 1), Time(5_000_000));
        log.append(action(1, 1), Time(3_000_000));
        assert_eq!(log.at_ms, 5000);
    }
}
