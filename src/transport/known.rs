//! The relays that this computer has met, and their keys: one line for each in a file of the user's.
//!
//! ```text
//! relay.example.org:4433 5f0c…64 hexadecimal digits
//! other.example.org:4433 81e7…64 hexadecimal digits certificate
//! ```
//!
//! The last word says that the relay may change its key if it shows a certificate for its name.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::identity::Fingerprint;
use super::private;
use super::target::{Dial, Pin};

const FILE: &str = "known-relays";
const LAST_FILE: &str = "last-relay";
/// In bytes. Three names of hosts are shorter.
const LAST_MOST: u64 = 1024;
/// Stands behind the key of a relay that may change it if it shows a certificate.
const CERTIFICATE: &str = " certificate";
/// At most this many relays are kept. When there are more, the one that was met first is forgotten.
const MOST: usize = 256;
/// The file is always smaller, because a name has at most 253 letters.
const MOST_BYTES: u64 = 128 * 1024;
const HEADER: &str = "# The relays that ingle has met, and their keys. A line can be removed to meet a relay anew.\n";

/// The file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRelays {
    dir: PathBuf,
}

/// What the file says of a relay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The key that it had, if it was met before, and whether a certificate may take its place.
    pub pin: Option<Pin>,
    /// The first line that can't be read, counted from 1.
    pub damaged: Option<usize>,
}

impl KnownRelays {
    /// The file in this directory, which need not be there.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The file where the environment says: in `INGLE_CONFIG_DIR`, or else in the user's directory for settings. `None` if
    /// `INGLE_CONFIG_DIR` is set and empty, which means that nothing is to be kept, or if there is no such directory.
    pub fn in_environment(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        if let Some(dir) = variable("INGLE_CONFIG_DIR") {
            return (!dir.is_empty()).then(|| Self::at(dir));
        }
        let place = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let settings = if cfg!(windows) {
            place("APPDATA")
        } else {
            place("XDG_CONFIG_HOME").or_else(|| place("HOME").map(|home| home.join(".config")))
        };
        settings.map(|settings| Self::at(settings.join("ingle")))
    }

    /// The directory that it is in, which is for all that is kept here.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.dir.join(FILE)
    }

    /// Looks a relay up by its [`super::Dial::known_as`]. A missing file knows none.
    ///
    /// # Errors
    /// The system's error if the file can't be read, and [`io::ErrorKind::InvalidData`] if it isn't such a file.
    pub fn find(&self, relay: &str) -> io::Result<Found> {
        let mut found = Found::default();
        for (number, line) in (1..).zip(self.read()?.lines()) {
            match parse(line) {
                Line::Relay(name, pin) if name == relay => found.pin = Some(pin),
                Line::Damaged => found.damaged = found.damaged.or(Some(number)),
                Line::Relay(..) | Line::Other => {}
            }
        }
        Ok(found)
    }

    /// Keeps a relay's key instead of the one that it had. Lines that can't be read stay, for the user to mend.
    ///
    /// # Errors
    /// The system's error if the file can't be read or written.
    pub fn remember(&self, relay: &str, pin: Pin) -> io::Result<()> {
        let text = self.read()?;
        let mut lines: Vec<&str> = text
            .lines()
            .filter(|line| !matches!(parse(line), Line::Relay(name, _) if name == relay))
            .filter(|line| *line != HEADER.trim_end())
            .collect();
        let own = format!("{relay} {}{}", pin.key.whole(), if pin.or_certificate { CERTIFICATE } else { "" });
        lines.push(&own);
        let kept = lines.len().saturating_sub(MOST);
        let text = lines[kept..].iter().fold(HEADER.to_owned(), |text, line| text + line + "\n");
        private::create_dir(&self.dir)?;
        private::write(&self.dir, FILE, &text)
    }

    /// The relay that was used last, as it was called. `None` if there is none, or what is kept is none.
    pub fn last(&self) -> Option<String> {
        let mut text = String::new();
        File::open(self.dir.join(LAST_FILE)).ok()?.take(LAST_MOST).read_to_string(&mut text).ok()?;
        let host = text.lines().next()?.to_owned();
        Dial { host: host.clone(), pin: None }.check().is_ok().then_some(host)
    }

    /// Keeps which relay was used last. Nothing is written if that is known.
    ///
    /// # Errors
    /// The system's error if it can't be written.
    pub fn used(&self, host: &str) -> io::Result<()> {
        if self.last().as_deref() == Some(host) {
            return Ok(());
        }
        private::create_dir(&self.dir)?;
        private::write(&self.dir, LAST_FILE, &format!("{host}\n"))
    }

    fn read(&self) -> io::Result<String> {
        read(&self.path())
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    match File::open(path) {
        Ok(file) => file.take(MOST_BYTES + 1).read_to_string(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(text),
        Err(error) => return Err(error),
    };
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too large"));
    }
    Ok(text)
}

enum Line<'a> {
    Relay(&'a str, Pin),
    /// Empty, or a comment.
    Other,
    Damaged,
}

