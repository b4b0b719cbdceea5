//! The library's cipher suite `MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519`, with all randomness from a seed.

use ed25519_dalek::SigningKey;
use mls_rs_core::crypto::{
    CipherSuite, CipherSuiteProvider, CryptoProvider, HpkeCiphertext, HpkePsk, HpkePublicKey, HpkeSecretKey,
    SignaturePublicKey, SignatureSecretKey,
};
use mls_rs_core::error::IntoAnyError;
use mls_rs_crypto_hpke::context::{ContextR, ContextS};
use mls_rs_crypto_hpke::dhkem::DhKem;
use mls_rs_crypto_rustcrypto::RustCryptoCipherSuite;
use mls_rs_crypto_rustcrypto::aead::Aead;
use mls_rs_crypto_rustcrypto::ecdh::Ecdh;
use mls_rs_crypto_rustcrypto::kdf::Kdf;
use mls_rs_crypto_traits::{DhType, KemId, SamplingMethod};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::source::Source;

/// The only suite (RFC 9420, section 17.1).
pub const SUITE: CipherSuite = CipherSuite::CURVE25519_AES128;

/// Gives the library its cipher suite.
#[derive(Clone)]
pub struct Provider(Source);

impl Provider {
    /// A provider whose keys, nonces and signatures follow from `seed` and the order of calls.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Source::new(seed))
    }

    pub(super) fn source(&self) -> &Source {
        &self.0
    }

    /// The suite.
    ///
    /// # Errors
    /// [`SuiteError`] if the library doesn't know it.
    pub fn suite(&self) -> Result<Suite, SuiteError> {
        let (curve, kdf, aead) = (Ecdh::new(SUITE), Kdf::new(SUITE), Aead::new(SUITE));
        let (Some(curve), Some(kdf), Some(aead)) = (curve, kdf, aead) else { return Err(SuiteError) };
        let id = KemId::DhKemX25519Sha256;
        let kem = DhKem::new(Dh { curve, source: self.0.clone() }, kdf, id as u16, id.n_secret());
        let inner = RustCryptoCipherSuite::new(SUITE, kem, kdf, aead).ok_or(SuiteError)?;
        Ok(Suite { inner, source: self.0.clone() })
    }
}

impl CryptoProvider for Provider {
    type CipherSuiteProvider = Suite;

    fn supported_cipher_suites(&self) -> Vec<CipherSuite> {
        vec![SUITE]
    }

    fn cipher_suite_provider(&self, suite: CipherSuite) -> Option<Suite> {
        if suite == SUITE { self.suite().ok() } else { None }
    }
}

/// An operation of the suite failed: keys, signatures or ciphertexts are malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an operation of the cipher suite failed")]
pub struct SuiteError;

impl IntoAnyError for SuiteError {}

fn failed<E>(_: E) -> SuiteError {
    SuiteError
}

/// X25519 whose fresh keys come from a seed.
#[derive(Clone)]
pub struct Dh {
    curve: Ecdh,
    source: Source,
}

impl DhType for Dh {
    type Error = SuiteError;

    fn dh(&self, secret_key: &HpkeSecretKey, public_key: &HpkePublicKey) -> Result<Vec<u8>, SuiteError> {
        let shared = Zeroizing::new(self.curve.dh(secret_key, public_key).map_err(failed)?);
        // RFC 9180, section 7.1.4: a point of small order gives a key that everybody knows. The library doesn't check.
        let known = shared.as_slice().ct_eq(&[0; 32]);
        if known.into() { Err(SuiteError) } else { Ok(shared.to_vec()) }
    }

    fn generate(&self) -> Result<(HpkeSecretKey, HpkePublicKey), SuiteError> {
        let secret = HpkeSecretKey::from(self.source.key().to_vec());
        let public = self.to_public(&secret)?;
        Ok((secret, public))
    }

    fn to_public(&self, secret_key: &HpkeSecretKey) -> Result<HpkePublicKey, SuiteError> {
        self.curve.to_public(secret_key).map_err(failed)
    }

    fn bitmask_for_rejection_sampling(&self) -> SamplingMethod {
        self.curve.bitmask_for_rejection_sampling()
    }

    fn secret_key_size(&self) -> usize {
        DhType::secret_key_size(&self.curve)
    }

    fn public_key_size(&self) -> usize {
        DhType::public_key_size(&self.curve)
    }

    fn public_key_validate(&self, key: &HpkePublicKey) -> Result<(), SuiteError> {
        self.curve.public_key_validate(key).map_err(failed)
    }
}

/// The library's suite, except that the two calls that draw random bytes and the [`Dh`] of HPKE take them from a seed.
#[derive(Clone)]
pub struct Suite {
    inner: RustCryptoCipherSuite<DhKem<Dh, Kdf>, Kdf, Aead>,
    source: Source,
}

impl CipherSuiteProvider for Suite {
    type Error = SuiteError;
    type HpkeContextS = ContextS<Kdf, Aead>;
    type HpkeContextR = ContextR<Kdf, Aead>;

    fn random_bytes(&self, out: &mut [u8]) -> Result<(), SuiteError> {
        self.source.fill(out);
        Ok(())
    }

