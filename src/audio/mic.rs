//! The capture thread: takes 20 ms at a time from where my voice comes from and hands it to [`Capture`].

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant, SystemTime};

use rtrb::Consumer;

use super::callback::{self, Shared};
use super::capture::Capture;
use super::device::file::{FileMic, write_clock};
use super::device::pace::Pace;
use super::device::sound;
use super::error::Side;
use super::resample::Resampler;
use super::spec::MicSpec;
use super::workload::Workload;
use super::{AudioError, AudioEvent, BLOCK, RATE, Sink};
use crate::adapt::Plan;

/// The ring holds this much, so that a thread that is late for a while loses nothing.
const RING_MS: u32 = 400;
/// How often an open device's ring is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// Sound that is this far behind the clock, in blocks (500 ms), was lost: the process or the device was stopped. Listeners
/// go by the clock, so what follows is a new spurt at its right time.
const BEHIND: u64 = 25;

/// What the capture thread is told.
pub(super) enum Command {
    /// Open or close the microphone.
    Open(bool),
    /// Follow another plan.
    Plan(Plan),
    /// Code the thin layer too (`true`), or stop coding it.
    Layers(bool),
    /// The device is gone; this is what the system says.
    Lost(String),
    /// The end.
    Stop,
}

/// Where the samples come from.
pub(super) enum Source {
    /// A device of the system.
    Device(Device),
    /// A file.
    File(FileMic),
    /// Nowhere.
    Null,
}

/// A device's stream and the other end of its ring.
pub(super) struct Device {
    stream: cpal::Stream,
    ring: Consumer<f32>,
    shared: Arc<Shared>,
    resampler: Resampler,
    input: Vec<f32>,
}

impl Source {
    /// Opens what `spec` names, without taking anything from it yet.
    pub(super) fn open(spec: &MicSpec, commands: &SyncSender<Command>) -> Result<Self, AudioError> {
        let found = match spec {
            MicSpec::Null => return Ok(Self::Null),
            MicSpec::File { path, looped } => return Ok(Self::File(FileMic::open(path, *looped)?)),
            MicSpec::Default => sound::default(Side::Microphone)?,
            MicSpec::Device(part) => sound::named(Side::Microphone, part)?,
        };
        let commands = commands.clone();
        // A full queue has a reader that is gone already; there is nobody left to tell.
        let lost = move |why| drop(commands.try_send(Command::Lost(why)));
        let mut ends = None;
        let side = || {
            let (side, ring, shared) = callback::capture(found.channels(), (found.rate() * RING_MS / 1000) as usize);
            ends = Some((ring, shared));
            side
        };
        let stream = sound::input(&found, side, lost)?;
        let Some((ring, shared)) = ends else { return Ok(Self::Null) };
        let resampler = Resampler::to_blocks(found.rate(), RATE)?;
        Ok(Self::Device(Device { stream, ring, shared, resampler, input: Vec::new() }))
    }
}

impl Device {
    /// Lets the device run, or stops it. Where a device can't be stopped the callback drops what it takes.
    fn set_open(&mut self, open: bool) -> Result<(), cpal::Error> {
        use cpal::traits::StreamTrait as _;
        while self.ring.pop().is_ok() {}
        self.shared.open.store(open, Ordering::Relaxed);
        if open {
            self.stream.play()
        } else {
            let _ = self.stream.pause();
            Ok(())
        }
    }

    fn read(&mut self, out: &mut [f32; BLOCK]) -> bool {
        let missed = self.shared.missed.swap(0, Ordering::Relaxed);
        if missed > 0 {
            tracing::debug!("{missed} frames of the microphone were lost");
        }
        let needed = self.resampler.needs();
        if self.ring.slots() < needed {
            return false;
        }
        self.input.clear();
        while self.input.len() < needed
            && let Ok(sample) = self.ring.pop()
        {
            self.input.push(sample);
        }
        let sound = self.resampler.process(&self.input);
        let length = sound.len().min(BLOCK);
        out[..length].copy_from_slice(&sound[..length]);
        out[length..].fill(0.0);
        true
    }
}

