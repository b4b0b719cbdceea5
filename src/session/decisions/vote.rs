//! Votes: who may vote stands when a vote is opened.

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;
use crate::session::Tally;

/// How long a vote is open at most, in milliseconds of the group's time: longer than the seat of a member whose line is cut
/// is held.
pub const VOTE_MS: u64 = 300_000;

/// How a vote is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoteKind {
    /// Everybody sees how everybody votes.
    Open,
    /// Nobody sees how anybody votes.
    Secret,
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Abstain,
}

/// A member who may vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voter {
    /// The seat.
    pub seat: SeatId,
    /// Its holder's order of arrival.
    pub arrival: u64,
    /// Whether the voter is still there. One whose line was lost comes back to the same vote.
    pub here: bool,
    /// The vote, in an open one.
    pub choice: Option<Choice>,
}

/// A vote that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// How it is held.
    pub kind: VoteKind,
    /// When it closes at the latest, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who may vote, in the order of arrival.
    pub voters: Vec<Voter>,
}

impl Vote {
    /// The voter in this seat now.
    pub fn voter(&self, seat: SeatId) -> Option<&Voter> {
        self.voters.iter().find(|voter| voter.here && voter.seat == seat)
    }

    /// How many may vote: those who are there, and those who voted before they went.
    pub fn electorate(&self) -> usize {
        self.voters.iter().filter(|voter| voter.here || voter.choice.is_some()).count()
    }

    /// What was voted so far, in an open one.
    pub fn tally(&self) -> Tally {
        let of = |wanted| self.voters.iter().filter(|voter| voter.choice == Some(wanted)).count() as u8;
        Tally { yes: of(Choice::Yes), no: of(Choice::No), abstain: of(Choice::Abstain) }
    }
}
