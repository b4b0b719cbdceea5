//! Holes: what I have missed is fetched, and heard before what is live; what I said while my line was cut is fetched from me.
//!
//! While something is missed, all that comes later waits behind it, so that everything is heard once and in the order in
//! which it was said. What waits goes on to playout as soon as nothing before it is missed any more; there it's played faster
//! than it was said, until it's live again.

mod behind;
mod said;

use std::collections::BTreeMap;
use std::time::Duration;

use self::said::Said;
use super::{Effect, Heard, Member};
use crate::adapt::{Backfill, HOLE, HOLE_TIME, LONGEST_HOLE, SequenceWindow};
use crate::crypto::frame::Opened;
use crate::ids::{FrameNo, SeatId, Time};
use crate::session::Phase;
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, NewestFrame, numbers};
use crate::wire::{Frame, Span, ToRelay, limits};

/// A talker of whom so long nothing came in the middle of a spurt may have gone on where I didn't hear it.
const BROKE_OFF: Duration = Duration::from_millis(1500);
/// A line without a packet for so long was cut.
const CUT: Duration = Duration::from_secs(5);
/// A moment before a cut is asked for too: clocks are read on both sides.
const MARGIN_MS: u64 = 1000;
/// What is missed for longer than this doesn't come any more.
const GIVE_UP: Duration = Duration::from_secs(180);
/// How often at most I ask what there is to fetch.
const LIST_EVERY: Duration = Duration::from_secs(1);
/// How often at most the others are told how far behind I am.
const TELL_EVERY: Duration = Duration::from_secs(3);
/// After the end of a spurt the relay is told my newest number, so that it knows whether the end is missing; so often.
const HEAD_AFTER: Duration = Duration::from_secs(1);
const HEAD_AGAIN: Duration = Duration::from_secs(2);
const HEADS: u8 = 2;

/// A frame that is missed, or that waits for one before it.
struct Item {
    at_ms: u64,
    heard: Option<Heard>,
}

/// What came of one talker.
struct TalkerHoles {
    numbers: SequenceWindow<128>,
    /// The newest number, unwrapped.
    newest: i64,
    last: Time,
    last_ms: u64,
    /// Whether the newest frame was in the middle of a spurt.
    open: bool,
}

pub(super) struct Holes {
    talkers: BTreeMap<SeatId, TalkerHoles>,
    /// What is missed and what waits, of each talker, by unwrapped numbers.
    waiting: BTreeMap<SeatId, BTreeMap<i64, Item>>,
    fetch: Backfill,
    /// When anything came from the relay last.
    alive: Time,
    /// The number of the newest bundle, and when it came.
    bundle: Option<(u8, Time)>,
    /// Since which moment of the group's time I may have missed something.
    list: Option<u64>,
    listed: Time,
    said: Said,
    /// When what playout plays now, and is not live, was said.
    playing: Option<u64>,
    /// How many seconds behind the others know me to be, and when that was looked at.
    told: (u8, Time),
    head: Option<(Time, u8)>,
}

impl Holes {
    pub(super) fn new(now: Time) -> Self {
        Self {
            talkers: BTreeMap::new(),
            waiting: BTreeMap::new(),
            fetch: Backfill::new(limits::MISSED),
            alive: now,
            bundle: None,
            list: None,
            listed: Time(0),
            said: Said::default(),
            playing: None,
            told: (0, now),
            head: None,
        }
    }

    /// The first that waits, and when it was said.
    fn first(&self) -> Option<(SeatId, u64)> {
        let firsts = self.waiting.iter().filter_map(|(seat, items)| Some((*seat, items.first_key_value()?.1.at_ms)));
        firsts.min_by_key(|(seat, at_ms)| (*at_ms, *seat))
    }

    fn count(&self) -> usize {
        self.waiting.values().map(BTreeMap::len).sum()
    }

    fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    fn talker(&mut self, seat: SeatId, number: FrameNo, now: Time, at_ms: u64) -> &mut TalkerHoles {
        self.talkers.entry(seat).or_insert_with(|| TalkerHoles {
            numbers: SequenceWindow::default(),
            newest: i64::from(number.0),
            last: now,
            last_ms: at_ms,
            open: false,
        })
    }

