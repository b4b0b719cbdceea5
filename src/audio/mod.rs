//! Sound: devices, capture, codec, playout.
//!
//! My voice: `device callback -> ring -> capture thread (rate, chain, voice detection, spurts, Opus) -> AudioEvent::Captured`.
//! The others: `Audio::play -> playout thread (jitter, Opus, mix, rate) -> ring -> device callback`.
//! [`capture::Capture`] and [`playout::Playout`] are the pure middle of either way; the threads, `mic` and `speaker`,
//! only bring them together with a clock and a device.

mod advisor;
mod biquad;
pub mod callback;
pub mod capture;
pub mod chain;
pub mod check;
mod chime;
mod device;
pub mod encoder;
mod error;
mod event;
pub mod format;
pub mod governor;
pub mod level;
mod meter;
mod mic;
pub mod mix;
pub mod opus;
mod packet;
pub mod playout;
mod realtime;
pub mod resample;
mod setup;
mod speaker;
mod spec;
pub mod spurt;
mod status;
#[cfg(test)]
mod testing;
mod thin;
pub mod vad;
mod workload;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use self::chain::Chain;
pub use self::error::{AudioError, Side};
pub use self::event::AudioEvent;
use self::event::Sink;
pub use self::format::{BLOCK, LEAD_MS, RATE};
pub use self::governor::{CpuLimit, CpuNotice};
pub use self::packet::{Captured, Incoming, Thin};
pub use self::setup::AudioSetup;
pub use self::spec::{MicSpec, SpeakerSpec};
pub use self::status::{Advice, MicClosing, MicFault, MicStatus, OnUnplug, SpeakerFault, SpeakerStatus};
use self::workload::Workloads;
use crate::adapt::Plan;
use crate::ids::SeatId;

/// Packets and commands that may wait for a thread. Voice that finds no room is late anyway.
const QUEUE: usize = 256;

/// The names of the microphones and of the speakers of this machine.
pub fn devices() -> (Vec<String>, Vec<String>) {
    (device::sound::names(Side::Microphone), device::sound::names(Side::Speaker))
}

/// The running audio side. Dropping it closes the microphone, stops the threads and finishes the files.
pub struct Audio {
    mic: Worker<mic::Command>,
    speaker: Worker<speaker::Command>,
    delay_ms: Arc<AtomicU32>,
}

impl Audio {
    /// Says whether `setup` would work, before anybody waits for it: files are looked at, devices are looked for. A file to
    /// be written is made if it isn't there. May take seconds where a sound server doesn't answer.
    ///
    /// # Errors
    /// [`AudioError::NoDevices`] if the default device was asked for and there is none (both sides are looked at before it is
    /// given); the others if what was asked for by name can't be used.
    pub fn check(setup: &AudioSetup) -> Result<(), AudioError> {
        let mic = match &setup.mic {
            MicSpec::Null => Ok(()),
            MicSpec::File { path, looped } => device::file::FileMic::open(path, *looped).map(drop),
            MicSpec::Default => device::sound::default(Side::Microphone).map(drop),
            MicSpec::Device(part) => device::sound::named(Side::Microphone, part).map(drop),
        };
        let speaker = match &setup.speaker {
            SpeakerSpec::Null => Ok(()),
            SpeakerSpec::File(path) => device::file::FileSpeaker::check(path),
            SpeakerSpec::Default => device::sound::default(Side::Speaker).map(drop),
            SpeakerSpec::Device(part) => device::sound::named(Side::Speaker, part).map(drop),
        };
        match (mic, speaker) {
            (Err(AudioError::NoDevices { .. }), Err(AudioError::NoDevices { .. })) => {
                Err(AudioError::NoDevices { mic: true, speaker: true })
            }
            // What was asked for by name comes first: it's the mistake that can be put right.
            (Err(AudioError::NoDevices { .. }), Err(other)) => Err(other),
            (mic, speaker) => mic.and(speaker),
        }
    }

    /// Opens the devices and starts listening and playing. Blocks as [`Audio::check`] does. `sink` is called from the audio
    /// threads and must not block.
    ///
    /// # Errors
    /// As [`Audio::check`], and where a device or the system refuses.
    pub fn start(setup: AudioSetup, sink: impl Fn(AudioEvent) + Send + Sync + 'static) -> Result<Self, AudioError> {
        let sink: Sink = Arc::new(sink);
        let delay_ms = Arc::new(AtomicU32::new(0));
        let (mic_commands, mic_queue) = mpsc::sync_channel(QUEUE);
        let (speaker_commands, speaker_queue) = mpsc::sync_channel(QUEUE);
        let output = speaker::Output::open(&setup.speaker, &speaker_commands)?;
        let source = mic::Source::open(&setup.mic, &mic_commands)?;
        let work = Workloads::new(setup.cpu, sink.clone());
        let mic = mic::Mic::new(
            source,
            &setup.mic,
            capture::Capture::with_chain(setup.plan, setup.chain)?,
            setup.mic_open,
            work.capture,
            sink.clone(),
        )?;
        let speaker = speaker::Speaker::new(output, &setup.speaker, delay_ms.clone(), work.playout, sink);
        let speaker =
            Worker::start("playout", speaker_commands, speaker::Command::Stop, move || speaker.run(&speaker_queue))?;
        let mic = Worker::start("capture", mic_commands, mic::Command::Stop, move || mic.run(&mic_queue))?;
        Ok(Self { mic, speaker, delay_ms })
    }

