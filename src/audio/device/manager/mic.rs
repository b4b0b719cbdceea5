//! The microphone's side of the manager: a stream while it's open, and what is wrong while nothing comes from it.

use std::time::Duration;

use super::context::{Context, Effect, OPENS_WITHIN};
use super::stream::Stream;
use crate::audio::device::backend::{Ending, StreamId, StreamNotice};
use crate::audio::error::Side;
use crate::audio::status::{MicClosing, MicFault, MicStatus};
use crate::audio::{AudioEvent, MicSpec};
use crate::ids::Time;

/// Without samples for so long it isn't open, whatever the system says.
const STALLED: Duration = Duration::from_millis(500);
/// A device that begins may take longer: headsets by radio change into their telephone mode first.
const BEGINS_WITHIN: Duration = Duration::from_millis(2500);
/// Without a sample but zero for so long it is a microphone that hears nothing.
const SILENT: Duration = Duration::from_secs(5);
/// A stream without samples is opened anew after so long.
const ANEW: Duration = Duration::from_secs(3);
/// The system's next choice is taken when the device in use has been gone for this long.
const RETURNS_WITHIN: Duration = Duration::from_secs(3);
/// A microphone that was away for longer comes back closed, since much can have happened around it.
const BACK_WITHIN: Duration = Duration::from_secs(10);

/// See the module.
pub(super) struct Mic {
    source: Source,
    open: bool,
    stream: Stream<Running>,
    /// The device that has been heard since the person opened the microphone.
    used: Option<String>,
    /// When there were samples last, or the person opened it.
    good: Time,
    fault: Option<MicFault>,
    told: MicStatus,
}

enum Source {
    /// The system's default.
    Default,
    /// What has this name, id or part of it.
    Named(String),
    /// There is no microphone.
    Nowhere,
    /// A file, which isn't looked after.
    File,
}

struct Running {
    name: String,
    since: Time,
    /// Whether there were samples yet.
    begun: bool,
    /// The longest time without samples lately: some sources give theirs by the second.
    gap: Duration,
    /// When a sample was not zero.
    heard: Time,
    muted: bool,
    suspended: bool,
}

impl Mic {
    pub(super) fn new(spec: &MicSpec) -> Self {
        let source = match spec {
            MicSpec::Default => Source::Default,
            MicSpec::Device(name) => Source::Named(name.clone()),
            MicSpec::Null => Source::Nowhere,
            MicSpec::File { .. } | MicSpec::Room(_) => Source::File,
        };
        Self {
            source,
            open: false,
            stream: Stream::None { retry: Time::default() },
            used: None,
            good: Time::default(),
            fault: None,
            told: MicStatus::Closed,
        }
    }

    pub(super) fn has(&self, stream: StreamId) -> bool {
        self.stream.has(stream)
    }

    pub(super) fn set_open(&mut self, open: bool, cx: &mut Context) {
        if self.open == open {
            return;
        }
        self.open = open;
        (self.used, self.fault, self.good) = (None, None, cx.now);
        if open {
            self.begin(cx);
        } else {
            self.stream.close(Effect::MicOff, cx);
        }
    }

    /// The person chooses another device. It's the person's own wish, so an open microphone stays open.
    pub(super) fn choose(&mut self, name: String, cx: &mut Context) {
        self.source = if name.is_empty() { Source::Default } else { Source::Named(name) };
        (self.used, self.fault, self.good) = (None, None, cx.now);
        if self.open {
            self.stream.close(Effect::MicOff, cx);
            self.begin(cx);
        }
    }

    /// Closes it without the person's doing.
    pub(super) fn close_for(&mut self, why: MicClosing, cx: &mut Context) {
        if matches!(self.source, Source::File) || !self.open {
            return;
        }
        self.set_open(false, cx);
        cx.tell(AudioEvent::MicClosed(why));
    }

    pub(super) fn captured(&mut self, silent: bool, cx: &mut Context) {
        let (open, away) = (self.open, cx.now.since(self.good));
        let Stream::Running { it: running, .. } = &mut self.stream else { return };
        if !silent {
            running.heard = cx.now;
        }
        if running.muted || (self.fault == Some(MicFault::Silent) && silent) {
            self.good = cx.now;
        } else if away > BACK_WITHIN && open {
            return self.close_for(MicClosing::BackLate, cx);
        } else {
            self.fault = None;
        }
        running.gap = if running.begun { away.max(running.gap * 9 / 10) } else { Duration::ZERO };
        running.begun = true;
        self.good = cx.now;
        let silence = cx.now.since(running.heard);
        if running.muted {
            self.fault = Some(MicFault::Muted);
        } else if silence >= SILENT {
            self.fault = Some(MicFault::Silent);
        }
    }

    pub(super) fn notice(&mut self, notice: StreamNotice, cx: &mut Context) {
        match (notice, &mut self.stream) {
            (StreamNotice::Running(new), Stream::Opening { id, .. }) => {
                if self.used.as_ref().is_some_and(|used| *used != new.device.id) {
                    return self.close_for(MicClosing::Moved { to: new.device.name }, cx);
                }
                let since = cx.now;
                self.used = Some(new.device.id.clone());
                let name = new.device.name.clone();
                let it = Running {
                    name,
                    since,
                    begun: false,
                    gap: Duration::ZERO,
                    heard: since,
                    muted: false,
                    suspended: false,
                };
                self.stream = Stream::Running { id: *id, it };
                cx.give(Effect::MicFrom(Box::new(new)));
            }
            (StreamNotice::Moved(to), Stream::Running { .. }) => {
                self.close_for(MicClosing::Moved { to: to.name }, cx);
            }
            (StreamNotice::Muted(muted), Stream::Running { it: running, .. }) => {
                running.muted = muted;
                running.heard = cx.now;
                if muted {
                    self.fault = Some(MicFault::Muted);
                } else if self.fault == Some(MicFault::Muted) {
                    self.fault = None;
                }
            }
            (StreamNotice::Suspended(suspended), Stream::Running { it: running, .. }) => {
                running.suspended = suspended;
                // The time asleep doesn't count against a stream that has just woken.
                running.since = cx.now;
            }
            (StreamNotice::Ended(ending), Stream::Opening { .. } | Stream::Running { .. }) => self.ended(ending, cx),
            (StreamNotice::Form(_), _) | (_, Stream::None { .. } | Stream::Opening { .. }) => {}
            (StreamNotice::Running(_), Stream::Running { .. }) => {}
        }
    }

