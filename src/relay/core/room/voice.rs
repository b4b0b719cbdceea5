//! Voice: whose frames go to whom, and which go again to whom.

use std::collections::BTreeMap;

use super::Room;
use crate::adapt::Repeats;
use crate::ids::{SeatId, Time};
use crate::relay::core::Outbox;
use crate::wire::{DownBundle, Frame, Pulse, UpBundle, bundle};

impl Room {
    pub(in crate::relay::core) fn datagram(&mut self, id: SeatId, bytes: &[u8], now: Time, out: &mut Outbox) {
        if !bundle::is_bundle(bytes) {
            if let (Ok(Pulse(loss)), Some(seat)) = (Pulse::decode(bytes), self.seats.get_mut(&id)) {
                seat.reported(loss, now);
                self.heard(id, now, out);
            }
            return;
        }
        let Ok(UpBundle(frames)) = UpBundle::decode(bytes) else { return };
        self.heard(id, now, out);
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) else { return };
        // Listeners couldn't open it under another's name either; but they'd count it against the one it names.
        let own = |frame: &Frame| frame.head.kid.seat() == id;
        if let Some(frame) = frames.first().filter(|frame| own(frame)) {
            seat.count(frame);
        }
        let mut passed: Vec<Frame> = Vec::with_capacity(frames.len());
        for frame in frames.into_iter().filter(own) {
            if !seat.numbers.is_new(frame.head.number) {
                continue; // It costs nobody else anything, so it isn't held against the seat's rate.
            }
            if !seat.frames.take(now) {
                break;
            }
            // What comes while its talker is muted isn't let through when it comes again.
            seat.numbers.mark(frame.head.number);
            if !self.muted.contains(id) && self.talkers.admit(id, frame.head.level, now) {
                passed.push(frame);
            }
        }
        if let Some((conn, report)) = seat.conn.zip(seat.report(now)) {
            out.datagram(conn, report.encode());
        }
        if !passed.is_empty() {
            self.forward(id, passed, now, out);
        }
    }

    fn forward(&mut self, talker: SeatId, passed: Vec<Frame>, now: Time, out: &mut Outbox) {
        self.rings.retain(|seat, ring| *seat == talker || !ring.is_old(now));
        let ring = self.rings.entry(talker).or_default();
        let bundle = |repeats| {
            let behind = ring.behind(repeats, now).filter(|frame| !passed.contains(frame));
            let mut frames: Vec<Frame> = passed.iter().chain(behind).cloned().collect();
            bundle::fit(&mut frames, passed.len());
            frames
        };
        let lossy = send(&mut self.seats, talker, bundle, now, out);
        let end = lossy && passed.iter().any(|frame| frame.head.end);
        ring.push(passed, end, now);
        self.voice_due = self.voice_due.min(ring.due());
    }

    /// When [`Self::finish_spurts`] is due.
    pub(in crate::relay::core) fn voice_due(&self) -> Time {
        self.voice_due
    }

    /// Sends the last frames of spurts that are over again, to whose line may have lost them.
    pub(in crate::relay::core) fn finish_spurts(&mut self, now: Time, out: &mut Outbox) {
        for (talker, ring) in &mut self.rings {
            let Some(step) = ring.step(now) else { continue };
            let tail = |repeats| {
                let mut frames: Vec<Frame> = ring.tail(repeats, step, now).cloned().collect();
                bundle::fit(&mut frames, 1);
                frames
            };
            send(&mut self.seats, *talker, tail, now, out);
        }
        self.voice_due = self.rings.values().map(|ring| ring.due()).min().unwrap_or(Time::NEVER);
    }
}

/// Sends each listener the frames for the repeats that its line needs. Whether anybody's line needs some.
fn send(
    seats: &mut BTreeMap<SeatId, super::Seat>,
    talker: SeatId,
    frames: impl Fn(Repeats) -> Vec<Frame>,
    now: Time,
    out: &mut Outbox,
) -> bool {
    let mut bundles: BTreeMap<Repeats, Option<Vec<u8>>> = BTreeMap::new();
    for (_, seat) in seats.iter_mut().filter(|(seat, _)| **seat != talker) {
        let Some(conn) = seat.listening() else { continue };
        let repeats = seat.repair.repeats(now);
        let bundle = || DownBundle { sequence: 0, frames: frames(repeats) }.encode().ok();
        let Some(mut bytes) = bundles.entry(repeats).or_insert_with(bundle).clone() else { continue };
        bytes[0] = seat.sequence;
        seat.sequence = (seat.sequence + 1) & 0x7f;
        out.datagram(conn, bytes);
    }
    bundles.keys().any(|repeats| *repeats != Repeats::NONE)
}
