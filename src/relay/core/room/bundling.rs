//! What goes out together: frames of all who talk at the same time, in one datagram a listener.
//!
//! One talker's frames go out as they come. Where several talk, a frame waits for those of the others, up to two thirds of
//! the time between two frames; so all of them soon go out with the one that comes last.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Room;
use crate::adapt::Repeats;
use crate::ids::{SeatId, Time};
use crate::relay::core::Outbox;
use crate::relay::core::downlink::Names;
use crate::wire::{DownBundle, Frame, Sent, bundle};

/// No frame waits longer for others.
const HOLD: Duration = Duration::from_millis(40);
/// Who was heard within this time and has not ended still talks.
const TALKS: Duration = Duration::from_millis(200);

/// What waits for the next bundle.
#[derive(Default)]
pub(super) struct Pending {
    frames: BTreeMap<SeatId, Vec<Frame>>,
    due: Option<Time>,
    /// Who talks, and since when nothing came.
    active: BTreeMap<SeatId, Time>,
}

impl Pending {
    pub(super) fn due(&self) -> Time {
        self.due.unwrap_or(Time::NEVER)
    }

    /// Nothing of this talker goes out any more.
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.frames.remove(&talker);
        self.active.remove(&talker);
    }

    /// Takes a talker's frames, which follow each other after `interval`. Whether all go out now.
    fn add(&mut self, talker: SeatId, frames: Vec<Frame>, interval: Duration, now: Time) -> bool {
        if frames.iter().any(|frame| frame.head.end) {
            self.active.remove(&talker);
        } else {
            self.active.insert(talker, now);
        }
        self.active.retain(|_, heard| now.since(*heard) < TALKS);
        self.frames.entry(talker).or_default().extend(frames);
        let hold = now + (interval * 2 / 3).min(HOLD);
        self.due = Some(self.due.map_or(hold, |due| due.min(hold)));
        self.active.keys().all(|active| self.frames.contains_key(active))
    }
}

/// What makes listeners' bundles differ: what their lines need, and that nobody hears themselves.
pub(super) type Kind = (Option<SeatId>, Repeats, usize);

impl Room {
    /// Passes on what a talker said: with what others say at the same time, or `at_once`.
    pub(super) fn pass(&mut self, talker: SeatId, frames: Vec<Frame>, at_once: bool, now: Time, out: &mut Outbox) {
        if self.pending.frames.contains_key(&talker) {
            self.flush(now, out);
        }
        let interval = self.seats.get(&talker).map_or(HOLD, |seat| seat.up.asks.interval());
        if self.pending.add(talker, frames, interval, now) || at_once {
            self.flush(now, out);
        }
    }

    /// Sends what waits.
    pub(super) fn flush(&mut self, now: Time, out: &mut Outbox) {
        self.pending.due = None;
        let pending = std::mem::take(&mut self.pending.frames);
        if pending.is_empty() {
            return;
        }
        let mut rings = std::mem::take(&mut self.rings);
        rings.retain(|seat, ring| pending.contains_key(seat) || !ring.is_old(now));
        let order: Vec<SeatId> = self.talkers.order().collect();
        let frames = |(own, repeats, voices): Kind| {
            let place = |seat| order.iter().filter(|other| Some(**other) != own).position(|other| *other == seat);
            let heard = |seat: &SeatId| Some(*seat) != own && place(*seat).unwrap_or(usize::MAX - 1) < voices.max(1);
            let new: Vec<&Frame> = pending.iter().filter(|(seat, _)| heard(seat)).flat_map(|(_, new)| new).collect();
            let again = pending.keys().filter(|seat| heard(seat)).filter_map(|seat| rings.get(seat));
            let again = again.flat_map(|ring| ring.behind(repeats, now)).filter(|frame| !new.contains(frame));
            let mut frames: Vec<Frame> = new.iter().copied().chain(again).cloned().collect();
            bundle::fit(&mut frames, new.len());
            frames
        };
        let lossy = self.send(|seat| pending.contains_key(&seat).then_some(seat), frames, now, out);
        for (talker, new) in pending {
            let end = lossy && new.iter().any(|frame| frame.head.end);
            rings.entry(talker).or_default().push(new, end, now);
        }
        self.rings = rings;
    }

    /// Sends each listener the frames of its kind. Whether anybody's line needs some again.
    pub(super) fn send(
        &mut self,
        own: impl Fn(SeatId) -> Option<SeatId>,
        frames: impl Fn(Kind) -> Vec<Frame>,
        now: Time,
        out: &mut Outbox,
    ) -> bool {
        let sent = Sent::at(now);
        let lately = self.lately_ms(now);
        let encode = |frames: &[Frame]| DownBundle { sequence: 0, sent, frames: frames.to_vec() }.encode().ok();
        let mut kinds: BTreeMap<Kind, (Vec<Frame>, Option<Vec<u8>>)> = BTreeMap::new();
        let mut lossy = false;
        for (id, seat) in &mut self.seats {
            let Some(conn) = seat.listening() else { continue };
            let kind = (own(*id), seat.down.repeats(now), seat.down.voices());
            lossy |= kind.1 != Repeats::NONE;
            let (frames, bytes) = kinds.entry(kind).or_insert_with(|| {
                let frames = frames(kind);
                let bytes = encode(&frames);
                (frames, bytes)
            });
            let asked = seat.down.behind();
            let asked = asked.into_iter().filter_map(|(talker, number)| self.holes.find(talker, number, lately));
            let behind: Vec<Frame> = asked.filter(|frame| !frames.contains(frame)).cloned().collect();
            let (names, bytes) = if behind.is_empty() {
                (names(frames), bytes.clone())
            } else {
                let mut all = [frames.as_slice(), &behind].concat();
                bundle::fit(&mut all, frames.len());
                (names(&all), encode(&all))
            };
            if let Some(mut bytes) = bytes {
                bytes[0] = seat.down.send(names);
                out.datagram(conn, bytes);
            }
        }
        lossy
    }
}

fn names(frames: &[Frame]) -> Names {
    frames.iter().map(|frame| (frame.head.kid.seat(), frame.head.number)).collect()
}
