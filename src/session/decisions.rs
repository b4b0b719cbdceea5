//! What the group decides: proposals that are talked over, agreed on or put to a vote, and the minutes of what came of them.

mod ballots;
mod course;
mod decide;
mod docket;
mod event;
mod minutes;
mod no_decision;
mod proposal;
mod rules;
#[cfg(test)]
mod tests;
mod vote;
mod votes;

pub use decide::Decide;
pub use docket::Decisions;
pub use event::DecisionEvent;
pub use minutes::{Decided, How, Reading};
pub use no_decision::NoDecision;
pub use proposal::{Answer, Became, Motion, Proposal, Proposed, Stage, TEST_MS, Test};
pub use vote::{Choice, VOTE_MS, Vote, VoteKind, Voter};
