//! A relay's key: made once, kept in one file, recognised by its fingerprint.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use hkdf::Hkdf;
use rcgen::{CertificateParams, KeyPair, PKCS_ED25519, PublicKeyData};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::private;
use super::provider::provider;

const KEY_FILE: &str = "relay.key";
/// A certificate must have a name. Nobody looks at this one.
const NAME: &str = "relay.invalid";
/// In bytes. Keys and chains of certificates are smaller.
const KEY_FILE_MOST: u64 = 64 * 1024;

/// Which relay it is: the SHA-256 of its public key. It stays the same as long as the key file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate's key. `None` if the bytes are no certificate.
    pub fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let certificate = ParsedCertificate::try_from(certificate).ok()?;
        Some(Self::of_key(certificate.subject_public_key_info().as_ref()))
    }

    fn of_key(public_key_info: &[u8]) -> Self {
        Self(Sha256::digest(public_key_info).into())
    }

    /// All 256 bits as 64 hexadecimal digits, for files.
    pub fn whole(&self) -> String {
        digits(&self.0)
    }

    /// Reads [`Self::whole`].
    pub fn from_whole(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::try_from(digit(2 * at)? << 4 | digit(2 * at + 1)?).ok()?;
        }
        (text.len() == 64).then_some(Self(bytes))
    }

    /// Whether `text` is this fingerprint as a person may write it, short or whole; spaces, dashes, colons and capitals don't
    /// matter. `None` if it is no fingerprint at all.
    pub fn is_written(&self, text: &str) -> Option<bool> {
        let text: String =
            text.chars().filter(|c| !c.is_whitespace() && !"-:".contains(*c)).collect::<String>().to_lowercase();
        let is_one = (text.len() == 32 || text.len() == 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_one.then(|| self.whole().starts_with(&text))
    }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 128 bits in groups of four hexadecimal digits, to be read aloud and compared.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, pair) in self.0[..16].chunks(2).enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{:02x}{:02x}", pair[0], pair[1])?;
        }
        Ok(())
    }
}

/// A relay's key, the certificate for it, and the certificates that vouch for that.
pub struct Identity {
    certificates: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    fingerprint: Fingerprint,
    kept: bool,
    /// What its secrets come from, if not from its key.
    own: Option<PrivateKeyDer<'static>>,
}

/// Why there is no key to start with.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The data directory can't be made or written to.
    #[error("The data directory {} can't be used: {source}.", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The key file can't be read or written.
    #[error("The key file {} can't be used: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The key file holds no key.
    #[error("The file {} does not hold a relay's key.", .0.display())]
    NotAKey(PathBuf),
    /// Others on the machine may read the key.
    #[error("The key file {} can be read by others on this machine.", .0.display())]
    Exposed(PathBuf),
    /// The file holds no certificate.
    #[error("The file {} does not hold a certificate.", .0.display())]
    NotACertificate(PathBuf),
    /// Certificate and key don't belong together.
    #[error("The certificate in {} is not for the key in {}.", certificate.display(), key.display())]
    Mismatch {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// No key could be made.
    #[error("No key could be made on this machine: {0}.")]
    Generate(rcgen::Error),
}

impl IdentityError {
    /// What to do about it, in one sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::Directory { .. } => "Name a directory that this user may write to with --data-dir.".into(),
            Self::File { .. } => "Make the file readable for the user that runs the relay.".into(),
            Self::NotAKey(_) => {
                "Put the right file back, or move it away and start again for a new key, which members will be warned of."
                    .into()
            }
            Self::Exposed(path) => format!("Close it with: chmod 600 {}", path.display()),
            Self::NotACertificate(_) => "Name the file with the whole chain of certificates, in PEM, with --cert.".into(),
            Self::Mismatch { .. } => "Name the key that the certificate was issued for with --key.".into(),
            Self::Generate(_) => "Start the relay again; if it stays, this machine has no good random numbers.".into(),
        }
    }
}

impl Identity {
    /// A key that is gone when the program ends.
    ///
    /// # Errors
    /// [`IdentityError::Generate`] if the machine can't make one.
    pub fn ephemeral() -> Result<Self, IdentityError> {
        let key = KeyPair::generate_for(&PKCS_ED25519).map_err(IdentityError::Generate)?;
        Self::from_key(&key).map_err(IdentityError::Generate)
    }