fn parse(line: &str) -> Line<'_> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Line::Other;
    }
    let (rest, or_certificate) = line.strip_suffix(CERTIFICATE).map_or((line, false), |rest| (rest, true));
    match rest.split_once(' ').map(|(name, key)| (name, Fingerprint::from_whole(key.trim()))) {
        Some((name, Some(key))) => Line::Relay(name, Pin { key, or_certificate }),
        _ => Line::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const KEY: Fingerprint = Fingerprint([0xab; 32]);

    fn known() -> (tempfile::TempDir, KnownRelays) {
        let dir = tempfile::tempdir().expect("a directory");
        let known = KnownRelays::at(dir.path().join("new/ingle"));
        (dir, known)
    }

    fn key(known: &KnownRelays, relay: &str) -> Option<Fingerprint> {
        known.find(relay).expect("readable").pin.map(|pin| pin.key)
    }

    #[test]
    fn a_relay_is_remembered_and_a_new_key_replaces_the_old() {
        let (_dir, known) = known();
        assert_eq!(known.find("a:1").expect("not there yet"), Found::default());
        known.remember("a:1", Pin::only(KEY)).expect("written");
        known.remember("b:1", Pin::only(Fingerprint([1; 32]))).expect("written");
        known.remember("a:1", Pin::only(Fingerprint([2; 32]))).expect("written");
        assert_eq!((key(&known, "a:1"), key(&known, "b:1")), (Some(Fingerprint([2; 32])), Some(Fingerprint([1; 32]))));
        let text = fs::read_to_string(known.path()).expect("there");
        assert_eq!(text.lines().count(), 3, "{text}");
        let certified = Pin { key: KEY, or_certificate: true };
        known.remember("b:1", certified).expect("written");
        assert_eq!(known.find("b:1").expect("readable").pin, Some(certified));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(known.path()), mode(known.dir.clone())), (0o600, 0o700));
            assert_eq!(fs::read_dir(&known.dir).expect("there").count(), 1, "nothing is left beside it");
        }
    }

    #[test]
    fn a_damaged_line_costs_itself_only_and_stays() {
        let (_dir, known) = known();
        known.remember("a:1", Pin::only(KEY)).expect("written");
        for damage in ["b:1 abcd", "c:1", "\u{fffd}\u{1b}[2J x y", &format!("d:1 {}", "g".repeat(64))] {
            let text = fs::read_to_string(known.path()).expect("there");
            fs::write(known.path(), format!("{text}{damage}\n")).expect("written");
        }
        known.remember("e:1", Pin::only(KEY)).expect("written");
        let found = known.find("a:1").expect("readable");
        assert_eq!((found.pin, found.damaged), (Some(Pin::only(KEY)), Some(3)));
        assert!(fs::read_to_string(known.path()).expect("there").contains("b:1 abcd\n"));
        assert_eq!(key(&known, "b:1"), None);
        fs::write(known.path(), [0xff, 0xfe, b'\n']).expect("written");
        assert_eq!(known.find("a:1").map_err(|error| error.kind()), Err(io::ErrorKind::InvalidData));
    }

    #[test]
    fn the_last_relay_is_kept_and_nothing_else_taken_for_one() {
        let (_dir, known) = known();
        assert_eq!(known.last(), None);
        known.used("a:1").expect("written");
        known.used("192.0.2.1:7000,2001:db8::5").expect("written");
        assert_eq!(known.last().as_deref(), Some("192.0.2.1:7000,2001:db8::5"));
        let file = known.dir().join(LAST_FILE);
        for damage in ["", "\n", "a b", "\u{1b}[2J", &"x,".repeat(2000)] {
            fs::write(&file, damage).expect("written");
            assert!(known.last().is_none_or(|host| !host.contains('\u{1b}')), "{damage:?}");
        }
        fs::write(&file, [0xff, b'\n']).expect("written");
        assert_eq!(known.last(), None);
    }

    #[test]
    fn the_file_is_bounded() {
        let (_dir, known) = known();
        for n in 0..MOST + 10 {
            known.remember(&format!("relay-{n}:1"), Pin::only(KEY)).expect("written");
        }
        assert_eq!((key(&known, "relay-9:1"), key(&known, "relay-10:1")), (None, Some(KEY)));
        fs::write(known.path(), "x".repeat(MOST_BYTES as usize + 1)).expect("written");
        assert!(known.find("a:1").is_err() && known.remember("a:1", Pin::only(KEY)).is_err(), "it is none of ours");
    }

    #[test]
    fn the_environment_names_the_file_or_switches_it_off() {
        let of = |set: &[(&str, &str)]| {
            let set: Vec<_> = set.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
            let found = move |name: &str| set.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
            KnownRelays::in_environment(found)
        };
        assert_eq!(of(&[("INGLE_CONFIG_DIR", "/a"), ("HOME", "/h")]), Some(KnownRelays::at("/a")));
        assert_eq!(of(&[("INGLE_CONFIG_DIR", ""), ("HOME", "/h")]), None);
        #[cfg(unix)]
        {
            assert_eq!(of(&[("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")]), Some(KnownRelays::at("/x/ingle")));
            assert_eq!(of(&[("XDG_CONFIG_HOME", "x"), ("HOME", "/h")]), Some(KnownRelays::at("/h/.config/ingle")));
        }
        assert_eq!(of(&[]), None);
    }
}
