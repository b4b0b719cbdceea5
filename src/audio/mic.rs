//! The capture thread: brings samples from where they come to [`Capture`], and its packets on.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use rtrb::Consumer;

use super::callback::Shared;
use super::capture::Capture;
use super::chain::Frame;
use super::check::Check;
use super::device::backend::{Ring, Running};
use super::device::file::{FileMic, write_clock};
use super::device::manager::{Input, Report};
use super::device::pace::Pace;
use super::device::room::Room;
use super::looks::Looks;
use super::reference::FarEnd;
use super::resample::Resampler;
use super::spec::MicSpec;
use super::surplus::Surplus;
use super::workload::Workload;
use super::{AudioError, BLOCK, RATE, Sink};
use crate::adapt::Plan;

/// After this long without a look the process was stopped, and what is in the ring is of before.
const STOPPED: Duration = Duration::from_millis(300);
/// Sound that is this far behind the clock, in blocks (500 ms), was lost: the process or the device was stopped. Listeners
/// go by the clock, so what follows is a new spurt at its right time.
const BEHIND: u64 = 25;

/// A microphone's samples are told of this often.
const TELL: Duration = Duration::from_millis(100);

const BLOCK_TIME: Duration = Duration::from_millis(20);

/// What the capture thread is told.
pub(super) enum Command {
    /// Take the samples of this stream.
    From(Box<Running>),
    /// The stream is over.
    Off,
    /// Follow another plan.
    Plan(Plan),
    /// Code the thin layer too (`true`), or stop coding it.
    Layers(bool),
    /// From here on all that is heard is for this sound check.
    Check(Box<Check>),
    /// Check the next second that is heard, and send it as ever.
    CheckNextSecond,
    /// The end.
    Stop,
}

/// Where the samples come from.
enum Source {
    /// A device of the system.
    Device(Box<Device>),
    /// A file.
    File(Box<FileMic>),
    /// A room for tests.
    Room(Box<Room>),
    /// Nowhere.
    Null,
}

/// A stream's ring, and what was told of it.
struct Device {
    ring: Consumer<f32>,
    shared: Arc<Shared>,
    resampler: Resampler,
    rate: u32,
    input: Vec<f32>,
    looks: Looks,
    surplus: Surplus,
    /// When the ring was last looked at, and when its samples were last told of.
    looked: Instant,
    told: Instant,
    /// Samples since then, and whether one of them was not zero.
    samples: usize,
    heard: bool,
}

impl Device {
    /// `None` if there is no such ring, or no memory.
    fn new(running: Running, now: Instant) -> Option<Self> {
        let Running { ring: Ring::Mic(ring), shared, rate, .. } = running else { return None };
        let resampler = Resampler::to_blocks(rate, RATE).ok()?;
        Some(Self {
            ring,
            shared,
            resampler,
            rate,
            input: Vec::new(),
            looks: Looks::default(),
            surplus: Surplus::default(),
            looked: now,
            told: now,
            samples: 0,
            heard: false,
        })
    }

    /// Notes that the ring is looked at; how many frames found no room in it. What is in it is stale if that is long ago: the process
    /// was stopped.
    fn look(&mut self, now: Instant) -> usize {
        if now.saturating_duration_since(self.looked) > STOPPED {
            while self.ring.pop().is_ok() {}
        }
        self.looked = now;
        self.shared.missed.swap(0, Ordering::Relaxed)
    }

    fn read(&mut self, out: &mut [f32; BLOCK]) -> bool {
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
        self.samples += self.input.len();
        self.heard |= self.input.iter().any(|sample| *sample != 0.0);
        let sound = self.resampler.process(&self.input);
        let length = sound.len().min(BLOCK);
        out[..length].copy_from_slice(&sound[..length]);
        out[length..].fill(0.0);
        true
    }

    /// Drops what would wait in the ring for good, if a look that found blocks shows it: less than a block, while nobody talks.
    fn trim(&mut self) {
        for _ in 0..self.surplus.left(self.ring.slots(), self.rate) {
            let _ = self.ring.pop();
        }
    }

    /// When the first sample of the block was in the air that was read just now.
    fn heard_at(&self, now: Instant) -> Instant {
        let later = Duration::from_secs_f64(self.ring.slots() as f64 / f64::from(self.rate.max(1)));
        let latency = Duration::from_micros(self.shared.latency.load(Ordering::Relaxed).into());
        now.checked_sub(later + latency + BLOCK_TIME).unwrap_or(now)
    }

    /// Whether there were samples, and all of them were zero, if that is to be told now.
    fn report(&mut self, now: Instant) -> Option<Input> {
        if self.samples == 0 || now.saturating_duration_since(self.told) < TELL {
            return None;
        }
        let silent = !self.heard;
        (self.told, self.samples, self.heard) = (now, 0, false);
        Some(Input::Captured { silent })
    }
}

