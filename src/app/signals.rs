//! What the system tells the program.

use std::io;

/// A wish of the system, or of whoever sent the signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Leave the group and end.
    End,
    /// Stop until it's wanted again.
    Suspend,
}

#[cfg(unix)]
mod system {
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

    use super::{Signal, io};

    pub(crate) struct Signals {
        end: [Stream; 3],
        suspend: Stream,
    }

    impl Signals {
        /// Takes the signals from here on.
        pub(crate) fn new() -> io::Result<Self> {
            Ok(Self {
                end: [
                    signal(SignalKind::terminate())?,
                    signal(SignalKind::hangup())?,
                    signal(SignalKind::interrupt())?,
                ],
                suspend: signal(SignalKind::from_raw(libc::SIGTSTP))?,
            })
        }

        pub(crate) async fn next(&mut self) -> Signal {
            let [terminate, hangup, interrupt] = &mut self.end;
            tokio::select! {
                _ = terminate.recv() => Signal::End,
                _ = hangup.recv() => Signal::End,
                _ = interrupt.recv() => Signal::End,
                _ = self.suspend.recv() => Signal::Suspend,
            }
        }
    }

    /// Stops the program here, until a shell lets it go on.
    #[allow(unsafe_code)]
    pub(crate) fn stop_self() {
        // SAFETY: raise takes no pointers, and SIGSTOP runs no code of this program.
        unsafe { libc::raise(libc::SIGSTOP) };
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Signal, io};

    pub(crate) struct Signals;

    impl Signals {
        pub(crate) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        pub(crate) async fn next(&mut self) -> Signal {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal::End
        }
    }

    pub(crate) fn stop_self() {}
}

pub(crate) use system::{Signals, stop_self};
