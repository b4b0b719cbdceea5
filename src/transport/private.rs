//! Small files that only their owner may read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes a directory, and those above it, for its owner alone.
pub(super) fn create_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes a file beside the final place and renames it, so that a crash leaves either the whole old file or the whole new one.
pub(super) fn write(dir: &Path, name: &str, text: &str) -> io::Result<()> {
    beside(dir, name, text, |beside| fs::rename(beside, dir.join(name)))
}

/// As [`write`], where there is no such file yet. One that comes about meanwhile stays.
///
/// # Errors
/// The system's error, among them [`io::ErrorKind::AlreadyExists`].
pub(super) fn write_new(dir: &Path, name: &str, text: &str) -> io::Result<()> {
    let path = dir.join(name);
    beside(dir, name, text, |beside| {
        match fs::hard_link(beside, &path) {
            // Some file systems have no links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(beside, &path),
            linked => linked.and_then(|()| fs::remove_file(beside)),
        }
    })
}

/// Writes a file into a directory, which is made if it isn't there. Both are for their owner alone.
#[cfg(feature = "client")]
pub(crate) fn keep(dir: &Path, name: &str, text: &str) -> io::Result<()> {
    create_dir(dir)?;
    write(dir, name, text)
}

/// As [`keep`], where there is no such file yet.
///
/// # Errors
/// The system's error, among them [`io::ErrorKind::AlreadyExists`].
#[cfg(feature = "client")]
pub(crate) fn keep_new(dir: &Path, name: &str, text: &str) -> io::Result<()> {
    create_dir(dir)?;
    write_new(dir, name, text)
}

/// Writes a file that nobody else looks for, and puts it in its place.
fn beside(dir: &Path, name: &str, text: &str, place: impl FnOnce(&PathBuf) -> io::Result<()>) -> io::Result<()> {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let nth = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let beside = dir.join(format!(".{name}.{}.{nth}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        place(&beside)
    });
    if written.is_err() {
        // It may not exist at all. The first error is the one to return.
        let _ = fs::remove_file(&beside);
    }
    written
}
