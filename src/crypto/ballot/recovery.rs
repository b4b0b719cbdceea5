//! The recovery: some voters have published a key and cast no ballot, so the others' ballots don't add up by themselves.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::traits::IsIdentity;
use rand_core::RngCore;

use super::point::{self, POINT, split};
use super::proof::{self, SHARE};
use super::tally::{Elector, Tally, count, sum};
use super::transcript::{Digest, Nonces, Transcript};
use super::voter::{BallotError, Secret, Voter};

/// A poll in which some voters are missing. What the others publish tells only what the missing keys contributed to the sum;
/// so a voter who may have cast a ballot must never be counted as missing.
pub struct Recovery {
    context: Digest,
    /// The voters who have cast a ballot, each with what the missing keys contributed to it, but for their own secret.
    electors: Vec<Elector>,
    bases: Vec<RistrettoPoint>,
}

impl Recovery {
    pub(super) fn new(booth: Digest, electors: &[Elector], missing: &[Voter]) -> Result<Self, BallotError> {
        let is_missing = |voter: Voter| missing.contains(&voter);
        let (gone, here): (Vec<_>, Vec<_>) = electors.iter().partition(|elector| is_missing(elector.voter));
        if gone.is_empty() || gone.len() != missing.len() || here.len() < 2 {
            return Err(BallotError::Voters);
        }
        let side = |here: &Elector, gone: &Elector| if gone.voter < here.voter { gone.key } else { -gone.key };
        let base = |here: &&Elector| gone.iter().map(|gone| side(here, gone)).sum();
        let voters: Vec<Voter> = gone.iter().map(|elector| elector.voter).collect();
        let context = Transcript::new(b"recovery").add(&booth).voters(&voters).digest();
        let bases = here.iter().map(base).collect();
        Ok(Self { context, bases, electors: here.into_iter().cloned().collect() })
    }

    /// A voter's share: what the missing keys contributed to their ballot. A secret makes one only, since two for different
    /// missing voters would tell more.
    ///
    /// # Errors
    /// [`BallotError::Stranger`] if the voter is missing, or has published another key, or none; [`BallotError::Used`].
    pub fn share(&self, voter: Voter, secret: &mut Secret, rng: &mut dyn RngCore) -> Result<[u8; SHARE], BallotError> {
        let (elector, base) = self.elector(voter)?;
        if BASE * &secret.x != elector.key {
            return Err(BallotError::Stranger);
        }
        if std::mem::replace(&mut secret.shared, true) {
            return Err(BallotError::Used);
        }
        let share = base * secret.x;
        let mut nonces = Nonces::new(&secret.x, self.about(voter).point(&share), rng);
        let proof = proof::equal(self.about(voter), (&elector.key, base, &share), &secret.x, &mut nonces);
        let mut message = [0; SHARE];
        message[..POINT].copy_from_slice(&point::encode(&share));
        message[POINT..].copy_from_slice(&proof);
        Ok(message)
    }

    /// The share in a voter's message, if its proof holds.
    ///
    /// # Errors
    /// [`BallotError::Stranger`], [`BallotError::Encoding`], [`BallotError::Proof`].
    pub fn check_share(&self, voter: Voter, message: &[u8; SHARE]) -> Result<[u8; POINT], BallotError> {
        let (elector, base) = self.elector(voter)?;
        let (bytes, proof) = split(message);
        let share = point::decode_any(&bytes)?;
        // Two missing voters who collude can have keys that cancel out in somebody's ballot.
        if share.is_identity() != base.is_identity() {
            return Err(BallotError::Encoding);
        }
        proof::equals(self.about(voter), (&elector.key, base, &share), proof)?;
        Ok(bytes)
    }

    /// The tally of the ballots and shares of all voters who are not missing.
    ///
    /// # Errors
    /// [`BallotError::Sum`].
    pub fn tally(
        &self,
        ballots: &[(Voter, [u8; POINT])],
        shares: &[(Voter, [u8; POINT])],
    ) -> Result<Tally, BallotError> {
        count(sum(ballots, &self.electors)? - sum(shares, &self.electors)?, self.electors.len())
    }

    fn elector(&self, voter: Voter) -> Result<(&Elector, &RistrettoPoint), BallotError> {
        let mut all = self.electors.iter().zip(&self.bases);
        all.find(|(elector, _)| elector.voter == voter).ok_or(BallotError::Stranger)
    }

    fn about(&self, voter: Voter) -> Transcript {
        Transcript::new(b"share").add(&self.context).voter(voter)
    }
}
