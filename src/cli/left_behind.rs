//! A group that went on when its host's program ended without a goodbye: a small file says, as long as the program runs, that it
//! hosts, at which relay and under which number. The words of the code are not in it, nor any name, title or key.
//!
//! The running program holds a lock on its file, which the system lets go whatever ends the program. The file is in the user's
//! directory for what runs, which is in memory, where there is one.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::crypto::code::Code;
use crate::ids::Nameplate;
use crate::transport::Dial;

const NAME: &str = "hosting-";
/// The files are always smaller: a name of a relay has at most 253 letters.
const MOST_BYTES: u64 = 512;
/// So long after its beginning nobody is asked about a group any more.
const STALE: Duration = Duration::from_secs(12 * 60 * 60);

/// Where the files are, in an environment; `None` if nothing is to be kept.
pub(super) fn dir(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if variable("INGLE_CONFIG_DIR").is_some_and(|dir| dir.is_empty()) {
        return None;
    }
    let place = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let running = place("XDG_RUNTIME_DIR").filter(|path| path.is_dir());
    let state = || match cfg!(windows) {
        true => place("LOCALAPPDATA"),
        false => place("XDG_STATE_HOME").or_else(|| place("HOME").map(|home| home.join(".local/state"))),
    };
    running.or_else(state).map(|dir| dir.join("ingle"))
}

/// The file of this program. Dropping it removes it: the program has come to its end in order.
pub(super) struct Hosting {
    path: PathBuf,
    /// Locked as long as the program runs.
    _file: File,
}

impl Hosting {
    /// Says that the group with this code is hosted at a relay. `None` if that can't be kept, which does no harm.
    pub(super) fn begin(dir: &Path, relay: &str, code: &str) -> Option<Self> {
        let nameplate = Code::parse(code).ok()?.nameplate;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir).ok()?;
        let path = dir.join(format!("{NAME}{}", std::process::id()));
        // Of a program that had this number before.
        let _ = fs::remove_file(&path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).ok()?;
        let hosting = file.try_lock().is_ok() && writeln!(file, "{relay} {}", nameplate.0).is_ok();
        let kept = Self { path, _file: file };
        hosting.then_some(kept)
    }
}

impl Drop for Hosting {
    fn drop(&mut self) {
        // Somebody may have removed it.
        let _ = fs::remove_file(&self.path);
    }
}

/// A group whose host's program ended without a goodbye.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftBehind {
    pub(super) relay: String,
    pub(super) nameplate: Nameplate,
    path: PathBuf,
}

impl LeftBehind {
    /// The newest in this directory. What is too old or can't be read is removed.
    pub(super) fn find(dir: &Path) -> Option<Self> {
        let mut all = Vec::new();
        for entry in fs::read_dir(dir).ok()?.flatten() {
            let path = entry.path();
            if !entry.file_name().to_string_lossy().starts_with(NAME) {
                continue;
            }
            let Some(file) = File::open(&path).ok().filter(|file| file.try_lock().is_ok()) else { continue };
            let age = file.metadata().and_then(|of| of.modified()).map(|since| since.elapsed().unwrap_or_default());
            match age.ok().filter(|age| *age < STALE).and_then(|age| Some((age, read(file, &path)?))) {
                Some(found) => all.push(found),
                // Another program may have removed it meanwhile.
                None => drop(fs::remove_file(&path)),
            }
        }
        all.into_iter().min_by_key(|(age, _)| *age).map(|(_, found)| found)
    }

    /// Nobody is asked about it any more.
    pub(super) fn forget(&self) {
        // It may be gone.
        let _ = fs::remove_file(&self.path);
    }
}

fn read(file: File, path: &Path) -> Option<LeftBehind> {
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    let (relay, number) = text.strip_suffix('\n')?.split_once(' ')?;
    let nameplate = number.parse().ok().filter(|number| (Nameplate::MIN..=Nameplate::MAX).contains(number))?;
    let relay = Dial { host: relay.to_owned(), pin: None };
    relay.check().ok()?;
    Some(LeftBehind { relay: relay.host, nameplate: Nameplate(nameplate), path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "4821-otter-lamp-violin";

    #[test]
    fn a_host_that_runs_or_ended_in_order_left_nobody_behind() {
        let home = tempfile::tempdir().expect("a directory");
        let dir = home.path().join("ingle");
        let hosting = Hosting::begin(&dir, "relay.example:4433", CODE).expect("kept");
        assert_eq!(LeftBehind::find(&dir), None, "it runs");
        let (path, text) = (hosting.path.clone(), fs::read_to_string(&hosting.path).expect("text"));
        assert_eq!(text, "relay.example:4433 4821\n", "no word of the code");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&dir)), (0o600, 0o700));
        }
        drop(hosting);
        assert!(!path.exists());
        // One that was killed leaves its file, which nobody locks any more.
        fs::write(&path, text).expect("written");
        let found = LeftBehind::find(&dir).expect("left behind");
        assert_eq!((found.relay.as_str(), found.nameplate), ("relay.example:4433", Nameplate(4821)));
        found.forget();
        assert_eq!(LeftBehind::find(&dir), None);
    }

    #[test]
    fn what_is_no_such_file_is_removed_and_asks_nothing() {
        let home = tempfile::tempdir().expect("a directory");
        let long = format!("{} 4821\n", "a".repeat(4000));
        for (at, text) in ["", "relay 4821", "relay:1 99\n", "\u{1b}[2J:1 4821\n", "a b c\n", &long].iter().enumerate()
        {
            fs::write(home.path().join(format!("{NAME}{at}")), text).expect("written");
        }
        fs::write(home.path().join("other"), "relay.example:4433 4821\n").expect("written");
        assert_eq!(LeftBehind::find(home.path()), None);
        assert_eq!(fs::read_dir(home.path()).expect("listed").count(), 1);
        assert_eq!(LeftBehind::find(&home.path().join("nowhere")), None);
    }

    #[test]
    fn it_is_kept_in_memory_where_that_is_and_nowhere_if_so_wished() {
        let home = tempfile::tempdir().expect("a directory");
        let here = home.path().as_os_str().to_owned();
        let of = |set: &'static [&'static str]| {
            let here = here.clone();
            dir(move |name| set.contains(&name).then(|| here.clone()))
        };
        let path = home.path();
        if !cfg!(windows) {
            assert_eq!(of(&["XDG_RUNTIME_DIR", "HOME"]), Some(path.join("ingle")));
            assert_eq!(of(&["XDG_STATE_HOME", "HOME"]), Some(path.join("ingle")));
            assert_eq!(of(&["HOME"]), Some(path.join(".local/state/ingle")));
        }
        assert_eq!(of(&[]), None);
        assert_eq!(dir(|name| (name == "INGLE_CONFIG_DIR").then(OsString::new)), None);
    }
}
