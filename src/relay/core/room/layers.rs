//! Two layers: who hears whom in the full one, and who in the thin one.
//!
//! Talkers send the thin layer only while some listener has a line for it. A listener changes from one layer to the other behind
//! a thin frame, which ends where a full one does: up to that number it hears one, after it the other, and nothing twice.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Room;
use crate::adapt::{Fit, layers_below, voice_kbps};
use crate::ids::{FrameNo, Layer, SeatId, Time};
use crate::relay::core::Outbox;
use crate::relay::core::seat::Seat;
use crate::wire::{Frame, ToMember};

/// Nobody has needed the thin layer for so long: the talkers may leave it.
const KEPT: Duration = Duration::from_secs(60);
/// Without a thin frame for so much sound a talker has none: who has heard it hears the full layer.
const MISSED: Duration = Duration::from_millis(360);
/// Full frames that a listener gets late at most, because the thin ones for which it waited don't come.
const LATE: u16 = 16;
/// A change of layers so many frames ago is long over.
const FAR: u16 = 512;

/// Which frames of one talker a listener gets: up to a number those of one layer, and then those of the other.
#[derive(Clone, Copy)]
pub(in crate::relay::core) struct LayerSubscription {
    thin: bool,
    after: FrameNo,
}

impl LayerSubscription {
    fn gets(&self, frame: &Frame) -> bool {
        (frame.head.is_thin() == self.thin) == (frame.head.number.since(self.after) > 0)
    }
}

/// What a room knows of the layers.
#[derive(Default)]
pub(super) struct Layers {
    /// Whether the talkers were told to send the thin one, and when anybody last needed it.
    on: bool,
    needed: Time,
    talkers: BTreeMap<SeatId, TalkerLayers>,
}

struct TalkerLayers {
    /// What its full layer costs a listener, in kilobits a second.
    kbps: f64,
    /// The number of its newest thin frame.
    thin: Option<FrameNo>,
}

impl Layers {
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.talkers.remove(&talker);
    }
}

impl Room {
    /// Looks at who needs the thin layer, and tells everybody if that is news.
    pub(super) fn watch_layers(&mut self, now: Time, out: &mut Outbox) {
        let below = layers_below(self.seats.len().saturating_sub(1));
        let narrow = |seat: &Seat| seat.down.capacity().kbps(now).is_some_and(|kbps| kbps < below);
        if self.seats.values().any(|seat| seat.listening().is_some() && narrow(seat)) {
            self.layers.needed = now;
        }
        let on = self.layers.needed != Time(0) && now.since(self.layers.needed) < KEPT;
        if std::mem::replace(&mut self.layers.on, on) != on {
            out.tell_all(self.seats.values().flat_map(Seat::told), &ToMember::Layers { thin: on });
        }
    }

    /// Who comes in or comes back hears whether the thin layer is needed.
    pub(super) fn tell_layers(&self, conn: crate::relay::core::ConnId, out: &mut Outbox) {
        out.tell(conn, &ToMember::Layers { thin: self.layers.on });
    }

    /// What fits on the line of this listener, of those who talk now.
    pub(super) fn fit(&self, listener: SeatId, seat: &Seat, now: Time) -> Fit {
        let others = self.talkers.order().filter(|talker| *talker != listener);
        let cost = |talker| self.layers.talkers.get(&talker).map_or(0.0, |talker: &TalkerLayers| talker.kbps);
        seat.down.capacity().fit(&others.map(cost).collect::<Vec<f64>>(), now)
    }

    /// Whether a listener with so much room gets this frame.
    pub(super) fn gets(&self, listener: SeatId, seat: &Seat, fit: Fit, frame: &Frame) -> bool {
        let talker = frame.head.kid.seat();
        let place = self.talkers.order().filter(|other| *other != listener).position(|other| other == talker);
        place.is_some_and(|place| place < fit.voices) && Self::in_layer(listener, seat, frame)
    }

    /// Whether this frame is another's, and in the layer in which the listener hears it.
    pub(super) fn in_layer(listener: SeatId, seat: &Seat, frame: &Frame) -> bool {
        let talker = frame.head.kid.seat();
        talker != listener
            && seat.subscriptions.get(&talker).map_or(!frame.head.is_thin(), |subscriptions| subscriptions.gets(frame))
    }

    /// A talker's frames are about to go out: who hears it in which layer from behind them on.
    pub(super) fn choose_layers(&mut self, talker: SeatId, frames: &[Frame], interval: Duration, now: Time) {
        for frame in frames {
            let number = frame.head.number;
            let known = self.layers.talkers.entry(talker).or_insert(TalkerLayers { kbps: 0.0, thin: None });
            if frame.head.is_thin() {
                known.thin = Some(number);
                self.change(talker, number, |room, id, seat| room.fit(id, seat, now).layer == Layer::Thin);
                continue;
            }
            known.kbps = voice_kbps(frame.body.len(), interval);
            let most = (MISSED.as_millis() / interval.as_millis().max(1)) as i16;
            if known.thin.is_some_and(|thin| number.since(thin) > most) {
                self.change(talker, FrameNo(number.0.wrapping_sub(1)), |_, _, _| false);
                self.layers.talkers.entry(talker).and_modify(|talker| talker.thin = None);
            }
            if number.0.is_multiple_of(FAR / 2) {
                self.draw_near(talker, number);
            }
        }
    }

    /// Numbers come again: no change of layers may be so long ago that it seems to be still to come.
    fn draw_near(&mut self, talker: SeatId, number: FrameNo) {
        for seat in self.seats.values_mut() {
            let Some(subscriptions) = seat
                .subscriptions
                .get_mut(&talker)
                .filter(|subscriptions| number.since(subscriptions.after) > FAR as i16)
            else {
                continue;
            };
            subscriptions.after = FrameNo(number.0.wrapping_sub(FAR / 2));
            if !subscriptions.thin {
                seat.subscriptions.remove(&talker);
            }
        }
    }

    /// Listeners of `talker` hear what comes after this number in the layer that fits them.
    fn change(&mut self, talker: SeatId, after: FrameNo, thin: impl Fn(&Self, SeatId, &Seat) -> bool) {
        let fits: Vec<(SeatId, bool)> = self.seats.iter().map(|(id, seat)| (*id, thin(self, *id, seat))).collect();
        for (id, thin) in fits {
            let Some(seat) = self.seats.get_mut(&id) else { continue };
            let before = seat.subscriptions.get(&talker).is_some_and(|subscriptions| subscriptions.thin);
            if before == thin {
                continue;
            }
            if let Some(subscriptions) = seat.subscriptions.insert(talker, LayerSubscription { thin, after })
                && !thin
                && let Some(heard) = self.layers.talkers.get(&talker).and_then(|talker| talker.thin)
            {
                // What it waited for in vain in the thin layer it gets late in the full one.
                let from = if heard.since(subscriptions.after) > 0 { heard } else { subscriptions.after };
                let late = u16::try_from(after.since(from)).unwrap_or(0).min(LATE);
                seat.down.send_behind(after.last(late).map(|number| (talker, number, false)));
            }
        }
    }
}
