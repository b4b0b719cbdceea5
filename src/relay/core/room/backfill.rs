//! Holes: what talkers said while their line was cut is fetched from them, and given to listeners who have missed it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Room;
use crate::adapt::{Backfill, HOLE, HOLE_TIME, LONGEST_HOLE};
use crate::ids::{FrameNo, SeatId, Time};
use crate::relay::core::Outbox;
use crate::relay::core::bucket::Bucket;
use crate::relay::core::frame_history::FrameHistory;
use crate::relay::core::seat::Seat;
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, numbers};
use crate::wire::{Frame, Span, ToMember, limits};

/// What is older than this comes too late to be heard in its time.
const LATELY: Duration = Duration::from_millis(1500);
/// How often the members are told who is how far behind.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// What a room knows of holes.
#[derive(Default)]
pub(in crate::relay::core) struct Holes {
    past: FrameHistory,
    /// What is missed of each talker.
    fetches: BTreeMap<SeatId, Hole>,
    /// How far behind members are who have said so, in seconds, and whether the others know.
    behind: BTreeMap<SeatId, (u8, bool)>,
    told: Time,
}

impl Holes {
    /// A frame that was said at `since_ms` of the group's time or later, and went out.
    pub(super) fn find(&self, talker: SeatId, number: FrameNo, since_ms: u64) -> Option<&Frame> {
        self.past.find(talker, number, since_ms)
    }
}

struct Hole {
    fetch: Backfill,
    /// What the listeners are told once it's known that something comes of it.
    untold: Option<Span>,
}

/// What one seat may still ask, and what is known of its frames.
pub(in crate::relay::core) struct Asking {
    asks: Bucket,
    lists: Bucket,
    /// When its last new frame came, and with which time of the group.
    last: Option<(Time, u64)>,
    /// When anything new of its voice came.
    talked: Option<Time>,
    /// Whether its next frame begins anew: what is missing before it was said while it was muted.
    anew: bool,
}

impl Asking {
    pub(in crate::relay::core) fn new(now: Time) -> Self {
        Self {
            asks: Bucket::of(limits::ASKS_BURST, limits::ASKS_PER_SECOND, now),
            lists: Bucket::of(limits::LISTS_BURST, 1, now),
            last: None,
            talked: None,
            anew: false,
        }
    }
}

impl Seat {
    /// How long ago anything new of its voice came.
    pub(super) fn talked_since(&self, now: Time) -> Duration {
        self.asking.talked.map_or(Duration::MAX, |at| now.since(at))
    }
}

impl Room {
    fn group_ms(&self, now: Time) -> u64 {
        now.since(self.opened).as_millis() as u64
    }

    /// Since when, in the group's time, what was said may still be heard in its time. What is older isn't sent again.
    pub(super) fn lately_ms(&self, now: Time) -> u64 {
        self.group_ms(now).saturating_sub(LATELY.as_millis() as u64)
    }

