//! PulseAudio's cookie, a file that its programs show to its server.
//!
//! The server hangs up on a client that shows none, even where it lets everybody in. PulseAudio's own library makes the file where
//! there is none; the one that cpal speaks through doesn't, so without this a new account or a container has no sound.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

const LENGTH: usize = 256;

/// Makes a cookie if there is none where cpal looks for it. Without one, sound is looked for elsewhere.
pub(super) fn ensure() {
    if env::var_os("PULSE_COOKIE").is_some_and(|path| Path::new(&path).is_file()) {
        return;
    }
    if let Some(home) = env::home_dir()
        && let Err(error) = ensure_in(&home)
    {
        tracing::debug!("no cookie for PulseAudio: {error}");
    }
}

fn ensure_in(home: &Path) -> io::Result<()> {
    let folder = home.join(".config/pulse");
    let path = folder.join("cookie");
    if path.exists() || home.join(".pulse-cookie").exists() {
        return Ok(());
    }
    let mut cookie = [0; LENGTH];
    // A server that starts later takes this file for its own, so it has to be a secret.
    File::open("/dev/urandom")?.read_exact(&mut cookie)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(&cookie)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_cookie_is_made_once_for_its_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(".config/pulse/cookie");
        ensure_in(home.path()).unwrap();
        let cookie = fs::read(&path).unwrap();
        assert_eq!((cookie.len(), fs::metadata(&path).unwrap().permissions().mode() & 0o777), (LENGTH, 0o600));
        ensure_in(home.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), cookie, "one that is there stays");
    }

    #[test]
    fn a_cookie_in_the_old_place_is_enough() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".pulse-cookie"), [1; LENGTH]).unwrap();
        ensure_in(home.path()).unwrap();
        assert!(!home.path().join(".config").exists());
    }
}
