//! What a member wants done, and what it's told by the devices.

use std::collections::VecDeque;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::adapt::Plan;
use crate::ids::{FrameNo, SeatId};
use crate::session::{Event, Road, Side};
use crate::wire::{RelayAt, ToRelay};

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
    /// Send as a datagram over both ways, or over the one that there is.
    DatagramBoth(Vec<u8>),
    /// Make a second link to the relay, over the interface that the first doesn't use.
    DialSecond,
    /// Send on the second link's control stream.
    SecondControl(ToRelay),
    /// End the second link, or give up making it.
    DropSecond,
    /// Play this.
    Play(Heard),
    /// What this seat says may come this much later than its time. Counts for the [`Effect::Play`]s that follow.
    Expect(SeatId, Duration),
    /// Nothing more comes from this seat; its place in playout is free.
    Forget(SeatId),
    /// What was missed and isn't played yet isn't wanted any more.
    SkipMissed,
    /// Open or close the microphone.
    Microphone(bool),
    /// Use the device of this name on this side from now on; an empty name is the one that the system offers.
    Device(Side, String),
    /// Go on aloud, where playback has paused because headphones were unplugged.
    PlayAloud,
    /// Play this seat as loud as this, in percent, until it's forgotten.
    Volume(SeatId, u16),
    /// Code my voice by this plan from the next packet on.
    Plan(Plan),
    /// Code the thin layer of my voice too, or no longer, from the next packet on.
    Layers(bool),
    /// Begin or end a sound check: play something, and tell [`super::Member::handle_check_level`] how loud the microphone is.
    /// Nothing else that it hears may be kept or sent.
    SoundCheck(bool),
    /// Make the words of [`crate::crypto::verify`] from this secret, where it holds up nothing else, and tell
    /// [`super::Member::handle_words`].
    MakeWords(Zeroizing<[u8; 32]>),
    /// Show this event. The room is already as it says.
    Tell(Event),
    /// Make a new link to the relay beside the one that has fallen silent, which ends once the new one is there.
    Race,
    /// The silent link is heard again: give up the one that is being made beside it, unless [`super::Member::greeting`] is on
    /// its way there already, which may have moved the seat.
    EndRace,
    /// The line is on the slow road: make a new link over UDP alone, and keep it only if UDP holds. Nothing is lost meanwhile.
    Upgrade,
    /// The room is at this relay: links that are asked for from here on lead there.
    Follow(RelayAt),
    /// Should the relay fall silent, these know where the room is.
    Others(Vec<RelayAt>),
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
    /// The talker's seat.
    pub seat: SeatId,
    /// The frame's number, counted for each talker; where it stands for several, the last.
    pub number: FrameNo,
    /// How many numbers it stands for: 1, or more in the thin layer.
    pub count: u8,
    /// When it was said, in 20 ms units of the talker's clock, modulo 256.
    pub tick: u8,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// Whether a talk spurt ends with it.
    pub end: bool,
    /// When it was said, in milliseconds of the group's time; for live speech, when it came.
    pub at_ms: u64,
    /// Whether it was missed, or waited behind what was missed. All that is played in the order in which it's given, before
    /// live speech.
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
    /// The thin layer's packet for it and those before it, if that is complete.
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

/// What the transport has counted on this link since it was made.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineCounts {
    /// What carries it.
    pub road: Road,
    /// For how long the relay has shown by nothing that it gets what is sent, although it would at once; zero when it has shown it,
    /// or nothing was sent.
    pub unanswered: Duration,
    /// Bytes sent, at the IP level.
    pub up_bytes: u64,
    /// Bytes received, at the IP level.
    pub down_bytes: u64,
    /// Packets sent.
    pub sent: u64,
    /// Packets sent that were lost.
    pub lost: u64,
    /// Packets received.
    pub heard: u64,
    /// The round trip.
    pub rtt: Duration,
    /// Playout delay, in milliseconds.
    pub playout_ms: u32,
    /// Sound lost between the program and its devices since the start, in milliseconds.
    pub dropped_ms: u64,
}
