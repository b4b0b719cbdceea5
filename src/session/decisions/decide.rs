//! What members do about decisions.

use serde::{Deserialize, Serialize};

use super::{Answer, Choice, Motion, VoteKind};

/// What a member does about decisions. Where a number stands, it is the proposal's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decide {
    /// I propose this. The text counts only where the motion has none of its own.
    Propose(String, Motion),
    /// My proposal is to say this instead.
    Amend(u32, String),
    /// I take my proposal back.
    Withdraw(u32),
    /// What I say to a proposal.
    Answer(u32, Answer),
    /// Everybody is asked whether there is agreement.
    Test(u32),
    /// The proposal is put to a vote.
    Vote(u32, VoteKind),
    /// My vote, in an open one.
    Ballot(u32, Choice),
    /// The facilitator's: the vote is over.
    EndVote(u32),
    /// The time for a test or a vote is over: the group's time moves only with the log.
    Due(u32),
    /// The facilitator's: the minutes are read back.
    ReadBack,
    /// The minutes that were read back are right, or aren't.
    Minutes {
        /// Whether they are.
        right: bool,
    },
    /// The facilitator's: the group comes to its close, and the minutes are read back.
    Close,
}
