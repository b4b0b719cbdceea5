//! Signals that end or stop a program wait until the terminal is given back: a shell shall not find it without an echo.

pub(super) use system::{CODE, Held, Waiting, guard, hold, waiting};

#[cfg(unix)]
#[allow(unsafe_code)]
mod system {
    use std::mem::MaybeUninit;
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;
    use std::time::Duration;

    /// How often [`guard`] looks, and how often it lets a signal wait.
    const PACE: Duration = Duration::from_millis(100);
    const PATIENCE: u32 = 5;

    /// The exit code after the person gave up, as shells have it.
    pub(in super::super) const CODE: u8 = 130;
    const HELD: [libc::c_int; 4] = [libc::SIGTERM, libc::SIGHUP, libc::SIGINT, libc::SIGTSTP];

    /// What a signal asks for.
    pub(in super::super) enum Waiting {
        End,
        Pause,
    }

    /// Whether signals wait at present.
    static IS_HELD: AtomicBool = AtomicBool::new(false);

    /// While it lives, the signals wait.
    pub(in super::super) struct Held(libc::sigset_t);

    fn empty() -> libc::sigset_t {
        let mut set = MaybeUninit::uninit();
        // SAFETY: the call fills the set, which is there for it.
        unsafe {
            libc::sigemptyset(set.as_mut_ptr());
            set.assume_init()
        }
    }

    pub(in super::super) fn hold() -> Held {
        let (mut set, mut before) = (empty(), empty());
        for signal in HELD {
            // SAFETY: the set was made above, and the signals are the system's own numbers.
            unsafe { libc::sigaddset(&raw mut set, signal) };
        }
        // SAFETY: both sets are there for the call. No other thread has been started yet that could take the signals.
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, &raw mut before) };
        IS_HELD.store(true, Ordering::SeqCst);
        Held(before)
    }

    impl Drop for Held {
        fn drop(&mut self) {
            IS_HELD.store(false, Ordering::SeqCst);
            // SAFETY: the set came from `hold`.
            unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut()) };
        }
    }

    /// What a signal that waits asks for.
    pub(in super::super) fn waiting() -> Option<Waiting> {
        let mut set = empty();
        // SAFETY: the set is there for the call.
        if unsafe { libc::sigpending(&raw mut set) } < 0 {
            return None;
        }
        // SAFETY: the set was filled by the call above.
        let waits = |signal: &libc::c_int| unsafe { libc::sigismember(&raw const set, *signal) == 1 };
        match HELD.iter().find(|signal| waits(signal))? {
            &libc::SIGTSTP => Some(Waiting::Pause),
            _ => Some(Waiting::End),
        }
    }

    /// Sees to it that a signal doesn't wait for ever where whatever reads the keys waits for the rest of one: `restore` is
    /// called, and the signal does its work. To be called while signals are held; only the first `restore` counts.
    pub(in super::super) fn guard(restore: fn()) {
        static STARTED: Once = Once::new();
        let run = move || {
            let mut waited = 0;
            loop {
                thread::sleep(PACE);
                let ends = IS_HELD.load(Ordering::SeqCst) && matches!(waiting(), Some(Waiting::End));
                waited = if ends { waited + 1 } else { 0 };
                if waited > PATIENCE {
                    restore();
                    let none = empty();
                    // SAFETY: the set was made above. What waits comes to this thread, and ends the program.
                    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const none, std::ptr::null_mut()) };
                }
            }
        };
        // Without the thread a signal may wait for the next key.
        STARTED.call_once(|| drop(thread::Builder::new().name("guard".into()).spawn(run)));
    }
}

#[cfg(not(unix))]
mod system {
    pub const CODE: u8 = 130;
    #[allow(dead_code, reason = "no signals here")]
    pub enum Waiting {
        End,
        Pause,
    }
    pub struct Held;
    pub fn hold() -> Held {
        Held
    }
    pub fn waiting() -> Option<Waiting> {
        None
    }
    pub fn guard(_: fn()) {}
}
