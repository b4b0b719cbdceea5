//! Frames that were missed, fetched later: asked for a few at a time, as datagrams, so that what is live is never behind them.
//!
//! ```text
//! request 0x88 seat first wanted                      bit n of `wanted` (two bytes) asks for the number first + n
//! answer  0x89 seat first gone at count offset* frame*  bit n of `gone`: the number first + n will never come
//! newest  0x8a number                                 a talker's newest frame
//! ```
//!
//! `at` is the group's time in milliseconds, four bytes; each offset, two bytes, is how much later its frame was said. The frames
//! are as in a bundle. A listener asks the relay, and the relay a talker; either may ask again, for nothing changes by it.

use super::bundle::{self, Frame};
use super::error::WireError;
use super::{limits, tag};
pub use crate::ids::BackfillRequest;
use crate::ids::{FrameNo, SeatId};

/// The answer to a [`BackfillRequest`]: as many frames as fit, and which will never come. The rest may be requested again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackfillAnswer {
    /// Whose.
    pub seat: SeatId,
    /// As in the ask.
    pub first: FrameNo,
    /// Bit n: the number `first + n` will not come.
    pub gone: u16,
    /// The frames, with the group's time in milliseconds at which each was said; no more than 65 s apart.
    pub frames: Vec<(u32, Frame)>,
}

/// A talker's newest frame, told when nothing follows by which others would learn that it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewestFrame(pub FrameNo);

impl BackfillRequest {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let ([a, b], [c, d]) = (self.first.0.to_be_bytes(), self.wanted.to_be_bytes());
        vec![tag::BACKFILL_REQUEST, self.seat.0, a, b, c, d]
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        let [seat, a, b, c, d] = *body else { return Err(WireError::Malformed) };
        let seat = SeatId::try_from(seat).map_err(|_| WireError::Malformed)?;
        let (first, wanted) = (FrameNo(u16::from_be_bytes([a, b])), u16::from_be_bytes([c, d]));
        if wanted & 1 == 1 { Ok(Self { seat, first, wanted }) } else { Err(WireError::Malformed) }
    }
}

/// What keeping a frame costs, in bytes.
pub fn cost(frame: &Frame) -> usize {
    frame.body.len() + limits::PAST_OVERHEAD
}

impl BackfillAnswer {
    /// Nothing yet, to this ask.
    pub fn to(ask: &BackfillRequest) -> Self {
        Self { seat: ask.seat, first: ask.first, gone: 0, frames: Vec::new() }
    }

    /// Adds a frame that was said at `at_ms` of the group's time, unless it was said at quite another time than the first, or
    /// there is no room for it. Whether it was added.
    pub fn add(&mut self, at_ms: u64, frame: &Frame) -> bool {
        let size = |frame: &Frame| frame.body.len() + 8;
        let at = u32::try_from(at_ms).unwrap_or(u32::MAX);
        if let Some((first, _)) = self.frames.first() {
            let held: usize = self.frames.iter().map(|(_, frame)| size(frame)).sum();
            if at.abs_diff(*first) >= u32::from(u16::MAX) / 2 || held + size(frame) > limits::PAST_ANSWER {
                return false;
            }
        }
        self.frames.push((at, frame.clone()));
        true
    }

    /// The datagram.
    ///
    /// # Errors
    /// [`WireError`] if the frames are too many, too large, too far apart, or not what the ask was for.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        self.check()?;
        let at = self.frames.iter().map(|(at, _)| *at).min().unwrap_or(0);
        let mut out = vec![tag::BACKFILL_ANSWER, self.seat.0];
        out.extend(self.first.0.to_be_bytes());
        out.extend(self.gone.to_be_bytes());
        out.extend(at.to_be_bytes());
        out.push(self.frames.len() as u8);
        for (said, _) in &self.frames {
            out.extend(u16::try_from(said - at).map_err(|_| WireError::TooLarge)?.to_be_bytes());
        }
        if !self.frames.is_empty() {
            let frames: Vec<Frame> = self.frames.iter().map(|(_, frame)| frame.clone()).collect();
            bundle::write_frames(&mut out, &frames)?;
        }
        if out.len() > limits::DATAGRAM { Err(WireError::TooLarge) } else { Ok(out) }
    }

    /// All of it is an answer within the limits, whose frames are of its seat and its numbers.
    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        let (head, rest) = body.split_first_chunk().ok_or(WireError::Malformed)?;
        let [seat, a, b, c, d, t, u, v, w, count] = *head;
        let seat = SeatId::try_from(seat).map_err(|_| WireError::Malformed)?;
        let at = u32::from_be_bytes([t, u, v, w]);
        let (offsets, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or(WireError::Malformed)?;
        let frames = if count == 0 && rest.is_empty() { Vec::new() } else { bundle::read_frames(rest)? };
        if frames.len() != usize::from(count) {
            return Err(WireError::Malformed);
        }
        let said = offsets.chunks_exact(2).map(|pair| at.saturating_add(u16::from_be_bytes([pair[0], pair[1]]).into()));
        let answer = Self {
            seat,
            first: FrameNo(u16::from_be_bytes([a, b])),
            gone: u16::from_be_bytes([c, d]),
            frames: said.zip(frames).collect(),
        };
        answer.check().map(|()| answer)
    }

    fn check(&self) -> Result<(), WireError> {
        let mut seen = self.gone;
        for (_, frame) in &self.frames {
            let bit = self.first.bit(frame.head.number);
            if frame.head.kid.seat() != self.seat || bit == 0 || seen & bit != 0 {
                return Err(WireError::Malformed);
            }
            seen |= bit;
        }
        Ok(())
    }
}

