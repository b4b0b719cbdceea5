//! The speaker's side of the manager: one stream, opened again whenever it ends, asleep while nobody speaks, and held where it
//! would leave headphones for a room.

use std::time::Duration;

use super::context::{Context, Effect, OPENS_WITHIN};
use super::stream::Stream;
use crate::audio::device::backend::{DeviceInfo, Ending, Form, StreamId, StreamNotice};
use crate::audio::error::Side;
use crate::audio::status::{SpeakerFault, SpeakerStatus};
use crate::audio::{AudioEvent, OnUnplug, SpeakerSpec};
use crate::ids::Time;

/// After this long without a sound the stream rests, so that the device may sleep.
const RESTS_AFTER: Duration = Duration::from_secs(30);
/// A device that takes no samples for this long, while there are some, is opened anew.
const STALLED: Duration = Duration::from_millis(1500);
/// How long a list of devices may take that tells an unplugged device from a choice.
const LISTS_WITHIN: Duration = Duration::from_millis(500);

/// See the module.
pub(super) struct Speaker {
    /// A name, an id or a part of it; `None` is the system's default.
    wanted: Option<String>,
    looked_after: bool,
    on_unplug: OnUnplug,
    stream: Stream<Running>,
    /// Where the others were heard last.
    last: Option<DeviceInfo>,
    hold: Hold,
    /// Whether it has been held since this was last asked.
    left_the_ears: bool,
    sounding: bool,
    /// When a sound ended, or the device took samples, whatever was later.
    active: Time,
    fault: Option<SpeakerFault>,
    told: Option<SpeakerStatus>,
}

/// Whether what comes is heard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// It is.
    No,
    /// Not until the list of devices tells whether the one before is still there, or it's this late.
    Unsure { until: Time },
    /// Not until the person wants it, or has headphones again.
    Paused,
}

struct Running {
    device: DeviceInfo,
    resting: bool,
    muted: bool,
}

impl Speaker {
    pub(super) fn new(spec: &SpeakerSpec, on_unplug: OnUnplug) -> Self {
        let wanted = if let SpeakerSpec::Device(name) = spec { Some(name.clone()) } else { None };
        Self {
            wanted,
            looked_after: matches!(spec, SpeakerSpec::Default | SpeakerSpec::Device(_)),
            on_unplug,
            stream: Stream::None { retry: Time::default() },
            last: None,
            hold: Hold::No,
            left_the_ears: false,
            sounding: false,
            active: Time::default(),
            fault: None,
            told: None,
        }
    }

    pub(super) fn has(&self, stream: StreamId) -> bool {
        self.stream.has(stream)
    }

    /// Whether it's a device of the system.
    pub(super) fn is_looked_after(&self) -> bool {
        self.looked_after
    }

    /// Begins to play, if there is a device to look after.
    pub(super) fn start(&mut self, cx: &mut Context) {
        self.active = cx.now;
        if self.looked_after {
            self.begin(cx);
        }
    }

    /// The person chooses another device, which is no unplugging.
    pub(super) fn choose(&mut self, name: String, cx: &mut Context) {
        self.wanted = (!name.is_empty()).then_some(name);
        self.looked_after = true;
        self.stream.close(Effect::SpeakerOff, cx);
        self.play_aloud(cx);
        self.begin(cx);
    }

    /// The person wants to hear the group wherever it's heard now.
    pub(super) fn play_aloud(&mut self, cx: &mut Context) {
        self.fault = None;
        self.last =
            if let Stream::Running { it: running, .. } = &self.stream { Some(running.device.clone()) } else { None };
        self.set_hold(Hold::No, cx);
    }

    /// The device took samples.
    pub(super) fn played(&mut self, cx: &mut Context) {
        if self.sounding {
            self.active = cx.now;
        }
    }

    /// There is sound to be played, or no more.
    pub(super) fn set_sounding(&mut self, sounding: bool, cx: &mut Context) {
        self.sounding = sounding;
        self.active = cx.now;
        self.rest_if_due(cx);
    }

    /// Whether sound would have left headphones for a room since the last call.
    pub(super) fn take_left_the_ears(&mut self) -> bool {
        std::mem::take(&mut self.left_the_ears)
    }

