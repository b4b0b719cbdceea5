//! Forwarding: which frames go to whom, together with which others, and which go again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::context::RoomContext;
use super::downlink::FrameName;
use super::frame_history::Recent;
use super::layers::Layers;
use super::packing::{Pending, hold};
use super::seat::Seat;
use super::seats::Seats;
use super::talkers::Talkers;
use crate::adapt::{Redundancy, Ring, work};
use crate::ids::{Layer, SeatId, Time};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{DownBundle, Frame, Missing, NackFrames, Probe, RetransmitDown, SendStamp, bundle};

/// One layer of one talker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stream {
    talker: SeatId,
    layer: Layer,
}

/// What makes listeners' bundles differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    /// Which of the new frames they get, one bit each.
    new: u64,
    /// What their lines need again.
    redundancy: Redundancy,
}

/// Whether frames wait for those of others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// They wait a moment, so that they share a datagram.
    Together,
    /// They are late enough.
    AtOnce,
}

/// What is forwarded: of at most [`limits::TALKERS`](crate::wire::limits::TALKERS) talkers at a time.
pub(super) struct Forwarder {
    talkers: Talkers,
    layers: Layers,
    full: Pending,
    thin: Pending,
    /// What was forwarded lately.
    rings: BTreeMap<Stream, Ring<Frame>>,
    due: Time,
}

impl Forwarder {
    pub(super) fn new() -> Self {
        Self {
            talkers: Talkers::default(),
            layers: Layers::default(),
            full: Pending::default(),
            thin: Pending::default(),
            rings: BTreeMap::new(),
            due: Time::NEVER,
        }
    }

    /// When [`Self::run`] is due.
    pub(super) fn due(&self) -> Time {
        self.due
    }

    /// Whether a talker's new frame at `level` (`0..=7`) is forwarded.
    pub(super) fn admit(&mut self, talker: SeatId, level: u8, now: Time) -> bool {
        self.talkers.admit(talker, level, now)
    }

    /// Forwards what a talker said.
    pub(super) fn forward(
        &mut self,
        talker: SeatId,
        frames: Vec<Frame>,
        timing: Timing,
        recent: Recent<'_>,
        cx: &mut RoomContext<'_>,
    ) {
        let Some(interval) = cx.seats.get(talker).map(|seat| seat.up.receiver.nack.interval()) else { return };
        self.layers.choose(talker, &frames, interval, &self.talkers, cx);
        let (mut thin, full): (Vec<Frame>, Vec<Frame>) = frames.into_iter().partition(|frame| frame.head.is_thin());
        // What nobody gets must not keep apart what else would go together.
        thin.retain(|frame| cx.seats.iter().any(|(id, seat)| self.wanted(id, seat, &[frame]) != 0));
        for (layer, frames) in [(Layer::Full, full), (Layer::Thin, thin)] {
            if frames.is_empty() {
                continue;
            }
            if self.pending(layer).has(talker) {
                self.flush(layer, recent, cx);
            }
            let complete = self.pending(layer).add(talker, frames, hold(layer, interval), cx.now);
            if complete || timing == Timing::AtOnce {
                self.flush(layer, recent, cx);
            }
        }
    }

    /// Something came from this talker: there may be something to do for it soon.
    pub(super) fn run_soon(&mut self, talker: SeatId, seats: &Seats) {
        let rings = Layer::ALL.iter().filter_map(|layer| self.rings.get(&Stream { talker, layer: *layer }));
        let rings = rings.map(Ring::due).min().unwrap_or(Time::NEVER);
        let nack = seats.get(talker).map_or(Time::NEVER, |seat| seat.up.receiver.nack.due());
        self.due = self.due.min(rings).min(nack).min(self.pending_due());
    }

    /// A seat's new line is probed from this moment on.
    pub(super) fn probe_from(&mut self, due: Time) {
        self.due = self.due.min(due);
    }

    /// Sends what has waited for others long enough, asks for what has not come, and sends the last frames of ended spurts again
    /// to listeners whose lines may have lost them.
    pub(super) fn run(&mut self, recent: Recent<'_>, cx: &mut RoomContext<'_>) {
        for layer in Layer::ALL {
            if self.pending(layer).due() <= cx.now {
                self.flush(layer, recent, cx);
            }
        }
        ask_missing(cx);
        self.finish_spurts(recent, cx);
        probe(cx);
        let seats = cx.seats.iter().map(|(_, seat)| seat.up.receiver.nack.due().min(seat.down.probe_due()));
        let due = self.rings.values().map(Ring::due).chain(seats).min().unwrap_or(Time::NEVER);
        self.due = due.min(self.pending_due());
    }

