//! What the ballots add up to.

use curve25519_dalek::constants::{RISTRETTO_BASEPOINT_POINT, RISTRETTO_BASEPOINT_TABLE as BASE};
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;

use super::point::{self, POINT};
use super::voter::{BallotError, NO, Voter};

/// The result of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Votes for it.
    pub yes: usize,
    /// Votes against it.
    pub no: usize,
    /// Abstentions.
    pub abstain: usize,
}

/// A voter whose key is published.
#[derive(Clone)]
pub(super) struct Elector {
    pub(super) voter: Voter,
    pub(super) key: RistrettoPoint,
    /// What hides the ballot.
    pub(super) base: RistrettoPoint,
}

/// The sum of the points of exactly these voters.
pub(super) fn sum(points: &[(Voter, [u8; POINT])], of: &[Elector]) -> Result<RistrettoPoint, BallotError> {
    let mut voters: Vec<Voter> = points.iter().map(|(voter, _)| *voter).collect();
    voters.sort_unstable();
    if !voters.iter().eq(of.iter().map(|elector| &elector.voter)) {
        return Err(BallotError::Sum);
    }
    points.iter().try_fold(RistrettoPoint::identity(), |sum, (_, bytes)| {
        point::decode_any(bytes).map(|point| sum + point).map_err(|_| BallotError::Sum)
    })
}

/// The tally of this many voters whose ballots have this sum: tries every possible one, at most 1,326.
pub(super) fn count(sum: RistrettoPoint, voters: usize) -> Result<Tally, BallotError> {
    let mut no_sum = RistrettoPoint::identity();
    for no in 0..=voters {
        let mut tried = no_sum;
        for yes in 0..=voters - no {
            if tried == sum {
                return Ok(Tally { yes, no, abstain: voters - no - yes });
            }
            tried += RISTRETTO_BASEPOINT_POINT;
        }
        no_sum += BASE * &Scalar::from(NO);
    }
    Err(BallotError::Sum)
}
