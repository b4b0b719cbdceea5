//! What goes out together: frames of all who talk at the same time, in one datagram a listener.
//!
//! One talker's frames go out as they come. Where several talk, a frame waits for those of the others, up to two thirds of
//! the time between two frames; so all of them soon go out with the one that comes last.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Rings, Room};
use crate::adapt::Redundancy;
use crate::ids::{SeatId, Time};
use crate::relay::core::Outbox;
use crate::relay::core::downlink::{Name, Names};
use crate::relay::core::seat::Seat;
use crate::wire::{DownBundle, Frame, SendStamp, bundle};

/// No frame waits longer for others.
const HOLD: Duration = Duration::from_millis(40);
/// And none of the thin layer, so that two who talk at the same time are always in one.
const HOLD_THIN: Duration = Duration::from_millis(60);
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

    /// Takes a talker's frames, which may wait so long. Whether all go out now.
    fn add(&mut self, talker: SeatId, frames: Vec<Frame>, hold: Duration, now: Time) -> bool {
        if frames.iter().any(|frame| frame.head.end) {
            self.active.remove(&talker);
        } else {
            self.active.insert(talker, now);
        }
        self.active.retain(|_, heard| now.since(*heard) < TALKS);
        self.frames.entry(talker).or_default().extend(frames);
        let hold = now + hold;
        self.due = Some(self.due.map_or(hold, |due| due.min(hold)));
        self.active.keys().all(|active| self.frames.contains_key(active))
    }
}

/// What makes listeners' bundles differ: which of the new frames they get, one bit each, and what their lines need again.
pub(super) type Kind = (u64, Redundancy);

impl Room {
    /// Passes on what a talker said: with what others say at the same time, or `at_once`.
    pub(super) fn pass(&mut self, talker: SeatId, frames: Vec<Frame>, at_once: bool, now: Time, out: &mut Outbox) {
        let interval = self.seats.get(&talker).map_or(HOLD, |seat| seat.up.nack.interval());
        self.choose_layers(talker, &frames, interval, now);
        let (mut thin, full): (Vec<Frame>, Vec<Frame>) = frames.into_iter().partition(|frame| frame.head.is_thin());
        // What nobody gets must not keep apart what else would go together.
        thin.retain(|frame| self.seats.iter().any(|(id, seat)| self.wanted(*id, seat, &[frame], now) != 0));
        for (thin, frames) in [(false, full), (true, thin)] {
            if frames.is_empty() {
                continue;
            }
            if self.pending[usize::from(thin)].frames.contains_key(&talker) {
                self.flush(thin, now, out);
            }
            let hold = if thin { HOLD_THIN } else { (interval * 2 / 3).min(HOLD) };
            if self.pending[usize::from(thin)].add(talker, frames, hold, now) || at_once {
                self.flush(thin, now, out);
            }
        }
    }

    /// When [`Room::flush_due`] has something to send.
    pub(super) fn pending_due(&self) -> Time {
        self.pending.iter().map(Pending::due).min().unwrap_or(Time::NEVER)
    }

    /// Sends what has waited long enough.
    pub(super) fn flush_due(&mut self, now: Time, out: &mut Outbox) {
        for thin in [false, true] {
            if self.pending[usize::from(thin)].due() <= now {
                self.flush(thin, now, out);
            }
        }
    }

