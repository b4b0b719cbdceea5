//! The second round: ballots.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use rand_core::RngCore;
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::point::{self, POINT, split};
use super::proof::{self, BALLOT};
use super::recovery::Recovery;
use super::tally::{Elector, Tally, count, sum};
use super::transcript::{Digest, Nonces, Transcript};
use super::voter::{BallotError, Choice, Secret, Voter, sorted};

/// The second round of a poll: voters who have published a key cast their ballots.
pub struct Booth {
    context: Digest,
    electors: Vec<Elector>,
}

impl Booth {
    pub(super) fn new(poll: Digest, keys: &[(Voter, [u8; POINT])]) -> Result<Self, BallotError> {
        let voters: Vec<Voter> = keys.iter().map(|(voter, _)| *voter).collect();
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        let mut context = Transcript::new(b"booth").add(&poll).voters(&sorted(&voters)?);
        for (_, key) in &keys {
            context = context.add(key);
        }
        let points = keys.iter().map(|(_, key)| point::decode(key)).collect::<Result<Vec<_>, _>>()?;
        let electors = keys.iter().zip(points.iter().zip(bases(&points)));
        let electors = electors.map(|((voter, _), (key, base))| Elector { voter: *voter, key: *key, base }).collect();
        Ok(Self { context: context.digest(), electors })
    }

    /// A voter's ballot. A secret makes one only, since two that differ would show how.
    ///
    /// # Errors
    /// [`BallotError::Stranger`] if the voter has published another key, or none; [`BallotError::Used`];
    /// [`BallotError::Bare`].
    pub fn cast(
        &self,
        voter: Voter,
        secret: &mut Secret,
        choice: Choice,
        rng: &mut dyn RngCore,
    ) -> Result<[u8; BALLOT], BallotError> {
        let elector = self.elector(voter)?;
        if BASE * &secret.x != elector.key {
            return Err(BallotError::Stranger);
        }
        if elector.base.is_identity() {
            return Err(BallotError::Bare);
        }
        if std::mem::replace(&mut secret.cast, true) {
            return Err(BallotError::Used);
        }
        let mut value = Zeroizing::new(Scalar::ZERO);
        for (at, of_choice) in (0_u8..).zip(Choice::VALUES) {
            value.conditional_assign(&Scalar::from(of_choice), at.ct_eq(&(choice as u8)));
        }
        let ballot = elector.base * secret.x + BASE * &*value;
        let mut nonces = Nonces::new(&secret.x, self.about(voter).point(&ballot), rng);
        let about = (&elector.key, &elector.base, &ballot);
        let proof = proof::one_of(self.about(voter), about, &secret.x, choice, &mut nonces);
        let mut message = [0; BALLOT];
        message[..POINT].copy_from_slice(&point::encode(&ballot));
        message[POINT..].copy_from_slice(&proof);
        Ok(message)
    }

    /// The ballot in a voter's second message, if its proof holds.
    ///
    /// # Errors
    /// [`BallotError::Stranger`] if the voter has published no key; [`BallotError::Encoding`], [`BallotError::Proof`].
    pub fn check_ballot(&self, voter: Voter, message: &[u8; BALLOT]) -> Result<[u8; POINT], BallotError> {
        let elector = self.elector(voter)?;
        let (ballot, proof) = split(message);
        let about = (&elector.key, &elector.base, &point::decode(&ballot)?);
        proof::is_one_of(self.about(voter), about, proof)?;
        Ok(ballot)
    }

    /// The recovery for when these voters have published a key and cast no ballot.
    ///
    /// # Errors
    /// [`BallotError::Voters`] unless some of the voters are missing and at least two are not.
    pub fn recover(&self, missing: &[Voter]) -> Result<Recovery, BallotError> {
        Recovery::new(self.context, &self.electors, missing)
    }

    /// The tally of the ballots of all voters who have published a key.
    ///
    /// # Errors
    /// [`BallotError::Sum`].
    pub fn tally(&self, ballots: &[(Voter, [u8; POINT])]) -> Result<Tally, BallotError> {
        count(sum(ballots, &self.electors)?, self.electors.len())
    }

    fn elector(&self, voter: Voter) -> Result<&Elector, BallotError> {
        self.electors.iter().find(|elector| elector.voter == voter).ok_or(BallotError::Stranger)
    }

    fn about(&self, voter: Voter) -> Transcript {
        Transcript::new(b"ballot").add(&self.context).voter(voter)
    }
}

/// For each key, the sum of those before it minus the sum of those after it.
fn bases(keys: &[RistrettoPoint]) -> Vec<RistrettoPoint> {
    let mut base = -keys.iter().sum::<RistrettoPoint>();
    let turn = |key: &RistrettoPoint| {
        // This key is no longer one of those after; from the next voter on, it's one of those before.
        base += key;
        let own = base;
        base += key;
        own
    };
    keys.iter().map(turn).collect()
}
