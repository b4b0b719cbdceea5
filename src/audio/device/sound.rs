//! The system's sound devices, through cpal.

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, Data, Device, ErrorKind, Host, SampleFormat, Stream, StreamConfig, SupportedStreamConfigRange};

use crate::audio::callback::{CaptureSide, PlaybackSide};
use crate::audio::error::Side;
use crate::audio::{AudioError, RATE};

/// Frames in one callback, 10 ms. The systems' own choice can be two seconds.
const BUFFER: u32 = 480;

/// A device and how it is to be used.
pub(crate) struct Found {
    device: Device,
    name: String,
    format: SampleFormat,
    config: StreamConfig,
}

impl Found {
    /// The device's sample rate in Hz.
    pub(crate) fn rate(&self) -> u32 {
        self.config.sample_rate
    }

    /// The device's channels.
    pub(crate) fn channels(&self) -> u16 {
        self.config.channels
    }
}

/// The systems of this machine, sound servers before bare hardware: ALSA through a server's plugin makes errors by the
/// thousand.
fn hosts() -> Vec<Host> {
    #[cfg(all(unix, not(target_vendor = "apple")))]
    super::cookie::ensure();
    let mut ids = cpal::available_hosts();
    ids.sort_by_key(|id| match id.name() {
        "PipeWire" => 0,
        "PulseAudio" => 1,
        _ => 2,
    });
    ids.into_iter().filter_map(|id| cpal::host_from_id(id).ok()).collect()
}

fn devices(host: &Host, side: Side) -> Vec<Device> {
    let devices = match side {
        Side::Microphone => host.input_devices(),
        Side::Speaker => host.output_devices(),
    };
    devices.map(Iterator::collect).unwrap_or_default()
}

fn name(device: &Device) -> String {
    device.description().map_or_else(|_| "unknown".into(), |description| description.name().to_owned())
}

fn id(device: &Device) -> String {
    device.id().map(|id| id.id().to_owned()).unwrap_or_default()
}

