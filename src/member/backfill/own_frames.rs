//! What I have said lately, sealed, for those who miss it.

use std::collections::VecDeque;
use std::time::Duration;

use crate::ids::{FrameNo, Time};
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, cost};
use crate::wire::{Frame, limits};

/// The most answers in a second: a relay must not use up a member's data.
const ANSWERS: u32 = 60;

/// My frames of the last [`limits::PAST_TIME`], without gaps in their numbers.
#[derive(Default)]
pub(super) struct OwnFrames {
    kept: VecDeque<(u64, Frame)>,
    bytes: usize,
    answers: (Time, u32),
}

impl OwnFrames {
    /// Keeps a frame that was sealed at this time, in milliseconds of the group's.
    pub(super) fn keep(&mut self, frame: &Frame, at_ms: u64) {
        let oldest = at_ms.saturating_sub(limits::PAST_TIME.as_millis() as u64);
        self.bytes += cost(frame);
        self.kept.push_back((at_ms, frame.clone()));
        while self.kept.front().is_some_and(|(at, _)| *at < oldest) || self.bytes > limits::PAST_OWN {
            self.bytes -= self.kept.pop_front().map_or(0, |(_, frame)| cost(&frame));
        }
    }

    /// The newest number.
    pub(super) fn newest(&self) -> Option<FrameNo> {
        self.kept.back().map(|(_, frame)| frame.head.number)
    }

    /// The answer to a request, unless there were too many.
    pub(super) fn answer(&mut self, ask: &BackfillRequest, now: Time) -> Option<Vec<u8>> {
        if now.since(self.answers.0) >= Duration::from_secs(1) {
            self.answers = (now, 0);
        }
        self.answers.1 += 1;
        if self.answers.1 > ANSWERS {
            return None;
        }
        let first = self.kept.front().map(|(_, frame)| frame.head.number);
        let mut answer = BackfillAnswer::to(ask);
        for number in ask.first.named_by(ask.wanted) {
            let place = first.and_then(|first| usize::try_from(number.since(first)).ok());
            let Some((at_ms, frame)) = place.and_then(|place| self.kept.get(place)) else {
                answer.gone |= ask.first.bit(number);
                continue;
            };
            if !answer.add(*at_ms, frame) {
                break;
            }
        }
        answer.encode().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Epoch, Kid, Layer, SeatId};
    use crate::wire::{FrameHead, UpDatagram};

    fn frame(number: u16, bytes: usize) -> Frame {
        let kid = Kid::new(SeatId(1), Epoch(1));
        Frame {
            head: FrameHead { kid, number: FrameNo(number), start: false, end: false, layer: Layer::Full, level: 3 },
            body: vec![7; bytes],
        }
    }

    fn answer(said: &mut OwnFrames, first: u16, wanted: u16) -> BackfillAnswer {
        let ask = BackfillRequest { seat: SeatId(1), first: FrameNo(first), wanted };
        match UpDatagram::decode(&said.answer(&ask, Time(0)).expect("an answer")) {
            Ok(UpDatagram::BackfillAnswer(answer)) => answer,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_said_is_given_again_and_what_was_not_is_gone() {
        let mut said = OwnFrames::default();
        for n in 0..100_u16 {
            said.keep(&frame(65_500_u16.wrapping_add(n), 99), u64::from(n) * 60);
        }
        let came = answer(&mut said, 65_534, 0b111);
        assert_eq!(
            came.frames.iter().map(|(at, f)| (*at, f.head.number.0)).collect::<Vec<_>>(),
            [(2040, 65_534), (2100, 65_535), (2160, 0)]
        );
        assert_eq!((answer(&mut said, 65_499, 0b11).gone, answer(&mut said, 63, 0b11).gone), (0b01, 0b10));
        assert_eq!(answer(&mut OwnFrames::default(), 3, 1).gone, 1);
    }

    #[test]
    fn it_is_bounded_in_time_bytes_and_answers() {
        let mut said = OwnFrames::default();
        for n in 0..30_000_u16 {
            said.keep(&frame(n, 480), u64::from(n) * 20);
            assert!(said.bytes <= limits::PAST_OWN);
        }
        said.keep(&frame(30_000, 99), 1_000_000);
        assert_eq!((said.kept.len(), said.bytes), (1, 99 + limits::PAST_OVERHEAD));
        let ask = BackfillRequest { seat: SeatId(1), first: FrameNo(30_000), wanted: 1 };
        let given = (0..1000).filter(|_| said.answer(&ask, Time(0)).is_some()).count();
        assert_eq!(given, ANSWERS as usize);
        assert!(said.answer(&ask, Time(1_000_000)).is_some());
    }
}
