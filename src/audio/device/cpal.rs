//! The system's devices through cpal: where there is no sound server of the kind that [`pulse`](super::pulse) speaks to.
//!
//! These systems may block for as long as they like, so one thread asks them, and nobody waits for it.

mod found;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait as _, StreamTrait as _};
use cpal::{BufferSize, Data, ErrorKind, SampleFormat, Stream, StreamConfig};

use self::found::{BUFFER, Found, ending};
use super::backend::{
    Backend, Ending, MIC_RING_MS, Notice, Notices, Ring, Running, SPEAKER_RING_MS, StreamId, StreamNotice,
};
use crate::audio::callback::{self, CaptureSide, PlaybackSide, Shared};
use crate::audio::error::Side;

/// Whoever goes waits no longer than this for a system that blocks.
const GOING: Duration = Duration::from_secs(1);

/// What the thread is told.
enum Command {
    Open(StreamId, Side, Option<String>),
    Close(StreamId),
    Rest(StreamId, bool),
    Failed(StreamId, Ending),
    List,
    Stop,
}

/// The thread's other end.
pub(crate) struct Cpal {
    commands: Sender<Command>,
    /// Closed when the thread is at its end.
    gone: Receiver<()>,
}

impl Cpal {
    /// Begins with a list of the devices.
    pub(crate) fn start(notices: Notices) -> Self {
        let (commands, queue) = mpsc::channel();
        let (going, gone) = mpsc::channel();
        let own = commands.clone();
        let run = move || {
            let _going = going;
            Worker { notices, commands: own, streams: Vec::new() }.run(&queue);
        };
        let _ = commands.send(Command::List);
        if let Err(error) = thread::Builder::new().name("sound".into()).spawn(run) {
            tracing::warn!("no thread for sound: {error}");
        }
        Self { commands, gone }
    }

    fn tell(&self, command: Command) {
        // A thread that could not be had opens nothing.
        let _ = self.commands.send(command);
    }
}

impl Backend for Cpal {
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

impl Drop for Cpal {
    fn drop(&mut self) {
        self.tell(Command::Stop);
        let _ = self.gone.recv_timeout(GOING);
    }
}

struct Worker {
    notices: Notices,
    commands: Sender<Command>,
    streams: Vec<(StreamId, Stream)>,
}

impl Worker {
    fn run(mut self, queue: &Receiver<Command>) {
        while let Ok(command) = queue.recv() {
            match command {
                Command::Open(id, side, device) => match self.open(id, side, device.as_deref()) {
                    Ok(running) => self.tell(id, StreamNotice::Running(running)),
                    Err(why) => self.tell(id, StreamNotice::Ended(why)),
                },
                Command::Close(id) => self.streams.retain(|(other, _)| *other != id),
                Command::Failed(id, why) => {
                    let before = self.streams.len();
                    self.streams.retain(|(other, _)| *other != id);
                    if self.streams.len() < before {
                        self.tell(id, StreamNotice::Ended(why));
                    }
                }
                Command::Rest(id, resting) => {
                    if let Some((_, stream)) = self.streams.iter().find(|(other, _)| *other == id) {
                        // A device that can't rest plays silence.
                        let _ = if resting { stream.pause() } else { stream.play() };
                    }
                }
                Command::List => {
                    let (mics, speakers) = (found::list(Side::Microphone), found::list(Side::Speaker));
                    (self.notices)(Notice::Devices { mics, speakers });
                }
                Command::Stop => return,
            }
        }
    }

    fn tell(&self, id: StreamId, notice: StreamNotice) {
        (self.notices)(Notice::Stream(id, notice));
    }