/// The capture thread's state.
pub(super) struct Mic {
    source: Source,
    capture: Capture,
    /// What the loudspeaker plays.
    far: FarEnd,
    /// The id of the device that was heard last.
    device: String,
    work: Workload,
    sink: Sink,
    report: Report,
    start: Instant,
    pace: Pace,
}

impl Mic {
    /// A thread's state that begins now. A file is open from the start and stays so; a device comes by a command.
    ///
    /// # Errors
    /// If a file can't be read.
    pub(super) fn new(
        spec: &MicSpec,
        room: Option<Room>,
        capture: Capture,
        far: FarEnd,
        work: Workload,
        sink: Sink,
        report: Report,
    ) -> Result<Self, AudioError> {
        let start = Instant::now();
        let source = match spec {
            MicSpec::File { path, looped } => {
                let file = FileMic::open(path, *looped)?;
                write_clock(path, SystemTime::now());
                Source::File(Box::new(file))
            }
            MicSpec::Room(_) => room.map_or(Source::Null, |room| Source::Room(Box::new(room))),
            MicSpec::Null | MicSpec::Default | MicSpec::Device(_) => Source::Null,
        };
        Ok(Self { source, capture, far, device: String::new(), work, sink, report, start, pace: Pace::new(start) })
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
                Ok(Command::From(running)) => self.take_from(*running),
                Ok(Command::Off) => self.off(),
                Ok(Command::Plan(plan)) => self.capture.set_plan(plan),
                Ok(Command::Layers(thin)) => self.capture.set_layers(thin),
                Ok(Command::Check(check)) => self.capture.set_check(*check),
                Ok(Command::CheckNextSecond) => self.capture.check_next_second(),
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    self.work.woken(asleep + wait.unwrap_or_default(), self.capture.is_talking())
                }
            }
            self.take();
        }
    }

    /// How long until there may be samples; `None` while nobody wants any.
    fn wait(&self) -> Option<Duration> {
        match &self.source {
            Source::Device(device) => Some(device.looks.wait()),
            Source::File(_) => Some(self.pace.ends().saturating_duration_since(Instant::now())),
            Source::Room(room) => Some(room.ends().saturating_duration_since(Instant::now())),
            Source::Null => None,
        }
    }

    fn take_from(&mut self, running: Running) {
        if matches!(self.source, Source::File(_) | Source::Room(_)) {
            return;
        }
        self.off();
        if self.device != running.device.id {
            self.device.clone_from(&running.device.id);
            self.capture.devices_changed();
        }
        if let Some(device) = Device::new(running, Instant::now()) {
            self.source = Source::Device(Box::new(device));
            self.capture.open(self.clock());
        }
    }

    /// What was said before the key is still said.
    fn off(&mut self) {
        if let Source::Device(_) = self.source {
            self.take();
            self.capture.close(&*self.sink);
            self.source = Source::Null;
        }
    }

    fn take(&mut self) {
        let mut block = [0.0; BLOCK];
        let clock = self.clock();
        if self.far.take_device_changed() {
            self.capture.devices_changed();
        }
        match &mut self.source {
            Source::Device(device) => {
                let now = Instant::now();
                self.work.missed(device.look(now), RATE);
                let mut found = 0;
                while device.read(&mut block) {
                    found += 1;
                    let far = self.far.take(device.heard_at(now));
                    hear(&mut self.capture, &self.work, &block, &far, &self.sink);
                }
                device.looks.looked(found);
                if found > 0 && !self.capture.is_talking() {
                    device.trim();
                }
                if let Some(input) = device.report(now) {
                    (self.report)(input);
                }
            }
            Source::File(file) => {
                // A real microphone would have lost it, so a file does too.
                let lost = clock.saturating_sub(self.pace.blocks().into()) > BEHIND;
                while self.pace.ends() <= Instant::now() {
                    file.read(&mut block);
                    self.pace.advance();
                    if !lost {
                        // A file hears no loudspeaker.
                        hear(&mut self.capture, &self.work, &block, &[0.0; _], &self.sink);
                    }
                }
            }
            Source::Room(room) => {
                while room.ends() <= Instant::now() {
                    let far = self.far.take(room.begins());
                    room.hear(&mut block);
                    hear(&mut self.capture, &self.work, &block, &far, &self.sink);
                }
            }
            Source::Null => return,
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
}

/// The next 20 ms, at the complexity that the machine has time for.
fn hear(capture: &mut Capture, work: &Workload, block: &[f32; BLOCK], far: &Frame, sink: &Sink) {
    let begun = Workload::begin();
    capture.hear(block, far, &**sink);
    capture.set_complexity(work.end(&begun, capture.is_talking()).capture);
}
