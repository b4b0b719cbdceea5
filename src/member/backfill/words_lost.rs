//! What a line lost in a row, and nothing brings back: its listener is told, and can ask for it to be said again.

use std::time::Duration;

use crate::ids::{FrameNo, SeatId, Time};

/// After this long nothing of it comes any more.
const SETTLED: Duration = Duration::from_secs(2);
/// Less than this is not worth a word.
const LEAST_MS: u64 = 1000;
/// How often at most it is told of.
const TELL_EVERY: Duration = Duration::from_secs(20);
/// Most gaps that wait to be looked at.
const MOST: usize = 16;

/// A gap in what came of a talker.
#[derive(Clone, Copy)]
pub(super) struct LostRow {
    pub(super) seat: SeatId,
    pub(super) first: FrameNo,
    pub(super) count: u16,
    /// How long what is missing was, in milliseconds.
    pub(super) ms: u64,
}

/// Gaps that aren't filled.
#[derive(Default)]
pub(super) struct WordsLost {
    rows: Vec<(Time, LostRow)>,
    told: Option<Time>,
}

impl WordsLost {
    pub(super) fn note(&mut self, row: LostRow, now: Time) {
        if self.rows.len() < MOST {
            self.rows.push((now + SETTLED, row));
        }
    }

    /// When [`Self::take`] may have something.
    pub(super) fn due(&self) -> Time {
        self.rows.iter().map(|(due, _)| *due).min().unwrap_or(Time::NEVER)
    }

    /// Whose words were lost, and how many milliseconds of them, if it is time to tell. `is_missing` says whether a frame of a
    /// talker never came.
    pub(super) fn take(&mut self, is_missing: impl Fn(SeatId, FrameNo) -> bool, now: Time) -> Option<(SeatId, u64)> {
        let settled = self.rows.iter().filter(|(due, _)| *due <= now);
        let lost = settled.map(|(_, row)| {
            let missing =
                (0..row.count).filter(|n| is_missing(row.seat, FrameNo(row.first.0.wrapping_add(*n)))).count();
            (row.seat, row.ms * missing as u64 / u64::from(row.count.max(1)))
        });
        let most = lost.max_by_key(|(_, ms)| *ms);
        self.rows.retain(|(due, _)| *due > now);
        let quiet = self.told.is_none_or(|at| now.since(at) >= TELL_EVERY);
        let told = most.filter(|(_, ms)| *ms >= LEAST_MS && quiet);
        self.told = told.map(|_| now).or(self.told);
        told
    }

    /// Somebody left: the next in the seat is another.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.rows.retain(|(_, row)| row.seat != seat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: LostRow = LostRow { seat: SeatId(3), first: FrameNo(65_530), count: 20, ms: 1200 };

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    #[test]
    fn a_second_that_never_came_is_told_of_once() {
        let mut lost = WordsLost::default();
        lost.note(ROW, at(0));
        assert_eq!(lost.due(), at(2000));
        assert_eq!(lost.take(|_, _| true, at(1999)), None);
        assert_eq!(lost.take(|_, _| true, at(2000)), Some((SeatId(3), 1200)));
        assert_eq!((lost.take(|_, _| true, at(2001)), lost.due()), (None, Time::NEVER));
    }

    #[test]
    fn what_came_after_all_and_what_comes_again_too_soon_is_not() {
        let mut lost = WordsLost::default();
        lost.note(ROW, at(0));
        assert_eq!(lost.take(|_, number| number.0 < 10, at(2000)), None, "10 of 20 came");
        for (from, told) in [(3000, true), (10_000, false), (23_100, true)] {
            lost.note(ROW, at(from));
            assert_eq!(lost.take(|_, _| true, at(from + 2000)).is_some(), told, "{from}");
        }
        lost.note(ROW, at(60_000));
        lost.forget(SeatId(3));
        assert_eq!(lost.take(|_, _| true, at(62_000)), None);
    }

    #[test]
    fn what_waits_has_a_bound() {
        let mut lost = WordsLost::default();
        (0..1000).for_each(|n| lost.note(ROW, at(n)));
        assert_eq!(lost.rows.len(), MOST);
    }
}
