//! A stream of ours, and what was said of it.

use std::time::{Duration, Instant};

use libpulse_binding::context::Context;
use libpulse_binding::error::Code;
use libpulse_binding::stream::State;

use super::ask::Own;
use super::stream::{Voice, ending};
use super::table::Table;
use crate::audio::RATE;
use crate::audio::device::backend::{Ending, Form, Running, StreamId, StreamNotice};
use crate::audio::error::Side;

/// A stream that doesn't run by then won't. A Bluetooth headset may take seconds.
const PATIENCE: Duration = Duration::from_millis(4500);

/// What a stream needs next.
pub(super) enum Step {
    /// Nothing.
    Goes,
    /// The devices as they are now.
    NeedsList,
    /// To know how it is by the server.
    NeedsOwn,
    /// To be opened again, on this device: the server remembered another for us, which may not be used.
    Again(String),
    /// To be forgotten.
    Ended(Ending),
}

/// A stream that the device manager knows.
pub(super) struct Opened {
    pub(super) id: StreamId,
    pub(super) side: Side,
    pub(super) voice: Voice,
    pub(super) resting: bool,
    /// How the server says it is.
    own: Option<Own>,
    /// The id of its device by the last word that it was moved.
    at: Option<String>,
    /// Whether its device was asked for by id.
    named: bool,
    opened: Instant,
    /// The id of the device on which it was said to run.
    on: Option<String>,
    form: Form,
    muted: bool,
    suspended: bool,
    /// Once the server has killed it: the list that tells whether its device went away.
    list: Option<u64>,
}

impl Opened {
    /// For a stream that the server was just asked for.
    pub(super) fn new(id: StreamId, side: Side, voice: Voice, named: bool) -> Self {
        Self {
            id,
            side,
            voice,
            resting: false,
            own: None,
            at: None,
            named,
            opened: Instant::now(),
            on: None,
            form: Form::Unknown,
            muted: false,
            suspended: false,
            list: None,
        }
    }

    /// Lets it rest or go on, now or as soon as it's there.
    pub(super) fn set_resting(&mut self, resting: bool) {
        if self.resting != resting {
            self.resting = resting;
            if self.on.is_some() {
                self.voice.set_resting(resting);
            }
        }
    }

    /// This process was stopped: its patience counts from now, and what was said meanwhile isn't heard.
    pub(super) fn wait_anew(&mut self, now: Instant) {
        self.opened = now;
        self.voice.was_stopped();
    }

    /// How long it may take to run; `None` once it does.
    pub(super) fn patience(&self) -> Option<Instant> {
        self.on.is_none().then_some(self.opened + PATIENCE)
    }

    /// Since when sound should come and hasn't; `None` if none should.
    pub(super) fn runs_since(&self) -> Option<Instant> {
        let runs = self.on.is_some() && !self.resting && !self.suspended;
        runs.then(|| self.voice.alive().unwrap_or(self.opened))
    }

    /// Takes or gives sound, and tells what has changed. `lists` is how many lists of the devices were asked for and came.
    pub(super) fn look(
        &mut self,
        now: Instant,
        table: &Table,
        lists: (u64, u64),
        context: &Context,
        tell: &mut dyn FnMut(StreamNotice),
    ) -> Step {
        match self.voice.state() {
            State::Ready => {}
            State::Failed | State::Terminated | State::Unconnected => return self.failed(table, lists, context),
            State::Creating if self.opened + PATIENCE <= now => return Step::Ended(late()),
            State::Creating => return Step::Goes,
        }
        let device = self.device(table);
        if self.on.is_none() || self.on != device {
            return self.arrived(now, device, table, tell);
        }
        if !self.resting {
            self.voice.pump(now);
        }
        let known = self.on.as_deref().and_then(|id| table.get(self.side, id));
        if let Some(known) = known
            && known.info.form != self.form
        {
            self.form = known.info.form;
            tell(StreamNotice::Form(self.form));
        }
        let muted = self.own.is_some_and(|own| own.muted) || known.is_some_and(|known| known.muted);
        if muted != self.muted {
            self.muted = muted;
            tell(StreamNotice::Muted(muted));
        }
        let suspended = self.voice.is_suspended();
        if suspended != self.suspended {
            self.suspended = suspended;
            tell(StreamNotice::Suspended(suspended));
        }
        Step::Goes
    }

    /// The server has said how it is.
    pub(super) fn heard_of(&mut self, own: Own) {
        self.own = Some(own);
    }

    /// The id of its device. PipeWire doesn't always say that a stream was moved; so what it answered since counts.
    fn device(&mut self, table: &Table) -> Option<String> {
        let at = self.voice.device();
        if at != self.at {
            self.at = at;
            if let Some(own) = &mut self.own {
                own.device = u32::MAX;
            }
        }
        let answered = self.own.and_then(|own| table.numbered(self.side, own.device));
        answered.map(|known| known.info.id.clone()).or_else(|| self.at.clone())
    }

    /// It's on another device than before, or on its first.
    fn arrived(
        &mut self,
        now: Instant,
        device: Option<String>,
        table: &Table,
        tell: &mut dyn FnMut(StreamNotice),
    ) -> Step {
        // Nobody wants to be heard through a device that nobody was told of.
        self.voice.drop_heard();
        let Some(known) = device.and_then(|id| table.get(self.side, &id)) else {
            return if self.patience().is_some_and(|until| until <= now) {
                Step::Ended(late())
            } else {
                Step::NeedsList
            };
        };
        if known.unfit {
            return match table.default(self.side) {
                Some(default) if self.on.is_none() && !self.named => Step::Again(default.info.id.clone()),
                _ => Step::Ended(Ending::Missing),
            };
        }
        let before = self.on.replace(known.info.id.clone());
        self.form = known.info.form;
        if before.is_some() {
            tell(StreamNotice::Moved(known.info.clone()));
        } else if let Some(ring) = self.voice.ring() {
            if self.resting {
                self.voice.set_resting(true);
            }
            // From here on it's late if no sound comes.
            self.opened = now;
            let device = known.info.clone();
            tell(StreamNotice::Running(Running { device, rate: RATE, ring, shared: self.voice.shared() }));
        }
        Step::NeedsOwn
    }

    fn failed(&mut self, table: &Table, lists: (u64, u64), context: &Context) -> Step {
        let list = match self.list {
            Some(list) => list,
            None => match Code::try_from(context.errno()) {
                Ok(Code::Killed) if self.on.is_some() => *self.list.insert(lists.0 + 1),
                _ => return Step::Ended(ending(context.errno())),
            },
        };
        // The server first kills the streams of a device that goes away, then says that it's gone.
        if lists.1 < list {
            return Step::NeedsList;
        }
        let there = self.on.as_deref().is_some_and(|id| table.get(self.side, id).is_some());
        Step::Ended(if there { Ending::Other("the sound server ended it".into()) } else { Ending::Missing })
    }
}

fn late() -> Ending {
    Ending::Other("the sound server doesn't answer".into())
}
