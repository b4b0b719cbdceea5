//! Voice: whose frames go to whom, which go again to whom, and which are asked for.

use std::collections::BTreeMap;

use super::Room;
use super::packing::Kind;
use crate::adapt::{Arrival, Ring, next_probe};
use crate::ids::{SeatId, Time};
use crate::relay::core::Outbox;
use crate::relay::core::seat::Seat;
use crate::wire::backfill::NewestFrame;
use crate::wire::{
    Frame, Missing, NackBundles, NackFrames, Probe, RetransmitDown, RetransmitUp, SendStamp, UpBundle, UpDatagram,
    bundle, limits,
};

impl Room {
    pub(in crate::relay::core) fn datagram(&mut self, id: SeatId, bytes: &[u8], now: Time, out: &mut Outbox) {
        let Ok(datagram) = UpDatagram::decode(bytes) else { return };
        self.heard(id, now, out);
        let on_the_line = bytes.len() + limits::AROUND_DATAGRAM;
        match datagram {
            UpDatagram::Bundle(bundle) => self.bundle(id, bundle, on_the_line, now, out),
            UpDatagram::Retransmit(RetransmitUp(frames)) => self.again(id, frames, now, out),
            UpDatagram::Pulse(pulse) => {
                if let Some(seat) = self.seats.get_mut(&id) {
                    seat.reported(pulse, now);
                }
                self.watch_layers(now, out);
            }
            UpDatagram::Probe(Probe { sent, number }) => {
                if let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) {
                    seat.up.probed(number.into(), sent.units(), on_the_line, now);
                    if let Some((conn, report)) = seat.conn.zip(seat.report(now)) {
                        out.datagram(conn, report.encode());
                    }
                }
            }
            UpDatagram::Nack(NackBundles(missing)) => self.answer_member(id, missing, now, out),
            UpDatagram::BackfillRequest(request) => self.asked(id, &request, now, out),
            UpDatagram::BackfillAnswer(answer) => self.late(id, answer, now, out),
            UpDatagram::NewestFrame(NewestFrame(newest)) => self.head(id, newest, now, out),
            UpDatagram::ReceiverReport(report) => self.hears(id, &report, now),
        }
    }

    /// A talker's bundle: a new frame, and behind it some again.
    fn bundle(&mut self, id: SeatId, bundle: UpBundle, bytes: usize, now: Time, out: &mut Outbox) {
        let UpBundle { sent, frames } = bundle;
        let let_through = self.is_let_through(id, now);
        self.note_frames(id, &frames, now, out);
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) else { return };
        if let Some(head) =
            frames.first().map(|frame| frame.head).filter(|head| head.kid.seat() == id && !head.is_thin())
        {
            let arrival = Arrival { number: head.number.0, stamp: sent.units(), bytes, open: !head.end && let_through };
            seat.up.arrived(arrival, now);
        }
        if let Some((conn, report)) = seat.conn.zip(seat.report(now)) {
            out.datagram(conn, report.encode());
        }
        let passed = self.passed(id, frames, now);
        if !passed.is_empty() {
            self.pass(id, passed, false, now, out);
        }
        self.voice_soon(id);
    }

    /// What a talker sends because it was asked for. It is late enough.
    fn again(&mut self, id: SeatId, frames: Vec<Frame>, now: Time, out: &mut Outbox) {
        self.note_frames(id, &frames, now, out);
        let Some(seat) = self.seats.get_mut(&id).filter(|seat| seat.welcomed) else { return };
        frames.iter().for_each(|frame| seat.up.nack.answered(frame.head.number.0, now));
        let passed = self.passed(id, frames, now);
        if !passed.is_empty() {
            self.pass(id, passed, true, now, out);
        }
        self.voice_soon(id);
    }

    /// Of these frames those that go on: its own, each once, within its rate, and while it has the floor.
    fn passed(&mut self, id: SeatId, frames: Vec<Frame>, now: Time) -> Vec<Frame> {
        let mut passed: Vec<Frame> = Vec::with_capacity(frames.len());
        let let_through = self.is_let_through(id, now);
        let Some(seat) = self.seats.get_mut(&id) else { return passed };
        // Listeners couldn't open it under another's name either; but they'd count it against the one it names.
        for frame in frames.into_iter().filter(|frame| frame.head.kid.seat() == id) {
            let new = |seat: &Seat| match frame.head.is_thin() {
                true => seat.thin.is_new(frame.head.number),
                false => seat.numbers.is_new(frame.head.number),
            };
            if !new(seat) {
                continue; // It costs nobody else anything, so it isn't held against the seat's rate.
            }
            if !seat.frames.take(now) {
                break;
            }
            // What comes while its talker is muted isn't let through when it comes again.
            match frame.head.is_thin() {
                true => seat.thin.mark(frame.head.number),
                false => seat.numbers.mark(frame.head.number),
            }
            if let_through && self.talkers.admit(id, frame.head.level, now) {
                passed.push(frame);
            }
        }
        passed.iter().filter(|frame| !frame.head.is_thin()).for_each(|frame| self.keep(frame, now));
        passed
    }

    /// A member misses bundles.
    fn answer_member(&mut self, id: SeatId, missing: Missing, now: Time, out: &mut Outbox) {
        let Some(seat) = self.seats.get_mut(&id) else { return };
        let Some(conn) = seat.listening() else { return };
        for (sequence, names) in seat.down.answer(missing, now) {
            let found = names.iter().filter_map(|name| self.find(&self.rings, *name, now));
            let mut frames: Vec<Frame> = found.cloned().collect();
            bundle::fit(&mut frames, 1);
            if let Ok(bytes) = (RetransmitDown { sequence, frames }).encode() {
                out.datagram(conn, bytes);
            }
        }
    }

    /// When [`Self::run_voice`] is due.
    pub(in crate::relay::core) fn voice_due(&self) -> Time {
        self.voice_due
    }

    fn voice_soon(&mut self, id: SeatId) {
        let rings = [false, true].iter().filter_map(|thin| self.rings.get(&(id, *thin)));
        let ring = rings.map(|ring| ring.due()).min().unwrap_or(Time::NEVER);
        let nack = self.seats.get(&id).map_or(Time::NEVER, |seat| seat.up.nack.due());
        self.voice_due = self.voice_due.min(ring).min(nack).min(self.pending_due());
    }

    /// Sends what has waited for others long enough, asks for what has not come, and sends the last frames of spurts that are
    /// over again, to whose line may have lost them.
    pub(in crate::relay::core) fn run_voice(&mut self, now: Time, out: &mut Outbox) {
        self.flush_due(now, out);
        for seat in self.seats.values_mut().filter(|seat| seat.up.nack.due() <= now) {
            if let Some((conn, (first, more))) = seat.conn.zip(seat.up.nack.ask(now)) {
                out.datagram(conn, NackFrames(Missing { first, more }).encode());
            }
        }
        self.finish_spurts(now, out);
        self.probe(now, out);
        self.fetch(now, out);
        let probes = self.seats.values().map(|seat| seat.probe.1).min().unwrap_or(Time::NEVER);
        let rings = self.rings.values().map(|ring| ring.due());
        let nack = self.seats.values().map(|seat| seat.up.nack.due());
        self.voice_due = rings.chain(nack).min().unwrap_or(Time::NEVER).min(self.pending_due()).min(probes);
        self.voice_due = self.voice_due.min(self.fetch_due());
    }

    /// Lets newcomers see how their way down does, before they hear anybody.
    fn probe(&mut self, now: Time, out: &mut Outbox) {
        for seat in self.seats.values_mut().filter(|seat| seat.probe.1 <= now) {
            let (number, _) = seat.probe;
            seat.probe = next_probe(number, seat.down.queue(), now);
            if let Some(conn) = seat.listening() {
                out.datagram(conn, Probe { sent: SendStamp::at(now), number }.encode());
            }
        }
    }

    fn finish_spurts(&mut self, now: Time, out: &mut Outbox) {
        let step = |(of, ring): (&(SeatId, bool), &mut Ring<Frame>)| Some((*of, ring.step(now)?));
        let steps: Vec<((SeatId, bool), u8)> = self.rings.iter_mut().filter_map(step).collect();
        let rings = std::mem::take(&mut self.rings);
        for (of, step) in steps {
            let Some((ring, last)) = rings.get(&of).and_then(|ring| Some((ring, ring.all(now).last()?))) else {
                continue;
            };
            let tail = |(_, repeats): Kind| {
                let mut frames: Vec<Frame> = ring.tail(repeats, step, now).cloned().collect();
                bundle::fit(&mut frames, 1);
                frames
            };
            let gets = |(id, seat): (&SeatId, &Seat)| (*id, u64::from(Self::in_layer(*id, seat, last)));
            let wanted: BTreeMap<SeatId, u64> = self.seats.iter().map(gets).collect();
            self.send(&wanted, tail, &rings, now, out);
        }
        self.rings = rings;
    }
}
