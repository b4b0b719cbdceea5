//! The minutes: what was decided, read back to everybody before anybody can keep a copy.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Motion, VoteKind};
use crate::ids::SeatId;
use crate::session::Tally;

/// How something was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The group has agreed.
    Agreed {
        /// How many agreed.
        agree: u8,
        /// How many stood aside.
        aside: u8,
        /// How many blocked; the charter lets it be so all the same.
        block: u8,
    },
    /// A vote has passed it.
    Passed(VoteKind, Tally),
    /// A vote has not passed it.
    Rejected(VoteKind, Tally),
    /// The group closed before it was decided, or its secret vote could not be counted.
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
    /// The proposer's name.
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
