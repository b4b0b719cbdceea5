//! What was said lately in one room, sealed as it came, for members who have missed it.

use std::collections::BTreeMap;

use crate::adapt::work;
use crate::ids::{FrameNo, SeatId};
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, cost};
use crate::wire::{Frame, Span, limits};

struct Kept {
    /// When it was said, in milliseconds of the group's time.
    at_ms: u64,
    frame: Frame,
}

/// One talker's frames by their unwrapped numbers.
#[derive(Default)]
struct TalkerFrames {
    kept: BTreeMap<i64, Kept>,
    newest: i64,
    bytes: usize,
}

impl TalkerFrames {
    /// The first frame from this number on that was said at `since_ms` or later.
    fn first_since(&self, number: i64, since_ms: u64) -> Option<(&i64, &Kept)> {
        let (mut from, mut to) = (number.max(*self.kept.first_key_value()?.0), *self.kept.last_key_value()?.0);
        while from < to {
            work::count(1);
            let middle = from + (to - from) / 2;
            let next = self.kept.range(middle..).next();
            match next.filter(|(_, kept)| kept.at_ms < since_ms) {
                Some((number, _)) => from = number + 1,
                None => to = middle,
            }
        }
        self.kept.range(from..).next().filter(|(_, kept)| kept.at_ms >= since_ms)
    }

    fn drop_first(&mut self) -> usize {
        let freed = self.kept.pop_first().map_or(0, |(_, kept)| cost(&kept.frame));
        self.bytes -= freed;
        freed
    }
}

/// The frames of the last [`limits::PAST_TIME`], as far as there is room.
pub(super) struct FrameHistory {
    talkers: BTreeMap<SeatId, TalkerFrames>,
    bytes: usize,
    most: usize,
}

impl Default for FrameHistory {
    fn default() -> Self {
        Self { talkers: BTreeMap::new(), bytes: 0, most: limits::PAST_ROOM }
    }
}

impl FrameHistory {
    /// Bytes that are kept, with the overhead of keeping them.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Keeps a frame that was said at `at_ms`. If there is no room, the talker with the most bytes loses its oldest frames.
    pub(super) fn keep(&mut self, frame: &Frame, at_ms: u64) {
        let seat = frame.head.kid.seat();
        let talker = self
            .talkers
            .entry(seat)
            .or_insert_with(|| TalkerFrames { newest: i64::from(frame.head.number.0), ..TalkerFrames::default() });
        let number = frame.head.number.unwrapped(talker.newest);
        talker.newest = talker.newest.max(number);
        if talker.kept.contains_key(&number) {
            return;
        }
        // What comes later by its number was not said sooner, so that a moment is found without looking at every frame.
        let after = talker.kept.range(number..).next().map_or(u64::MAX, |(_, kept)| kept.at_ms);
        let before = talker.kept.range(..number).next_back().map_or(0, |(_, kept)| kept.at_ms);
        let at_ms = at_ms.min(after).max(before);
        talker.kept.insert(number, Kept { at_ms, frame: frame.clone() });
        talker.bytes += cost(frame);
        self.bytes += cost(frame);
        self.shrink();
    }

