//! My microphone and speaker, as this computer's devices tell of them, and what the group and I learn of it.

use std::time::Duration;

use super::context::Context;
use super::effect::Effect;
use super::floor::Floor;
use super::log::Log;
use crate::ids::{SeatId, Time};
use crate::session::{
    Event, Known, MicClosing, MicStatus, Microphone, Op, Room, Side, SoundEvent, Speaker, SpeakerStatus, Trouble,
    VoiceAdvice,
};
use crate::wire::{Act, limits};

/// A microphone without sound for this long is told to those who lead.
const FAULTY: Duration = Duration::from_secs(3);
/// What was told to those who lead stands for this long at least.
const STANDS: Duration = Duration::from_secs(5);
/// How often I am advised on how to be heard better.
const ADVISED: Duration = Duration::from_secs(120);

/// What the devices have told, and what was said of it.
pub(super) struct DeviceReports {
    /// Whether my microphone is a file, which is always open.
    is_file: bool,
    /// Since when my microphone has been open without sound, or there has been none.
    since: Option<Time>,
    /// What I said last of my microphone on this seat, and when: whether it was missing.
    said: Option<(bool, Time)>,
    advised: Option<Time>,
}

impl DeviceReports {
    /// Nothing was told yet. `is_file`: my microphone is a file, which is always open.
    pub(super) fn new(is_file: bool) -> Self {
        Self { is_file, since: None, said: None, advised: None }
    }

    /// I have another seat, of which nothing was said yet.
    pub(super) fn begin(&mut self, cx: &mut Context) {
        self.said = None;
        let others: Vec<SeatId> = cx.room.roster();
        others.into_iter().for_each(|seat| set_volume_again(seat, cx));
    }

    /// How the microphone is now. A file is always open.
    pub(super) fn mic(&mut self, status: MicStatus, cx: &mut Context) {
        if self.is_file {
            return;
        }
        let before = (cx.room.mic, cx.room.devices.mic.clone());
        let room = &mut cx.room;
        let wanted = room.mic.open || room.mic.listens;
        (room.mic.opening, room.mic.fault) = match status {
            MicStatus::Open(device) if wanted => {
                room.devices.mic = device;
                (false, None)
            }
            MicStatus::Fault(fault, said) if wanted => {
                room.devices.said = said;
                (false, Some(fault))
            }
            // What is said of a microphone that was opened or closed in the meantime is old.
            MicStatus::Closed | MicStatus::Opening | MicStatus::Open(_) | MicStatus::Fault(..) => (wanted, None),
        };
        if !room.mic.works() {
            room.mic.level = 0;
        }
        if !is_silent(room) {
            self.since = None;
        }
        let unlevelled = |mic: Microphone| Microphone { level: 0, ..mic };
        if (unlevelled(before.0), &before.1) != (unlevelled(room.mic), &room.devices.mic) {
            cx.tell(Event::Mic);
        }
    }

    /// This computer has closed my microphone.
    pub(super) fn mic_closed(&mut self, why: MicClosing, floor: &mut Floor, cx: &mut Context) {
        if floor.set_mic(false, cx) {
            cx.tell(Event::Sound(SoundEvent::MicClosed(why)));
        }
    }

    /// How the speaker is now. While nothing is played because somebody else would hear it, nobody hears me either.
    pub(super) fn speaker(&mut self, status: SpeakerStatus, floor: &mut Floor, cx: &mut Context) {
        let devices = &mut cx.room.devices;
        let before = (cx.room.speaker, devices.speaker.clone());
        cx.room.speaker = match status {
            SpeakerStatus::Plays(device) => {
                devices.speaker = device;
                Speaker::Plays
            }
            SpeakerStatus::Fault(fault, said) => {
                devices.said = said;
                Speaker::Fault(fault)
            }
            SpeakerStatus::Paused => Speaker::Paused,
        };
        if (before.0, &before.1) == (cx.room.speaker, &cx.room.devices.speaker) {
            return;
        }
        if cx.room.speaker == Speaker::Paused {
            floor.set_mic(false, cx);
        }
        cx.tell(Event::Sound(SoundEvent::Speaker));
    }

    /// These are the devices of this computer.
    pub(super) fn known(&mut self, known: Known, cx: &mut Context) {
        if cx.room.devices.known.as_ref() == Some(&known) {
            return;
        }
        cx.room.devices.known = Some(known);
        cx.tell(Event::Sound(SoundEvent::Devices));
        self.note_missing(cx);
    }

