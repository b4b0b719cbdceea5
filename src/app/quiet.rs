//! Standard error, kept from the screen: sound libraries write there of their own accord.

#[cfg(unix)]
#[allow(unsafe_code)]
mod system {
    use std::fs::{File, OpenOptions};
    use std::io::Write;
    use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
    use std::sync::atomic::{AtomicI32, Ordering};

    const NONE: i32 = -1;
    static SAVED: AtomicI32 = AtomicI32::new(NONE);

    /// From here on nothing that is written to standard error is shown, until [`restore`].
    pub fn hush() {
        if SAVED.load(Ordering::SeqCst) != NONE {
            return;
        }
        let Ok(nowhere) = OpenOptions::new().write(true).open("/dev/null") else { return };
        // SAFETY: both calls take descriptors by number; 2 is standard error's, and the copy is kept for `restore`.
        let saved = unsafe { libc::fcntl(2, libc::F_DUPFD_CLOEXEC, 3) };
        if saved >= 0 {
            SAVED.store(saved, Ordering::SeqCst);
            // SAFETY: as above; `nowhere` is open.
            unsafe { libc::dup2(nowhere.as_raw_fd(), 2) };
        }
    }

    /// Writes a line to what standard error was before [`hush`], without waiting for it to be taken.
    pub(crate) fn say(line: &'static str) {
        let saved = SAVED.load(Ordering::SeqCst);
        let from = if saved == NONE { 2 } else { saved };
        // SAFETY: the call takes a descriptor by number; the copy is new, and nobody else has it.
        let copy = unsafe {
            let copy = libc::fcntl(from, libc::F_DUPFD_CLOEXEC, 3);
            if copy < 0 {
                return;
            }
            OwnedFd::from_raw_fd(copy)
        };
        // Without a thread it isn't said; whoever looks can see that the microphone is closed.
        let _ = std::thread::Builder::new().name("say".into()).spawn(move || writeln!(File::from(copy), "{line}"));
    }

    /// Standard error is as it was. Does nothing the second time, so it may be called from a panic hook as well.
    pub fn restore() {
        let saved = SAVED.swap(NONE, Ordering::SeqCst);
        if saved != NONE {
            // SAFETY: `saved` came from `hush` and is used once, by the swap.
            unsafe {
                libc::dup2(saved, 2);
                libc::close(saved);
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    /// Nothing to keep quiet here.
    pub fn hush() {}
    /// Says it where it is always said.
    pub(crate) fn say(line: &str) {
        eprintln!("{line}");
    }
    /// Nothing to restore.
    pub fn restore() {}
}

pub(super) use system::say;
pub use system::{hush, restore};
