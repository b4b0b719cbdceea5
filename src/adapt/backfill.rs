//! Fetching what was missed over a line on which others talk: a few frames at a time, so that what is live stays in time.
//!
//! Each request gets one answer of bounded size. How many requests are open is a congestion window as TCP's: it grows by a little
//! with each answer and shrinks by a factor (RFC 5681). The signal is delay, as in TCP Vegas: as soon as answers take longer than
//! the fastest did, there is a queue. With a window of one no more than one answer is ever on the way.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::ids::{BackfillRequest, FrameNo, SeatId, Time};

/// From this many missing frames on they are a hole. Fewer are repaired in time, or concealed.
pub const HOLE: u16 = 8;
/// From this silence of a talker on there may be a hole. A shorter one is the jitter of a bad line.
pub const HOLE_TIME: Duration = Duration::from_millis(900);
/// Most frames of one hole.
pub const LONGEST_HOLE: u16 = 6500;

/// Most frames that one request can name.
const EACH_MOST: usize = 16;
/// Most requests that are open at once.
const WINDOW_MOST: f64 = 8.0;
/// How much the window grows with each answer in time, and what is left of it where an answer had to wait.
const MORE: f64 = 0.25;
const LESS: f64 = 0.7;
/// After this many times the time that an answer may take, a line is silent, not lossy.
const SILENT: u32 = 3;
/// Answers may take this much longer than the fastest before there is a queue.
const QUEUE: Duration = Duration::from_millis(60);
/// A request is given up after this time at the earliest, and at the latest.
const SOONEST: Duration = Duration::from_millis(400);
const LATEST: Duration = Duration::from_secs(4);
/// Frames that aren't there yet are asked for again after this time.
const NOT_YET: Duration = Duration::from_millis(400);
/// A frame that is missed.
#[derive(Clone, Copy)]
struct Item {
    /// When it was said, more or less, in milliseconds of any clock.
    at_ms: u64,
    seat: SeatId,
    number: FrameNo,
    /// Whether a request for it is open.
    open: bool,
    not_before: Time,
}

/// What is still missed, in the order in which it was said, and the requests that are open.
pub struct Backfill {
    items: Vec<Item>,
    open: Vec<(BackfillRequest, Time)>,
    window: f64,
    /// Frames that one request names: as many as one answer holds.
    each: u16,
    /// How long the fastest answer took on this line.
    fastest: Option<Duration>,
    /// How long answers take, smoothed.
    takes: Duration,
    /// When any answer came last.
    heard: Option<Time>,
    most: usize,
}

impl Backfill {
    /// Nothing is missed. At most `most` frames ever will be; the oldest make room.
    pub fn new(most: usize) -> Self {
        let takes = Duration::from_millis(300);
        Self { items: Vec::new(), open: Vec::new(), window: 1.0, each: 4, fastest: None, takes, heard: None, most }
    }

    /// Whether nothing is missed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether this one is missed.
    pub fn wants(&self, seat: SeatId, number: FrameNo) -> bool {
        self.items.iter().any(|item| item.seat == seat && item.number == number)
    }

    /// These are missed too: `count` numbers from `first` on, said between the two moments.
    pub fn want(&mut self, seat: SeatId, first: FrameNo, count: u16, from_ms: u64, to_ms: u64) {
        let known: BTreeSet<u16> =
            self.items.iter().filter(|item| item.seat == seat).map(|item| item.number.0).collect();
        for n in 0..count {
            let number = FrameNo(first.0.wrapping_add(n));
            if !known.contains(&number.0) {
                let at_ms = from_ms + to_ms.saturating_sub(from_ms) * u64::from(n) / u64::from(count.max(2) - 1);
                self.items.push(Item { at_ms, seat, number, open: false, not_before: Time(0) });
            }
        }
        self.items.sort_by_key(|item| item.at_ms);
        self.items.drain(..self.items.len().saturating_sub(self.most));
    }

    /// This one came, whichever way, or never will. Gives whether it was missed.
    pub fn settle(&mut self, seat: SeatId, number: FrameNo) -> bool {
        let before = self.items.len();
        self.items.retain(|item| item.seat != seat || item.number != number);
        self.items.len() < before
    }

    /// Nothing of this seat is missed any more.
    pub fn forget(&mut self, seat: SeatId) {
        self.items.retain(|item| item.seat != seat);
        self.open.retain(|(wanted, _)| wanted.seat != seat);
    }