    fn open(&mut self, id: StreamId, side: Side, device: Option<&str>) -> Result<Running, Ending> {
        let found = found::find(side, device)?;
        let commands = self.commands.clone();
        // The worker hears of it in its turn: a stream can't be dropped by its own thread.
        let failed = move |why| drop(commands.send(Command::Failed(id, why)));
        let (stream, ring, shared) = match side {
            Side::Microphone => {
                let ((ring, shared), stream) = input(&found, failed)?;
                (stream, Ring::Mic(ring), shared)
            }
            Side::Speaker => {
                let ((ring, shared), stream) = output(&found, failed)?;
                (stream, Ring::Speaker(ring), shared)
            }
        };
        stream.play().map_err(|error| ending(&error))?;
        self.streams.push((id, stream));
        Ok(Running { device: found.info, rate: found.config.sample_rate, ring, shared })
    }
}

/// A ring's end that isn't the device's.
type OtherEnd<R> = (R, Arc<Shared>);

fn input(
    found: &Found,
    failed: impl Fn(Ending) + Clone + Send + 'static,
) -> Result<(OtherEnd<rtrb::Consumer<f32>>, Stream), Ending> {
    build(found, |config| {
        let frames = (config.sample_rate * MIC_RING_MS / 1000) as usize;
        let (mut side, ring, shared) = callback::capture(config.channels, frames);
        let told = shared.clone();
        let take = move |data: &Data, info: &cpal::InputCallbackInfo| {
            let at = info.timestamp();
            tell_latency(&told, at.callback.duration_since(at.capture));
            take(&mut side, data);
        };
        let stream = found.device.build_input_stream_raw(config, found.format, take, fatal(failed.clone()), None)?;
        Ok(((ring, shared), stream))
    })
}

fn output(
    found: &Found,
    failed: impl Fn(Ending) + Clone + Send + 'static,
) -> Result<(OtherEnd<rtrb::Producer<f32>>, Stream), Ending> {
    build(found, |config| {
        let frames = (config.sample_rate * SPEAKER_RING_MS / 1000) as usize;
        let (mut side, ring, shared) = callback::playback(config.channels, frames);
        let told = shared.clone();
        let give = move |data: &mut Data, info: &cpal::OutputCallbackInfo| {
            let at = info.timestamp();
            tell_latency(&told, at.playback.duration_since(at.callback));
            give(&mut side, data);
        };
        let stream = found.device.build_output_stream_raw(config, found.format, give, fatal(failed.clone()), None)?;
        Ok(((ring, shared), stream))
    })
}

fn take(side: &mut CaptureSide, data: &Data) {
    match data.sample_format() {
        SampleFormat::F32 => side.take(data.as_slice::<f32>().unwrap_or_default()),
        SampleFormat::I16 => side.take(data.as_slice::<i16>().unwrap_or_default()),
        SampleFormat::I32 => side.take(data.as_slice::<i32>().unwrap_or_default()),
        SampleFormat::U16 => side.take(data.as_slice::<u16>().unwrap_or_default()),
        SampleFormat::U8 => side.take(data.as_slice::<u8>().unwrap_or_default()),
        _ => {}
    }
}

fn give(side: &mut PlaybackSide, data: &mut Data) {
    match data.sample_format() {
        SampleFormat::F32 => side.give(data.as_slice_mut::<f32>().unwrap_or_default()),
        SampleFormat::I16 => side.give(data.as_slice_mut::<i16>().unwrap_or_default()),
        SampleFormat::I32 => side.give(data.as_slice_mut::<i32>().unwrap_or_default()),
        SampleFormat::U16 => side.give(data.as_slice_mut::<u16>().unwrap_or_default()),
        SampleFormat::U8 => side.give(data.as_slice_mut::<u8>().unwrap_or_default()),
        _ => {}
    }
}

fn tell_latency(shared: &Shared, latency: Duration) {
    let micros = u32::try_from(latency.as_micros()).unwrap_or(u32::MAX);
    shared.latency.store(micros, std::sync::atomic::Ordering::Relaxed);
}

/// Tries the short buffer, then twice that, then the device's own.
fn build<T>(found: &Found, mut attempt: impl FnMut(StreamConfig) -> Result<T, cpal::Error>) -> Result<T, Ending> {
    let sizes = [found.config.buffer_size, BufferSize::Fixed(2 * BUFFER), BufferSize::Default];
    let mut result = Err(cpal::Error::new(ErrorKind::UnsupportedConfig));
    for buffer_size in sizes {
        result = attempt(StreamConfig { buffer_size, ..found.config });
        if !matches!(&result, Err(e) if e.kind() == ErrorKind::UnsupportedConfig) {
            break;
        }
    }
    result.map_err(|error| ending(&error))
}

/// Only an error that ends the stream is worth a word; a missed buffer or a new route is not.
fn fatal(failed: impl Fn(Ending)) -> impl FnMut(cpal::Error) {
    move |error| match error.kind() {
        ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => tracing::debug!("sound: {error}"),
        _ => failed(ending(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_whether_the_device_is_there() {
        let of = |kind| ending(&cpal::Error::new(kind));
        assert_eq!(of(ErrorKind::DeviceNotAvailable), Ending::Missing);
        assert_eq!(of(ErrorKind::DeviceBusy), Ending::Busy);
        assert_eq!(of(ErrorKind::PermissionDenied), Ending::Denied);
        assert!(matches!(of(ErrorKind::StreamInvalidated), Ending::Other(why) if !why.ends_with('.')));
    }

    #[test]
    fn a_device_that_is_not_there_is_missing() {
        let (sender, notices) = mpsc::channel();
        let mut cpal = Cpal::start(Box::new(move |notice| drop(sender.send(notice))));
        cpal.open(StreamId(1), Side::Speaker, Some("no such device"));
        let patience = Duration::from_secs(20);
        assert!(matches!(notices.recv_timeout(patience), Ok(Notice::Devices { .. })));
        let answer = notices.recv_timeout(patience);
        assert!(matches!(answer, Ok(Notice::Stream(StreamId(1), StreamNotice::Ended(Ending::Missing)))));
    }
}
