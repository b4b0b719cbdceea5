//! Which frames came, in bundles or behind later ones: whether anything is missing still, though bundles were lost.

use std::collections::BTreeMap;

use crate::ids::{FrameNo, SeatId};
use crate::wire::Frame;

/// So many frames of a talker are looked at. What is older comes too late.
const BACK: u16 = 12;
/// Their bits.
const LATELY: u16 = (1 << BACK) - 1;
/// What comes further behind the newest is of another count.
const LATE: i16 = -64;

/// The last frames of one talker.
struct Came {
    newest: FrameNo,
    /// Bit n: the number n before the newest came, or was before the first.
    came: u16,
}

/// The last frames of each talker, at most one entry a seat.
#[derive(Default)]
pub(super) struct Copies(BTreeMap<SeatId, Came>);

impl Copies {
    /// These came in one datagram. How many frames behind its talker's newest the nearest of those sent again is, 0 if none was; and
    /// whether of these talkers nothing is missing now.
    pub(super) fn came(&mut self, frames: &[Frame]) -> (u16, bool) {
        let full =
            || frames.iter().map(|frame| &frame.head).filter(|head| !head.is_thin() && head.kid.seat().is_valid());
        for head in full() {
            let (seat, number) = (head.kid.seat(), head.number);
            let of = self.0.entry(seat).or_insert(Came { newest: number, came: u16::MAX });
            let ahead = number.since(of.newest);
            match ahead {
                1.. if ahead.unsigned_abs() < BACK => {
                    (of.newest, of.came) = (number, of.came << ahead | 1);
                }
                ..=0 if ahead.unsigned_abs() < BACK => of.came |= 1 << ahead.unsigned_abs(),
                LATE..=0 => {}
                _ => *of = Came { newest: number, came: u16::MAX },
            }
        }
        let behind = |seat, number| self.0.get(&seat).map_or(0, |of| of.newest.since(number));
        let nearest = full().map(|head| behind(head.kid.seat(), head.number)).filter(|behind| *behind > 0).min();
        let whole = |seat| self.0.get(&seat).is_some_and(|of| of.came & LATELY == LATELY);
        (nearest.unwrap_or(0).unsigned_abs(), full().all(|head| whole(head.kid.seat())))
    }
}