    /// A member misses bundles.
    pub(super) fn answer(&self, id: SeatId, missing: Missing, recent: Recent<'_>, cx: &mut RoomContext<'_>) {
        let Some(seat) = cx.seats.get_mut(id) else { return };
        let Some(conn) = seat.listening() else { return };
        for again in seat.down.answer(missing, cx.now) {
            let found = again.frames.iter().filter_map(|name| self.find(*name, recent, cx.now));
            let mut frames: Vec<Frame> = found.cloned().collect();
            bundle::fit(&mut frames, 1);
            if let Ok(bytes) = (RetransmitDown { sequence: again.sequence, frames }).encode() {
                cx.out.datagram(conn, bytes);
            }
        }
    }

    /// Nothing more of this seat's voice goes out.
    pub(super) fn silence(&mut self, id: SeatId, seats: &mut Seats) {
        self.talkers.forget(id);
        self.rings.retain(|stream, _| stream.talker != id);
        self.full.forget(id);
        self.thin.forget(id);
        self.layers.forget(id);
        seats.iter_mut().for_each(|(_, seat)| seat.subscriptions.forget(id));
        if let Some(seat) = seats.get_mut(id) {
            seat.up.receiver.nack.stop();
        }
    }

    /// Lets go of what is too old to be sent again.
    pub(super) fn expire(&mut self, now: Time) {
        self.rings.retain(|_, ring| !ring.is_old(now));
    }

    /// Looks at who needs the thin layer, and tells everybody if that has changed.
    pub(super) fn watch_layers(&mut self, cx: &mut RoomContext<'_>) {
        self.layers.watch(cx);
    }

    /// Tells a member who comes in or comes back whether the thin layer is needed.
    pub(super) fn tell_layers(&self, conn: ConnId, out: &mut Outbox) {
        self.layers.tell(conn, out);
    }

    fn pending(&mut self, layer: Layer) -> &mut Pending {
        match layer {
            Layer::Full => &mut self.full,
            Layer::Thin => &mut self.thin,
        }
    }

    fn pending_due(&self) -> Time {
        self.full.due().min(self.thin.due())
    }

    /// Sends what waits in one layer.
    fn flush(&mut self, layer: Layer, recent: Recent<'_>, cx: &mut RoomContext<'_>) {
        let pending = self.pending(layer).take();
        if pending.is_empty() {
            return;
        }
        let now = cx.now;
        self.rings.retain(|of, ring| pending.contains_key(&of.talker) && of.layer == layer || !ring.is_old(now));
        let all: Vec<&Frame> = pending.values().flatten().take(u64::BITS as usize).collect();
        let wanted = |listener: SeatId, seat: &Seat| self.wanted(listener, seat, &all);
        let frames = |kind: Kind| {
            let new = (0..).zip(&all).filter(|(bit, _)| kind.new >> bit & 1 == 1);
            let new: Vec<&Frame> = new.map(|(_, frame)| *frame).collect();
            let talkers: BTreeSet<SeatId> = new.iter().map(|frame| frame.head.kid.seat()).collect();
            let rings = talkers.iter().filter_map(|talker| self.rings.get(&Stream { talker: *talker, layer }));
            let again = rings.flat_map(|ring| ring.behind(kind.redundancy, now)).filter(|frame| !new.contains(frame));
            let mut frames: Vec<Frame> = new.iter().copied().chain(again).cloned().collect();
            bundle::fit(&mut frames, new.len());
            frames
        };
        let lossy = self.send(wanted, frames, recent, cx);
        for (talker, new) in pending {
            let end = lossy && new.iter().any(|frame| frame.head.end);
            self.rings.entry(Stream { talker, layer }).or_default().push(new, end, now);
        }
    }

    /// Sends the last frames of ended spurts again.
    fn finish_spurts(&mut self, recent: Recent<'_>, cx: &mut RoomContext<'_>) {
        let now = cx.now;
        let steps = self.rings.iter_mut().filter_map(|(of, ring)| Some((*of, ring.step(now)?)));
        let steps: Vec<(Stream, u8)> = steps.collect();
        for (stream, step) in steps {
            let Some(ring) = self.rings.get(&stream) else { continue };
            let Some(last) = ring.all(now).last() else { continue };
            let tail = |kind: Kind| {
                let mut frames: Vec<Frame> = ring.tail(kind.redundancy, step, now).cloned().collect();
                bundle::fit(&mut frames, 1);
                frames
            };
            self.send(|id, seat| u64::from(seat.hears(id, last)), tail, recent, cx);
        }
    }