impl NewestFrame {
    /// The datagram.
    pub fn encode(self) -> Vec<u8> {
        let [a, b] = self.0.0.to_be_bytes();
        vec![tag::NEWEST_FRAME, a, b]
    }

    pub(super) fn read(body: &[u8]) -> Result<Self, WireError> {
        match *body {
            [a, b] => Ok(Self(FrameNo(u16::from_be_bytes([a, b])))),
            _ => Err(WireError::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Epoch, Kid, Layer};
    use crate::wire::FrameHead;

    fn frame(seat: u8, number: u16, bytes: usize) -> Frame {
        let head = FrameHead {
            kid: Kid::new(SeatId(seat), Epoch(2)),
            number: FrameNo(number),
            start: number == 1,
            end: false,
            layer: Layer::Full,
            level: 3,
        };
        Frame { head, body: vec![7; bytes] }
    }

    fn answer(frames: Vec<(u32, Frame)>) -> BackfillAnswer {
        BackfillAnswer { seat: SeatId(3), first: FrameNo(65_530), gone: 2, frames }
    }

    #[test]
    fn all_come_back_as_they_went() {
        let ask = BackfillRequest { seat: SeatId(63), first: FrameNo(65_535), wanted: 0x8003 };
        assert_eq!(BackfillRequest::read(&ask.encode()[1..]), Ok(ask));
        assert_eq!(NewestFrame::read(&NewestFrame(FrameNo(700)).encode()[1..]), Ok(NewestFrame(FrameNo(700))));
        for frames in
            [vec![], vec![(90_000, frame(3, 65_530, 1)), (90_060, frame(3, 9, 480)), (155_535, frame(3, 0, 9))]]
        {
            let answer = answer(frames);
            assert_eq!(BackfillAnswer::read(&answer.encode().expect("fits")[1..]), Ok(answer));
        }
    }

    #[test]
    fn what_is_not_of_the_ask_or_over_a_limit_is_refused() {
        for frames in [
            vec![(0, frame(4, 65_530, 9))],
            vec![(0, frame(3, 65_529, 9))],
            vec![(0, frame(3, 10, 9))],
            vec![(0, frame(3, 65_531, 9))],
            vec![(0, frame(3, 0, 9)), (0, frame(3, 0, 9))],
            vec![(0, frame(3, 0, 481))],
            vec![(0, frame(3, 0, 0))],
            vec![(0, frame(3, 0, 9)), (65_536, frame(3, 1, 9))],
            vec![(0, frame(3, 0, 480)), (0, frame(3, 1, 480)), (0, frame(3, 2, 480))],
        ] {
            assert!(answer(frames).encode().is_err());
        }
        assert!(BackfillRequest::read(&[64, 0, 0, 0, 1]).is_err() && BackfillRequest::read(&[3, 0, 0, 0, 2]).is_err());
        assert!(BackfillAnswer::read(&[tag::BACKFILL_ANSWER; limits::DATAGRAM]).is_err());
        let mut more = answer(vec![(0, frame(3, 0, 9))]).encode().expect("fits");
        more[10] = 2;
        assert!(BackfillAnswer::read(&more[1..]).is_err());
        more[10] = 0;
        assert!(BackfillAnswer::read(&more[1..]).is_err());
    }
}
