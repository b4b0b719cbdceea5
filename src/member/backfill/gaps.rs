//! Gaps between the frames of each talker, and what waits behind them: all is heard once, in the order in which it was said.

use std::collections::BTreeMap;
use std::time::Duration;

use super::words_lost::LostRow;
use crate::adapt::{Backfill, GivenUp, HOLE_TIME, LONGEST_HOLE, SequenceWindow, hole_from};
use crate::ids::{FrameNo, SeatId, Time};
use crate::member::effect::Heard;
use crate::wire::backfill::BackfillRequest;
use crate::wire::{Span, limits};

/// A talker of whom nothing came for this long in the middle of a spurt may have gone on where I didn't hear it.
const BROKE_OFF: Duration = Duration::from_millis(1500);

/// What is missing right before a frame.
#[derive(Clone, Copy)]
pub(super) enum Before {
    /// Nothing, or so little that it is repaired or concealed.
    Nothing,
    /// What a cut of a line took; it is fetched.
    Hole,
    /// What a line lost in a row; it is not.
    Lost(LostRow),
}

/// A frame that is missed, or that waits for one before it.
struct Item {
    at_ms: u64,
    heard: Option<Heard>,
}

/// What came of one talker.
struct Received {
    numbers: SequenceWindow<128>,
    /// The newest number, unwrapped.
    newest: i64,
    last: Time,
    last_ms: u64,
    /// Whether the newest frame was in the middle of a spurt.
    open: bool,
    /// Whether the next frame begins anew: what is missing before it was not let through.
    anew: bool,
}

/// What came, what is missed and what waits, of every talker. At most [`limits::MISSED`] frames are missed or wait.
pub(super) struct Gaps {
    talkers: BTreeMap<SeatId, Received>,
    /// What is missed and what waits, of each talker, by unwrapped numbers.
    waiting: BTreeMap<SeatId, BTreeMap<i64, Item>>,
    requests: Backfill,
}

impl Gaps {
    pub(super) fn new() -> Self {
        Self {
            talkers: BTreeMap::new(),
            waiting: BTreeMap::new(),
            requests: Backfill::new(limits::MISSED, limits::MISSED_RUNS),
        }
    }

    /// The first that is missed or waits, and when it was said, in milliseconds of the group's time.
    pub(super) fn first(&self) -> Option<(SeatId, u64)> {
        let firsts = self.waiting.iter().filter_map(|(seat, items)| Some((*seat, items.first_key_value()?.1.at_ms)));
        firsts.min_by_key(|(seat, at_ms)| (*at_ms, *seat))
    }

    fn count(&self) -> usize {
        self.waiting.values().map(BTreeMap::len).sum()
    }

    /// Whether anything is missed.
    pub(super) fn are_open(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn talker(&mut self, seat: SeatId, number: FrameNo, now: Time, at_ms: u64) -> &mut Received {
        self.talkers.entry(seat).or_insert_with(|| Received {
            numbers: SequenceWindow::default(),
            newest: i64::from(number.0),
            last: now,
            last_ms: at_ms,
            open: false,
            anew: false,
        })
    }

    /// Frames of `seat` are missed, from `first` on.
    fn want(&mut self, seat: SeatId, first: FrameNo, count: u16, from_ms: u64, to_ms: u64) {
        let room = limits::MISSED.saturating_sub(self.count());
        let Some(talker) = self.talkers.get(&seat) else { return };
        let step = to_ms.saturating_sub(from_ms) / u64::from(count.max(1));
        let items = self.waiting.entry(seat).or_default();
        let at = |n: u16| (FrameNo(first.0.wrapping_add(n)), from_ms.saturating_add(step.saturating_mul(n.into())));
        let new = |(number, _): &(FrameNo, u64)| talker.numbers.is_new(*number);
        let missing: Vec<(FrameNo, u64)> = (0..count).map(at).filter(new).take(room).collect();
        for (number, at_ms) in &missing {
            items.entry(number.unwrapped(talker.newest)).or_insert(Item { at_ms: *at_ms, heard: None });
        }
        // Runs of numbers, so that requests are as few as they can be.
        for run in missing.chunk_by(|a, b| b.0 == a.0.next()) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            self.requests.want(seat, first.0, run.len() as u16, first.1, last.1);
        }
        if items.is_empty() {
            self.waiting.remove(&seat);
        }
    }

