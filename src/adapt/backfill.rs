//! Fetching what was missed over a line on which others talk: a few frames at a time, so that what is live stays in time.
//!
//! Each request gets one answer of bounded size. How many requests are open is a congestion window as TCP's: it grows by a little
//! with each answer and shrinks by a factor (RFC 5681). The signal is delay, as in TCP Vegas: as soon as answers take longer than
//! the fastest did, there is a queue. With a window of one no more than one answer is ever on the way.

use std::time::Duration;

use super::work;
use crate::ids::{BackfillRequest, FrameNo, SeatId, Time};

/// From this many missing frames on they are a hole, on a line that loses them one by one. Fewer are repaired in time, or concealed.
const HOLE: u16 = 8;
/// From this silence of a talker on there may be a hole. A shorter one is the jitter of a bad line.
pub const HOLE_TIME: Duration = Duration::from_millis(900);
/// Most frames of one hole.
pub const LONGEST_HOLE: u16 = 6500;
/// A gap that a line's own losses make less often than once in this many was made by a cut of the line. That is an hour of
/// speech, also where the mean length of gaps is guessed too low.
const RARE: f64 = 1e9;
/// More missing frames than this are a cut on any line: five seconds of them.
const ALWAYS_HOLE: u16 = 83;

/// From how many missing frames on a gap is a hole, on a line whose gaps have the mean length `gap`: a row of losses that
/// Gilbert's model has now and then is none, because what it took is too late for a conversation.
///
/// ```
/// // Each loss by itself, in threes, and in sixes.
/// assert_eq!([1.05, 3.0, 6.0].map(ingle::adapt::hole_from), [8, 53, 83]);
/// ```
pub fn hole_from(gap: f64) -> u16 {
    // The odds that a gap which has begun goes on.
    let goes_on = 1.0 - 1.0 / gap.clamp(1.0, 1e3);
    let rare = if goes_on > 0.0 { 1.0 - RARE.ln() / goes_on.ln() } else { 0.0 };
    (rare.ceil() as u16).clamp(HOLE, ALWAYS_HOLE)
}

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

/// Frames in a row of one talker that are missed, and that no open request names.
#[derive(Clone, Copy)]
struct Run {
    seat: SeatId,
    first: FrameNo,
    /// At least one.
    count: u16,
    said: Said,
    not_before: Time,
}

/// When the frames of a hole were said, more or less, in milliseconds of any clock: evenly between its first and its last.
#[derive(Clone, Copy)]
struct Said {
    first: FrameNo,
    count: u16,
    from_ms: u64,
    to_ms: u64,
}

impl Said {
    fn at_ms(&self, number: FrameNo) -> u64 {
        let (after, of) = (number.0.wrapping_sub(self.first.0), self.count.max(2) - 1);
        let span = self.to_ms.saturating_sub(self.from_ms);
        self.from_ms.saturating_add(span.saturating_mul(u64::from(after)) / u64::from(of))
    }
}

impl Run {
    /// How far into the run this number is, if it is in it.
    fn place(&self, seat: SeatId, number: FrameNo) -> Option<u16> {
        let after = number.0.wrapping_sub(self.first.0);
        (self.seat == seat && after < self.count).then_some(after)
    }

    /// What of it is from the `from`th number up to the one before the `to`th.
    fn part(&self, from: u16, to: u16) -> Option<Self> {
        let first = FrameNo(self.first.0.wrapping_add(from));
        (from < to).then(|| Self { first, count: to - from, ..*self })
    }

    /// Which of the 16 numbers from `first` on are in it, one bit each.
    fn mask(&self, first: FrameNo) -> u16 {
        let from = i32::from(self.first.since(first));
        let to = from + i32::from(self.count);
        let ones = |n: i32| (1_u32 << n.clamp(0, 16)) - 1;
        (ones(to) & !ones(from)) as u16
    }

    fn at_ms(&self) -> u64 {
        self.said.at_ms(self.first)
    }
}

/// A request on its way.
struct Open {
    request: BackfillRequest,
    sent: Time,
    /// Which of its frames are still missed.
    missed: u16,
    /// When each of its frames was said.
    at_ms: [u64; EACH_MOST],
}

impl Open {
    /// The bit of a frame that is still missed; 0 if it isn't among them.
    fn bit(&self, seat: SeatId, number: FrameNo) -> u16 {
        if self.request.seat == seat { self.request.first.bit(number) & self.missed } else { 0 }
    }
}

/// Frames of one talker that are missed no longer because they were given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Whose.
    pub seat: SeatId,
    /// The first.
    pub first: FrameNo,
    /// How many there are from it on.
    pub count: u16,
}

/// What is still missed, and the requests that are open. It's held as runs of numbers, so that a hole of thousands costs no more
/// than one of ten.
pub struct Backfill {
    runs: Vec<Run>,
    open: Vec<Open>,
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
    most_runs: usize,
    /// What had no room, until [`Backfill::expire`] tells of it.
    crowded_out: Vec<GivenUp>,
}

