//! The key of stateless resets (RFC 9000, section 10.3). A relay that was started again with the same key answers packets of
//! connections that it doesn't know in a way that only their members know to be its own, so they come back at once.

use hmac::{Hmac, Mac};
use quinn::crypto::{CryptoError, HmacKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// HMAC-SHA-256 (RFC 2104).
pub(super) struct ResetKey(Zeroizing<[u8; 32]>);

impl ResetKey {
    pub(super) fn new(secret: Zeroizing<[u8; 32]>) -> Self {
        Self(secret)
    }

    fn mac(&self, data: &[u8]) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length");
        mac.update(data);
        mac
    }
}

impl HmacKey for ResetKey {
    fn sign(&self, data: &[u8], signature_out: &mut [u8]) {
        signature_out.copy_from_slice(&self.mac(data).finalize().into_bytes());
    }

    fn signature_len(&self) -> usize {
        32
    }

    fn verify(&self, data: &[u8], signature: &[u8]) -> Result<(), CryptoError> {
        self.mac(data).verify_slice(signature).map_err(|_| CryptoError)
    }
}