    /// A frame will not come.
    pub(super) fn give_up(&mut self, seat: SeatId, number: FrameNo) {
        self.requests.settle(seat, number);
        let (Some(talker), Some(items)) = (self.talkers.get(&seat), self.waiting.get_mut(&seat)) else { return };
        let number = number.unwrapped(talker.newest);
        if items.get(&number).is_some_and(|item| item.heard.is_none()) {
            items.remove(&number);
        }
        if items.is_empty() {
            self.waiting.remove(&seat);
        }
    }

    /// Frames that were said before this will not come.
    pub(super) fn give_up_before(&mut self, oldest_ms: u64) {
        for GivenUp { seat, first, count } in self.requests.expire(oldest_ms) {
            (0..count).for_each(|n| self.give_up(seat, FrameNo(first.0.wrapping_add(n))));
        }
    }

    /// A frame came that has its place among what waits.
    pub(super) fn place(&mut self, heard: Heard) {
        let Some(talker) = self.talkers.get(&heard.seat) else { return };
        let number = heard.number.unwrapped(talker.newest);
        let (seat, at_ms) = (heard.seat, heard.at_ms);
        self.waiting.entry(seat).or_default().insert(number, Item { at_ms, heard: Some(heard) });
        if self.count() > limits::MISSED {
            // More than anybody could still hear: what is missed gives way, so that something is heard.
            self.requests = Backfill::new(limits::MISSED, limits::MISSED_RUNS);
            for items in self.waiting.values_mut() {
                items.retain(|_, item| item.heard.is_some());
            }
        }
    }

    /// What may be heard now: all before which nothing is missed.
    pub(super) fn ready(&mut self) -> Vec<Heard> {
        let mut ready = Vec::new();
        while let Some((seat, _)) = self.first() {
            let Some(items) = self.waiting.get_mut(&seat) else { break };
            let Some(first) = items.first_entry().filter(|first| first.get().heard.is_some()) else { break };
            ready.extend(first.remove().heard.map(|heard| Heard { missed: true, ..heard }));
            if items.is_empty() {
                self.waiting.remove(&seat);
            }
        }
        ready
    }

    /// This talker has lost the floor, or has it again: what is not heard of it meanwhile is not missed.
    pub(super) fn begin_anew(&mut self, seat: SeatId) {
        if let Some(talker) = self.talkers.get_mut(&seat) {
            (talker.open, talker.anew) = (false, true);
        }
    }

    /// A frame came that is live. `least` or more missing before it are a hole.
    pub(super) fn note_live(&mut self, heard: &Heard, least: u16, now: Time) -> Before {
        let Heard { seat, number, count, at_ms, end, .. } = *heard;
        let talker = self.talker(seat, number, now, at_ms);
        let (newest, last, last_ms) = (FrameNo(talker.newest as u16), talker.last, talker.last_ms);
        let known = talker.numbers.newest().is_some() && !std::mem::take(&mut talker.anew);
        if number.since(newest) >= 0 {
            (talker.newest, talker.last, talker.last_ms) = (number.unwrapped(talker.newest), now, at_ms);
            talker.open = !end;
        }
        let stands_for = number.last(count.into());
        let first = stands_for.clone().next().unwrap_or(number);
        let missing = (first.since(newest).max(1) - 1).unsigned_abs();
        let (count, silent) = (missing.min(LONGEST_HOLE), known && now.since(last) >= HOLE_TIME);
        let row =
            LostRow { seat, first: FrameNo(first.0.wrapping_sub(count)), count, ms: at_ms.saturating_sub(last_ms) };
        let before = match () {
            () if silent && missing >= least => Before::Hole,
            () if silent && missing >= hole_from(1.0) => Before::Lost(row),
            () => Before::Nothing,
        };
        if let Before::Hole = before {
            self.want(seat, row.first, count, last_ms, at_ms);
        }
        for number in stands_for {
            if let Some(talker) = self.talkers.get_mut(&seat) {
                talker.numbers.mark(number);
            }
            self.requests.settle(seat, number);
        }
        before
    }