    pub(super) fn notice(&mut self, notice: StreamNotice, cx: &mut Context) {
        match (notice, &mut self.stream) {
            (StreamNotice::Running(new), Stream::Opening { id, .. }) => {
                let device = new.device.clone();
                let it = Running { device: device.clone(), resting: false, muted: false };
                self.stream = Stream::Running { id: *id, it };
                self.active = cx.now;
                self.fault = None;
                // Before the first sample goes there.
                self.arrived(device, cx);
                cx.give(Effect::SpeakerTo(Box::new(new)));
            }
            (StreamNotice::Moved(to), Stream::Running { it: running, .. }) => {
                running.device = to.clone();
                self.arrived(to, cx);
            }
            (StreamNotice::Form(form), Stream::Running { it: running, .. }) => {
                running.device.form = form;
                let device = running.device.clone();
                self.arrived(device, cx);
            }
            (StreamNotice::Muted(muted), Stream::Running { it: running, .. }) => running.muted = muted,
            // Ours is the sound that wakes it.
            (StreamNotice::Suspended(_), Stream::Running { .. }) => self.active = cx.now,
            (StreamNotice::Ended(ending), Stream::Opening { .. } | Stream::Running { .. }) => self.ended(ending, cx),
            (_, Stream::None { .. } | Stream::Opening { .. }) | (StreamNotice::Running(_), Stream::Running { .. }) => {}
        }
    }

    /// The list of devices is new.
    pub(super) fn devices_changed(&mut self, cx: &mut Context) {
        self.fault.take_if(|fault| *fault == SpeakerFault::NoServer);
        let there = self.wanted.as_ref().is_none_or(|name| cx.devices.find(Side::Speaker, name).is_some());
        if there && self.looked_after && self.stream.is_none() {
            self.begin(cx);
        }
        if let Hold::Unsure { .. } = self.hold {
            self.decide(cx);
        }
    }

    pub(super) fn server_lost(&mut self, cx: &mut Context) {
        if self.looked_after {
            self.stream.end(Effect::SpeakerOff, cx);
            self.fault = Some(SpeakerFault::NoServer);
        }
    }

