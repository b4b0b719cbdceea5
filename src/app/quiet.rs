//! Standard error, kept from the screen: sound libraries write there of their own accord.

#[cfg(unix)]
#[allow(unsafe_code)]
mod system {
    use std::fs::OpenOptions;
    use std::os::fd::AsRawFd;
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
    /// Nothing to restore.
    pub fn restore() {}
}

pub use system::{hush, restore};
