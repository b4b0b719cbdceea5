//! A relay's key: made once, kept in one file, recognised by its fingerprint.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rcgen::{CertificateParams, KeyPair, PKCS_ED25519, PublicKeyData};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::ParsedCertificate;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const KEY_FILE: &str = "relay.key";
/// Stands in the certificate because one has to; nobody looks at it.
const NAME: &str = "relay.invalid";
/// A key file of ours is far smaller.
const KEY_FILE_MOST: u64 = 16 * 1024;

/// Which relay it is: the SHA-256 of its public key. The same after a restart with the same key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of a certificate's key, or `None` if the bytes are no certificate.
    pub fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let certificate = ParsedCertificate::try_from(certificate).ok()?;
        Some(Self::of_key(certificate.subject_public_key_info().as_ref()))
    }

    fn of_key(public_key_info: &[u8]) -> Self {
        Self(Sha256::digest(public_key_info).into())
    }
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

/// A relay's key and the certificate that carries it.
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: Zeroizing<Vec<u8>>,
    fingerprint: Fingerprint,
}

/// Why there is no key to start with.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The data directory can't be made or written to.
    #[error("The data directory {} can't be used: {source}.", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The key file can't be read or written.
    #[error("The key file {} can't be used: {source}.", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The key file holds no key.
    #[error("The file {} does not hold a relay's key.", .0.display())]
    NotAKey(PathBuf),
    /// Others on the machine may read the key.
    #[error("The key file {} can be read by others on this machine.", .0.display())]
    Exposed(PathBuf),
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

    /// The key in `dir`, made there (with the directory) if there is none yet.
    ///
    /// # Errors
    /// [`IdentityError`] if directory or file can't be used; what is there is never written over.
    pub fn load_or_create(dir: &Path) -> Result<Self, IdentityError> {
        let path = dir.join(KEY_FILE);
        let file_error = |source| IdentityError::File { path: path.clone(), source };
        match read_key(&path) {
            Ok(pem) => {
                if is_exposed(&path).map_err(file_error)? {
                    return Err(IdentityError::Exposed(path));
                }
                let key = KeyPair::from_pem(&pem).map_err(|_| IdentityError::NotAKey(path.clone()))?;
                Self::from_key(&key).map_err(|_| IdentityError::NotAKey(path))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = KeyPair::generate_for(&PKCS_ED25519).map_err(IdentityError::Generate)?;
                create_dir(dir)
                    .and_then(|()| write_key(dir, &path, &Zeroizing::new(key.serialize_pem())))
                    .map_err(|source| IdentityError::Directory { path: dir.to_path_buf(), source })?;
                Self::from_key(&key).map_err(IdentityError::Generate)
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(IdentityError::NotAKey(path)),
            Err(error) => Err(file_error(error)),
        }
    }

    /// Which relay this is.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(crate) fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.clone()
    }

    pub(crate) fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.to_vec()).into()
    }

    fn from_key(key: &KeyPair) -> Result<Self, rcgen::Error> {
        let certificate = CertificateParams::new(vec![NAME.to_owned()])?.self_signed(key)?;
        Ok(Self {
            certificate: certificate.der().clone(),
            key: Zeroizing::new(key.serialize_der()),
            fingerprint: Fingerprint::of_key(&key.subject_public_key_info()),
        })
    }
}

fn read_key(path: &Path) -> io::Result<Zeroizing<String>> {
    use io::Read;
    let mut pem = Zeroizing::new(String::new());
    File::open(path)?.take(KEY_FILE_MOST).read_to_string(&mut pem)?;
    Ok(pem)
}

fn create_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes beside the place and renames, so that a crash leaves a whole key or none.
fn write_key(dir: &Path, path: &Path, pem: &str) -> io::Result<()> {
    let beside = dir.join(format!(".{KEY_FILE}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // It may not have been made at all; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
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
