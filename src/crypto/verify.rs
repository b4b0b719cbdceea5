//! The four words that everybody sees and the facilitator reads aloud: if all see the same, there is nobody in the middle.
//!
//! Four words are 40 bits. Somebody in the middle could search for two groups with equal words; Argon2id makes each attempt of
//! such a search cost 64 MiB and a good part of a second.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::code;

/// Binds the words to this use. It needn't be random, because the secret is, and is new in every epoch.
const SALT: &[u8] = b"ingle/1 verify words";
/// KiB of memory, passes and lanes: the second recommendation of RFC 9106, section 4.
const COST: (u32, u32, u32) = (64 * 1024, 3, 4);

/// The words can't be worked out for lack of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is not enough memory to work out the words")]
pub struct VerifyError;

/// The words for a secret from the group's key schedule, which only the group has. Takes 64 MiB and a good part of a second, so
/// call it where nothing waits for it.
///
/// # Errors
/// [`VerifyError`] if there is not enough memory.
pub fn words(secret: &[u8; 32]) -> Result<[&'static str; 4], VerifyError> {
    let mut hash = Zeroizing::new([0; 5]);
    stretch(secret, COST, hash.as_mut_slice()).map_err(|_| VerifyError)?;
    let bits = hash.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    Ok([30, 20, 10, 0].map(|shift| code::word((bits >> shift & 0x3ff) as u16)))
}

fn stretch(secret: &[u8; 32], (memory, passes, lanes): (u32, u32, u32), out: &mut [u8]) -> argon2::Result<()> {
    let params = Params::new(memory, passes, lanes, Some(out.len()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(secret, SALT, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the bytes 0 to 31, by the reference implementation in C (through argon2-cffi): type id, version 19, m=65536, t=3,
    /// p=4, 5 bytes.
    const KNOWN: [u8; 5] = [0x40, 0xe5, 0xdc, 0x9a, 0xf2];

    fn counting() -> [u8; 32] {
        std::array::from_fn(|at| at as u8)
    }

    #[test]
    fn the_words_are_those_of_the_reference_implementation() {
        let places = [0x103, 0x25d, 0x326, 0x2f2];
        let bits = places.iter().fold(0, |bits, place| bits << 10 | u64::from(*place));
        assert_eq!(bits.to_be_bytes()[3..], KNOWN);
        assert_eq!(words(&counting()), Ok(places.map(code::word)));
    }

    #[test]
    fn the_cost_is_the_second_recommendation_and_all_of_it_counts() {
        assert_eq!(COST, (65_536, 3, 4));
        for less in [(COST.0 / 2, COST.1, COST.2), (COST.0, COST.1 - 1, COST.2), (COST.0, COST.1, COST.2 / 2)] {
            let mut out = [0; 5];
            assert_eq!(stretch(&counting(), less, &mut out), Ok(()));
            assert_ne!(out, KNOWN, "{less:?}");
        }
    }
}
