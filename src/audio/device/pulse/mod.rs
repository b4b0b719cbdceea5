//! PulseAudio's devices, and PipeWire's through its server for PulseAudio's programs.
//!
//! Everything of the server's library lives in one thread, "sound": commands come to it by a channel and a wake-up, sound goes
//! through rings. It sleeps until the server, a command or a time limit wakes it.

mod ask;
mod command;
mod opened;
mod queue;
mod server;
mod session;
mod stream;
mod table;
#[cfg(test)]
mod tests;

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use rustix::event::{EventfdFlags, eventfd};

use self::command::Command;
pub(crate) use self::command::Said;
use super::backend::{Backend, StreamId};
use crate::audio::error::Side;
use crate::audio::realtime;

/// A connection to the sound server, renewed whenever it breaks.
pub(crate) struct Pulse {
    commands: Sender<Command>,
    wake: Arc<OwnedFd>,
    thread: Option<JoinHandle<()>>,
}

impl Pulse {
    /// Begins to look for the server: the one at this address, or the user's.
    pub(crate) fn start(server: Option<String>, say: impl Fn(Said) + Send + 'static) -> io::Result<Self> {
        let wake = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let (commands, queue) = mpsc::channel();
        let woken = wake.clone();
        let run = move || {
            realtime::begin();
            server::Server::run(server, Box::new(say), woken, &queue);
        };
        let thread = thread::Builder::new().name("sound".into()).spawn(run)?;
        Ok(Self { commands, wake, thread: Some(thread) })
    }

    fn tell(&self, command: Command) {
        // A thread that is gone has said that sound is down.
        if self.commands.send(command).is_ok() {
            let _ = rustix::io::write(&*self.wake, &1u64.to_ne_bytes());
        }
    }
}

impl Backend for Pulse {
    fn open(&mut self, stream: StreamId, side: Side, device: Option<&str>) {
        self.tell(Command::Open(stream, side, device.map(Into::into)));
    }

    fn close(&mut self, stream: StreamId) {
        self.tell(Command::Close(stream));
    }

    fn set_resting(&mut self, stream: StreamId, resting: bool) {
        self.tell(Command::Rest(stream, resting));
    }

    fn list(&mut self) {
        self.tell(Command::List);
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.tell(Command::Stop);
        // It waits for nothing but its own wake-up.
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
