//! A room's log: one order for everybody, the newest part kept for those who come back.

use std::collections::VecDeque;

use super::clock::GroupClock;
use super::seats::Seats;
use crate::ids::{Index, Time};
use crate::relay::core::context::Context;
use crate::wire::{Blob, Entry, EntryKind, ToMember, limits};

/// The log. Bounded by [`limits::LOG_ENTRIES`] and [`limits::LOG_BYTES`].
pub(super) struct Log {
    clock: GroupClock,
    kept: VecDeque<Entry>,
    bytes: usize,
    head: Index,
}

impl Log {
    /// An empty log, whose entries bear the time of this clock.
    pub(super) fn new(clock: GroupClock) -> Self {
        Self { clock, kept: VecDeque::new(), bytes: 0, head: Index(0) }
    }

    /// The newest entry's index.
    pub(super) fn head(&self) -> Index {
        self.head
    }

    /// Adds an entry and gives it its place.
    fn append(&mut self, kind: EntryKind, now: Time) -> &Entry {
        self.head = self.head.next();
        self.bytes += size(&kind);
        self.kept.push_back(Entry { index: self.head, at_ms: self.clock.ms(now), kind });
        while self.kept.len() > limits::LOG_ENTRIES || (self.bytes > limits::LOG_BYTES && self.kept.len() > 1) {
            self.bytes -= self.kept.pop_front().map_or(0, |entry| size(&entry.kind));
        }
        &self.kept[self.kept.len() - 1]
    }

    /// Adds an entry and tells everybody.
    pub(super) fn record(&mut self, kind: EntryKind, seats: &Seats, cx: &mut Context<'_>) {
        let entry = self.append(kind, cx.now).clone();
        let mut own = None;
        if let EntryKind::Action { seat, number, act, .. } = &entry.kind {
            // Its maker knows what the body says.
            own = seats.welcomed(*seat).and_then(|seat| seat.conn);
            if let Some(conn) = own {
                let kind = EntryKind::Action { seat: *seat, number: *number, act: act.clone(), body: Blob::default() };
                cx.out.tell(conn, &ToMember::Entry(Entry { kind, ..entry }));
            }
        }
        seats.tell_others(own, &ToMember::Entry(entry), cx.out);
    }

    /// Every entry after `have`. `None` if some are no longer kept, or `have` is still to come.
    pub(super) fn after(&self, have: Index) -> Option<impl Iterator<Item = &Entry>> {
        let missing = usize::try_from(self.head.0.checked_sub(have.0)?).ok()?;
        let from = self.kept.len().checked_sub(missing)?;
        Some(self.kept.range(from..))
    }
}

fn size(kind: &EntryKind) -> usize {
    match kind {
        EntryKind::Action { body, .. } => 64 + body.bytes().len(),
        EntryKind::Gone(..) | EntryKind::Lapsed(_) => 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use crate::wire::Gone;

    #[test]
    fn the_log_gives_the_missing_entries_while_it_has_them() {
        let mut log = Log::new(GroupClock::new(Time(0)));
        for _ in 0..limits::LOG_ENTRIES + 10 {
            log.append(EntryKind::Gone(SeatId(1), Gone::Left), Time(0));
        }
        let head = log.head();
        assert_eq!(log.after(head).map(Iterator::count), Some(0));
        assert_eq!(log.after(Index(head.0 - 3)).map(|rest| rest.map(|e| e.index.0).min()), Some(Some(head.0 - 2)));
        assert_eq!(log.after(Index(10)).map(Iterator::count), Some(limits::LOG_ENTRIES));
        assert!(log.after(Index(9)).is_none(), "fell out at the bound");
        assert!(log.after(head.next()).is_none(), "is still to come");
    }
}
