//! The minutes: what was decided, read back to everybody before anybody can keep a copy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Decisions, Event, Motion, State, VoteKind};
use crate::ids::SeatId;
use crate::session::Tally;

/// How something was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The group has agreed.
    Agreed {
        /// So many agreed.
        agree: u8,
        /// So many stood aside.
        aside: u8,
        /// So many blocked, and the charter lets it be so all the same.
        block: u8,
    },
    /// A vote has passed it.
    Passed(VoteKind, Tally),
    /// A vote has not passed it.
    Rejected(VoteKind, Tally),
    /// The group closed before it was decided.
    LeftOpen,
}

impl How {
    /// Whether the group wants it.
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Agreed { .. } | Self::Passed(..))
    }
}

/// One item of the minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The proposal's number.
    pub id: u32,
    /// What was proposed; where the motion is about a member, the name.
    pub text: String,
    /// What followed if the group wanted it.
    pub motion: Motion,
    /// The name of who proposed it.
    pub by: String,
    /// What came of it.
    pub how: How,
    /// When, in milliseconds of the group's time.
    pub at_ms: u64,
}

/// The minutes as they were read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// How many items there were.
    pub items: u8,
    /// What the members say: whether the minutes are right.
    pub answers: BTreeMap<SeatId, bool>,
}

impl Reading {
    /// How many say that the minutes are right, and how many that they aren't.
    pub fn answered(&self) -> [usize; 2] {
        let right = self.answers.values().filter(|right| **right).count();
        [right, self.answers.len() - right]
    }
}

impl Decisions {
    /// Whether all that is in the minutes has been read back to the group.
    pub fn is_read(&self) -> bool {
        self.read.as_ref().is_some_and(|read| usize::from(read.items) == self.past.len())
    }
}

impl State {
    /// Whether the minutes that were read back wait for a member's word.
    pub fn minutes_wait_for(&self, seat: SeatId) -> bool {
        let read = self.decisions.read.as_ref();
        read.is_some_and(|read| !read.answers.contains_key(&seat)) && self.seats.contains_key(&seat)
    }

    pub(super) fn read_back(&mut self, events: &mut Vec<Event>) {
        self.decisions.read = Some(Reading { items: self.decisions.past.len() as u8, answers: BTreeMap::new() });
        events.push(Event::Minutes);
    }

    pub(super) fn minutes_are(&mut self, by: SeatId, right: bool, events: &mut Vec<Event>) {
        if let Some(read) = &mut self.decisions.read {
            read.answers.insert(by, right);
            events.push(Event::MinutesAnswered { seat: by, right });
        }
    }

    pub(super) fn begin_close(&mut self, events: &mut Vec<Event>) {
        self.leave_open(events);
        self.decisions.closing = true;
        events.push(Event::Closing);
        self.read_back(events);
    }
}
