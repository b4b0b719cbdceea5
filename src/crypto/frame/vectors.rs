//! The vectors of RFC 9605, appendix C, for our suite, through the functions that seal and open every frame; so an upgrade of
//! the crate can't change the wire format unnoticed. From test-vectors.json of github.com/sframe-wg/sframe.

use sframe::crypto::{get_hkdf_key_expand_label, get_hkdf_salt_expand_label};
use sframe::frame::{EncryptedFrameView, MediaFrameView, MonotonicCounter};
use sframe::header::SframeHeader;
use sframe::key::{DecryptionKey, EncryptionKey};

use super::key::{Opener, SUITE, Sealer, TAG};

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
    (0..hex.len()).step_by(2).map(digit).collect()
}

fn number(hex: &str) -> u64 {
    u64::from_str_radix(hex, 16).expect("hexadecimal")
}

#[test]
fn headers() {
    let lines = include_str!("../../../tests/crypto_frame/headers.txt").lines().filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for line in lines {
        let parts: Vec<&str> = line.split(' ').collect();
        let [kid, counter, header] = parts[..] else { panic!("{line}") };
        assert_eq!(Vec::from(&SframeHeader::new(number(kid), number(counter))), bytes(header), "{line}");
        count += 1;
    }
    assert_eq!(count, 51);
}

// Appendix C.3, cipher suite 0x0002.
const KID: u64 = 0x123;
const COUNTER: u64 = 0x4567;
const BASE: &str = "000102030405060708090a0b0c0d0e0f";
const KEY_LABEL: &str = "534672616d6520312e3020536563726574206b65792000000000000001230002";
const SALT_LABEL: &str = "534672616d6520312e30205365637265742073616c742000000000000001230002";
const METADATA: &str = "4945544620534672616d65205747";
const PLAIN: &str = "64726166742d696574662d736672616d652d656e63";
const SEALED: &str = "99012345673f31438db4d09434e43afa0f8a2f00867a2be085046a9f5cb4f101d607";

#[test]
fn the_labels_that_keys_and_salts_come_from() {
    assert_eq!(get_hkdf_key_expand_label(KID, SUITE), bytes(KEY_LABEL));
    assert_eq!(get_hkdf_salt_expand_label(KID, SUITE), bytes(SALT_LABEL));
}

/// Key, salt and authentication key all come from the base key here, so the derivation is in it.
#[test]
fn a_whole_frame() {
    let sealer = Sealer::new(&bytes(BASE), KID).expect("a key");
    let body = sealer.seal(COUNTER, &bytes(METADATA), &bytes(PLAIN)).expect("sealed");
    let header = Vec::from(&SframeHeader::new(KID, COUNTER));
    assert_eq!([header.clone(), body].concat(), bytes(SEALED));

    let opener = Opener::new(&bytes(BASE), KID).expect("a key");
    let body = &bytes(SEALED)[header.len()..];
    assert_eq!(opener.open(COUNTER, &bytes(METADATA), body), Some(bytes(PLAIN)));
    assert_eq!(opener.open(COUNTER + 1, &bytes(METADATA), body), None);
    assert_eq!(opener.open(COUNTER, &bytes(METADATA)[1..], body), None);
    assert!((0..body.len()).all(|end| opener.open(COUNTER, &bytes(METADATA), &body[..end]).is_none()));
}

#[test]
fn what_we_leave_out_is_only_the_header() {
    let base = [7; 48];
    for (kid, counter, metadata, plain) in
        [(0, 0, &[0_u8][..], &b""[..]), (0x95, 70_000, &[0x35], b"a packet"), (255, u64::MAX - 1, &[7], &[9; 472])]
    {
        let mut count = MonotonicCounter::with_start_value(counter, u64::MAX);
        let whole = MediaFrameView::try_with_meta_data(&mut count, plain, metadata).expect("a counter");
        let whole = whole.encrypt(&EncryptionKey::derive_from(SUITE, kid, base).expect("a key")).expect("sealed");
        let ours = Sealer::new(&base, kid).and_then(|key| key.seal(counter, metadata, plain)).expect("sealed");
        assert_eq!(ours.len(), plain.len() + TAG);
        assert_eq!(whole.cipher_text(), ours);

        let sent = [Vec::from(&SframeHeader::new(kid, counter)), ours].concat();
        let whole = EncryptedFrameView::try_with_meta_data(&sent, metadata).expect("a header");
        let opened = whole.decrypt(&DecryptionKey::derive_from(SUITE, kid, base).expect("a key")).expect("opened");
        assert_eq!(opened.payload(), plain);
    }
}
