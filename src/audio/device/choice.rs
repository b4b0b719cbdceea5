//! Which device a person means.

use super::backend::DeviceInfo;
use crate::audio::AudioError;
use crate::audio::error::Side;

/// The device whose id or name is `wanted`, or else the first one with that as a part, whatever the case.
pub(crate) fn find<'a>(devices: &'a [DeviceInfo], wanted: &str) -> Option<&'a DeviceInfo> {
    let wanted = wanted.to_lowercase();
    let texts = |device: &DeviceInfo| [device.id.to_lowercase(), device.name.to_lowercase()];
    let whole = devices.iter().find(|device| texts(device).contains(&wanted));
    whole.or_else(|| devices.iter().find(|device| texts(device).iter().any(|text| text.contains(&wanted))))
}

/// Whether there is such a device for `side`.
///
/// # Errors
/// [`AudioError::NoSuchDevice`] with the names that there are, if there is none.
pub(crate) fn known(side: Side, devices: &[DeviceInfo], wanted: &str) -> Result<(), AudioError> {
    if find(devices, wanted).is_some() {
        return Ok(());
    }
    let known = devices.iter().map(|device| device.name.clone()).collect();
    Err(AudioError::NoSuchDevice { side, wanted: wanted.into(), known })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(id: &str, name: &str) -> DeviceInfo {
        DeviceInfo { id: id.into(), name: name.into(), ..DeviceInfo::default() }
    }

    #[test]
    fn a_whole_name_or_id_comes_before_a_part_of_another() {
        let devices = [device("alsa.usb-headset.2", "USB headset, left"), device("alsa.usb", "USB Headset")];
        let found = |wanted| find(&devices, wanted).map(|device| &*device.id);
        assert_eq!(found("usb headset"), Some("alsa.usb"));
        assert_eq!(found("ALSA.USB"), Some("alsa.usb"));
        assert_eq!(found("Left"), Some("alsa.usb-headset.2"));
        assert_eq!(found("usb"), Some("alsa.usb-headset.2"));
        assert_eq!(found("webcam"), None);
    }
}
