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
mod cue;
mod demand;
mod device;
mod devices;
pub mod encoder;
mod error;
mod event;
pub mod format;
pub mod governor;
pub mod level;
mod looks;
mod meter;
mod mic;
pub mod mix;
pub mod opus;
mod packet;
pub mod playout;
mod pull;
mod realtime;
pub mod reference;
pub mod resample;
mod room_spec;
mod setup;
mod speaker;
mod spec;
pub mod spurt;
mod status;
mod surplus;
#[cfg(test)]
mod testing;
mod thin;
pub mod vad;
mod worker;
mod workload;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Sender, SyncSender};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

pub use self::chain::Chain;
use self::check::{Check, CheckEvent};
pub use self::check::{CheckProgress, CheckReport, Verdict};
pub use self::cue::Cue;
use self::device::backend::{Backend, DeviceInfo, Notices};
use self::device::manager::{Input, Manager, Report};
pub use self::error::{AudioError, Side};
pub use self::event::AudioEvent;
use self::event::Sink;
pub use self::format::{BLOCK, LEAD_MS, RATE};
pub use self::governor::{CpuLimit, CpuNotice};
pub use self::packet::{Captured, Incoming, Thin};
pub use self::room_spec::RoomSpec;
pub use self::setup::AudioSetup;
pub use self::spec::{MicSpec, SpeakerSpec};
pub use self::status::{Advice, MicClosing, MicFault, MicStatus, OnUnplug, SpeakerFault, SpeakerStatus};
use self::worker::Worker;
use self::workload::{DropOuts, Workloads};
use crate::adapt::Plan;
use crate::ids::{SeatId, Time};

/// Packets and commands that may wait for a thread. Voice that finds no room is late anyway.
const QUEUE: usize = 256;

/// The names of the microphones and of the speakers of this machine.
pub fn devices() -> (Vec<String>, Vec<String>) {
    let names = |devices: Vec<DeviceInfo>| devices.into_iter().map(|device| device.name).collect();
    let (mics, speakers) = device::system::devices();
    (names(mics), names(speakers))
}

/// The running audio side. Dropping it closes the devices, stops the threads and finishes the files.
pub struct Audio {
    // In the order in which they are dropped: the devices close first.
    devices: Worker<devices::Command, Sender<devices::Command>>,
    mic: Worker<mic::Command>,
    speaker: Worker<speaker::Command>,
    delay_ms: Arc<AtomicU32>,
    drop_outs: DropOuts,
}

