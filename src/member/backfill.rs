//! Backfill, both ways: what I have missed is fetched, and heard before what is live; what I said while my line was cut is
//! fetched from me.
//!
//! While something is missed, all that comes later waits behind it, so that everything is heard once and in the order in
//! which it was said. What waits goes on to playout as soon as nothing before it is missed any more; there it's played faster
//! than it was said, until it's live again.

mod behind;
mod gaps;
mod own_frames;
mod words_lost;

use std::time::Duration;

use self::behind::Behind;
use self::gaps::{Before, Gaps};
use self::own_frames::OwnFrames;
use self::words_lost::WordsLost;
use super::audible;
use super::context::Context;
use super::effect::{Effect, Heard};
use super::log::Log;
use super::reception::ReceptionReports;
use crate::adapt::{HOLE_TIME, hole_from};
use crate::crypto::frame::Opened;
use crate::ids::{FrameNo, SeatId, SeatSet, Time};
use crate::session::{Event, Trouble};
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, NewestFrame};
use crate::wire::{Frame, Span, ToRelay};

/// A line without a packet for this long was cut.
const CUT: Duration = Duration::from_secs(5);
/// A moment before a cut is asked for too: clocks are read on both sides.
const MARGIN_MS: u64 = 1000;
/// What is missed for longer than this doesn't come any more.
const GIVE_UP: Duration = Duration::from_secs(180);
/// How often at most I ask what there is to fetch.
const LIST_EVERY: Duration = Duration::from_secs(1);
/// This long after the end of a spurt the relay is told my newest number, so that it knows whether the end is missing; then
/// again, this far apart, and this often in all.
const HEAD_AFTER: Duration = Duration::from_secs(1);
const HEAD_AGAIN: Duration = Duration::from_secs(2);
const HEADS: u8 = 2;

/// What I have missed, and what I can give to those who have missed me.
pub(super) struct Backfiller {
    gaps: Gaps,
    /// When anything came from the relay last.
    alive: Time,
    /// The number of the newest bundle, and when it came.
    bundle: Option<(u8, Time)>,
    /// Since which moment of the group's time I may have missed something.
    list: Option<u64>,
    listed: Time,
    own: OwnFrames,
    /// When what playout plays now, and is not live, was said.
    playing: Option<u64>,
    behind: Behind,
    /// The seats that had no floor when that was last looked at.
    silenced: SeatSet,
    /// When my newest number is to be told, and how often yet.
    head: Option<(Time, u8)>,
    /// From how many missing frames on they are a hole on my way down.
    hole_from: u16,
    words_lost: WordsLost,
}

impl Backfiller {
    pub(super) fn new(now: Time) -> Self {
        Self {
            gaps: Gaps::new(),
            alive: now,
            bundle: None,
            list: None,
            listed: Time(0),
            own: OwnFrames::default(),
            playing: None,
            behind: Behind::new(now),
            silenced: SeatSet::default(),
            head: None,
            hole_from: hole_from(1.0),
            words_lost: WordsLost::default(),
        }
    }

    fn is_catching_up(&self) -> bool {
        self.gaps.are_open() || self.playing.is_some()
    }

    /// When [`Self::watch`] is due.
    pub(super) fn due(&self, cx: &Context) -> Time {
        if !cx.is_live() {
            return Time::NEVER;
        }
        let list = self.list.map_or(Time::NEVER, |_| self.listed + LIST_EVERY);
        let head = self.head.map_or(Time::NEVER, |(due, _)| due);
        self.gaps.due().min(list).min(head).min(self.words_lost.due()).min(self.behind.due(self.is_catching_up()))
    }

    /// Something came from the relay. If nothing had for long, I may have missed what was said.
    pub(super) fn alive(&mut self, cx: &Context) {
        let before = std::mem::replace(&mut self.alive, cx.now);
        if cx.now.since(before) >= CUT {
            self.missed_since(before, cx);
        }
    }

    /// Nothing may have come since then: what there was is to be asked for, and what I said offered.
    fn missed_since(&mut self, since: Time, cx: &Context) {
        if cx.room.me.is_none() {
            return;
        }
        let since_ms = cx.group_ms().saturating_sub(cx.now.since(since).as_millis() as u64 + MARGIN_MS);
        self.list = Some(self.list.map_or(since_ms, |before| before.min(since_ms)));
        self.head = Some((cx.now, HEADS));
    }

    /// A new link: nothing is on its way on it.
    pub(super) fn restart(&mut self, cx: &Context) {
        self.gaps.restart();
        self.missed_since(self.alive, cx);
    }