    /// Which of these frames a listener gets, one bit each.
    fn wanted(&self, listener: SeatId, seat: &Seat, frames: &[&Frame]) -> u64 {
        work::count(frames.len());
        let voices = self.layers.fit(listener, seat, &self.talkers).voices;
        let gets = |frame: &Frame| {
            let talker = frame.head.kid.seat();
            let place = self.talkers.others(listener).position(|other| other == talker);
            place.is_some_and(|place| place < voices) && seat.hears(listener, frame)
        };
        (0..).zip(frames).filter(|(_, frame)| gets(frame)).fold(0, |bits, (bit, _)| bits | 1 << bit)
    }

    /// A frame that was sent lately: of the full layer from the history of all that is said, of the thin one from its ring.
    fn find<'a>(&'a self, name: FrameName, recent: Recent<'a>, now: Time) -> Option<&'a Frame> {
        let FrameName { talker, number, layer } = name;
        match layer {
            Layer::Full => recent.find(talker, number),
            Layer::Thin => {
                let mut all = self.rings.get(&Stream { talker, layer })?.all(now);
                all.find(|frame| frame.head.number == number)
            }
        }
    }

    /// Sends each listener the frames of its kind, if it wants any of the new ones. Whether any line needs some again.
    fn send(
        &self,
        wanted: impl Fn(SeatId, &Seat) -> u64,
        frames: impl Fn(Kind) -> Vec<Frame>,
        recent: Recent<'_>,
        cx: &mut RoomContext<'_>,
    ) -> bool {
        let now = cx.now;
        let mut kinds: BTreeMap<Kind, (DownBundle, Arc<[FrameName]>)> = BTreeMap::new();
        let mut lossy = false;
        for (id, seat) in cx.seats.iter_mut() {
            work::count(1);
            let new = wanted(id, seat);
            let Some(conn) = seat.listening().filter(|_| new != 0) else { continue };
            let kind = Kind { new, redundancy: seat.down.redundancy(now) };
            lossy |= kind.redundancy != Redundancy::NONE;
            let (bundle, names) = kinds.entry(kind).or_insert_with(|| {
                let bundle = DownBundle { sequence: 0, sent: SendStamp::at(now), frames: frames(kind) };
                let names = bundle.frames.iter().map(FrameName::of).collect();
                (bundle, names)
            });
            let asked = seat.down.take_behind().into_iter().filter_map(|name| self.find(name, recent, now));
            let behind: Vec<Frame> = asked.filter(|frame| !bundle.frames.contains(frame)).cloned().collect();
            let mut own;
            let (bundle, names) = if behind.is_empty() {
                (bundle, names.clone())
            } else {
                own = bundle.clone();
                own.frames.extend(behind);
                bundle::fit(&mut own.frames, bundle.frames.len());
                let names = own.frames.iter().map(FrameName::of).collect();
                (&mut own, names)
            };
            bundle.sequence = seat.down.sequence();
            if let Ok(bytes) = bundle.encode() {
                seat.down.sent(names, now);
                cx.out.datagram(conn, bytes);
            }
        }
        lossy
    }
}

/// Asks talkers for frames that have not come.
fn ask_missing(cx: &mut RoomContext<'_>) {
    for (_, seat) in cx.seats.iter_mut().filter(|(_, seat)| seat.up.receiver.nack.due() <= cx.now) {
        if let Some((conn, (first, more))) = seat.conn.zip(seat.up.receiver.nack.ask(cx.now)) {
            cx.out.datagram(conn, NackFrames(Missing { first, more }).encode());
        }
    }
}

/// Lets newcomers see how their way down does before they hear anybody.
fn probe(cx: &mut RoomContext<'_>) {
    for (_, seat) in cx.seats.iter_mut() {
        let Some(number) = seat.down.take_probe(cx.now) else { continue };
        if let Some(conn) = seat.listening() {
            cx.out.datagram(conn, Probe { sent: SendStamp::at(cx.now), number }.encode());
        }
    }
}
