//! In which layer one listener hears each talker.
//!
//! A listener changes from one layer to the other behind a thin frame, which ends where a full one does: up to that number it
//! hears one, after it the other, and nothing twice.

use std::collections::BTreeMap;

use crate::ids::{FrameNo, Layer, SeatId};
use crate::wire::Frame;

/// A change of layers this many frames ago is kept no longer as it is.
const FAR: u16 = 512;

/// Which frames of one talker a listener gets: up to a number those of one layer, and then those of the other.
struct Subscription {
    layer: Layer,
    /// The last number of the other layer.
    after: FrameNo,
}

/// A listener's subscriptions, at most one a talker. A talker without one is heard in the full layer.
#[derive(Default)]
pub(super) struct Subscriptions(BTreeMap<SeatId, Subscription>);

impl Subscriptions {
    /// How often [`Self::refresh`] is to be called, in frames.
    pub(super) const REFRESH_EVERY: u16 = FAR / 2;

    /// Whether the listener gets this frame of another's.
    pub(super) fn contain(&self, frame: &Frame) -> bool {
        let subscription = self.0.get(&frame.head.kid.seat());
        subscription.map_or(frame.head.layer == Layer::Full, |subscription| {
            (frame.head.layer == subscription.layer) == (frame.head.number.since(subscription.after) > 0)
        })
    }

    /// Behind this number the talker is heard in this layer. If the listener leaves the thin layer by that: the number behind
    /// which it has heard it.
    pub(super) fn change(&mut self, talker: SeatId, layer: Layer, after: FrameNo) -> Option<FrameNo> {
        if self.0.get(&talker).map_or(Layer::Full, |before| before.layer) == layer {
            return None;
        }
        let before = self.0.insert(talker, Subscription { layer, after });
        before.filter(|before| before.layer == Layer::Thin).map(|before| before.after)
    }

    /// Keeps the talker's last change of layers near: numbers wrap around, and an old change would seem to be still to come. To be
    /// called at every [`Self::REFRESH_EVERY`]th frame.
    pub(super) fn refresh(&mut self, talker: SeatId, number: FrameNo) {
        let Some(subscription) = self.0.get_mut(&talker) else { return };
        if number.since(subscription.after) > FAR as i16 {
            subscription.after = FrameNo(number.0.wrapping_sub(FAR / 2));
            if subscription.layer == Layer::Full {
                self.0.remove(&talker);
            }
        }
    }

    /// Nothing is known of this talker any more.
    pub(super) fn forget(&mut self, talker: SeatId) {
        self.0.remove(&talker);
    }
}
