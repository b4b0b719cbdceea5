//! What it takes to restore my room at a relay that has lost it: the room as the relay knows it, with the relay's tag on that,
//! and the newest entries of its log, as the others were told them.

use std::collections::VecDeque;

use super::context::Context;
use crate::ids::{ActionNo, Index, LogHead, SeatSet};
use crate::wire::{Checkpoint, Entry, EntryKind, Presence, RoomState, Tag, ToRelay, limits};

/// What an entry costs beside its body.
const OVERHEAD: usize = 64;

/// A copy of the room. Keeps at most [`limits::ENTRIES_KEPT`] bytes of entries, and the newest in any case.
pub(super) struct RoomCopy {
    state: RoomState,
    tag: Tag,
    entries: VecDeque<Entry>,
    bytes: usize,
}

impl RoomCopy {
    /// The room as I was told on coming in.
    pub(super) fn new(state: RoomState, tag: Tag) -> Self {
        Self { state, tag, entries: VecDeque::new(), bytes: 0 }
    }

    /// How far I have the log.
    pub(super) fn head(&self) -> LogHead {
        self.state.head
    }

    /// The next entry, with its maker's body, and the relay's tag on the room after it.
    pub(super) fn follow(&mut self, entry: Entry, tag: Tag) {
        if !self.state.apply(&entry) {
            return;
        }
        self.tag = tag;
        self.bytes += cost(&entry);
        self.entries.push_back(entry);
        while self.bytes > limits::ENTRIES_KEPT && self.entries.len() > 1 {
            self.bytes -= self.entries.pop_front().as_ref().map_or(0, cost);
        }
    }

    /// What I show a relay that has lost the room. It has told me what became of my actions up to `last`; `here`
    /// are those whose lines were there when I lost mine.
    fn checkpoint(&self, last: ActionNo, group_ms: u64, here: SeatSet) -> Checkpoint {
        Checkpoint { state: self.state.clone(), tag: self.tag, last, group_ms, here }
    }

    /// The entries after this one; `None` if some are no longer kept.
    fn after(&self, have: Index) -> Option<impl Iterator<Item = &Entry>> {
        let missing = usize::try_from(self.head().index.0.checked_sub(have.0)?).ok()?;
        let from = self.entries.len().checked_sub(missing)?;
        Some(self.entries.range(from..))
    }
}

/// The relay has lost my room: I show how it was. It has told me what became of my actions up to `last`.
pub(super) fn show_room(copy: Option<&RoomCopy>, last: ActionNo, cx: &mut Context) {
    let Some(copy) = copy else { return };
    let here = cx.seats().iter().filter(|seat| cx.room.presence(*seat) != Presence::Away).collect();
    let checkpoint = copy.checkpoint(last, cx.group_ms(), here);
    cx.send(ToRelay::Checkpoint(Box::new(checkpoint)));
}

/// The relay wants the entries that others may not have. Without them it asks somebody else.
pub(super) fn show_entries(copy: Option<&RoomCopy>, have: Index, cx: &mut Context) {
    let entries = copy.and_then(|copy| copy.after(have));
    entries.into_iter().flatten().for_each(|entry| cx.send(ToRelay::Entry(entry.clone())));
}

/// Entries without a tag, as they came over one link. At most as many bytes as a relay keeps.
#[derive(Default)]
pub(super) struct Untagged {
    entries: Vec<Entry>,
    bytes: usize,
}

impl Untagged {
    /// Keeps one more; whether there is room.
    pub(super) fn add(&mut self, entry: Entry) -> bool {
        self.bytes += cost(&entry);
        let fits = self.bytes <= 2 * limits::LOG_BYTES;
        if fits {
            self.entries.push(entry);
        }
        fits
    }

    /// All of them.
    pub(super) fn take(&mut self) -> Vec<Entry> {
        self.bytes = 0;
        std::mem::take(&mut self.entries)
    }
}

fn cost(entry: &Entry) -> usize {
    let body = match &entry.kind {
        EntryKind::Action { body, .. } => body.bytes().len(),
        EntryKind::Gone(..) | EntryKind::Lapsed(_) | EntryKind::Restored(_) => 0,
    };
    body + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Nameplate, RoomId, SeatId};
    use crate::wire::{Act, Blob};

    #[test]
    fn a_relay_can_not_fill_a_member_with_entries_without_a_tag() {
        let mut untagged = Untagged::default();
        let body = Blob::new(vec![7; limits::BLOB]).expect("it fits");
        let kind = EntryKind::Action { seat: SeatId(0), number: ActionNo(1), act: Act::None, body };
        let taken = (0..1000).filter(|_| untagged.add(Entry { index: Index(1), at_ms: 0, kind: kind.clone() })).count();
        assert_eq!(taken, 2 * limits::LOG_BYTES / (limits::BLOB + OVERHEAD));
        assert_eq!((untagged.take().len(), untagged.take().len()), (taken, 0));
    }

    #[test]
    fn the_newest_entries_are_kept_within_a_bound() {
        let mut copy = RoomCopy::new(RoomState::open(RoomId([1; 8]), Nameplate(4821), SeatId(0)), Tag::default());
        for number in 1..=200 {
            let body = Blob::new(vec![7; 4000]).expect("it fits");
            let kind = EntryKind::Action { seat: SeatId(0), number: ActionNo(number), act: Act::None, body };
            copy.follow(Entry { index: Index(number), at_ms: number, kind }, Tag::default());
        }
        assert!(copy.bytes <= limits::ENTRIES_KEPT);
        let last: Vec<u64> = copy.after(Index(198)).expect("kept").map(|entry| entry.index.0).collect();
        assert_eq!(last, [199, 200]);
        assert!(copy.after(Index(10)).is_none() && copy.after(Index(201)).is_none());
    }
}
