//! Whether everybody hears the same four words: the facilitator reads them aloud, and each listener compares.
//!
//! The words come from the group's keys, so that they differ where somebody stands between two members. Who came in later
//! has keys of another time, and is not asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Event, Member, State};
use crate::ids::SeatId;

/// For so long, in milliseconds of the group's time, listeners can answer.
pub const VERIFY_MS: u64 = 60_000;

/// A comparison of the four words: the one under way, or the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// When it was started, in milliseconds of the group's time.
    pub started_ms: u64,
    /// What the listeners say: whether their words are those that were read.
    pub answers: BTreeMap<SeatId, bool>,
    /// Who reads the words aloud.
    pub reader: SeatId,
    /// Whether somebody said that the words differ. Stays until the next comparison, whoever leaves.
    pub differed: bool,
    /// Who arrived before this one was there at the start, and is asked.
    arrivals: u64,
    /// Whether there is nothing more to answer.
    closed: bool,
}

/// How a comparison ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everybody who was asked, and the reader, have the same words: so many people.
    Same(usize),
    /// Somebody has other words.
    Differ,
    /// Not everybody has answered.
    Unfinished {
        /// So many have the same words, the reader among them.
        same: usize,
        /// Of so many.
        of: usize,
    },
}

/// How far the group is with comparing words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// They were never compared to the end.
    Unverified,
    /// They are being compared.
    Comparing,
    /// All who are here have compared them.
    Verified,
    /// They were compared before this member came in.
    Since(&'a str),
    /// Somebody has other words.
    Differ,
}

impl Verification {
    /// How much time there is to answer at `group_ms`, in milliseconds; `None` if there is nothing to answer any more.
    pub fn left_ms(&self, group_ms: u64) -> Option<u64> {
        if self.closed { None } else { (self.started_ms + VERIFY_MS).checked_sub(group_ms) }
    }

    /// Whether a listener or the reader takes part: who came later doesn't.
    fn asks(&self, member: &Member) -> bool {
        member.arrival < self.arrivals
    }
}

impl State {
    /// Who is asked to compare the words, and still here.
    pub fn listeners(&self) -> Vec<SeatId> {
        let Some(verification) = &self.verification else { return vec![] };
        let asked = |seat: &SeatId| {
            *seat != verification.reader && self.seats.get(seat).is_some_and(|member| verification.asks(member))
        };
        self.by_arrival().into_iter().filter(asked).collect()
    }

    /// How the comparison stands: the end of it, if nobody said more.
    pub fn outcome(&self) -> Option<Outcome> {
        let verification = self.verification.as_ref()?;
        let listeners = self.listeners();
        let same = listeners.iter().filter(|seat| verification.answers.get(seat) == Some(&true)).count();
        // The reader has the reader's words.
        let of = listeners.len() + 1;
        Some(match same + 1 {
            _ if verification.differed => Outcome::Differ,
            same if same == of && self.seats.contains_key(&verification.reader) => Outcome::Same(of),
            same => Outcome::Unfinished { same: same.min(of), of },
        })
    }

    /// The first of those who came in after the words were last compared to the end, if they were.
    pub fn unverified_since(&self) -> Option<&str> {
        let verified = self.verified?;
        let late = self.seats.values().filter(|member| member.arrival >= verified);
        late.min_by_key(|member| member.arrival).map(|member| member.name.as_str())
    }

    /// How far the group is with comparing words, at `group_ms` of its time.
    pub fn standing(&self, group_ms: u64) -> Standing<'_> {
        let verification = self.verification.as_ref();
        if verification.is_some_and(|verification| verification.differed) {
            return Standing::Differ;
        }
        if verification.is_some_and(|verification| verification.left_ms(group_ms).is_some()) {
            return Standing::Comparing;
        }
        match (self.verified, self.unverified_since()) {
            (None, _) => Standing::Unverified,
            (Some(_), Some(name)) => Standing::Since(name),
            (Some(_), None) => Standing::Verified,
        }
    }

    /// The facilitator reads the words aloud from here on.
    pub(super) fn verify(&mut self, reader: SeatId, events: &mut Vec<Event>) {
        if self.seats.len() < 2 {
            return;
        }
        self.verification = Some(Verification {
            started_ms: self.at_ms,
            answers: BTreeMap::new(),
            reader,
            differed: false,
            arrivals: self.arrivals,
            closed: false,
        });
        events.push(Event::Verify);
    }

    /// A listener has compared. Each does once, and in time.
    pub(super) fn answer(&mut self, seat: SeatId, same: bool, events: &mut Vec<Event>) {
        let asked = self.listeners().contains(&seat);
        let now = self.at_ms;
        let Some(verification) = self.verification.as_mut().filter(|_| asked) else { return };
        if verification.left_ms(now).is_none() || verification.answers.contains_key(&seat) {
            return;
        }
        verification.answers.insert(seat, same);
        verification.differed |= !same;
        events.push(Event::Verified { seat, same });
        self.conclude(events);
    }

    /// A seat was given up: nobody waits for its answer, and without a reader there is nothing to compare.
    pub(super) fn unasked(&mut self, seat: SeatId, events: &mut Vec<Event>) {
        let Some(verification) = &mut self.verification else { return };
        verification.answers.remove(&seat);
        if verification.left_ms(self.at_ms).is_some() {
            self.conclude(events);
        }
    }

    /// Ends the comparison if nothing more can come.
    fn conclude(&mut self, events: &mut Vec<Event>) {
        let Some(outcome) = self.outcome() else { return };
        let Some(verification) = &mut self.verification else { return };
        match outcome {
            // With nobody left to compare, nothing was compared.
            Outcome::Same(1) => {}
            Outcome::Same(_) => self.verified = Some(verification.arrivals),
            Outcome::Differ => self.verified = None,
            Outcome::Unfinished { .. } if self.seats.contains_key(&verification.reader) => return,
            Outcome::Unfinished { .. } => {}
        }
        verification.closed = true;
        let outcome = if outcome == Outcome::Same(1) { Outcome::Unfinished { same: 1, of: 1 } } else { outcome };
        events.push(Event::VerifyOver(outcome));
    }

    /// Whether what a snapshot says of comparing could have come about.
    pub(super) fn verification_is_sound(&self) -> bool {
        let counted = |arrivals: u64| arrivals <= self.arrivals;
        let answered = |verification: &Verification| {
            let listeners = self.listeners();
            let wrong = verification.answers.values().any(|same| !same);
            verification.answers.keys().all(|seat| listeners.contains(seat))
                && verification.started_ms <= self.at_ms
                && counted(verification.arrivals)
                && (verification.differed || !wrong)
                && (verification.closed || !verification.differed)
        };
        self.verification.as_ref().is_none_or(answered) && self.verified.is_none_or(counted)
    }
}

#[cfg(test)]
mod tests;
