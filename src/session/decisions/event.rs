//! What those who watch are told about decisions.

use super::proposal::{Became, Proposed};
use super::vote::{Choice, VoteKind};
use crate::ids::SeatId;
use crate::session::poll::Count;
use crate::session::{Power, Tally};

/// What became of decisions.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum DecisionEvent {
    /// Something became of a proposal.
    Proposal { proposal: Box<Proposed>, became: Became },
    /// A proposal is put to a vote, or the vote is over.
    Vote { id: u32, kind: VoteKind, open: bool },
    /// Someone has voted, in an open vote.
    Voted { seat: SeatId, choice: Choice },
    /// What a vote came to.
    Result {
        /// The proposal.
        id: u32,
        /// How it was held.
        kind: VoteKind,
        /// What was voted.
        tally: Tally,
        /// Whether it has passed.
        passed: bool,
    },
    /// Someone has chosen, in the secret vote that is under way.
    Chosen(SeatId),
    /// All who vote in secret have chosen, or had the time to; the clients do the rest.
    Counting,
    /// What this voter's program has sent in the secret vote is no good, and doesn't count.
    BadBallot(SeatId),
    /// A secret vote on this proposal came to nothing; `absent` names those without whom it can't be counted, if it's for
    /// that.
    Uncounted { id: u32, count: Count, absent: Vec<String> },
    /// The group holds itself by another charter from here on.
    Charter,
    /// The minutes are read back to everybody.
    Minutes,
    /// Someone says that the minutes are right, or that they aren't.
    MinutesAnswered { seat: SeatId, right: bool },
    /// The group comes to its close.
    Closing,
    /// A facilitator has done this without the group's yes, which the charter asks for.
    Overstepped { seat: SeatId, power: Power },
}
