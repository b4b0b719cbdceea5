//! Why something about decisions can't be done now.

use crate::session::Say;

/// Why something about decisions can't be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDecision {
    /// There is no proposal, or none any more.
    Nothing,
    /// Only its maker can change it or take it back.
    NotMine,
    /// Nothing is written.
    Blank,
    /// What a motion does can't be written anew; it can be taken back.
    Fixed,
    /// It waits for those before it.
    NotItsTurn,
    /// It is being voted on.
    Voting,
    /// Nothing is being voted on.
    NoVote,
    /// This vote was opened before I came.
    NoVoter,
    /// In a secret vote the ballots are not said aloud.
    Secret,
    /// Too few are here to keep it secret how they vote.
    Few,
    /// The secret ballots are being counted.
    Counting,
    /// Not half of those who may vote have done so.
    TooFew,
    /// The time isn't over.
    NotDue,
    /// I have, or all together have, as many proposals open as can be.
    Many,
    /// The minutes are full.
    Full,
    /// Only a facilitator can do that.
    NotFacilitator,
    /// The charter leaves this to others.
    Charter(Say),
    /// The charter lets a facilitator do that without a motion.
    Allowed,
    /// It is so already, or the member who is meant has gone.
    IsSo,
    /// The group comes to its close.
    Closing,
    /// The minutes were not read back.
    NotRead,
}