    /// Opens or closes the microphone. Closing stops the device; what was said until then is sent.
    pub fn set_mic_open(&self, open: bool) {
        self.mic.tell(mic::Command::Open(open));
    }

    /// A sound check: the two notes, and nothing of the microphone but how loud it is. What the microphone hears never
    /// leaves the audio threads.
    ///
    /// # Errors
    /// As [`Audio::start`].
    pub fn start_check(setup: AudioSetup, level: impl Fn(u8) + Send + Sync + 'static) -> Result<Self, AudioError> {
        let audio = Self::start(setup.for_check(), move |event| {
            if let AudioEvent::MicLevel(loud) = event {
                level(loud);
            }
        })?;
        audio.chime();
        Ok(audio)
    }

    /// Codes my voice after another plan from the next packet on.
    pub fn set_plan(&self, plan: Plan) {
        self.mic.tell(mic::Command::Plan(plan));
    }

    /// Codes the thin layer of my voice too (`true`), or stops coding it.
    pub fn set_layers(&self, thin: bool) {
        self.mic.tell(mic::Command::Layers(thin));
    }

    /// Plays a packet when it is due; it came at `at_ms`, in milliseconds of any clock. Never blocks; if the playout thread is
    /// far behind the packet is lost.
    pub fn play(&self, frame: Incoming, at_ms: u64) {
        // A lost packet is concealed like one that was lost on the way.
        let _ = self.speaker.commands.try_send(speaker::Command::Play(frame, at_ms));
    }

    /// Plays missed packets in this order, before live ones, each with the time at which it was said, in milliseconds of any
    /// clock, which says `now_ms` now. Never blocks.
    ///
    /// # Errors
    /// The packets, if the playout thread is far behind: they are to be given again.
    pub fn play_missed(&self, frames: Vec<(Incoming, u64)>, now_ms: u64) -> Result<(), Vec<(Incoming, u64)>> {
        self.speaker.commands.try_send(speaker::Command::Missed(frames, now_ms)).map_err(|unsent| match unsent {
            mpsc::TrySendError::Full(speaker::Command::Missed(frames, _)) => frames,
            // Nobody will ever hear them.
            _ => Vec::new(),
        })
    }

    /// Drops the missed speech that still waits.
    pub fn skip_missed(&self) {
        self.speaker.tell(speaker::Command::Skip);
    }

    /// Plays two soft notes, so that people know whether they can hear.
    pub fn chime(&self) {
        self.speaker.tell(speaker::Command::Tone(chime::notes()));
    }

    /// Packets of `seat` may come this late, by what is known of the lines. Never blocks.
    pub fn expect(&self, seat: SeatId, late: Duration) {
        // If this finds no room, playout learns it from the packets themselves.
        let _ = self.speaker.commands.try_send(speaker::Command::Expect(seat, late));
    }

    /// Plays the member in `seat` this many times as loud as the others, until they leave.
    pub fn set_volume(&self, seat: SeatId, times: f32) {
        self.speaker.tell(speaker::Command::Volume(seat, times));
    }

    /// The member in `seat` left: what still waits is not heard.
    pub fn forget(&self, seat: SeatId) {
        self.speaker.tell(speaker::Command::Forget(seat));
    }

    /// How long packets of the last talker heard are held back against jitter, in milliseconds.
    pub fn playout_delay_ms(&self) -> u32 {
        self.delay_ms.load(Ordering::Relaxed)
    }
}

/// A thread with a queue of commands, told to stop and waited for when dropped.
struct Worker<C: Send + 'static> {
    commands: SyncSender<C>,
    stop: Option<C>,
    thread: Option<JoinHandle<()>>,
}

impl<C: Send + 'static> Worker<C> {
    fn start(
        name: &str,
        commands: SyncSender<C>,
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

    /// Waits for room if there is none. If the thread is gone there is nobody to tell.
    fn tell(&self, command: C) {
        let _ = self.commands.send(command);
    }
}

impl<C: Send + 'static> Drop for Worker<C> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            self.tell(stop);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
