//! Voice datagrams: a bundle is a list of sealed frames.
//!
//! ```text
//! up          sent frame+
//! down        sequence sent frame+
//! again up    0x82 frame+                   frames that were asked for
//! again down  0x83 sequence frame+          what was in the bundle with this sequence
//! frame: head kid number [length] body
//!
//! head      0 last start end thin level(3)  one byte; thin: of the thin layer
//! kid       seat(6) epoch(2)                one byte, the key that sealed it: whose, and of which epoch modulo 4
//! number    two bytes, the frame's number within its talker, without gaps: the low half of the seal's counter. A thin frame
//!           has the number of the newest frame of the full layer whose sound it has too
//! length    two bytes, left out in the last frame, which takes the rest
//! sequence  one byte below 128, the bundle's number on this hop: its gaps are the hop's loss
//! sent      one byte below 128, when the bundle left, in 8 ms: what it comes later than others is the hop's queue
//! ```
//!
//! The top bit of the first byte tells the two bundles from every other datagram.
//!
//! The first frame of an upward bundle is by definition its new one, behind which may be a new one of the thin layer; frames
//! behind these were sent before and are sent again, sealed as they were. So the gaps between the numbers of first frames are the loss of the talker's hop, however much of it
//! is repaired. After the end of a spurt a bundle may come that has no new frame; it begins with the spurt's last.
//!
//! The level stands outside the seal, so that a relay can choose who is forwarded without hearing anybody. All of a frame
//! but `last` and `length`, which a hop may change, is authenticated by the seal.

use super::error::WireError;
use super::{limits, tag};
use crate::ids::{FrameNo, Kid, Layer, SendStamp};

const LAST: u8 = 0b0100_0000;
const START: u8 = 0b0010_0000;
const END: u8 = 0b0001_0000;
const THIN: u8 = 0b0000_1000;
const LEVEL: u8 = 0b0000_0111;

/// What a frame says of itself outside its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHead {
    /// The key that sealed the frame, and by it the talker.
    pub kid: Kid,
    /// The frame's number within its talker.
    pub number: FrameNo,
    /// Whether a talk spurt begins with it.
    pub start: bool,
    /// Whether a talk spurt ends with it.
    pub end: bool,
    /// Which layer it is of.
    pub layer: Layer,
    /// Loudness, `0..=7`.
    pub level: u8,
}

impl FrameHead {
    /// Whether it is of the thin layer.
    pub fn is_thin(&self) -> bool {
        self.layer == Layer::Thin
    }

    /// The head's first byte as it is in any bundle, so without the mark of the bundle's last frame.
    pub fn bits(&self) -> u8 {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        bit(self.start, START) | bit(self.end, END) | bit(self.is_thin(), THIN) | self.level.min(LEVEL)
    }
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
pub struct UpBundle {
    /// When it left.
    pub sent: SendStamp,
    /// The new one first.
    pub frames: Vec<Frame>,
}

/// A member's answer to a relay that misses frames of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetransmitUp(pub Vec<Frame>);

/// A relay's answer to a member that misses one of its bundles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetransmitDown {
    /// Which bundle, modulo 128.
    pub sequence: u8,
    /// What was in it.
    pub frames: Vec<Frame>,
}

/// A relay's datagram: frames of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownBundle {
    /// The bundle's number on this hop, modulo 128.
    pub sequence: u8,
    /// When it left.
    pub sent: SendStamp,
    /// Frames of any talkers.
    pub frames: Vec<Frame>,
}

impl UpBundle {
    /// The datagram.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] if frames or datagram are over their limits, [`WireError::Malformed`] without frames
    /// or with an empty one.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        encode(&[self.sent.units()], &self.frames)
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes);
        Ok(Self { sent: reader.stamp()?, frames: reader.frames()? })
    }
}

impl RetransmitUp {
    /// The datagram.
    ///
    /// # Errors
    /// As [`UpBundle::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        encode(&[tag::RETRANSMIT_UP], &self.0)
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        read_frames(body).map(Self)
    }
}

impl RetransmitDown {
    /// The datagram.
    ///
    /// # Errors
    /// As [`UpBundle::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        encode(&[tag::RETRANSMIT_DOWN, self.sequence & 0x7f], &self.frames)
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(body);
        Ok(Self { sequence: reader.small()?, frames: reader.frames()? })
    }
}

