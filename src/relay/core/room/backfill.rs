//! Backfill: what talkers said while their line was cut is fetched from them, and given to listeners who have missed it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::clock::GroupClock;
use super::context::RoomContext;
use super::frame_history::{FrameHistory, Recent};
use super::seat::Seat;
use super::seats::Seats;
use super::uplink::LastFrame;
use crate::adapt::{self, HOLE_TIME, LONGEST_HOLE, hole_from};
use crate::ids::{FrameNo, SeatId, Time};
use crate::relay::core::outbox::ConnId;
use crate::wire::backfill::{BackfillAnswer, BackfillRequest};
use crate::wire::{Frame, Span, ToMember, limits};

/// What is older than this comes too late to be heard in its time, and isn't sent again.
const LATELY: Duration = Duration::from_millis(1500);

/// What is fetched of one talker.
struct Hole {
    fetch: adapt::Backfill,
    /// What the listeners are told once it is known that something comes of it.
    untold: Option<Span>,
    /// When there may be something to ask for.
    due: Time,
}

impl Hole {
    /// Asks the talker on this line for what is missing.
    fn ask(&mut self, conn: ConnId, cx: &mut RoomContext<'_>) {
        while let Some(request) = self.fetch.ask(cx.now) {
            cx.out.datagram(conn, request.encode());
        }
        self.due = self.fetch.due();
    }
}

/// Frames that are missing of a talker: those between two that are there, or that the talker has told of.
struct Gap {
    had: FrameNo,
    next: FrameNo,
    /// When both were said, in milliseconds of the group's time.
    from_ms: u64,
    to_ms: u64,
}

impl Gap {
    /// How many frames are missing.
    fn missing(&self) -> u16 {
        u16::try_from(self.next.since(self.had).saturating_sub(1)).unwrap_or(0)
    }
}

/// What was said lately in a room, and what is missing of it: at most one hole for each talker.
pub(super) struct Backfiller {
    clock: GroupClock,
    history: FrameHistory,
    holes: BTreeMap<SeatId, Hole>,
    due: Time,
}

impl Backfiller {
    pub(super) fn new(clock: GroupClock) -> Self {
        Self { clock, history: FrameHistory::default(), holes: BTreeMap::new(), due: Time::NEVER }
    }

    /// When [`Self::run`] is due.
    pub(super) fn due(&self) -> Time {
        self.due
    }

