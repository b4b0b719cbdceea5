//! Devices and how members are heard, as events.

use super::line::{Advised, DevicesNow, LineEvent, MicClosed, MicNow, PlanNow, SpeakerNow, Volume};
use crate::session::{MicClosing, MicFault, Room, SoundEvent, Speaker, Spending};
use crate::text;

/// How my microphone is.
pub(super) fn mic(room: &Room) -> LineEvent<'_> {
    let mic = &room.mic;
    let status = match (mic.open, mic.opening, mic.fault) {
        (false, ..) if mic.missing => "none",
        (false, ..) => "closed",
        (true, _, Some(_)) => "fault",
        (true, true, None) => "opening",
        (true, false, None) => "open",
    };
    LineEvent::Mic(MicNow {
        open: mic.open,
        floor_muted: room.am_floor_muted(),
        status,
        fault: mic.fault.filter(|_| mic.open).map(MicFault::word),
        device: Some(room.devices.mic.as_str()).filter(|device| mic.works() && !device.is_empty()),
    })
}

/// The object for an event; `None` if it's about a member who has left.
pub(super) fn event<'a>(event: &'a SoundEvent, room: &'a Room) -> Option<LineEvent<'a>> {
    let name = |seat| room.state.circle.name(seat);
    Some(match event {
        SoundEvent::Speaker => {
            let (status, fault) = match room.speaker {
                Speaker::Plays => ("plays", None),
                Speaker::Fault(fault) => ("fault", Some(fault.word())),
                Speaker::Paused => ("paused", None),
            };
            let device = Some(room.devices.speaker.as_str());
            let device = device.filter(|device| room.speaker == Speaker::Plays && !device.is_empty());
            LineEvent::Speaker(SpeakerNow { status, fault, device })
        }
        SoundEvent::Devices => devices(room)?,
        SoundEvent::MicClosed(why) => {
            let to = if let MicClosing::Moved(to) = why { Some(to.as_str()) } else { None };
            LineEvent::MicClosed(MicClosed { why: why.word(), to })
        }
        SoundEvent::Advice(about) => {
            LineEvent::VoiceAdvice(Advised { about: about.word(), message: text::voice_advice(*about) })
        }
        SoundEvent::NoMic { seat, missing } => LineEvent::NoMic { name: name(*seat)?, on: *missing },
        SoundEvent::Spending(now) => spending(*now),
        SoundEvent::Volume { seat, percent } => LineEvent::Volume(Volume { name: name(*seat)?, percent: *percent }),
    })
}

/// What my line may cost.
pub(super) fn spending(now: Spending) -> LineEvent<'static> {
    let (mb_an_hour, mb_an_hour_most) = now.megabytes_an_hour();
    LineEvent::Plan(PlanNow { plan: now.word(), mb_an_hour, mb_an_hour_most, message: text::spending(now) })
}

/// All devices; `None` while that isn't known.
pub(super) fn devices(room: &Room) -> Option<LineEvent<'_>> {
    let known = room.devices.known.as_ref()?;
    Some(LineEvent::Devices(DevicesNow { mics: &known.mics, speakers: &known.speakers }))
}
