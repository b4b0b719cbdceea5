//! The three proofs. Making one takes the same time whatever the secret is; checking one involves no secrets.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as BASE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use subtle::{Choice as Bit, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::point::{self, POINT};
use super::transcript::{Challenge, Nonces, Transcript, number};
use super::voter::{BallotError, CHOICES, Choice};

/// Bytes of a challenge and a response.
const ONE: usize = 16 + 32;
/// Bytes of the proof that a ballot holds a choice.
const ONE_OF: usize = CHOICES * ONE;
/// Bytes of a first message: the key, and the proof that its maker knows its secret.
pub const KEY: usize = POINT + ONE;
/// Bytes of a second message: the ballot, and the proof that it holds a choice.
pub const BALLOT: usize = POINT + ONE_OF;
/// Bytes of a message of the recovery: the share, and the proof that it comes of the key.
pub const SHARE: usize = POINT + ONE;

/// Proves that `key` is `x` times the base (C. P. Schnorr, "Efficient signature generation by smart cards", 1991).
pub(super) fn know(about: Transcript, key: &RistrettoPoint, x: &Scalar, nonces: &mut Nonces) -> [u8; ONE] {
    let nonce = nonces.scalar();
    let challenge = about.point(key).point(&(BASE * &*nonce)).challenge();
    join(&challenge, &(*nonce - number(&challenge) * x))
}

pub(super) fn knows(about: Transcript, key: &RistrettoPoint, proof: &[u8]) -> Result<(), BallotError> {
    let (challenge, response) = part(proof)?;
    let commitment = RistrettoPoint::vartime_double_scalar_mul_basepoint(&number(&challenge), key, &response);
    holds(about.point(key).point(&commitment).challenge() == challenge)
}

/// Proves that `share` is to `base` what `key` is to the group's base (D. Chaum, T. P. Pedersen, "Wallet databases with
/// observers", 1992).
pub(super) fn equal(
    about: Transcript,
    (key, base, share): (&RistrettoPoint, &RistrettoPoint, &RistrettoPoint),
    x: &Scalar,
    nonces: &mut Nonces,
) -> [u8; ONE] {
    let nonce = nonces.scalar();
    let about = about.point(key).point(base).point(share);
    let challenge = about.point(&(BASE * &*nonce)).point(&(base * *nonce)).challenge();
    join(&challenge, &(*nonce - number(&challenge) * x))
}

pub(super) fn equals(
    about: Transcript,
    (key, base, share): (&RistrettoPoint, &RistrettoPoint, &RistrettoPoint),
    proof: &[u8],
) -> Result<(), BallotError> {
    let (challenge, response) = part(proof)?;
    let (first, second) = commitments(&number(&challenge), &response, (key, base, share));
    let about = about.point(key).point(base).point(share);
    holds(about.point(&first).point(&second).challenge() == challenge)
}

/// Proves that `ballot` minus the value of some choice is to `base` what `key` is to the group's base, without saying which
/// (R. Cramer, I. Damgård, B. Schoenmakers, "Proofs of partial knowledge", CRYPTO '94). The proofs for the other choices are
/// simulated from challenges drawn at random; the real one's challenge follows, as all together must give the transcript's.
pub(super) fn one_of(
    about: Transcript,
    (key, base, ballot): (&RistrettoPoint, &RistrettoPoint, &RistrettoPoint),
    x: &Scalar,
    choice: Choice,
    nonces: &mut Nonces,
) -> [u8; ONE_OF] {
    let chosen: [Bit; CHOICES] = std::array::from_fn(|at| (at as u8).ct_eq(&(choice as u8)));
    let mut challenges = Zeroizing::new([Challenge::default(); CHOICES]);
    let mut responses = Zeroizing::new([Scalar::ZERO; CHOICES]);
    let mut about = about.point(key).point(base).point(ballot);
    for at in 0..CHOICES {
        // For the choice that was made, the response is the nonce for now, and the challenge zero.
        (challenges[at], responses[at]) = (nonces.challenge(), *nonces.scalar());
        challenges[at].iter_mut().for_each(|byte| byte.conditional_assign(&0, chosen[at]));
        let challenge = number(&challenges[at]);
        let lifted = ballot - BASE * &Scalar::from(Choice::VALUES[at]);
        about = about.point(&(BASE * &responses[at] + key * challenge));
        about = about.point(&(base * responses[at] + lifted * challenge));
    }
    let all = about.challenge();
    let others = challenges.iter().fold(all, |all, other| std::array::from_fn(|at| all[at] ^ other[at]));
    let mut proof = [0; ONE_OF];
    for at in 0..CHOICES {
        for byte in 0..16 {
            challenges[at][byte].conditional_assign(&others[byte], chosen[at]);
        }
        // Next to a simulated challenge, this would give the secret away.
        let real = Zeroizing::new(responses[at] - number(&challenges[at]) * x);
        responses[at].conditional_assign(&real, chosen[at]);
        proof[at * ONE..][..ONE].copy_from_slice(&join(&challenges[at], &responses[at]));
    }
    proof
}

pub(super) fn is_one_of(
    about: Transcript,
    (key, base, ballot): (&RistrettoPoint, &RistrettoPoint, &RistrettoPoint),
    proof: &[u8],
) -> Result<(), BallotError> {
    if proof.len() != ONE_OF {
        return Err(BallotError::Encoding);
    }
    let mut about = about.point(key).point(base).point(ballot);
    let mut together = Challenge::default();
    for (proof, value) in proof.chunks(ONE).zip(Choice::VALUES) {
        let (challenge, response) = part(proof)?;
        let lifted = ballot - BASE * &Scalar::from(value);
        let (first, second) = commitments(&number(&challenge), &response, (key, base, &lifted));
        about = about.point(&first).point(&second);
        together = std::array::from_fn(|at| together[at] ^ challenge[at]);
    }
    holds(about.challenge() == together)
}

/// The commitments that the prover must have begun with.
fn commitments(
    challenge: &Scalar,
    response: &Scalar,
    (key, base, image): (&RistrettoPoint, &RistrettoPoint, &RistrettoPoint),
) -> (RistrettoPoint, RistrettoPoint) {
    let first = RistrettoPoint::vartime_double_scalar_mul_basepoint(challenge, key, response);
    (first, RistrettoPoint::vartime_multiscalar_mul([response, challenge], [base, image]))
}

fn join(challenge: &Challenge, response: &Scalar) -> [u8; ONE] {
    let mut proof = [0; ONE];
    proof[..16].copy_from_slice(challenge);
    proof[16..].copy_from_slice(response.as_bytes());
    proof
}

fn part(proof: &[u8]) -> Result<(Challenge, Scalar), BallotError> {
    let (challenge, response) = proof.split_at_checked(16).ok_or(BallotError::Encoding)?;
    Ok((challenge.try_into().map_err(|_| BallotError::Encoding)?, point::scalar(response)?))
}

fn holds(holds: bool) -> Result<(), BallotError> {
    if holds { Ok(()) } else { Err(BallotError::Proof) }
}