    /// The frames that may still be heard in their time.
    pub(super) fn recent(&self, now: Time) -> Recent<'_> {
        self.history.recent(self.clock.ms(now).saturating_sub(LATELY.as_millis() as u64))
    }

    /// Keeps frames of the full layer that are forwarded now.
    pub(super) fn keep(&mut self, frames: &[Frame], now: Time) {
        let at_ms = self.clock.ms(now);
        frames.iter().filter(|frame| !frame.head.is_thin()).for_each(|frame| self.history.keep(frame, at_ms));
    }

    // For listeners.

    /// A listener wants frames that it has missed.
    pub(super) fn give(&self, id: SeatId, request: &BackfillRequest, cx: &mut RoomContext<'_>) {
        let Some(seat) = cx.seats.welcomed_mut(id) else { return };
        if request.seat == id {
            return;
        }
        let Some(conn) = seat.conn else { return };
        // What was said before a member came in is not for that member, who couldn't open it either.
        let since_ms = seat.hears_from_ms;
        let hole = self.holes.get(&request.seat);
        let coming = |number| hole.is_some_and(|hole| hole.fetch.wants(request.seat, number));
        if let Ok(bytes) = self.history.answer(request, since_ms, coming).encode() {
            cx.out.datagram(conn, bytes);
        }
    }

    /// A listener wants to know what it has missed since a moment of the group's time, beyond the frames that it has.
    /// Talkers who are `let_through` are asked for what they said while the relay was away.
    pub(super) fn list(
        &mut self,
        id: SeatId,
        since_ms: u64,
        have: Vec<(SeatId, FrameNo)>,
        let_through: impl Fn(SeatId) -> bool,
        cx: &mut RoomContext<'_>,
    ) {
        for (talker, number) in have.iter().filter(|(talker, _)| *talker != id && let_through(*talker)) {
            cx.seats.get_mut(*talker).into_iter().for_each(|seat| seat.up.heard_before_outage(*number));
            self.bridge_outage(*talker, since_ms, cx);
        }
        let Some(seat) = cx.seats.welcomed_mut(id) else { return };
        let Some(conn) = seat.conn else { return };
        let since_ms = since_ms.max(seat.hears_from_ms);
        let spans = self.history.spans(since_ms, &have.into_iter().collect(), id);
        cx.out.tell(conn, &ToMember::Missed(spans));
    }

    // From talkers.

    /// A talker's frames are about to be taken: do they show that others before them are missing? These are fetched if the
    /// talker is `let_through`.
    pub(super) fn note(&mut self, talker: SeatId, frames: &[Frame], let_through: bool, cx: &mut RoomContext<'_>) {
        let own = |frame: &&Frame| frame.head.kid.seat() == talker && !frame.head.is_thin();
        for frame in frames.iter().filter(own) {
            if let Some(gap) = self.note_frame(talker, frame, cx).filter(|_| let_through) {
                self.want(talker, gap, cx);
            }
        }
        if let_through {
            self.bridge_outage(talker, 0, cx);
        }
    }

    /// Fetches what a talker said while the relay was away, from this moment of the group's time on, as soon as it's known.
    fn bridge_outage(&mut self, talker: SeatId, from_ms: u64, cx: &mut RoomContext<'_>) {
        let outage = cx.seats.get_mut(talker).and_then(|seat| seat.up.take_outage());
        if let Some((had, next, to_ms)) = outage {
            self.want(talker, Gap { had, next, from_ms, to_ms }, cx);
        }
    }

    /// The gap before a talker's frame, if it is new and shows one.
    fn note_frame(&mut self, talker: SeatId, frame: &Frame, cx: &mut RoomContext<'_>) -> Option<Gap> {
        let (now, at_ms) = (cx.now, self.clock.ms(cx.now));
        let seat = cx.seats.welcomed_mut(talker)?;
        if !seat.up.is_new(&frame.head) {
            return None;
        }
        let number = frame.head.number;
        if let Some(hole) = self.holes.get_mut(&talker) {
            hole.fetch.settle(talker, number);
        }
        seat.up.talked(now);
        seat.up.first_after_outage(number, at_ms);
        let newest = seat.up.newest();
        let last = seat.up.last.unwrap_or(LastFrame { came: seat.seated, at_ms: 0 });
        let anew = std::mem::take(&mut seat.up.anew);
        if number.since(newest) <= 0 {
            return None;
        }
        seat.up.last = Some(LastFrame { came: now, at_ms });
        // What such a line loses in a row now and then is no hole.
        if now.since(last.came) < HOLE_TIME || number.since(newest) <= seat.up.receiver.hole_from().cast_signed() {
            return None;
        }
        // What the line loses otherwise is to be found out anew.
        seat.up.receiver.interrupted();
        (!anew).then_some(Gap { had: newest, next: number, from_ms: last.at_ms, to_ms: at_ms })
    }

    /// A talker tells its newest frame. What is missing up to there is fetched if the talker is `let_through`.
    pub(super) fn note_newest(&mut self, talker: SeatId, newest: FrameNo, let_through: bool, cx: &mut RoomContext<'_>) {
        let Some(seat) = cx.seats.welcomed(talker).filter(|seat| !seat.up.anew) else { return };
        let from_ms = seat.up.last.map_or(0, |last| last.at_ms);
        let gap = Gap { had: seat.up.newest(), next: newest.next(), from_ms, to_ms: self.clock.ms(cx.now) };
        if gap.missing() < seat.up.receiver.hole_from() {
            return;
        }
        let known = self.holes.get(&talker).is_some_and(|hole| hole.fetch.wants(talker, newest));
        if !known && let_through {
            self.want(talker, gap, cx);
        }
    }

    /// Fetches a gap, if it is long enough.
    fn want(&mut self, talker: SeatId, gap: Gap, cx: &mut RoomContext<'_>) {
        let (missing, Gap { next, from_ms, to_ms, .. }) = (gap.missing(), gap);
        if missing < hole_from(1.0) {
            return;
        }
        let count = missing.min(LONGEST_HOLE);
        let first = FrameNo(next.0.wrapping_sub(count));
        let from_ms = from_ms.max(to_ms.saturating_sub(limits::PAST_TIME.as_millis() as u64));
        let fetch = || adapt::Backfill::new(usize::from(LONGEST_HOLE), limits::HOLE_RUNS);
        let hole = self.holes.entry(talker).or_insert_with(|| Hole { fetch: fetch(), untold: None, due: Time::NEVER });
        hole.fetch.want(talker, first, count, from_ms, to_ms);
        hole.untold = Some(Span { seat: talker, first, count, from_ms, to_ms });
        self.fetch_from(talker, cx);
    }

    /// A talker sends what was asked of it.
    pub(super) fn take(&mut self, talker: SeatId, answer: BackfillAnswer, cx: &mut RoomContext<'_>) {
        let now_ms = self.clock.ms(cx.now);
        let Some(hole) = self.holes.get_mut(&talker).filter(|_| answer.seat == talker) else { return };
        for number in answer.first.named_by(answer.gone) {
            hole.fetch.settle(talker, number);
        }
        let mut came = 0;
        let Some(seat) = cx.seats.get_mut(talker) else { return };
        for (at_ms, frame) in answer.frames {
            if !hole.fetch.settle(talker, frame.head.number) {
                continue; // Nobody has asked for it.
            }
            seat.up.mark_fetched(frame.head.number);
            // A member's clock that is wrong must not put its words before or after everybody's.
            let oldest = now_ms.saturating_sub(limits::PAST_TIME.as_millis() as u64);
            self.history.keep(&frame, u64::from(at_ms).clamp(oldest, now_ms));
            came += 1;
        }
        hole.fetch.answered(talker, answer.first, came, answer.gone != 0, cx.now);
        let untold = if came > 0 { hole.untold.take() } else { None };
        if hole.fetch.is_empty() {
            self.holes.remove(&talker);
        }
        if let Some(span) = untold {
            let others = cx.seats.iter().filter(|(id, _)| *id != talker).flat_map(|(_, seat)| seat.told());
            cx.out.tell_all(others, &ToMember::Missed(vec![span]));
        }
        self.fetch_from(talker, cx);
    }

    /// A talker has a new line: what was asked of it on the old one is asked for again.
    pub(super) fn restart(&mut self, talker: SeatId) {
        if let Some(hole) = self.holes.get_mut(&talker) {
            hole.fetch.restart();
        }
    }

    /// What this seat says while it doesn't have the floor is not fetched. What it has said before stays for those who have
    /// missed it.
    pub(super) fn begin_anew(&mut self, talker: SeatId, seats: &mut Seats) {
        self.holes.remove(&talker);
        if let Some(seat) = seats.get_mut(talker) {
            seat.up.begin_anew();
        }
    }

    /// Nothing that this seat has said is kept, and nothing of it is fetched.
    pub(super) fn forget(&mut self, talker: SeatId, seats: &mut Seats) {
        self.history.forget(talker);
        self.begin_anew(talker, seats);
    }

    // Time.

    /// Asks talkers for what is missing of them.
    pub(super) fn run(&mut self, cx: &mut RoomContext<'_>) {
        self.fetch(cx);
        self.due = self.fetch_due(cx.seats);
    }

    /// Lets go of what is too old, and of all beyond `most` bytes.
    pub(super) fn expire(&mut self, most: usize, cx: &mut RoomContext<'_>) {
        let oldest = self.clock.ms(cx.now).saturating_sub(limits::PAST_TIME.as_millis() as u64);
        self.history.limit(most.min(limits::PAST_ROOM));
        self.history.expire(oldest);
        self.holes.retain(|_, hole| {
            hole.fetch.expire(oldest);
            !hole.fetch.is_empty()
        });
        self.fetch(cx);
    }

    fn fetch(&mut self, cx: &mut RoomContext<'_>) {
        for (talker, hole) in &mut self.holes {
            if let Some(conn) = cx.seats.get(*talker).and_then(Seat::listening) {
                hole.ask(conn, cx);
            }
        }
        self.due = self.due.min(self.fetch_due(cx.seats));
    }

    /// Asks one talker alone, so that what one does costs no more where others are asked too.
    fn fetch_from(&mut self, talker: SeatId, cx: &mut RoomContext<'_>) {
        if let Some(hole) = self.holes.get_mut(&talker)
            && let Some(conn) = cx.seats.get(talker).and_then(Seat::listening)
        {
            hole.ask(conn, cx);
            self.due = self.due.min(hole.due);
        }
    }

    fn fetch_due(&self, seats: &Seats) -> Time {
        let here = |talker: &SeatId| seats.get(*talker).and_then(Seat::listening).is_some();
        let due = self.holes.iter().filter(|(talker, _)| here(talker)).map(|(_, hole)| hole.due);
        due.min().unwrap_or(Time::NEVER)
    }
}
