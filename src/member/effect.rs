//! What a member wants done, and what it's told by the devices.

use std::collections::VecDeque;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::adapt::Plan;
use crate::ids::{FrameNo, SeatId};
use crate::session::Event;
use crate::wire::ToRelay;

/// What the shell is to do.
pub enum Effect {
    /// Make a new link to the relay, and let the one before go.
    Dial,
    /// End the link, once what was sent on it is on its way.
    Hangup,
    /// Send on the control stream.
    Control(ToRelay),
    /// Send as a datagram.
    Datagram(Vec<u8>),
    /// Let this be heard.
    Play(Heard),
    /// What this seat says may come so much later than its time; to be heard before the [`Effect::Play`]s that follow.
    Expect(SeatId, Duration),
    /// Nothing more comes from this seat; its place in playout is free.
    Forget(SeatId),
    /// What was missed and isn't heard yet isn't wanted any more.
    SkipMissed,
    /// Open or close the microphone.
    Microphone(bool),
    /// Code my voice like this from the next packet on.
    Plan(Plan),
    /// Code my voice in the thin layer too, or no more, from the next packet on.
    Layers(bool),
    /// Begin a sound check, or end it: let the person hear something, and tell [`super::Member::handle_check_level`] how
    /// loud the microphone is. Nothing else of it may be kept or sent.
    SoundCheck(bool),
    /// Make the words of [`crate::crypto::verify`] from this secret, where it holds nothing else up, and tell
    /// [`super::Member::handle_words`].
    MakeWords(Zeroizing<[u8; 32]>),
    /// Show it. The room is already as told.
    Tell(Event),
    /// Make a new link to the relay beside the one that has fallen silent, which goes once the new one is there.
    Race,
    /// The link that was silent isn't any more: give up the one that is being made beside it, unless [`super::Member::greeting`] is on
    /// its way there, by which the relay may have taken it already.
    EndRace,
}

/// What is yet to be done, in order.
pub(super) struct Effects(VecDeque<Effect>);

impl Effects {
    /// The first effect of a member.
    pub(super) fn starting_with(effect: Effect) -> Self {
        Self(VecDeque::from([effect]))
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.0.push_back(effect);
    }

    pub(super) fn pop(&mut self) -> Option<Effect> {
        self.0.pop_front()
    }

    #[cfg(test)]
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// One packet of a talker's voice, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Who speaks.
    pub seat: SeatId,
    /// The frame's number within the talker; where it stands for several, the last.
    pub number: FrameNo,
    /// How many numbers it stands for: 1, and more in the thin layer.
    pub count: u8,
    /// When it was said, in 20 ms units of the talker's clock, modulo 256.
    pub tick: u8,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// Whether a talk spurt ends with it.
    pub end: bool,
    /// When it was said, in milliseconds of the group's time; of what is live, when it came.
    pub at_ms: u64,
    /// Whether it was missed, or waited behind what was missed: all that was missed is heard in the order in which it's given,
    /// and before what is live.
    pub missed: bool,
    /// One Opus packet, unchecked.
    pub packet: Vec<u8>,
}

/// One packet of my voice, as coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// When it was said, in 20 ms units, modulo 256.
    pub tick: u8,
    /// Loudness, `0..=7`.
    pub level: u8,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// Whether a talk spurt ends with it.
    pub end: bool,
    /// One Opus packet.
    pub packet: Vec<u8>,
    /// What the thin layer has for it and the packets before it, if that is complete.
    pub thin: Option<Thin>,
}

/// One packet of my voice in the thin layer, as coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thin {
    /// When it was said, in 20 ms units, modulo 256.
    pub tick: u8,
    /// How many packets of the full layer have the same sound, from 1 on.
    pub count: u8,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// One Opus packet.
    pub packet: Vec<u8>,
}

/// What the transport has counted on the present link since it was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineCounts {
    /// Bytes sent, at the IP level.
    pub up_bytes: u64,
    /// Bytes received, at the IP level.
    pub down_bytes: u64,
    /// Packets sent.
    pub sent: u64,
    /// Packets of those that were lost.
    pub lost: u64,
    /// Packets received.
    pub heard: u64,
    /// Round trip.
    pub rtt: Duration,
    /// Playout delay, in milliseconds.
    pub playout_ms: u32,
}
