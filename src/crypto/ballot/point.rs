//! Points and numbers as they are sent: only the canonical encoding is accepted.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;

use super::voter::BallotError;

/// Bytes of a point in its encoding (RFC 9496, section 4.3.2).
pub const POINT: usize = 32;

pub(super) fn encode(point: &RistrettoPoint) -> [u8; POINT] {
    point.compress().to_bytes()
}

/// A point that is not the identity, in its canonical encoding (RFC 9496, section 4.3.1).
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

/// The point that a message begins with, and the proof after it.
pub(super) fn split<const N: usize>(message: &[u8; N]) -> ([u8; POINT], &[u8]) {
    let (first, proof) = message.split_at(POINT);
    let mut point = [0; POINT];
    point.copy_from_slice(first);
    (point, proof)
}