    fn signature_key_generate(&self) -> Result<(SignatureSecretKey, SignaturePublicKey), SuiteError> {
        let pair = SigningKey::from_bytes(&self.source.key());
        let bytes = Zeroizing::new(pair.to_keypair_bytes());
        Ok((SignatureSecretKey::new_slice(&*bytes), SignaturePublicKey::new_slice(pair.verifying_key().as_bytes())))
    }

    fn cipher_suite(&self) -> CipherSuite {
        self.inner.cipher_suite()
    }

    fn hash(&self, data: &[u8]) -> Result<Vec<u8>, SuiteError> {
        self.inner.hash(data).map_err(failed)
    }

    fn mac(&self, key: &[u8], data: &[u8]) -> Result<Vec<u8>, SuiteError> {
        self.inner.mac(key, data).map_err(failed)
    }

    fn aead_seal(&self, key: &[u8], data: &[u8], aad: Option<&[u8]>, nonce: &[u8]) -> Result<Vec<u8>, SuiteError> {
        self.inner.aead_seal(key, data, aad, nonce).map_err(failed)
    }

    fn aead_open(
        &self,
        key: &[u8],
        ciphertext: &[u8],
        aad: Option<&[u8]>,
        nonce: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SuiteError> {
        self.inner.aead_open(key, ciphertext, aad, nonce).map_err(failed)
    }

    fn aead_key_size(&self) -> usize {
        self.inner.aead_key_size()
    }

    fn aead_nonce_size(&self) -> usize {
        self.inner.aead_nonce_size()
    }

    fn kdf_extract(&self, salt: &[u8], ikm: &[u8]) -> Result<Zeroizing<Vec<u8>>, SuiteError> {
        self.inner.kdf_extract(salt, ikm).map_err(failed)
    }

    fn kdf_expand(&self, prk: &[u8], info: &[u8], len: usize) -> Result<Zeroizing<Vec<u8>>, SuiteError> {
        self.inner.kdf_expand(prk, info, len).map_err(failed)
    }

    fn kdf_extract_size(&self) -> usize {
        self.inner.kdf_extract_size()
    }

    fn hpke_seal(
        &self,
        remote_key: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        pt: &[u8],
    ) -> Result<HpkeCiphertext, SuiteError> {
        self.inner.hpke_seal(remote_key, info, aad, pt).map_err(failed)
    }

    fn hpke_seal_psk(
        &self,
        remote_key: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        pt: &[u8],
        psk: HpkePsk<'_>,
    ) -> Result<HpkeCiphertext, SuiteError> {
        self.inner.hpke_seal_psk(remote_key, info, aad, pt, psk).map_err(failed)
    }

    fn hpke_open(
        &self,
        ciphertext: &HpkeCiphertext,
        local_secret: &HpkeSecretKey,
        local_public: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
    ) -> Result<Zeroizing<Vec<u8>>, SuiteError> {
        self.inner.hpke_open(ciphertext, local_secret, local_public, info, aad).map_err(failed)
    }

    fn hpke_open_psk(
        &self,
        ciphertext: &HpkeCiphertext,
        local_secret: &HpkeSecretKey,
        local_public: &HpkePublicKey,
        info: &[u8],
        aad: Option<&[u8]>,
        psk: HpkePsk<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, SuiteError> {
        self.inner.hpke_open_psk(ciphertext, local_secret, local_public, info, aad, psk).map_err(failed)
    }

    fn hpke_setup_s(
        &self,
        remote_key: &HpkePublicKey,
        info: &[u8],
    ) -> Result<(Vec<u8>, Self::HpkeContextS), SuiteError> {
        self.inner.hpke_setup_s(remote_key, info).map_err(failed)
    }

    fn hpke_setup_r(
        &self,
        kem_output: &[u8],
        local_secret: &HpkeSecretKey,
        local_public: &HpkePublicKey,
        info: &[u8],
    ) -> Result<Self::HpkeContextR, SuiteError> {
        self.inner.hpke_setup_r(kem_output, local_secret, local_public, info).map_err(failed)
    }

    fn kem_derive(&self, ikm: &[u8]) -> Result<(HpkeSecretKey, HpkePublicKey), SuiteError> {
        self.inner.kem_derive(ikm).map_err(failed)
    }

    fn kem_generate(&self) -> Result<(HpkeSecretKey, HpkePublicKey), SuiteError> {
        self.inner.kem_generate().map_err(failed)
    }

    fn kem_public_key_validate(&self, key: &HpkePublicKey) -> Result<(), SuiteError> {
        self.inner.kem_public_key_validate(key).map_err(failed)
    }

    fn signature_key_derive_public(&self, secret_key: &SignatureSecretKey) -> Result<SignaturePublicKey, SuiteError> {
        self.inner.signature_key_derive_public(secret_key).map_err(failed)
    }

    fn sign(&self, secret_key: &SignatureSecretKey, data: &[u8]) -> Result<Vec<u8>, SuiteError> {
        self.inner.sign(secret_key, data).map_err(failed)
    }

    fn verify(&self, public_key: &SignaturePublicKey, signature: &[u8], data: &[u8]) -> Result<(), SuiteError> {
        self.inner.verify(public_key, signature, data).map_err(failed)
    }
}
