//! The device manager: which streams there should be, what is wrong with them, and when my microphone closes by itself.
//!
//! Pure: it takes what the backend, the threads and the person say, with the time, and gives [`Effect`]s. Whatever is lost is
//! opened again as long as it's wanted. A microphone's stream exists only while the microphone is open.

mod context;
mod devices;
mod mic;
mod speaker;
mod stream;

use self::context::Context;
pub(crate) use self::context::Effect;
pub(crate) use self::devices::Devices;
use self::mic::Mic;
use self::speaker::Speaker;
use super::backend::{Notice, StreamId, StreamNotice};
use crate::audio::error::Side;
use crate::audio::status::MicClosing;
use crate::audio::{MicSpec, OnUnplug, SpeakerSpec};
use crate::ids::Time;

/// What the manager hears.
pub(crate) enum Input {
    /// The person opens or closes the microphone.
    Mic(bool),
    /// The person chooses a device by its name or id.
    Choose(Side, String),
    /// The person wants to hear the group though others may hear it too.
    Aloud,
    /// The microphone gave samples; whether all of them were digital zero.
    Captured {
        /// Nothing but zeros.
        silent: bool,
    },
    /// The speaker's device took samples.
    Played,
    /// There is sound to be played, or no more.
    Sounding(bool),
    /// From the backend.
    Notice(Notice),
}

/// Takes what the threads report, without waiting.
pub(crate) type Report = Box<dyn Fn(Input) + Send>;

/// The device manager's state.
pub(crate) struct Manager {
    mic: Mic,
    speaker: Speaker,
    cx: Context,
}

impl Manager {
    /// A manager for what `mic` and `speaker` name. Files and "nothing" have no device to look after.
    pub(crate) fn new(mic: &MicSpec, speaker: &SpeakerSpec, on_unplug: OnUnplug, now: Time) -> Self {
        let mut this = Self {
            mic: Mic::new(mic),
            speaker: Speaker::new(speaker, on_unplug),
            cx: Context { now, ..Context::default() },
        };
        if this.mic.is_looked_after() || this.speaker.is_looked_after() {
            this.cx.give(Effect::List);
        }
        this.speaker.start(&mut this.cx);
        this
    }

    /// Takes what happened at `now`.
    pub(crate) fn handle(&mut self, input: Input, now: Time) {
        // A computer that slept: what is due since then comes first.
        self.handle_timeout(now);
        let cx = &mut self.cx;
        match input {
            Input::Mic(open) => self.mic.set_open(open, cx),
            Input::Choose(Side::Microphone, name) => self.mic.choose(name, cx),
            Input::Choose(Side::Speaker, name) => self.speaker.choose(name, cx),
            Input::Aloud => self.speaker.play_aloud(cx),
            Input::Captured { silent } => self.mic.captured(silent, cx),
            Input::Played => self.speaker.played(cx),
            Input::Sounding(sounding) => self.speaker.set_sounding(sounding, cx),
            Input::Notice(notice) => self.notice(notice),
        }
        self.settle();
    }

    /// Does what is due at `now`.
    pub(crate) fn handle_timeout(&mut self, now: Time) {
        self.cx.now = self.cx.now.max(now);
        self.mic.handle_timeout(&mut self.cx);
        self.speaker.handle_timeout(&mut self.cx);
        self.settle();
    }

    /// When [`Self::handle_timeout`] has something to do.
    pub(crate) fn poll_timeout(&self) -> Option<Time> {
        self.mic.poll_timeout().into_iter().chain(self.speaker.poll_timeout()).min()
    }

    /// The next thing to carry out.
    pub(crate) fn poll_effect(&mut self) -> Option<Effect> {
        self.cx.effects.pop_front()
    }

    fn notice(&mut self, notice: Notice) {
        let cx = &mut self.cx;
        match notice {
            Notice::Devices { mics, speakers } => {
                cx.devices = Devices { mics, speakers };
                cx.tell(cx.devices.event());
                self.mic.devices_changed(cx);
                self.speaker.devices_changed(cx);
            }
            Notice::Down(reason) => {
                tracing::info!("no sound server: {reason}");
                cx.devices = Devices::default();
                self.mic.server_lost(cx);
                self.speaker.server_lost(cx);
            }
            Notice::Stream(id, notice) => self.stream(id, notice),
        }
    }

    fn stream(&mut self, id: StreamId, notice: StreamNotice) {
        let cx = &mut self.cx;
        if self.mic.has(id) {
            self.mic.notice(notice, cx);
        } else if self.speaker.has(id) {
            self.speaker.notice(notice, cx);
        } else if matches!(notice, StreamNotice::Running(_)) {
            // It came after it was given up.
            cx.give(Effect::Close(id));
        }
    }

    /// What one side means for the other, and what is to be told of both.
    fn settle(&mut self) {
        let cx = &mut self.cx;
        if self.speaker.take_left_the_ears() {
            self.mic.close_for(MicClosing::HeadphonesGone, cx);
        }
        self.mic.tell(cx);
        self.speaker.tell(cx);
    }
}

#[cfg(test)]
mod tests;
