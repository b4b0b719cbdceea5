//! The functions that everything is made of: `crypto-basics.json`.

use mls_rs_core::crypto::{CipherSuiteProvider, HpkeCiphertext, SignatureSecretKey};

use super::{bytes, cases, derive_secret, expand_with_label, number, opaque, suite, text};

#[test]
fn references_are_hashed() {
    for case in cases("crypto-basics.json") {
        let case = &case["ref_hash"];
        let input = [opaque(text(case, "label").as_bytes()), opaque(&bytes(case, "value"))].concat();
        assert_eq!(suite().hash(&input).unwrap(), bytes(case, "out"));
    }
}

#[test]
fn secrets_are_expanded_and_derived() {
    let suite = suite();
    for case in cases("crypto-basics.json") {
        let expand = &case["expand_with_label"];
        let (secret, label, context) = (bytes(expand, "secret"), text(expand, "label"), bytes(expand, "context"));
        let out = expand_with_label(&suite, &secret, label, &context, number(expand, "length"));
        assert_eq!(out, bytes(expand, "out"));

        let derive = &case["derive_secret"];
        assert_eq!(derive_secret(&suite, &bytes(derive, "secret"), text(derive, "label")), bytes(derive, "out"));

        let tree = &case["derive_tree_secret"];
        let generation = u32::try_from(number(tree, "generation")).unwrap().to_be_bytes();
        let (secret, label) = (bytes(tree, "secret"), text(tree, "label"));
        assert_eq!(expand_with_label(&suite, &secret, label, &generation, number(tree, "length")), bytes(tree, "out"));
    }
}

#[test]
fn signatures_are_made_and_verified() {
    let suite = suite();
    for case in cases("crypto-basics.json") {
        let case = &case["sign_with_label"];
        let label = format!("MLS 1.0 {}", text(case, "label"));
        let content = [opaque(label.as_bytes()), opaque(&bytes(case, "content"))].concat();
        let (public, signature) = (bytes(case, "pub"), bytes(case, "signature"));
        let secret = SignatureSecretKey::new([bytes(case, "priv"), public.clone()].concat());
        assert_eq!(*suite.signature_key_derive_public(&secret).unwrap(), *public);
        // Ed25519 has one signature for a key and a text.
        assert_eq!(suite.sign(&secret, &content).unwrap(), signature);
        let public = public.into();
        assert!(suite.verify(&public, &signature, &content).is_ok());
        assert!(suite.verify(&public, &signature, &content[1..]).is_err());
        for at in 0..signature.len() {
            let mut forged = signature.clone();
            forged[at] ^= 1;
            assert!(suite.verify(&public, &forged, &content).is_err(), "byte {at}");
        }
    }
}

#[test]
fn what_is_sealed_to_a_key_opens() {
    let suite = suite();
    for case in cases("crypto-basics.json") {
        let case = &case["encrypt_with_label"];
        let label = format!("MLS 1.0 {}", text(case, "label"));
        let info = [opaque(label.as_bytes()), opaque(&bytes(case, "context"))].concat();
        let (secret, public, plain) = (bytes(case, "priv").into(), bytes(case, "pub").into(), bytes(case, "plaintext"));
        let sealed = HpkeCiphertext { kem_output: bytes(case, "kem_output"), ciphertext: bytes(case, "ciphertext") };
        assert_eq!(*suite.hpke_open(&sealed, &secret, &public, &info, None).unwrap(), plain);
        assert!(suite.hpke_open(&sealed, &secret, &public, &info[1..], None).is_err());

        let again = suite.hpke_seal(&public, &info, None, &plain).unwrap();
        assert_ne!(again, sealed);
        assert_eq!(*suite.hpke_open(&again, &secret, &public, &info, None).unwrap(), plain);
    }
}