impl Audio {
    /// Says whether `setup` would work, before anybody waits for it: files are looked at, devices are looked for. A file to
    /// be written is made if it isn't there. May take 3 s where a sound server doesn't answer.
    ///
    /// # Errors
    /// [`AudioError::NoDevices`] if a device was asked for and there is none at all (both sides are looked at before it is
    /// given), which [`Audio::start`] copes with; the others if what was asked for by name isn't there.
    pub fn check(setup: &AudioSetup) -> Result<(), AudioError> {
        let (mics, speakers) = if setup.has_devices() { device::system::devices() } else { Default::default() };
        let mic = match &setup.mic {
            MicSpec::Null => Ok(()),
            MicSpec::File { path, looped } => device::file::FileMic::open(path, *looped).map(drop),
            MicSpec::Room(room) => device::room::Room::open(room).map(drop),
            MicSpec::Default if mics.is_empty() => Err(AudioError::NoDevices { mic: true, speaker: false }),
            MicSpec::Default => Ok(()),
            MicSpec::Device(name) => device::choice::known(Side::Microphone, &mics, name),
        };
        let speaker = match &setup.speaker {
            SpeakerSpec::Null => Ok(()),
            SpeakerSpec::File(path) => device::file::FileSpeaker::check(path),
            SpeakerSpec::Default if speakers.is_empty() => Err(AudioError::NoDevices { mic: false, speaker: true }),
            SpeakerSpec::Default => Ok(()),
            SpeakerSpec::Device(name) => device::choice::known(Side::Speaker, &speakers, name),
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

    /// Starts listening and playing, and looks after the devices from now on: what is missing is no error but an
    /// [`AudioEvent::Mic`] or [`AudioEvent::Speaker`], and is used once it's there. `sink` is called from the audio threads and
    /// must not block.
    ///
    /// # Errors
    /// If a file can't be used, or the system refuses a thread or the memory for the codec.
    pub fn start(setup: AudioSetup, sink: impl Fn(AudioEvent) + Send + Sync + 'static) -> Result<Self, AudioError> {
        Self::start_on(setup, sink, device::system::open)
    }

    /// The same on the devices that `open` gives, told what to say its notices to.
    fn start_on(
        setup: AudioSetup,
        sink: impl Fn(AudioEvent) + Send + Sync + 'static,
        open: impl FnOnce(Notices) -> Box<dyn Backend> + Send + 'static,
    ) -> Result<Self, AudioError> {
        let sink: Sink = Arc::new(sink);
        let delay_ms = Arc::new(AtomicU32::new(0));
        // What waits here is little: a few reports a second, and what a person and the system do. So nobody waits to tell it.
        let (device_commands, device_queue) = mpsc::channel();
        let (mic_commands, mic_queue) = mpsc::sync_channel(QUEUE);
        let (speaker_commands, speaker_queue) = mpsc::sync_channel(QUEUE);
        let reporter = || -> Report {
            let commands = device_commands.clone();
            Box::new(move |input| drop(commands.send(devices::Command::Input(input))))
        };
        let work = Workloads::new(setup.cpu, sink.clone());
        let (played, far) = reference::reference();
        let mut listeners = vec![played];
        let room = match &setup.mic {
            MicSpec::Room(room) => {
                let (room, air) = device::room::Room::open(room)?;
                listeners.push(air);
                Some(room)
            }
            MicSpec::Default | MicSpec::Device(_) | MicSpec::File { .. } | MicSpec::Null => None,
        };
        let (speaker, delay) = (&setup.speaker, delay_ms.clone());
        let speaker = speaker::Speaker::new(speaker, listeners, delay, work.playout, sink.clone(), reporter())?;
        let capture = capture::Capture::with_chain(setup.plan, setup.chain)?;
        let mic = mic::Mic::new(&setup.mic, room, capture, far, work.capture, sink.clone(), reporter())?;
        let start = Instant::now();
        let report = reporter();
        let devices = devices::Devices {
            manager: Manager::new(&setup.mic, &setup.speaker, setup.on_unplug, Time::default()),
            backend: None,
            open: Some(Box::new(move || open(Box::new(move |notice| report(Input::Notice(notice)))))),
            mic: mic_commands.clone(),
            speaker: speaker_commands.clone(),
            sink,
            start,
        };
        let speaker =
            Worker::start("playout", speaker_commands, speaker::Command::Stop, move || speaker.run(&speaker_queue))?;
        let mic = Worker::start("capture", mic_commands, mic::Command::Stop, move || mic.run(&mic_queue))?;
        let devices =
            Worker::start("devices", device_commands, devices::Command::Stop, move || devices.run(&device_queue))?;
        let audio = Self { devices, mic, speaker, delay_ms, drop_outs: work.drop_outs };
        audio.set_mic_open(setup.mic_open);
        Ok(audio)
    }

    /// Opens or closes the microphone. Closing ends its stream; what was said until then is sent. A file is always open.
    pub fn set_mic_open(&self, open: bool) {
        self.devices.tell(devices::Command::Input(Input::Mic(open)));
    }

    /// Uses the device whose name or id is `name`, or the first one with that as a part; nothing is the system's default.
    pub fn choose(&self, side: Side, name: String) {
        self.devices.tell(devices::Command::Input(Input::Choose(side, name)));
    }

    /// Plays on after [`SpeakerStatus::Paused`], wherever the sound goes now; what was missed is heard first.
    pub fn play_aloud(&self) {
        self.devices.tell(devices::Command::Input(Input::Aloud));
    }

    /// A sound check: two notes, then a sentence, which is played back as the others would hear it. What the microphone hears
    /// never leaves the audio threads.
    ///
    /// # Errors
    /// As [`Audio::start`].
    pub fn start_check(
        setup: AudioSetup,
        tell: impl Fn(CheckProgress) + Send + Sync + 'static,
    ) -> Result<Self, AudioError> {
        let speaker: Arc<OnceLock<SyncSender<speaker::Command>>> = Arc::default();
        let back = speaker.clone();
        let audio = Self::start(setup.for_check(), move |event| match event {
            AudioEvent::MicLevel(loud) => tell(CheckProgress::Level(loud)),
            AudioEvent::Check(CheckEvent::Replay(sound)) => {
                // A queue that is full plays nothing; the verdict comes all the same.
                back.get()
                    .into_iter()
                    .for_each(|speaker| drop(speaker.try_send(speaker::Command::Tone(sound.clone()))));
                tell(CheckProgress::Replaying);
            }
            AudioEvent::Check(CheckEvent::Done(report)) => {
                tracing::debug!("the sound check found {report:?}");
                tell(CheckProgress::Done(report));
            }
            AudioEvent::Captured(_)
            | AudioEvent::Playout { .. }
            | AudioEvent::Missed(_)
            | AudioEvent::Mic(_)
            | AudioEvent::MicClosed(_)
            | AudioEvent::Speaker(_)
            | AudioEvent::Devices { .. }
            | AudioEvent::Advice(_)
            | AudioEvent::Cpu(_)
            | AudioEvent::Echo(_)
            | AudioEvent::Problem(_) => {}
        })?;
        let check = Check::new();
        speaker.get_or_init(|| audio.speaker.commands.clone());
        audio.speaker.tell(speaker::Command::Tone(check.sound()));
        audio.mic.tell(mic::Command::Check(Box::new(check)));
        Ok(audio)
    }

    /// Checks the first second that the microphone captures from now on, which may be when it's opened next, and tells
    /// [`AudioEvent::Check`]. Nothing is opened or played for it, and the others hear that second as any other.
    pub fn check_next_second(&self) {
        self.mic.tell(mic::Command::CheckNextSecond);
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

    /// Plays a soft sound for what happened, softer while somebody speaks, and not at all over another. Never blocks.
    pub fn cue(&self, cue: Cue) {
        // One that finds no room is not missed.
        let _ = self.speaker.commands.try_send(speaker::Command::Cue(cue::sound(cue)));
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

    /// How much sound was lost since the start because this computer was too late for its devices, in milliseconds.
    pub fn dropped_ms(&self) -> u64 {
        self.drop_outs.milliseconds()
    }
}

#[cfg(test)]
mod tests;
