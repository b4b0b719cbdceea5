//! The group's keys against the test vectors of RFC 9420, through the provider and the library as we use them.
//!
//! `vectors/README.md` says where they come from. What the library doesn't let in from outside (the tree's operations, the
//! secret tree, messages under given secrets) has no test here; its own tests run those vectors.

mod basics;
mod joins;
mod messages;
mod schedule;
mod suite;

use std::fs;
use std::path::Path;

use ingle::crypto::group::suite::{Provider, Suite};
use mls_rs_core::crypto::CipherSuiteProvider;
use serde_json::Value;

/// Our suite, with random bytes that no vector depends on.
fn suite() -> Suite {
    Provider::new([9; 32]).suite().expect("the suite is known")
}

/// The cases of a file, of which there is at least one.
fn cases(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crypto/vectors").join(file);
    let text = fs::read_to_string(path).expect("the vectors can be read");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("they are JSON");
    assert!(!cases.is_empty());
    cases
}

/// The bytes that a field holds in hexadecimal.
fn bytes(case: &Value, field: &str) -> Vec<u8> {
    let text = case[field].as_str().unwrap_or_else(|| panic!("{field} is no text"));
    hex(text)
}

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("two digits")).collect()
}

fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_else(|| panic!("{field} is no text"))
}

fn number(case: &Value, field: &str) -> usize {
    case[field].as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number")
}

/// A vector of bytes as TLS writes it in RFC 9420, section 2.1.2.
fn opaque(bytes: &[u8]) -> Vec<u8> {
    let head = match bytes.len() {
        len @ 0..64 => vec![u8::try_from(len).unwrap()],
        len => (u16::try_from(len).unwrap() | 0x4000).to_be_bytes().to_vec(),
    };
    [&head, bytes].concat()
}

/// `KDFLabel` and the functions of RFC 9420, section 8, over the suite that we give the library.
fn expand_with_label(suite: &Suite, secret: &[u8], label: &str, context: &[u8], len: usize) -> Vec<u8> {
    let length = u16::try_from(len).unwrap().to_be_bytes();
    let info = [&length[..], &opaque(format!("MLS 1.0 {label}").as_bytes()), &opaque(context)].concat();
    suite.kdf_expand(secret, &info, len).unwrap().to_vec()
}

fn derive_secret(suite: &Suite, secret: &[u8], label: &str) -> Vec<u8> {
    expand_with_label(suite, secret, label, b"", suite.kdf_extract_size())
}
