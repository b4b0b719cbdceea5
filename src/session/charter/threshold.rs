//! What a vote needs to pass.

use serde::{Deserialize, Serialize};

/// What was said in a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many said yes.
    pub yes: u8,
    /// How many said no.
    pub no: u8,
    /// How many said neither.
    pub abstain: u8,
}

impl Tally {
    /// How many have voted.
    pub fn ballots(self) -> usize {
        usize::from(self.yes) + usize::from(self.no) + usize::from(self.abstain)
    }

    /// Whether enough have voted for the vote to count: half of those who may.
    pub fn is_enough(self, voters: usize) -> bool {
        self.ballots() > 0 && self.ballots() * 2 >= voters
    }
}

/// What a vote needs to pass. In every case half of those who may vote must have done so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Threshold {
    /// More yes than no.
    Simple,
    /// At least two yes for each no.
    TwoThirds,
    /// More yes than no, and at most this many no.
    Consensus {
        /// How many, at most [`Threshold::MINUS`].
        minus: u8,
    },
}

impl Threshold {
    /// The most that can be against a consensus.
    pub const MINUS: u8 = 9;

    /// Whether a vote with this tally passes, where this many may vote.
    pub fn passes(self, tally: Tally, voters: usize) -> bool {
        let Tally { yes, no, .. } = tally;
        tally.is_enough(voters)
            && yes > no
            && match self {
                Self::Simple => true,
                Self::TwoThirds => u16::from(yes) >= 2 * u16::from(no),
                Self::Consensus { minus } => no <= minus,
            }
    }

    /// How many may block without keeping the group from a consensus.
    pub fn blocks(self) -> usize {
        match self {
            Self::Consensus { minus } => minus.into(),
            Self::Simple | Self::TwoThirds => 0,
        }
    }

    pub(super) fn is_sound(self) -> bool {
        !matches!(self, Self::Consensus { minus } if minus > Self::MINUS)
    }
}
