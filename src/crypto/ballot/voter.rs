//! Voters, their choices and secrets, and why a step of theirs is not taken.

use curve25519_dalek::scalar::Scalar;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::SeatId;
use crate::wire::limits;

/// The number of choices.
pub(super) const CHOICES: usize = 3;
/// What a "no" counts; a "yes" counts 1 and an abstention 0. It is more than there can be voters, so one number holds the
/// tally.
pub(super) const NO: u64 = 64;
const _: () = assert!(limits::MEMBERS < NO as usize);

/// A voter. Seats are given out again, so the order of arrival tells the holders of one seat apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Voter {
    /// The order of arrival in the group.
    pub arrival: u64,
    /// The seat.
    pub seat: SeatId,
}

/// A choice. It has no `Debug`, to keep it out of logs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Neither.
    Abstain,
    /// For it.
    Yes,
    /// Against it.
    No,
}

impl Zeroize for Choice {
    fn zeroize(&mut self) {
        *self = Self::Abstain;
        // Keeps the compiler from leaving this write out.
        std::hint::black_box(self);
    }
}

impl Choice {
    /// What the choices count, in their order.
    pub(super) const VALUES: [u64; CHOICES] = [0, 1, NO];
}

/// Why a step of a poll, or a message, is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// A poll can't have these voters: fewer than two, more than a group holds, or one twice.
    #[error("no poll with these voters")]
    Voters,
    /// Not a voter here; or missing, and so of no help.
    #[error("not one of the voters")]
    Stranger,
    /// Not a point and a proof in their canonical encoding, or the point is the identity.
    #[error("no message of this protocol")]
    Encoding,
    /// The proof does not hold: for this voter, in this poll, with these keys.
    #[error("the proof does not hold")]
    Proof,
    /// The key has been used for this already.
    #[error("the key has been used")]
    Used,
    /// The others' keys are such that nothing would hide the choice.
    #[error("the other keys would hide nothing")]
    Bare,
    /// The ballots or shares of some voters are missing, or they do not add up to a tally.
    #[error("the ballots do not add up")]
    Sum,
}

/// A voter's secret of one poll, good for one ballot and one share. Erased when dropped.
#[derive(ZeroizeOnDrop)]
pub struct Secret {
    pub(super) x: Scalar,
    pub(super) cast: bool,
    pub(super) shared: bool,
}

/// Voters in the order of arrival.
pub(super) fn sorted(voters: &[Voter]) -> Result<Vec<Voter>, BallotError> {
    let mut sorted = voters.to_vec();
    sorted.sort_unstable();
    let distinct = sorted.windows(2).all(|pair| pair[0].arrival != pair[1].arrival);
    let fits = (2..=limits::MEMBERS).contains(&sorted.len());
    (distinct && fits).then_some(sorted).ok_or(BallotError::Voters)
}
