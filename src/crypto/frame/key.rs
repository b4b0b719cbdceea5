//! SFrame itself, by the crate: one key, and a frame without its header. Both sides build the header from key id and counter
//! (RFC 9605, sections 4.3 to 4.4).

use sframe::CipherSuite;
use sframe::crypto::{DecryptionBufferView, EncryptionBufferView};
use sframe::header::SframeHeader;
use sframe::key::{DecryptionKey, EncryptionKey};

pub(super) const SUITE: CipherSuite = CipherSuite::AesCtr128HmacSha256_64;
/// Bytes that sealing adds.
pub(super) const TAG: usize = 8;

/// Seals with one key.
pub(super) struct Sealer(EncryptionKey);

impl Sealer {
    pub(super) fn new(base: &[u8], kid: u64) -> Option<Self> {
        EncryptionKey::derive_from(SUITE, kid, base).ok().map(Self)
    }

    /// Ciphertext and tag. Never to be called twice with the same counter.
    pub(super) fn seal(&self, counter: u64, metadata: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let mut body = plain.to_vec();
        body.resize(plain.len() + TAG, 0);
        let (data, tag) = body.split_at_mut(plain.len());
        let mut aad = associated(self.0.key_id(), counter, metadata);
        self.0.encrypt(EncryptionBufferView { aad: &mut aad, data, tag }, counter).ok()?;
        Some(body)
    }
}

/// Opens what one key sealed.
pub(super) struct Opener(DecryptionKey);

impl Opener {
    pub(super) fn new(base: &[u8], kid: u64) -> Option<Self> {
        DecryptionKey::derive_from(SUITE, kid, base).ok().map(Self)
    }

    /// What was sealed; `None` unless it was with this counter and metadata.
    pub(super) fn open(&self, counter: u64, metadata: &[u8], body: &[u8]) -> Option<Vec<u8>> {
        let plain = body.len().checked_sub(TAG)?;
        let mut data = body.to_vec();
        let mut aad = associated(self.0.key_id(), counter, metadata);
        self.0.decrypt(DecryptionBufferView { aad: &mut aad, data: &mut data }, counter).ok()?;
        data.truncate(plain);
        Some(data)
    }
}

/// What is authenticated beside the ciphertext: the header, then the metadata (section 4.4.3).
fn associated(kid: u64, counter: u64, metadata: &[u8]) -> Vec<u8> {
    let mut aad = Vec::from(&SframeHeader::new(kid, counter));
    aad.extend_from_slice(metadata);
    aad
}
