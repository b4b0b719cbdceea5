//! Sealed to a few members within what all are sent: a private word, or what those who lead are to know.
//!
//! The content is sealed with a key of its own, and that key to each who is meant, by HPKE to their leaf (the safe
//! application API of MLS, draft-ietf-mls-extensions, section 4). There are always as many sealed keys as there can be
//! recipients, the rest of them to ourselves, in an order that means nothing, and all contents have one length. So the others
//! see that something private went by, and from whom, and neither to whom nor what kind of thing it was.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use mls_rs_core::crypto::HpkeCiphertext;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Group, GroupError, broken, pad};
use crate::ids::SeatId;
use crate::wire::limits;

/// Sealed keys in each: as many as lead a group.
const KEYS: usize = limits::LEADS;
/// Bytes of an X25519 public key, which begins a sealed key, and of all of it.
const KEM: usize = 32;
const SEALED_KEY: usize = KEM + 32 + 16;
/// Bytes of the sealed content.
const CONTENT: usize = limits::PRIVATE + 16;
/// All of it.
const LENGTH: usize = KEYS * SEALED_KEY + CONTENT;

/// What the library keeps uses of the leaf's key apart by; from the range for private use.
const COMPONENT: u32 = 0xf1a1;

impl Group {
    /// The key by which a member signs: who they are, for as long as they have the seat.
    pub fn signer(&self, seat: SeatId) -> Option<Vec<u8>> {
        let member = self.mls.member_at_index(u32::from(seat.0))?;
        Some(member.signing_identity.signature_key.to_vec())
    }

    /// Seals `plain` to members by their seats, in this epoch. `secret` is drawn for this content and for nothing else. To
    /// nobody is fine: then only we could open it.
    ///
    /// # Errors
    /// [`GroupError::TooLong`] if there are more than [`limits::LEADS`] seats, or `plain` doesn't fit [`limits::PRIVATE`]
    /// bytes; [`GroupError::NotAllowed`] if a seat is nobody's; [`GroupError::Removed`].
    pub fn seal_to(&self, to: &[SeatId], secret: &Zeroizing<[u8; 32]>, plain: &[u8]) -> Result<Vec<u8>, GroupError> {
        self.check_member()?;
        let content = pad::fill(plain, limits::PRIVATE).filter(|_| to.len() <= KEYS).ok_or(GroupError::TooLong)?;
        if to.iter().any(|seat| !self.seats().contains(*seat)) {
            return Err(GroupError::NotAllowed);
        }
        let content = cipher(secret).encrypt(&Nonce::default(), content.as_slice()).map_err(broken)?;
        let context = self.context(self.me(), &content);
        let filling = std::iter::repeat(self.me());
        let keys = to.iter().copied().chain(filling).take(KEYS).map(|seat| {
            let leaf = u32::from(seat.0);
            let sealed =
                self.mls.safe_encrypt_with_context_to_recipient(leaf, COMPONENT, &context, None, secret.as_slice());
            let sealed = sealed.map_err(broken)?;
            Ok([sealed.kem_output, sealed.ciphertext].concat())
        });
        let mut keys = keys.collect::<Result<Vec<_>, GroupError>>()?;
        // Sealed keys look like random bytes, so in this order they say nothing.
        keys.sort_unstable();
        let sealed = [keys.concat(), content].concat();
        if sealed.len() == LENGTH { Ok(sealed) } else { Err(GroupError::Broken) }
    }

    /// Opens what `sender` sealed in this epoch, if we are meant; `None` if not, or if it's nothing.
    pub fn open_private(&self, sealed: &[u8], sender: SeatId) -> Option<Zeroizing<Vec<u8>>> {
        if self.removed || sealed.len() != LENGTH || sender == self.me() {
            return None;
        }
        let (keys, content) = sealed.split_at(KEYS * SEALED_KEY);
        let context = self.context(sender, content);
        let secret = keys.chunks_exact(SEALED_KEY).find_map(|key| {
            let (kem, key) = key.split_at(KEM);
            let sealed = HpkeCiphertext { kem_output: kem.to_vec(), ciphertext: key.to_vec() };
            let opened =
                self.mls.safe_decrypt_with_context_for_current_member(COMPONENT, &context, None, sealed).ok()?;
            <[u8; 32]>::try_from(opened.as_slice()).ok().map(Zeroizing::new)
        })?;
        let plain = cipher(&secret).decrypt(&Nonce::default(), content).ok().map(Zeroizing::new)?;
        pad::cut(&plain).map(|plain| Zeroizing::new(plain.to_vec()))
    }

    /// What a sealed key is bound to: it fits this content by this member in this epoch, and nobody can put it into their own.
    fn context(&self, sender: SeatId, content: &[u8]) -> Vec<u8> {
        let content: [u8; 32] = Sha256::digest(content).into();
        [b"ingle private".as_slice(), &[sender.0], &self.epoch().0.to_be_bytes(), &content].concat()
    }
}

fn cipher(secret: &Zeroizing<[u8; 32]>) -> ChaCha20Poly1305 {
    // The key seals one content, so the nonce may be fixed.
    ChaCha20Poly1305::new(Key::from_slice(secret.as_slice()))
}