    /// Whether this frame of a talker has not come.
    pub(super) fn is_missing(&self, seat: SeatId, number: FrameNo) -> bool {
        self.talkers.get(&seat).is_some_and(|talker| talker.numbers.is_new(number))
    }

    /// The relay has these frames, which I may have missed. Fewer than `least` are no hole.
    pub(super) fn note_span(&mut self, span: Span, least: u16, now: Time) {
        let Span { seat, first, count, from_ms, to_ms } = span;
        let known = self.talkers.contains_key(&seat);
        let talker = self.talker(seat, first, now, from_ms);
        let number = |n: u16| FrameNo(first.0.wrapping_add(n));
        let count = count.min(LONGEST_HOLE);
        let missing = (0..count).filter(|n| talker.numbers.is_new(number(*n))).count();
        if missing >= usize::from(least) {
            self.want(seat, first, count, from_ms, to_ms);
        } else if !known {
            self.talkers.remove(&seat);
        }
    }

    /// Whether this frame was asked for.
    pub(super) fn wants(&self, seat: SeatId, number: FrameNo) -> bool {
        self.requests.wants(seat, number)
    }

    /// A frame that was asked for came, and opened.
    pub(super) fn came(&mut self, seat: SeatId, number: FrameNo) {
        self.requests.settle(seat, number);
        if let Some(talker) = self.talkers.get_mut(&seat) {
            talker.numbers.mark(number);
            talker.newest = talker.newest.max(number.unwrapped(talker.newest));
        }
    }

    /// A request was answered with `count` frames; `gone` is whether others are there no more.
    pub(super) fn answered(&mut self, seat: SeatId, first: FrameNo, count: usize, gone: bool, now: Time) {
        self.requests.answered(seat, first, count, gone, now);
    }

    /// The next request that may be sent now.
    pub(super) fn request(&mut self, now: Time) -> Option<BackfillRequest> {
        self.requests.ask(now)
    }

    /// A new link: no request is on its way on it.
    pub(super) fn restart(&mut self) {
        self.requests.restart();
    }

    /// Nothing that was missed is wanted any more.
    pub(super) fn skip(&mut self) {
        self.waiting.clear();
        self.requests = Backfill::new(limits::MISSED, limits::MISSED_RUNS);
    }

    /// Nothing that waits of this seat is to be heard.
    pub(super) fn forget_waiting(&mut self, seat: SeatId) {
        self.waiting.remove(&seat);
        self.requests.forget(seat);
    }

    /// Somebody left: the next in the seat is another.
    pub(super) fn forget_talker(&mut self, seat: SeatId) {
        self.forget_waiting(seat);
        self.talkers.remove(&seat);
    }

    /// When each of the talkers who broke off in the middle of a spurt was last heard. Each is told of once.
    pub(super) fn broken_off(&mut self, now: Time) -> Vec<Time> {
        let broke_off = |talker: &&mut Received| talker.open && now.since(talker.last) >= BROKE_OFF;
        let close = |talker: &mut Received| {
            talker.open = false;
            talker.last
        };
        self.talkers.values_mut().filter(broke_off).map(close).collect()
    }

    /// The newest number that came of each talker.
    pub(super) fn newest(&self) -> Vec<(SeatId, FrameNo)> {
        self.talkers.iter().filter_map(|(seat, talker)| Some((*seat, talker.numbers.newest()?))).collect()
    }

    /// When a request is due, or a talker has broken off.
    pub(super) fn due(&self) -> Time {
        let open = self.talkers.values().filter(|talker| talker.open);
        let broke_off = open.map(|talker| talker.last + BROKE_OFF).min();
        self.requests.due().min(broke_off.unwrap_or(Time::NEVER))
    }
}

#[cfg(test)]
mod tests;
