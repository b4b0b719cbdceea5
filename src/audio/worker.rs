//! A thread with a queue of commands, told to stop and waited for when dropped.

use std::sync::mpsc::{Sender, SyncSender};
use std::thread::{self, JoinHandle};

use super::{AudioError, realtime};

/// The giving end of a queue.
pub(super) trait Commands<C> {
    /// Waits for room if there is none. If the thread is gone there is nobody to tell.
    fn tell(&self, command: C);
}

impl<C> Commands<C> for SyncSender<C> {
    fn tell(&self, command: C) {
        let _ = self.send(command);
    }
}

impl<C> Commands<C> for Sender<C> {
    fn tell(&self, command: C) {
        let _ = self.send(command);
    }
}

/// See the module.
pub(super) struct Worker<C, S: Commands<C> = SyncSender<C>> {
    pub(super) commands: S,
    stop: Option<C>,
    thread: Option<JoinHandle<()>>,
}

impl<C, S: Commands<C>> Worker<C, S> {
    /// Starts a thread that ends at the command `stop`.
    ///
    /// # Errors
    /// If the system refuses a thread.
    pub(super) fn start(
        name: &str,
        commands: S,
        stop: C,
        run: impl FnOnce() + Send + 'static,
    ) -> Result<Self, AudioError> {
        let on_time = move || {
            realtime::begin();
            run();
        };
        let thread =
            thread::Builder::new().name(name.into()).spawn(on_time).map_err(|e| AudioError::System(e.to_string()))?;
        Ok(Self { commands, stop: Some(stop), thread: Some(thread) })
    }

    pub(super) fn tell(&self, command: C) {
        self.commands.tell(command);
    }
}

impl<C, S: Commands<C>> Drop for Worker<C, S> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            self.tell(stop);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