    /// The list of devices is new: what was missing may be there.
    pub(super) fn devices_changed(&mut self, cx: &mut Context) {
        self.fault.take_if(|fault| *fault == MicFault::NoServer);
        let there = match &self.source {
            Source::Default => true,
            Source::Named(name) => cx.devices.find(Side::Microphone, name).is_some(),
            Source::Nowhere | Source::File => false,
        };
        if there && self.open && self.stream.is_none() {
            self.begin(cx);
        }
    }

    pub(super) fn server_lost(&mut self, cx: &mut Context) {
        self.stream.end(Effect::MicOff, cx);
        if self.open && self.is_looked_after() {
            self.fault = Some(MicFault::NoServer);
        }
    }

    pub(super) fn handle_timeout(&mut self, cx: &mut Context) {
        if !self.open || self.poll_timeout().is_none_or(|at| at > cx.now) {
            return;
        }
        match &mut self.stream {
            Stream::None { .. } => self.begin(cx),
            Stream::Opening { .. } => self.give_up_and_retry(cx),
            Stream::Running { it: running, .. } => {
                let suspended = running.suspended;
                self.fault = Some(if running.muted {
                    MicFault::Muted
                } else if suspended {
                    MicFault::Suspended
                } else {
                    MicFault::Stalled
                });
                // A source that sleeps wakes by itself, and says so.
                if !suspended && cx.now.since(self.good.max(running.since)) >= ANEW {
                    self.give_up_and_retry(cx);
                }
            }
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Time> {
        if !self.open || !self.is_looked_after() {
            return None;
        }
        Some(match &self.stream {
            Stream::None { retry } => *retry,
            Stream::Opening { since, .. } => *since + OPENS_WITHIN,
            Stream::Running { it: running, .. } => {
                let last = self.good.max(running.since);
                let told = matches!(self.fault, Some(MicFault::Stalled | MicFault::Suspended | MicFault::Muted));
                match (told, running.suspended, running.begun) {
                    (true, true, _) => return None,
                    (true, false, _) => last + ANEW,
                    (false, _, true) => last + STALLED.max(running.gap * 3 / 2),
                    (false, _, false) => last + BEGINS_WITHIN,
                }
            }
        })
    }

    /// Tells how it is, if that is new.
    pub(super) fn tell(&mut self, cx: &mut Context) {
        let status = match (&self.stream, &self.fault) {
            _ if !self.open || matches!(self.source, Source::File) => MicStatus::Closed,
            (_, Some(fault)) => MicStatus::Fault(fault.clone()),
            (Stream::Running { it: running, .. }, None) if running.begun => {
                MicStatus::Open { device: running.name.clone() }
            }
            _ => MicStatus::Opening,
        };
        if status != self.told {
            self.told = status.clone();
            cx.tell(AudioEvent::Mic(status));
        }
    }

    /// Whether it's a device of the system.
    pub(super) fn is_looked_after(&self) -> bool {
        matches!(self.source, Source::Default | Source::Named(_))
    }

    fn begin(&mut self, cx: &mut Context) {
        let device = match &self.source {
            Source::File => return,
            Source::Nowhere => {
                self.fault = Some(MicFault::Missing);
                return;
            }
            Source::Default => match &self.used {
                Some(used) if cx.devices.has(Side::Microphone, used) => Some(used.clone()),
                // It may be back in a moment: a plug that slipped, a server that starts.
                Some(_) if cx.now.since(self.good) < RETURNS_WITHIN => return self.ended(Ending::Missing, cx),
                // A default that is no microphone, such as a loudspeaker's own sound, is no reason to have none.
                _ if self.fault == Some(MicFault::Missing) => cx.devices.first(Side::Microphone),
                _ => None,
            },
            Source::Named(name) => match cx.devices.find(Side::Microphone, name) {
                Some(id) => Some(id),
                None => {
                    cx.give(Effect::List);
                    return self.ended(Ending::Missing, cx);
                }
            },
        };
        self.stream = Stream::Opening { id: cx.open(Side::Microphone, device), since: cx.now };
    }

    fn ended(&mut self, ending: Ending, cx: &mut Context) {
        self.stream.end(Effect::MicOff, cx);
        self.fault = Some(match ending {
            // Nothing can be opened without it.
            _ if self.fault == Some(MicFault::NoServer) => MicFault::NoServer,
            Ending::Missing if self.used.is_some() => MicFault::Gone,
            Ending::Missing => MicFault::Missing,
            Ending::Busy => MicFault::Busy,
            Ending::Denied => MicFault::Denied,
            Ending::Other(reason) => MicFault::Other(reason),
        });
    }

    fn give_up_and_retry(&mut self, cx: &mut Context) {
        self.stream.close(Effect::MicOff, cx);
        self.fault.get_or_insert(MicFault::Stalled);
        self.begin(cx);
    }
}
