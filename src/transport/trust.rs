//! Which relay a member trusts.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::sync::{Arc, OnceLock};

use super::identity::Fingerprint;
use super::provider::provider;
use super::target::Pin;

/// Trusts any relay that proves to hold the key it shows; with a pin, only the relay with that key. Where the pin says so, a
/// relay whose certificate this computer trusts for the name that was called is trusted whatever its key is.
#[derive(Debug)]
pub(crate) struct AnyRelay {
    pin: Option<Pin>,
    platform: Option<Arc<Verifier>>,
    seen: OnceLock<Seen>,
    provider: Arc<rustls::crypto::CryptoProvider>,
}

/// What a relay has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) key: Fingerprint,
    /// Whether this computer trusts its certificate for the name that was called.
    pub(crate) vouched: bool,
}

impl Seen {
    /// Whether this is the relay that must be there.
    pub(crate) fn fits(self, pin: Pin) -> bool {
        self.key == pin.key || (pin.or_certificate && self.vouched)
    }
}

impl AnyRelay {
    pub(crate) fn new(pin: Option<Pin>, platform: Option<Arc<Verifier>>) -> Arc<Self> {
        Arc::new(Self { pin, platform, seen: OnceLock::new(), provider: provider() })
    }

    /// What was shown, whether it was trusted or not.
    pub(crate) fn seen(&self) -> Option<Seen> {
        self.seen.get().copied()
    }
}

/// How this computer judges certificates, for relays that are called by name. Reads its list of certificate authorities. `None`
/// if it has none.
pub(crate) async fn platform() -> Option<Arc<Verifier>> {
    // Files are read, which may take some milliseconds.
    let made = tokio::task::spawn_blocking(|| Verifier::new(provider()));
    made.await.ok()?.ok().map(Arc::new)
}

impl ServerCertVerifier for AnyRelay {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let key = Fingerprint::of(end_entity).ok_or(CertificateError::BadEncoding)?;
        let judged = |platform: &Verifier| platform.verify_server_cert(end_entity, intermediates, name, ocsp, now);
        let vouched = self.platform.as_ref().is_some_and(|platform| judged(platform).is_ok());
        let shown = Seen { key, vouched };
        let seen = self.seen.get_or_init(|| shown);
        if *seen != shown || self.pin.is_some_and(|pin| !shown.fits(pin)) {
            return Err(CertificateError::ApplicationVerificationFailure.into());
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
