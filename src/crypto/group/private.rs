//! Sealing to a few members, within what is sent to all: a private word, or what those who lead are to know.
//!
//! The content is sealed with a key of its own, and that key to each recipient's leaf by HPKE (the safe application API of MLS,
//! draft-ietf-mls-extensions, section 4). There are always as many sealed keys as there can be recipients, the rest of them to
//! ourselves, in an order that means nothing, and all contents have one length. So the others see that somebody sent something
//! private, but neither to whom nor of which kind.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use mls_rs_core::crypto::HpkeCiphertext;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::{GroupError, broken};
use super::library::{self, Mls};
use super::pad;
use crate::ids::SeatId;
use crate::wire::limits;

/// Sealed keys in each: as many as can lead a group.
const KEYS: usize = limits::LEADS;
/// Bytes of the X25519 public key that a sealed key begins with, and of the whole sealed key.
const KEM: usize = 32;
const SEALED_KEY: usize = KEM + 32 + 16;
/// Bytes of the sealed content.
const CONTENT: usize = limits::PRIVATE + 16;
/// Bytes of the whole.
const LENGTH: usize = KEYS * SEALED_KEY + CONTENT;

/// Keeps this use of the leaf's key apart from others; from the range for private use.
const COMPONENT: u32 = 0xf1a1;

/// Seals `plain` to members by their seats, in this epoch.
///
/// # Errors
/// As of [`Group::seal_to`](super::Group::seal_to).
pub(super) fn seal_to(
    mls: &Mls,
    to: &[SeatId],
    secret: &Zeroizing<[u8; 32]>,
    plain: &[u8],
) -> Result<Vec<u8>, GroupError> {
    let content = pad::fill(plain, limits::PRIVATE).filter(|_| to.len() <= KEYS).ok_or(GroupError::TooLong)?;
    if to.iter().any(|seat| !library::seats(mls).contains(*seat)) {
        return Err(GroupError::NotAllowed);
    }
    let content = cipher(secret).encrypt(&Nonce::default(), content.as_slice()).map_err(broken)?;
    let me = library::me(mls);
    let context = context(mls, me, &content);
    let keys = to.iter().copied().chain(std::iter::repeat(me)).take(KEYS).map(|seat| {
        let leaf = u32::from(seat.0);
        let sealed = mls.safe_encrypt_with_context_to_recipient(leaf, COMPONENT, &context, None, secret.as_slice());
        let sealed = sealed.map_err(broken)?;
        Ok([sealed.kem_output, sealed.ciphertext].concat())
    });
    let mut keys = keys.collect::<Result<Vec<_>, GroupError>>()?;
    // Sealed keys look like random bytes, so in this order they say nothing.
    keys.sort_unstable();
    let sealed = [keys.concat(), content].concat();
    if sealed.len() == LENGTH { Ok(sealed) } else { Err(GroupError::Broken) }
}

/// Opens what `sender` sealed in this epoch, if it is for us; `None` if not, or if it's nothing.
pub(super) fn open(mls: &Mls, sealed: &[u8], sender: SeatId) -> Option<Zeroizing<Vec<u8>>> {
    if sealed.len() != LENGTH || sender == library::me(mls) {
        return None;
    }
    let (keys, content) = sealed.split_at(KEYS * SEALED_KEY);
    let context = context(mls, sender, content);
    let secret = keys.chunks_exact(SEALED_KEY).find_map(|key| {
        let (kem, key) = key.split_at(KEM);
        let sealed = HpkeCiphertext { kem_output: kem.to_vec(), ciphertext: key.to_vec() };
        let opened = mls.safe_decrypt_with_context_for_current_member(COMPONENT, &context, None, sealed).ok()?;
        <[u8; 32]>::try_from(opened.as_slice()).ok().map(Zeroizing::new)
    })?;
    let plain = cipher(&secret).decrypt(&Nonce::default(), content).ok().map(Zeroizing::new)?;
    pad::cut(&plain).map(|plain| Zeroizing::new(plain.to_vec()))
}

/// Binds a sealed key to this content by this member in this epoch, so that nobody can pass it off as their own.
fn context(mls: &Mls, sender: SeatId, content: &[u8]) -> Vec<u8> {
    let content: [u8; 32] = Sha256::digest(content).into();
    [b"ingle private".as_slice(), &[sender.0], &library::epoch(mls).0.to_be_bytes(), &content].concat()
}

fn cipher(secret: &Zeroizing<[u8; 32]>) -> ChaCha20Poly1305 {
    // Each key seals one content, so the nonce may be fixed.
    ChaCha20Poly1305::new(Key::from_slice(secret.as_slice()))
}