    /// Gives up what was said before this moment, and says what that is.
    pub fn expire(&mut self, before_ms: u64) -> Vec<(SeatId, FrameNo)> {
        let count = self.items.partition_point(|item| item.at_ms < before_ms);
        self.items.drain(..count).map(|item| (item.seat, item.number)).collect()
    }

    /// The line is cut, or new: what was asked for is asked for again.
    pub fn restart(&mut self) {
        self.open.clear();
        self.items.iter_mut().for_each(|item| (item.open, item.not_before) = (false, Time(0)));
        (self.window, self.fastest) = (1.0, None);
    }

    /// An answer came, after [`Backfill::settle`] for all that was in it. It held `frames` frames; `gone`: it also said that some
    /// will never come. Gives whether it was asked for.
    pub fn answered(&mut self, seat: SeatId, first: FrameNo, frames: usize, gone: bool, now: Time) -> bool {
        let same = |(wanted, _): &(BackfillRequest, Time)| wanted.seat == seat && wanted.first == first;
        self.heard = Some(now);
        let Some(at) = self.open.iter().position(same) else {
            // It was given up, and has come after all: it had to wait.
            self.window = (self.window * LESS).max(1.0);
            return false;
        };
        let (wanted, sent) = self.open.remove(at);
        // Where nothing came the frames aren't there yet; where some did the rest had no room, and is asked for at once.
        let again = if frames == 0 && !gone { now + NOT_YET } else { now };
        let rest = self.close(&wanted, again);
        let asked = wanted.wanted.count_ones() as usize;
        if frames > 0 {
            self.each = if rest == 0 { asked + 1 } else { frames }.clamp(1, EACH_MOST) as u16;
            self.took(now.since(sent));
        }
        true
    }

    fn took(&mut self, took: Duration) {
        let fastest = self.fastest.map_or(took, |fastest| fastest.min(took));
        self.fastest = Some(fastest);
        self.takes = (self.takes * 3 + took) / 4;
        let queue = took.saturating_sub(fastest);
        self.window = if queue > QUEUE { self.window * LESS } else { self.window + MORE }.clamp(1.0, WINDOW_MOST);
    }

    /// Nothing is on its way for this request any more. Gives how many of its frames are still missed.
    fn close(&mut self, wanted: &BackfillRequest, again: Time) -> usize {
        let named = |item: &&mut Item| item.seat == wanted.seat && wanted.first.bit(item.number) & wanted.wanted != 0;
        let mut rest = 0;
        for item in self.items.iter_mut().filter(named) {
            (item.open, item.not_before) = (false, again);
            rest += 1;
        }
        rest
    }

    /// What is to be requested now, if anything.
    pub fn ask(&mut self, now: Time) -> Option<BackfillRequest> {
        let patience = self.patience();
        for at in (0..self.open.len()).rev() {
            if now.since(self.open[at].1) >= patience {
                let (wanted, _) = self.open.remove(at);
                self.close(&wanted, now);
                // Some are lost. Where nothing at all comes back, too little is better than a queue on a line that stands still.
                let silent = self.heard.is_none_or(|at| now.since(at) >= patience * SILENT);
                self.window = if silent { 1.0 } else { self.window };
            }
        }
        if self.open.len() >= self.window as usize {
            return None;
        }
        let Item { seat, number: first, .. } = *self.items.iter().find(|item| !item.open && item.not_before <= now)?;
        let each = u32::from(self.each);
        let mut mask = 0_u16;
        for item in &mut self.items {
            let bit = if item.seat == seat { first.bit(item.number) } else { 0 };
            let fits = bit != 0 && !item.open && item.not_before <= now;
            if fits && (mask | 1).count_ones() < each + u32::from(bit == 1) {
                mask |= bit;
                item.open = true;
            }
        }
        let wanted = BackfillRequest { seat, first, wanted: mask };
        self.open.push((wanted, now));
        Some(wanted)
    }

    /// When [`Backfill::ask`] may have something.
    pub fn due(&self) -> Time {
        let patience = self.patience();
        let given_up = self.open.iter().map(|(_, sent)| *sent + patience).min().unwrap_or(Time::NEVER);
        if self.open.len() >= self.window as usize {
            return given_up;
        }
        let next = self.items.iter().filter(|item| !item.open).map(|item| item.not_before).min();
        given_up.min(next.unwrap_or(Time::NEVER))
    }

    fn patience(&self) -> Duration {
        // In whole microseconds, as times are, so that what is due is due.
        let patience = (self.takes * 3).clamp(SOONEST, LATEST);
        Duration::from_micros(patience.as_micros() as u64)
    }
}

#[cfg(test)]
mod tests;