    /// The frames that were said at `since_ms` or later.
    pub(super) fn recent(&self, since_ms: u64) -> Recent<'_> {
        Recent { history: self, since_ms }
    }

    /// From now on at most this many bytes are kept.
    pub(super) fn limit(&mut self, most: usize) {
        self.most = most;
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.bytes > self.most {
            work::count(self.talkers.len());
            let Some(talker) = self.talkers.values_mut().max_by_key(|talker| talker.bytes) else { return };
            self.bytes -= talker.drop_first();
        }
    }

    /// Lets go of what was said before a moment.
    pub(super) fn expire(&mut self, before_ms: u64) {
        for talker in self.talkers.values_mut() {
            while talker.kept.first_key_value().is_some_and(|(_, kept)| kept.at_ms < before_ms) {
                self.bytes -= talker.drop_first();
            }
        }
        self.talkers.retain(|_, talker| !talker.kept.is_empty());
    }

    /// Nothing of this seat is kept any more.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.bytes -= self.talkers.remove(&seat).map_or(0, |talker| talker.bytes);
    }

    /// What there is since a moment, beyond the newest frame that the listener has of each talker; without what `but` has said.
    pub(super) fn spans(&self, since_ms: u64, have: &BTreeMap<SeatId, FrameNo>, but: SeatId) -> Vec<Span> {
        work::count(self.talkers.len());
        let others = self.talkers.iter().filter(|(seat, _)| **seat != but);
        let span = |(seat, talker): (&SeatId, &TalkerFrames)| {
            let had = have.get(seat).map_or(i64::MIN, |had| had.unwrapped(talker.newest));
            let (first, begins) = talker.first_since(had.saturating_add(1), since_ms)?;
            let (last, ends) = talker.kept.last_key_value()?;
            let count = u16::try_from(last - first + 1).ok()?;
            let (from_ms, to_ms) = (begins.at_ms, ends.at_ms.max(begins.at_ms));
            Some(Span { seat: *seat, first: FrameNo(*first as u16), count, from_ms, to_ms })
        };
        others.filter_map(span).collect()
    }

    /// The frames that are asked for, as far as they fit, were said at `since_ms` or later, and are here. Of the rest, those that
    /// are not `coming` are gone.
    pub(super) fn answer(
        &self,
        ask: &BackfillRequest,
        since_ms: u64,
        coming: impl Fn(FrameNo) -> bool,
    ) -> BackfillAnswer {
        let mut answer = BackfillAnswer::to(ask);
        let talker = self.talkers.get(&ask.seat);
        for number in ask.first.named_by(ask.wanted) {
            let kept = talker.and_then(|talker| talker.kept.get(&number.unwrapped(talker.newest)));
            match kept.filter(|kept| kept.at_ms >= since_ms) {
                Some(kept) if answer.add(kept.at_ms, &kept.frame) => {}
                Some(_) => break,
                None if coming(number) => {}
                None => answer.gone |= ask.first.bit(number),
            }
        }
        answer
    }
}

/// The newest part of a history.
#[derive(Clone, Copy)]
pub(super) struct Recent<'a> {
    history: &'a FrameHistory,
    since_ms: u64,
}

impl<'a> Recent<'a> {
    /// The talker's frame with this number.
    pub(super) fn find(self, talker: SeatId, number: FrameNo) -> Option<&'a Frame> {
        let talker = self.history.talkers.get(&talker)?;
        let kept = talker.kept.get(&number.unwrapped(talker.newest)).filter(|kept| kept.at_ms >= self.since_ms);
        kept.map(|kept| &kept.frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Epoch, Kid, Layer};
    use crate::wire::FrameHead;

    fn frame(seat: u8, number: u16, bytes: usize) -> Frame {
        let kid = Kid::new(SeatId(seat), Epoch(1));
        Frame {
            head: FrameHead { kid, number: FrameNo(number), start: false, end: false, layer: Layer::Full, level: 3 },
            body: vec![7; bytes],
        }
    }

    /// `count` frames of 60 ms from number `first` on, said from 1 s on.
    fn past(first: u16, count: u16) -> FrameHistory {
        let mut past = FrameHistory::default();
        (0..count).for_each(|n| past.keep(&frame(1, first.wrapping_add(n), 91), 1000 + 60 * u64::from(n)));
        past
    }

    fn ask(first: u16, wanted: u16) -> BackfillRequest {
        BackfillRequest { seat: SeatId(1), first: FrameNo(first), wanted }
    }