    /// Sends what waits in one layer.
    fn flush(&mut self, thin: bool, now: Time, out: &mut Outbox) {
        let waiting = &mut self.pending[usize::from(thin)];
        waiting.due = None;
        let pending = std::mem::take(&mut waiting.frames);
        if pending.is_empty() {
            return;
        }
        let mut rings = std::mem::take(&mut self.rings);
        rings.retain(|(seat, layer), ring| pending.contains_key(seat) && *layer == thin || !ring.is_old(now));
        let all: Vec<&Frame> = pending.values().flatten().take(u64::BITS as usize).collect();
        let wanted = |listener: SeatId, seat: &Seat| self.wanted(listener, seat, &all, now);
        let wanted: BTreeMap<SeatId, u64> = self.seats.iter().map(|(id, seat)| (*id, wanted(*id, seat))).collect();
        let frames = |(which, repeats): Kind| {
            let new: Vec<&Frame> =
                (0..).zip(&all).filter(|(bit, _)| which >> bit & 1 == 1).map(|(_, new)| *new).collect();
            let talkers: BTreeSet<SeatId> = new.iter().map(|frame| frame.head.kid.seat()).collect();
            let again = talkers.iter().filter_map(|seat| rings.get(&(*seat, thin)));
            let again = again.flat_map(|ring| ring.behind(repeats, now)).filter(|frame| !new.contains(frame));
            let mut frames: Vec<Frame> = new.iter().copied().chain(again).cloned().collect();
            bundle::fit(&mut frames, new.len());
            frames
        };
        let lossy = self.send(&wanted, frames, &rings, now, out);
        for (talker, new) in pending {
            let end = lossy && new.iter().any(|frame| frame.head.end);
            rings.entry((talker, thin)).or_default().push(new, end, now);
        }
        self.rings = rings;
    }

    /// Which of these frames a listener gets, one bit each.
    fn wanted(&self, listener: SeatId, seat: &Seat, frames: &[&Frame], now: Time) -> u64 {
        let fit = self.fit(listener, seat, now);
        let bits = (0..).zip(frames).filter(|(_, frame)| self.gets(listener, seat, fit, frame));
        bits.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }

    /// A frame that was sent lately: of the full layer from what is kept of all that is said, of the thin one from its ring.
    pub(super) fn find<'a>(&'a self, rings: &'a Rings, (talker, number, thin): Name, now: Time) -> Option<&'a Frame> {
        if thin {
            rings.get(&(talker, true))?.all(now).find(|frame| frame.head.number == number)
        } else {
            self.backfill.find(talker, number, self.lately_ms(now))
        }
    }

    /// Sends each listener the frames of its kind, if it wants any. Whether anybody's line needs some again.
    pub(super) fn send(
        &mut self,
        wanted: &BTreeMap<SeatId, u64>,
        frames: impl Fn(Kind) -> Vec<Frame>,
        rings: &Rings,
        now: Time,
        out: &mut Outbox,
    ) -> bool {
        let sent = SendStamp::at(now);
        let encode = |frames: &[Frame]| DownBundle { sequence: 0, sent, frames: frames.to_vec() }.encode().ok();
        let mut kinds: BTreeMap<Kind, (Vec<Frame>, Option<Vec<u8>>)> = BTreeMap::new();
        let mut lossy = false;
        for (id, which) in wanted.iter().filter(|(_, which)| **which != 0) {
            let Some(seat) = self.seats.get_mut(id) else { continue };
            let Some(conn) = seat.listening() else { continue };
            let kind = (*which, seat.down.repeats(now));
            lossy |= kind.1 != Redundancy::NONE;
            let asked = seat.down.behind();
            let (frames, bytes) = kinds.entry(kind).or_insert_with(|| {
                let frames = frames(kind);
                let bytes = encode(&frames);
                (frames, bytes)
            });
            let asked = asked.into_iter().filter_map(|name| self.find(rings, name, now));
            let behind: Vec<Frame> = asked.filter(|frame| !frames.contains(frame)).cloned().collect();
            let (names, bytes) = if behind.is_empty() {
                (names(frames), bytes.clone())
            } else {
                let mut all = [frames.as_slice(), &behind].concat();
                bundle::fit(&mut all, frames.len());
                (names(&all), encode(&all))
            };
            let Some(seat) = self.seats.get_mut(id) else { continue };
            if let Some(mut bytes) = bytes {
                bytes[0] = seat.down.send(names, now);
                out.datagram(conn, bytes);
            }
        }
        lossy
    }
}

fn names(frames: &[Frame]) -> Names {
    frames.iter().map(|frame| (frame.head.kid.seat(), frame.head.number, frame.head.is_thin())).collect()
}