    fn note_missing(&mut self, cx: &mut Context) {
        let none = cx.room.devices.all(Side::Mic).is_some_and(<[String]>::is_empty);
        let missing = cx.room.devices.no_mic || (none && !self.is_file);
        if std::mem::replace(&mut cx.room.mic.missing, missing) != missing {
            cx.tell(Event::Mic);
        }
    }

    /// Uses another device.
    ///
    /// # Errors
    /// [`Trouble::FileMicrophone`] where my microphone is a file.
    pub(super) fn choose(&mut self, side: Side, name: String, cx: &mut Context) -> Result<(), Trouble> {
        if side == Side::Mic {
            if self.is_file {
                return Err(Trouble::FileMicrophone);
            }
            cx.room.devices.no_mic = false;
            self.note_missing(cx);
        }
        cx.effects.push(Effect::Device(side, name));
        Ok(())
    }

    /// The others could hear me better. Told only while they hear me at all, and now and then.
    pub(super) fn advise(&mut self, advice: VoiceAdvice, cx: &mut Context) {
        let heard = cx.is_live() && cx.room.mic.works() && !cx.room.am_floor_muted();
        if heard && self.advised.is_none_or(|at| cx.now.since(at) >= ADVISED) {
            self.advised = Some(cx.now);
            cx.tell(Event::Sound(SoundEvent::Advice(advice)));
        }
    }

    /// When I am to say that my microphone is missing, or no longer is: at once, or at that time.
    pub(super) fn due(&self, cx: &Context) -> Time {
        let Some(member) = cx.room.me.filter(|_| cx.is_live()).and_then(|me| cx.room.state.circle.seats.get(&me))
        else {
            return Time::NEVER;
        };
        let told = self.said.map_or(member.no_mic, |(missing, _)| missing);
        let silent = is_silent(&cx.room);
        if silent == told {
            return Time::NEVER;
        }
        let stands = self.said.map_or(cx.now, |(_, at)| at + STANDS);
        // Until it's looked at, the time is not counted.
        if silent { self.since.map_or(cx.now, |since| since + FAULTY).max(stands) } else { stands }
    }

    /// Says so, if it's time.
    pub(super) fn watch(&mut self, log: &mut Log, cx: &mut Context) {
        let silent = is_silent(&cx.room);
        self.since = silent.then(|| self.since.unwrap_or(cx.now));
        // If too much is on its way it's for later.
        if self.due(cx) <= cx.now && log.append(Act::None, Op::NoMic(silent), cx).is_ok() {
            self.said = Some((silent, cx.now));
        }
    }

    /// What I said was not taken.
    pub(super) fn not_taken(&mut self, now: Time) {
        // The state tells what counts; the time stays, so that it's not said again at once.
        self.said = self.said.map(|(missing, _)| (!missing, now));
    }
}

/// Whether no sound can come from me: there is no microphone, or none comes from it though it's open.
fn is_silent(room: &Room) -> bool {
    room.mic.missing || (room.mic.open && room.mic.fault.is_some())
}

/// Goes on aloud.
///
/// # Errors
/// [`Trouble::NothingPaused`].
pub(super) fn play_aloud(cx: &mut Context) -> Result<(), Trouble> {
    if cx.room.speaker != Speaker::Paused {
        return Err(Trouble::NothingPaused);
    }
    cx.effects.push(Effect::PlayAloud);
    Ok(())
}

/// Lets a member be heard louder or softer, for as long as I am here, also on another seat.
///
/// # Errors
/// [`Trouble::NotTaken`] if the member has gone meanwhile, or too many are heard otherwise than they are.
pub(super) fn set_volume(seat: SeatId, percent: u16, cx: &mut Context) -> Result<(), Trouble> {
    let name = cx.room.state.circle.name(seat).filter(|_| cx.room.me != Some(seat));
    let name = name.ok_or(Trouble::NotTaken(None))?.to_owned();
    let percent = percent.clamp(*Room::VOLUMES.start(), *Room::VOLUMES.end());
    let volumes = &mut cx.room.volumes;
    match percent {
        100 => drop(volumes.remove(&name)),
        _ if volumes.len() >= limits::MET && !volumes.contains_key(&name) => return Err(Trouble::NotTaken(None)),
        _ => drop(volumes.insert(name, percent)),
    }
    cx.effects.push(Effect::Volume(seat, percent));
    cx.tell(Event::Sound(SoundEvent::Volume { seat, percent }));
    Ok(())
}

/// A member who has come, or whose name is another, is heard as loud as I wanted before.
pub(super) fn set_volume_again(seat: SeatId, cx: &mut Context) {
    let percent = cx.room.volume(seat);
    if percent != 100 && cx.room.me != Some(seat) {
        cx.effects.push(Effect::Volume(seat, percent));
    }
}
