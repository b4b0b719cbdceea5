//! The thread that carries out what the device manager wants.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use super::device::backend::Backend;
use super::device::manager::{Effect, Input, Manager};
use super::event::Sink;
use super::{mic, speaker};
use crate::ids::Time;

/// What the thread is told.
pub(super) enum Command {
    /// Something happened.
    Input(Input),
    /// The end.
    Stop,
}

/// The thread's state.
pub(super) struct Devices {
    pub(super) manager: Manager,
    /// `None` until a device is looked for: where both sides are files or nothing, none may ever be.
    pub(super) backend: Option<Box<dyn Backend>>,
    /// Makes it.
    pub(super) open: Option<Box<dyn FnOnce() -> Box<dyn Backend> + Send>>,
    pub(super) mic: SyncSender<mic::Command>,
    pub(super) speaker: SyncSender<speaker::Command>,
    pub(super) sink: Sink,
    pub(super) start: Instant,
}

impl Devices {
    /// Runs until [`Command::Stop`].
    pub(super) fn run(mut self, commands: &Receiver<Command>) {
        loop {
            self.carry_out();
            let command = match self.manager.poll_timeout() {
                Some(at) => commands.recv_timeout(at.since(self.now())),
                None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match command {
                Ok(Command::Input(input)) => self.manager.handle(input, self.now()),
                Err(RecvTimeoutError::Timeout) => self.manager.handle_timeout(self.now()),
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn now(&self) -> Time {
        // One microsecond more, so that a wait that ended a moment too soon isn't repeated.
        Time::default() + self.start.elapsed() + Duration::from_micros(1)
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.manager.poll_effect() {
            // A thread that is gone has nobody left to tell.
            match effect {
                Effect::MicFrom(running) => drop(self.mic.send(mic::Command::From(running))),
                Effect::MicOff => drop(self.mic.send(mic::Command::Off)),
                Effect::SpeakerTo(running) => drop(self.speaker.send(speaker::Command::To(running))),
                Effect::SpeakerOff => drop(self.speaker.send(speaker::Command::Off)),
                Effect::Hold(hold) => drop(self.speaker.send(speaker::Command::Hold(hold))),
                Effect::Tell(event) => (self.sink)(event),
                Effect::Open { stream, side, device } => self.on_backend(|b| b.open(stream, side, device.as_deref())),
                Effect::Close(stream) => self.on_backend(|b| b.close(stream)),
                Effect::Rest(stream, resting) => self.on_backend(|b| b.set_resting(stream, resting)),
                Effect::List => self.on_backend(|b| b.list()),
            }
        }
    }

    fn on_backend(&mut self, call: impl FnOnce(&mut dyn Backend)) {
        if self.backend.is_none() {
            self.backend = self.open.take().map(|open| open());
        }
        if let Some(backend) = &mut self.backend {
            call(&mut **backend);
        }
    }
}