    /// The key in `dir`. If there is none yet, it is made, and the directory too.
    ///
    /// # Errors
    /// [`IdentityError`] if the directory or the file can't be used. An existing file is never overwritten.
    pub fn load_or_create(dir: &Path) -> Result<Self, IdentityError> {
        let path = dir.join(KEY_FILE);
        let file_error = |source| IdentityError::File { path: path.clone(), source };
        match read_key(&path) {
            Ok(pem) => {
                if is_exposed(&path).map_err(file_error)? {
                    return Err(IdentityError::Exposed(path));
                }
                let key = KeyPair::from_pem(&pem).map_err(|_| IdentityError::NotAKey(path.clone()))?;
                let identity = Self::from_key(&key).map_err(|_| IdentityError::NotAKey(path))?;
                Ok(identity.kept())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = KeyPair::generate_for(&PKCS_ED25519).map_err(IdentityError::Generate)?;
                let written = private::create_dir(dir)
                    .and_then(|()| private::write_new(dir, KEY_FILE, &Zeroizing::new(key.serialize_pem())));
                match written {
                    Ok(()) => Self::from_key(&key).map_err(IdentityError::Generate),
                    // Another relay has been started at the same moment, and has made one.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_file() => {
                        Self::load_or_create(dir)
                    }
                    Err(source) => Err(IdentityError::Directory { path: dir.to_path_buf(), source }),
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(IdentityError::NotAKey(path)),
            Err(error) => Err(file_error(error)),
        }
    }

    /// The key of a certificate that was issued for a domain. The certificate's file has the chain of its issuers behind it. Both
    /// files are in PEM.
    ///
    /// # Errors
    /// [`IdentityError`] if a file can't be used, or the two don't belong together.
    pub fn from_pem(certificate: &Path, key: &Path) -> Result<Self, IdentityError> {
        let read =
            |path: &Path| read_key(path).map_err(|source| IdentityError::File { path: path.to_path_buf(), source });
        let not_one = || IdentityError::NotACertificate(certificate.to_path_buf());
        let chain = read(certificate)?;
        let certificates: Vec<_> =
            CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<_, _>>().map_err(|_| not_one())?;
        let fingerprint = certificates.first().and_then(Fingerprint::of).ok_or_else(not_one)?;
        let pem = read(key)?;
        if is_exposed(key).map_err(|source| IdentityError::File { path: key.to_path_buf(), source })? {
            return Err(IdentityError::Exposed(key.to_path_buf()));
        }
        let not_a_key = || IdentityError::NotAKey(key.to_path_buf());
        let secret = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| not_a_key())?;
        CertifiedKey::from_der(certificates.clone(), secret.clone_key(), &provider()).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => {
                IdentityError::Mismatch { certificate: certificate.to_path_buf(), key: key.to_path_buf() }
            }
            _ => not_a_key(),
        })?;
        Ok(Self { certificates, key: secret, fingerprint, kept: true, own: None })
    }

    /// The same, with the secrets of `own`: what was made with them outlives a certificate that is renewed with another key.
    pub fn keeping(mut self, own: &Identity) -> Self {
        self.own = Some(own.key.clone_key());
        self.kept = own.kept;
        self
    }

    /// The same, as one that was there before this program was started.
    fn kept(mut self) -> Self {
        self.kept = true;
        self
    }

    /// Whether it was there before this program was started: what was made with it then may come back.
    pub(crate) fn was_kept(&self) -> bool {
        self.kept
    }

    /// A secret for one use, the same whenever the key is: HKDF (RFC 5869) over the key.
    pub(crate) fn secret(&self, what_for: &str) -> Zeroizing<[u8; 32]> {
        let mut secret = Zeroizing::new([0; 32]);
        let derived = Hkdf::<Sha256>::new(None, self.own.as_ref().unwrap_or(&self.key).secret_der())
            .expand(what_for.as_bytes(), secret.as_mut());
        derived.expect("HKDF gives 32 bytes");
        secret
    }

    /// What relays of a fleet have in common, if this is the key that they share.
    pub fn fleet_secret(&self) -> [u8; 32] {
        *self.secret("ingle fleet 1")
    }

    /// Which relay this is.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(crate) fn certificates(&self) -> Vec<CertificateDer<'static>> {
        self.certificates.clone()
    }

    pub(crate) fn private_key(&self) -> PrivateKeyDer<'static> {
        self.key.clone_key()
    }

    fn from_key(key: &KeyPair) -> Result<Self, rcgen::Error> {
        let certificate = CertificateParams::new(vec![NAME.to_owned()])?.self_signed(key)?;
        Ok(Self {
            certificates: vec![certificate.der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            fingerprint: Fingerprint::of_key(&key.subject_public_key_info()),
            kept: false,
            own: None,
        })
    }
}

/// The TLS library's type for keys doesn't wipe itself.
impl Drop for Identity {
    fn drop(&mut self) {
        self.key.zeroize();
        self.own.zeroize();
    }
}

fn read_key(path: &Path) -> io::Result<Zeroizing<String>> {
    use io::Read;
    let mut pem = Zeroizing::new(String::new());
    File::open(path)?.take(KEY_FILE_MOST).read_to_string(&mut pem)?;
    Ok(pem)
}

#[cfg(unix)]
fn is_exposed(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(path)?.mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relays_that_start_at_once_in_one_place_share_one_key() {
        let dir = tempfile::tempdir().expect("a directory");
        let own = dir.path().join("new");
        let start = || Identity::load_or_create(&own).expect("a key").fingerprint();
        let started: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert!(started.iter().all(|key| *key == started[0]), "{started:?}");
        assert_eq!(fs::read_dir(&own).expect("there").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn secrets_outlive_a_certificate_with_another_key() {
        let [own, one, renewed] = [(); 3].map(|()| Identity::ephemeral().expect("a key"));
        let (shown, before) = (renewed.fingerprint(), one.keeping(&own).secret("rooms"));
        let renewed = renewed.keeping(&own);
        assert_eq!((renewed.fingerprint(), renewed.secret("rooms")), (shown, before));
        assert_ne!(Identity::ephemeral().expect("a key").secret("rooms"), renewed.secret("rooms"));
    }

    #[test]
    fn a_fingerprint_is_known_however_it_is_written() {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(0xa0..).for_each(|(byte, n)| *byte = n);
        let key = Fingerprint(bytes);
        assert_eq!(Fingerprint::from_whole(&key.whole()), Some(key));
        assert_eq!(Fingerprint::from_whole(&key.whole()[1..]), None);
        assert_eq!(Fingerprint::from_whole(&format!("{}0", key.whole())), None);
        let short = key.to_string();
        for written in
            [short.clone(), short.to_uppercase(), short.replace(' ', ":"), key.whole(), format!(" {short}\n")]
        {
            assert_eq!(key.is_written(&written), Some(true), "{written}");
            assert_eq!(Fingerprint([7; 32]).is_written(&written), Some(false));
        }
        for none in ["", "yes", &short[1..], &key.whole()[..40], "aä", &"ä".repeat(16)] {
            assert_eq!(key.is_written(none), None, "{none}");
        }
    }
}
