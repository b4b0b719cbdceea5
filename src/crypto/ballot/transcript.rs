//! What is hashed: each part after its length, and the whole after the name of its use, so that no two inputs are the same.

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_core::RngCore;
use sha2::{Digest as _, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::point;
use super::voter::Voter;

const LABEL: &[u8] = b"ingle/1 ballot";

/// The hash of a transcript.
pub(super) type Digest = [u8; 64];
/// A challenge, as it is sent.
pub(super) type Challenge = [u8; 16];

/// Everything that a proof is about.
#[derive(Clone)]
pub(super) struct Transcript(Sha512);

impl Transcript {
    pub(super) fn new(use_: &[u8]) -> Self {
        Self(Sha512::new()).add(LABEL).add(use_)
    }

    pub(super) fn add(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    pub(super) fn number(self, number: u64) -> Self {
        self.add(&number.to_be_bytes())
    }

    pub(super) fn point(self, point: &RistrettoPoint) -> Self {
        self.add(&point::encode(point))
    }

    pub(super) fn voter(self, voter: Voter) -> Self {
        self.number(voter.arrival).number(voter.seat.0.into())
    }

    pub(super) fn voters(self, voters: &[Voter]) -> Self {
        voters.iter().fold(self.number(voters.len() as u64), |transcript, voter| transcript.voter(*voter))
    }

    pub(super) fn digest(self) -> Digest {
        self.0.finalize().into()
    }

    pub(super) fn challenge(self) -> Challenge {
        let mut challenge = Challenge::default();
        challenge.copy_from_slice(&self.digest()[..16]);
        challenge
    }
}

/// A challenge as a scalar. Each is one: it has 128 bits, and the order of the group 253.
pub(super) fn number(challenge: &Challenge) -> Scalar {
    Scalar::from(u128::from_le_bytes(*challenge))
}

/// The nonces that hide a proof's secret. They are derived from the secret too, so a bad generator alone gives nothing away.
#[derive(ZeroizeOnDrop)]
pub(super) struct Nonces {
    seed: Digest,
    drawn: u64,
}

impl Nonces {
    pub(super) fn new(secret: &Scalar, about: Transcript, rng: &mut dyn RngCore) -> Self {
        let mut fresh = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *fresh);
        let seed = Transcript::new(b"nonces").add(secret.as_bytes()).add(&about.digest()).add(&*fresh).digest();
        Self { seed, drawn: 0 }
    }

    fn draw(&mut self) -> Zeroizing<Digest> {
        self.drawn += 1;
        Zeroizing::new(Transcript::new(b"nonce").add(&self.seed).number(self.drawn).digest())
    }

    pub(super) fn scalar(&mut self) -> Zeroizing<Scalar> {
        let mut scalar = Scalar::from_bytes_mod_order_wide(&self.draw());
        let kept = Zeroizing::new(scalar);
        scalar.zeroize();
        kept
    }

    pub(super) fn challenge(&mut self) -> Challenge {
        let mut challenge = Challenge::default();
        challenge.copy_from_slice(&self.draw()[..16]);
        challenge
    }
}
