//! Voice datagrams: a bundle is a list of sealed frames.
//!
//! ```text
//! up    frame+                       frame: head number [length] body
//! down  sequence frame+              frame: head seat number [length] body
//!
//! head      0 last start end 0 level(3)     one byte; the top bit tells a bundle from other datagrams
//! number    two bytes, the frame's number within its talker, without gaps
//! length    two bytes, left out in the last frame, which takes the rest
//! sequence  one byte below 128, the bundle's number on this hop: its gaps are the hop's loss
//! ```
//!
//! The level stands outside the seal, so that a relay can choose who is forwarded without hearing anybody.

use super::{WireError, limits};
use crate::ids::{FrameNo, SeatId};

const LAST: u8 = 0b0100_0000;
const START: u8 = 0b0010_0000;
const END: u8 = 0b0001_0000;
const LEVEL: u8 = 0b0000_0111;

/// What a frame says of itself outside its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHead {
    /// The frame's number within its talker.
    pub number: FrameNo,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// Whether a talk spurt ends with it.
    pub end: bool,
    /// Loudness, `0..=7`.
    pub level: u8,
}

/// One sealed frame; `body` is at most [`limits::FRAME`] bytes and not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What stands outside the seal.
    pub head: FrameHead,
    /// What is sealed.
    pub body: Vec<u8>,
}

/// A member's datagram: frames of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpBundle(pub Vec<Frame>);

/// A relay's datagram: frames of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownBundle {
    /// The bundle's number on this hop, modulo 128.
    pub sequence: u8,
    /// Frames with the seats of their talkers.
    pub frames: Vec<(SeatId, Frame)>,
}

impl UpBundle {
    /// The datagram.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] if frames or datagram are over their limits, [`WireError::Malformed`] without frames, or
    /// with an empty one or a seat that no room gives out.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let mut out = Vec::with_capacity(160);
        write_frames(&mut out, self.0.iter().map(|frame| (None, frame)))?;
        Ok(out)
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// [`WireError`] unless all of it is a bundle within the limits.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes)?;
        let mut frames = Vec::new();
        while let Some((_, frame)) = reader.frame(false, frames.len())? {
            frames.push(frame);
        }
        Ok(Self(frames))
    }
}

impl DownBundle {
    /// The datagram.
    ///
    /// # Errors
    /// As [`UpBundle::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let mut out = Vec::with_capacity(160);
        out.push(self.sequence & 0x7f);
        write_frames(&mut out, self.frames.iter().map(|(seat, frame)| (Some(*seat), frame)))?;
        Ok(out)
    }

    /// Reads a datagram.
    ///
    /// # Errors
    /// As [`UpBundle::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes)?;
        let sequence = reader.byte()?;
        if sequence > 0x7f {
            return Err(WireError::Malformed);
        }
        let mut frames = Vec::new();
        while let Some((seat, frame)) = reader.frame(true, frames.len())? {
            frames.push((seat, frame));
        }
        Ok(Self { sequence, frames })
    }
}

/// Whether a datagram is meant to be a bundle rather than something else.
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first & 0x80 == 0)
}

fn write_frames<'a>(
    out: &mut Vec<u8>,
    frames: impl ExactSizeIterator<Item = (Option<SeatId>, &'a Frame)>,
) -> Result<(), WireError> {
    let count = frames.len();
    if count == 0 {
        return Err(WireError::Malformed);
    }
    if count > limits::BUNDLE_FRAMES {
        return Err(WireError::TooLarge);
    }
    for (at, (seat, frame)) in frames.enumerate() {
        if frame.body.is_empty() || seat.is_some_and(|seat| !seat.is_valid()) {
            return Err(WireError::Malformed);
        }
        if frame.body.len() > limits::FRAME {
            return Err(WireError::TooLarge);
        }
        let last = at + 1 == count;
        let head = &frame.head;
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        out.push(bit(last, LAST) | bit(head.start, START) | bit(head.end, END) | head.level.min(LEVEL));
        out.extend(seat.map(|seat| seat.0));
        out.extend(head.number.0.to_be_bytes());
        if !last {
            out.extend((frame.body.len() as u16).to_be_bytes());
        }
        out.extend_from_slice(&frame.body);
    }
    if out.len() > limits::DATAGRAM { Err(WireError::TooLarge) } else { Ok(()) }
}

struct Reader<'a> {
    rest: &'a [u8],
    ended: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, WireError> {
        match bytes.len() {
            0 => Err(WireError::Malformed),
            n if n > limits::DATAGRAM => Err(WireError::TooLarge),
            _ => Ok(Self { rest: bytes, ended: false }),
        }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], WireError> {
        let (taken, rest) = self.rest.split_at_checked(n).ok_or(WireError::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn pair(&mut self) -> Result<u16, WireError> {
        self.take(2).map(|bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    fn frame(&mut self, with_seat: bool, before: usize) -> Result<Option<(SeatId, Frame)>, WireError> {
        if self.ended {
            return Ok(None);
        }
        if before == limits::BUNDLE_FRAMES {
            return Err(WireError::TooLarge);
        }
        let bits = self.byte()?;
        if bits & !(LAST | START | END | LEVEL) != 0 {
            return Err(WireError::Malformed);
        }
        let seat = SeatId(if with_seat { self.byte()? } else { 0 });
        let number = FrameNo(self.pair()?);
        self.ended = bits & LAST != 0;
        let length = if self.ended { self.rest.len() } else { usize::from(self.pair()?) };
        if length == 0 || !seat.is_valid() {
            return Err(WireError::Malformed);
        }
        if length > limits::FRAME {
            return Err(WireError::TooLarge);
        }
        let body = self.take(length)?.to_vec();
        let head = FrameHead { number, start: bits & START != 0, end: bits & END != 0, level: bits & LEVEL };
        Ok(Some((seat, Frame { head, body })))
    }
}
