//! The devices that there are.

use crate::audio::AudioEvent;
use crate::audio::device::backend::DeviceInfo;
use crate::audio::device::choice;
use crate::audio::error::Side;

/// The last list from the backend, defaults first.
#[derive(Default)]
pub(crate) struct Devices {
    pub(super) mics: Vec<DeviceInfo>,
    pub(super) speakers: Vec<DeviceInfo>,
}

impl Devices {
    fn of(&self, side: Side) -> &[DeviceInfo] {
        match side {
            Side::Microphone => &self.mics,
            Side::Speaker => &self.speakers,
        }
    }

    /// The id of the device that `wanted` names.
    pub(super) fn find(&self, side: Side, wanted: &str) -> Option<String> {
        choice::find(self.of(side), wanted).map(|device| device.id.clone())
    }

    /// The id of the first one.
    pub(super) fn first(&self, side: Side) -> Option<String> {
        self.of(side).first().map(|device| device.id.clone())
    }

    /// Whether there is a device of this id.
    pub(super) fn has(&self, side: Side, id: &str) -> bool {
        self.of(side).iter().any(|device| device.id == id)
    }

    /// For people to choose from.
    pub(super) fn event(&self) -> AudioEvent {
        let names = |devices: &[DeviceInfo]| devices.iter().map(|device| device.name.clone()).collect();
        AudioEvent::Devices { mics: names(&self.mics), speakers: names(&self.speakers) }
    }
}
