//! Proposals: what is before the group, and what is said to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Vote;
use crate::ids::SeatId;
use crate::session::{Charter, Power, Role};

/// How long everybody can answer a test, in milliseconds of the group's time.
pub const TEST_MS: u64 = 180_000;

/// What is to happen once the group wants it. A seat comes with its holder's order of arrival, so that nobody else is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    /// Nothing that ingle does: the text says it.
    Text,
    /// A member is given a role.
    Role(SeatId, u64, Role),
    /// The group holds itself by another charter.
    Charter(Charter),
    /// A facilitator may do this once, to this one if it is done to one.
    Permit(Power, Option<(SeatId, u64)>),
}

impl Motion {
    /// Whom it is about.
    pub fn whom(self) -> Option<(SeatId, u64)> {
        match self {
            Self::Role(seat, arrival, _) => Some((seat, arrival)),
            Self::Permit(_, whom) => whom,
            Self::Text | Self::Charter(_) => None,
        }
    }

    /// Whether every member can put it to a vote, whatever the charter says.
    pub fn is_everybodys(self) -> bool {
        matches!(self, Self::Role(..) | Self::Charter(_))
    }
}

/// What somebody says to a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// I agree.
    Agree,
    /// I don't agree, and won't stand in the way.
    Aside,
    /// I can't let this be, and this is why.
    Block(String),
}

/// Everybody who is there is asked whether there is agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// Until when, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Everybody with a lower order of arrival was there at the start, and is asked.
    pub(in crate::session) arrivals: u64,
}

/// A proposal that is not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its number, from 1.
    pub id: u32,
    /// Who made it: a seat, and its holder's order of arrival.
    pub by: (SeatId, u64),
    /// Its maker's name.
    pub name: String,
    /// What is proposed; where the motion is about a member, the name.
    pub text: String,
    /// What follows if the group wants it.
    pub motion: Motion,
    /// What is said to it.
    pub answers: BTreeMap<SeatId, Answer>,
    /// The test that is under way.
    pub test: Option<Test>,
    /// Whether a test has found no agreement since the text is as it is.
    pub tested: bool,
    /// The vote that is under way.
    pub vote: Option<Vote>,
}

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits for those before it.
    Waiting,
    /// It is talked over.
    Discussion,
    /// Everybody is asked whether there is agreement.
    Testing,
    /// There was no agreement. It can be changed, taken back, tested again, or put to a vote.
    Open,
    /// It is voted on.
    Voting,
    /// The group has agreed to it.
    Agreed,
    /// A vote has passed it.
    Passed,
    /// A vote has not passed it.
    Rejected,
    /// Its maker has taken it back.
    Withdrawn,
    /// The group closed before it was decided, or its secret vote could not be counted.
    LeftOpen,
}

/// A proposal as those who watch are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    pub id: u32,
    /// What is proposed; where the motion is about a member, the name.
    pub text: String,
    /// What follows if the group wants it.
    pub motion: Motion,
    /// Its maker's name.
    pub by: String,
    /// How far it is.
    pub stage: Stage,
    /// How many agree.
    pub agree: usize,
    /// How many stand aside.
    pub aside: usize,
    /// How many block.
    pub block: usize,
    /// How many have not answered.
    pub waiting: usize,
}

/// What has become of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was made.
    Made,
    /// It says something else now.
    Amended,
    /// Somebody has answered.
    Answered(SeatId, Answer),
    /// Everybody is asked.
    Tested,
    /// It is decided, or there is no agreement yet: the stage says it.
    Came,
}

impl Proposal {
    /// How far it is, with this many others before it.
    pub fn stage(&self, before: usize) -> Stage {
        match (&self.vote, &self.test) {
            (Some(_), _) => Stage::Voting,
            (None, Some(_)) => Stage::Testing,
            _ if before > 0 => Stage::Waiting,
            _ if self.tested => Stage::Open,
            _ => Stage::Discussion,
        }
    }

    /// How many agree, stand aside and block.
    pub fn answered(&self) -> [usize; 3] {
        let of = |wanted: fn(&Answer) -> bool| self.answers.values().filter(|answer| wanted(answer)).count();
        [
            of(|answer| *answer == Answer::Agree),
            of(|answer| *answer == Answer::Aside),
            of(|answer| matches!(answer, Answer::Block(_))),
        ]
    }
}