    pub(super) fn handle_timeout(&mut self, cx: &mut Context) {
        if let Hold::Unsure { until } = self.hold
            && until <= cx.now
        {
            self.decide(cx);
        }
        match &self.stream {
            Stream::None { retry } if self.looked_after && *retry <= cx.now => self.begin(cx),
            Stream::Opening { since, .. } if *since + OPENS_WITHIN <= cx.now => self.anew(cx),
            Stream::Running { it: running, .. } if !running.resting && self.sounding && self.is_heard() => {
                if self.active + STALLED <= cx.now {
                    self.anew(cx);
                }
            }
            Stream::None { .. } | Stream::Opening { .. } => {}
            Stream::Running { .. } => self.rest_if_due(cx),
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Time> {
        let stream = match &self.stream {
            Stream::None { retry } => self.looked_after.then_some(*retry),
            Stream::Opening { since, .. } => Some(*since + OPENS_WITHIN),
            Stream::Running { it: running, .. } if running.resting => None,
            Stream::Running { .. } if self.sounding => Some(self.active + STALLED),
            Stream::Running { .. } => Some(self.active + RESTS_AFTER),
        };
        let decides = if let Hold::Unsure { until } = self.hold { Some(until) } else { None };
        stream.into_iter().chain(decides).min()
    }

    /// Tells how it is, if that is new.
    pub(super) fn tell(&mut self, cx: &mut Context) {
        let status = match (&self.stream, &self.fault, self.hold) {
            (_, _, Hold::Paused) => SpeakerStatus::Paused,
            (_, Some(fault), _) => SpeakerStatus::Fault(fault.clone()),
            (Stream::Running { it: running, .. }, None, _) if running.muted => {
                SpeakerStatus::Fault(SpeakerFault::Muted)
            }
            (Stream::Running { it: running, .. }, None, _) => {
                SpeakerStatus::Playing { device: running.device.name.clone() }
            }
            (Stream::None { .. } | Stream::Opening { .. }, None, _) => return,
        };
        if self.told.as_ref() != Some(&status) {
            self.told = Some(status.clone());
            cx.tell(AudioEvent::Speaker(status));
        }
    }

    fn is_heard(&self) -> bool {
        self.hold == Hold::No
    }

    /// The sound is on `device` now.
    fn arrived(&mut self, device: DeviceInfo, cx: &mut Context) {
        if self.on_unplug == OnUnplug::Continue {
            return;
        }
        let Some(last) = &self.last else {
            self.last = Some(device);
            return;
        };
        match (last.form, device.form) {
            (_, Form::Headphones) | (Form::Loudspeaker, Form::Loudspeaker | Form::Unknown) => {
                self.last = Some(device);
                self.set_hold(Hold::No, cx);
            }
            (Form::Headphones, Form::Loudspeaker | Form::Unknown) => self.pause(cx),
            (Form::Unknown, Form::Loudspeaker | Form::Unknown) if last.id == device.id => {}
            (Form::Unknown, Form::Loudspeaker | Form::Unknown) if self.hold == Hold::No => {
                // Unplugged, if it's gone; somebody's choice, if it's there.
                self.set_hold(Hold::Unsure { until: cx.now + LISTS_WITHIN }, cx);
                cx.give(Effect::List);
            }
            (Form::Unknown, Form::Loudspeaker | Form::Unknown) => {}
        }
    }

    /// Whether the device before is still there is known, or takes too long to know.
    fn decide(&mut self, cx: &mut Context) {
        let there = self.last.as_ref().is_some_and(|last| cx.devices.has(Side::Speaker, &last.id));
        match &self.stream {
            Stream::Running { it: running, .. } if there => {
                self.last = Some(running.device.clone());
                self.set_hold(Hold::No, cx);
            }
            Stream::None { .. } | Stream::Opening { .. } | Stream::Running { .. } => self.pause(cx),
        }
    }

    fn pause(&mut self, cx: &mut Context) {
        if self.hold != Hold::Paused {
            self.left_the_ears = true;
        }
        self.set_hold(Hold::Paused, cx);
    }

    fn set_hold(&mut self, hold: Hold, cx: &mut Context) {
        let heard = self.is_heard();
        self.hold = hold;
        if heard != self.is_heard() {
            cx.give(Effect::Hold(heard));
            self.active = cx.now;
        }
        self.rest_if_due(cx);
    }

    /// Rests what has nothing to play, at once if nothing may be heard; and wakes it.
    fn rest_if_due(&mut self, cx: &mut Context) {
        let idle = !self.sounding && self.active + RESTS_AFTER <= cx.now;
        let rests = idle || !self.is_heard();
        if let Stream::Running { id, it: running } = &mut self.stream
            && running.resting != rests
        {
            running.resting = rests;
            cx.give(Effect::Rest(*id, rests));
        }
    }

    fn begin(&mut self, cx: &mut Context) {
        let device = match &self.wanted {
            None => None,
            Some(name) => match cx.devices.find(Side::Speaker, name) {
                Some(id) => Some(id),
                None => {
                    cx.give(Effect::List);
                    return self.ended(Ending::Missing, cx);
                }
            },
        };
        self.stream = Stream::Opening { id: cx.open(Side::Speaker, device), since: cx.now };
    }

    fn ended(&mut self, ending: Ending, cx: &mut Context) {
        self.stream.end(Effect::SpeakerOff, cx);
        self.fault = Some(match ending {
            // Nothing can be opened without it.
            _ if self.fault == Some(SpeakerFault::NoServer) => SpeakerFault::NoServer,
            Ending::Missing if self.last.is_some() => SpeakerFault::Gone,
            Ending::Missing => SpeakerFault::Missing,
            Ending::Busy => SpeakerFault::Busy,
            Ending::Denied => SpeakerFault::Denied,
            Ending::Other(reason) => SpeakerFault::Other(reason),
        });
    }

    fn anew(&mut self, cx: &mut Context) {
        self.stream.close(Effect::SpeakerOff, cx);
        self.begin(cx);
    }
}