    #[test]
    fn missed_frames_are_listed_and_given_a_few_at_a_time() {
        let past = past(65_500, 100);
        let none = BTreeMap::new();
        let of = |first, count, from_ms, to_ms| Span { seat: SeatId(1), first: FrameNo(first), count, from_ms, to_ms };
        assert_eq!(past.spans(0, &none, SeatId(2)), [of(65_500, 100, 1000, 6940)]);
        assert_eq!(past.spans(3400, &none, SeatId(2)), [of(4, 60, 3400, 6940)]);
        let have = BTreeMap::from([(SeatId(1), FrameNo(62))]);
        assert_eq!(past.spans(0, &have, SeatId(2)), [of(63, 1, 6940, 6940)]);
        assert_eq!(past.spans(0, &none, SeatId(1)), [], "not to the talker itself");
        let answer = past.answer(&ask(65_534, u16::MAX), 0, |_| false);
        let came: Vec<_> = answer.frames.iter().map(|(at, frame)| (*at, frame.head.number.0)).collect();
        assert_eq!((came, answer.gone), (vec![(3040, 65_534), (3100, 65_535), (3160, 0)], 0));
        assert!(answer.encode().expect("fits").len() <= limits::PAST_ANSWER + 40);
    }

    #[test]
    fn absent_frames_are_gone_or_still_to_come() {
        let past = past(0, 10);
        let answer = past.answer(&ask(8, 0b1111), 0, |number| number.0 == 10);
        assert_eq!((answer.frames.len(), answer.gone), (2, 0b1000));
        assert_eq!(past.answer(&ask(8, 0b11), 1500, |_| false).gone, 0b01, "said before the listener came");
        assert_eq!(past.answer(&BackfillRequest { seat: SeatId(9), ..ask(0, 3) }, 0, |_| false).gone, 3);
    }

    #[test]
    fn late_frames_find_their_place_and_the_largest_goes_alone() {
        let mut past = past(100, 3);
        past.keep(&frame(1, 98, limits::FRAME), 880);
        past.keep(&frame(1, 99, limits::FRAME), 940);
        past.keep(&frame(1, 99, 1), 5);
        let first = past.answer(&ask(98, 0b11), 0, |_| false);
        assert_eq!((first.frames.len(), first.frames[0].0), (1, 880));
        assert_eq!(past.spans(0, &BTreeMap::new(), SeatId(2))[0].count, 5);
    }

    #[test]
    fn the_history_is_bounded_and_a_flood_costs_only_its_talker() {
        let mut past = FrameHistory::default();
        past.keep(&frame(2, 0, 91), 500);
        for n in 0..u16::MAX {
            past.keep(&frame(1, n, limits::FRAME), 1000 + u64::from(n));
            assert!(past.bytes() <= limits::PAST_ROOM);
        }
        assert_eq!(past.talkers[&SeatId(2)].kept.len(), 1, "another talker's frame is still here");
        let sum = |past: &FrameHistory| -> usize {
            past.talkers.values().flat_map(|talker| talker.kept.values()).map(|kept| cost(&kept.frame)).sum()
        };
        assert_eq!(past.bytes, sum(&past));
        past.limit(10_000);
        assert!(past.bytes <= 10_000 && past.bytes == sum(&past));
        past.forget(SeatId(1));
        assert_eq!(past.bytes, cost(&frame(2, 0, 91)));
        past.expire(501);
        assert_eq!((past.bytes, past.talkers.len()), (0, 0));
    }

    #[test]
    fn two_minutes_of_speech_have_room() {
        let mut past = FrameHistory::default();
        // Three at once in the largest plan: 24 kbps in frames of 20 ms, sealed; and one in the usual plan.
        for n in 0..6000_u16 {
            (1..=2).for_each(|seat| past.keep(&frame(seat, n, 69), 20 * u64::from(n)));
        }
        (0..2000_u16).for_each(|n| past.keep(&frame(3, n, 99), 60 * u64::from(n)));
        assert_eq!(past.talkers.values().map(|talker| talker.kept.len()).collect::<Vec<_>>(), [6000, 6000, 2000]);
    }
}
