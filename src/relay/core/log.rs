//! A room's log: one order for everybody, the newest part kept for those who come back.

use std::collections::VecDeque;

use crate::ids::Index;
use crate::wire::{Entry, EntryKind, limits};

/// The log. Bounded by [`limits::LOG_ENTRIES`] and [`limits::LOG_BYTES`].
#[derive(Default)]
pub(super) struct Log {
    kept: VecDeque<Entry>,
    bytes: usize,
    head: Index,
}

impl Log {
    /// The newest entry's index.
    pub(super) fn head(&self) -> Index {
        self.head
    }

    /// Adds an entry and gives it its place.
    pub(super) fn append(&mut self, at_ms: u64, kind: EntryKind) -> &Entry {
        self.head = self.head.next();
        self.bytes += size(&kind);
        self.kept.push_back(Entry { index: self.head, at_ms, kind });
        while self.kept.len() > limits::LOG_ENTRIES || (self.bytes > limits::LOG_BYTES && self.kept.len() > 1) {
            self.bytes -= self.kept.pop_front().map_or(0, |entry| size(&entry.kind));
        }
        &self.kept[self.kept.len() - 1]
    }

    /// Every entry after `have`; `None` if some are no longer kept, or `have` has not been yet.
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
    fn gives_what_is_missing_and_says_when_it_no_longer_can() {
        let mut log = Log::default();
        for _ in 0..limits::LOG_ENTRIES + 10 {
            log.append(0, EntryKind::Gone(SeatId(1), Gone::Left));
        }
        let head = log.head();
        assert_eq!(log.after(head).map(Iterator::count), Some(0));
        assert_eq!(log.after(Index(head.0 - 3)).map(|rest| rest.map(|e| e.index.0).min()), Some(Some(head.0 - 2)));
        assert_eq!(log.after(Index(10)).map(Iterator::count), Some(limits::LOG_ENTRIES));
        assert!(log.after(Index(9)).is_none(), "fell out at the bound");
        assert!(log.after(head.next()).is_none(), "has not been yet");
    }
}