    /// Frames of `seat` are missed, from `first` on.
    fn want(&mut self, seat: SeatId, first: FrameNo, count: u16, from_ms: u64, to_ms: u64) {
        let room = limits::MISSED.saturating_sub(self.count());
        let Some(talker) = self.talkers.get(&seat) else { return };
        let step = to_ms.saturating_sub(from_ms) / u64::from(count.max(1));
        let items = self.waiting.entry(seat).or_default();
        let at = |n: u16| (FrameNo(first.0.wrapping_add(n)), from_ms + step * u64::from(n));
        let new = |(number, _): &(FrameNo, u64)| talker.numbers.is_new(*number);
        let missing: Vec<(FrameNo, u64)> = (0..count).map(at).filter(new).take(room).collect();
        for (number, at_ms) in &missing {
            items.entry(number.unwrapped(talker.newest)).or_insert(Item { at_ms: *at_ms, heard: None });
        }
        // Runs of numbers, so that asks are as few as they can be.
        for run in missing.chunk_by(|a, b| b.0 == a.0.next()) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            self.fetch.want(seat, first.0, run.len() as u16, first.1, last.1);
        }
        if items.is_empty() {
            self.waiting.remove(&seat);
        }
    }

    /// A frame will not come.
    fn give_up(&mut self, seat: SeatId, number: FrameNo) {
        self.fetch.settle(seat, number);
        let (Some(talker), Some(items)) = (self.talkers.get(&seat), self.waiting.get_mut(&seat)) else { return };
        let number = number.unwrapped(talker.newest);
        if items.get(&number).is_some_and(|item| item.heard.is_none()) {
            items.remove(&number);
        }
        if items.is_empty() {
            self.waiting.remove(&seat);
        }
    }

    /// A frame came that has its place among what waits.
    fn place(&mut self, heard: Heard) {
        let Some(talker) = self.talkers.get(&heard.seat) else { return };
        let number = heard.number.unwrapped(talker.newest);
        let (seat, at_ms) = (heard.seat, heard.at_ms);
        self.waiting.entry(seat).or_default().insert(number, Item { at_ms, heard: Some(heard) });
        if self.count() > limits::MISSED {
            // More than anybody could still hear: what is missed gives way, so that something is heard.
            self.fetch = Backfill::new(limits::MISSED);
            for items in self.waiting.values_mut() {
                items.retain(|_, item| item.heard.is_some());
            }
        }
    }

    /// What may be heard now: all before which nothing is missed.
    fn ready(&mut self) -> Vec<Heard> {
        let mut ready = Vec::new();
        while let Some((seat, at_ms)) = self.first() {
            let Some(items) = self.waiting.get_mut(&seat) else { break };
            let Some(first) = items.first_entry().filter(|first| first.get().heard.is_some()) else { break };
            if let Some(heard) = first.remove().heard {
                self.playing.get_or_insert(at_ms);
                ready.push(Heard { missed: true, ..heard });
            }
            if items.is_empty() {
                self.waiting.remove(&seat);
            }
        }
        ready
    }

    fn forget(&mut self, seat: SeatId) {
        self.waiting.remove(&seat);
        self.fetch.forget(seat);
    }

    /// When something is due, given that the line is there.
    fn due(&self) -> Time {
        let list = self.list.map_or(Time::NEVER, |_| self.listed + LIST_EVERY);
        let broke_off = |talker: &&TalkerHoles| talker.open;
        let broke_off = self.talkers.values().filter(broke_off).map(|talker| talker.last + BROKE_OFF).min();
        let head = self.head.map_or(Time::NEVER, |(due, _)| due);
        let behind = self.is_waiting() || self.playing.is_some() || self.told.0 > 0;
        let tell = if behind { self.told.1 + TELL_EVERY } else { Time::NEVER };
        self.fetch.due().min(list).min(broke_off.unwrap_or(Time::NEVER)).min(head).min(tell)
    }
}

impl Member {
    /// When [`Member::watch_holes`] is due.
    pub(super) fn holes_due(&self) -> Time {
        if self.is_in() && self.connection.is_up() { self.backfill.due().min(self.hearing.due()) } else { Time::NEVER }
    }

    /// Something came from the relay. If nothing had for long, I may have missed what was said.
    pub(super) fn alive(&mut self, now: Time) {
        let before = std::mem::replace(&mut self.backfill.alive, now);
        if now.since(before) >= CUT {
            self.missed_since(before, now);
        }
    }

    /// Nothing may have come since then: what there was is to be asked for, and what I said offered.
    pub(super) fn missed_since(&mut self, since: Time, now: Time) {
        if self.room.me.is_none() {
            return;
        }
        let since_ms = self.room.group_ms(now).saturating_sub(now.since(since).as_millis() as u64 + MARGIN_MS);
        self.backfill.list = Some(self.backfill.list.map_or(since_ms, |before| before.min(since_ms)));
        self.backfill.head = Some((now, HEADS));
    }

