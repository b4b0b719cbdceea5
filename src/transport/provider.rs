//! The cryptography that TLS is given, the same for both ends.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;

/// The TLS library's own.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}
