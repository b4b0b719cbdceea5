//! The devices that cpal knows, and how each is to be used.

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{BufferSize, Device, DeviceType, ErrorKind, Host, SampleFormat, StreamConfig, SupportedStreamConfigRange};

use crate::audio::RATE;
use crate::audio::device::backend::{DeviceInfo, Ending, Form};
use crate::audio::error::Side;

/// Frames in one callback, 20 ms on ALSA and 10 ms elsewhere. The systems' own choice can be two seconds.
pub(super) const BUFFER: u32 = if cfg!(target_os = "linux") { 960 } else { 480 };

/// A device and how it is to be used.
pub(super) struct Found {
    pub(super) device: Device,
    pub(super) info: DeviceInfo,
    pub(super) format: SampleFormat,
    pub(super) config: StreamConfig,
}

/// The devices for `side`, for people to choose from, the default first.
pub(super) fn list(side: Side) -> Vec<DeviceInfo> {
    let mut infos: Vec<DeviceInfo> = Vec::new();
    for host in hosts() {
        let default = default(&host, side);
        let mut own: Vec<DeviceInfo> =
            devices(&host, side).iter().filter(|device| is_real(&host, device)).map(info).collect();
        own.sort_by_key(|info| default.as_ref().map(id).as_ref() != Some(&info.id));
        // What leads elsewhere than to a card is a device too, if it works and there is no card.
        if own.is_empty()
            && let Some(default) = default
            && let Ok(found) = configure(default, side)
        {
            own.push(found.info);
        }
        for info in own {
            if infos.iter().all(|other| other.name != info.name) {
                infos.push(info);
            }
        }
    }
    infos
}

/// The device with this id, or the default.
pub(super) fn find(side: Side, wanted: Option<&str>) -> Result<Found, Ending> {
    let mut why = Ending::Missing;
    for host in hosts() {
        let device = match wanted {
            None => default(&host, side),
            Some(wanted) => devices(&host, side).into_iter().chain(default(&host, side)).find(|d| id(d) == wanted),
        };
        match device.map(|device| configure(device, side)) {
            Some(Ok(found)) => return Ok(found),
            Some(Err(reason)) => why = reason,
            None => {}
        }
    }
    Err(why)
}

fn hosts() -> Vec<Host> {
    cpal::available_hosts().into_iter().filter_map(|id| cpal::host_from_id(id).ok()).collect()
}

fn default(host: &Host, side: Side) -> Option<Device> {
    match side {
        Side::Microphone => host.default_input_device(),
        Side::Speaker => host.default_output_device(),
    }
}

fn devices(host: &Host, side: Side) -> Vec<Device> {
    let devices = match side {
        Side::Microphone => host.input_devices(),
        Side::Speaker => host.output_devices(),
    };
    devices.map(Iterator::collect).unwrap_or_default()
}

/// ALSA lists converters and other programs' plugs as devices; only what has a card is one.
fn is_real(host: &Host, device: &Device) -> bool {
    host.id().name() != "ALSA" || id(device).contains("CARD=")
}

fn id(device: &Device) -> String {
    device.id().map(|id| id.id().to_owned()).unwrap_or_default()
}

fn info(device: &Device) -> DeviceInfo {
    let description = device.description().ok();
    let name = description.as_ref().map_or_else(|| "unknown".into(), |description| description.name().to_owned());
    let form = match description.map(|description| description.device_type()) {
        Some(DeviceType::Headphones | DeviceType::Headset | DeviceType::Earpiece | DeviceType::Handset) => {
            Form::Headphones
        }
        Some(DeviceType::Speaker) => Form::Loudspeaker,
        _ => Form::Unknown,
    };
    DeviceInfo { id: id(device), name, form }
}

/// Chooses how to use a device: 48 kHz if it can, and its own number of channels.
fn configure(device: Device, side: Side) -> Result<Found, Ending> {
    let (own, ranges) = match side {
        Side::Microphone => (device.default_input_config(), device.supported_input_configs().map(Iterator::collect)),
        Side::Speaker => (device.default_output_config(), device.supported_output_configs().map(Iterator::collect)),
    };
    let own = own.map_err(|error| ending(&error))?;
    let ranges: Vec<SupportedStreamConfigRange> = ranges.unwrap_or_default();
    let fits = |range: &&SupportedStreamConfigRange| {
        preference(range.sample_format()).is_some() && range.channels() == own.channels() && range.contains_rate(RATE)
    };
    let best = ranges.iter().filter(fits).min_by_key(|range| preference(range.sample_format()));
    let (format, sample_rate) = match best {
        Some(range) => (range.sample_format(), RATE),
        None if preference(own.sample_format()).is_some() => (own.sample_format(), own.sample_rate()),
        None => return Err(Ending::Other(format!("its sample format {} isn't supported", own.sample_format()))),
    };
    let config = StreamConfig { channels: own.channels(), sample_rate, buffer_size: BufferSize::Fixed(BUFFER) };
    let info = info(&device);
    Ok(Found { device, info, format, config })
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

/// What an error means for a stream.
pub(super) fn ending(error: &cpal::Error) -> Ending {
    match error.kind() {
        ErrorKind::DeviceNotAvailable => Ending::Missing,
        ErrorKind::DeviceBusy => Ending::Busy,
        ErrorKind::PermissionDenied => Ending::Denied,
        _ => Ending::Other(error.to_string().trim_end_matches('.').to_owned()),
    }
}
