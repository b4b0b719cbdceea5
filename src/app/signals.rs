//! What the system tells the program.

use std::io;

/// A wish of the system, or of whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Leave the group and end.
    End,
    /// Stop until it's wanted again.
    Suspend,
}

#[cfg(unix)]
mod system {
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

    use super::{Signal, io};

    pub(in crate::app) struct Signals {
        end: [Stream; 3],
        suspend: Stream,
    }

    impl Signals {
        /// Takes the signals from here on.
        pub(in crate::app) fn new() -> io::Result<Self> {
            Ok(Self {
                end: [
                    signal(SignalKind::terminate())?,
                    signal(SignalKind::hangup())?,
                    signal(SignalKind::interrupt())?,
                ],
                suspend: signal(SignalKind::from_raw(libc::SIGTSTP))?,
            })
        }

        pub(in crate::app) async fn next(&mut self) -> Signal {
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
    pub(in crate::app) fn stop_self() {
        // SAFETY: raise takes no pointers, and SIGSTOP runs no code of this program.
        unsafe { libc::raise(libc::SIGSTOP) };
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Signal, io};

    pub(in crate::app) struct Signals;

    impl Signals {
        pub(in crate::app) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        pub(in crate::app) async fn next(&mut self) -> Signal {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal::End
        }
    }

    pub(in crate::app) fn stop_self() {}
}

pub(super) use system::{Signals, stop_self};