/// The capture thread's state.
pub(super) struct Mic {
    source: Source,
    capture: Capture,
    work: Workload,
    sink: Sink,
    open: bool,
    start: Instant,
    pace: Pace,
}

impl Mic {
    /// A thread's state that begins now. A file is open from the start and stays so.
    pub(super) fn new(
        source: Source,
        spec: &MicSpec,
        capture: Capture,
        open: bool,
        work: Workload,
        sink: Sink,
    ) -> Result<Self, AudioError> {
        let start = Instant::now();
        if let MicSpec::File { path, .. } = spec {
            write_clock(path, SystemTime::now());
        }
        let mut this = Self { source, capture, work, sink, open: false, start, pace: Pace::new(start) };
        match this.source {
            Source::File(_) => this.open = true,
            _ => this.set_open(open),
        }
        Ok(this)
    }

    /// Runs until [`Command::Stop`].
    pub(super) fn run(mut self, commands: &Receiver<Command>) {
        loop {
            let wait = self.wait();
            let asleep = Instant::now();
            let command = match wait {
                Some(wait) => commands.recv_timeout(wait),
                None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match command {
                Ok(Command::Open(open)) => self.set_open(open),
                Ok(Command::Plan(plan)) => self.capture.set_plan(plan),
                Ok(Command::Layers(thin)) => self.capture.set_layers(thin),
                Ok(Command::Lost(why)) => self.lost(&why),
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.work.woken(asleep + wait.unwrap_or_default()),
            }
            self.take();
        }
    }

    /// How long until there may be samples; `None` while nobody wants any.
    fn wait(&self) -> Option<Duration> {
        match &self.source {
            Source::Device(_) if self.open => Some(LOOK),
            Source::File(_) => Some(self.pace.ends().saturating_duration_since(Instant::now())),
            _ => None,
        }
    }

    fn take(&mut self) {
        let mut block = [0.0; BLOCK];
        let clock = self.clock();
        match &mut self.source {
            Source::Device(device) if self.open => {
                while device.read(&mut block) {
                    hear(&mut self.capture, &self.work, &block, &self.sink);
                }
            }
            Source::File(file) => {
                // A real microphone would have lost it, so a file does too.
                let lost = clock.saturating_sub(self.pace.blocks().into()) > BEHIND;
                while self.pace.ends() <= Instant::now() {
                    file.read(&mut block);
                    self.pace.advance();
                    if !lost {
                        hear(&mut self.capture, &self.work, &block, &self.sink);
                    }
                }
            }
            _ => return,
        }
        if clock.saturating_sub(self.capture.blocks()) > BEHIND {
            self.capture.close(&*self.sink);
            self.capture.open(clock);
        }
    }

    /// Blocks that have passed since the start.
    fn clock(&self) -> u64 {
        (self.start.elapsed().as_millis() / 20) as u64
    }

    fn set_open(&mut self, open: bool) {
        if self.open == open || matches!(self.source, Source::File(_)) {
            return;
        }
        if let Source::Device(device) = &mut self.source {
            if !open {
                // What was said before the key is still said.
                let mut block = [0.0; BLOCK];
                while device.read(&mut block) {
                    hear(&mut self.capture, &self.work, &block, &self.sink);
                }
            }
            if let Err(error) = device.set_open(open) {
                return self.lost(&error.to_string());
            }
        }
        self.open = open;
        if open {
            self.capture.open(self.clock());
        } else {
            self.capture.close(&*self.sink);
        }
    }

    fn lost(&mut self, why: &str) {
        if !matches!(self.source, Source::Device(_)) {
            return;
        }
        tracing::info!("the microphone is gone: {why}");
        if self.open {
            self.capture.close(&*self.sink);
        }
        self.source = Source::Null;
        (self.sink)(AudioEvent::Problem(
            "Your microphone went away, so the others can't hear you; plug it in and join again.".into(),
        ));
    }
}

/// The next 20 ms, at the complexity that the machine has time for.
fn hear(capture: &mut Capture, work: &Workload, block: &[f32; BLOCK], sink: &Sink) {
    let begun = Workload::begin();
    capture.push(block, &**sink);
    capture.set_complexity(work.end(&begun, capture.is_talking()).capture);
}