    /// A new link: nothing is on its way on it.
    pub(super) fn restart_holes(&mut self, now: Time) {
        self.backfill.fetch.restart();
        self.missed_since(self.backfill.alive, now);
    }

    /// A bundle came; many before it may not have.
    pub(super) fn note_bundle(&mut self, sequence: u8, now: Time) {
        let Some((last, at)) = self.backfill.bundle.replace((sequence, now)) else { return };
        let ahead = sequence.wrapping_sub(last) & 0x7f;
        let long = now.since(at) >= HOLE_TIME;
        if ahead >= 64 && !long {
            self.backfill.bundle = Some((last, at));
        } else if u16::from(ahead) > HOLE && long {
            // What a cut takes says nothing of what the line loses otherwise.
            self.voice.interrupted();
            self.missed_since(at, now);
        }
    }

    /// A frame came that is live.
    pub(super) fn hear_live(&mut self, heard: Heard, now: Time) {
        let Heard { seat, number, count, at_ms, end, .. } = heard;
        let backfill = &mut self.backfill;
        let talker = backfill.talker(seat, number, now, at_ms);
        let (newest, last, last_ms) = (FrameNo(talker.newest as u16), talker.last, talker.last_ms);
        let known = talker.numbers.newest().is_some();
        let ahead = number.since(newest);
        if ahead >= 0 {
            (talker.newest, talker.last, talker.last_ms) = (number.unwrapped(talker.newest), now, at_ms);
            talker.open = !end;
        }
        let stands_for = number.last(count.into());
        let first = stands_for.clone().next().unwrap_or(number);
        let missing = (first.since(newest).max(1) - 1).unsigned_abs();
        let hole = known && missing >= HOLE && now.since(last) >= HOLE_TIME;
        self.hearing.hear(seat, number, count, hole, now);
        if hole {
            let count = missing.min(LONGEST_HOLE);
            backfill.want(seat, FrameNo(first.0.wrapping_sub(count)), count, last_ms, at_ms);
        }
        for number in stands_for {
            if let Some(talker) = backfill.talkers.get_mut(&seat) {
                talker.numbers.mark(number);
            }
            backfill.fetch.settle(seat, number);
        }
        if backfill.is_waiting() {
            backfill.place(heard);
            self.hear_ready(now);
        } else {
            self.effects.push_back(Effect::Play(heard));
        }
        self.ask_missed(now);
    }

    fn hear_ready(&mut self, now: Time) {
        for heard in self.backfill.ready() {
            self.effects.push_back(Effect::Play(heard));
        }
        self.tell_behind(now);
    }

    /// What the relay has that I may have missed.
    pub(super) fn missed(&mut self, spans: Vec<Span>, now: Time) {
        let now_ms = self.room.group_ms(now);
        for Span { seat, first, count, from_ms, to_ms } in spans {
            if !self.may_be_heard_late(seat) {
                continue;
            }
            let oldest = now_ms.saturating_sub(GIVE_UP.as_millis() as u64);
            let (from_ms, to_ms) = (from_ms.clamp(oldest, now_ms), to_ms.clamp(oldest, now_ms));
            let known = self.backfill.talkers.contains_key(&seat);
            let talker = self.backfill.talker(seat, first, now, from_ms);
            let number = |n: u16| FrameNo(first.0.wrapping_add(n));
            let count = count.min(LONGEST_HOLE);
            let missing = (0..count).filter(|n| talker.numbers.is_new(number(*n))).count();
            if missing >= usize::from(HOLE) {
                self.backfill.want(seat, first, count, from_ms, to_ms);
            } else if !known {
                self.backfill.talkers.remove(&seat);
            }
        }
        self.hear_ready(now);
        self.ask_missed(now);
    }

    /// The relay asks for some of what I said.
    pub(super) fn give_missed(&mut self, request: &BackfillRequest, now: Time) {
        if Some(request.seat) == self.room.me && !self.room.am_floor_muted() {
            self.effects.extend(self.backfill.said.answer(request, now).map(Effect::Datagram));
        }
    }

    /// Some of what I missed came.
    pub(super) fn answered_missed(&mut self, answer: BackfillAnswer, now: Time) {
        let BackfillAnswer { seat, first, gone, frames } = answer;
        let count = frames.len();
        for number in numbers(first, gone) {
            self.backfill.give_up(seat, number);
        }
        for (at_ms, frame) in frames {
            self.late_frame(seat, at_ms.into(), &frame, now);
        }
        self.backfill.fetch.answered(seat, first, count, gone != 0, now);
        self.hear_ready(now);
        self.ask_missed(now);
    }

