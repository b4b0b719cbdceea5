//! Ballots that nobody can open and everybody can count: the Open Vote Network.
//!
//! F. Hao, P. Y. A. Ryan, P. Zieliński, "Anonymous voting by two-round public discussion", IET Information Security 4 (2),
//! 2010. In the first round ([`Poll`]) each voter `i` publishes a key `Xᵢ = xᵢG` and proves that they know `xᵢ`. From the keys
//! follows for each voter the point `Yᵢ = Σ(j<i) Xⱼ − Σ(j>i) Xⱼ`. In the second round ([`Booth`]) each publishes a ballot
//! `Bᵢ = xᵢYᵢ + vᵢG`, and proves that `vᵢ` is one of the permitted values without saying which. The sum of all `xᵢYᵢ` is zero,
//! so the sum of all ballots is `(Σvᵢ)G`: everybody can find the tally, and nobody a single vote, unless all other voters
//! collude.
//!
//! D. Khader, B. Smyth, P. Y. A. Ryan, F. Hao, "A Fair and Robust Voting System by Broadcast", EVOTE 2012, section 4: if some
//! voters publish a key and never cast a ballot, each of the others publishes what the missing keys contributed to their own
//! ballot ([`Recovery`]), with a proof, and that is subtracted from the sum.
//!
//! The group is ristretto255 (RFC 9496). The proofs are made non-interactive by hashing all that they are about (A. Fiat,
//! A. Shamir, CRYPTO '86) with SHA-512. Challenges have 128 bits, which matches the strength of the curve (G. Neven, N. P.
//! Smart, B. Warinschi, "Hash function requirements for Schnorr signatures", 2009).
//!
//! A poll is one run of the protocol: a key is good for one ballot and one share. Another run needs new keys.

mod booth;
mod point;
mod proof;
mod recovery;
mod tally;
#[cfg(test)]
mod tests;
mod transcript;
mod voter;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::scalar::Scalar;
use rand_core::RngCore;
use zeroize::Zeroizing;

pub use self::booth::Booth;
pub use self::point::POINT;
pub use self::proof::{BALLOT, KEY, SHARE};
pub use self::recovery::Recovery;
pub use self::tally::Tally;
use self::transcript::{Digest, Nonces, Transcript};
use self::voter::sorted;
pub use self::voter::{BallotError, Choice, Secret, Voter};

/// The first round of a poll: its voters publish their keys.
#[derive(Clone)]
pub struct Poll {
    context: Digest,
}

impl Poll {
    /// The poll number `poll` in the group `group`, on question number `vote`, for at least two voters, who count in the
    /// order of arrival.
    ///
    /// # Errors
    /// [`BallotError::Voters`].
    pub fn new(group: &[u8], vote: u64, poll: u64, voters: &[Voter]) -> Result<Self, BallotError> {
        let context = Transcript::new(b"poll").add(group).number(vote).number(poll).voters(&sorted(voters)?).digest();
        Ok(Self { context })
    }

    /// A voter's secret, and the message with its key.
    pub fn register(&self, voter: Voter, rng: &mut dyn RngCore) -> (Secret, [u8; KEY]) {
        let mut seed = Zeroizing::new([0; 64]);
        rng.fill_bytes(&mut *seed);
        let secret = Secret { x: Scalar::from_bytes_mod_order_wide(&seed), cast: false, shared: false };
        let key = BASE * &secret.x;
        let mut nonces = Nonces::new(&secret.x, self.about(voter).point(&key), rng);
        let proof = proof::know(self.about(voter), &key, &secret.x, &mut nonces);
        let mut message = [0; KEY];
        message[..POINT].copy_from_slice(&point::encode(&key));
        message[POINT..].copy_from_slice(&proof);
        (secret, message)
    }

    /// The key in a voter's first message, if its proof holds.
    ///
    /// # Errors
    /// [`BallotError::Encoding`], [`BallotError::Proof`].
    pub fn check_key(&self, voter: Voter, message: &[u8; KEY]) -> Result<[u8; POINT], BallotError> {
        let (key, proof) = point::split(message);
        proof::knows(self.about(voter), &point::decode(&key)?, proof)?;
        Ok(key)
    }

    /// The second round, for the voters who have published a key: at least two.
    ///
    /// # Errors
    /// [`BallotError::Voters`]; [`BallotError::Encoding`] for keys that were never checked.
    pub fn open(&self, keys: &[(Voter, [u8; POINT])]) -> Result<Booth, BallotError> {
        Booth::new(self.context, keys)
    }

    fn about(&self, voter: Voter) -> Transcript {
        Transcript::new(b"key").add(&self.context).voter(voter)
    }
}
