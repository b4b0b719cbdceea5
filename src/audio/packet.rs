//! Opus packets on their way: of my voice out, and of the others in.

use crate::ids::{FrameNo, SeatId};

/// One Opus packet of my voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The packet. All packets of one plan have the same size.
    pub packet: Vec<u8>,
    /// Media time of its first sample in units of 20 ms, modulo 256.
    pub tick: u8,
    /// Loudness, `0..=7`.
    pub level: u8,
    /// The first packet of a talk spurt.
    pub start: bool,
    /// The last packet of a talk spurt.
    pub end: bool,
    /// What the thin layer has for it and the packets before it, if that is complete.
    pub thin: Option<Thin>,
}

/// One Opus packet of the thin layer: the same sound as some packets of the full one, in far fewer bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thin {
    /// The packet.
    pub packet: Vec<u8>,
    /// Media time of its first sample in units of 20 ms, modulo 256.
    pub tick: u8,
    /// How many packets of the full layer have the same sound, from 1 on; the last of them is the one that it comes with.
    pub count: u8,
    /// A talk spurt begins with it.
    pub start: bool,
}

/// One Opus packet to be heard. Any bytes may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Whose voice it is.
    pub seat: SeatId,
    /// Its number: contiguous per talker, also from one spurt to the next. Where it stands for several, the last.
    pub number: FrameNo,
    /// How many numbers it stands for: 1, and more in the thin layer.
    pub count: u8,
    /// Media time of its first sample in units of 20 ms, modulo 256.
    pub tick: u8,
    /// The first packet of a talk spurt.
    pub start: bool,
    /// The last packet of a talk spurt.
    pub end: bool,
    /// The packet.
    pub packet: Vec<u8>,
}
