//! What our provider adds to the library's suite.

use ingle::crypto::group::suite::{Provider, SUITE};
use mls_rs_core::crypto::{CipherSuite, CipherSuiteProvider, CryptoProvider, HpkePublicKey};

use super::suite;

#[test]
fn all_randomness_follows_from_the_seed() {
    let draw = |seed: u8| {
        let suite = Provider::new([seed; 32]).suite().unwrap();
        let (kem_secret, kem_public) = suite.kem_generate().unwrap();
        let (secret, public) = suite.signature_key_generate().unwrap();
        let sealed = suite.hpke_seal(&kem_public, b"", None, b"text").unwrap();
        let bytes = suite.random_bytes_vec(40).unwrap();
        assert_eq!(suite.signature_key_derive_public(&secret).unwrap(), public);
        assert_eq!(*suite.hpke_open(&sealed, &kem_secret, &kem_public, b"", None).unwrap(), b"text");
        [kem_public.to_vec(), secret.to_vec(), sealed.kem_output, sealed.ciphertext, bytes]
    };
    assert_eq!(draw(1), draw(1));
    for (one, other) in draw(1).iter().zip(&draw(2)) {
        assert_ne!(one, other);
    }
}

#[test]
fn nothing_is_drawn_twice_also_not_by_clones() {
    let provider = Provider::new([3; 32]);
    let (one, other) = (provider.suite().unwrap(), provider.clone().suite().unwrap());
    let mut seen: Vec<_> =
        (0..8).map(|i| if i % 2 == 0 { &one } else { &other }.random_bytes_vec(32).unwrap()).collect();
    seen.push(one.kem_generate().unwrap().0.to_vec());
    seen.push(other.kem_generate().unwrap().0.to_vec());
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[test]
fn points_of_small_order_give_no_key() {
    // The points of order 1, 2, 4 and 8 on Curve25519, and some of their other spellings (RFC 7748, section 6.1).
    let mut points = vec![[0; 32], [0; 32], [0xff; 32], [0xff; 32], [0xff; 32]];
    points[1][0] = 1;
    for (point, low) in points[2..].iter_mut().zip([0xec, 0xed, 0xee]) {
        (point[0], point[31]) = (low, 0x7f);
    }
    points.push(spelled("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"));
    points.push(spelled("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"));
    let suite = suite();
    let (_, honest) = suite.kem_generate().unwrap();
    assert!(suite.hpke_seal(&honest, b"", None, b"text").is_ok());
    for point in points {
        assert!(suite.hpke_seal(&HpkePublicKey::from(point.to_vec()), b"", None, b"text").is_err(), "{point:02x?}");
    }
}

fn spelled(text: &str) -> [u8; 32] {
    super::hex(text).try_into().unwrap()
}

#[test]
fn there_is_one_suite() {
    let provider = Provider::new([4; 32]);
    assert_eq!(provider.supported_cipher_suites(), [SUITE]);
    for suite in CipherSuite::all() {
        assert_eq!(provider.cipher_suite_provider(suite).is_some(), suite == SUITE);
    }
    assert_eq!(u16::from(SUITE), 1);
}
