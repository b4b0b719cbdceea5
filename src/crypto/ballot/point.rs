//! Points and numbers as they are sent: each in its one encoding, and nothing else is taken.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;

use super::{BallotError, POINT};

pub(super) fn encode(point: &RistrettoPoint) -> [u8; POINT] {
    point.compress().to_bytes()
}

/// A point that is not the identity (RFC 9496, section 4.3.1: every other encoding of it is refused).
pub(super) fn decode(bytes: &[u8; POINT]) -> Result<RistrettoPoint, BallotError> {
    decode_any(bytes).and_then(|point| if point.is_identity() { Err(BallotError::Encoding) } else { Ok(point) })
}

/// A point, or the identity.
pub(super) fn decode_any(bytes: &[u8; POINT]) -> Result<RistrettoPoint, BallotError> {
    CompressedRistretto(*bytes).decompress().ok_or(BallotError::Encoding)
}

/// A number below the order of the group.
pub(super) fn scalar(bytes: &[u8]) -> Result<Scalar, BallotError> {
    let bytes = bytes.try_into().map_err(|_| BallotError::Encoding)?;
    Option::from(Scalar::from_canonical_bytes(bytes)).ok_or(BallotError::Encoding)
}
