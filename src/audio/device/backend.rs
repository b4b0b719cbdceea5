//! What a system of sound devices offers: a sound server, or the bare devices through cpal.
//!
//! Every call returns at once, whatever the system does; what comes of it is a [`Notice`]. So a server that hangs holds up nobody.

use std::sync::Arc;

use rtrb::{Consumer, Producer};

use crate::audio::callback::Shared;
use crate::audio::error::Side;

/// A ring from the microphone holds this much, so that a thread that is late for a while loses nothing.
pub(crate) const MIC_RING_MS: u32 = 400;
/// A ring to the speaker can hold this much.
pub(crate) const SPEAKER_RING_MS: u32 = 200;

/// What is heard by whom where a device plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// On or in ears, a headset too.
    Headphones,
    /// Into the room.
    Loudspeaker,
    /// The system doesn't say.
    #[default]
    Unknown,
}

/// A device as its system knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DeviceInfo {
    /// What the system calls it: the same after it was unplugged and plugged in again.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
    /// Of its active port, if it has several.
    pub(crate) form: Form,
}

/// Tells a stream from those before it, whose notices may still be on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StreamId(pub(crate) u32);

/// Carries out what the device manager wants. Dropping it closes everything.
pub(crate) trait Backend: Send {
    /// Opens `device`, or the system's default, and lets it run. A notice says what came of it, within 5 s.
    fn open(&mut self, stream: StreamId, side: Side, device: Option<&str>);
    /// Closes a stream for good: the system has none of it any more. Nothing happens if it's unknown.
    fn close(&mut self, stream: StreamId);
    /// Lets a playing stream rest, so that its device may sleep (`true`), or go on (`false`).
    fn set_resting(&mut self, stream: StreamId, resting: bool);
    /// Lists the devices again. Backends that are told of changes do so by themselves.
    fn list(&mut self);
}

/// Hears what a backend says, without waiting.
pub(crate) type Notices = Box<dyn Fn(Notice) + Send>;

/// What a backend says.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))] // only a sound server says all of it
pub(crate) enum Notice {
    /// The devices that there are, defaults first: at the start and whenever they change. Monitors of loudspeakers are none.
    Devices {
        /// Microphones.
        mics: Vec<DeviceInfo>,
        /// Speakers.
        speakers: Vec<DeviceInfo>,
    },
    /// The sound server can't be reached, or not any more; its streams have ended. The backend goes on trying, and
    /// [`Notice::Devices`] says that it's back.
    Down(String),
    /// About a stream.
    Stream(StreamId, StreamNotice),
}

/// What a backend says about a stream.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))] // only a sound server says all of it
pub(crate) enum StreamNotice {
    /// It runs, on this device.
    Running(Running),
    /// The system moved it to another device; it goes on there.
    Moved(DeviceInfo),
    /// The device's port changed: headphones pulled out of a computer whose loudspeaker goes on, or plugged in.
    Form(Form),
    /// The system muted the device, or no longer does.
    Muted(bool),
    /// The device sleeps without being asked to, or no longer does.
    Suspended(bool),
    /// It could not be opened, or it ended. The stream is gone.
    Ended(Ending),
}

/// A stream that runs.
pub(crate) struct Running {
    /// Where.
    pub(crate) device: DeviceInfo,
    /// Samples per second, in Hz.
    pub(crate) rate: u32,
    /// The other end of its ring: mono.
    pub(crate) ring: Ring,
    /// What both ends know of each other.
    pub(crate) shared: Arc<Shared>,
}

/// The end of a stream's ring that isn't the device's.
pub(crate) enum Ring {
    /// A microphone's samples.
    Mic(Consumer<f32>),
    /// A speaker's samples.
    Speaker(Producer<f32>),
}

/// Why a stream isn't there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There is no such device, or it was unplugged.
    Missing,
    /// Another program has it.
    Busy,
    /// The system forbids it.
    Denied,
    /// The system says this.
    Other(String),
}
