//! Ballots that nobody can open, and that everybody can count: the Open Vote Network.
//!
//! F. Hao, P. Y. A. Ryan, P. Zieliński, "Anonymous voting by two-round public discussion", IET Information Security 4 (2),
//! 2010. In the first round ([`Poll`]) each voter `i` publishes a key `Xᵢ = xᵢG` and proves that it knows `xᵢ`. From the keys
//! follows for each voter the point `Yᵢ = Σ(j<i) Xⱼ − Σ(j>i) Xⱼ`, and in the second round ([`Booth`]) each publishes its ballot
//! `Bᵢ = xᵢYᵢ + vᵢG`, and proves that `vᵢ` is one of the permitted values without saying which. The sum of all `xᵢYᵢ` is nothing,
//! so that the sum of all ballots is `(Σvᵢ)G`: everybody can find the tally, and nobody one of its parts, unless all other
//! voters work together.
//!
//! D. Khader, B. Smyth, P. Y. A. Ryan, F. Hao, "A Fair and Robust Voting System by Broadcast", EVOTE 2012, section 4: if some
//! who have published a key never cast a ballot, each of the others publishes what the missing keys did to its own ballot
//! ([`Recovery`]), with a proof, and all that is taken off the sum.
//!
//! The group is ristretto255 (RFC 9496). The proofs are made non-interactive by hashing all that they are about (A. Fiat,
//! A. Shamir, CRYPTO '86) with SHA-512. Challenges have 128 bits, as many as the curve is strong (G. Neven, N. P. Smart,
//! B. Warinschi, "Hash function requirements for Schnorr signatures", 2009).
//!
//! A poll is one run of the protocol: a key is good for one ballot and one share. Whoever runs it again draws new keys.

mod booth;
mod point;
mod proof;
mod recovery;
#[cfg(test)]
mod tests;
mod transcript;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_core::RngCore;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

pub use self::booth::{Booth, Tally};
pub use self::recovery::Recovery;
use self::transcript::{Digest, Nonces, Transcript};
use crate::ids::SeatId;
use crate::wire::limits;

/// Bytes of a point in its encoding (RFC 9496, section 4.3.2).
pub const POINT: usize = 32;
/// Bytes of a first message: the key, a challenge of 16 bytes, a response of 32.
pub const KEY: usize = POINT + 16 + 32;
/// Bytes of a second message: the ballot; a challenge and a response for each choice.
pub const BALLOT: usize = POINT + CHOICES * (16 + 32);
/// Bytes of a message of the recovery: the share, a challenge, a response.
pub const SHARE: usize = POINT + 16 + 32;
/// How many things can be chosen.
const CHOICES: usize = 3;
/// A "no" counts so much, a "yes" 1 and an abstention nothing, so that one number holds the tally: more than there are voters.
const NO: u64 = 64;
const _: () = assert!(limits::MEMBERS < NO as usize);

/// Who votes. Seats are given out again; with the order of arrival the holder of one is named for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Voter {
    /// The order of arrival in the group.
    pub arrival: u64,
    /// The seat.
    pub seat: SeatId,
}

/// What can be chosen. It has no `Debug`, so that it gets into no log.
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
        // This write is kept because somebody seems to look at it.
        std::hint::black_box(self);
    }
}

impl Choice {
    /// Values of the choices, in their order.
    const VALUES: [u64; CHOICES] = [0, 1, NO];
}

/// Why a step of a poll was not taken, or a message not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// No poll has these voters: fewer than two, more than a group holds, or one twice.
    #[error("no poll with these voters")]
    Voters,
    /// Who is no voter here, or is missing and can't help.
    #[error("not one of the voters")]
    Stranger,
    /// The message is no point and proof in their one encoding, or the point is that of nothing.
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
    /// The ballots and shares are not those of all who count, or they do not add up to a tally.
    #[error("the ballots do not add up")]
    Sum,
}

/// A voter's secret of one poll: good for one ballot and one share. Leaves memory when it is dropped.
#[derive(ZeroizeOnDrop)]
pub struct Secret {
    x: Scalar,
    cast: bool,
    shared: bool,
}

/// The first round of a poll: who may take part, and their keys.
#[derive(Clone)]
pub struct Poll {
    context: Digest,
}

impl Poll {
    /// The poll with the number `poll` in the group `group`, on the question with the number `vote`, for these voters: at
    /// least two. They are taken in the order of arrival.
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

    /// The key in a voter's first message, if the proof with it holds.
    ///
    /// # Errors
    /// [`BallotError::Encoding`], [`BallotError::Proof`].
    pub fn check_key(&self, voter: Voter, message: &[u8; KEY]) -> Result<[u8; POINT], BallotError> {
        let (key, proof) = split(message);
        proof::knows(self.about(voter), &point::decode(&key)?, proof)?;
        Ok(key)
    }

    /// The second round, for those who have published a key: at least two.
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

/// Voters in the order of arrival.
fn sorted(voters: &[Voter]) -> Result<Vec<Voter>, BallotError> {
    let mut sorted = voters.to_vec();
    sorted.sort_unstable();
    let distinct = sorted.windows(2).all(|pair| pair[0].arrival != pair[1].arrival);
    let fits = (2..=limits::MEMBERS).contains(&sorted.len());
    (distinct && fits).then_some(sorted).ok_or(BallotError::Voters)
}

/// The point that a message begins with, and the proof behind it.
fn split<const N: usize>(message: &[u8; N]) -> ([u8; POINT], &[u8]) {
    let (first, proof) = message.split_at(POINT);
    let mut point = [0; POINT];
    point.copy_from_slice(first);
    (point, proof)
}

/// For each key the sum of those before it less the sum of those after it.
fn bases(keys: &[RistrettoPoint]) -> Vec<RistrettoPoint> {
    let mut base = -keys.iter().sum::<RistrettoPoint>();
    let turn = |key: &RistrettoPoint| {
        // The key is no longer one of those after; once this voter is done, it's one of those before.
        base += key;
        let own = base;
        base += key;
        own
    };
    keys.iter().map(turn).collect()
}
