//! What the parts of the manager share: the time, the devices that there are, and what is to be done.

use std::collections::VecDeque;
use std::time::Duration;

use super::Devices;
use crate::audio::AudioEvent;
use crate::audio::device::backend::{Running, StreamId};
use crate::audio::error::Side;
use crate::ids::Time;

/// What ended is opened again after this long, unless the system tells sooner of a change.
pub(super) const RETRY: Duration = Duration::from_secs(1);
/// A backend that hasn't answered by then never will.
pub(super) const OPENS_WITHIN: Duration = Duration::from_secs(6);

/// What is to be carried out.
pub(crate) enum Effect {
    /// Open this device, or the system's default.
    Open {
        /// Its notices bear this.
        stream: StreamId,
        /// For which side.
        side: Side,
        /// The device's id.
        device: Option<String>,
    },
    /// Close a stream.
    Close(StreamId),
    /// Let a stream rest, or go on.
    Rest(StreamId, bool),
    /// List the devices.
    List,
    /// The microphone takes its samples from here.
    MicFrom(Box<Running>),
    /// The microphone has no samples any more; what is still in the ring was said in time.
    MicOff,
    /// The others are heard there.
    SpeakerTo(Box<Running>),
    /// Nobody is heard.
    SpeakerOff,
    /// What comes is kept for later, unheard (`true`), or is heard again.
    Hold(bool),
    /// For the application.
    Tell(AudioEvent),
}

/// See the module.
#[derive(Default)]
pub(super) struct Context {
    pub(super) now: Time,
    pub(super) devices: Devices,
    pub(super) effects: VecDeque<Effect>,
    pub(super) last: u32,
}

impl Context {
    pub(super) fn give(&mut self, effect: Effect) {
        self.effects.push_back(effect);
    }

    pub(super) fn tell(&mut self, event: AudioEvent) {
        self.give(Effect::Tell(event));
    }

    /// Asks for a stream.
    pub(super) fn open(&mut self, side: Side, device: Option<String>) -> StreamId {
        self.last = self.last.wrapping_add(1);
        let stream = StreamId(self.last);
        self.give(Effect::Open { stream, side, device });
        stream
    }
}