    /// A bundle came. Whether many before it didn't, because the line was cut: `least` or more, and for long.
    pub(super) fn shows_cut(&mut self, sequence: u8, least: u16, cx: &Context) -> bool {
        let Some((last, at)) = self.bundle.replace((sequence, cx.now)) else { return false };
        let ahead = sequence.wrapping_sub(last) & 0x7f;
        let long = cx.now.since(at) >= HOLE_TIME;
        if ahead >= 64 && !long {
            self.bundle = Some((last, at));
        }
        let cut = u16::from(ahead) > least && long;
        if cut {
            self.missed_since(at, cx);
        }
        cut
    }

    /// A frame came that is live, over a line on which `least` missing frames or more are a cut.
    pub(super) fn hear_live(&mut self, heard: Heard, least: u16, reports: &mut ReceptionReports, cx: &mut Context) {
        self.hole_from = least;
        let before = self.gaps.note_live(&heard, least.max(reports.hole_from(heard.seat)), cx.now);
        if let Before::Lost(row) = before {
            self.words_lost.note(row, cx.now);
        }
        let hole = matches!(before, Before::Hole);
        reports.hear(heard.seat, heard.number, heard.count, hole, cx.now);
        if self.gaps.are_open() {
            self.gaps.place(heard);
            self.hear_ready(cx);
        } else {
            cx.effects.push(Effect::Play(heard));
        }
        self.request(cx);
    }

    /// Notes whether this seat has the floor. What it didn't get through to anybody is not missed.
    fn look_at_floor(&mut self, seat: SeatId, cx: &Context) {
        let silenced = cx.room.floor_muted(seat);
        if silenced == self.silenced.contains(seat) {
            return;
        }
        if silenced {
            self.silenced.insert(seat);
        } else {
            self.silenced.remove(seat);
        }
        self.gaps.begin_anew(seat);
    }

    /// An entry of the log was applied, or something is due by the group's time: the floor is looked at.
    pub(super) fn follow_floor(&mut self, cx: &Context) {
        cx.seats().iter().for_each(|seat| self.look_at_floor(seat, cx));
    }

    fn hear_ready(&mut self, cx: &mut Context) {
        for heard in self.gaps.ready() {
            self.playing.get_or_insert(heard.at_ms);
            cx.effects.push(Effect::Play(heard));
        }
        self.tell_behind(cx);
    }

    fn tell_behind(&mut self, cx: &mut Context) {
        let first = self.gaps.first().map(|(_, at_ms)| at_ms);
        self.behind.tell(first.into_iter().chain(self.playing).min(), cx);
    }

    /// When what is being played was said, in milliseconds of the group's time; `None` once it's live again.
    pub(super) fn playing(&mut self, at_ms: Option<u64>, cx: &mut Context) {
        self.playing = at_ms;
        self.tell_behind(cx);
    }

    /// How many seconds behind others are.
    pub(super) fn others_behind(all: Vec<(SeatId, u8)>, cx: &mut Context) {
        behind::others(all, cx);
    }

    /// I don't want to hear what I have missed.
    pub(super) fn skip_missed(&mut self, cx: &mut Context) {
        if self.is_catching_up() {
            self.gaps.skip();
            self.playing = None;
            self.list = None;
            cx.effects.push(Effect::SkipMissed);
            self.tell_behind(cx);
        }
    }

    /// What the relay has that I may have missed.
    pub(super) fn missed(&mut self, spans: Vec<Span>, cx: &mut Context) {
        let now_ms = cx.group_ms();
        let oldest = now_ms.saturating_sub(GIVE_UP.as_millis() as u64);
        for span in spans {
            if audible::late(span.seat, &cx.room) {
                let (from_ms, to_ms) = (span.from_ms.clamp(oldest, now_ms), span.to_ms.clamp(oldest, now_ms));
                self.gaps.note_span(Span { from_ms, to_ms, ..span }, self.hole_from, cx.now);
            }
        }
        self.hear_ready(cx);
        self.request(cx);
    }

    /// Some of what I asked for has come, or is gone.
    pub(super) fn answered(&mut self, answer: BackfillAnswer, log: &mut Log, cx: &mut Context) {
        let BackfillAnswer { seat, first, gone, frames } = answer;
        let count = frames.len();
        for number in first.named_by(gone) {
            self.gaps.give_up(seat, number);
        }
        for (at_ms, frame) in frames {
            self.late_frame(seat, at_ms.into(), &frame, log, cx);
        }
        self.gaps.answered(seat, first, count, gone != 0, cx.now);
        self.hear_ready(cx);
        self.request(cx);
    }