    fn late_frame(&mut self, seat: SeatId, at_ms: u64, frame: &Frame, now: Time) {
        let number = frame.head.number;
        if !self.backfill.fetch.wants(seat, number) {
            return;
        }
        let Some(keys) = self.keys.as_mut().filter(|_| seat == frame.head.kid.seat() && !frame.head.is_thin()) else {
            return;
        };
        match keys.frames.open(frame, now) {
            Opened::Plain(plain) => {
                let heard = self.opened(&frame.head, &plain, at_ms).filter(|_| self.may_be_heard_late(seat));
                self.backfill.fetch.settle(seat, number);
                if let Some(talker) = self.backfill.talkers.get_mut(&seat) {
                    talker.numbers.mark(number);
                    talker.newest = talker.newest.max(number.unwrapped(talker.newest));
                }
                match heard {
                    Some(heard) => self.backfill.place(heard),
                    None => self.backfill.give_up(seat, number),
                }
            }
            Opened::Alarm(seat) => {
                self.backfill.give_up(seat, number);
                self.bad_sound(seat);
            }
            // The keys are gone, or were never mine, or it came before.
            Opened::Replayed | Opened::Failed | Opened::Dropped | Opened::Early => self.backfill.give_up(seat, number),
        }
    }

    fn ask_missed(&mut self, now: Time) {
        if !self.is_in() || !self.connection.is_up() {
            return;
        }
        while let Some(wanted) = self.backfill.fetch.ask(now) {
            let ask = BackfillRequest { seat: wanted.seat, first: wanted.first, wanted: wanted.mask };
            self.effects.push_back(Effect::Datagram(ask.encode()));
        }
    }

    /// A frame of mine was sealed. It's kept for as long as it may be missed.
    pub(super) fn keep_said(&mut self, frame: &Frame, now: Time) {
        let at_ms = self.room.group_ms(now);
        if frame.head.end {
            self.backfill.head = Some((now + HEAD_AFTER, HEADS));
        }
        self.backfill.said.keep(frame, at_ms);
    }

    /// This seat is muted on the floor, or may speak again: nothing of before is heard or given.
    pub(super) fn forget_past(&mut self, seat: SeatId) {
        if Some(seat) == self.room.me {
            self.backfill.said = Said::default();
            self.backfill.head = None;
        } else if self.backfill.is_waiting() || self.backfill.playing.is_some() {
            self.backfill.forget(seat);
            self.effects.push_back(Effect::Forget(seat));
        }
    }

    /// Somebody left: the next in the seat is another.
    pub(super) fn forget_talker(&mut self, seat: SeatId) {
        self.backfill.forget(seat);
        self.backfill.talkers.remove(&seat);
        self.hearing.forget(seat);
        self.room.behind.remove(&seat);
    }

    pub(super) fn watch_holes(&mut self, now: Time) {
        if !self.is_in() || !self.connection.is_up() || !matches!(self.room.phase, Phase::In) {
            return;
        }
        let broke_off = |talker: &&mut TalkerHoles| talker.open && now.since(talker.last) >= BROKE_OFF;
        let broken: Vec<Time> = self
            .backfill
            .talkers
            .values_mut()
            .filter(broke_off)
            .map(|talker| {
                talker.open = false;
                talker.last
            })
            .collect();
        let head = self.backfill.head;
        broken.into_iter().for_each(|last| self.missed_since(last, now));
        self.backfill.head = head;
        if let Some(since_ms) = self.backfill.list.take_if(|_| now.since(self.backfill.listed) >= LIST_EVERY) {
            self.backfill.listed = now;
            let have = |(seat, talker): (&SeatId, &TalkerHoles)| Some((*seat, talker.numbers.newest()?));
            let have = self.backfill.talkers.iter().filter_map(have).collect();
            self.send(ToRelay::Missed { since_ms, have });
        }
        let oldest = self.room.group_ms(now).saturating_sub(GIVE_UP.as_millis() as u64);
        for (seat, number) in self.backfill.fetch.expire(oldest) {
            self.backfill.give_up(seat, number);
        }
        if let Some((due, left)) = self.backfill.head.filter(|(due, _)| *due <= now) {
            self.backfill.head = (left > 1).then(|| (due.max(now) + HEAD_AGAIN, left - 1));
            if let Some(newest) = self.backfill.said.newest() {
                self.effects.push_back(Effect::Datagram(NewestFrame(newest).encode()));
                self.voice.sent(now);
            }
        }
        self.hear_ready(now);
        self.ask_missed(now);
        if now.since(self.backfill.told.1) >= TELL_EVERY {
            self.backfill.told.1 = now;
        }
    }
}

#[cfg(test)]
mod tests;