/// The names of all devices for `side`, for people to choose from.
pub(crate) fn names(side: Side) -> Vec<String> {
    let mut names = Vec::new();
    for host in hosts() {
        for device in devices(&host, side) {
            let name = name(&device);
            // ALSA lists converters and other programs' plugs as devices; only what has a card is one.
            let real = host.id().name() != "ALSA" || id(&device).contains("CARD=");
            if real && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The system's default device for `side`.
pub(crate) fn default(side: Side) -> Result<Found, AudioError> {
    let offered = hosts().into_iter().filter_map(|host| match side {
        Side::Microphone => host.default_input_device(),
        Side::Speaker => host.default_output_device(),
    });
    let mut usable = offered.filter_map(|device| configure(device, side).ok());
    let (mic, speaker) = (side == Side::Microphone, side == Side::Speaker);
    usable.next().ok_or(AudioError::NoDevices { mic, speaker })
}

/// The device for `side` whose name or id is `wanted`, or else the first one with that as a part, whatever the case.
pub(crate) fn named(side: Side, wanted: &str) -> Result<Found, AudioError> {
    let all: Vec<Device> = hosts().iter().flat_map(|host| devices(host, side)).collect();
    let part = wanted.to_lowercase();
    let texts: Vec<[String; 2]> =
        all.iter().map(|device| [id(device), name(device)].map(|s| s.to_lowercase())).collect();
    let whole = texts.iter().position(|texts| texts.contains(&part));
    let found = whole.or_else(|| texts.iter().position(|texts| texts.iter().any(|text| text.contains(&part))));
    match found.and_then(|at| all.into_iter().nth(at)) {
        Some(device) => configure(device, side),
        None => Err(AudioError::NoSuchDevice { side, wanted: wanted.into(), known: names(side) }),
    }
}

/// Chooses how to use a device: 48 kHz if it can, and its own number of channels.
fn configure(device: Device, side: Side) -> Result<Found, AudioError> {
    let name = name(&device);
    let broken = |reason: String| AudioError::Device { side, name: name.clone(), reason };
    let (own, ranges) = match side {
        Side::Microphone => (device.default_input_config(), device.supported_input_configs().map(Iterator::collect)),
        Side::Speaker => (device.default_output_config(), device.supported_output_configs().map(Iterator::collect)),
    };
    let own = own.map_err(|e| broken(e.to_string()))?;
    let ranges: Vec<SupportedStreamConfigRange> = ranges.unwrap_or_default();
    let fits = |range: &&SupportedStreamConfigRange| {
        preference(range.sample_format()).is_some() && range.channels() == own.channels() && range.contains_rate(RATE)
    };
    let best = ranges.iter().filter(fits).min_by_key(|range| preference(range.sample_format()));
    let (format, sample_rate) = match best {
        Some(range) => (range.sample_format(), RATE),
        None if preference(own.sample_format()).is_some() => (own.sample_format(), own.sample_rate()),
        None => return Err(broken(format!("its sample format {} isn't supported", own.sample_format()))),
    };
    let config = StreamConfig { channels: own.channels(), sample_rate, buffer_size: BufferSize::Fixed(BUFFER) };
    Ok(Found { device, name, format, config })
}

/// The sample formats that can be used, by preference: the lowest number is the best.
fn preference(format: SampleFormat) -> Option<u8> {
    match format {
        SampleFormat::F32 => Some(0),
        SampleFormat::I16 => Some(1),
        SampleFormat::I32 => Some(2),
        SampleFormat::U16 => Some(3),
        SampleFormat::U8 => Some(4),
        _ => None,
    }
}

/// A microphone's stream, not running yet. `side` makes the callback's end; `lost` is told why the device is gone.
pub(crate) fn input(
    found: &Found,
    mut side: impl FnMut() -> CaptureSide,
    lost: impl Fn(String) + Clone + Send + 'static,
) -> Result<Stream, AudioError> {
    build(found, Side::Microphone, |config| {
        let mut side = side();
        let take = move |data: &Data, _: &cpal::InputCallbackInfo| match data.sample_format() {
            SampleFormat::F32 => side.take(data.as_slice::<f32>().unwrap_or_default()),
            SampleFormat::I16 => side.take(data.as_slice::<i16>().unwrap_or_default()),
            SampleFormat::I32 => side.take(data.as_slice::<i32>().unwrap_or_default()),
            SampleFormat::U16 => side.take(data.as_slice::<u16>().unwrap_or_default()),
            SampleFormat::U8 => side.take(data.as_slice::<u8>().unwrap_or_default()),
            _ => {}
        };
        found.device.build_input_stream_raw(config, found.format, take, fatal(lost.clone()), None)
    })
}

/// A speaker's stream, not running yet. `side` makes the callback's end; `lost` is told why the device is gone.
pub(crate) fn output(
    found: &Found,
    mut side: impl FnMut() -> PlaybackSide,
    lost: impl Fn(String) + Clone + Send + 'static,
) -> Result<Stream, AudioError> {
    build(found, Side::Speaker, |config| {
        let mut side = side();
        let give = move |data: &mut Data, _: &cpal::OutputCallbackInfo| match data.sample_format() {
            SampleFormat::F32 => side.give(data.as_slice_mut::<f32>().unwrap_or_default()),
            SampleFormat::I16 => side.give(data.as_slice_mut::<i16>().unwrap_or_default()),
            SampleFormat::I32 => side.give(data.as_slice_mut::<i32>().unwrap_or_default()),
            SampleFormat::U16 => side.give(data.as_slice_mut::<u16>().unwrap_or_default()),
            SampleFormat::U8 => side.give(data.as_slice_mut::<u8>().unwrap_or_default()),
            _ => {}
        };
        found.device.build_output_stream_raw(config, found.format, give, fatal(lost.clone()), None)
    })
}

/// Tries the short buffer, then twice that, then the device's own.
fn build(
    found: &Found,
    side: Side,
    mut attempt: impl FnMut(StreamConfig) -> Result<Stream, cpal::Error>,
) -> Result<Stream, AudioError> {
    let sizes = [found.config.buffer_size, BufferSize::Fixed(2 * BUFFER), BufferSize::Default];
    let mut result = Err(cpal::Error::new(ErrorKind::UnsupportedConfig));
    for buffer_size in sizes {
        result = attempt(StreamConfig { buffer_size, ..found.config });
        if !matches!(&result, Err(e) if e.kind() == ErrorKind::UnsupportedConfig) {
            break;
        }
    }
    result.map_err(|e| failed(found, side, &e))
}

/// Lets a stream run.
pub(crate) fn run(stream: &Stream, found: &Found, side: Side) -> Result<(), AudioError> {
    stream.play().map_err(|e| failed(found, side, &e))
}

fn failed(found: &Found, side: Side, error: &cpal::Error) -> AudioError {
    let reason = error.to_string().trim_end_matches('.').to_owned();
    AudioError::Device { side, name: found.name.clone(), reason }
}

/// Only an error that ends the stream is worth a word; a missed buffer or a new route is not.
fn fatal(lost: impl Fn(String)) -> impl FnMut(cpal::Error) {
    move |error| match error.kind() {
        ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged => tracing::debug!("sound: {error}"),
        _ => lost(error.to_string()),
    }
}
