//! Whether anybody is still there: a thread notices when the terminal goes, or whoever reads what is written, and sees to it
//! that the program doesn't outlive them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tokio::sync::watch;

/// How long a session has to leave when nobody attends it any more, or the system ends it. Then the process ends, whatever
/// hangs, and with it all that holds the microphone.
pub(super) const LAST: Duration = Duration::from_secs(4);
/// The exit code when the terminal goes away at a question, as shells have it after a hang-up.
const HUNG_UP: i32 = 129;

/// What has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// The terminal, with whoever sat at it.
    Terminal,
    /// Whoever read what is written.
    Reader,
}

static GONE: OnceLock<watch::Sender<Option<Gone>>> = OnceLock::new();
/// Whether a session sees to its own end.
static SESSION: AtomicBool = AtomicBool::new(false);

fn channel() -> &'static watch::Sender<Option<Gone>> {
    GONE.get_or_init(|| watch::Sender::new(None))
}

/// Begins to watch. If the terminal goes before a session begins, `restore` is called and the program ends.
pub fn attend(restore: fn()) {
    system::watch(move |gone| {
        if SESSION.load(Ordering::SeqCst) {
            channel().send_replace(Some(gone));
            thread::sleep(LAST);
            system::exit(1);
        }
        channel().send_replace(Some(gone));
        if gone == Gone::Terminal {
            restore();
            system::exit(HUNG_UP);
        }
    });
}

/// Ends the process after `wait`, unless it has ended by then.
pub fn end_within(wait: Duration) {
    let end = move || {
        thread::sleep(wait);
        system::exit(1);
    };
    // Without a thread the program ends by itself, or not at all.
    let _ = thread::Builder::new().name("last resort".into()).spawn(end);
}

/// A session's view of who is there.
pub(super) struct Attendance(watch::Receiver<Option<Gone>>);

impl Attendance {
    /// From here on the session is told, and ends by itself.
    pub(super) fn begin() -> Self {
        SESSION.store(true, Ordering::SeqCst);
        Self(channel().subscribe())
    }

    /// Waits until somebody goes, and returns at once after that. Safe to be dropped while it waits.
    pub(super) async fn gone(&mut self) -> Gone {
        loop {
            let gone = *self.0.borrow_and_update();
            if let Some(gone) = gone {
                return gone;
            }
            if self.0.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(unix)]
mod system {
    use std::io::{self, IsTerminal};
    use std::os::fd::AsFd;
    use std::sync::mpsc;
    use std::thread;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    use super::Gone;

    const OVER: PollFlags = PollFlags::HUP.union(PollFlags::ERR);

    /// Calls `on_gone` from a thread of its own once standard input's terminal, or standard output, has nobody at its other end.
    pub(super) fn watch(on_gone: impl FnOnce(Gone) + Send + 'static) {
        let (ready, is_ready) = mpsc::sync_channel(0);
        let run = move || {
            block_signals();
            let _ = ready.send(());
            if let Some(gone) = wait() {
                on_gone(gone);
            }
        };
        // Without the thread, signals and writing still tell.
        if thread::Builder::new().name("attendance".into()).spawn(run).is_ok() {
            let _ = is_ready.recv();
        }
    }

    /// Waits for either end to go; `None` if neither can.
    fn wait() -> Option<Gone> {
        let (input, output) = (io::stdin(), io::stdout());
        let of = |terminal: bool| if terminal { Gone::Terminal } else { Gone::Reader };
        let mut ends = vec![(output.as_fd(), of(output.is_terminal()))];
        if input.is_terminal() {
            // A pipe that ends may be meant; whoever reads it sees that.
            ends.push((input.as_fd(), Gone::Terminal));
        }
        while !ends.is_empty() {
            let mut polled: Vec<_> = ends.iter().map(|(end, _)| PollFd::new(end, PollFlags::empty())).collect();
            match poll(&mut polled, None) {
                Err(Errno::INTR) => continue,
                Err(_) => return None,
                Ok(_) => {}
            }
            let states: Vec<_> = polled.iter().map(PollFd::revents).collect();
            if let Some(at) = states.iter().position(|state| state.intersects(OVER)) {
                return Some(ends[at].1);
            }
            // What can't be watched is not.
            let mut states = states.iter();
            ends.retain(|_| states.next().is_some_and(|state| state.is_empty()));
        }
        None
    }

    /// Signals are for the other threads, which may hold them back.
    #[allow(unsafe_code)]
    fn block_signals() {
        let mut all = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
        // SAFETY: the first call fills the set, which is there for both.
        unsafe {
            libc::sigfillset(all.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_BLOCK, all.as_ptr(), std::ptr::null_mut());
        }
    }

    /// Ends the process here, without what a library may have registered to be done at its end, which may hang.
    #[allow(unsafe_code)]
    pub(super) fn exit(code: i32) -> ! {
        // SAFETY: the call takes a number and doesn't return.
        unsafe { libc::_exit(code) }
    }
}

#[cfg(not(unix))]
mod system {
    use super::Gone;

    /// Here the system ends the programs of a terminal that goes.
    pub(super) fn watch(on_gone: impl FnOnce(Gone) + Send + 'static) {
        drop(on_gone);
    }

    pub(super) fn exit(code: i32) -> ! {
        std::process::exit(code)
    }
}
