//! Whether everybody hears the same four words: the facilitator reads them aloud, and each listener compares.
//!
//! The words come from the group's keys, so that they differ where somebody stands between two members. A member who came in
//! later has keys of another time, and is not asked.

mod outcome;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use outcome::{Outcome, Standing};

use super::{Circle, Event};
use crate::ids::SeatId;

/// How long listeners can answer, in milliseconds of the group's time.
pub const VERIFY_MS: u64 = 60_000;

/// What is agreed about comparing words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The comparison that is under way, or the last.
    pub last: Option<Comparison>,
    /// Everybody with a lower order of arrival was there when the words were last compared to the end.
    pub(super) verified: Option<u64>,
}

/// A comparison of the four words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// When it was started, in milliseconds of the group's time.
    pub started_ms: u64,
    /// What the listeners say: whether their words are those that were read.
    pub answers: BTreeMap<SeatId, bool>,
    /// Who reads the words aloud.
    pub reader: SeatId,
    /// Whether somebody said that the words differ. Stays until the next comparison, whoever leaves.
    pub differed: bool,
    /// Everybody with a lower order of arrival was there at the start, and is asked.
    arrivals: u64,
    /// Whether there is nothing more to answer.
    closed: bool,
}

impl Comparison {
    /// How much time there is to answer at `group_ms`, in milliseconds; `None` if there is nothing to answer any more.
    pub fn left_ms(&self, group_ms: u64) -> Option<u64> {
        if self.closed { None } else { self.started_ms.saturating_add(VERIFY_MS).checked_sub(group_ms) }
    }

    /// Members who are asked to compare the words, and still here.
    pub fn listeners(&self, circle: &Circle) -> Vec<SeatId> {
        let asked = |seat: &SeatId| {
            *seat != self.reader && circle.arrival(*seat).is_some_and(|arrival| arrival < self.arrivals)
        };
        circle.by_arrival().into_iter().filter(asked).collect()
    }

    /// How it stands: its end, if nobody said more.
    pub fn outcome(&self, circle: &Circle) -> Outcome {
        let listeners = self.listeners(circle);
        let same = listeners.iter().filter(|seat| self.answers.get(seat) == Some(&true)).count();
        // The reader has the reader's words.
        let of = listeners.len() + 1;
        match same + 1 {
            _ if self.differed => Outcome::Differ,
            same if same == of && circle.seats.contains_key(&self.reader) => Outcome::Same(of),
            same => Outcome::Unfinished { same: same.min(of), of },
        }
    }

    fn is_sound(&self, circle: &Circle) -> bool {
        let listeners = self.listeners(circle);
        let wrong = self.answers.values().any(|same| !same);
        self.answers.keys().all(|seat| listeners.contains(seat))
            && self.started_ms <= circle.at_ms
            && self.arrivals <= circle.arrivals
            && (self.differed || !wrong)
            && (self.closed || !self.differed)
    }
}

impl Verification {
    /// Members who are asked to compare the words, and still here.
    pub fn listeners(&self, circle: &Circle) -> Vec<SeatId> {
        self.last.as_ref().map(|last| last.listeners(circle)).unwrap_or_default()
    }

    /// How the comparison stands: its end, if nobody said more.
    pub fn outcome(&self, circle: &Circle) -> Option<Outcome> {
        self.last.as_ref().map(|last| last.outcome(circle))
    }

    /// The first of those who came in after the words were last compared to the end, if they were.
    pub fn unverified_since<'a>(&self, circle: &'a Circle) -> Option<&'a str> {
        let verified = self.verified?;
        let late = circle.seats.values().filter(|member| member.arrival >= verified);
        late.min_by_key(|member| member.arrival).map(|member| member.name.as_str())
    }

    /// How far the group is with comparing words, at `group_ms` of its time.
    pub fn standing<'a>(&self, circle: &'a Circle, group_ms: u64) -> Standing<'a> {
        if self.last.as_ref().is_some_and(|last| last.differed) {
            return Standing::Differ;
        }
        if self.last.as_ref().is_some_and(|last| last.left_ms(group_ms).is_some()) {
            return Standing::Comparing;
        }
        match (self.verified, self.unverified_since(circle)) {
            (None, _) => Standing::Unverified,
            (Some(_), Some(name)) => Standing::Since(name),
            (Some(_), None) => Standing::Verified,
        }
    }

    /// The facilitator reads the words aloud from here on.
    pub(super) fn begin(&mut self, reader: SeatId, circle: &Circle, events: &mut Vec<Event>) {
        if circle.seats.len() < 2 {
            return;
        }
        self.last = Some(Comparison {
            started_ms: circle.at_ms,
            answers: BTreeMap::new(),
            reader,
            differed: false,
            arrivals: circle.arrivals,
            closed: false,
        });
        events.push(Event::Verify);
    }

    /// A listener has compared. Each does once, and in time.
    pub(super) fn answer(&mut self, seat: SeatId, same: bool, circle: &Circle, events: &mut Vec<Event>) {
        let Some(last) = self.last.as_mut().filter(|last| last.listeners(circle).contains(&seat)) else { return };
        if last.left_ms(circle.at_ms).is_none() || last.answers.contains_key(&seat) {
            return;
        }
        last.answers.insert(seat, same);
        last.differed |= !same;
        events.push(Event::Verified { seat, same });
        self.conclude(circle, events);
    }

    /// A seat was given up: nobody waits for its answer, and without a reader there is nothing to compare.
    pub(super) fn depart(&mut self, seat: SeatId, circle: &Circle, events: &mut Vec<Event>) {
        let Some(last) = &mut self.last else { return };
        last.answers.remove(&seat);
        if last.left_ms(circle.at_ms).is_some() {
            self.conclude(circle, events);
        }
    }

    /// Ends the comparison if nothing more can come.
    fn conclude(&mut self, circle: &Circle, events: &mut Vec<Event>) {
        let Some(last) = &mut self.last else { return };
        let outcome = last.outcome(circle);
        match outcome {
            // With nobody left to compare, nothing was compared.
            Outcome::Same(1) => {}
            Outcome::Same(_) => self.verified = Some(last.arrivals),
            Outcome::Differ => self.verified = None,
            Outcome::Unfinished { .. } if circle.seats.contains_key(&last.reader) => return,
            Outcome::Unfinished { .. } => {}
        }
        last.closed = true;
        let outcome = if outcome == Outcome::Same(1) { Outcome::Unfinished { same: 1, of: 1 } } else { outcome };
        events.push(Event::VerifyOver(outcome));
    }

    /// Whether what a snapshot says of comparing could have come about.
    pub(super) fn is_sound(&self, circle: &Circle) -> bool {
        self.last.as_ref().is_none_or(|last| last.is_sound(circle))
            && self.verified.is_none_or(|arrivals| arrivals <= circle.arrivals)
    }
}

#[cfg(test)]
mod tests;