    fn late_frame(&mut self, seat: SeatId, at_ms: u64, frame: &Frame, log: &mut Log, cx: &mut Context) {
        let number = frame.head.number;
        if !self.gaps.wants(seat, number) {
            return;
        }
        let Some(frames) = log.frames().filter(|_| seat == frame.head.kid.seat() && !frame.head.is_thin()) else {
            return;
        };
        match frames.open(frame, cx.now) {
            Opened::Plain(plain) => {
                self.gaps.came(seat, number);
                match audible::packet(&frame.head, &plain, at_ms).filter(|_| audible::late(seat, &cx.room)) {
                    Some(heard) => self.gaps.place(heard),
                    None => self.gaps.give_up(seat, number),
                }
            }
            Opened::Alarm(seat) => {
                self.gaps.give_up(seat, number);
                audible::bad_sound(seat, cx);
            }
            // The keys are gone, or were never mine, or it came before.
            Opened::Replayed | Opened::Failed | Opened::Dropped | Opened::Early => self.gaps.give_up(seat, number),
        }
    }

    fn request(&mut self, cx: &mut Context) {
        if !cx.is_live() {
            return;
        }
        while let Some(request) = self.gaps.request(cx.now) {
            cx.datagram(request.encode());
        }
    }

    /// A frame of mine was sealed. It's kept for as long as it may be missed.
    pub(super) fn keep_own(&mut self, frame: &Frame, cx: &Context) {
        if frame.head.end {
            self.head = Some((cx.now + HEAD_AFTER, HEADS));
        }
        self.own.keep(frame, cx.group_ms());
    }

    /// Somebody has missed what I said: they get it, unless I am muted by now.
    pub(super) fn answer(&mut self, request: &BackfillRequest, cx: &mut Context) {
        if Some(request.seat) == cx.room.me
            && !cx.room.am_floor_muted()
            && let Some(datagram) = self.own.answer(request, cx.now)
        {
            cx.datagram(datagram);
        }
    }

    /// This seat is muted on the floor, or may speak again: nothing of before is heard or given.
    pub(super) fn forget_past(&mut self, seat: SeatId, cx: &mut Context) {
        if Some(seat) == cx.room.me {
            self.own = OwnFrames::default();
            self.head = None;
        } else if self.is_catching_up() {
            self.gaps.forget_waiting(seat);
            cx.effects.push(Effect::Forget(seat));
        }
    }

    /// Somebody left: the next in the seat is another.
    pub(super) fn forget_talker(&mut self, seat: SeatId, cx: &mut Context) {
        self.gaps.forget_talker(seat);
        self.words_lost.forget(seat);
        cx.room.behind.remove(&seat);
    }

    /// Asks for what is missed, and offers what I said. Whether something was sent that shows the relay that I am there.
    pub(super) fn watch(&mut self, cx: &mut Context) -> bool {
        if !cx.is_live() {
            return false;
        }
        let head = self.head;
        for last in self.gaps.broken_off(cx.now) {
            self.missed_since(last, cx);
        }
        self.head = head;
        if let Some(since_ms) = self.list.take_if(|_| cx.now.since(self.listed) >= LIST_EVERY) {
            self.listed = cx.now;
            cx.send(ToRelay::Missed { since_ms, have: self.gaps.newest() });
        }
        self.gaps.give_up_before(cx.group_ms().saturating_sub(GIVE_UP.as_millis() as u64));
        self.tell_words_lost(cx);
        let newest = self.newest_due(cx.now);
        if let Some(newest) = newest {
            cx.datagram(NewestFrame(newest).encode());
        }
        self.hear_ready(cx);
        self.request(cx);
        self.behind.looked(cx.now);
        newest.is_some()
    }

    /// Says whose words never came, so that they can be said again.
    fn tell_words_lost(&mut self, cx: &mut Context) {
        let gaps = &self.gaps;
        if let Some((seat, ms)) = self.words_lost.take(|seat, number| gaps.is_missing(seat, number), cx.now) {
            let (name, seconds) = (cx.name(seat), u16::try_from(ms.div_ceil(1000)).unwrap_or(u16::MAX));
            cx.tell(Event::Trouble(Trouble::WordsLost { name, seconds }));
        }
    }

    /// My newest number, if it's time to tell it.
    fn newest_due(&mut self, now: Time) -> Option<FrameNo> {
        let (due, left) = self.head.filter(|(due, _)| *due <= now)?;
        self.head = (left > 1).then(|| (due.max(now) + HEAD_AGAIN, left - 1));
        self.own.newest()
    }
}
