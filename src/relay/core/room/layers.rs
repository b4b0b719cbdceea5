//! Two layers: which listeners hear a talker in full, and which in the thin layer.
//!
//! Talkers send the thin layer only while the line of some listener needs it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::RoomContext;
use super::downlink::FrameName;
use super::seat::Seat;
use super::subscriptions::Subscriptions;
use super::talkers::Talkers;
use crate::adapt::{Fit, layers_below, voice_kbps, work};
use crate::ids::{FrameNo, Layer, SeatId, Time};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{Frame, ToMember};

/// When nobody has needed the thin layer for this long, the talkers may stop sending it.
const KEPT: Duration = Duration::from_secs(60);
/// After this much sound without a thin frame a talker has none: its listeners hear the full layer.
const MISSED: Duration = Duration::from_millis(360);
/// Most full frames that a listener gets late, because the thin ones that it waited for didn't come.
const LATE: u16 = 16;

/// What a room knows of the layers.
#[derive(Default)]
pub(super) struct Layers {
    /// Whether the talkers have been told to send the thin layer.
    on: bool,
    /// When somebody needed it last.
    needed: Option<Time>,
    talkers: BTreeMap<SeatId, TalkerLayers>,
}

/// One talker's layers.
#[derive(Default)]
struct TalkerLayers {
    /// What its full layer costs a listener, in kilobits a second.
    full_kbps: f64,
    newest_thin: Option<FrameNo>,
}

impl Layers {
    /// Looks at who needs the thin layer, and tells everybody if that has changed.
    pub(super) fn watch(&mut self, cx: &mut RoomContext<'_>) {
        let below = layers_below(cx.seats.len().saturating_sub(1));
        work::count(cx.seats.len());
        let narrow = |seat: &Seat| seat.down.capacity().kbps().is_some_and(|kbps| kbps < below);
        if cx.seats.iter().any(|(_, seat)| seat.listening().is_some() && narrow(seat)) {
            self.needed = Some(cx.now);
        }
        let on = self.needed.is_some_and(|at| cx.now.since(at) < KEPT);
        if std::mem::replace(&mut self.on, on) != on {
            cx.seats.tell_all(&ToMember::Layers { thin: on }, cx.out);
        }
    }

    /// Tells a member who comes in or comes back whether the thin layer is needed.
    pub(super) fn tell(&self, conn: ConnId, out: &mut Outbox) {
        out.tell(conn, &ToMember::Layers { thin: self.on });
    }

    /// How many of those who talk now fit on this listener's line, and in which layer.
    pub(super) fn fit(&self, listener: SeatId, seat: &Seat, talkers: &Talkers) -> Fit {
        let cost = |talker: SeatId| self.talkers.get(&talker).map_or(0.0, |talker| talker.full_kbps);
        let costs: Vec<f64> = talkers.others(listener).map(cost).collect();
        seat.down.capacity().fit(&costs)
    }

    /// A talker's frames are about to go out, one each `interval`: chooses the layer in which each listener hears what follows.
    pub(super) fn choose(
        &mut self,
        talker: SeatId,
        frames: &[Frame],
        interval: Duration,
        talkers: &Talkers,
        cx: &mut RoomContext<'_>,
    ) {
        for frame in frames {
            work::count(cx.seats.len());
            let number = frame.head.number;
            let known = self.talkers.entry(talker).or_default();
            if frame.head.layer == Layer::Thin {
                known.newest_thin = Some(number);
                for (id, seat) in cx.seats.iter_mut() {
                    let layer = self.fit(id, seat, talkers).layer;
                    self.subscribe(seat, talker, layer, number);
                }
                continue;
            }
            known.full_kbps = voice_kbps(frame.body.len(), interval);
            let most = (MISSED.as_millis() / interval.as_millis().max(1)) as i16;
            if known.newest_thin.is_some_and(|thin| number.since(thin) > most) {
                for (_, seat) in cx.seats.iter_mut() {
                    self.subscribe(seat, talker, Layer::Full, FrameNo(number.0.wrapping_sub(1)));
                }
                self.talkers.entry(talker).or_default().newest_thin = None;
            }
            if number.0.is_multiple_of(Subscriptions::REFRESH_EVERY) {
                cx.seats.iter_mut().for_each(|(_, seat)| seat.subscriptions.refresh(talker, number));
            }
        }
    }

    /// Behind this number a listener hears the talker in this layer.
    fn subscribe(&self, listener: &mut Seat, talker: SeatId, layer: Layer, after: FrameNo) {
        if let Some(thin_after) = listener.subscriptions.change(talker, layer, after)
            && let Some(heard) = self.talkers.get(&talker).and_then(|talker| talker.newest_thin)
        {
            // What it waited for in vain in the thin layer it gets late in the full one.
            let from = if heard.since(thin_after) > 0 { heard } else { thin_after };
            let late = u16::try_from(after.since(from)).unwrap_or(0).min(LATE);
            listener.down.send_behind(after.last(late).map(|number| FrameName { talker, number, layer: Layer::Full }));
        }
    }

    /// Nothing is known of this talker's layers any more.
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.talkers.remove(&talker);
    }
}