impl Backfill {
    /// Nothing is missed. At most `most` frames ever will be, in at most `runs` runs; the oldest make room.
    pub fn new(most: usize, runs: usize) -> Self {
        Self {
            runs: Vec::new(),
            open: Vec::new(),
            window: 1.0,
            each: 4,
            fastest: None,
            takes: Duration::from_millis(300),
            heard: None,
            most,
            most_runs: runs,
            crowded_out: Vec::new(),
        }
    }

    /// Whether nothing is missed.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.open.iter().all(|open| open.missed == 0)
    }

    /// Whether this one is missed.
    pub fn wants(&self, seat: SeatId, number: FrameNo) -> bool {
        work::count(self.open.len() + self.runs.len());
        self.open.iter().any(|open| open.bit(seat, number) != 0)
            || self.runs.iter().any(|run| run.place(seat, number).is_some())
    }

    /// These are missed too: `count` numbers from `first` on, said between the two moments.
    pub fn want(&mut self, seat: SeatId, first: FrameNo, count: u16, from_ms: u64, to_ms: u64) {
        let said = Said { first, count, from_ms, to_ms };
        let all = Run { seat, first, count, said, not_before: Time(0) };
        // Those that are known to be missed, as places from `first` on.
        let place = |number: FrameNo| i32::from(number.since(first));
        let runs = self.runs.iter().filter(|run| run.seat == seat);
        let runs = runs.map(|run| (place(run.first), place(run.first) + i32::from(run.count)));
        let open = self.open.iter().filter(|open| open.request.seat == seat);
        let open = open.flat_map(|open| open.request.first.named_by(open.missed));
        let mut known: Vec<(i32, i32)> = runs.chain(open.map(|number| (place(number), place(number) + 1))).collect();
        known.sort_unstable();
        work::count(self.runs.len() + known.len());
        let end = i32::from(count);
        let mut from = 0;
        for (known_from, known_to) in known.into_iter().chain([(end, end)]) {
            let part = all.part(from.clamp(0, end) as u16, known_from.clamp(0, end) as u16);
            self.runs.extend(part);
            from = from.max(known_to);
        }
        self.make_room();
    }

    fn count(&self) -> usize {
        let runs = self.runs.iter().map(|run| usize::from(run.count));
        runs.chain(self.open.iter().map(|open| open.missed.count_ones() as usize)).sum()
    }

    /// The oldest give way where there are too many.
    fn make_room(&mut self) {
        loop {
            work::count(self.runs.len());
            let over = self.count().saturating_sub(self.most);
            if over == 0 && self.runs.len() <= self.most_runs {
                return;
            }
            let oldest = self.runs.iter().enumerate().min_by_key(|(_, run)| run.at_ms());
            let Some((at, run)) = oldest.map(|(at, run)| (at, *run)) else { return };
            let most = u16::try_from(over).ok().filter(|_| self.runs.len() <= self.most_runs);
            let gone = most.map_or(run.count, |most| most.min(run.count));
            self.crowded_out.push(GivenUp { seat: run.seat, first: run.first, count: gone });
            self.replace(at, [run.part(gone, run.count), None]);
        }
    }

    /// Puts these in the place of a run.
    fn replace(&mut self, at: usize, parts: [Option<Run>; 2]) {
        match parts {
            [None, None] => {
                self.runs.swap_remove(at);
            }
            [Some(part), None] | [None, Some(part)] => self.runs[at] = part,
            [Some(before), Some(after)] => {
                self.runs[at] = before;
                self.runs.push(after);
            }
        }
    }

    /// Takes a frame out of its run. When it was said.
    fn take(&mut self, seat: SeatId, number: FrameNo) -> Option<u64> {
        work::count(self.runs.len());
        let (at, place) = self.runs.iter().enumerate().find_map(|(at, run)| Some((at, run.place(seat, number)?)))?;
        let run = self.runs[at];
        self.replace(at, [run.part(0, place), run.part(place + 1, run.count)]);
        Some(run.said.at_ms(number))
    }

    /// This one came, whichever way, or never will. Gives whether it was missed.
    pub fn settle(&mut self, seat: SeatId, number: FrameNo) -> bool {
        for open in &mut self.open {
            let bit = open.bit(seat, number);
            if bit != 0 {
                open.missed &= !bit;
                return true;
            }
        }
        let missed = self.take(seat, number).is_some();
        self.make_room();
        missed
    }

    /// Nothing of this seat is missed any more.
    pub fn forget(&mut self, seat: SeatId) {
        self.runs.retain(|run| run.seat != seat);
        self.open.retain(|open| open.request.seat != seat);
    }

    /// Gives up what was said before this moment, and says what that is, and what had no room.
    pub fn expire(&mut self, before_ms: u64) -> Vec<GivenUp> {
        let mut given_up = std::mem::take(&mut self.crowded_out);
        for at in (0..self.runs.len()).rev() {
            work::count(1);
            let run = self.runs[at];
            let old = |place: u16| run.said.at_ms(FrameNo(run.first.0.wrapping_add(place))) < before_ms;
            let (mut from, mut to) = (0, run.count);
            while from < to {
                let middle = from + (to - from) / 2;
                (from, to) = if old(middle) { (middle + 1, to) } else { (from, middle) };
            }
            if from > 0 {
                given_up.push(GivenUp { seat: run.seat, first: run.first, count: from });
                self.replace(at, [run.part(from, run.count), None]);
            }
        }
        for open in &mut self.open {
            for (bit, at_ms) in open.at_ms.iter().enumerate() {
                if open.missed >> bit & 1 == 1 && *at_ms < before_ms {
                    open.missed &= !(1 << bit);
                    let first = FrameNo(open.request.first.0.wrapping_add(bit as u16));
                    given_up.push(GivenUp { seat: open.request.seat, first, count: 1 });
                }
            }
        }
        given_up
    }

    /// The line is cut, or new: what was asked for is asked for again.
    pub fn restart(&mut self) {
        for open in std::mem::take(&mut self.open) {
            self.close(&open, Time(0));
        }
        self.runs.iter_mut().for_each(|run| run.not_before = Time(0));
        (self.window, self.fastest) = (1.0, None);
    }

    /// An answer came, after [`Backfill::settle`] for all that was in it. It held `frames` frames; `gone`: it also said that some
    /// will never come. Gives whether it was asked for.
    pub fn answered(&mut self, seat: SeatId, first: FrameNo, frames: usize, gone: bool, now: Time) -> bool {
        let same = |open: &Open| open.request.seat == seat && open.request.first == first;
        self.heard = Some(now);
        let Some(at) = self.open.iter().position(same) else {
            // It was given up, and has come after all: it had to wait.
            self.window = (self.window * LESS).max(1.0);
            return false;
        };
        let open = self.open.remove(at);
        // Where nothing came the frames aren't there yet; where some did the rest had no room, and is asked for at once.
        let again = if frames == 0 && !gone { now + NOT_YET } else { now };
        let rest = self.close(&open, again);
        let asked = open.request.wanted.count_ones() as usize;
        if frames > 0 {
            self.each = if rest == 0 { asked + 1 } else { frames }.clamp(1, EACH_MOST) as u16;
            self.took(now.since(open.sent));
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
    fn close(&mut self, open: &Open, again: Time) -> usize {
        let BackfillRequest { seat, first, .. } = open.request;
        let mut bit = 0;
        while bit < EACH_MOST {
            let count = (open.missed >> bit).trailing_ones() as usize;
            if count > 0 {
                let first = FrameNo(first.0.wrapping_add(bit as u16));
                let (from_ms, to_ms) = (open.at_ms[bit], open.at_ms[bit + count - 1]);
                let said = Said { first, count: count as u16, from_ms, to_ms };
                self.runs.push(Run { seat, first, count: count as u16, said, not_before: again });
            }
            bit += count.max(1);
        }
        self.make_room();
        open.missed.count_ones() as usize
    }

    /// What is to be requested now, if anything.
    pub fn ask(&mut self, now: Time) -> Option<BackfillRequest> {
        let patience = self.patience();
        for at in (0..self.open.len()).rev() {
            if now.since(self.open[at].sent) >= patience {
                let open = self.open.remove(at);
                self.close(&open, now);
                // Some are lost. Where nothing at all comes back, too little is better than a queue on a line that stands still.
                let silent = self.heard.is_none_or(|at| now.since(at) >= patience * SILENT);
                self.window = if silent { 1.0 } else { self.window };
            }
        }
        if self.open.len() >= self.window as usize {
            return None;
        }
        work::count(2 * self.runs.len());
        let ready = || self.runs.iter().filter(|run| run.not_before <= now);
        let Run { seat, first, .. } = *ready().min_by_key(|run| (run.at_ms(), run.seat))?;
        let mut wanted = ready().filter(|run| run.seat == seat).fold(0, |mask, run| mask | run.mask(first));
        while wanted.count_ones() > u32::from(self.each) {
            wanted ^= 1 << wanted.ilog2();
        }
        let request = BackfillRequest { seat, first, wanted };
        let mut open = Open { request, sent: now, missed: wanted, at_ms: [0; EACH_MOST] };
        for (bit, at_ms) in open.at_ms.iter_mut().enumerate().filter(|(bit, _)| wanted >> bit & 1 == 1) {
            *at_ms = self.take(seat, FrameNo(first.0.wrapping_add(bit as u16))).unwrap_or(0);
        }
        self.open.push(open);
        Some(request)
    }

    /// When [`Backfill::ask`] may have something.
    pub fn due(&self) -> Time {
        let patience = self.patience();
        let given_up = self.open.iter().map(|open| open.sent + patience).min().unwrap_or(Time::NEVER);
        if self.open.len() >= self.window as usize {
            return given_up;
        }
        work::count(self.runs.len());
        let next = self.runs.iter().map(|run| run.not_before).min();
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