    /// A listener wants frames that it has missed.
    pub(super) fn asked(&mut self, id: SeatId, ask: &BackfillRequest, now: Time, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) else { return };
        if ask.seat == id || !seat.asking.asks.take(now) {
            return;
        }
        let (Some(conn), seated) = (seat.conn, seat.seated) else { return };
        // What was said before somebody was in is not for them; they couldn't open it either.
        let since_ms = self.group_ms(seated);
        let fetch = self.backfill.fetches.get(&ask.seat).map(|hole| &hole.fetch);
        let coming = |number| fetch.is_some_and(|fetch| fetch.wants(ask.seat, number));
        let answer = self.backfill.past.answer(ask, since_ms, coming);
        if let Ok(bytes) = answer.encode() {
            out.datagram(conn, bytes);
        }
    }

    /// A listener wants to know what it has missed.
    pub(in crate::relay::core) fn missed(
        &mut self,
        id: SeatId,
        since_ms: u64,
        have: Vec<(SeatId, FrameNo)>,
        now: Time,
        out: &mut Outbox,
    ) {
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) else { return };
        if !seat.asking.lists.take(now) {
            return;
        }
        let (Some(conn), seated) = (seat.conn, seat.seated) else { return };
        let since_ms = since_ms.max(self.group_ms(seated));
        let spans = self.backfill.past.spans(since_ms, &have.into_iter().collect(), id);
        out.tell(conn, &ToMember::Missed(spans));
    }

    /// A talker's frames are about to be taken.
    pub(super) fn note_frames(&mut self, id: SeatId, frames: &[Frame], now: Time, out: &mut Outbox) {
        // Listeners couldn't open it under another's name either; but they'd count it against the one it names.
        let own = |frame: &&Frame| frame.head.kid.seat() == id && !frame.head.is_thin();
        frames.iter().filter(own).for_each(|frame| self.note_frame(id, frame, now, out));
    }

    /// A talker's new frame is about to be taken: does it show that others before it are missing?
    fn note_frame(&mut self, id: SeatId, frame: &Frame, now: Time, out: &mut Outbox) {
        let at_ms = self.group_ms(now);
        let new = |seat: &&mut Seat| seat.welcomed && seat.numbers.is_new(frame.head.number);
        let Some(seat) = self.seats.get_mut(&id).filter(new) else { return };
        if let Some(hole) = self.backfill.fetches.get_mut(&id) {
            hole.fetch.settle(id, frame.head.number);
        }
        seat.asking.talked = Some(now);
        let newest = newest(seat);
        let (last, anew) = (seat.asking.last, std::mem::take(&mut seat.asking.anew));
        let (came, last_ms) = last.unwrap_or((seat.seated, 0));
        if frame.head.number.since(newest) > 0 {
            seat.asking.last = Some((now, at_ms));
            if now.since(came) >= HOLE_TIME && frame.head.number.since(newest) > HOLE.cast_signed() {
                seat.interrupted();
            }
            if !anew && now.since(came) >= HOLE_TIME {
                self.want(id, newest, frame.head.number, last_ms, at_ms, now, out);
            }
        }
    }

    /// A talker says how far it has come.
    pub(super) fn head(&mut self, id: SeatId, head: FrameNo, now: Time, out: &mut Outbox) {
        let at_ms = self.group_ms(now);
        let Some(seat) = self.seats.get(&id).filter(|seat| seat.welcomed && !seat.asking.anew) else { return };
        let last_ms = seat.asking.last.map_or(0, |(_, ms)| ms);
        let newest = newest(seat);
        let known = self.backfill.fetches.get(&id).is_some_and(|hole| hole.fetch.wants(id, head));
        if !known {
            self.want(id, newest, head.next(), last_ms, at_ms, now, out);
        }
    }

    /// What lies between two numbers is fetched, if it's long enough.
    #[allow(clippy::too_many_arguments, reason = "two ends of a hole, each with its time")]
    fn want(&mut self, id: SeatId, had: FrameNo, next: FrameNo, from_ms: u64, to_ms: u64, now: Time, out: &mut Outbox) {
        let missing = u16::try_from(next.since(had).saturating_sub(1)).unwrap_or(0);
        if missing < HOLE || !self.is_let_through(id, now) {
            return;
        }
        let count = missing.min(LONGEST_HOLE);
        let first = FrameNo(next.0.wrapping_sub(count));
        let from_ms = from_ms.max(to_ms.saturating_sub(limits::PAST_TIME.as_millis() as u64));
        let fetch = || Backfill::new(usize::from(LONGEST_HOLE));
        let hole = self.backfill.fetches.entry(id).or_insert_with(|| Hole { fetch: fetch(), untold: None });
        hole.fetch.want(id, first, count, from_ms, to_ms);
        hole.untold = Some(Span { seat: id, first, count, from_ms, to_ms });
        self.fetch(now, out);
    }

    /// A talker sends what was asked of it.
    pub(super) fn late(&mut self, id: SeatId, answer: BackfillAnswer, now: Time, out: &mut Outbox) {
        let now_ms = self.group_ms(now);
        let Some(hole) = self.backfill.fetches.get_mut(&id).filter(|_| answer.seat == id) else { return };
        for number in numbers(answer.first, answer.gone) {
            hole.fetch.settle(id, number);
        }
        let mut came = 0;
        let Some(seat) = self.seats.get_mut(&id) else { return };
        for (at_ms, frame) in answer.frames {
            if !hole.fetch.settle(id, frame.head.number) {
                continue; // Nobody has asked for it.
            }
            seat.numbers.mark(frame.head.number);
            // A clock of a member's that is wrong must not put its words before or after everybody's.
            let oldest = now_ms.saturating_sub(limits::PAST_TIME.as_millis() as u64);
            self.backfill.past.keep(&frame, u64::from(at_ms).clamp(oldest, now_ms));
            came += 1;
        }
        hole.fetch.answered(id, answer.first, came, answer.gone != 0, now);
        let untold = if came > 0 { hole.untold.take() } else { None };
        if hole.fetch.is_empty() {
            self.backfill.fetches.remove(&id);
        }
        if let Some(span) = untold {
            let others = self.seats.iter().filter(|(seat, _)| **seat != id).flat_map(|(_, seat)| seat.told());
            out.tell_all(others, &ToMember::Missed(vec![span]));
        }
        self.fetch(now, out);
    }

    /// Asks talkers for what is missed of them.
    pub(super) fn fetch(&mut self, now: Time, out: &mut Outbox) {
        for (id, hole) in &mut self.backfill.fetches {
            let Some(conn) = self.seats.get(id).and_then(Seat::listening) else { continue };
            while let Some(wanted) = hole.fetch.ask(now) {
                out.datagram(
                    conn,
                    BackfillRequest { seat: wanted.seat, first: wanted.first, wanted: wanted.mask }.encode(),
                );
            }
        }
        self.voice_due = self.voice_due.min(self.fetch_due());
    }

    /// When [`Room::fetch`] is due.
    pub(super) fn fetch_due(&self) -> Time {
        let here = |id: &SeatId| self.seats.get(id).and_then(Seat::listening).is_some();
        let due = self.backfill.fetches.iter().filter(|(id, _)| here(id)).map(|(_, hole)| hole.fetch.due());
        due.min().unwrap_or(Time::NEVER)
    }

    /// Keeps a frame that is forwarded now.
    pub(super) fn keep(&mut self, frame: &Frame, now: Time) {
        let at_ms = self.group_ms(now);
        self.backfill.past.keep(frame, at_ms);
    }

    /// Nothing that this seat has said is kept, and nothing of it is fetched.
    pub(super) fn forget_past(&mut self, id: SeatId) {
        self.backfill.past.forget(id);
        self.begin_anew(id);
    }

    /// What this seat says while it has not the floor is not fetched; what it has said before is still for who has missed it.
    pub(super) fn begin_anew(&mut self, id: SeatId) {
        self.backfill.fetches.remove(&id);
        if let Some(seat) = self.seats.get_mut(&id) {
            seat.asking.anew = true;
        }
    }

    /// The seat is free.
    pub(super) fn forget_holes(&mut self, id: SeatId) {
        self.forget_past(id);
        self.backfill.behind.remove(&id);
    }

    /// A seat has a new line.
    pub(super) fn restart_fetch(&mut self, id: SeatId) {
        if let Some(hole) = self.backfill.fetches.get_mut(&id) {
            hole.fetch.restart();
        }
    }

    /// A member says how far behind it is.
    pub(in crate::relay::core) fn behind(&mut self, id: SeatId, seconds: u8) {
        if self.seats.get(&id).is_some_and(|seat| seat.welcomed) {
            self.backfill.behind.insert(id, (seconds, false));
        }
    }

    /// Who is behind, for who has just come.
    pub(super) fn tell_behind(&self, to: crate::relay::core::ConnId, out: &mut Outbox) {
        let all: Vec<_> = self.backfill.behind.iter().map(|(id, (seconds, _))| (*id, *seconds)).collect();
        if !all.is_empty() {
            out.tell(to, &ToMember::Behind(all));
        }
    }

    /// Lets go of what is too old, of which a room may keep so many bytes, and tells who is behind.
    pub(in crate::relay::core) fn watch_holes(&mut self, most: usize, now: Time, out: &mut Outbox) {
        let oldest = self.group_ms(now).saturating_sub(limits::PAST_TIME.as_millis() as u64);
        self.backfill.past.limit(most.min(limits::PAST_ROOM));
        self.backfill.past.expire(oldest);
        self.backfill.fetches.retain(|_, hole| {
            hole.fetch.expire(oldest);
            !hole.fetch.is_empty()
        });
        self.fetch(now, out);
        self.tell_hearing(now, out);
        if now.since(self.backfill.told) < TELL_EVERY {
            return;
        }
        let news: Vec<_> =
            self.backfill.behind.iter().filter(|(_, (_, known))| !known).map(|(id, (s, _))| (*id, *s)).collect();
        if !news.is_empty() {
            self.backfill.told = now;
            self.backfill.behind.retain(|_, (seconds, known)| {
                *known = true;
                *seconds > 0
            });
            out.tell_all(self.seats.values().flat_map(Seat::told), &ToMember::Behind(news));
        }
    }
}

/// The newest number of a seat; before its first, the one before that.
fn newest(seat: &Seat) -> FrameNo {
    seat.numbers.newest().unwrap_or(FrameNo(u16::MAX))
}
