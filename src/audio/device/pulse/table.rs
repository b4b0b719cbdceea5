//! The devices of a sound server, as it lists them.

use crate::audio::device::backend::{DeviceInfo, Form};
use crate::audio::error::Side;

/// A sink or a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// For people and for the device manager.
    pub(super) info: DeviceInfo,
    /// The server's number for it.
    pub(super) index: u32,
    /// Whether nobody should use it: it hears a loudspeaker instead of a room (a monitor), or stands in for none.
    pub(super) unfit: bool,
    /// Whether nothing is heard from it because of a switch or a volume of the server.
    pub(super) muted: bool,
}

/// Whose program the server is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Server {
    /// The one whose protocol it is.
    #[default]
    PulseAudio,
    /// PipeWire's for programs that expect the other.
    PipeWire,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// What microphones are among.
    pub(super) sources: Vec<Known>,
    /// Speakers.
    pub(super) sinks: Vec<Known>,
    /// The id of the default source.
    pub(super) default_source: Option<String>,
    /// The id of the default sink.
    pub(super) default_sink: Option<String>,
    /// Whose.
    pub(super) server: Server,
}

impl Table {
    /// The device with this id.
    pub(super) fn get(&self, side: Side, id: &str) -> Option<&Known> {
        self.of(side).0.iter().find(|known| known.info.id == id)
    }

    /// The device with this number.
    pub(super) fn numbered(&self, side: Side, index: u32) -> Option<&Known> {
        self.of(side).0.iter().find(|known| known.index == index)
    }

    /// The default device, if it's fit to be used.
    pub(super) fn default(&self, side: Side) -> Option<&Known> {
        self.of(side).1.and_then(|id| self.get(side, id)).filter(|known| !known.unfit)
    }

    /// What there is to choose from, the default first.
    pub(super) fn devices(&self, side: Side) -> Vec<DeviceInfo> {
        let (all, default) = self.of(side);
        let mut devices: Vec<DeviceInfo> = all.iter().filter(|k| !k.unfit).map(|k| k.info.clone()).collect();
        devices.sort_by_key(|device| default != Some(&device.id));
        devices
    }

    fn of(&self, side: Side) -> (&[Known], Option<&str>) {
        match side {
            Side::Microphone => (&self.sources, self.default_source.as_deref()),
            Side::Speaker => (&self.sinks, self.default_sink.as_deref()),
        }
    }
}

/// What a server says about where a device's sound goes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints<'a> {
    /// The active port's own name, which is never translated.
    pub(super) port: Option<&'a str>,
    /// Whether nothing is plugged in there.
    pub(super) unplugged: bool,
    /// The device's shape, by the system's hardware list.
    pub(super) factor: Option<&'a str>,
    /// The profile of a Bluetooth device.
    pub(super) bluetooth: Option<&'a str>,
}

/// Parts of the names of ports, of PulseAudio's own as well as of ALSA's use cases.
const PORTS: [(&str, Form); 11] = [
    ("headphone", Form::Headphones),
    ("headset", Form::Headphones),
    ("handset", Form::Headphones),
    ("earpiece", Form::Headphones),
    ("speaker", Form::Loudspeaker),
    ("hdmi", Form::Loudspeaker),
    ("displayport", Form::Loudspeaker),
    ("lineout", Form::Loudspeaker),
    ("line out", Form::Loudspeaker),
    ("iec958", Form::Loudspeaker),
    ("spdif", Form::Loudspeaker),
];

/// Where a device is heard.
pub(super) fn form(hints: Hints<'_>) -> Form {
    let port = hints.port.map(str::to_lowercase).unwrap_or_default();
    if let Some((_, form)) = PORTS.iter().find(|(part, _)| port.contains(part)) {
        // Nothing is in the socket: soon the server takes another port, and until then nobody hears anything.
        return if hints.unplugged { Form::Unknown } else { *form };
    }
    match hints.factor {
        Some("headphone" | "headset" | "handset") => Form::Headphones,
        Some("speaker" | "hands-free" | "tv" | "hifi" | "portable" | "car") => Form::Loudspeaker,
        // A computer's own card may have something in its socket.
        _ if hints.bluetooth.is_some_and(|profile| profile.starts_with("headset")) => Form::Headphones,
        _ => Form::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str, unfit: bool) -> Known {
        let info = DeviceInfo { id: id.into(), name: id.to_uppercase(), form: Form::Unknown };
        Known { info, unfit, ..Known::default() }
    }

    #[test]
    fn the_default_comes_first_and_a_monitor_is_no_microphone() {
        let mut table = Table {
            sources: vec![known("desk.monitor", true), known("webcam", false), known("headset", false)],
            sinks: vec![known("desk", false)],
            default_source: Some("headset".into()),
            default_sink: Some("desk".into()),
            server: Server::PulseAudio,
        };
        let ids = |table: &Table| table.devices(Side::Microphone).into_iter().map(|d| d.id).collect::<Vec<_>>();
        assert_eq!(ids(&table), ["headset", "webcam"]);
        assert_eq!(table.default(Side::Microphone).map(|k| &*k.info.id), Some("headset"));
        table.default_source = Some("desk.monitor".into());
        assert_eq!(ids(&table), ["webcam", "headset"]);
        assert_eq!(table.default(Side::Microphone), None);
        assert_eq!(table.default(Side::Speaker).map(|k| &*k.info.id), Some("desk"));
        table.default_sink = Some("gone".into());
        assert_eq!(table.default(Side::Speaker), None);
    }

    #[test]
    fn the_form_is_the_active_ports_then_the_devices() {
        let port = |port| form(Hints { port: Some(port), factor: Some("internal"), ..Hints::default() });
        assert_eq!(port("analog-output-headphones"), Form::Headphones);
        assert_eq!(port("[Out] Headphones"), Form::Headphones);
        assert_eq!(port("headset-output"), Form::Headphones);
        assert_eq!(port("analog-output-speaker"), Form::Loudspeaker);
        assert_eq!(port("hdmi-output-0"), Form::Loudspeaker);
        assert_eq!(port("[Out] HDMI1"), Form::Loudspeaker);
        assert_eq!(port("analog-output-lineout"), Form::Loudspeaker);
        assert_eq!(port("analog-output"), Form::Unknown);
        let pulled = Hints { port: Some("analog-output-headphones"), unplugged: true, ..Hints::default() };
        assert_eq!(form(pulled), Form::Unknown);
        let factor = |factor| form(Hints { port: Some("analog-output"), factor: Some(factor), ..Hints::default() });
        assert_eq!(factor("headset"), Form::Headphones);
        assert_eq!(factor("headphone"), Form::Headphones);
        assert_eq!(factor("speaker"), Form::Loudspeaker);
        assert_eq!(factor("internal"), Form::Unknown);
        let bluetooth = |profile| form(Hints { bluetooth: Some(profile), ..Hints::default() });
        assert_eq!(bluetooth("headset_head_unit"), Form::Headphones);
        assert_eq!(bluetooth("a2dp_sink"), Form::Unknown);
        assert_eq!(form(Hints::default()), Form::Unknown);
    }
}