impl DownBundle {
    /// The datagram.
    ///
    /// # Errors
    /// As [`UpBundle::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        encode(&[self.sequence & 0x7f, self.sent.units()], &self.frames)
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes);
        Ok(Self { sequence: reader.small()?, sent: reader.stamp()?, frames: reader.frames()? })
    }
}

/// Whether a datagram is meant to be a bundle rather than something else.
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first & 0x80 == 0)
}

/// Takes frames off the end, though never the first `keep`, until a bundle of either kind has room for the rest.
pub fn fit(frames: &mut Vec<Frame>, keep: usize) {
    let size = |frames: &[Frame]| frames.iter().map(|frame| 6 + frame.body.len()).sum::<usize>();
    while frames.len() > keep && (frames.len() > limits::BUNDLE_FRAMES || size(frames) > limits::DATAGRAM) {
        frames.pop();
    }
}

fn encode(before: &[u8], frames: &[Frame]) -> Result<Vec<u8>, WireError> {
    let mut out = Vec::with_capacity(160);
    out.extend_from_slice(before);
    write_frames(&mut out, frames)?;
    Ok(out)
}

/// Writes frames behind what is in `out`, as in any bundle.
pub(super) fn write_frames(out: &mut Vec<u8>, frames: &[Frame]) -> Result<(), WireError> {
    if frames.is_empty() {
        return Err(WireError::Malformed);
    }
    if frames.len() > limits::BUNDLE_FRAMES {
        return Err(WireError::TooLarge);
    }
    for (at, frame) in frames.iter().enumerate() {
        if frame.body.is_empty() {
            return Err(WireError::Malformed);
        }
        if frame.body.len() > limits::FRAME {
            return Err(WireError::TooLarge);
        }
        let last = at + 1 == frames.len();
        let head = &frame.head;
        out.extend([head.bits() | if last { LAST } else { 0 }, head.kid.0]);
        out.extend(head.number.0.to_be_bytes());
        if !last {
            out.extend((frame.body.len() as u16).to_be_bytes());
        }
        out.extend_from_slice(&frame.body);
    }
    if out.len() > limits::DATAGRAM { Err(WireError::TooLarge) } else { Ok(()) }
}

/// Reads frames and nothing else, as in any bundle.
pub(super) fn read_frames(bytes: &[u8]) -> Result<Vec<Frame>, WireError> {
    Reader::new(bytes).frames()
}

struct Reader<'a> {
    rest: &'a [u8],
    ended: bool,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, ended: false }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], WireError> {
        let (taken, rest) = self.rest.split_at_checked(n).ok_or(WireError::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// A byte below 128.
    fn small(&mut self) -> Result<u8, WireError> {
        self.byte().and_then(|byte| if byte < 0x80 { Ok(byte) } else { Err(WireError::Malformed) })
    }

    fn stamp(&mut self) -> Result<SendStamp, WireError> {
        SendStamp::from_units(self.byte()?).ok_or(WireError::Malformed)
    }

    fn pair(&mut self) -> Result<u16, WireError> {
        self.take(2).map(|bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
    }

    fn frames(mut self) -> Result<Vec<Frame>, WireError> {
        let mut frames = Vec::new();
        while !self.ended {
            if frames.len() == limits::BUNDLE_FRAMES {
                return Err(WireError::TooLarge);
            }
            frames.push(self.frame()?);
        }
        Ok(frames)
    }

    fn frame(&mut self) -> Result<Frame, WireError> {
        let bits = self.byte()?;
        if bits & !(LAST | START | END | THIN | LEVEL) != 0 {
            return Err(WireError::Malformed);
        }
        let kid = Kid(self.byte()?);
        let number = FrameNo(self.pair()?);
        self.ended = bits & LAST != 0;
        let length = if self.ended { self.rest.len() } else { usize::from(self.pair()?) };
        if length == 0 {
            return Err(WireError::Malformed);
        }
        if length > limits::FRAME {
            return Err(WireError::TooLarge);
        }
        let body = self.take(length)?.to_vec();
        let is = |bit: u8| bits & bit != 0;
        let layer = if is(THIN) { Layer::Thin } else { Layer::Full };
        let head = FrameHead { kid, number, start: is(START), end: is(END), layer, level: bits & LEVEL };
        Ok(Frame { head, body })
    }
}
